"""The marks of a window as the scripts read them."""

from typing import Any

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.marks import Mark
from geo.text import Lang

_DECIMALS = 5


def marks_document(catalogue: Catalogue, marks: list[Mark], lang: Lang) -> dict[str, Any]:
    """Return single cases and clusters.

    A case: id, title, theme, precision, whether schematic, latitude, longitude. A cluster: latitude, longitude, number
    of cases by theme, and where it is small its box (south, west, north, east) and its cases.
    """
    return {
        "cases": [_case(catalogue, mark.numbers[0], lang) for mark in marks if mark.count == 1],
        "clusters": [
            [
                round(mark.lat, _DECIMALS),
                round(mark.lon, _DECIMALS),
                mark.themes,
                [round(mark.box[side], _DECIMALS) for side in (1, 0, 3, 2)] if mark.box else None,
                [_case(catalogue, number, lang) for number in mark.numbers],
            ]
            for mark in marks
            if mark.count > 1
        ],
    }


def _case(catalogue: Catalogue, number: int, lang: Lang) -> list[Any]:
    located = catalogue.index.cases[number]
    lon, lat = catalogue.index.label_points
    return [
        located.id,
        located.case.title.in_lang(lang),
        located.case.theme,
        located.best.precision.value,
        int(located.best.is_schematic),
        round(float(lat[number]), _DECIMALS),
        round(float(lon[number]), _DECIMALS),
    ]
