"""Compose the map page: the map with its parts, the words, and the addresses that the scripts fetch from.

A stock folium page carries inline scripts and links to other hosts; under a strict Content-Security-Policy it stays
blank. Here every element writes one JSON object `{"part": name, "with": options}` instead; the page carries them in
a `<script type="application/json">`, and the modules of static/map take each what is theirs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict
from urllib.parse import parse_qsl

import folium
import shapely
from branca.element import MacroElement
from folium.template import Template

from geo.catalogue.catalogue import Catalogue
from geo.feature import Layer
from geo.fields import FIELDS, Field, Kind, Part, Where
from geo.layers.line_drawing import LINE_KINDS, kind_of
from geo.layers.table import layer_spec
from geo.query import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, from_args
from geo.styles import SCHEMES, SHADED_FROM, SHADES, by_night
from geo.text import Lang, LocalText
from webapp.i18n import labels
from webapp.latlon import box_of, position_of
from webapp.map.base_map import TOWNS_FROM, base_entries, most_zoom
from webapp.map.base_tiles import tiles_part
from webapp.map.messages import messages
from webapp.map.view_state import STATE_NAMES
from webapp.map.wire import (
    COUNTED_BELOW,
    AttributionPart,
    BasePart,
    CasesPart,
    Choice,
    FilterField,
    HomePart,
    LayerOptions,
    LayersPart,
    LineKindLook,
    MapPart,
    ResultsPart,
    Tour,
    TourStep,
    View,
    as_json,
)
from webapp.online_maps import online_maps
from webapp.settings import Settings
from webapp.urls import Urls

_PART = """
{% macro script(this, kwargs) %}{{ this.part_json() }}{% endmacro %}
"""


class PagePart(MacroElement):
    """A part of the page: its name in webapp/map/wire.py `Parts`, and its options."""

    _template = Template(_PART)

    def __init__(self, part: str, options: object) -> None:
        """Keep the options, which webapp/map/wire.py declares."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = part
        self.part = part
        self.options = options

    def part_json(self) -> str:
        """Return the part as JSON."""
        return _json(self.part, self.options)


class AtlasMap(folium.Map):
    """A folium map without tiles, inline scripts or files of other hosts."""

    _template = Template(
        """
{% macro html(this, kwargs) %}
<div id="map" class="map" role="application" aria-label="{{ this.label|e }}"></div>
{% endmacro %}
"""
        + _PART
    )

    def __init__(self, options: MapPart, *, label: str) -> None:
        """Begin with a window; zooms are those of web maps."""
        center, zoom = options.view.center, options.view.zoom
        super().__init__(location=(center.lat, center.lon), zoom_start=round(zoom), tiles=None)
        self._id = "atlas"
        self.label = label
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self.map_part = options

    def part_json(self) -> str:
        """Return the part of the map itself."""
        return _json("map", self.map_part)


def compose(atlas: AtlasMap, parts: Sequence[PagePart]) -> tuple[str, list[Mapping[str, object]]]:
    """Let folium render a map with its parts.

    Returns:
        The HTML of the map, and its parts, the map's own first.
    """
    for part in parts:
        atlas.add_child(part, name=part.part)
    figure: Any = atlas.get_root()
    atlas.render()  # type: ignore[no-untyped-call]
    rendered = [json.loads(part.render()) for part in figure.script._children.values()]  # noqa: SLF001
    return figure.html.render(), rendered


def _json(part: str, options: object) -> str:
    return as_json({"part": part, "with": options}).decode()


_CONTROLS: Mapping[Kind, Literal["text", "choice", "single", "near", "year", "shape"]] = {
    Kind.TEXT: "text",
    Kind.NEAR: "near",
    Kind.BOX: "shape",
    Kind.POLYGON: "shape",
    Kind.CHOICE: "choice",
    Kind.SINGLE: "single",
    Kind.YEAR: "year",
}
_ZOOM, _MIN_ZOOM = 8, 7


class Bounds(TypedDict):
    """What a number lies between."""

    least: float | None
    most: float | None


