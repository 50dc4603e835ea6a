"""What lies at a point as one row: what tables, CSV, XLSX and Parquet hold of it; outside the area almost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer.batch.columns import AnswerColumn, Row
from geo.text import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.gazetteer.at_point import FeatureThere, ReverseDocument


POINT_COLUMNS: Mapping[str, AnswerColumn] = {
    "lon": AnswerColumn("number", word("Longitude of the point, degrees, WGS-84")),
    "lat": AnswerColumn("number", word("Latitude of the point, degrees, WGS-84")),
    "inside": AnswerColumn("boolean", word("Whether the point is in the area")),
    "adcode": AnswerColumn("string", word("Code of the county")),
    "city": AnswerColumn("string", word("Name of the city")),
    "county": AnswerColumn("string", word("Name of the county")),
    "township": AnswerColumn("string", word("Name of the township with the nearest centre")),
    "township_m": AnswerColumn("number", word("Distance to the centre of the township, metres")),
    "belts": AnswerColumn("array", word("Names of the belts that hold the point")),
    "border_zones": AnswerColumn("array", word("Names of the border zones that hold the point")),
    "eco_zones": AnswerColumn("array", word("Names of the ecological zones that hold the point")),
    "near_border": AnswerColumn("boolean", word("Whether the border of the county is nearer than it is exact")),
    "error": AnswerColumn("string", word("What is wrong with the coordinates")),
}


def point_row(found: ReverseDocument) -> Row:
    """Return POINT_COLUMNS of what was found at a point, by the names in Chinese."""
    county, township = found["county"], found["township"]
    return {
        "lon": found["lon"],
        "lat": found["lat"],
        "inside": found["inside"],
        "adcode": county["id"] if county else None,
        "city": found["city"]["name_zh"] if found["city"] else None,
        "county": county["name_zh"] if county else None,
        "township": township["name_zh"] if township else None,
        "township_m": township["distance_m"] if township else None,
        "belts": _names(found["belts"]),
        "border_zones": _names(found["border_zones"]),
        "eco_zones": _names(found["eco_zones"]),
        "near_border": found["near_border"],
        "error": None,
    }


def _names(features: Sequence[FeatureThere]) -> list[str]:
    return [feature["name_zh"] for feature in features]
