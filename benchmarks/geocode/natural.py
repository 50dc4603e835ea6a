"""Hold the geocoder against natural texts: which lines it answers rightly, and how far to believe its confidence.

    .venv/bin/python benchmarks/geocode/natural.py [--unread FILE]

The labels are line numbers of the corpora with what was judged by reading: the places of the area that stand in a
line (`right`), what may be answered or not (`either`: 成昆铁路), what was answered and is none (`wrong`), and lines
that hold names of the gazetteer and no place of the area (negatives.csv). The half `fit` may serve to choose by,
`test` is for measuring. What nobody has judged counts as wrong and is written to FILE for reading.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpora import NEWSPAPER, REVIEWS, first_lines, half, interval, tagged, texts

LABELS = Path(__file__).resolve().parent / "labels"
HALVES = ("fit", "test")
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
TONGCHENG = (str(Path(sys.executable).with_name("tongcheng")), "geocode")
PLACE_TAGS = ("ns", "nt")
Key = tuple[str, int]  # corpus, line
Answer = Mapping[str, object]


@dataclass
class Label:
    """What was judged of a line: names of places of the area, names that may be answered, names that are none."""

    right: list[str] = field(default_factory=list)
    either: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """One answer of the geocoder with its judgement: right, either, wrong, or unread."""

    key: Key
    half: str
    surface: str
    name: str
    confidence: float
    reason: str
    judgement: str
    around: str


class Natural:
    """The answers of a geocoder to all corpora, held against the labels."""

    def __init__(self, command: Sequence[str] = TONGCHENG, env: Mapping[str, str] | None = None) -> None:
        """Run a command that reads lines and writes JSON objects over every text."""
        newspaper = {(NEWSPAPER, number): text for number, text in enumerate(texts(NEWSPAPER), 1)}
        reviews = {key: text for text, key in first_lines(REVIEWS).items()}
        self.texts: Mapping[Key, str] = newspaper | reviews
        found = answers(command, list(self.texts.values()), env)
        self.answers: Mapping[Key, Answer] = dict(zip(self.texts, found, strict=True))
        self.labels = read_labels()
        self.negatives = read_negatives()

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Judge every match."""
        return tuple(match for key, answer in self.answers.items() for match in self._matches(key, answer))

    def lines(self, half_: str) -> tuple[list[Key], list[Key], list[Key]]:
        """Return the lines of the newspaper answered, those of them that are right, and all that hold a place."""
        either = {key for key, label in self.labels.items() if label.either}
        holding = [k for k, v in self.labels.items() if v.right and k[0] == NEWSPAPER and half(self.texts[k]) == half_]
        answered = dict.fromkeys(m.key for m in self.matches if m.key[0] == NEWSPAPER and m.half == half_)
        kept = [key for key in answered if key not in either]
        return kept, [key for key in kept if self.labels.get(key, Label()).right], holding

    def reviews(self, half_: str) -> tuple[list[Match], list[Match]]:
        """Return the matches in reviews and those of them that are right; what may be answered is left out."""
        found = [m for m in self.matches if m.key[0] in REVIEWS and m.half == half_ and m.judgement != "either"]
        return found, [match for match in found if match.judgement == "right"]

    def negatives_of(self, half_: str) -> tuple[list[Key], list[Key]]:
        """Return the hard lines without a place of the area, and those of them that are answered with one."""
        lines = [key for key in self.negatives if half(self.texts[key]) == half_]
        return lines, [key for key in lines if self.answers[key]["matches"]]

    def reliability(self) -> dict[float, list[bool]]:
        """Return for each band of confidence the outcomes of matches in lines that were not used to fit."""
        bands: dict[float, list[bool]] = defaultdict(list)
        for match in self.matches:
            if match.half == "test" and match.judgement != "either":
                low = max(low for low in BANDS[:-1] if low <= match.confidence)
                bands[low].append(match.judgement == "right")
        return bands

    def _matches(self, key: Key, answer: Answer) -> Iterator[Match]:
        text = self.texts[key]
        for found in answer.get("matches", ()):  # type: ignore[attr-defined]
            start, end = found["span"]
            yield Match(
                key=key,
                half=half(text),
                surface=text[start:end],
                name=found["name"],
                confidence=found["confidence"],
                reason=found["reason"],
                judgement=self._judge(key, text[start:end], start),
                around=f"{text[max(0, start - 16) : start]}【{text[start:end]}】{text[end : end + 16]}",
            )

    def _judge(self, key: Key, surface: str, start: int) -> str:
        label = self.labels.get(key, Label())
        for judgement, names in (("wrong", label.wrong), ("right", label.right), ("either", label.either)):
            if _named(surface, names, exactly=judgement == "wrong"):
                return judgement
        is_inside_a_word = key[0] == NEWSPAPER and not _starts_place(key[1], start)
        return "wrong" if is_inside_a_word else "unread"


