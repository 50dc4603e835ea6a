"""The names of an entry in Latin letters: English as recorded, translated kinds, pinyin; made in the build.

A name is kept as the letters and digits of its words, small and joined, so that spaces, hyphens and case do not count.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geo.divisions import english_name, name_parts
from geo.gazetteer.entry import HOLDERS, EnglishName, Entry
from geo.pinyin import Readings, syllables

WORD = re.compile(r"[^\W_\u2e80-\U0003ffff]+(?:['’][^\W\d_\u2e80-\U0003ffff]+)*")
# One way to write each word that has several.
_SAME = {
    "ave": "avenue", "av": "avenue", "blvd": "boulevard", "rd": "road", "str": "street", "st": "street", "ln": "lane",
    "mt": "mount", "mtn": "mountain", "intl": "international", "centre": "center", "dist": "district",
    "rwy": "railway", "stn": "station", "univ": "university", "hightech": "hitech", "expy": "expressway",
}  # fmt: skip
# How the kind of a place at the end of its name is said; "~" is the name.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "国际机场": ("~ International Airport", "~ Airport"),
    "机场": ("~ Airport",),
    "火车站": ("~ Railway Station", "~ Station"),
    "站": ("~ Station", "~ Railway Station", "~ Metro Station"),
    "国际会议中心": ("~ International Conference Center",),
    "体育中心": ("~ Sports Center",),
    "体育公园": ("~ Sports Park",),
    "湿地公园": ("~ Wetland Park",),
    "森林公园": ("~ Forest Park",),
    "公园": ("~ Park",),
    "动物园": ("~ Zoo",),
    "植物园": ("~ Botanical Garden",),
    "博物馆": ("~ Museum",),
    "博物院": ("~ Museum",),
    "美术馆": ("~ Art Museum",),
    "图书馆": ("~ Library",),
    "体育馆": ("~ Gymnasium", "~ Stadium"),
    "体育场": ("~ Stadium",),
    "广场": ("~ Square", "~ Plaza"),
    "大学": ("~ University",),
    "医院": ("~ Hospital",),
    "中学": ("~ Middle School", "~ High School"),
    "校区": ("~ Campus",),
    "软件园": ("~ Software Park",),
    "工业园区": ("~ Industrial Park",),
    "工业园": ("~ Industrial Park",),
    "产业园": ("~ Industrial Park",),
    "科学城": ("~ Science City",),
    "高新区": ("~ Hi-tech Zone", "~ Hi-tech Industrial Development Zone"),
    "经济开发区": ("~ Economic Development Zone",),
    "经济技术开发区": ("~ Economic and Technological Development Zone", "~ Economic Development Zone"),
    "经开区": ("~ Economic Development Zone",),
    "新区": ("~ New Area", "~ New District"),
    "新城": ("~ New City", "~ New Town"),
    "古镇": ("~ Ancient Town", "~ Old Town"),
    "古城": ("~ Ancient City", "~ Old Town"),
    "遗址": ("~ Site", "~ Ruins"),
    "商圈": ("~ Road",),
    "大道": ("~ Avenue", "~ Boulevard"),
    "大桥": ("~ Bridge",),
    "桥": ("~ Bridge",),
    "路": ("~ Road",),
    "街": ("~ Street",),
    "巷子": ("~ Alley", "~ Alleys"),
    "巷": ("~ Alley", "~ Lane"),
    "寺": ("~ Temple", "~ Monastery"),
    "院": ("~ Monastery", "~ Temple"),
    "宫": ("~ Palace", "~ Temple"),
    "庙": ("~ Temple",),
    "祠": ("~ Temple", "~ Shrine"),
    "雪山": ("~ Snow Mountain",),
    "山": ("~ Mountain", "Mount ~"),
    "湖": ("~ Lake", "Lake ~"),
    "水库": ("~ Reservoir",),
    "河": ("~ River",),
    "江": ("~ River",),
    "高速": ("~ Expressway",),
    "铁路": ("~ Railway",),
    "村": ("~ Village",),
    "社区": ("~ Community",),
    "街道": ("~ Subdistrict", "~ Street Office"),
    "镇": ("~ Town",),
    "乡": ("~ Township",),
}  # fmt: skip
_LINE = re.compile(r"(?:地铁|轨道交通)?([A-Z]?\d+)号?线")
_HAN = re.compile(r"[\u3400-\u9fff]+")
SYLLABLE = (  # of pinyin, with ü as u
    "(?:a[io]?|an|ang|ei?|en|er|ou?"
    "|[bmp](?:a[io]?|ang?|ei|eng?|i|ian|iao|ie|ing?|o|u)|[mp]ou|me|miu"
    "|[fw](?:a|ang?|ei|eng?|o|u)|fou|wai"
    "|[dt](?:a[io]?|ang?|e|eng|i|ian|iao|ie|ing|ong|ou|u|uan|ui|un|uo)|dei|diu"
    "|[nl](?:a[io]?|ang?|ei?|eng|i|iang?|iao|ie|ing?|iu|ong|ou|u|uan|ue|uo)|nen|lia|lun"
    "|[ghk](?:a[io]?|ang?|e|eng?|ong|ou|u|ua|uai|uang?|ui|un|uo)|[gh]ei"
    "|[jqx](?:i|ia|iang?|iao|ie|ing?|iong|iu|u|uan|ue|un)"
    "|(?:[csz]h?|r)(?:ang?|ao|e|eng?|i|ou|u|uan|ui|un|uo)|[csz](?:ai?|ong)|[csz]h(?:ai?|ua|uai|uang)|[cz]hong|rong"
    "|y(?:a|ang?|ao|e|i|ing?|ong|ou|u|uan|ue|un))"
)
_CHINESE = re.compile(f"(?=.{{4}}){SYLLABLE}+")  # letters that are pinyin of two characters or more
_MANY_WORDS, _LONG_WORD = 4, 9
_TOWNS = frozenset({"街道", "镇", "乡"})
_SHORTEST_STEM = 2
_SHORTEST_KEY = 4
English = Mapping[str, Sequence[str]]


def letters_of(word: str) -> str:
    """Return the letters and digits of a word in one way: without case, tones and signs; v and ü as u."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if c.isalnum())
    plain = re.sub("(?<=[ln])v", "u", plain)
    return _SAME.get(plain, plain)


