"""The case records: what holds of all of them, and how problems are told."""

import pytest

from geo.catalogue.case_records import case_from_json, case_to_json, read_case_records
from geo.errors import RecordError, SourceError
from geo.record import is_iso_date
from geo.sources import Sources

CITIES = {"510100", "510600", "511400", "512000"}


def read(folder, catalogue):
    counties = {county.id for county in catalogue.layer("counties")}
    return read_case_records(Sources(folder), cities=CITIES, counties=counties)


def problems_of(folder, catalogue):
    with pytest.raises(RecordError) as caught:
        read(folder, catalogue)
    return caught.value.problems


def change(folder, case_id, old, new):
    path = folder / "cases" / f"{case_id}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_case_survives_json(catalogue):
    case = catalogue.case("A08").case
    assert case_from_json(case_to_json(case)) == case


def test_all_problems_of_all_records_are_told_at_once(data_copy, catalogue):
    change(data_copy, "A01", 'theme = "layout"', 'theme = "sports"')
    change(data_copy, "B04", 'status = "ongoing"', 'status = "perhaps"')
    change(data_copy, "D01", 'source = "press-release"', 'source = "hearsay"')
    problems = problems_of(data_copy, catalogue)
    assert any("A01.toml: theme: arrived 'sports'" in problem for problem in problems)
    assert any("B04.toml: status: arrived 'perhaps'" in problem for problem in problems)
    assert any("D01.toml: figures: 集聚企业: source 'hearsay'" in problem for problem in problems)


def test_a_missing_field_is_named_with_its_file(data_copy, catalogue):
    change(data_copy, "A01", 'last_checked = "2026-11-24"\n', "")
    assert problems_of(data_copy, catalogue) == ("data/cases/A01.toml: last_checked: is missing; add it",)


def test_an_unknown_field_is_refused(data_copy, catalogue):
    change(data_copy, "A01", 'id = "A01"', 'id = "A01"\ncolour = "red"')
    assert problems_of(data_copy, catalogue) == (
        "data/cases/A01.toml: colour: is not a field of this record; remove it or correct its name",
    )


def test_a_field_of_another_kind_says_what_was_expected(data_copy, catalogue):
    change(data_copy, "A01", 'id = "A01"', 'id = "A01"\nsee_also = 5')
    change(data_copy, "D01", "[title]\n", "title = 3\n[other]\n")
    problems = problems_of(data_copy, catalogue)
    assert "data/cases/A01.toml: see_also: arrived 5; expected a list" in problems
    assert "data/cases/D01.toml: title: arrived 3; expected a table of fields" in problems


def test_an_id_that_is_not_the_file_name_is_refused(data_copy, catalogue):
    change(data_copy, "A01", 'id = "A01"', 'id = "A99"')
    assert "data/cases/A01.toml: id: arrived 'A99'; expected 'A01', the name of the file" in problems_of(
        data_copy, catalogue
    )


def test_an_unknown_county_is_refused(data_copy, catalogue):
    change(data_copy, "A08", 'county = "510182"', 'county = "510999"')
    (problem,) = problems_of(data_copy, catalogue)
    assert problem == "data/cases/A08.toml: places: 彭州市敖平镇: county '510999' is not one of the 35 counties"


def test_a_record_that_is_not_toml_names_file_and_line(data_copy, catalogue):
    (data_copy / "cases" / "A01.toml").write_text("id = \n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"data/cases/A01\.toml: is not TOML .*line 1"):
        read(data_copy, catalogue)


@pytest.mark.parametrize("text", ["2023", "2023-05", "2024-02-29"])
def test_a_date_may_be_as_exact_as_known(text):
    assert is_iso_date(text)


@pytest.mark.parametrize("text", ["", "23", "2023-13", "2023-02-29", "2023/05/01", "2023-5", "today"])
def test_a_date_that_does_not_exist_is_refused(text):
    assert not is_iso_date(text)


def test_themes_that_do_not_hold_are_told_alone(data_copy, catalogue):
    with (data_copy / "themes.toml").open("a", encoding="utf-8") as file:
        file.write('[[theme]]\nid = "sport"\nname = { zh = "发展布局", en = "Sport" }\ncolor = "red"\n')
        file.write('[[theme]]\nid = "play"\nname = { zh = " " }\n')
    assert problems_of(data_copy, catalogue) == (
        "data/themes.toml: name.zh: '发展布局' stands several times; each theme has its own",
        "data/themes.toml: play: name.zh: is empty; write how the theme is called",
        "data/themes.toml: sport: color: arrived 'red'; expected #rrggbb in small letters",
    )
