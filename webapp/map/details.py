"""What the panel tells of a case or feature.

Amap and Baidu document addresses that show a position. Tianditu documents none: its page opens, and the
position is given as text to search for there.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from shapely.geometry import Point

from geo.case import Footprint, Partner, Source
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import figure_text, number_text
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.related import Related, related_cases
from geo.datum import Datum
from geo.feature import Feature
from geo.layers.table import layer_spec
from geo.shift import from_wgs84
from geo.text import Lang, LocalText, word
from webapp.i18n import labels
from webapp.labels import feature_facts, status_text
from webapp.latlon import position_of
from webapp.map.wire import (
    CaseDetails,
    CaseShape,
    FactText,
    FeatureDetails,
    OtherMap,
    Period,
    PlaceText,
    RelatedText,
    SourceText,
    Told,
    thin,
)
from webapp.urls import Urls

_TIANDITU = "https://map.tianditu.gov.cn/"
_AMAP = "https://uri.amap.com/marker"
_BAIDU = "https://api.map.baidu.com/marker"
_US = "tongcheng-atlas"


def other_maps(point: Point, name: str) -> list[OtherMap]:
    """Return the addresses of a point, WGS-84, that the map there shall call by a name."""
    lon, lat = _degrees(point, Datum.WGS84)
    gcj_lon, gcj_lat = _degrees(point, Datum.GCJ02)
    bd_lon, bd_lat = _degrees(point, Datum.BD09)
    amap = {"position": f"{gcj_lon},{gcj_lat}", "name": name, "coordinate": "gaode", "src": _US}
    baidu = {
        "location": f"{bd_lat},{bd_lon}",  # Baidu begins with the latitude, here alone
        "title": name,
        "content": name,
        "coord_type": "bd09ll",
        "output": "html",
        "src": _US,
    }
    return [
        _map("tianditu", "CGCS2000", _TIANDITU, f"{lon},{lat}"),
        _map("amap", "GCJ-02", _address(_AMAP, amap), f"{gcj_lon},{gcj_lat}"),
        _map("baidu", "BD-09", _address(_BAIDU, baidu), f"{bd_lon},{bd_lat}"),
    ]


def _degrees(point: Point, datum: Datum) -> tuple[str, str]:
    """Return longitude and latitude in a datum as texts."""
    lon, lat = from_wgs84(point.x, point.y, datum)
    return f"{float(lon):.6f}", f"{float(lat):.6f}"


def _address(page: str, parameters: Mapping[str, str]) -> str:
    return f"{page}?{urlencode(parameters)}"


def _map(key: str, datum: str, url: str, position: str) -> OtherMap:
    return OtherMap(map=labels()["other_map"][key], datum=datum, url=url, position=position)


_DIGITS = 6


def case_details(catalogue: Catalogue, located: LocatedCase, urls: Urls) -> CaseDetails:
    """Return what the panel tells of a case, with its shapes."""
    case, lang, is_region = located.case, urls.lang, located.is_region_wide
    return CaseDetails(
        id=case.id,
        title=_told(case.title, lang),
        theme=case.theme,
        theme_name=catalogue.theme(case.theme).name.in_lang(lang),
        membership=labels()["membership"][case.membership],
        evidence=labels()["membership_meaning"][case.membership],
        status=labels()["status"][case.status],
        status_as_of=case.status_as_of,
        period=Period(start=case.period.start_date, end=case.period.end_date),
        cities=[catalogue.name_of("cities", code).in_lang(lang) for code in case.cities],
        summary=_told(case.summary, lang),
        facts=[fact.in_lang(lang) for fact in catalogue.facts(case.id)],
        problem=_told(case.problem, lang) if case.problem else None,
        mechanism=_told(case.mechanism, lang) if case.mechanism else None,
        reusable=_told(case.reusable, lang) if case.reusable else None,
        figures=[figure_text(figure, lang) for figure in case.figures],
        partners=[_partner(partner, lang) for partner in case.partners],
        places=[_place(footprint, lang) for footprint in located.footprints],
        sources=[_source(source) for source in case.sources],
        related=[_related(related, lang) for related in related_cases(catalogue, case.id)],
        is_region_wide=is_region,
        schematic=located.best.is_schematic,
        precision=located.best.precision.value,
        position=None if is_region else position_of(located.label_point, digits=_DIGITS),
        shapes=[] if is_region else [_shape(found, lang) for found in located.footprints if not found.is_fallback],
        elsewhere=[] if is_region else other_maps(located.label_point, located.best.name.zh),
        citation=citation(located, urls),
        page=urls.case(case.id),
        exports={"geojson": urls.case_export(case.id)},
    )


def citation(located: LocatedCase, urls: Urls) -> str:
    """Return how to cite the record of a case."""
    case = located.case
    name = word("Tongcheng Atlas").in_lang(urls.lang)
    address = urls.absolute(urls.case(case.id))
    return f"{case.title.in_lang(urls.lang)}. {name}, {case.id}, {case.last_checked}. {address}"


def feature_details(catalogue: Catalogue, layer_id: str, feature_id: str, urls: Urls) -> FeatureDetails:
    """Return what the panel tells of a feature of a layer.

    Raises:
        NotFoundError: No such layer or feature.
    """
    feature = catalogue.layer(layer_id).feature(feature_id)
    feature = feature.dated(urls.at) if urls.at else feature
    spec, lang = layer_spec(layer_id), urls.lang
    return FeatureDetails(
        id=feature.id,
        layer=layer_id,
        layer_title=spec.title.in_lang(lang),
        name=_told(feature.name, lang),
        facts=[FactText(name=name, value=value) for name, value in feature_facts(catalogue, layer_id, feature, lang)],
        status=status_text(feature, urls.at),
        rating=labels()["rating"][feature.rating],
        schematic=feature.is_schematic,
        precision_m=feature.precision_m or None,
        note=feature.note.in_lang(lang) if feature.note else None,
        source=feature.source,
        is_point=feature.geometry.geom_type == "Point",
        shape=thin(feature.geometry),
        elsewhere=_elsewhere(feature),
        page=urls.feature(layer_id, feature_id),
        exports={"geojson": urls.export(layer_id)},
    )


def _elsewhere(feature: Feature) -> list[OtherMap]:
    point = feature.geometry if isinstance(feature.geometry, Point) else feature.geometry.representative_point()
    return other_maps(point, feature.name.zh)


def _told(text: LocalText, lang: Lang) -> Told:
    return Told(text=text.in_lang(lang), translated=text.is_translated(lang))


def _partner(partner: Partner, lang: Lang) -> str:
    level, role = labels()["partner_level"][partner.level], labels()["partner_role"][partner.role]
    return f"{partner.name.in_lang(lang)} ({level}, {role})"


def _source(source: Source) -> SourceText:
    return SourceText(
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        rating=labels()["rating"][source.rating],
    )


def _related(related: Related, lang: Lang) -> RelatedText:
    other = related.located
    why = labels()["kinship"][related.kinship]
    return RelatedText(id=other.id, title=other.case.title.in_lang(lang), why=why)


def _shape(footprint: Footprint, lang: Lang) -> CaseShape:
    return CaseShape(
        name=footprint.name.in_lang(lang),
        schematic=footprint.is_schematic,
        radius_m=round(footprint.radius_m),
        shape=thin(footprint.geometry),
    )


def _place(footprint: Footprint, lang: Lang) -> PlaceText:
    radius = f"± {number_text(round(footprint.radius_m / 1000, 1))} km" if footprint.radius_m else None
    return PlaceText(
        mention=footprint.mention,
        name=footprint.name.in_lang(lang),
        precision=labels()["precision"][footprint.precision],
        radius=radius,
        schematic=footprint.is_schematic,
        fallback=footprint.is_fallback,
    )
