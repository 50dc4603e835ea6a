"""Does a name in a text mean the place? Words around it decide."""

import re

from geo.gazetteer.candidates import Candidate

# What turns a short name into a street, a building or a dish: 锦江大道, 东坡苑, 彭州路.
_OTHER_THINGS = (
    "路", "街", "大道", "大街", "巷", "大桥", "桥", "苑", "花园", "家园", "小区", "公寓", "大厦", "广场", "名都",
    "名城", "府邸",
    "酒店", "宾馆", "饭店", "超市", "学校", "小学", "中学", "幼儿园", "肘子", "里弄", "胡同", "御", "逸", "雅居",
    "国际城",
    "新城", "印象", "一号", "壹号", "公馆", "半岛", "美岸", "站", "村", "社区", "大院", "药房", "诊所",
)  # fmt: skip
_TOWN_MAY_PRECEDE = ("站", "新城", "村", "社区", "中学", "小学", "学校", "广场", "大桥")

_STREET = re.compile(r"[东西南北中上下内外前后新老一二三四五六]{0,2}(?:路|街|大道|大街|巷)")

_STATION = re.compile(r"[东西南北]?(?:高铁|火车)?站")


def is_other_thing(text: str, candidate: Candidate) -> bool:
    """Tell whether what follows makes the name a street, a building or the like."""
    return text.startswith(_OTHER_THINGS, candidate.end)


def is_street(text: str, candidate: Candidate) -> bool:
    """Tell whether what follows makes the name a street."""
    return _STREET.match(text, candidate.end) is not None


def is_station_name(text: str, candidate: Candidate) -> bool:
    """Tell whether the whole text is the name of a station called after the place: 彭州南站."""
    return candidate.start == 0 and _STATION.fullmatch(text, candidate.end) is not None


def is_listed(text: str, candidate: Candidate) -> bool:
    """Tell whether a name stands in a list: 锦江、青羊、金牛."""
    before = text[candidate.start - 1 : candidate.start] if candidate.start else ""
    return before in {"、", "和", "与"} or text.startswith(("、", "和", "与", "等区"), candidate.end)


def county_short_holds(text: str, candidate: Candidate, *, has_context: bool) -> bool:
    """Tell whether a bare county name means the county."""
    if is_other_thing(text, candidate):
        return text.startswith(_TOWN_MAY_PRECEDE, candidate.end) and not candidate.is_doubted("risky")
    return has_context or not candidate.is_doubted("alone") or is_listed(text, candidate)


def town_short_holds(text: str, candidate: Candidate, *, follows_its_county: bool, in_context: bool) -> bool:
    """Tell whether a bare township name means the township: only beside its county, or as a rare name in context."""
    if is_other_thing(text, candidate) and not text.startswith(_TOWN_MAY_PRECEDE, candidate.end):
        return False
    if candidate.is_doubted("common"):
        return follows_its_county and text.startswith(("镇", "街道", "乡", "片区", "场镇"), candidate.end)
    return in_context
