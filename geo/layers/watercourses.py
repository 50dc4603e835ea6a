"""Watercourses: the lines of a public file that names none of them, beside the named rivers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.crs import length_km
from geo.feature import Feature
from geo.layers.spec import COUNTIES, ECOLOGY, Built, Family, LayerRecords, LayerSpec, LayerStyle, number, shapes
from geo.text import word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_LINES, _SOURCE = "watercourses/lines.geojson", "watercourses/SOURCE.toml"


@dataclass(frozen=True)
class WatercourseRecords:
    """The lines by id, WGS-84, and what holds for all of them; `source` tells their licence too."""

    lines: Mapping[str, BaseGeometry]
    source: str
    precision_m: float


def _read(reader: "RecordReader") -> WatercourseRecords:
    said = reader.sources.toml(_SOURCE)
    source = f"{said.get('origin')}; {said.get('package')}; {said.get('licence_note')}"
    return WatercourseRecords(reader.geometries(_LINES), source, reader.number(_SOURCE, "precision_m"))


def watercourse_features(records: WatercourseRecords, counties: Mapping[str, BaseGeometry]) -> list[Feature]:
    """Return the watercourses by number, with the counties that each crosses and its length there."""
    area = shapely.union_all(list(counties.values()))
    return [
        Feature(
            id=name,
            name=word("Watercourse {number}", number=place),
            geometry=line,
            rating=Rating.PROXY,
            precision_m=records.precision_m,
            sources=(records.source,),
            status="current",
            note=word("The source names no river"),
            properties={
                "counties": tuple(sorted(code for code, county in counties.items() if county.intersects(line))),
                "length_inside_km": round(length_km(line.intersection(area)), 1),
            },
        )
        for place, (name, line) in enumerate(sorted(records.lines.items()), start=1)
    ]


def _build(records: LayerRecords, built: Built) -> list[Feature]:
    return watercourse_features(records.of(WatercourseRecords), shapes(built["counties"]))


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="watercourses",
            group=ECOLOGY,
            title=word("Other watercourses"),
            geometry="line",
            style=LayerStyle("#2b7bba", weight=1.4),
            files=(_LINES,),
            columns=(COUNTIES, number("length_inside_km", word("Length within the area, km"))),
            build=_build,
            base="stream",
        ),
    ),
)
