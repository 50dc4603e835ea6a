"""Ids of cases are for ever: they never disappear untold and never change their meaning."""

import dataclasses

import pytest

from geo.case import Retired
from geo.catalogue.case_records import read_case_records
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.store import read_catalogue, write_catalogue
from geo.errors import MovedError, NotFoundError, RecordError, WithdrawnError
from geo.exports.tables import Tables
from geo.sources import Sources
from geo.text import LocalText

MOVED = '{ id = "A08", date = "2026-11-25", decision = "test", moved_to = "D12" }'
WITHDRAWN = '{ id = "A08", date = "2026-11-25", decision = "test", reason = { zh = "重复", en = "Twice" } }'


def read(folder, catalogue):
    cities = {city.id for city in catalogue.layer("cities")}
    counties = {county.id for county in catalogue.layer("counties")}
    return read_case_records(Sources(folder), cities=cities, counties=counties)


def problems_of(folder, catalogue):
    with pytest.raises(RecordError) as caught:
        read(folder, catalogue)
    return caught.value.problems


def retire(folder, *entries):
    (folder / "ids" / "retired.toml").write_text(f"retired = [{', '.join(entries)}]\n", encoding="utf-8")


def remove(folder, case_id):
    """Take a record away, and the references to it."""
    (folder / "cases" / f"{case_id}.toml").unlink()
    for path in (folder / "cases").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f'"{case_id}", ', "").replace(f'"{case_id}"', ""), encoding="utf-8")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def with_retired(catalogue) -> Catalogue:
    moved = Retired("A99", "2026-11-25", "test", moved_to="A08")
    withdrawn = Retired("A98", "2026-11-25", "test", reason=LocalText("重复", "Twice"))
    return dataclasses.replace(catalogue, retired={"A98": withdrawn, "A99": moved})


def test_a_case_that_disappears_untold_is_a_problem(data_copy, catalogue):
    remove(data_copy, "A08")
    assert problems_of(data_copy, catalogue) == (
        (
            "data/ids/ledger.toml: A08: has no record and is not retired; restore data/cases/A08.toml or retire it in "
            "data/ids/retired.toml"
        ),
    )


def test_an_id_that_is_given_to_another_practice_is_a_problem(data_copy, catalogue):
    change(data_copy / "cases" / "A08.toml", 'zh = "彭什交界地带：蓉北乡村振兴协同融合发展管委会"', 'zh = "另一件事"')
    (problem,) = problems_of(data_copy, catalogue)
    assert problem.startswith("data/ids/ledger.toml: A08: the title '另一件事' is none of its titles.")


def test_two_ids_that_swap_their_practices_are_two_problems(data_copy, catalogue):
    cases = data_copy / "cases"
    change(cases / "B06.toml", "稳定运行跨市公交", "德阳、什邡接驳成都地铁摆渡线")
    change(cases / "B08.toml", "德阳、什邡接驳成都地铁摆渡线", "稳定运行跨市公交")
    assert [problem[:28] for problem in problems_of(data_copy, catalogue)] == [
        "data/ids/ledger.toml: B06: t",
        "data/ids/ledger.toml: B08: t",
    ]


def test_a_title_in_new_words_is_added_to_its_line(data_copy, catalogue):
    change(data_copy / "cases" / "A01.toml", "相向打造成德临港经济产业带", "成德临港经济产业带")
    change(
        data_copy / "ids" / "ledger.toml",
        '["相向打造成德临港经济产业带"]',
        '["相向打造成德临港经济产业带", "成德临港经济产业带"]',
    )
    assert len(read(data_copy, catalogue).cases) == 15


def test_a_title_stands_with_one_id_only(data_copy, catalogue):
    change(data_copy / "ids" / "ledger.toml", '["彭什交界地带', '["相向打造成德临港经济产业带", "彭什交界地带')
    (problem,) = problems_of(data_copy, catalogue)
    assert "A08: the title '相向打造成德临港经济产业带' stands with A01 too" in problem


