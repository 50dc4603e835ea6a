"""What stands around a name in a text, and what that says of it: a street, a firm, a person, a dish, a place."""

import re
from collections.abc import Iterator

from geo.gazetteer.lexicon import load_words
from geo.gazetteer.segment import is_han

# What turns a short name into a street, a building or a dish: 锦江大道, 东坡苑, 彭州路.
_OTHER_THINGS = (
    "路", "街", "大道", "大街", "巷", "大桥", "桥", "苑", "花园", "家园", "小区", "公寓", "大厦", "广场", "名都",
    "名城", "府邸",
    "酒店", "宾馆", "饭店", "超市", "学校", "小学", "中学", "幼儿园", "肘子", "里弄", "胡同", "御", "逸", "雅居",
    "国际城",
    "新城", "印象", "一号", "壹号", "公馆", "半岛", "美岸", "站", "村", "社区", "大院", "药房", "诊所", "之星", "新村",
)  # fmt: skip
_TOWN_MAY_PRECEDE = ("站", "新城", "村", "社区", "中学", "小学", "学校", "广场", "大桥")

_OFFICE = ("管委会", "管理委员会", "党工委", "")
LIST_SIGN = "、"
SENTENCE_ENDS = frozenset("。！？；!?;\n")
JOINS = frozenset("、和与及跟同至到往去从由~～—–-")  # as equals: what stands behind it may lie elsewhere
FACILITIES = ("医院", "卫生院", "中学", "小学", "场镇")
TOWN_KINDS = ("镇", "街道", "乡", "片区", "场镇")

_STREET = re.compile(
    r"(?<![区县市])(?:[东西南北中上下内外前后新老一二三四五六]{0,2}(?:路(?![上过线程网况边口])|街(?![头上区])|大道|巷)|大街)"
)

_STATION = re.compile(r"[东西南北]?(?:高铁|火车)?站")

_ADDRESS = re.compile(r"[\u4e00-\u9fff]{1,6}(?:路|街|大道|巷)(?:[一二三四五六七八九十东南西北中]{1,3}段)?(?:[0-9]|$)")

_HOUSE = re.compile("[0-9一二三四五六七八九十]+(?:号|栋|幢|座|单元|室|组|弄|期)")
_HOUSE_SOON = 40  # characters

_PREPOSITIONS = frozenset("在于到从自往向赴至由离驻回去抵经距")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# Offices of a county, which are called after it without its kind: 武侯法院, 青羊交警.
_ORGAN = "公安|警方|交警|消防|法院|检察|税务|城管|民政|市场监管|教育局|卫健|疾控|融媒|人社|住建|区委|区政府"
_OFFICE_OF_COUNTY = re.compile(_ORGAN)
_AFTER = re.compile(
    r"(?P<person>同志|先生|女士|小姐|说|教授|书记|总理|主席|等人|当选|经理|老师)"
    r"|(?P<firm>网络|科技|传媒|软件|信息技术|之星|年金|寿险|终身寿|财险|人寿|保险|保单|基金|理财|证券|信托|期货)"
    r"|(?P<brand>牌|号|杯|集团|公司|酒|汽车|股份|之)"
    r"|(?P<people>[人籍])"
    rf"|(?P<place>{_ORGAN}|地区|境内|城区|城|至|到|一带|大学|日报|讯|电|举行|召开|各|等地|方面|群众|农民|两地|三地|四地|市民|机场)"
    r"|(?P<nature>[江河湖山海岛])"
)

_FIRM = re.compile(
    "(?:电子|电器|电气|电缆|机械|机电|化工|化学|食品|饮料|制药|药业|医药|生物|服装|制衣|纺织|印刷|包装|塑料|橡胶|玻璃|陶瓷"
    "|家具|建材|水泥|钢铁|造纸|汽车|汽配|仪表|五金|木业|皮革|鞋业|餐饮|实业|工贸|商贸|贸易|建筑|建设|置业|房地产|物业"
    "|投资|能源|环保|物流|旅游|文化|教育|咨询|广告|装饰){0,3}(?:厂|公司|集团|有限|股份|实业)"
)

# Who is called so, not where: 她名叫罗江, 演员罗江, 罗江面前.
_CALLED = re.compile(
    "(?:[他她我你您]|名字|小名|本名|艺名|笔名|女孩|男孩|孩子|儿子|女儿|同学|师傅|男子|女子|老人|朋友|先生|女士)的?(?:名字)?"
    f"(?:就是|也)?(?:名叫|名为|叫做|叫作|叫)[{''.join(sorted(_SURNAMES))}]?$"
)
# A name of three characters that begins as a county does, before what the person is: 罗江平主任.
_FIRST_OF_PERSON = frozenset("蒲洪罗金简温彭安乐")
_GIVEN = re.compile(
    f"[^{''.join(sorted(_SURNAMES | _FIRST_OF_PERSON))}区县市镇乡的人籍男女老小大各新原前某一]"
    "(?:同志|先生|女士|老师|教授|医生|(?:副?主任|主治)医师|主任|书记|局长|院长|校长|经理)"
)
_ROLE = re.compile(
    "(?:演员|歌手|作家|诗人|导演|画家|律师|医生|主角|主人公|男主|女主|同学|同事|男子|女子|网友|嫌疑人|被告|原告"
    "|(?:姓名|联系人|作者|主演)[:：])$"
)
_CALLED_LONGEST = 12  # characters
_BODY = re.compile("面前|身边|身旁|身上|怀里|眼里|心里|脸上|手里|肩上|耳边")
_LAID = ("摆在", "放在", "展现在", "呈现在")


