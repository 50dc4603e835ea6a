"""Compose the map page: the map with its elements, the words, and the addresses that the scripts fetch from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from flask_babel import gettext

from geo.catalogue.case_index import FACETS
from geo.catalogue.catalogue import Catalogue
from geo.exports.collection import ATTRIBUTION
from geo.layers import LAYERS
from geo.query import MOST_WITHIN_KM
from geo.query_fields import FIELD_TITLES, SHORT_NAMES
from geo.styles import LAYER_STYLES, SCHEMES, THEME_STYLES
from geo.text import Lang, LocalText
from webapp.i18n import LABELS
from webapp.latlon import box_of, position_of
from webapp.map.elements import AtlasMap, Part, compose
from webapp.map.messages import messages
from webapp.map.view_state import STATE_NAMES
from webapp.map.wire import Choice
from webapp.map.wire_page import (
    MOST_ZOOM,
    AttributionPart,
    BasePart,
    CasesPart,
    FilterField,
    HomePart,
    LayerOptions,
    LayersPart,
    MapPart,
    ResultsPart,
    View,
)
from webapp.online_maps import online_maps
from webapp.settings import Settings
from webapp.urls import Urls

_ZOOM, _MIN_ZOOM = 8, 7
_YEARS = (1900, 2100)


@dataclass(frozen=True)
class MapPage:
    """The map page; depends on the data, the language and whether it is embedded."""

    lang: Lang
    urls: Urls
    map_html: str
    parts: Sequence[Mapping[str, object]]
    messages: dict[str, str]
    case_count: int
    themes: Sequence[tuple[str, LocalText]]
    preloads: Sequence[str]
    is_embedded: bool
    other_language_url: str


def map_page(catalogue: Catalogue, settings: Settings, lang: Lang, *, is_embedded: bool) -> MapPage:
    """Return what the map template needs."""
    urls = Urls(lang)
    map_html, parts = compose(_atlas(catalogue, lang), _parts(catalogue, settings, urls))
    return MapPage(
        lang=lang,
        urls=urls,
        map_html=map_html,
        parts=parts,
        messages=messages(),
        case_count=len(catalogue.cases),
        themes=[(theme.id, theme.name) for theme in catalogue.themes],
        preloads=[
            urls.data("document", name="base"),
            urls.data("layers", ids=",".join(spec.id for spec in LAYERS if LAYER_STYLES[spec.style].is_shown_first)),
        ],
        is_embedded=is_embedded,
        other_language_url=Urls("en" if lang == "zh" else "zh").map(),
    )


def attribution(settings: Settings) -> str:
    """Return what stands below the map."""
    return ATTRIBUTION + (f"；审图号：{settings.review_number}" if settings.review_number else "")


def _atlas(catalogue: Catalogue, lang: Lang) -> AtlasMap:
    center = shapely.union_all([city.geometry for city in catalogue.layer("cities")]).envelope.centroid
    view = View(zoom=_ZOOM, center=position_of(center, digits=4))
    return AtlasMap(MapPart(view=view, min_zoom=_MIN_ZOOM, max_zoom=MOST_ZOOM), label=catalogue.area.name.in_lang(lang))


def _parts(catalogue: Catalogue, settings: Settings, urls: Urls) -> list[Part]:
    bounds = shapely.total_bounds([city.geometry for city in catalogue.layer("cities")])
    base_url = urls.data("document", name="base")
    layers = [_layer(catalogue, urls, number) for number in range(len(LAYERS))]
    return [
        Part("home", HomePart(box=box_of(tuple(bounds), digits=6))),
        Part("attribution", AttributionPart(text=attribution(settings))),
        Part("base", BasePart(url=base_url, schemes=SCHEMES, online=online_maps(settings))),
        Part("layers", LayersPart(layers=layers, url=urls.data("layers", ids="_"))),
        Part("cases", _cases(catalogue, urls)),
        Part("results", _results(urls)),
    ]


def _cases(catalogue: Catalogue, urls: Urls) -> CasesPart:
    return CasesPart(
        marks=urls.data("marks"),
        outlines=urls.data("outlines"),
        details=urls.data("details", case_id="_"),
        feature=urls.data("feature", layer_id="_", feature_id="-"),
        styles=THEME_STYLES,
        themes=[theme.id for theme in catalogue.themes],
    )


def _results(urls: Urls) -> ResultsPart:
    return ResultsPart(
        results=urls.data("results"),
        choices=urls.data("document", name="choices"),
        tours=urls.data("document", name="tours"),
        fields=_filter_fields(urls.lang),
        short={**SHORT_NAMES, **STATE_NAMES},
    )


def _filter_fields(lang: Lang) -> list[FilterField]:
    """Return the conditions that the form of the map offers, in its order."""
    precisions = [Choice(value=value, label=str(label)) for value, label in LABELS["precision"].items()]
    include = Choice(value="include", label=gettext("Count cases of the whole region everywhere"))
    first, last = _YEARS
    return [
        FilterField(id="q", title=gettext("Search cases"), kind="text"),
        FilterField(id="near", title=gettext("Near a line, belt or zone"), kind="near", least=0, most=MOST_WITHIN_KM),
        *(FilterField(id=name, title=FIELD_TITLES[name].in_lang(lang), kind="shape") for name in ("bbox", "polygon")),
        *(FilterField(id=name, title=FIELD_TITLES[name].in_lang(lang), kind="choice") for name in FACETS),
        FilterField(id="min_precision", title=gettext("This fine or finer"), kind="single", choices=precisions),
        FilterField(id="year", title=gettext("Year"), kind="year", least=first, most=last),
        FilterField(id="region", title=gettext("Whole region"), kind="single", choices=[include]),
    ]


def _layer(catalogue: Catalogue, urls: Urls, rank: int) -> LayerOptions:
    spec = LAYERS[rank]
    features = catalogue.layer(spec.id).features
    return LayerOptions(
        id=spec.id,
        rank=rank,
        group=spec.group,
        group_title=str(LABELS["layer_group"][spec.group]),
        title=spec.title.in_lang(urls.lang),
        geometry=spec.geometry,
        count=len(features),
        export=urls.export(spec.id),
        page=urls.layer(spec.id),
        style=LAYER_STYLES[spec.style],
        ratings=" · ".join(dict.fromkeys(str(LABELS["rating"][feature.rating]) for feature in features)),
        dated=_dates([feature.status_date for feature in features if feature.status_date]),
        source=features[0].source if len({feature.source for feature in features}) == 1 else None,
    )


def _dates(dates: Sequence[str]) -> str | None:
    if not dates:
        return None
    return min(dates) if min(dates) == max(dates) else f"{min(dates)} – {max(dates)}"