def test_a_new_case_is_told_the_line_that_it_needs(data_copy, catalogue):
    record = (data_copy / "cases" / "A01.toml").read_text(encoding="utf-8")
    changed = record.replace('id = "A01"', 'id = "A19"').replace("相向打造成德临港经济产业带", '新"事')
    changed = changed.replace('zh = "新"事"', "zh = '新\"事'")
    (data_copy / "cases" / "A19.toml").write_text(changed, encoding="utf-8")
    (problem,) = problems_of(data_copy, catalogue)
    line = problem.removeprefix("data/ids/ledger.toml: A19: is new; add the line: ")
    assert line == 'A19 = { since = "2026-11-24", titles = ["新\\"事"] }'
    ledger = data_copy / "ids" / "ledger.toml"
    ledger.write_text(ledger.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert len(read(data_copy, catalogue).cases) == 16


def test_a_copy_that_kept_its_title_is_told_whose_it_is(data_copy, catalogue):
    record = (data_copy / "cases" / "A01.toml").read_text(encoding="utf-8")
    (data_copy / "cases" / "A19.toml").write_text(record.replace('id = "A01"', 'id = "A19"'), encoding="utf-8")
    assert list(problems_of(data_copy, catalogue)) == [
        "data/ids/ledger.toml: A19: the title '相向打造成德临港经济产业带' is one of A01; a new case has its own"
    ]


@pytest.mark.parametrize("entry", [MOVED, WITHDRAWN])
def test_a_case_may_go_when_it_is_retired(data_copy, catalogue, entry):
    remove(data_copy, "A08")
    retire(data_copy, entry)
    records = read(data_copy, catalogue)
    assert len(records.cases) == 14
    assert [one.id for one in records.retired] == ["A08"]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (MOVED.replace("A08", "B06"), "B06: is still alive"),
        (MOVED.replace("A08", "Z77"), "Z77: does not stand in data/ids/ledger.toml"),
        (MOVED.replace("D12", "Z88"), "A08: moved_to: 'Z88' is no case"),
        (MOVED.replace("D12", "A08"), "A08: moved_to: 'A08' is retired too; name the living case"),
        (MOVED.replace(', moved_to = "D12"', ""), "A08: needs either moved_to or reason"),
        (WITHDRAWN.replace("reason", 'moved_to = "D12", reason'), "A08: needs either moved_to or reason"),
        (WITHDRAWN.replace(', en = "Twice"', ""), "A08: reason: needs zh and en"),
        (WITHDRAWN.replace("2026-11-25", "soon"), "A08: date: arrived 'soon'"),
        (WITHDRAWN.replace('"test"', '" "'), "A08: decision: is empty"),
        (f"{MOVED}, {MOVED}", "A08: stands 2 times"),
    ],
)
def test_a_retirement_that_does_not_hold_is_told(data_copy, catalogue, entry, told):
    remove(data_copy, "A08")
    retire(data_copy, entry)
    assert any(problem.startswith(f"data/ids/retired.toml: {told}") for problem in problems_of(data_copy, catalogue))


def test_a_chain_of_retired_ids_is_told(data_copy, catalogue):
    remove(data_copy, "A08")
    remove(data_copy, "B06")
    retire(data_copy, MOVED.replace("D12", "B06"), MOVED.replace("A08", "B06"))
    assert problems_of(data_copy, catalogue) == (
        "data/ids/retired.toml: A08: moved_to: 'B06' is retired too; name the living case, without chains or loops",
    )


def test_all_problems_of_ids_and_records_are_told_at_once(data_copy, catalogue):
    remove(data_copy, "A08")
    retire(data_copy, MOVED.replace("D12", "Z88"), MOVED.replace("A08", "B06"))
    change(data_copy / "cases" / "A01.toml", 'theme = "layout"', 'theme = "sports"')
    assert len(problems_of(data_copy, catalogue)) == 3


def test_retired_ids_survive_the_file(small, with_retired, tmp_path):
    write_catalogue(dataclasses.replace(small, retired=with_retired.retired), tmp_path / "catalogue.gpkg")
    assert read_catalogue(tmp_path / "catalogue.gpkg").retired == with_retired.retired


def test_a_moved_case_tells_its_new_id(with_retired):
    with pytest.raises(MovedError, match="the case A99 is now A08") as caught:
        with_retired.case("A99")
    assert caught.value.new_id == "A08"


def test_a_withdrawn_case_tells_the_reason_in_both_languages(with_retired):
    with pytest.raises(WithdrawnError, match="was withdrawn on 2026-11-25: Twice") as caught:
        with_retired.case("A98")
    assert caught.value.reasons == {"zh": "重复", "en": "Twice"}


def test_a_table_of_cases_tells_the_same(with_retired):
    with pytest.raises(MovedError):
        Tables(with_retired).table("cases").position("A99")


def test_an_id_that_never_was_is_only_unknown(with_retired):
    with pytest.raises(NotFoundError) as caught:
        with_retired.case("Z99")
    assert type(caught.value) is NotFoundError
