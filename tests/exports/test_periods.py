"""When a case held: a date known to the month or year stands for all its days."""

import dataclasses
from datetime import date

import pytest

from geo.exports.periods import extent, in_interval, parse_interval
from geo.exports.tables import Tables


def table(catalogue, start, end):
    located = catalogue.case("A08")
    period = dataclasses.replace(located.case.period, start_date=start, end_date=end)
    located = dataclasses.replace(located, case=dataclasses.replace(located.case, period=period))
    return Tables(dataclasses.replace(catalogue, cases={"A08": located})).table("cases")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-01", date(2021, 1, 1), date(2021, 1, 31)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-04", date(2021, 4, 1), date(2021, 4, 30)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-01-15", date(2021, 1, 15), date(2021, 1, 15)),
    ],
)
def test_a_date_stands_for_its_first_to_its_last_day(catalogue, text, first, last):
    assert extent(table(catalogue, text, text)) == (first, last)


def test_a_month_reaches_to_the_end_of_its_last_day(catalogue):
    dated = table(catalogue, "2021-01", "2021-01")
    assert in_interval(dated, parse_interval("2021-01-31T23:59:59Z/..")).tolist() == [True]
    assert in_interval(dated, parse_interval("2021-02-01/..")).tolist() == [False]
