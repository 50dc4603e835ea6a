"""What the map draws of layers and footprints: shapes with a name, thin; all else is fetched by a click."""

from collections.abc import Sequence

from geo.case import Footprint, Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.query import CaseQuery
from geo.text import Lang
from webapp.map.thin import FINE_DIGITS, thin
from webapp.map.wire import LayerShape, Outline, OutlinedCase, Outlines

MOST_OUTLINED = 150  # cases; of more, outlines would hide one another
_SIMPLIFIED_DEG = 0.0006
_ROUGH_DEG = 0.004  # outlines at rest: the case that is open is drawn in full
_ROUGH_DIGITS = 3


def layer_shapes(catalogue: Catalogue, layer_ids: Sequence[str], lang: Lang) -> dict[str, list[LayerShape]]:
    """Return the features of layers, by the id of the layer.

    Raises:
        NotFoundError: No layer has the id.
    """
    return {
        layer_id: [
            LayerShape(
                id=feature.id,
                name=feature.name.in_lang(lang),
                schematic=feature.is_schematic,
                shape=thin(feature.geometry, digits=FINE_DIGITS - 1, simplified_deg=_SIMPLIFIED_DEG)
                if feature.geometry.geom_type != "Point"
                else thin(feature.geometry),
            )
            for feature in catalogue.layer(layer_id)
        ]
        for layer_id in layer_ids
    }


def outlines(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> Outlines:
    """Return the shapes of the cases that fulfil a query, each shape once with the cases it belongs to.

    Left out are footprints of the whole region, those that stand in for an unknown place, plain points, which the
    markers show, and, where more than MOST_OUTLINED cases fulfil it, all.
    """
    numbers = catalogue.index.numbers(query)
    located = numbers[~catalogue.index.is_region[numbers]]
    if len(located) > MOST_OUTLINED:
        return Outlines(shapes=[], cases={})
    cases = [catalogue.index.cases[number] for number in located]
    return Outlines(
        shapes=_shared_shapes(cases),
        cases={case.id: OutlinedCase(theme=case.case.theme, title=case.case.title.in_lang(lang)) for case in cases},
    )


def _shared_shapes(cases: Sequence[LocatedCase]) -> list[Outline]:
    sharing: dict[tuple[bytes, float], list[tuple[str, Footprint]]] = {}
    for case in cases:
        for footprint in filter(_is_outlined, case.footprints):
            sharing.setdefault((footprint.geometry.wkb, footprint.radius_m), []).append((case.id, footprint))
    return [
        Outline(
            cases=list(dict.fromkeys(case_id for case_id, _ in shared)),
            schematic=shared[0][1].is_schematic,
            radius_m=round(shared[0][1].radius_m),
            shape=thin(shared[0][1].geometry, digits=_ROUGH_DIGITS, simplified_deg=_ROUGH_DEG),
        )
        for shared in sharing.values()
    ]


def _is_outlined(footprint: Footprint) -> bool:
    is_dot = footprint.geometry.geom_type == "Point" and not footprint.radius_m
    return not (footprint.precision is Precision.REGION or footprint.is_fallback or is_dot)
