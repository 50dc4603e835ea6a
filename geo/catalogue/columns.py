"""How cases, footprints and features become flat rows: the columns of the store and of every export."""

from collections.abc import Mapping

from geo.case import Figure, Footprint, Partner, Source
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.feature import Feature, Scalar
from geo.layer_types import Column
from geo.text import Lang, LocalText

Value = Scalar | list[str]


CASE_COLUMNS = (
    Column("id", "string", LocalText("案例编号", "Stable id of the case")),
    Column("title_zh", "string", LocalText("标题", "Title in Chinese")),
    Column("title_en", "string", LocalText("英文标题", "Title in English")),
    Column("title_status", "string", LocalText("标题性质", "descriptive: our wording; official: the published title")),
    Column("theme", "string", LocalText("主题", "Group of the compilation")),
    Column("theme_zh", "string", LocalText("主题名称", "Group, in Chinese")),
    Column("theme_en", "string", LocalText("主题英文名称", "Group, in English")),
    Column(
        "membership", "string", LocalText("与汇编的关系", "named: the press release names it; related: it may belong")
    ),
    Column("status", "string", LocalText("状态", "How far it had come")),
    Column("status_as_of", "string", LocalText("状态日期", "Date of the status, ISO")),
    Column("city", "array", LocalText("城市代码", "Codes of the cities that take part")),
    Column("city_zh", "string", LocalText("城市", "Cities, in Chinese")),
    Column("county", "array", LocalText("区县代码", "Codes of the counties that the footprints touch")),
    Column("where_zh", "string", LocalText("在哪里", "Where it lies, in Chinese")),
    Column("where_en", "string", LocalText("在哪里（英文）", "Where it lies, in English")),
    Column("precision", "string", LocalText("空间精度", "Precision of the best footprint")),
    Column("radius_m", "number", LocalText("不确定半径（米）", "Radius of uncertainty of the best footprint, metres")),
    Column("schematic", "boolean", LocalText("含示意位置", "Whether any footprint is schematic")),
    Column("region_wide", "boolean", LocalText("全域", "Whether the case holds for the four cities as a whole")),
    Column(
        "geometry_role",
        "string",
        LocalText("几何含义", "label: a point for a label, not a site; footprint: the true shapes"),
    ),
    Column("start_date", "string", LocalText("开始", "Start, ISO, as exact as known")),
    Column("end_date", "string", LocalText("结束", "End, ISO, as exact as known")),
    Column("summary_zh", "string", LocalText("简介", "Summary in Chinese")),
    Column("summary_en", "string", LocalText("英文简介", "Summary in English")),
    Column("reusable_zh", "string", LocalText("可复用做法", "What others can take over, in Chinese")),
    Column("reusable_en", "string", LocalText("可复用做法（英文）", "What others can take over, in English")),
    Column("partners_zh", "string", LocalText("参与方", "Partners, in Chinese")),
    Column("figures_zh", "string", LocalText("数据", "Figures with qualifier and date, in Chinese")),
    Column("figures_en", "string", LocalText("数据（英文）", "Figures with qualifier and date, in English")),
    Column("sources", "string", LocalText("来源", "Sources with date and rating")),
    Column("last_checked", "string", LocalText("核对日期", "When the record was last checked")),
)

FOOTPRINT_COLUMNS = (
    Column("id", "string", LocalText("足迹编号", "Id of the footprint")),
    Column("case_id", "string", LocalText("案例编号", "Id of the case")),
    Column("title_zh", "string", LocalText("案例标题", "Title of the case in Chinese")),
    Column("title_en", "string", LocalText("案例英文标题", "Title of the case in English")),
    Column("theme", "string", LocalText("主题", "Group of the compilation")),
    Column("name_zh", "string", LocalText("地名", "Name of the place")),
    Column("name_en", "string", LocalText("英文地名", "Name of the place in English, where known")),
    Column("mention", "string", LocalText("提及", "The place as the record names it")),
    Column("role", "string", LocalText("角色", "site, jurisdiction, alignment or office")),
    Column("precision", "string", LocalText("空间精度", "How finely the place is known")),
    Column("radius_m", "number", LocalText("不确定半径（米）", "Radius of uncertainty, metres")),
    Column("rating", "string", LocalText("评级", "How well the shape is known")),
    Column("schematic", "boolean", LocalText("示意", "Whether the shape is schematic")),
    Column(
        "fallback", "boolean", LocalText("回退", "Whether the mention did not resolve and its county or city is shown")
    ),
    Column("method", "string", LocalText("定位方法", "How the place was found")),
    Column("confidence", "number", LocalText("把握", "How surely the mention means the place, 0 to 1")),
    Column("evidence", "string", LocalText("依据", "How we know the place")),
    Column("county", "array", LocalText("区县代码", "Codes of the counties it touches")),
    Column("geometry_role", "string", LocalText("几何含义", "footprint: the true shape")),
)