def key_of(name: str) -> str:
    """Return the key of a name in Latin letters."""
    return "".join(letters_of(word.group()) for word in WORD.finditer(name))


def names_in_english(records: Iterable[EnglishName]) -> English:
    """Return the recorded English names by the Chinese one."""
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(record.name, []).append(record.english)
    return found


def not_named(english: English, entries: Iterable[Entry]) -> list[str]:
    """Tell, in one sentence each, which recorded names no entry has."""
    known = {name for entry in entries for name in (entry.name, *entry.aliases)}
    return [
        f"data/gazetteer/english.csv: {name!r} is no name of the gazetteer" for name in english if name not in known
    ]


def with_latin_names(entry: Entry, *, readings: Readings = (), english: English | None = None) -> Entry:
    """Add the keys of its names in Latin letters; `english` gives further names by the Chinese ones."""
    names = [name for name in (entry.name, *entry.aliases, *dict(entry.former_names)) if _HAN.search(name)]
    recorded = [entry.name_en or "", *(other for name in names for other in (english or {}).get(name, ()))]
    spelt = [_division(name) if entry.kind in _AS_DIVISIONS else _place(name, readings) for name in names]
    spelt += [([name], []) if says_enough(name) else ([], [name]) for name in map(_without_remark, recorded)]
    full = _keys(name for enough, _ in spelt for name in enough)
    short = _keys(name for _, doubtful in spelt for name in doubtful)
    if entry.kind == "city":  # its name is enough
        full, short = (*full, *short), ()
    return replace(entry, latin=full, latin_short=tuple(key for key in short if key not in full))


def keys_of_division(name: str) -> tuple[str, ...]:
    """Return the keys of a province, city or county, with its kind and without it."""
    whole, short = _division(name)
    return _keys([*whole, *short, _pinyin(name), _pinyin(name_parts(name).stem)])


_AS_DIVISIONS = HOLDERS | {"blocker"}
_Spelt = tuple[list[str], list[str]]  # names that are enough, and those that need evidence


def _without_remark(name: str) -> str:
    return re.sub(r"\(.*?\)", "", name)


def says_enough(name: str) -> bool:
    """Tell whether an English name is that of one place: it has a Chinese name in it with a kind, or many words.

    South Railway Station and People's Park may be anywhere, as may Yulin.
    """
    words = [letters_of(word.group()) for word in WORD.finditer(name)]
    if not any(_CHINESE.fullmatch(word) for word in words):
        return len(words) >= _MANY_WORDS and words[-1] != "station"
    return len(words) > 1 or len(words[0]) >= _LONG_WORD


def _keys(names: Iterable[str]) -> tuple[str, ...]:
    keys = [key_of(name) for name in names]
    keys += [key.replace("hightech", "hitech") for key in keys]
    keys += [key.replace("station", "railwaystation") for key in keys if "railway" not in key]
    return tuple(dict.fromkeys(key for key in keys if len(key) >= _SHORTEST_KEY))


def _division(name: str) -> _Spelt:
    stem, _, kind = name_parts(name)
    if not kind or len(stem) < _SHORTEST_STEM:
        return [english_name(name), "".join(syllables(name))], []
    short = english_name(stem)
    return [english_name(name), f"{short} {english_name(stem + kind).split()[-1]}", short + _pinyin(kind)], [short]


def _pinyin(name: str, readings: Readings = ()) -> str:
    return "".join(syllables(name, readings))


def _place(name: str, readings: Readings) -> _Spelt:
    if line := _LINE.fullmatch(name):
        return [], [f"Line {line[1]}", f"Metro Line {line[1]}", f"{line[1]} Line"]
    if not _HAN.fullmatch(name):
        return [], []
    kinds = [kind for kind in _KINDS if name.endswith(kind) and len(name) - len(kind) >= _SHORTEST_STEM]
    if not kinds:
        return [], [_pinyin(name, readings)]
    kind = max(kinds, key=len)
    stem = "".join(syllables(name, readings)[: -len(kind)])
    said = [form.replace("~", stem) for form in _KINDS[kind]]
    return [_pinyin(name, readings), *said], [stem] if kind in _TOWNS else []
