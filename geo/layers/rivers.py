"""Rivers: lines by id beside their records, with the length that lies within the cities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import length_km
from geo.errors import GeometryError
from geo.feature import Feature
from geo.layers.spec import ECOLOGY, Built, Family, Geocoded, LayerRecords, LayerSpec, LayerStyle, number, shapes
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_RIVERS, _LINES = "ecology/rivers.toml", "ecology/rivers.geojson"


@dataclass(frozen=True)
class RiverRecord(Record):
    """A river; its line stands in a file of lines by id."""

    id: str
    name: LocalText
    rating: Rating
    precision_m: float
    source: str
    note: LocalText | None = None


@dataclass(frozen=True)
class RiverRecords:
    """The rivers, and their lines by id, WGS-84."""

    rivers: tuple[RiverRecord, ...]
    lines: Mapping[str, BaseGeometry]


def _read(reader: "RecordReader") -> RiverRecords:
    return RiverRecords(rivers=reader.toml(RiverRecord, _RIVERS, "river"), lines=reader.geometries(_LINES))


def river_features(
    records: Sequence[RiverRecord], lines: Mapping[str, BaseGeometry], area: BaseGeometry
) -> list[Feature]:
    """Return the rivers, with the length that lies within the area.

    Raises:
        GeometryError: A river has no line.
    """
    missing = [record.id for record in records if record.id not in lines]
    if missing:
        msg = f"rivers: no line for {', '.join(missing)}; run scripts/make_rivers.py"
        raise GeometryError(msg)
    shapely.prepare(area)
    return [
        Feature(
            id=river.id,
            name=river.name,
            geometry=lines[river.id],
            rating=river.rating,
            precision_m=river.precision_m,
            sources=(river.source,),
            status="current",
            note=river.note,
            properties={"length_inside_km": round(length_km(lines[river.id].intersection(area)), 1)},
        )
        for river in records
    ]


def _build(records: LayerRecords, built: Built) -> list[Feature]:
    found = records.of(RiverRecords)
    area = shapely.union_all(list(shapes(built["cities"]).values()))
    return river_features(found.rivers, found.lines, area)


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="rivers",
            group=ECOLOGY,
            title=word("Rivers"),
            geometry="line",
            style=LayerStyle("#2b7bba", weight=2.2, label_from=9),
            files=(_RIVERS, _LINES),
            columns=(number("length_inside_km", word("Length within the area, km")),),
            build=_build,
            geocoded=Geocoded("river", Precision.LINE),
            base="river",
        ),
    ),
)
