"""The texts of the detail panel, ready to show: a case, or a feature of a layer."""

from typing import Any
from urllib.parse import urlencode

from shapely.geometry import Point

from geo.case import Footprint, Source
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.catalogue.related import related_cases
from geo.catalogue.wording import figure_text, number_text
from geo.datum import Datum, from_wgs84
from geo.feature import Feature
from geo.layers import layer_spec
from geo.text import Lang, LocalText
from webapp.i18n import EVIDENCE, LABELS
from webapp.labels import feature_facts
from webapp.map.thin import thin
from webapp.urls import Urls

_DECIMALS = 6
_TEXTS = ("problem", "mechanism", "reusable")


def case_details(catalogue: Catalogue, located: LocatedCase, urls: Urls) -> dict[str, Any]:
    """Return what the panel tells of a case, with its shapes."""
    case, lang = located.case, urls.lang
    point = located.label_point
    return {
        "id": case.id,
        "title": _told(case.title, lang),
        "theme": case.theme,
        "theme_name": catalogue.theme(case.theme).name.in_lang(lang),
        "membership": str(LABELS["membership"][case.membership]),
        "evidence": str(EVIDENCE[case.membership]),
        "status": str(LABELS["status"][case.status]),
        "status_as_of": case.status_as_of,
        "period": [case.period.start_date, case.period.end_date],
        "cities": [catalogue.name_of("cities", code).in_lang(lang) for code in case.cities],
        "summary": _told(case.summary, lang),
        "facts": [fact.in_lang(lang) for fact in catalogue.facts(case.id)],
        **{name: _told(text, lang) if (text := getattr(case, name)) else None for name in _TEXTS},
        "figures": [figure_text(figure, lang) for figure in case.figures],
        "partners": [
            f"{partner.name.in_lang(lang)} ({LABELS['partner_level'][partner.level]}, "
            f"{LABELS['partner_role'][partner.role]})"
            for partner in case.partners
        ],
        "places": [_place(footprint, lang) for footprint in located.footprints],
        "sources": [_source(source) for source in case.sources],
        "related": [
            {
                "id": other.located.id,
                "title": other.located.case.title.in_lang(lang),
                "why": str(LABELS["kinship"][other.kinship]),
            }
            for other in related_cases(catalogue, case.id)
        ],
        "is_region_wide": located.is_region_wide,
        "schematic": located.best.is_schematic,
        "precision": located.best.precision.value,
        "position": None if located.is_region_wide else [round(point.y, _DECIMALS), round(point.x, _DECIMALS)],
        "shapes": [
            [footprint.name.in_lang(lang), int(footprint.is_schematic), round(footprint.radius_m),
             thin(footprint.geometry)]
            for footprint in located.footprints
            if not footprint.is_fallback and not located.is_region_wide
        ],
        "elsewhere": [] if located.is_region_wide else other_maps(point, located.best.name.zh),
        "citation": citation(located, urls),
        "page": urls.case(case.id),
        "exports": {"geojson": urls.case_export(case.id)},
    }  # fmt: skip


def citation(located: LocatedCase, urls: Urls) -> str:
    """Return how to cite the record of a case."""
    case = located.case
    name = {"zh": "同城图", "en": "Tongcheng Atlas"}[urls.lang]
    address = urls.absolute(urls.case(case.id))
    return f"{case.title.in_lang(urls.lang)}. {name}, {case.id}, {case.last_checked}. {address}"


def other_maps(point: Point, name: str) -> list[dict[str, str]]:
    """Return the addresses of a point on Chinese maps, each in the datum of that map.

    Amap and Baidu document such addresses. Tianditu documents none: its page opens, and the position is given as text
    to search for there.
    """
    gcj_lon, gcj_lat = (f"{float(value):.6f}" for value in from_wgs84(point.x, point.y, Datum.GCJ02))
    bd_lon, bd_lat = (f"{float(value):.6f}" for value in from_wgs84(point.x, point.y, Datum.BD09))
    amap = {"position": f"{gcj_lon},{gcj_lat}", "name": name, "coordinate": "gaode", "src": "tongcheng-atlas"}
    baidu = {
        "location": f"{bd_lat},{bd_lon}", "title": name, "content": name, "coord_type": "bd09ll", "output": "html",
        "src": "tongcheng-atlas",
    }  # fmt: skip
    return [
        {"map": str(LABELS["other_map"]["tianditu"]), "datum": "CGCS2000", "url": "https://map.tianditu.gov.cn/",
         "position": f"{point.x:.6f},{point.y:.6f}"},
        {"map": str(LABELS["other_map"]["amap"]), "datum": "GCJ-02",
         "url": f"https://uri.amap.com/marker?{urlencode(amap)}", "position": f"{gcj_lon},{gcj_lat}"},
        {"map": str(LABELS["other_map"]["baidu"]), "datum": "BD-09",
         "url": f"https://api.map.baidu.com/marker?{urlencode(baidu)}", "position": f"{bd_lon},{bd_lat}"},
    ]  # fmt: skip


def feature_details(catalogue: Catalogue, layer_id: str, feature_id: str, urls: Urls) -> dict[str, Any]:
    """Return what the panel tells of a feature of a layer.

    Raises:
        NotFoundError: No such layer or feature.
    """
    feature = catalogue.layer(layer_id).feature(feature_id)
    spec, lang = layer_spec(layer_id), urls.lang
    return {
        "id": feature.id,
        "layer": layer_id,
        "layer_title": spec.title.in_lang(lang),
        "name": _told(feature.name, lang),
        "facts": feature_facts(catalogue, layer_id, feature, lang),
        "status": " · ".join(filter(None, [_status(feature), feature.status_date])),
        "rating": str(LABELS["rating"][feature.rating]),
        "schematic": feature.is_schematic,
        "precision_m": feature.precision_m or None,
        "note": feature.note.in_lang(lang) if feature.note else None,
        "source": feature.source,
        "is_point": feature.geometry.geom_type == "Point",
        "shape": thin(feature.geometry),
        "elsewhere": _elsewhere(feature),
        "page": urls.feature(layer_id, feature_id),
        "exports": {"geojson": urls.export(layer_id)},
    }


def _elsewhere(feature: Feature) -> list[dict[str, str]]:
    point = feature.geometry if isinstance(feature.geometry, Point) else feature.geometry.representative_point()
    return other_maps(point, feature.name.zh)


def _status(feature: Feature) -> str:
    return str(LABELS["status"].get(feature.status, feature.status))


def _told(text: LocalText, lang: Lang) -> dict[str, str | bool]:
    """Return a text and whether it stands in the language asked for."""
    return {"text": text.in_lang(lang), "translated": text.is_translated(lang)}


def _source(source: Source) -> dict[str, str | None]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "rating": str(LABELS["rating"][source.rating]),
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