@dataclass(frozen=True)
class MapPage:
    """The map page; depends on the data, the language and whether it is embedded."""

    lang: Lang
    urls: Urls
    map_html: str
    parts: Sequence[Mapping[str, object]]
    messages: dict[str, str]
    case_count: int
    longest_search: int
    has_tours: bool
    themes: Sequence[tuple[str, LocalText]]
    preloads: Sequence[str]
    has_tiles: bool
    is_embedded: bool
    other_language_url: str


def map_page(catalogue: Catalogue, settings: Settings, urls: Urls, *, is_embedded: bool) -> MapPage:
    """Return what the map template needs."""
    lang = urls.lang
    map_html, parts = compose(_atlas(catalogue, settings, lang), _parts(catalogue, settings, urls))
    return MapPage(
        lang=lang,
        urls=urls,
        map_html=map_html,
        parts=parts,
        messages=messages(),
        case_count=len(catalogue.cases),
        longest_search=LONGEST_TEXT,
        has_tours=bool(catalogue.tours),
        themes=[(theme.id, theme.name) for theme in catalogue.themes],
        preloads=[
            urls.data("document", name="base"),
            *_layers_shown_first(catalogue, urls),
        ],
        has_tiles=catalogue.base_tiles is not None,
        is_embedded=is_embedded,
        other_language_url=Urls("en" if lang == "zh" else "zh", urls.at).map(),
    )


def _atlas(catalogue: Catalogue, settings: Settings, lang: Lang) -> AtlasMap:
    center = shapely.union_all([city.geometry for city in catalogue.layer("cities")]).envelope.centroid
    view = View(zoom=_ZOOM, center=position_of(center, digits=4))
    deepest = most_zoom(has_tiles=catalogue.base_tiles is not None, has_online=bool(settings.base_maps))
    return AtlasMap(MapPart(view=view, min_zoom=_MIN_ZOOM, max_zoom=deepest), label=catalogue.area.name.in_lang(lang))


def _parts(catalogue: Catalogue, settings: Settings, urls: Urls) -> list[PagePart]:
    bounds = shapely.total_bounds([city.geometry for city in catalogue.layer("cities")])
    layers = [_layer(layer, urls, rank) for rank, layer in enumerate(catalogue.layers_at(urls.at).values())]
    return [
        PagePart("home", HomePart(box=box_of(tuple(bounds), digits=6))),
        PagePart("attribution", AttributionPart(text=settings.attribution(catalogue.area))),
        PagePart("base", _base(catalogue, settings, urls)),
        PagePart("layers", LayersPart(layers=layers, url=urls.data("layers", ids="_"))),
        PagePart("cases", _cases(catalogue, urls)),
        PagePart("results", _results(catalogue, urls)),
    ]


def _base(catalogue: Catalogue, settings: Settings, urls: Urls) -> BasePart:
    return BasePart(
        url=urls.data("document", name="base"),
        towns=urls.data("document", name="towns"),
        towns_from=TOWNS_FROM,
        entries=base_entries(catalogue, urls.lang),
        schemes=SCHEMES,
        tiles=tiles_part(catalogue.base_tiles, urls.data("tiles")),
        online=online_maps(settings),
    )


def _cases(catalogue: Catalogue, urls: Urls) -> CasesPart:
    return CasesPart(
        marks=urls.data("marks"),
        at=urls.data("at", layer_id="counties", feature_id="_"),
        counted_below=COUNTED_BELOW,
        classes=SHADED_FROM,
        shades=SHADES,
        outlines=urls.data("outlines"),
        details=urls.data("details", case_id="_"),
        feature=urls.data("feature", layer_id="_", feature_id="-"),
        styles={theme.id: theme.style for theme in catalogue.themes},
        themes=[theme.id for theme in catalogue.themes],
    )


def _results(catalogue: Catalogue, urls: Urls) -> ResultsPart:
    return ResultsPart(
        results=urls.data("results"),
        choices=urls.data("document", name="choices"),
        tours=urls.data("document", name="tours"),
        fields=filter_fields(catalogue, urls.lang),
        short={**{field.id: field.short for field in FIELDS.values()}, **STATE_NAMES},
    )


