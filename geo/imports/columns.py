"""Which column of a table holds which field: by its head in Chinese or English, or as somebody says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import RecordError
from geo.folding import normalise
from geo.text import LocalText, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PROBLEM_COLUMN = "导入问题 import problem"
IGNORE = "ignore"
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")  # 案例名称（必填）
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ImportField:
    """One thing that a row can say; `names` are other heads of its column, `help` what its cells hold."""

    id: str
    title: LocalText
    help: LocalText
    names: tuple[str, ...] = ()


def _field(name: str, heads: tuple[str, str], meaning: LocalText, *names: str) -> ImportField:
    """Return a field; its heads are part of the format, as `names` are: no translation may change what is read."""
    return ImportField(name, LocalText(*heads), meaning, names)


CASE_FIELDS: tuple[ImportField, ...] = (
    _field(
        "key",
        ("编号", "Key"),
        word("What stays when a row is changed; without it the title does"),
        "案例编号", "项目编号", "id", "case id", "code", "no",
    ),
    _field("title", ("标题", "Title"), word("Required; the title in Chinese"),
           "名称", "案例名称", "案例", "案例标题", "项目名称", "实践名称", "title zh", "name", "name zh", "case"),
    _field("title_en", ("英文标题", "Title in English"), word("The title in English"), "英文名称", "name en"),
    _field("theme", ("主题", "Theme"), word("Required; id or name of a theme"),
           "分类", "类别", "组别", "领域", "板块", "group", "category", "topic"),
    _field(
        "place",
        ("地点", "Place"),
        word("Places in words, several with semicolons; else from the title"),
        "地址", "位置", "所在地", "实施地点", "places", "location", "address", "mention", "site",
    ),
    _field("role", ("地点性质", "Role of the place"), word("site, jurisdiction, alignment, office"),
           "place role"),
    _field("county", ("区县", "County"), word("Name or code of the county of the place"),
           "区市县", "所在区县", "县区", "district", "adcode"),
    _field("cities", ("城市", "Cities"),
           word("Cities that take part; else by the places"),
           "参与城市", "所在城市", "所属城市", "市州", "city"),
    _field("lon", ("经度", "Longitude"), word("Decimal degrees"), "lng", "long", "x", "东经"),
    _field("lat", ("纬度", "Latitude"), word("Decimal degrees"), "y", "北纬"),
    _field("coordinates", ("坐标", "Coordinates"), word("longitude,latitude"), "经纬度", "lonlat", "lon lat"),
    _field("datum", ("坐标系", "Datum"), word("Required with coordinates: WGS-84, CGCS2000, GCJ-02 or BD-09"),
           "坐标系统", "基准", "crs"),
    _field("radius_m", ("误差米", "Radius in metres"), word("How far off the coordinates may be; else 100"),
           "精度米", "误差", "radius", "accuracy m"),
    _field("summary", ("摘要", "Summary"), word("A sentence or two; else the title"),
           "简介", "概述", "内容", "说明", "描述", "summary zh", "description", "abstract"),
    _field("summary_en", ("英文摘要", "Summary in English"), word("The summary in English")),
    _field("problem", ("要解决的问题", "Problem"), word("What the practice solves"), "背景",
           "problem zh"),
    _field("mechanism", ("做法", "Mechanism"), word("How it is done"), "机制", "主要做法", "mechanism zh"),
    _field("reusable", ("可借鉴之处", "Reusable"), word("What can be taken over elsewhere"),
           "经验", "启示", "可复制经验", "reusable zh"),
    _field("status", ("状态", "Status"),
           word("planned, under_construction, in_operation, ongoing, completed, unknown; else unknown"),
           "进展", "进度"),
    _field("status_as_of", ("状态日期", "Status as of"), word("YYYY, YYYY-MM or YYYY-MM-DD"),
           "进展日期", "status date"),
    _field("start_date", ("开始日期", "Start"), word("YYYY, YYYY-MM or YYYY-MM-DD"),
           "开始", "开始时间", "起始日期", "start", "from"),
    _field("end_date", ("结束日期", "End"), word("YYYY, YYYY-MM or YYYY-MM-DD"),
           "结束", "结束时间", "完成日期", "end", "to"),
    _field("source_title", ("来源", "Source"),
           word("Title of what says so; else this file"),
           "来源标题", "出处", "资料来源", "source title"),
    _field("source_publisher", ("来源单位", "Publisher"), word("Who published it"), "发布单位", "媒体",
           "source publisher"),
    _field("source_date", ("来源日期", "Source date"), word("YYYY, YYYY-MM or YYYY-MM-DD"),
           "发布日期", "date", "日期"),
    _field("source_url", ("来源网址", "Source address"), word("A web address"), "网址", "链接", "url",
           "link", "source url"),
    _field("source_rating", ("来源等级", "Rating"),
           word("verified, verified-proxy or recalled; else verified-proxy with a source, recalled without"),
           "可信度", "source rating"),
)  # fmt: skip

TITLE_FIELDS: tuple[ImportField, ...] = (
    _field("number", ("序号", "Number"), word("The number in the list"), "编号", "no", "号", "id", "key"),
    _field("title", ("标题", "Title"), word("The title as published"), "名称", "案例名称", "案例",
           "案例标题", "title zh", "name", "case"),
    _field("group", ("组别", "Group"), word("The group of the list"), "主题", "分类", "类别", "板块",
           "theme", "category"),
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Where each field stands, and which heads mean nothing here."""

    at: Mapping[str, int]
    heads: tuple[str, ...]
    unknown: tuple[str, ...]

    def head(self, field: str) -> str:
        """Return the head of the column of a field, its id where the table has none."""
        return self.heads[self.at[field]] if field in self.at else field


