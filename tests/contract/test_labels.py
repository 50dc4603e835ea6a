"""The labels of the natural texts that the geocoder is measured on: judgements by line number, and no text."""

import csv
from collections import Counter
from pathlib import Path

LABELS = Path(__file__).resolve().parents[2] / "benchmarks" / "geocode" / "labels"
LONGEST_NAME = 10
FEWEST_NEGATIVES = 200


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((LABELS / name).read_text("utf-8").splitlines()))


def line(row: dict[str, str]) -> tuple[str, int]:
    return row["corpus"], int(row["line"])


def test_a_line_without_a_place_of_the_area_is_not_labelled_with_one() -> None:
    held = {line(row) for row in rows("places.csv") if row["judgement"] != "wrong"}
    assert not held & {line(row) for row in rows("negatives.csv")}


def test_a_line_lies_in_one_half() -> None:
    halves = {(*line(row), row["half"]) for name in ("places.csv", "negatives.csv") for row in rows(name)}
    assert max(Counter((corpus, number) for corpus, number, _ in halves).values()) == 1
    assert {half for _, _, half in halves} == {"fit", "test"}


def test_names_are_judged_in_known_ways_and_nothing_of_the_texts_is_kept() -> None:
    for row in rows("places.csv"):
        assert row["judgement"] in {"right", "either", "wrong"}, row
        assert all(0 < len(name) <= LONGEST_NAME for name in row["names"].split(";")), row


def test_there_are_enough_hard_negatives() -> None:
    assert len({line(row) for row in rows("negatives.csv")}) >= FEWEST_NEGATIVES
