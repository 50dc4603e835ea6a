"""What the map draws of layers and footprints: shapes with a name, thin; all else is fetched by a click."""

from collections.abc import Sequence
from typing import Any

from geo.case import Precision
from geo.catalogue.catalogue import Catalogue
from geo.query import CaseQuery
from geo.text import Lang
from webapp.map.thin import FINE_DIGITS, thin

MOST_OUTLINED = 150  # cases; of more, outlines would hide one another
_SIMPLIFIED_DEG = 0.0006
_ROUGH_DEG = 0.004  # outlines at rest: the case that is open is drawn in full
_ROUGH_DIGITS = 3


def layer_shapes(catalogue: Catalogue, layer_ids: Sequence[str], lang: Lang) -> dict[str, list[list[Any]]]:
    """Return the features of layers: id, name, whether schematic, thin geometry.

    Raises:
        NotFoundError: No layer has the id.
    """
    return {
        layer_id: [
            [
                feature.id,
                feature.name.in_lang(lang),
                int(feature.is_schematic),
                thin(feature.geometry, digits=FINE_DIGITS - 1, simplified_deg=_SIMPLIFIED_DEG)
                if feature.geometry.geom_type != "Point"
                else thin(feature.geometry),
            ]
            for feature in catalogue.layer(layer_id)
        ]
        for layer_id in layer_ids
    }


def outlines(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> dict[str, Any]:
    """Return the shapes of the cases that fulfil a query, each shape once with the cases it belongs to.

    Left out are footprints of the whole region, those that stand in for an unknown place, plain points, which the
    markers show, and, where more than MOST_OUTLINED cases fulfil it, all.
    """
    numbers = catalogue.index.numbers(query)
    located = numbers[~catalogue.index.is_region[numbers]]
    if len(located) > MOST_OUTLINED:
        return {"shapes": [], "cases": {}}
    cases = [catalogue.index.cases[number] for number in located]
    found: dict[bytes, list[Any]] = {}
    for case in cases:
        for footprint in case.footprints:
            if footprint.precision is Precision.REGION or footprint.is_fallback:
                continue
            if footprint.geometry.geom_type == "Point" and not footprint.radius_m:
                continue
            key = footprint.geometry.wkb + str(footprint.radius_m).encode()
            shape = found.setdefault(
                key,
                [[], int(footprint.is_schematic), round(footprint.radius_m),
                 thin(footprint.geometry, digits=_ROUGH_DIGITS, simplified_deg=_ROUGH_DEG)],
            )  # fmt: skip
            if case.id not in shape[0]:
                shape[0].append(case.id)
    return {
        "shapes": list(found.values()),
        "cases": {case.id: [case.case.theme, case.case.title.in_lang(lang)] for case in cases},
    }