def filter_fields(catalogue: Catalogue, lang: Lang) -> list[FilterField]:
    """Return the conditions that the form of the map offers, by their part of it, boxes to tick last."""
    order = list(Part)
    asked = [field for field in catalogue.fields if Where.MAP in field.where and _is_drawn(field)]
    asked.sort(key=lambda field: (field.ticked is not None, order.index(field.part)))
    return [
        FilterField(
            id=field.id,
            title=field.form_title.in_lang(lang),
            kind=_CONTROLS[field.kind],
            choices=_choices(catalogue, field, lang),
            **_bounds(field),
        )
        for field in asked
    ]


def _is_drawn(field: Field) -> bool:
    """Tell whether the form has a control for it: groups stand with the list, a distance with `near`."""
    return field.kind in _CONTROLS and (field.kind is not Kind.CHOICE or field.is_facet)


def _choices(catalogue: Catalogue, field: Field, lang: Lang) -> list[Choice]:
    """Return the values of which one is taken; of a box to tick what it stands for."""
    values = catalogue.vocabulary.values(field.id) if field.kind is Kind.SINGLE else ()
    if field.ticked:
        return [Choice(value=values[-1], label=field.ticked.in_lang(lang))]
    return [Choice(value=value, label=field.told(catalogue, value).in_lang(lang)) for value in values]


def _bounds(field: Field) -> Bounds:
    limits = FIELDS["within_km"].limits if field.kind is Kind.NEAR else field.limits
    if field.kind is Kind.YEAR:
        return Bounds(least=FIRST_YEAR, most=LAST_YEAR)
    return Bounds(least=limits.least, most=limits.most) if limits else Bounds(least=None, most=None)


def _layers_shown_first(catalogue: Catalogue, urls: Urls) -> list[str]:
    """Return the address of what is drawn before anybody chooses; none where the area has no such layer."""
    ids = [layer_id for layer_id in catalogue.layers if layer_spec(layer_id).style.is_shown_first]
    return [urls.data("layers", ids=",".join(ids))] if ids else []


def _layer(layer: Layer, urls: Urls, rank: int) -> LayerOptions:
    spec, features = layer_spec(layer.id), layer.features
    return LayerOptions(
        id=spec.id,
        rank=rank,
        group=spec.group.id,
        group_title=spec.group.title.in_lang(urls.lang),
        title=spec.title.in_lang(urls.lang),
        geometry=spec.geometry,
        count=len(features),
        export=urls.export(spec.id),
        page=urls.layer(spec.id),
        style=spec.style,
        dark=by_night(spec.style.color),
        kinds=_kinds(layer, urls.lang),
        base=bool(spec.base),
        ratings=" · ".join(dict.fromkeys(labels()["rating"][feature.rating] for feature in features)),
        dated=_dates([feature.status_date for feature in features if feature.status_date]),
        source=features[0].source if len({feature.source for feature in features}) == 1 else None,
    )


def _kinds(layer: Layer, lang: Lang) -> list[LineKindLook]:
    """Return the kinds of the lines of a layer, those that it has."""
    present = {kind_of(feature) for feature in layer}
    return [
        LineKindLook(
            id=kind.id,
            title=kind.title.in_lang(lang),
            color=kind.color,
            dark=by_night(kind.color),
            weight=kind.weight,
        )
        for kind in LINE_KINDS
        if kind.id in present
    ]


def _dates(dates: Sequence[str]) -> str | None:
    if not dates:
        return None
    return min(dates) if min(dates) == max(dates) else f"{min(dates)} – {max(dates)}"


def tours_document(catalogue: Catalogue, lang: Lang) -> list[Tour]:
    """Return every tour with its steps in one language."""
    return [
        Tour(
            id=tour.id,
            title=tour.title.in_lang(lang),
            steps=[
                TourStep(
                    args=from_args(parse_qsl(step.query), catalogue.vocabulary).to_args(),
                    look=step.look,
                    layers=step.layers,
                    text=step.text.in_lang(lang),
                    source=step.source,
                )
                for step in tour.step
            ],
        )
        for tour in catalogue.tours
    ]
