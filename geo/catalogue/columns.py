"""How cases, footprints and features become flat rows and frames: the columns of the store and of every export."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import geopandas as gpd
import pandas as pd
from pandas.api.extensions import ExtensionDtype
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.case import Figure, Footprint, Qualifier, Source
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.matched import Match, why
from geo.crs import WGS84
from geo.feature import Feature, Scalar
from geo.fields import FIELDS, Choices, Field, InColumn, Themes
from geo.layers.spec import COLUMN_TYPES, Column, LayerSpec
from geo.text import LIST_SEPARATOR, Lang, LocalText, word


def figure_text(figure: Figure, lang: Lang) -> str:
    """Return a figure as one phrase: label, qualifiers, value, unit, date."""
    number = _number_or_range(figure)
    value = LocalText(number, number)
    for qualifier in reversed(figure.qualifiers):
        value = _QUALIFIED[qualifier].filled(number=value)
    phrase = word("{label}: {number} {unit}", label=figure.label, number=value, unit=figure.unit)
    return (word("{phrase} ({date})", phrase=phrase, date=figure.as_of) if figure.as_of else phrase).in_lang(lang)


def _number_or_range(figure: Figure) -> str:
    most = "" if figure.value_max is None else f"–{number_text(figure.value_max)}"
    return f"{number_text(figure.value)}{most}"


_QUALIFIED: Mapping[Qualifier, LocalText] = {
    Qualifier.NEARLY: word("nearly {number}"),
    Qualifier.ABOVE: word("above {number}"),
    Qualifier.AND_MORE: word("over {number}"),
    Qualifier.CUMULATIVE: word("in total {number}"),
    Qualifier.ABOUT: word("about {number}"),
    Qualifier.PASSED: word("more than {number}"),
}


def number_text(value: float) -> str:
    """Return a number without needless decimals: 3000, 2.78."""
    return str(int(value)) if value == int(value) else str(value)


def source_text(source: Source) -> str:
    """Return a source as one phrase: title, publisher, date, address, rating."""
    parts = [source.publisher, source.date, source.url, source.rating.value]
    return f"《{source.title}》（{'，'.join(part for part in parts if part)}）"


Value = Scalar | list[str]
T = TypeVar("T")


@dataclass(frozen=True)
class Valued(Column, Generic[T]):
    """A column that knows how to find its value of a case, footprint or feature."""

    of: Callable[[T, Catalogue], Value]


def _text(name: str, title: LocalText, of: Callable[[T, Catalogue], Value], *, labels: str = "") -> Valued[T]:
    return Valued(name, "string", title, of, labels=labels)


def _number(name: str, title: LocalText, of: Callable[[T, Catalogue], Value]) -> Valued[T]:
    return Valued(name, "number", title, of)


def _flag(name: str, title: LocalText, of: Callable[[T, Catalogue], Value]) -> Valued[T]:
    return Valued(name, "boolean", title, of)


def _list(name: str, title: LocalText, of: Callable[[T, Catalogue], Value]) -> Valued[T]:
    return Valued(name, "array", title, of)


def _field(field: Field) -> Valued[LocatedCase]:
    """Return the column of what cases can be asked for: the same fact, told and found in the same way."""
    told, values = field.column or InColumn(field.title), field.values or (lambda _: ())  # noqa: PD011  no frame
    if told.is_list:
        return _list(field.id, told.title, lambda case, _: list(values(case)))
    return _text(
        field.id,
        told.title,
        lambda case, _: next(iter(values(case)), None),
        labels=field.id if is_closed(field) else "",
    )


def is_closed(field: Field) -> bool:
    """Tell whether what a case has of a field is one of few choices, which have names."""
    return field.values is not None and isinstance(field.of, Choices | Themes)  # noqa: PD011  no frame


_CASE_COLUMNS: tuple[Valued[LocatedCase], ...] = (
    _text("id", word("Stable id of the case"), lambda case, _: case.id),
    _text("title_zh", word("Title in Chinese"), lambda case, _: case.case.title.zh),
    _text("title_en", word("Title in English"), lambda case, _: case.case.title.en),
    _text(
        "title_status",
        word("descriptive: our wording; published: the title of the published list"),
        lambda case, _: case.case.title_status.value,
    ),
    _field(FIELDS["theme"]),
    _text("theme_zh", word("Group, in Chinese"), lambda case, catalogue: catalogue.theme(case.case.theme).name.zh),
    _text(
        "theme_en",
        word("Group, in English"),
        lambda case, catalogue: catalogue.theme(case.case.theme).name.en,
    ),
    _field(FIELDS["membership"]),
    _field(FIELDS["status"]),
    _text("status_as_of", word("Date of the status, ISO"), lambda case, _: case.case.status_as_of),
    _field(FIELDS["city"]),
    _text(
        "city_zh",
        word("Cities, in Chinese"),
        lambda case, catalogue: "、".join(catalogue.name_of("cities", code).zh for code in case.case.cities),
    ),
    _field(FIELDS["county"]),
    _text("where_zh", word("Where it lies, in Chinese"), lambda case, catalogue: _where(case, catalogue, "zh")),
    _text("where_en", word("Where it lies, in English"), lambda case, catalogue: _where(case, catalogue, "en")),
    _field(FIELDS["precision"]),
    _number(
        "radius_m",
        word("Radius of uncertainty of the best footprint, metres"),
        lambda case, _: case.best.radius_m,
    ),
    _flag("schematic", word("Whether any footprint is schematic"), lambda case, _: case.is_schematic),
    _flag(
        "region_wide",
        word("Whether the case holds for the whole area"),
        lambda case, _: case.is_region_wide,
    ),
    _text(
        "geometry_role",
        word("label: a point for a label, not a site; footprint: the true shapes"),
        lambda *_: "label",
    ),
    _text("start_date", word("Start, ISO, as exact as known"), lambda case, _: case.case.period.start_date),
    _text("end_date", word("End, ISO, as exact as known"), lambda case, _: case.case.period.end_date),
    _text("summary_zh", word("Summary in Chinese"), lambda case, _: case.case.summary.zh),
    _text("summary_en", word("Summary in English"), lambda case, _: case.case.summary.en),
    _text(
        "reusable_zh",
        word("What others can take over, in Chinese"),
        lambda case, _: _in(case.case.reusable, "zh"),
    ),
    _text(
        "reusable_en",
        word("What others can take over, in English"),
        lambda case, _: _in(case.case.reusable, "en"),
    ),
    _text(
        "partners_zh",
        word("Partners, in Chinese"),
        lambda case, _: _joined(partner.name.zh for partner in case.case.partners),
    ),
    _text(
        "figures_zh",
        word("Figures with qualifier and date, in Chinese"),
        lambda case, _: _joined(figure_text(figure, "zh") for figure in case.case.figures),
    ),
    _text(
        "figures_en",
        word("Figures with qualifier and date, in English"),
        lambda case, _: _joined((figure_text(figure, "en") for figure in case.case.figures), by="; "),
    ),
    _text(
        "sources",
        word("Sources with date and rating"),
        lambda case, _: _joined(source_text(source) for source in case.case.sources),
    ),
    _text("last_checked", word("When the record was last checked"), lambda case, _: case.case.last_checked),
)
CASE_COLUMNS = (
    *_CASE_COLUMNS,
    *(_field(one) for one in FIELDS.values() if one.column and one.id not in {c.name for c in _CASE_COLUMNS}),
)

FOOTPRINT_COLUMNS: tuple[Valued[Footprint], ...] = (
    _text("id", word("Id of the footprint"), lambda shape, _: shape.id),
    _text("case_id", word("Id of the case"), lambda shape, _: shape.case_id),
    _text(
        "title_zh",
        word("Title of the case in Chinese"),
        lambda shape, catalogue: catalogue.case(shape.case_id).case.title.zh,
    ),
    _text(
        "title_en",
        word("Title of the case in English"),
        lambda shape, catalogue: catalogue.case(shape.case_id).case.title.en,
    ),
    _text(
        "theme",
        (FIELDS["theme"].column or InColumn(FIELDS["theme"].title)).title,
        lambda shape, catalogue: catalogue.case(shape.case_id).case.theme,
        labels="theme",
    ),
    _text("name_zh", word("Name of the place"), lambda shape, _: shape.name.zh),
    _text("name_en", word("Name of the place in English, where known"), lambda shape, _: shape.name.en),
    _text("mention", word("The place as the record names it"), lambda shape, _: shape.mention),
    _text(
        "role",
        word("site, jurisdiction, alignment or office"),
        lambda shape, _: shape.role.value,
        labels="place_role",
    ),
    _text(
        "precision",
        word("How finely the place is known"),
        lambda shape, _: shape.precision.value,
        labels="precision",
    ),
    _number("radius_m", word("Radius of uncertainty, metres"), lambda shape, _: shape.radius_m),
    _text("rating", word("How well the shape is known"), lambda shape, _: shape.rating.value, labels="rating"),
    _flag("schematic", word("Whether the shape is schematic"), lambda shape, _: shape.is_schematic),
    _flag(
        "fallback",
        word("Whether the mention did not resolve and its county or city is shown"),
        lambda shape, _: shape.is_fallback,
    ),
    _text("method", word("How the place was found"), lambda shape, _: shape.method),
    _number("confidence", word("How surely the mention means the place, 0 to 1"), lambda shape, _: shape.confidence),
    _text("evidence", word("How we know the place"), lambda shape, _: shape.evidence),
    _list("county", word("Codes of the counties it touches"), lambda shape, _: list(shape.counties)),
    _text("geometry_role", word("footprint: the true shape"), lambda *_: "footprint"),
)

FEATURE_COLUMNS: tuple[Valued[Feature], ...] = (
    _text("id", word("Stable id"), lambda feature, _: feature.id),
    _text("name_zh", word("Name in Chinese"), lambda feature, _: feature.name.zh),
    _text("name_en", word("Name in English"), lambda feature, _: feature.name.en),
    _text("status", word("Status at its date"), lambda feature, _: feature.status),
    _text("status_date", word("Date of the status, ISO"), lambda feature, _: feature.status_date),
    _text("rating", word("How well the shape is known"), lambda feature, _: feature.rating.value, labels="rating"),
    _flag("schematic", word("Whether the shape is schematic"), lambda feature, _: feature.is_schematic),
    _number(
        "precision_m",
        word("How far the shape may be from the real one, metres"),
        lambda feature, _: feature.precision_m,
    ),
    _text("source", word("Where it comes from"), lambda feature, _: feature.source),
    _text("note_zh", word("Note in Chinese"), lambda feature, _: _in(feature.note, "zh")),
    _text("note_en", word("Note in English"), lambda feature, _: _in(feature.note, "en")),
    _list("aliases", word("Other names"), lambda feature, _: list(feature.aliases)),
    _list(
        "facts",
        word("What of it has a life: value, dates, rating and source of each fact"),
        lambda feature, _: [fact.text for fact in feature.facts],
    ),
)


MATCH_COLUMNS: tuple[Valued[Match], ...] = (
    _text(
        "match",
        word("How surely it fulfils the conditions of place: located, possible, applies or region"),
        lambda match, _: match.certainty.value,
        labels="certainty",
    ),
    _number(
        "match_km_min",
        word("Least distance of the place that matches, km; 0 where it names the feature"),
        lambda match, _: round(match.km_min, 3),
    ),
    _number(
        "match_km_max",
        word(
            "Greatest distance of the place that matches, km; to the farthest point of an area where no more is known"
        ),
        lambda match, _: round(match.km_max, 3),
    ),
    _text("match_place", word("Place of the case that matches"), lambda match, _: match.footprint.name.zh),
    _text(
        "match_feature",
        word("Layer and id of the feature that it matches"),
        lambda match, _: f"{match.relation.layer}:{match.relation.feature}",
    ),
    _number(
        "match_precision_m",
        word("How far the drawn feature may be from the real one, metres; on top of the range"),
        lambda match, _: match.feature.precision_m,
    ),
    _number(
        "match_km",
        word("Kilometre on the line of the feature, where it has one"),
        lambda match, _: _km(match),
    ),
    _text("match_why_zh", word("Why it matches, in Chinese"), lambda match, _: why(match).zh),
    _text("match_why_en", word("Why it matches, in English"), lambda match, _: why(match).en),
)


def values_of(item: T, columns: Iterable[Valued[T]], catalogue: Catalogue) -> dict[str, Value]:
    """Return the values of a case, footprint or feature in columns."""
    return {column.name: column.of(item, catalogue) for column in columns}


def layer_columns(spec: LayerSpec) -> tuple[Valued[Feature], ...]:
    """Return the columns of a layer: the common ones, then its own."""
    own = (Valued(c.name, c.kind, c.title, partial(_property, c), labels=c.labels) for c in spec.columns)
    return (*FEATURE_COLUMNS, *own)


def _km(match: Match) -> float | None:
    return None if match.km is None else round(match.km, 3)


def _property(column: Column, feature: Feature, _: Catalogue) -> Value:
    return column.told(feature.properties[column.name])


def _in(text: LocalText | None, lang: Lang) -> str | None:
    return None if text is None else text.zh if lang == "zh" else text.en


def _joined(texts: Iterable[str], *, by: str = LIST_SEPARATOR) -> str | None:
    return by.join(texts) or None


def _where(located: LocatedCase, catalogue: Catalogue, lang: Lang) -> str:
    return (LIST_SEPARATOR if lang == "zh" else "; ").join(fact.in_lang(lang) for fact in catalogue.facts(located.id))


Dtype = str | ExtensionDtype
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def frame_of(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Value]],
    shapes: Sequence[BaseGeometry],
    *,
    crs: CRS | str = WGS84,
    lists: Dtype | None = None,
) -> gpd.GeoDataFrame:
    """Return rows as a frame: the columns, then `geometry`.

    Args:
        columns: Which columns, with their types.
        rows: Values by column.
        shapes: One geometry a row.
        crs: What the geometries are in.
        lists: What lists are kept as; None makes one text of each.
    """
    found = {column.name: _series([row[column.name] for row in rows], column.kind, lists) for column in columns}
    return gpd.GeoDataFrame(pd.DataFrame(found), geometry=gpd.GeoSeries(list(shapes), crs=crs))


def flat(value: Value) -> str | float | None:
    """Return a list as one text, anything else as it is."""
    return LIST_SEPARATOR.join(value) if isinstance(value, list) else value


def _series(values: Sequence[Value], kind: str, lists: Dtype | None) -> pd.Series:
    if kind == "array" and lists is not None:
        # Tables keep their rows, and their lists must not change.
        return pd.Series([list(value) if isinstance(value, list) else value for value in values], dtype=lists)
    dtype = COLUMN_TYPES["string" if kind == "array" else kind].dtype
    series: pd.Series = pd.Series([_clean(flat(value)) for value in values], dtype=dtype)
    return series


def _clean(value: str | float | None) -> str | float | None:
    """Return a text without the control characters that XML and C strings cannot hold."""
    return _CONTROLS.sub("", value) if isinstance(value, str) else value
