"""Texts as users and newspapers write them, of every kind, with the counties that a local would name."""

import pytest

from geo.divisions import is_city
from geo.gazetteer.documents import geocode_document

TYPED = [
    ("收货地址：四川省绵竹市剑南街道春溢街45号，收货人李女士", ["510683"]),
    ("请送到 温江区光华大道三段1588号 6栋1单元", ["510115"]),
    ("旌阳区长江西路一段256号", ["510603"]),
    ("龙泉驿区十陵街道成洛大道2025号成都大学内快递点", ["510112"]),
]
WITHOUT_COUNTY = [
    ("猛追湾横街99号，成都", ["510108"]),
    ("成都市双流区红星路", ["510116"]),
    ("红星路三段", []),
    ("武汉市红星路三段", []),
    ("成都三圣乡花乡农居", ["510104"]),
    ("德阳孝泉镇", ["510603"]),
]
NOISY = [
    ("四 川 省 成 都 市 青 羊 区 蜀 都 大 道", ["510105"]),
    ("成都市龍泉驛區洪河大道", ["510112"]),
    ("成都市都江偃市幸福路", ["510181"]),
    ("成都⻘⽩江区", ["510113"]),
]
ALIASES = [
    ("武侯祠和锦里人太多了", ["510107"]),
    ("三星堆考古新发现", ["510681"]),
    ("西华大学校本部", ["510117"]),
    ("凤凰山体育公园", ["510106"]),
]
COMPANIES = [
    ("中国（四川）自由贸易试验区成都市青白江区城厢镇香岛大道1509号", ["510113"]),
    ("成都高新综合保税区双流园区", ["510116"]),
    ("成都市郫都区成都现代工业港北片区港通北三路589号", ["510117"]),
]
STATIONS = [
    ("地铁3号线双流西站站下车", ["510116"]),
    ("成都轨道交通资阳线正式开通运营。", ["510185", "512002"]),
    ("彭山北站", ["511403"]),
]
OLD_NAMES = [
    ("华阳县县城", ["510116"]),
    ("新繁县旧城", ["510114"]),
    ("德阳县孝泉公社", ["510603"]),
    ("民国时期崇庆县怀远镇", ["510184"]),
]
SEVERAL = [
    ("都江堰、青城山、三星堆三日游", ["510181", "510681"]),
    ("彭什交界", ["510182", "510682"]),
    ("成都市金堂县与德阳市中江县交界", ["510121", "510623"]),
    ("从上海去青城山", ["510181"]),
    ("西安跟都江堰景区", ["510181"]),
]
LATIN = [
    ("QINGYANG DISTRICT CHENGDU CHINA", ["510105"]),
    ("Hongya xian, Meishan shi", ["511423"]),
    ("Sichuan University Jiang'an Campus", ["510116"]),
]
NEWS = [
    ("昨晚，成都蓉城队在凤凰山体育场主场迎战北京国安。", ["510106"]),
    ("位于旌阳区的东方电机厂区内，工人们正在赶制水轮机转轮。", ["510603"]),
    ("四川省气象台发布预警，雅安、乐山以及眉山市洪雅县有暴雨。", ["511423"]),
]
TRAPS = [
    ("推广汉服文化活动", []),
    ("安乐至上的人生", []),
    ("他开着一辆锦江之星酒店的班车", []),
    ("加一勺郫县豆瓣酱", []),
    ("大家都江湖救急", []),
]
NAMED_SO = [
    ("中国人寿的仁寿年金保险", []),
    ("新都基金", []),
    ("他在成华电子厂上班", []),
    ("青羊食品有限公司", []),
    ("德阳罗江机械厂", ["510604"]),
    ("成都市成华区成华电子厂", ["510108"]),
    ("绵竹酒厂", ["510683"]),
    ("她名叫罗江", []),
    ("一个名叫安岳的县", ["512021"]),
    ("演员罗江饰演", []),
    ("联系人：罗江", []),
    ("站在温江面前", []),
    ("摆在温江面前的难题", ["510115"]),
]
BARE_COUNTIES = [
    ("锦江东大街", ["510104"]),
    ("锦江东大街二段88号", ["510104"]),
    ("武侯西大街3号", ["510107"]),
    ("新都桂湖路", ["510114"]),
    ("新都桂湖东路12号", ["510114"]),
    ("郫都望丛中路3号", ["510117"]),
    ("我市金牛等区的学校", ["510106"]),
    ("岷江西路", []),
    ("新都桂湖公园", ["510114"]),
]
COINED = [
    ("去锦里", ["510107"]),
    ("在锦里吃小吃", ["510107"]),
    ("漫画展在麓镇开幕", ["510116"]),
    ("锦里酒店", []),
    ("花团锦里", []),
    ("西安的锦里", []),
]
IN_WORDS = [
    ("这种海绵竹炭吸附力强", []),
    ("从绵竹出发", ["510683"]),
    ("美丽绵竹", ["510683"]),
    ("长成都一样", []),
    ("当成都没发生", []),
    ("变成都是泡影", []),
]
DISHES = [
    ("郫县豆瓣炒回锅肉", []),
    ("双流老妈兔头", []),
    ("军屯锅盔", []),
    ("郫县豆瓣博物馆", ["510117"]),
    ("安岳柠檬", ["512021"]),
]
ELSEWHERE = [
    ("在西安，锦江宾馆", []),
    ("在西安市碑林区，锦江宾馆", []),
    ("昨天在杭州，武侯祠", []),
    ("勉县武侯祠", []),
    ("沛县武侯祠", []),
    ("湖南省益阳市资阳区", []),
    ("四川省绵阳市安州区永安镇", []),
    ("重庆市璧山区青杠街道", []),
]
KINDS = {
    "typed": TYPED,
    "without county": WITHOUT_COUNTY,
    "noisy": NOISY,
    "alias": ALIASES,
    "company": COMPANIES,
    "station": STATIONS,
    "old name": OLD_NAMES,
    "several": SEVERAL,
    "latin": LATIN,
    "news": NEWS,
    "trap": TRAPS,
    "named so": NAMED_SO,
    "bare county": BARE_COUNTIES,
    "coined": COINED,
    "in words": IN_WORDS,
    "dish": DISHES,
    "elsewhere": ELSEWHERE,
}


@pytest.mark.parametrize("text", ["今天成都会下雨", "去年成都不热", "老成都是什么样", "成都东坡餐饮有限公司"])
def test_a_city_stays_one_whatever_is_around_it(gazetteer, text):
    assert geocode_document(gazetteer.locate(text))["adcodes"] == ["510100"]


@pytest.mark.parametrize(
    ("text", "counties"), [pytest.param(*one, id=f"{kind}: {one[0]}") for kind, texts in KINDS.items() for one in texts]
)
def test_counties_are_those_that_a_local_would_name(gazetteer, text, counties):
    found = geocode_document(gazetteer.locate(text))["adcodes"]
    assert sorted(code for code in found if not is_city(code)) == counties
    assert counties or not found
