"""Numbers that somebody sent: what is read, and what Python would read but nobody means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.numbers import decimal_number, decimal_numbers, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("104", 104.0),
        ("-0.5", -0.5),
        ("+7.", 7.0),
        (".25", 0.25),
        (" 30.6 ", 30.6),
        ("1e2", 100.0),
        ("2.5E-1", 0.25),
        ("0" * 5000 + "7", 7.0),
    ],
)
def test_a_decimal_number_is_read(text, number):
    assert decimal_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "1_04",
        "１０４",
        "١٠٤",
        "nan",
        "inf",
        "-Infinity",
        "1e400",
        "9" * 400,
        "0x10",
        "1,5",
        "1 0",
        ".",
        "e5",
    ],
)
def test_what_is_no_decimal_number_is_none(text):
    assert decimal_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_reads_back(number):
    assert decimal_number(repr(number)) == number


def test_a_list_is_read_when_every_part_is_a_number():
    assert decimal_numbers("104, 30.5") == (104.0, 30.5)
    assert decimal_numbers("9/30.6/104.1", separator="/") == (9.0, 30.6, 104.1)
    assert decimal_numbers("104,") is None
    assert decimal_numbers("104,1_0") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("1000", 1000), ("1001", 1000), ("9" * 4400, 1000), ("0" * 4400 + "5", 5)],
)
def test_a_whole_number_above_the_most_is_the_most(text, number):
    assert whole_number(text, most=1000) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1.0", "1_0", "１", "²", "1e3"])
def test_what_is_no_whole_number_is_none(text):
    assert whole_number(text, most=1000) is None