_BEFORE_PLACES = frozenset("大小老新")
_PREDICATE = re.compile("是|不|没|会|能|要|得|很|有|可以|一样|快|靠|给|已|将")


def begins_in_word(text: str, start: int, end: int) -> bool:
    """Tell whether a word goes on into the name, whose first character no other word ends: 海绵|竹炭, 长成|都一样.

    Behind the name stands what a word like 都 precedes, or the word is more usual than the name.
    """
    words, first = load_words(), start - 1
    if first < 0 or not is_han(text[first]) or text[first] in _PREPOSITIONS or text[first] in _BEFORE_PLACES:
        return False
    least = 0 if _PREDICATE.match(text, end) else words.get(text[start:end], 0)
    is_begun = any(words.get(text[first:stop], 0) > least for stop in range(start + 1, end))
    return is_begun and not any(text[before:start] in words for before in range(max(first - 2, 0), first))


def is_firm(text: str, end: int) -> bool:
    """Tell whether a firm is called by the name, with no more than its trade: 成华电子厂."""
    return _FIRM.match(text, end) is not None


def is_person(text: str, start: int, end: int, *, may_be: bool) -> bool:
    """Tell whether somebody is called by the name; `may_be`: it is one of people too, so that a role is enough."""
    before = text[max(start - _CALLED_LONGEST, 0) : start]
    if _CALLED.search(before) or (may_be and _ROLE.search(before)):
        return True
    if text[start] in _FIRST_OF_PERSON and _GIVEN.match(text, end):
        return True
    return _BODY.match(text, end) is not None and not before.endswith(_LAID)


def is_other_thing(text: str, end: int) -> bool:
    """Tell whether what follows makes the name a street, a building or the like."""
    return text.startswith(_OTHER_THINGS, end)


def may_be_of_town(text: str, end: int) -> bool:
    """Tell whether what follows is called after the place that it lies in: 彭州中学."""
    return text.startswith(_TOWN_MAY_PRECEDE, end)


def is_organ(text: str, end: int) -> bool:
    """Tell whether what follows is an office of the county that the name means: 武侯法院."""
    return _OFFICE_OF_COUNTY.match(text, end) is not None


def is_office_of(text: str, end: int) -> bool:
    """Tell whether a text ends with a name, or with the office of what it names: 高新区管委会."""
    return text[end:].strip() in _OFFICE


def is_street(text: str, end: int) -> bool:
    """Tell whether what follows makes the name a street."""
    return _STREET.match(text, end) is not None


def may_be_township(text: str, start: int, end: int) -> bool:
    """Tell whether a name that is another word as often has the kind of a township behind it, or stands in a list."""
    is_listed = text[end : end + 1] == LIST_SIGN or (start > 0 and text[start - 1] == LIST_SIGN)
    return is_listed or text.startswith(TOWN_KINDS, end) or is_station_name(text, start, end)


def is_station_name(text: str, start: int, end: int) -> bool:
    """Tell whether the whole text is the name of a station called after the place: 彭州南站."""
    return start == 0 and _STATION.fullmatch(text, end) is not None


def begins_address(text: str, start: int, end: int) -> bool:
    """Tell whether a text or a part of it begins with the name, and a street with a number follows it."""
    return (start == 0 or not is_han(text[start - 1])) and _ADDRESS.match(text, end) is not None


def has_house_number(text: str, end: int) -> bool:
    """Tell whether a house, a block or a room with its number stands soon after a name."""
    return _HOUSE.search(text, end, end + _HOUSE_SOON) is not None


def surroundings(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the features of what stands before and after a name."""
    before = text[start - 1] if start else ""
    if not is_han(before):
        yield "listed before" if before == LIST_SIGN else "begins"
    elif before in _PREPOSITIONS:
        yield "preposition"
    elif before in _SURNAMES:
        yield "surname" if start < 2 or not is_han(text[start - 2]) else "perhaps a surname"  # noqa: PLR2004
    after = text[end : end + 1]
    if not is_han(after):
        yield "listed after" if after == LIST_SIGN else "ends"
    elif found := _AFTER.match(text, end):
        yield f"{found.lastgroup} after"


def cut(by: int) -> Iterator[str]:
    """Yield the features of words that cut through a name, as `cut_by_words` weighs them."""
    yield from (f"cut by {least}" for least in (0, 1) if by > 4 * least)