class Recognition:
    """The heads that are known of some fields."""

    def __init__(self, fields: Sequence[ImportField], mapped: Mapping[str, str]) -> None:
        """Take fields, and what is said of single columns: head to field.

        Raises:
            RecordError: A field that is said does not exist.
        """
        self._ids = {field.id for field in fields}
        wrong = [f"--map {head}={name}: {name!r} is no field" for head, name in mapped.items() if name not in self._ids
                 and name != IGNORE]  # fmt: skip
        if wrong:
            raise RecordError([f"{one}; expected one of {', '.join(sorted(self._ids))}, {IGNORE}" for one in wrong])
        self._mapped = {folded(head): name for head, name in mapped.items()}
        self._said = dict(mapped)
        self._names = {folded(name): field.id for field in reversed(fields) for name in names_of(field)}

    def field_of(self, head: str) -> str | None:
        """Return the field of a head; None when it means none."""
        if folded(head) == folded(PROBLEM_COLUMN):
            return IGNORE
        said = self._mapped.get(folded(head))
        return said or self._names.get(folded(head)) or self._names.get(folded(_ASIDE.sub("", head)))

    def is_known(self, head: str) -> bool:
        """Tell whether a head means a field."""
        return bool(head) and self.field_of(head) is not None

    def columns(self, heads: Sequence[str]) -> Columns:
        """Find every field among the heads of a table.

        Raises:
            RecordError: Two columns are the same field, a column that is said does not exist, or none is the title.
        """
        found: dict[str, list[int]] = {}
        for number, head in enumerate(heads):
            if (field := self.field_of(head)) and field != IGNORE:
                found.setdefault(field, []).append(number)
        found = {field: self._preferred(places, heads) for field, places in found.items()}
        present = {folded(head) for head in heads}
        problems = [
            f"--map {head}={name}: the table has no column {head!r}; it has {_listed(heads)}"
            for head, name in self._said.items()
            if folded(head) not in present
        ]
        problems += [
            f"columns {_listed(heads[at] for at in places)}: all are the field {field}; expected one of each. "
            f"Say which to leave out, such as --map {heads[places[-1]]}={IGNORE}"
            for field, places in found.items()
            if len(places) > 1
        ]
        if "title" not in found and not problems:
            first = next(filter(None, heads), "COLUMN")
            problems.append(
                f"no column is the title; the table has {_listed(heads)}. Say which, such as --map {first}=title, or "
                "name the --encoding of a text that is garbled here"
            )
        if problems:
            raise RecordError(problems)
        unknown = tuple(head for head in heads if head and self.field_of(head) is None)
        return Columns({field: places[0] for field, places in found.items()}, tuple(heads), unknown)

    def _preferred(self, places: list[int], heads: Sequence[str]) -> list[int]:
        """Return the columns that somebody said, where there are any."""
        return [at for at in places if folded(heads[at]) in self._mapped] or places


def check_defaults(defaults: Mapping[str, str], columns: Columns) -> None:
    """Refuse what blank cells mean where it is said of no field, and rows that none gives a theme.

    Raises:
        RecordError: Lists every field that does not exist, and the theme where neither a column nor a default is one.
    """
    known = sorted(one.id for one in CASE_FIELDS)
    wrong = [f"--default {name}={value}: {name!r} is no field; expected one of {', '.join(known)}"
             for name, value in defaults.items() if name not in known]  # fmt: skip
    if "theme" not in {*columns.at, *defaults}:
        wrong.append(
            f"no column is the theme; the table has {_listed(columns.heads)}. Say which, such as "
            f"--map {next(iter(columns.unknown), 'COLUMN')}=theme, or one for all rows: --default theme=NAME"
        )
    if wrong:
        raise RecordError(wrong)


def names_of(field: ImportField) -> Sequence[str]:
    """Return every head that its column may have, the preferred ones first."""
    return (field.id, field.title.zh, field.title.in_lang("en"), *field.names)


def folded(text: str) -> str:
    """Return a text for comparing: simplified, without case, width, signs and spaces."""
    return _SIGNS.sub("", normalise(unicodedata.normalize("NFKC", text)).casefold())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name for name in names if name)
