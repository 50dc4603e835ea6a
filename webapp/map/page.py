"""Compose the map page: the map with its elements, the words, and the addresses that the scripts fetch from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from geo.area import Area
from geo.catalogue.catalogue import Catalogue
from geo.feature import Layer
from geo.layers.table import layer_spec
from geo.query_fields import FIELD_TITLES, SHORT_NAMES
from geo.styles import SCHEMES
from geo.text import Lang, LocalText
from webapp.i18n import labels
from webapp.latlon import box_of, position_of
from webapp.map.elements import AtlasMap, Call, compose
from webapp.map.messages import messages
from webapp.map.view_state import STATE_NAMES
from webapp.map.wire import LayerOptions, View
from webapp.online_maps import online_maps
from webapp.settings import Settings
from webapp.urls import Urls

_ZOOM, _MIN_ZOOM, _MAX_ZOOM = 8, 7, 17


@dataclass(frozen=True)
class MapPage:
    """The map page; depends on the data, the language and whether it is embedded."""

    lang: Lang
    urls: Urls
    map_html: str
    calls: Sequence[Mapping[str, object]]
    messages: dict[str, str]
    case_count: int
    themes: Sequence[tuple[str, LocalText]]
    precisions: Sequence[tuple[str, str]]
    preloads: Sequence[str]
    is_embedded: bool
    other_language_url: str


def map_page(catalogue: Catalogue, settings: Settings, lang: Lang, *, is_embedded: bool) -> MapPage:
    """Return what the map template needs."""
    urls = Urls(lang)
    map_html, calls = compose(_atlas(catalogue, lang), _elements(catalogue, settings, urls))
    return MapPage(
        lang=lang,
        urls=urls,
        map_html=map_html,
        calls=calls,
        messages=messages(),
        case_count=len(catalogue.cases),
        themes=[(theme.id, theme.name) for theme in catalogue.themes],
        precisions=[(value, label) for value, label in labels()["precision"].items()],
        preloads=[
            urls.data("document", name="base"),
            *_layers_shown_first(catalogue, urls),
        ],
        is_embedded=is_embedded,
        other_language_url=Urls("en" if lang == "zh" else "zh").map(),
    )


def attribution(area: Area, settings: Settings) -> str:
    """Return what stands below the map."""
    return area.attribution + (f"；审图号：{settings.review_number}" if settings.review_number else "")


def _atlas(catalogue: Catalogue, lang: Lang) -> AtlasMap:
    center = shapely.union_all([city.geometry for city in catalogue.layer("cities")]).envelope.centroid
    return AtlasMap(
        view=View(zoom=_ZOOM, center=position_of(center, digits=4)),
        min_zoom=_MIN_ZOOM,
        max_zoom=_MAX_ZOOM,
        label=catalogue.area.name.in_lang(lang),
    )


def _elements(catalogue: Catalogue, settings: Settings, urls: Urls) -> list[Call]:
    bounds = shapely.total_bounds([city.geometry for city in catalogue.layer("cities")])
    lang = urls.lang
    return [
        Call("setView", box=box_of(tuple(bounds), digits=6)),
        Call("addScale"),
        Call("setAttribution", text=attribution(catalogue.area, settings)),
        Call(
            "addBase",
            url=urls.data("document", name="base"),
            schemes=SCHEMES,
            online=online_maps(settings),
        ),
        Call(
            "addLayers",
            layers=[_layer(layer, urls, rank) for rank, layer in enumerate(catalogue.layers.values())],
            url=urls.data("layers", ids="_"),
        ),
        Call(
            "addCases",
            marks=urls.data("marks"),
            outlines=urls.data("outlines"),
            details=urls.data("details", case_id="_"),
            feature=urls.data("feature", layer_id="_", feature_id="-"),
            styles={theme.id: theme.style for theme in catalogue.themes},
            themes=[theme.id for theme in catalogue.themes],
        ),
        Call(
            "addResults",
            results=urls.data("results"),
            choices=urls.data("document", name="choices"),
            tours=urls.data("document", name="tours"),
            titles={name: title.in_lang(lang) for name, title in FIELD_TITLES.items()},
            short={**SHORT_NAMES, **STATE_NAMES},
        ),
    ]


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
        ratings=" · ".join(dict.fromkeys(labels()["rating"][feature.rating] for feature in features)),
        dated=_dates([feature.status_date for feature in features if feature.status_date]),
        source=features[0].source if len({feature.source for feature in features}) == 1 else None,
    )


def _dates(dates: Sequence[str]) -> str | None:
    if not dates:
        return None
    return min(dates) if min(dates) == max(dates) else f"{min(dates)} – {max(dates)}"
