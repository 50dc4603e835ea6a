"""Records of named places: what does not hold is told, all of it at once."""

import pytest

from geo.catalogue.build import build_catalogue
from geo.errors import RecordError
from geo.sources import Sources
from tests.folders import small_folder

PLACE = '[[place]]\nname = "{name}"\nkind = "site"\n{where}\nrating = "proxy"\nsource = "{source}"\n'
DATUM = 'origin = "test"\ndatum = "WGS-84"\n'


def problems_of(folder, *places):
    (small_folder(folder) / "gazetteer").mkdir()
    (folder / "gazetteer" / "SOURCE.toml").write_text(DATUM, encoding="utf-8")
    text = "\n".join(PLACE.format(name=name, where=where, source=source) for name, where, source in places)
    (folder / "gazetteer" / "places.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        build_catalogue(Sources(folder))
    return list(caught.value.problems)


def test_where_a_place_lies_is_looked_up(tmp_path):
    assert problems_of(
        tmp_path,
        ("观景台", 'city = "资阳市"', "test"),
        ("钟楼", 'township = "高寺镇"', "test"),
        ("石桥", 'counties = ["519999"]', "test"),
        ("古渡", 'feature = "parks:x"', "test"),
    ) == [
        (
            f"{tmp_path}/gazetteer: 古渡: feature 'parks:x' is not there; "
            "expected <layer>:<id> of one that names are found on"
        ),
        f"{tmp_path}/gazetteer: 石桥: county 519999 is not there; expected codes of boundaries/counties.toml",
        f"{tmp_path}/gazetteer: 观景台: city '资阳市' is not there; expected its code in boundaries/cities.toml",
        f"{tmp_path}/gazetteer: 钟楼: township '高寺镇' is not there; expected its code in townships/townships.csv",
    ]


def test_a_place_stands_once_with_one_footprint_and_its_source(tmp_path):
    assert problems_of(
        tmp_path,
        ("观景台", 'city = "512000"', "test"),
        ("观景台", 'counties = ["512022"]', "test"),
        ("钟楼", 'city = "512000"\ncounties = ["512022"]', " "),
    ) == [
        f"{tmp_path}/gazetteer: 观景台: stands 2 times as site; keep one",
        f"{tmp_path}/gazetteer: 钟楼: give one of counties, city, township, feature; 2 arrived",
        f"{tmp_path}/gazetteer: 钟楼: source: is empty; write it",
    ]
