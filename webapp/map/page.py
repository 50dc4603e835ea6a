"""Compose the map page: the map with its elements, the words, and the addresses that the scripts fetch from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

import shapely

from geo.catalogue.catalogue import Catalogue
from geo.exports.collection import ATTRIBUTION
from geo.fields import FIELDS, Field, Kind, Part, Where
from geo.layers import LAYERS
from geo.query import FIRST_YEAR, LAST_YEAR
from geo.styles import LAYER_STYLES, SCHEMES, THEME_STYLES
from geo.text import Lang, LocalText
from webapp.i18n import labels
from webapp.latlon import box_of, position_of
from webapp.map.elements import AtlasMap, Call, compose
from webapp.map.messages import messages
from webapp.map.parameters import MOST_ZOOM
from webapp.map.view_state import STATE_NAMES
from webapp.map.wire import Choice, FilterField, LayerOptions, View
from webapp.online_maps import online_maps
from webapp.settings import Settings
from webapp.urls import Urls

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
    return AtlasMap(
        view=View(zoom=_ZOOM, center=position_of(center, digits=4)),
        min_zoom=_MIN_ZOOM,
        max_zoom=MOST_ZOOM,
        label=catalogue.area.name.in_lang(lang),
    )


def _elements(catalogue: Catalogue, settings: Settings, urls: Urls) -> list[Call]:
    bounds = shapely.total_bounds([city.geometry for city in catalogue.layer("cities")])
    lang = urls.lang
    return [
        Call("setView", box=box_of(tuple(bounds), digits=6)),
        Call("addScale"),
        Call("setAttribution", text=attribution(settings)),
        Call(
            "addBase",
            url=urls.data("document", name="base"),
            schemes=SCHEMES,
            online=online_maps(settings),
        ),
        Call(
            "addLayers",
            layers=[_layer(catalogue, urls, number) for number in range(len(LAYERS))],
            url=urls.data("layers", ids="_"),
        ),
        Call(
            "addCases",
            marks=urls.data("marks"),
            outlines=urls.data("outlines"),
            details=urls.data("details", case_id="_"),
            feature=urls.data("feature", layer_id="_", feature_id="-"),
            styles=THEME_STYLES,
            themes=[theme.id for theme in catalogue.themes],
        ),
        Call(
            "addResults",
            results=urls.data("results"),
            choices=urls.data("document", name="choices"),
            tours=urls.data("document", name="tours"),
            fields=filter_fields(catalogue, lang),
            titles={field.id: field.title.in_lang(lang) for field in FIELDS.values()},
            short={**{field.id: field.short for field in FIELDS.values()}, **STATE_NAMES},
        ),
    ]


def filter_fields(catalogue: Catalogue, lang: Lang) -> list[FilterField]:
    """Return the conditions that the form of the map offers, by their part of it, boxes to tick last."""
    order = list(Part)
    asked = [field for field in FIELDS.values() if Where.MAP in field.where and _is_drawn(field)]
    asked.sort(key=lambda field: (field.ticked is not None, order.index(field.part)))
    return [
        FilterField(
            id=field.id,
            title=field.title.in_lang(lang),
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


def _layer(catalogue: Catalogue, urls: Urls, rank: int) -> LayerOptions:
    spec = LAYERS[rank]
    features = catalogue.layer(spec.id).features
    return LayerOptions(
        id=spec.id,
        rank=rank,
        group=spec.group,
        group_title=labels()["layer_group"][spec.group],
        title=spec.title.in_lang(urls.lang),
        geometry=spec.geometry,
        count=len(features),
        export=urls.export(spec.id),
        page=urls.layer(spec.id),
        style=LAYER_STYLES[spec.style],
        ratings=" · ".join(dict.fromkeys(labels()["rating"][feature.rating] for feature in features)),
        dated=_dates([feature.status_date for feature in features if feature.status_date]),
        source=features[0].source if len({feature.source for feature in features}) == 1 else None,
    )


def _dates(dates: Sequence[str]) -> str | None:
    if not dates:
        return None
    return min(dates) if min(dates) == max(dates) else f"{min(dates)} – {max(dates)}"
