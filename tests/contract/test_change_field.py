"""A filter is added in one place, in a copy: everything follows, or what is missing is told in one sentence."""

import json
import shutil
import tomllib

import pytest

from geo.fields import FIELDS, gaps
from tests.contract.code import ROOT
from tests.contract.copies import add_words, change, copied, run

pytestmark = pytest.mark.copies
BEFORE = '    Field(\n        id="min_precision",'
FIELD = """    Field(
        id="partner_level",
        title=word("Level of a partner"),
        help=word("level at which one of its partners works"),
        short="pl",
        kind=Kind.CHOICE,
        match=Rule.HAS,
        of=Choices(tuple(PartnerLevel), "partner_level"),
        values=lambda case: [partner.level.value for partner in case.case.partners],
        column=InColumn(word("Levels of the partners"), is_list=True),
        part=Part.FACETS,
    ),
"""
CHINESE = {
    "Level of a partner": "合作方层级",
    "level at which one of its partners works": "其中一个合作方所处的层级",
    "Levels of the partners": "各合作方的层级",
}


def with_a_field(folder, *names, field=FIELD, chinese=CHINESE):
    """Copy parts of the product and add a field and the Chinese of its words."""
    fields = copied(folder, *names) / "geo" / "fields.py"
    change(fields, BEFORE, field + BEFORE)
    change(fields, "Membership, Precision, Status\n", "Membership, PartnerLevel, Precision, Status\n")
    add_words(folder, chinese)
    return folder


@pytest.fixture(scope="module")
def answered(tmp_path_factory, catalogue_file, checkout):
    folder = with_a_field(tmp_path_factory.mktemp("changed"), "geo", "webapp")
    shutil.copytree(checkout / "data", folder / "data")
    finished = run(folder, str(ROOT / "tests" / "contract" / "with_a_new_field.py"), str(catalogue_file))
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.fixture(scope="module")
def of_county(checkout):
    """Tell from the records themselves which cases have a partner of that level."""
    records = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (checkout / "data" / "cases").glob("*.toml")]
    return {
        record["id"]
        for record in records
        if any(partner["level"] == "county" for partner in record.get("partners", []))
    }


def test_the_command_line_asks_for_it(answered, of_county):
    assert "cases checked" in answered["check"]
    assert set(answered["query"]) == of_county


def test_the_map_offers_it_and_reads_its_short_name(answered):
    assert answered["map"]["status"] == 200
    assert '"title": "Level of a partner"' in answered["map"]["text"].replace('":"', '": "')
    assert '["partner_level","county"]' in answered["short"]["text"].replace(", ", ",")
    assert [chip["label"] for chip in answered["chips"]] == ["Level of a partner: county"]


def test_the_list_offers_it_and_keeps_it(answered, of_county):
    assert 'name="partner_level" value="county" checked' in answered["list"]["text"]
    assert f'data-count="{len(of_county)}"' in answered["list"]["text"]
    assert "partner_level: unknown value &#39;parish&#39;; known are province, city" in answered["refused"]["text"]


def test_the_api_filters_by_it_and_counts_its_values(answered, of_county):
    assert answered["items"] == answered["facets"]["county"] == len(of_county)
    assert {"value": "county", "label": "county", "count": len(of_county)} in answered["results"]
    assert answered["openapi"]["description"] == "其中一个合作方所处的层级"
    assert "township" in answered["openapi"]["schema"]["items"]["enum"]


def test_exports_filter_by_it_and_have_its_column(answered, of_county):
    assert {feature["id"] for feature in answered["export"]} == of_county
    assert all("county" in feature["properties"]["partner_level"] for feature in answered["export"])


@pytest.mark.parametrize(
    ("page", "row"),
    [
        ("queries.md", "| `partner_level` | 合作方层级 | 其中一个合作方所处的层级 |"),
        ("map.md", "| `partner_level` | `pl` | level at which one of its partners works |"),
        ("exports.md", "| `partner_level` | array | 各合作方的层级 | Levels of the partners |"),
    ],
)
def test_the_docs_tell_of_it(answered, page, row):
    assert row in answered["docs"][page]


def test_no_field_lacks_anything():
    assert gaps(FIELDS.values()) == []


TELL = ("-c", "from geo.fields import FIELDS, gaps; print(*gaps(FIELDS.values()), sep='\\n')")


@pytest.mark.parametrize(
    ("old", "new", "chinese", "told"),
    [
        ("", "", {}, "field partner_level: 'Level of a partner' has no Chinese; add it to geo/translations"),
        ('"partner_level")', '"level")', CHINESE, "geo/labels.py names none of province, city, county, township"),
        ('short="pl"', 'short="p"', CHINESE, "field partner_level: its short name 'p' is that of field precision"),
        ('id="partner_level"', 'id="status"', CHINESE, "field status: there are two of this id"),
        (
            "        values=lambda",
            "        # lambda",
            CHINESE,
            "field partner_level: nothing tells what a case has of it",
        ),
        (
            "        of=Choices",
            "        # Choices",
            CHINESE,
            "field partner_level: nothing tells which values there are",
        ),
    ],
)
def test_what_a_field_lacks_is_told_in_one_sentence(tmp_path, old, new, chinese, told):
    folder = with_a_field(tmp_path, "geo", field=FIELD.replace(old, new), chinese=chinese)
    finished = run(folder, *TELL)
    assert told in (finished.stdout.splitlines() + finished.stderr.splitlines()[-1:])[0]
