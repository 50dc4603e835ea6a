"""Fit how probable it is that a name means its place, on a newspaper with its places marked.

    .venv/bin/python benchmarks/geocode/fit.py [--write]

Each province of China in turn is the area that is asked about, without the four cities: its cities, counties and
townships as they are recorded, all else elsewhere. Every division that the reader finds there in the newspaper, and
every bare name of a city or county that it weighs, is a case: it is right where the newspaper marks just this name as a
place. (Which of several namesakes is meant, it does not mark.) The weights are those of the lines of the half `fit`;
prints how well they hold on the half `test`. Writes geo/gazetteer/weights.json with --write. What a name is beside is
read with the weights of before, so each run goes half of the way: write until the greatest change is a few hundredths.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from geo.case import Precision, Rating
from geo.catalogue.which_file import file_to_read
from geo.divisions import city_of, is_city, is_own_province, province_of
from geo.folding import normalise
from geo.gazetteer.candidates import Index
from geo.gazetteer.choose import Reader
from geo.gazetteer.compile import township_variants, with_folded_names
from geo.gazetteer.elsewhere import entries_elsewhere, places_outside, with_namesakes
from geo.gazetteer.entry import Entry
from geo.gazetteer.national import Place, any_towns_names, load_places
from geo.gazetteer.probability import OURS, WEIGHTS_FILE, named
from geo.gazetteer.table import load_entries

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpora import half, interval, tagged

CITIES = ("5101", "5106", "5114", "5120")
KINDS = frozenset("省市县区州镇乡旗盟") | {"地区", "自治区"}
HOW = frozenset(named(kind, is_bare=is_bare) for kind in ("city", "county", "town") for is_bare in (True, False))
WRITTEN = frozenset(named(kind, is_bare=False) for kind in ("city", "county"))  # of which the reader weighs no more
SMOOTHING = 0.5
RARITY = -0.25  # a case of a name that stands 16 times weighs half; chosen in the half `fit`
BANDS = (0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


class Case(NamedTuple):
    """A name that the reader found, with what it weighs, and whether it means a place."""

    features: frozenset[str]
    name: str
    is_right: bool
    half: str


class Line(NamedTuple):
    """A line of the newspaper: folded, with the end and the tag of the word that begins at each character."""

    text: str
    words: dict[int, tuple[int, str]]
    half: str


def main() -> None:
    """Fit, measure, perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = list(newspaper())
    found = [case for province in provinces() for case in cases(area(province), lines)]
    before = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    weights = halfway(before, fitted([case for case in found if case.half == "fit"]))
    mine = list(cases(load_entries(file_to_read(None, None)), lines, ("ours", "firm after")))
    counts = Counter(feature for case in found for feature in case.features)
    for name, weight in sorted(weights.items(), key=lambda item: -item[1]):
        print(f"{name:20} {weight:6.2f}  in {counts[name]}")
    report([case for case in found if case.half == "test"], weights)
    weighed = [case for case in mine if case.half == "fit" and not case.features & {*WRITTEN, "doubted"}]
    more, error = offset(weighed, weights)
    print(f"\n{len(weighed)} names of the four cities, half fit: {more:+.1f} ± {error:.1f}; taken: {OURS['ours']}")
    change = max(abs(weight - before.get(name, 0.0)) for name, weight in weights.items())
    print(f"greatest change of a weight: {change:.2f}")
    if options.write:
        WEIGHTS_FILE.write_text(json.dumps(dict(sorted(weights.items())), indent=1) + "\n", "utf-8")


def newspaper() -> Iterator[Line]:
    """Yield the lines; folding leaves each character where it is."""
    for words in tagged():
        text = "".join(word for word, _ in words)
        yield Line(normalise(text), dict(spans(words)), half(text))


