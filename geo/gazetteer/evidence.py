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

# Short names of counties that are other words as often as counties.
RISKY = frozenset(
    {"锦江", "东坡", "武侯", "金牛", "青羊", "成华", "新都", "乐至", "高新", "天府", "崇州", "安岳", "罗江"}
)
_RISKY_ALONE = frozenset({"锦江", "东坡", "武侯", "金牛", "青羊"})

# Bare township names that are words of every text.
COMMON = frozenset(
    {
        "文化", "合作", "太平", "中和", "永安", "兴隆", "新民", "和平", "光明", "胜利", "团结", "东湖", "金马", "城东",
        "城西", "城南", "城北", "石桥", "清流", "永兴", "新兴", "三星", "中兴", "大同", "公平", "金花", "金星", "龙泉",
        "东升", "西河", "东山", "南山", "北湖", "西园", "万年", "双流", "长安", "新市", "文家", "大安", "大田", "新店",
        "高升", "正兴", "中心", "福田", "新繁", "人民", "红光", "通济", "兴义", "宝林", "三合", "富兴", "回龙", "仁和",
        "临江", "广兴", "德源", "安德", "华阳", "太和", "西平", "龙台", "石羊", "建设", "大面", "红星", "桂花", "玉泉",
        "金山", "西来", "朝阳", "白马", "青龙", "天马", "三江", "元通", "新场", "江源", "凤凰", "草堂", "少城", "光华",
        "天府", "书院", "四维", "会展", "高新", "工业", "平安", "永丰", "复兴", "民主", "前进", "星光", "友谊",
    }
)  # fmt: skip


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
        return text.startswith(_TOWN_MAY_PRECEDE, candidate.end) and candidate.text not in RISKY
    return has_context or candidate.text not in _RISKY_ALONE or is_listed(text, candidate)


def town_short_holds(text: str, candidate: Candidate, *, follows_its_county: bool, in_context: bool) -> bool:
    """Tell whether a bare township name means the township: only beside its county, or as a rare name in context."""
    if is_other_thing(text, candidate) and not text.startswith(_TOWN_MAY_PRECEDE, candidate.end):
        return False
    if candidate.text in COMMON:
        return follows_its_county and text.startswith(("镇", "街道", "乡", "片区", "场镇"), candidate.end)
    return in_context
