"""Fit the weights of what stands around a bare name, on a newspaper with its places marked.

    .venv/bin/python benchmarks/geocode/fit.py [--write]

Every bare name of a division of China outside the area, in the lines of the half `fit`, is a case: it is right where
the newspaper marks just this name as a place. Prints how well the weights hold on the half `test`; writes
geo/gazetteer/weights.json with --write.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from geo.case import Precision, Rating
from geo.divisions import is_city
from geo.folding import normalise
from geo.gazetteer.candidates import Index
from geo.gazetteer.choose import Reader
from geo.gazetteer.entry import Entry, MatchType
from geo.gazetteer.evidence import WEIGHTS_FILE
from geo.gazetteer.national import load_places

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpora import half, tagged

CITIES = ("5101", "5106", "5114", "5120")
KINDS = frozenset("省市县区州镇乡旗盟") | {"地区", "自治区"}
SMOOTHING = 2.0
BANDS = (0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def main() -> None:
    """Fit, measure, perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = list(cases(Index(national())))
    names = sorted({feature for features, *_ in found for feature in features})
    counts = Counter(name for _, name, _, _ in found)
    columns = {name: number for number, name in enumerate(names)}
    matrix, right, weight, is_fit = np.zeros((len(found), len(names) + 1)), *np.zeros((3, len(found)))
    matrix[:, -1] = 1
    for row, (features, name, is_right, half_) in enumerate(found):
        matrix[row, [columns[feature] for feature in features]] = 1
        right[row], weight[row], is_fit[row] = is_right, counts[name] ** -0.5, half_ == "fit"
    fit, test = is_fit == 1, is_fit == 0
    weights = regression(matrix[fit], right[fit], weight[fit])
    for name, one in sorted(zip([*names, "bias"], weights, strict=True), key=lambda item: -item[1]):
        print(f"{name:20} {one:6.2f}  in {int(matrix[:, columns.get(name, -1)].sum())}")
    report(1 / (1 + np.exp(-matrix[test] @ weights)), right[test])
    if options.write:
        rounded = {name: round(float(one), 2) for name, one in zip([*names, "bias"], weights, strict=True)}
        WEIGHTS_FILE.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


def national() -> list[Entry]:
    """Return the divisions of China outside the area, as if they were ours."""
    return [
        Entry(
            id=f"county:{one.code}",
            name=one.name,
            kind="city" if is_city(one.code) else "county",
            precision=Precision.COUNTY,
            rating=Rating.VERIFIED,
            source="",
            adcodes=(one.code,),
            shares=(1.0,),
            lon=0.0,
            lat=0.0,
        )
        for one in load_places()
        if not one.is_township and not one.code.startswith(CITIES)
    ]


def cases(index: Index) -> Iterator[tuple[list[str], str, bool, str]]:
    """Yield features, name, whether it is right, and the half, of each bare name."""
    for words in tagged():
        text = "".join(word for word, _ in words)
        folded = normalise(text)
        reader = Reader(folded, index.find(folded))
        tokens = dict(spans(words))
        for candidate in reader.candidates:
            spelling = candidate.meanings.division
            if spelling is not None and spelling.match_type is MatchType.SHORT:
                judged = is_place(folded, tokens, candidate.start, candidate.end)
                if judged is not None:
                    yield reader.features(candidate, spelling), candidate.text, judged, half(text)


def spans(words: list[tuple[str, str]]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yield the first character of each word with the one after its last and its tag."""
    position = 0
    for word, tag in words:
        yield position, (position + len(word), tag)
        position += len(word)


def is_place(text: str, tokens: dict[int, tuple[int, str]], start: int, end: int) -> bool | None:
    """Tell whether the newspaper marks a name as a place; None where it stands in an organisation."""
    stop, tag = tokens.get(start, (0, ""))
    if tag == "nt":
        return None
    return tag == "ns" and (stop == end or text[end:stop] in KINDS)


def regression(matrix: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, by Newton's method with a small penalty."""
    penalty = SMOOTHING * np.eye(matrix.shape[1])
    penalty[-1, -1] = 0
    found = np.zeros(matrix.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-matrix @ found))
        slope = matrix.T @ (weight * (right - said)) - penalty @ found
        found += np.linalg.solve((matrix * (weight * said * (1 - said))[:, None]).T @ matrix + penalty, slope)
    return found


def report(said: np.ndarray, right: np.ndarray) -> None:
    """Print how well the probabilities hold."""
    loss = -np.mean(right * np.log(said) + (1 - right) * np.log(1 - said))
    print(f"\ntest: {len(said)} cases, {right.mean():.3f} right, log loss {loss:.4f}")
    for low, high in zip(
        (0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98),
        (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01),
        strict=True,
    ):
        band = (said >= low) & (said < high)
        print(f"{low:.2f}-{high:.2f}: {band.sum():5} said {said[band].mean():.3f} right {right[band].mean():.3f}")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        taken = said >= least
        print(f"from {least}: precision {right[taken].mean():.4f} recall {right[taken].sum() / right.sum():.4f}")


if __name__ == "__main__":
    main()
