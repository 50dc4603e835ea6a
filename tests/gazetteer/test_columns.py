"""The best answer to a text as one row."""

import pyarrow as pa
import pytest

from geo.gazetteer.batch.columns import ANSWER_COLUMNS, NO_TEXT, answer_row, answer_schema, answer_table


def test_a_row_tells_of_the_best_place(gazetteer):
    row = answer_row(gazetteer.locate("仁寿县视高街道"))
    told = {name: row[name] for name in ("adcode", "adcodes", "name", "match_type", "precision")}
    assert told == {
        "adcode": "511421",
        "adcodes": ["511421"],
        "name": "视高街道",
        "match_type": "full",
        "precision": "town",
    }
    assert (round(row["lon"]), round(row["lat"])) == (104, 30)


def test_a_text_that_names_nothing_has_empty_codes(gazetteer):
    assert answer_row(gazetteer.locate("")) == {**NO_TEXT, "adcodes": []}


def test_an_undecided_place_has_a_reason_and_no_point(gazetteer):
    row = answer_row(gazetteer.locate("石羊镇"))
    assert (row["adcode"], row["kind"], row["lon"], row["radius_m"]) == (None, "ambiguous", None, None)
    assert row["reason"]


@pytest.mark.parametrize(
    ("text", "name", "adcode"),
    [
        ("地铁金府站、龙台镇", "地铁金府站", "510106"),
        ("武侯区到遂宁站", "武侯区", "510107"),
        ("资阳市简阳市", "简阳市", "510185"),
    ],
)
def test_the_row_is_that_of_a_place_beside_one_without_a_county(gazetteer, text, name, adcode):
    row = answer_row(gazetteer.locate(text))
    assert (row["name"], row["adcode"]) == (name, adcode)


@pytest.mark.parametrize("text", ["", "仁寿县视高街道", "石羊镇"])
def test_a_row_has_every_column_that_is_told(gazetteer, text):
    assert list(answer_row(gazetteer.locate(text))) == list(ANSWER_COLUMNS) == answer_schema().names


def test_rows_become_a_table_and_come_back(gazetteer):
    rows = [answer_row(gazetteer.locate("德阳市与什邡市")), NO_TEXT]
    table = answer_table(rows)
    assert table.schema == answer_schema()
    assert table.to_pylist() == rows


def test_no_rows_are_a_table_too():
    assert answer_table([]) == pa.Table.from_pylist([], schema=answer_schema())
