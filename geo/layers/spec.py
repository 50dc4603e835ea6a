"""What a layer says of itself: records, columns and types, style, group, builder, and where the product uses it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.dated import About, Fact, holding
from geo.errors import GeometryError, RecordError
from geo.feature import Feature, Layer, Listed, Property, Scalar
from geo.layers.imported import Imports
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader


GeometryKind = Literal["area", "line", "point"]
Built = Mapping[str, Layer]
_R = TypeVar("_R")


@dataclass(frozen=True)
class Group:
    """Layers that stand together in lists, under a title."""

    id: str
    title: LocalText


@dataclass(frozen=True)
class LayerStyle:
    """How a layer is drawn; schematic features are dashed whatever stands here."""

    color: str
    weight: float = 2
    fill_opacity: float = 0.0
    dash: str = ""
    is_shown_first: bool = False
    label_from: float = 0  # the zoom from which names are drawn; 0 draws none


_OF_KIND: Mapping[str, Callable[..., Scalar]] = {"integer": int, "number": float, "boolean": bool, "string": str}


@dataclass(frozen=True)
class Column:
    """One column: its name, its type as JSON Schema names it, and what it holds.

    `joined_by`: its values are lists of texts, which only leave the product as one text with this between them.
    `of_layer`: its texts are ids of features of that layer. `labels`: its texts are the choices that `geo.labels` names
    under this key, or those of the field with this id.
    """

    name: str
    kind: str
    title: LocalText
    joined_by: str = field(default="", kw_only=True)
    of_layer: str = field(default="", kw_only=True)
    labels: str = field(default="", kw_only=True)

    def parts_of(self, feature: Feature) -> tuple[str, ...]:
        """Return the texts of a feature in this column: those of a list, or the only one; none where it has none."""
        value = feature.properties.get(self.name)
        if isinstance(value, tuple):
            return value
        return (value,) if isinstance(value, str) else ()

    def told(self, value: Property) -> Scalar:
        """Return a value as it leaves the product: a list as one text, nothing for an empty one."""
        return (self.joined_by.join(value) or None) if isinstance(value, tuple) else value

    def of_cell(self, cell: Scalar) -> Property:
        """Return what a cell of a file holds: SQLite has no truth values, and whole numbers among others."""
        return self.read(None if cell is None else _OF_KIND[self.kind](cell))

    def read(self, value: Scalar) -> Property:
        """Return the value that `told` made a text of."""
        if not self.joined_by:
            return value
        return tuple(str(value).split(self.joined_by)) if value else ()


@dataclass(frozen=True)
class Geocoded:
    """The features of a layer are found by name: as which kind of place, and how finely they are known."""

    kind: str
    precision: Precision


class LayerRecords:
    """What was read for layers: the records of each family by their class, and which layers the folder has."""

    def __init__(self, records: Sequence[object], layers: Sequence[str], imports: Imports | None = None) -> None:
        """Take the records of the families that are there, the ids of the layers to build, and what was imported."""
        self.layers = tuple(layers)
        self.imports = imports or Imports()
        self._records = tuple(records)

    def without_imports(self) -> "LayerRecords":
        """Return what the records say themselves."""
        layers = [layer for layer in self.layers if layer not in self.imports.only]
        return LayerRecords(self._records, layers)

    def of(self, kind: type[_R]) -> _R:
        """Return the records of a family that is there."""
        return next(records for records in self._records if isinstance(records, kind))


@dataclass(frozen=True, kw_only=True)
class LayerSpec:
    """One layer: how it is called, where its records lie, what it holds, who builds it, and where the product uses it.

    `files`: it is absent from a folder that has none of them; with `is_required` that is an error. `columns` are those
    beyond the common ones. `build` makes its features of the records and the layers before it; `listed` tells of what
    belongs there and cannot be drawn.

    `is_near_choice`: lists of what cases
    may be near offer it. `is_covered`: the page of coverage counts cases by it. `is_told_at_points`: what lies at
    coordinates names it. `kilometres_on`: the layer whose feature of the same id is the line that kilometres run along.
    `is_stop`: points along such lines; charts mark them, and facts name the nearest. `fact`: how a fact tells of a
    place there: at a kilometre, inside, or only that the case is about it. `kinship`: cases that meet the same feature
    are related by place or by line. `base`: the part of the base map that it draws; `base_name_from`: the zoom from
    which the base map names its features.
    """

    id: str
    group: Group
    title: LocalText
    geometry: GeometryKind
    style: LayerStyle
    files: tuple[str, ...]
    columns: tuple[Column, ...]
    build: Callable[[LayerRecords, Built], Sequence[Feature]]
    listed: Callable[[LayerRecords], Sequence[Listed]] = field(default=lambda _: ())
    is_required: bool = False
    geocoded: Geocoded | None = None
    is_near_choice: bool = False
    is_covered: bool = False
    is_told_at_points: bool = False
    kilometres_on: str = ""
    is_stop: bool = False
    fact: Literal["at_km", "inside", "about", ""] = ""
    kinship: Literal["place", "line", ""] = ""
    base: str = ""
    base_name_from: int = 0


@dataclass(frozen=True)
class Family:
    """Layers that are made of the same records, and how these are read."""

    read: "Callable[[RecordReader], object]"
    layers: tuple[LayerSpec, ...]


def text(name: str, title: LocalText, *, of_layer: str = "", labels: str = "") -> Column:
    """Return a column of texts."""
    return Column(name, "string", title, of_layer=of_layer, labels=labels)


def texts(name: str, title: LocalText, *, joined_by: str = "; ", of_layer: str = "") -> Column:
    """Return a column of lists of texts."""
    return Column(name, "string", title, joined_by=joined_by, of_layer=of_layer)


def number(name: str, title: LocalText) -> Column:
    """Return a column of numbers."""
    return Column(name, "number", title)


@dataclass(frozen=True, kw_only=True)
class Described(Record):
    """What records of features have in common; `status_date` is ISO, `source` where the record comes from.

    `fact`: what of it has a life; where facts tell its status, `status` and `status_date` are left out.
    """

    id: str
    name: LocalText
    status: str
    status_date: str | None
    source: str
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None
    fact: tuple[Fact, ...] = ()


def feature_of(  # noqa: PLR0913  what a record says, and what was made of it
    record: Described,
    geometry: BaseGeometry,
    *,
    rating: Rating,
    precision_m: float,
    properties: Mapping[str, Property],
    also_from: Iterable[str] = (),
) -> Feature:
    """Return the feature of a record: what the record says, with the shape (WGS-84) and the columns that were made.

    `also_from` are the sources of what the record does not say itself.
    """
    return Feature(
        id=record.id,
        name=record.name,
        geometry=geometry,
        rating=rating,
        precision_m=precision_m,
        sources=tuple(dict.fromkeys((record.source, *also_from))),
        status=record.status,
        status_date=record.status_date,
        note=record.note,
        aliases=record.aliases,
        properties=properties,
        facts=record.fact,
    ).dated(date.max)


def listed_of(record: Described, *, rating: Rating, cities: tuple[str, ...]) -> Listed:
    """Return what a record says of a thing that cannot be drawn."""
    status = holding(record.fact, date.max).get(About.STATUS)
    return Listed(
        id=record.id,
        name=record.name,
        rating=rating,
        sources=(record.source,),
        status=str(status.value) if status else record.status,
        status_date=status.dated(date.max) if status else record.status_date,
        note=record.note,
        aliases=record.aliases,
        cities=cities,
    )


def each(build: Callable[[_R], Feature], records: Sequence[_R]) -> list[Feature]:
    """Build one feature a record; tell of all that fail at once.

    Raises:
        RecordError: One sentence for each record that fails.
    """
    features, problems = [], []
    for record in records:
        try:
            features.append(build(record))
        except GeometryError as error:
            problems.append(str(error))
    if problems:
        raise RecordError(problems)
    return features


def shapes(layer: Layer) -> dict[str, BaseGeometry]:
    """Return the geometries of a layer by id, WGS-84."""
    return {feature.id: feature.geometry for feature in layer}


ADMINISTRATIVE = Group("administrative", word("Boundaries"))
DEVELOPMENT = Group("development", word("Belts and border zones"))
TRANSPORT = Group("transport", word("Transport"))
ECOLOGY = Group("ecology", word("Ecology and water"))

AREA = number("area_km2", word("Area, km²"))
OFFICIAL_AREA = number("official_area_km2", word("Official area, km²"))
DRAWN_AREA = number("drawn_area_km2", word("Drawn area, km²"))
OFFICIAL_LENGTH = number("official_length_km", word("Official length, km"))
DRAWN_LENGTH = number("drawn_length_km", word("Drawn length, km"))
DRAWN_SHARE = number("drawn_share", word("Drawn part of the official length"))
DRAWN_AS = text("drawn_as", word("Drawn as"), labels="drawn_as")
COUNTY = text("county", word("County code"), of_layer="counties")
COUNTIES = texts("counties", word("County codes"), of_layer="counties")
OFFICIAL_AREA_RATING = text("official_area_km2_rating", word("Rating of the official area"), labels="rating")
OFFICIAL_LENGTH = number("official_length_km", word("Official length, km"))
OFFICIAL_LENGTH_RATING = text("official_length_km_rating", word("Rating of the official length"), labels="rating")
STATUS_RATING = text("status_rating", word("Rating of the status"), labels="rating")
OPEN_DATE = text("open_date", word("Opening date"))
OPEN_DATE_RATING = text("open_date_rating", word("Rating of the opening date"), labels="rating")
FACT_RATING = text("fact_rating", word("Rating of the facts"), labels="rating")


def drawn_share(drawn_km: float, official_km: float | None) -> float | None:
    """Return which part of its official length a line is drawn with; above 1 where it is drawn longer."""
    return round(drawn_km / official_km, 3) if official_km else None


@dataclass(frozen=True)
class ColumnType:
    """One type, by the name that JSON Schema has for it.

    `dtype`: what pandas calls it in frames. `strict_dtype`: what it calls it where a comparison with an empty cell is
    neither true nor false; None where cells cannot be compared. `csvw`: what W3C calls it; `width`: how wide a column
    of a spreadsheet is, characters.
    """

    dtype: str
    strict_dtype: str | None
    csvw: str
    width: int


COLUMN_TYPES: Mapping[str, ColumnType] = {
    "string": ColumnType("string", "string[pyarrow]", "string", 24),
    "number": ColumnType("float64", "Float64", "double", 12),
    "integer": ColumnType("Int64", "Float64", "integer", 12),
    "boolean": ColumnType("boolean", "boolean", "boolean", 10),
    "array": ColumnType("object", None, "string", 24),
}
