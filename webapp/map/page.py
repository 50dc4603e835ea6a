"""Compose the map page and the thin data it draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from geo.case import Footprint, Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import figure_text, number_text
from geo.catalogue.located import LocatedCase
from geo.exports.collection import ATTRIBUTION, Collection, Row, footprints_collection
from geo.feature import Layer
from geo.layer_types import LayerSpec
from geo.layers import LAYERS
from geo.query import CaseQuery
from geo.text import Lang, LocalText
from webapp.i18n import LABELS
from webapp.map.elements import AtlasMap, Call, compose
from webapp.map.messages import messages
from webapp.map.style import layer_style, theme_styles
from webapp.settings import Settings
from webapp.urls import Urls

_ZOOM, _MIN_ZOOM, _MAX_ZOOM = 8, 7, 16
_DECIMALS = 5
_SIMPLIFIED_DEG = 0.003  # about 300 m: as exact as the boundaries themselves


@dataclass(frozen=True)
class MapPage:
    """The map page."""

    lang: Lang
    urls: Urls
    map_html: str
    calls: Sequence[dict[str, Any]]
    messages: dict[str, str]
    case_count: int
    region_wide: Sequence[LocatedCase]
    groups: Sequence[tuple[str, LocalText, Sequence[LocatedCase]]]
    layer_groups: Sequence[tuple[str, Sequence[tuple[LayerSpec, Layer]]]]
    attribution: str


def map_page(catalogue: Catalogue, settings: Settings, lang: Lang) -> MapPage:
    """Return what the map template needs; depends on the data and the language only."""
    urls = Urls(lang)
    attribution = ATTRIBUTION + (f"；审图号：{settings.review_number}" if settings.review_number else "")
    atlas = _atlas(catalogue, lang)
    map_html, calls = compose(atlas, _elements(catalogue, urls, attribution))
    cases = list(catalogue.cases.values())
    local = [case for case in cases if not case.is_region_wide]
    return MapPage(
        lang=lang,
        urls=urls,
        map_html=map_html,
        calls=calls,
        messages=messages(),
        case_count=len(cases),
        region_wide=[case for case in cases if case.is_region_wide],
        groups=[
            (theme.id, theme.name, [case for case in local if case.case.theme == theme.id])
            for theme in catalogue.themes
        ],
        layer_groups=_layer_groups(catalogue),
        attribution=attribution,
    )


def _atlas(catalogue: Catalogue, lang: Lang) -> AtlasMap:
    center = shapely.union_all([city.geometry for city in catalogue.layer("cities")]).envelope.centroid
    return AtlasMap(
        center=(round(center.x, 4), round(center.y, 4)),
        zoom=_ZOOM,
        min_zoom=_MIN_ZOOM,
        max_zoom=_MAX_ZOOM,
        label=catalogue.area.name.in_lang(lang),
    )


def _elements(catalogue: Catalogue, urls: Urls, attribution: str) -> list[Call]:
    west, south, east, north = shapely.total_bounds([city.geometry for city in catalogue.layer("cities")])
    layers = [
        Call(
            "addLayer",
            id=spec.id,
            title=spec.title.in_lang(urls.lang),
            geometry=spec.geometry,
            url=urls.export(spec.id),
            style=layer_style(spec.style),
            columns={column.name: column.title.in_lang(urls.lang) for column in spec.columns},
        )
        for spec in LAYERS
    ]
    return [
        Call("setView", bounds=[[float(south), float(west)], [float(north), float(east)]]),
        Call("addScale"),
        Call("setAttribution", text=attribution),
        *layers,
        Call("addFootprints", url=urls.case_footprints(), styles=theme_styles()),
        Call("addCases", url=urls.case_points(), styles=theme_styles()),
        Call("addPanel", lang=urls.lang),
    ]


def _layer_groups(catalogue: Catalogue) -> list[tuple[str, list[tuple[LayerSpec, Layer]]]]:
    groups: dict[str, list[tuple[LayerSpec, Layer]]] = {}
    for spec in LAYERS:
        groups.setdefault(spec.group, []).append((spec, catalogue.layer(spec.id)))
    return list(groups.items())


def case_points(catalogue: Catalogue, lang: Lang) -> list[dict[str, Any]]:
    """Return the few fields of each case that the map draws; region-wide cases have no point."""
    return [_case_point(case, lang) for case in catalogue.cases.values()]


def _case_point(located: LocatedCase, lang: Lang) -> dict[str, Any]:
    point = located.label_point
    position = None if located.is_region_wide else [round(point.y, _DECIMALS), round(point.x, _DECIMALS)]
    return {
        "id": located.id,
        "title": located.case.title.in_lang(lang),
        "theme": located.case.theme,
        "precision": located.best.precision.value,
        "schematic": located.best.is_schematic,
        "position": position,
    }


def local_footprints(catalogue: Catalogue) -> Collection:
    """Return the footprints the map draws: few columns, less detail, and none that stands in for an unknown place."""
    whole = footprints_collection(catalogue, CaseQuery())
    kept = ("case_id", "theme", "precision", "radius_m", "schematic")
    rows = [
        Row(row.id, shapely.simplify(row.geometry, _SIMPLIFIED_DEG), {name: row.values[name] for name in kept})
        for row in whole.rows
        if row.values["precision"] != Precision.REGION and not row.values["fallback"]
    ]
    return Collection(whole.id, whole.title, [c for c in whole.columns if c.name in kept], rows)


def case_details(catalogue: Catalogue, located: LocatedCase, urls: Urls) -> dict[str, Any]:
    """Return the texts of the detail panel, ready to show."""
    case, lang = located.case, urls.lang
    texts = {name: getattr(case, name) for name in ("problem", "mechanism", "reusable")}
    return {
        "id": case.id,
        "title": case.title.in_lang(lang),
        "theme": case.theme,
        "theme_name": catalogue.theme(case.theme).name.in_lang(lang),
        "membership": str(LABELS["membership"][case.membership]),
        "status": str(LABELS["status"][case.status]),
        "status_as_of": case.status_as_of,
        "period": [case.period.start_date, case.period.end_date],
        "cities": [catalogue.name_of("cities", code).in_lang(lang) for code in case.cities],
        "summary": case.summary.in_lang(lang),
        "facts": [fact.in_lang(lang) for fact in catalogue.facts(case.id)],
        **{name: text.in_lang(lang) if text else None for name, text in texts.items()},
        "figures": [figure_text(figure, lang) for figure in case.figures],
        "partners": [partner.name.in_lang(lang) for partner in case.partners],
        "places": [_place(footprint, lang) for footprint in located.footprints],
        "sources": [
            {
                "title": s.title,
                "publisher": s.publisher,
                "date": s.date,
                "url": s.url,
                "rating": str(LABELS["rating"][s.rating]),
            }
            for s in case.sources
        ],
        "page": urls.case(case.id),
        "export": urls.case_export(case.id),
    }


def _place(footprint: Footprint, lang: Lang) -> dict[str, Any]:
    radius = f"± {number_text(round(footprint.radius_m / 1000, 1))} km" if footprint.radius_m else None
    return {
        "mention": footprint.mention,
        "name": footprint.name.in_lang(lang),
        "precision": str(LABELS["precision"][footprint.precision]),
        "radius": radius,
        "schematic": footprint.is_schematic,
        "fallback": footprint.is_fallback,
    }
