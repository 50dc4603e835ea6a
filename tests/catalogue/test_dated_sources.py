"""What `tongcheng check` refuses: verified without a dated source, facts without dates, a number of another road."""

import pytest

from geo.catalogue.build import build_catalogue
from geo.errors import RecordError
from geo.sources import Sources


def problems_of(folder, path, old, new):
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        build_catalogue(Sources(folder))
    return [problem.partition("/data/")[2] or problem for problem in caught.value.problems]


def test_a_verified_source_of_a_case_needs_a_date(data_copy):
    (told,) = problems_of(data_copy, "cases/A08.toml", 'date = "2021"\nrating = "verified"', 'rating = "verified"')
    assert "A08.toml: sources: s1: is rated verified and has no date; give its date, or rate it" in told


def test_a_verified_fact_needs_a_dated_source(data_copy):
    (told,) = problems_of(data_copy, "expressways/expressways.toml", 'source_date = "2023-04-28"\n', "")
    assert "expressways.toml: R1: fact about code: is rated verified, and its source has no date" in told


def test_a_line_whose_facts_are_verified_needs_a_date_in_its_source(data_copy):
    old = 'source = "mdaily.hangzhou.com.cn 2023-11-29"'
    (told,) = problems_of(data_copy, "transit/lines.toml", old, 'source = "mdaily.hangzhou.com.cn"')
    assert "lines.toml: CQR: rating: is verified, and its source has no date" in told


def test_a_fact_needs_a_date(data_copy):
    old = 'value = "512081"\nvalid_from = "2000"\nvalid_to = "2016"\n'
    (told,) = problems_of(data_copy, "boundaries/counties.toml", old, 'value = "512081"\n')
    assert "counties.toml: 510185: fact about code: has no date; give valid_from, valid_to or known_at" in told


def test_an_alias_may_not_be_the_live_number_of_another_road(data_copy):
    (told,) = problems_of(data_copy, "expressways/expressways.toml", '"S4202"]', '"S4202", "G4202"]')
    assert "成都第二绕城高速: the name 'G4202' is the number of 成都绕城高速 today; take it away" in told
