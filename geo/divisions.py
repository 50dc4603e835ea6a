"""The divisions of China: which city a code lies in, and how a division is called.

Usually the first four of six digits name the city and its own code ends in 00. Municipalities and the regions of Hong
Kong and Macao are their own province, so two digits name them; where the third and fourth are 90, the county stands
directly under its province and is a city of its own. A city without counties (441900) has one code for both.

"恩施土家族苗族自治州" is 恩施, an autonomous prefecture of two peoples: "Enshi Tujia and Miao Autonomous Prefecture".
Pinyin is right for names of Chinese origin; cities with a settled name of another language have it here, counties of
Tibet, Xinjiang and Inner Mongolia have pinyin and should be looked through by somebody who knows them.
"""

from functools import cache, lru_cache
from typing import NamedTuple

_DIGITS = 6
_CODES = 4096  # more than the counties of China
_OWN_PROVINCE = frozenset({"11", "12", "31", "50", "81", "82"})
_UNDER_PROVINCE = "90"
_WITHOUT_COUNTIES = frozenset({"441900", "442000", "460400", "620200"})  # 东莞, 中山, 儋州, 嘉峪关


def is_own_province(code: str) -> bool:
    """Tell whether a place lies in a city that is a province too."""
    return code[:2] in _OWN_PROVINCE


def city_prefix(code: str) -> str:
    """Return how the codes of everything in the same city begin."""
    if is_own_province(code):
        return code[:2]
    return code if code[2:4] == _UNDER_PROVINCE else code[:4]


@lru_cache(maxsize=_CODES)
def city_of(code: str) -> str:
    """Return the code of the city that a county lies in; that of a city is its own."""
    return city_prefix(code).ljust(_DIGITS, "0")


def is_city(code: str) -> bool:
    """Tell whether a code is that of a city."""
    return city_of(code) == code


@lru_cache(maxsize=_CODES)
def is_county(code: str) -> bool:
    """Tell whether a code is that of a county, or of a city that is its own county."""
    return not is_city(code) or code[2:4] == _UNDER_PROVINCE or code in _WITHOUT_COUNTIES


def province_of(code: str) -> str:
    """Return the code of the province that a place lies in; that of a province is its own."""
    return code[:2].ljust(_DIGITS, "0")


def same_province(one: str, other: str) -> bool:
    """Tell whether two places lie in one province."""
    return province_of(one) == province_of(other)


def same_city(one: str, other: str) -> bool:
    """Tell whether two places lie in one city."""
    return city_prefix(one) == city_prefix(other)


_KINDS = {  # the longer of two endings first
    "特别行政区": "Special Administrative Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "自治区": "Autonomous Region",
    "地区": "Prefecture",
    "林区": "Forestry District",
    "矿区": "Mining District",
    "特区": "Special District",
    "新区": "New Area",
    "省": "Province",
    "市": "City",
    "盟": "League",
    "县": "County",
    "区": "District",
    "旗": "Banner",
}
_WITHOUT_STEM = {"矿区": "Mining District", "郊区": "Suburban District", "城区": "Urban District"}
_PEOPLES = {
    "各族": "Various Peoples",
    "蒙古": "Mongol",
    "回": "Hui",
    "藏": "Tibetan",
    "维吾尔": "Uyghur",
    "苗": "Miao",
    "彝": "Yi",
    "壮": "Zhuang",
    "布依": "Buyei",
    "朝鲜": "Korean",
    "满": "Manchu",
    "侗": "Dong",
    "瑶": "Yao",
    "白": "Bai",
    "土家": "Tujia",
    "哈尼": "Hani",
    "哈萨克": "Kazakh",
    "傣": "Dai",
    "黎": "Li",
    "傈僳": "Lisu",
    "佤": "Va",
    "畲": "She",
    "拉祜": "Lahu",
    "水": "Sui",
    "东乡": "Dongxiang",
    "纳西": "Naxi",
    "景颇": "Jingpo",
    "柯尔克孜": "Kyrgyz",
    "土": "Tu",
    "达斡尔": "Daur",
    "仫佬": "Mulao",
    "羌": "Qiang",
    "布朗": "Blang",
    "撒拉": "Salar",
    "毛南": "Maonan",
    "仡佬": "Gelao",
    "锡伯": "Xibe",
    "普米": "Pumi",
    "塔吉克": "Tajik",
    "怒": "Nu",
    "鄂温克": "Evenki",
    "保安": "Bonan",
    "裕固": "Yugur",
    "独龙": "Derung",
    "鄂伦春": "Oroqen",
}
_BARE_PEOPLES = frozenset(  # these stand in names without 族
    {"各族", "蒙古", "维吾尔", "哈萨克", "柯尔克孜", "锡伯", "塔吉克", "鄂温克", "鄂伦春", "达斡尔"}
)
_SETTLED = {
    "陕西": "Shaanxi",
    "内蒙古": "Inner Mongolia",
    "西藏": "Tibet",
    "哈尔滨": "Harbin",
    "齐齐哈尔": "Qiqihar",
    "呼和浩特": "Hohhot",
    "鄂尔多斯": "Ordos",
    "呼伦贝尔": "Hulunbuir",
    "巴彦淖尔": "Bayannur",
    "乌兰察布": "Ulanqab",
    "锡林郭勒": "Xilingol",
    "阿拉善": "Alxa",
    "乌鲁木齐": "Urumqi",
    "克拉玛依": "Karamay",
    "吐鲁番": "Turpan",
    "博尔塔拉": "Bortala",
    "巴音郭楞": "Bayingolin",
    "阿克苏": "Aksu",
    "克孜勒苏": "Kizilsu",
    "喀什": "Kashgar",
    "和田": "Hotan",
    "伊犁": "Ili",
    "阿勒泰": "Altay",
    "拉萨": "Lhasa",
    "日喀则": "Xigaze",
    "昌都": "Qamdo",
    "林芝": "Nyingchi",
    "那曲": "Nagqu",
    "香港": "Hong Kong",
    "澳门": "Macao",
}
# Readings of place names that pypinyin gives otherwise: by character, and by stem.
_CHARACTERS = {"长": "chang", "都": "du", "朝": "chao", "佛": "fo", "什": "shi"}
_STEMS = {
    "长子": "zhang zi",
    "单": "shan",
    "单城": "shan cheng",
    "乐陵": "lao ling",
    "蔚": "yu",
    "涡阳": "guo yang",
    "六合": "lu he",
    "宕昌": "tan chang",
    "浚": "xun",
    "洪洞": "hong tong",
    "繁峙": "fan shi",
    "穆棱": "mu ling",
    "珲春": "hun chun",
    "筠连": "jun lian",
    "荥经": "ying jing",
    "大城": "dai cheng",
    "漯河": "luo he",
    "浪卡子": "lang ka zi",
    "称多": "chen duo",
}