def _named(surface: str, names: Iterable[str], *, exactly: bool) -> bool:
    """Tell whether what was matched is one of some names, or shares it with its kind: 中江县 and 中江."""
    if exactly:
        return surface in names
    return any(name in surface or surface in name for name in names)


def _starts_place(line: int, start: int) -> bool:
    """Tell whether a place or an organisation of the newspaper begins at a character."""
    position = 0
    for word, tag in tagged()[line - 1]:
        if position == start:
            return tag in PLACE_TAGS
        position += len(word)
    return False


def answers(command: Sequence[str], lines: Sequence[str], env: Mapping[str, str] | None = None) -> list[Answer]:
    """Return the answer to each line."""
    environment = {**os.environ, **(env or {})}
    given = ("\n".join(lines) + "\n").encode()
    done = subprocess.run(command, input=given, capture_output=True, check=False, env=environment)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
    if len(found) != len(lines):
        sys.exit(f"{' '.join(command)}: {len(found)} answers to {len(lines)} texts\n{done.stderr.decode()[-1500:]}")
    return found


def read_labels() -> dict[Key, Label]:
    """Read what was judged, and see that each line is still the one that was read.

    Raises:
        SystemExit: The package holds other texts.
    """
    found: dict[Key, Label] = defaultdict(Label)
    for row, key in _rows("places.csv"):
        getattr(found[key], row["judgement"]).extend(row["names"].split(";"))
    return dict(found)


def read_negatives() -> list[Key]:
    """Read which lines hold a name of the gazetteer and no place of the area."""
    return [key for _, key in _rows("negatives.csv")]


def _rows(name: str) -> Iterator[tuple[dict[str, str], Key]]:
    for row in csv.DictReader((LABELS / name).read_text("utf-8").splitlines()):
        corpus, line = row["corpus"], int(row["line"])
        if half(texts(corpus)[line - 1]) != row["half"]:
            sys.exit(f"{name}: line {line} of {corpus} is another one than was read; bring the package as it was")
        yield row, (corpus, line)


def share(part: Sequence[object], whole: Sequence[object]) -> str:
    """Return "part of whole (share)"."""
    return f"{len(part)} of {len(whole)} ({len(part) / max(len(whole), 1):.3f})"


def print_tables(natural: Natural) -> None:
    """Print what docs/geocoder.md shows."""
    print("| half | newspaper: lines right of those answered | of those with a place, found | "
          "reviews: matches right | negatives left empty |\n|---|---|---|---|---|")  # fmt: skip
    for name in HALVES:
        answered, right, holding = natural.lines(name)
        found, held = natural.reviews(name)
        lines, wrong = natural.negatives_of(name)
        empty = lines[len(wrong) :]
        print(f"| {name} | {share(right, answered)} | {share(right, holding)} | {share(held, found)} "
              f"| {share(empty, lines)} |")  # fmt: skip
    print("\n| confidence from | matches | right | 95 % of |\n|---|---|---|---|")
    for low, outcomes in sorted(natural.reliability().items()):
        right, of = sum(outcomes), len(outcomes)
        print(f"| {low:.2f} | {of} | {right / of:.3f} | {interval(right, of)} |")


def write_unread(natural: Natural, path: Path) -> int:
    """Write the matches that nobody has judged, one a line, and return how many."""
    unread = [m for m in natural.matches if m.judgement == "unread"]
    path.write_text("".join(f"{m.key[0]}\t{m.key[1]}\t{m.name}\t{m.around}\n" for m in unread), "utf-8")
    return len(unread)


def main() -> None:
    """Measure the installed geocoder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unread", type=Path, default=Path("build/unread.tsv"))
    options = parser.parse_args()
    natural = Natural()
    print_tables(natural)
    unread = write_unread(natural, options.unread)
    if unread:
        print(f"\n{unread} matches that nobody has judged count as wrong: {options.unread}")


if __name__ == "__main__":
    main()
