"""One probability a match: what raises it, what lowers it, and that there is one for every way to name a place."""

import importlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from geo.gazetteer.evidence import cut
from geo.gazetteer.probability import OURS, PRIORS, WEIGHTS_FILE, named, probability, sure_by_name

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks" / "geocode"
KINDS = ("city", "county", "town", "place")
BARE = {"county bare", "ours"}


@pytest.fixture
def benchmark_module(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module


def confidence(gazetteer, text):
    (match,) = gazetteer.locate(text)
    return match.confidence


@pytest.mark.parametrize("feature", ["its container", "its city", "its province", "preposition", "listed before"])
def test_what_speaks_for_a_place_raises_it(feature):
    assert probability({*BARE, feature}) > probability(BARE)


@pytest.mark.parametrize(
    "feature", ["surname", "perhaps a surname", "person after", "firm after", "brand after", "doubted", *cut(1)]
)
def test_what_speaks_for_another_word_lowers_it(feature):
    assert probability({*BARE, feature}) < probability(BARE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_with_its_kind_is_surer_than_without(kind):
    assert sure_by_name(named(kind, is_bare=False)) > probability({named(kind, is_bare=True)})


def test_a_city_is_surer_than_its_county_and_neither_is_certain():
    city, county = (sure_by_name(named(kind, is_bare=False)) for kind in ("city", "county"))
    assert 0.95 < county < city < 1


def test_nothing_is_certain_however_much_speaks_for_it():
    weights = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    assert probability({name for name, weight in {**weights, **OURS}.items() if weight > 0}) < 1


def test_how_a_place_is_named_is_fitted_or_stated_once():
    weights = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    divisions = {named(kind, is_bare=is_bare) for kind in KINDS[:3] for is_bare in (True, False)}
    assert divisions <= weights.keys()
    assert not (OURS.keys() | PRIORS.keys()) & weights.keys()
    assert [sure_by_name(name) for name in PRIORS] == list(PRIORS.values())


def test_the_documentation_tells_what_is_set_by_hand():
    said = (ROOT / "docs" / "geocoder.md").read_text("utf-8").partition("Set by hand (`PRIORS`)")[2]
    rows = re.findall(r"^\| [^|]+ \| (0[^|]+) \|", said.partition("\n\n")[2].partition("\n\n")[0], re.MULTILINE)
    assert [float(one) for row in rows for one in row.split(",")] == list(PRIORS.values())


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("成都市", "city written"),
        ("金堂县", "county written"),
        ("Jintang County", "latin written"),
        ("回龙镇", "undecided"),
        ("黑龙滩", "place written"),
    ],
)
def test_a_match_has_the_probability_of_how_it_is_named(gazetteer, text, how):
    assert confidence(gazetteer, text) == sure_by_name(how)


def test_what_stands_around_a_township_says_how_surely_it_is_meant(gazetteer):
    *_, beside_its_county = gazetteer.locate("仁寿县视高街道")
    assert beside_its_county.confidence > confidence(gazetteer, "视高街道") > confidence(gazetteer, "赵视高街道")


@pytest.mark.parametrize(
    ("right", "of", "said"), [(72, 72, "0.949 to 1.000"), (0, 4, "0.000 to 0.490"), (50, 100, "0.404 to 0.596")]
)
def test_how_sure_a_share_is_follows_from_how_many_were_seen(benchmark_module, right, of, said):
    assert benchmark_module("corpora").interval(right, of) == said


def test_the_weights_are_those_of_cases_that_are_right_as_often(benchmark_module):
    fit = benchmark_module("fit")
    plain, listed = frozenset({"county bare"}), frozenset({"county bare", "listed before"})
    found = [
        fit.Case(one, str(number), number % 10 < right, "fit")
        for one, right in ((plain, 3), (listed, 8))
        for number in range(1000)
    ]
    weights = fit.fitted(found)
    score = [sum(weights[name] for name in one) for one in (plain, listed)]
    assert 1 / (1 + np.exp(-np.array(score))) == pytest.approx([0.3, 0.8], abs=0.01)


def test_a_written_division_has_one_feature_whatever_stands_beside_it(benchmark_module):
    fit = benchmark_module("fit")
    assert fit.features_of(fit.Case(frozenset({"city written", "ends"}), "眉山市", is_right=True, half="fit")) == {
        "city written"
    }
    assert fit.features_of(fit.Case(frozenset({"city bare", "ends"}), "眉山", is_right=True, half="fit")) == {
        "city bare",
        "ends",
    }