class NameParts(NamedTuple):
    """A name taken apart; `stem` is never empty, `kind` is empty where no ending is known."""

    stem: str
    peoples: tuple[str, ...]
    kind: str


@cache
def name_parts(name: str) -> NameParts:
    """Take the name of a province, city, county or township apart."""
    kind = next((kind for kind in _KINDS if name.endswith(kind) and name != kind), "")
    if name in _WITHOUT_STEM or len(name) <= len(kind):
        return NameParts(name, (), "")
    stem, peoples = name.removesuffix(kind), list[str]()
    while kind.startswith("自治") and (found := _last_people(stem)) and found != stem:
        stem = stem.removesuffix(found)
        peoples.insert(0, found.removesuffix("族") if found != "各族" else found)
    return NameParts(stem, tuple(peoples), kind)


def short_name(name: str) -> str:
    """Return a name as people say it: 恩施 for 恩施土家族苗族自治州; a single character keeps its kind."""
    stem = name_parts(name).stem
    return stem if len(stem) > 1 else name


def short_names(name: str) -> tuple[str, ...]:
    """List the ways in which people say a name without its kind: 恩施 and 恩施州; none where it has no shorter one."""
    stem, _, kind = name_parts(name)
    if len(stem) == 1 or stem == name:
        return ()
    return (stem, stem + kind[-1]) if kind.startswith("自治") else (stem,)


def english_name(name: str, *, is_city: bool = False) -> str:
    """Return a name in English; a city is called without "City"."""
    if name in _WITHOUT_STEM:
        return _WITHOUT_STEM[name]
    stem, peoples, kind = name_parts(name)
    kind_en = "" if is_city and kind in {"市", "特别行政区"} else _KINDS.get(kind, "")
    people = stem.removesuffix("族")
    if kind.startswith("自治") and people in _PEOPLES:  # 东乡族自治县, 鄂伦春自治旗: the people is the name
        return f"{_PEOPLES[people]} {kind_en}"
    return " ".join(part for part in (_romanised(stem), _joined(peoples), kind_en) if part)


def _last_people(stem: str) -> str:
    ends = [f"{people}族" for people in _PEOPLES if people != "各族"] + sorted(_BARE_PEOPLES)
    return max((end for end in ends if stem.endswith(end)), key=len, default="")


def _joined(peoples: tuple[str, ...]) -> str:
    names = [_PEOPLES[people] for people in peoples]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _romanised(stem: str) -> str:
    return _SETTLED.get(stem) or _spelt(_syllables(stem))


def _syllables(stem: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its tables, for new areas only

    if stem in _STEMS:
        return _STEMS[stem].split()
    read = lazy_pinyin(stem, v_to_u=True)
    if len(read) != len(stem):
        return read
    return [_CHARACTERS.get(character, syllable) for character, syllable in zip(stem, read, strict=True)]


def _spelt(syllables: list[str]) -> str:
    # GB/T 16159: an apostrophe before a syllable that begins with a, o or e
    joined = "".join(f"'{one}" if number and one[0] in "aoe" else one for number, one in enumerate(syllables))
    return joined[:1].upper() + joined[1:]