FEATURE_COLUMNS = (
    Column("id", "string", LocalText("编号", "Stable id")),
    Column("name_zh", "string", LocalText("名称", "Name in Chinese")),
    Column("name_en", "string", LocalText("英文名称", "Name in English")),
    Column("status", "string", LocalText("状态", "Status at its date")),
    Column("status_date", "string", LocalText("状态日期", "Date of the status, ISO")),
    Column("rating", "string", LocalText("评级", "How well the shape is known")),
    Column("schematic", "boolean", LocalText("示意", "Whether the shape is schematic")),
    Column("precision_m", "number", LocalText("精度（米）", "How far the shape may be from the real one, metres")),
    Column("source", "string", LocalText("来源", "Where it comes from")),
    Column("note_zh", "string", LocalText("说明", "Note in Chinese")),
    Column("note_en", "string", LocalText("说明（英文）", "Note in English")),
    Column("aliases", "array", LocalText("别名", "Other names")),
)


def case_row(located: LocatedCase, catalogue: Catalogue, *, geometry_role: str) -> dict[str, Value]:
    """Return the values of CASE_COLUMNS."""
    case = located.case
    theme = catalogue.theme(case.theme).name
    return {
        "id": case.id,
        **_both("title", case.title),
        "title_status": case.title_status.value,
        "theme": case.theme,
        **_both("theme", theme),
        "membership": case.membership.value,
        "status": case.status.value,
        "status_as_of": case.status_as_of,
        "city": list(case.cities),
        "city_zh": "、".join(catalogue.name_of("cities", code).zh for code in case.cities),
        "county": list(located.counties),
        "where_zh": "；".join(fact.zh for fact in catalogue.facts(case.id)),
        "where_en": "; ".join(fact.in_lang("en") for fact in catalogue.facts(case.id)),
        "precision": located.best.precision.value,
        "radius_m": located.best.radius_m,
        "schematic": located.is_schematic,
        "region_wide": located.is_region_wide,
        "geometry_role": geometry_role,
        "start_date": case.period.start_date,
        "end_date": case.period.end_date,
        **_both("summary", case.summary),
        **_both("reusable", case.reusable),
        "partners_zh": "；".join(partner_text(partner, "zh") for partner in case.partners) or None,
        "figures_zh": "；".join(figure_text(figure, "zh") for figure in case.figures) or None,
        "figures_en": "; ".join(figure_text(figure, "en") for figure in case.figures) or None,
        "sources": "；".join(source_text(source) for source in case.sources),
        "last_checked": case.last_checked,
    }


def footprint_row(footprint: Footprint, located: LocatedCase) -> dict[str, Value]:
    """Return the values of FOOTPRINT_COLUMNS."""
    return {
        "id": footprint.id,
        "case_id": footprint.case_id,
        **_both("title", located.case.title),
        "theme": located.case.theme,
        **_both("name", footprint.name),
        "mention": footprint.mention,
        "role": footprint.role.value,
        "precision": footprint.precision.value,
        "radius_m": footprint.radius_m,
        "rating": footprint.rating.value,
        "schematic": footprint.is_schematic,
        "fallback": footprint.is_fallback,
        "method": footprint.method,
        "confidence": footprint.confidence,
        "evidence": footprint.evidence,
        "county": list(footprint.counties),
        "geometry_role": "footprint",
    }


def feature_row(feature: Feature) -> dict[str, Value]:
    """Return the values of FEATURE_COLUMNS and of the layer's own columns."""
    return {
        "id": feature.id,
        **_both("name", feature.name),
        "status": feature.status,
        "status_date": feature.status_date,
        "rating": feature.rating.value,
        "schematic": feature.is_schematic,
        "precision_m": feature.precision_m,
        "source": feature.source,
        **_both("note", feature.note),
        "aliases": list(feature.aliases),
        **feature.properties,
    }


def figure_text(figure: Figure, lang: Lang) -> str:
    """Return a figure as one phrase: label, qualifiers, value, unit, date."""
    value = number_text(figure.value)
    if figure.value_max is not None:
        value += f"–{number_text(figure.value_max)}"
    if lang == "zh":
        before = "".join(q.value for q in figure.qualifiers if q.value != "余")
        after = "余" if any(q.value == "余" for q in figure.qualifiers) else ""
        date = f"（{figure.as_of}）" if figure.as_of else ""
        return f"{figure.label.zh}：{before}{value}{after}{figure.unit.zh}{date}"
    hedge = "".join(f"{_QUALIFIERS_EN[q.value]} " for q in figure.qualifiers)
    date = f" ({figure.as_of})" if figure.as_of else ""
    return f"{figure.label.in_lang(lang)}: {hedge}{value} {figure.unit.in_lang(lang)}{date}"


_QUALIFIERS_EN: Mapping[str, str] = {
    "近": "nearly",
    "超": "above",
    "余": "over",
    "累计": "in total",
    "约": "about",
    "突破": "more than",
}


def number_text(value: float) -> str:
    """Return a number without needless decimals: 3000, 2.78."""
    return str(int(value)) if value == int(value) else str(value)


def partner_text(partner: Partner, lang: Lang) -> str:
    """Return the name of a partner."""
    return partner.name.in_lang(lang)


def source_text(source: Source) -> str:
    """Return a source as one phrase: title, publisher, date, address, rating."""
    parts = [source.publisher, source.date, source.url, source.rating.value]
    return f"《{source.title}》（{'，'.join(part for part in parts if part)}）"


def _both(name: str, text: LocalText | None) -> dict[str, Value]:
    return {f"{name}_zh": text.zh if text else None, f"{name}_en": text.en if text else None}
