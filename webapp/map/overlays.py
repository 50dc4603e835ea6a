"""What lies on the base map: layers, outlines and marks."""

from collections.abc import Sequence

from geo.case import Footprint, Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.marks import Mark
from geo.catalogue.matched import Matched
from geo.query import CaseQuery
from geo.text import Lang
from webapp.latlon import LatLon, box_of, position_of
from webapp.map.wire import (
    FINE_DIGITS,
    CaseMark,
    ClusterMark,
    LayerShape,
    MarksInView,
    Outline,
    OutlinedCase,
    Outlines,
    thin,
)

_SIMPLIFIED_DEG = 0.0006  # about 60 m, a fifth of what the boundaries claim


MOST_OUTLINED = 150  # cases; of more, outlines would hide one another
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


_DIGITS = 5  # about 1 m


def marks_document(matched: Matched, marks: Sequence[Mark], lang: Lang) -> MarksInView:
    """Return single cases and clusters, each case where it matches."""
    return MarksInView(
        cases=[_case(matched, mark.numbers[0], lang) for mark in marks if mark.count == 1],
        clusters=[_cluster(matched, mark, lang) for mark in marks if mark.count > 1],
    )


def _cluster(matched: Matched, mark: Mark, lang: Lang) -> ClusterMark:
    counts = zip(matched.catalogue.themes, mark.themes, strict=True)
    return ClusterMark(
        at=LatLon(lat=round(mark.lat, _DIGITS), lon=round(mark.lon, _DIGITS)),
        themes={theme.id: count for theme, count in counts if count},
        box=box_of(mark.box, digits=_DIGITS) if mark.box else None,
        cases=[_case(matched, number, lang) for number in mark.numbers],
    )


def _case(matched: Matched, number: int, lang: Lang) -> CaseMark:
    located, match = matched.catalogue.index.cases[number], matched.of(number)
    place = match.footprint if match else located.best
    return CaseMark(
        id=located.id,
        title=located.case.title.in_lang(lang),
        theme=located.case.theme,
        precision=place.precision,
        schematic=place.is_schematic,
        at=position_of(matched.point(number), digits=_DIGITS),
    )