def spans(words: Sequence[tuple[str, str]]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield the first character of each word with the one after its last and its tag."""
    position = 0
    for word, tag in words:
        yield position, (position + len(word), tag)
        position += len(word)


def provinces() -> list[str]:
    """List the codes of all provinces."""
    return sorted({province_of(place.county) for place in load_places()})


def area(province: str) -> list[Entry]:
    """Return the names that a gazetteer of a province has; what lies in the four cities is none of its own."""
    china = load_places()
    inside = [
        place
        for place in china
        if province_of(place.county) == province
        and (place.code != province or is_own_province(province))
        and not place.code.startswith(CITIES)
        and (place.is_township or place.name not in any_towns_names())
    ]
    outside = places_outside(china, {city_of(place.county) for place in inside})
    ours = [with_folded_names(one) for one in with_namesakes(map(entry, inside), outside)]
    return [*ours, *map(with_folded_names, entries_elsewhere(china, outside, ours))]


def entry(place: Place) -> Entry:
    """Return a division as if it were ours."""
    kind = "town" if place.is_township else "city" if is_city(place.code) else "county"
    return Entry(
        id=f"{kind}:{place.code}",
        name=place.name,
        kind=kind,
        precision=Precision.COUNTY,
        rating=Rating.VERIFIED,
        source="",
        adcodes=(place.county,),
        shares=(1.0,),
        lon=0.0,
        lat=0.0,
        aliases=township_variants(place.name) if place.is_township else (),
        former_names=place.former if kind == "county" else (),
    )


def cases(entries: Sequence[Entry], lines: Sequence[Line], ignored: Collection[str] = OURS) -> Iterator[Case]:
    """Yield the cases of an area, without features that are not fitted."""
    index = Index(entries)
    for line in lines:
        reader = Reader(line.text, index.find(line.text))
        chosen = dict(reader.choices())
        for candidate in reader.candidates:
            division, choice = candidate.meanings.division, chosen.get(candidate)
            if choice is not None:
                spelling = choice.spelling or choice.rejected[0]
            elif division is not None and reader.weighing.short_division(candidate, division):
                spelling = division
            else:
                continue
            is_right = is_place(line, candidate.start, candidate.end)
            features = frozenset(reader.weighing.features(candidate, spelling)).difference(ignored)
            if is_right is not None and features & HOW:
                yield Case(features, candidate.text, is_right, line.half)


def is_place(line: Line, start: int, end: int) -> bool | None:
    """Tell whether a word that the newspaper marks as a place begins a name; None where it is one of an organisation.

    The kind may be a word of its own, or begin the next one: 临武/ns 县/n, 福州/ns 市委/n.
    """
    stop, tag = line.words.get(start, (0, ""))
    if tag == "nt":
        return None
    return tag == "ns" and (stop <= end or line.text[end:stop] in KINDS)


def fitted(found: Sequence[Case]) -> dict[str, float]:
    """Return the weights of a logistic regression; a division that is written in full has that one feature."""
    features = [features_of(case) for case in found]
    names = sorted({name for one in features for name in one})
    matrix = np.array([[name in one for name in names] for one in features], dtype=float)
    counts = Counter(case.name for case in found)
    weight = np.array([counts[case.name] ** RARITY for case in found])
    right = np.array([case.is_right for case in found], dtype=float)
    weights = regression(matrix, right, weight)
    return {name: round(float(one), 2) for name, one in zip(names, weights, strict=True)}


def halfway(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """Return weights in the middle between those of before and of now."""
    return {name: round((before.get(name, weight) + weight) / 2, 2) for name, weight in now.items()}


def features_of(case: Case) -> frozenset[str]:
    """Return what the reader weighs of a case."""
    return case.features & WRITTEN or case.features


def regression(matrix: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, by Newton's method with a small penalty."""
    penalty = SMOOTHING * np.eye(matrix.shape[1])
    found = np.zeros(matrix.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-matrix @ found))
        slope = matrix.T @ (weight * (right - said)) - penalty @ found
        found += np.linalg.solve((matrix * (weight * said * (1 - said))[:, None]).T @ matrix + penalty, slope)
    return found


def report(found: Sequence[Case], weights: Mapping[str, float]) -> None:
    """Print how well the probabilities hold: the tables of docs/geocoder.md."""
    score = [sum(weights.get(name, 0.0) for name in features_of(case)) for case in found]
    said, right = 1 / (1 + np.exp(-np.array(score))), np.array([case.is_right for case in found])
    print("\n| probability | names | said | right | 95 % of |\n|---|---|---|---|---|")
    for low, high in pairwise(BANDS):
        print_row(f"{low:.2f} to {min(high, 1):.2f}", said, right, (said >= low) & (said < high))
    print("\n| named | names | said | right | 95 % of |\n|---|---|---|---|---|")
    for how in sorted({how for case in found for how in case.features & HOW}):
        print_row(how, said, right, np.array([how in case.features for case in found]))
    loss = -np.mean(np.log(np.where(right, said, 1 - said)))
    bands = [(said >= low) & (said < high) for low, high in pairwise(BANDS)]
    error = sum(abs(said[band].sum() - right[band].sum()) for band in bands) / len(found)
    print(f"\nBrier score {np.mean((said - right) ** 2):.4f}, of the mean {right.mean() * (1 - right.mean()):.4f}; "
          f"log loss {loss:.4f}; expected calibration error {error:.4f}")  # fmt: skip


def print_row(head: str, said: np.ndarray, right: np.ndarray, taken: np.ndarray) -> None:
    """Print one row of a table of reliability."""
    print(f"| {head} | {taken.sum():,} | {said[taken].mean():.3f} | {right[taken].mean():.3f} "
          f"| {interval(int(right[taken].sum()), int(taken.sum()))} |")  # fmt: skip


def offset(found: Sequence[Case], weights: Mapping[str, float]) -> tuple[float, float]:
    """Return by how much more names of the area hold than the weights say, and the standard error of that."""
    score = np.array([sum(weights.get(name, 0.0) for name in case.features) for case in found])
    right, more, error = np.array([case.is_right for case in found]), 0.0, 0.0
    for _ in range(30):
        said = 1 / (1 + np.exp(-score - more))
        error = (said * (1 - said)).sum() ** -0.5
        more += (right - said).sum() * error**2
    return more, error


if __name__ == "__main__":
    main()
