"""Records of named places: what does not hold is told, all of it at once."""

from collections import Counter

import pytest

from geo.catalogue.build import build_catalogue
from geo.catalogue.records import read_gazetteer_records
from geo.errors import RecordError
from geo.files import data_folder
from geo.sources import Sources
from tests.folders import small_folder

PLACE = '[[place]]\nname = "{name}"\nkind = "site"\n{where}\nrating = "proxy"\nsource = "{source}"\n'
NAMESAKES = {"三星堆站"}  # of two lines, some kilometres apart
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
        f"{tmp_path}/gazetteer: 钟楼: give one of counties, city, cities, township, feature; 2 arrived",
        f"{tmp_path}/gazetteer: 钟楼: source: is empty; write it",
    ]


@pytest.fixture(scope="module")
def records():
    return read_gazetteer_records(Sources(data_folder()))


def test_every_place_lies_in_a_township_that_is_there(records):
    townships = {row["id"] for row in Sources(data_folder()).csv("townships/townships.csv")}
    assert [place.name for place in records.places if place.township and place.township not in townships] == []


def test_two_entries_never_share_a_written_name_in_one_county(catalogue):
    named = Counter(
        (name, code)
        for entry in catalogue.entries
        if entry.kind not in {"blocker", "elsewhere", "town"}
        for name in {entry.name, *entry.aliases}
        for code in entry.adcodes
    )
    assert sorted({name for (name, _), count in named.items() if count > 1} - NAMESAKES) == []


def test_short_names_are_no_written_names_of_the_same_place(records):
    for place in records.places:
        assert not {place.name, *place.aliases} & set(place.short_names), place.name


def test_a_place_of_several_cities_has_them_all(gazetteer):
    (found,) = gazetteer.locate("成德眉资四市联合发布")
    assert found.adcodes == ("510100", "510600", "511400", "512000")


def test_a_campus_is_no_university_and_a_university_lies_with_all_its_campuses(gazetteer):
    texts = ("四川大学江安校区", "四川大学望江校区", "四川大学")
    found = [set(location.adcodes) for text in texts for location in gazetteer.locate(text)]
    assert found == [{"510116"}, {"510107"}, {"510107", "510116"}]


def test_areas_of_parts_are_those_of_a_place_and_all_its_counties(tmp_path):
    (small_folder(tmp_path) / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "SOURCE.toml").write_text(DATUM, encoding="utf-8")
    part = '[[part]]\nplace = "{place}"\ncounty = "512022"\narea_km2 = 3\nsource = "test"\n'
    text = "".join(part.format(place=place) for place in ("site:古渡", "city:512000"))
    (tmp_path / "gazetteer" / "parts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        build_catalogue(Sources(tmp_path))
    assert list(caught.value.problems) == [
        f"{tmp_path}/gazetteer: areas of 'city:512000' in 512022 arrived; expected a place with exactly these counties",
        f"{tmp_path}/gazetteer: areas of 'site:古渡' in 512022 arrived; expected a place with exactly these counties",
    ]
