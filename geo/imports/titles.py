"""The published list of titles held against our cases: the same, much alike, or none; and what is written of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.case import Membership, TitleStatus
from geo.catalogue.case_records import read_ledger
from geo.errors import RecordError
from geo.imports.columns import folded
from geo.imports.rows import Problem, RowReader, few, shown
from geo.imports.writing import LEDGER, Change, read_bytes, with_ledger, with_publication

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.case import Case, Source
    from geo.catalogue.case_records import CaseRecords
    from geo.imports.cells import Table
    from geo.imports.columns import Columns
    from geo.sources import Sources

CLOSE = 0.6  # of 1: above it a title may be one of ours
_CONTAINED = 0.9  # what it counts that one title stands in the other
_LONG_ENOUGH = 6
_SAME_GROUP = 0.05


@dataclass(frozen=True)
class PublishedTitle:
    """One line of the list; `theme` is the group, None where the list names none."""

    number: int
    title: str
    theme: str | None


@dataclass(frozen=True)
class TitleMatch:
    """The case that a published title means: `how` is exact, close, said or none, `score` 0 to 1."""

    published: PublishedTitle
    how: str
    case: Case | None = None
    score: float = 0.0


def read_titles(table: Table, columns: Columns, themes: Mapping[str, str]) -> list[PublishedTitle]:
    """Read the list; `themes` are folded ids and names with their ids.

    Raises:
        RecordError: Lists every problem of every row.
    """
    problems: list[Problem] = []
    found: list[PublishedTitle] = []
    rows_of: dict[object, int] = {}
    for row in table.rows:
        read = RowReader(row, columns, {})
        title = read.text("title", required=True)
        number = read.number("number")
        group = read.choice("group", themes, default="")
        if number is None and columns.head("number") not in {problem.column for problem in read.problems}:
            read.tell("number", "nothing", "the number in the list", "Fill the cell")
        elif number is not None and (number < 1 or not number.is_integer()):
            read.tell("number", f"{number:g}", "a whole number from 1", "Correct it")
        for field, value in (("number", number), ("title", folded(title or ""))):
            if value and (first := rows_of.setdefault((field, value), row.number)) != row.number:
                read.tell(field, f"the {field} of row {first} again", f"each {field} once", "Correct one of the two")
        problems += read.problems
        if not read.problems and title is not None and number is not None:
            found.append(PublishedTitle(int(number), " ".join(title.split()), group or None))
    if problems:
        raise RecordError([str(problem) for problem in problems])
    return found


def match_titles(
    titles: Sequence[PublishedTitle], records: CaseRecords, ledger: Mapping[str, Sequence[str]], said: Mapping[int, str]
) -> list[TitleMatch]:
    """Give each title one case at most, and each case one title at most.

    Args:
        titles: The list.
        records: Our cases.
        ledger: Every title that an id has had.
        said: Number to id, as somebody decided; it beats what is alike.

    Raises:
        RecordError: What is said names no title or no case, one case twice, or one that is exactly another title.
    """
    cases = {case.id: case for case in records.cases}
    owner = {folded(title): name for name in cases for title in (*ledger.get(name, ()), cases[name].title.zh)}
    _check_said(titles, cases, said, {one.number: owner.get(folded(one.title)) for one in titles})
    matches = {
        one.number: TitleMatch(one, "said", cases[said[one.number]], 1.0) for one in titles if one.number in said
    }
    taken = set(said.values())
    for one in titles:
        name = owner.get(folded(one.title))
        if one.number not in matches and name is not None and name not in taken:
            matches[one.number] = TitleMatch(one, "exact", cases[name], 1.0)
            taken.add(name)
    left = [one for one in titles if one.number not in matches]
    free = [case for case in records.cases if case.id not in taken]
    matches |= {match.published.number: match for match in _close(left, free)}
    return [matches.get(one.number, TitleMatch(one, "none")) for one in titles]


def _close(titles: Sequence[PublishedTitle], cases: Sequence[Case]) -> list[TitleMatch]:
    """Pair what is left, the most alike first."""
    pairs = sorted(((alike(one, case), -one.number, case.id) for one in titles for case in cases), reverse=True)
    by_number, by_id = {one.number: one for one in titles}, {case.id: case for case in cases}
    found: dict[int, TitleMatch] = {}
    taken: set[str] = set()
    for score, number, name in pairs:
        if score < CLOSE:
            break
        if -number not in found and name not in taken:
            found[-number] = TitleMatch(by_number[-number], "close", by_id[name], min(score, 1.0))
            taken.add(name)
    return list(found.values())


def alike(published: PublishedTitle, case: Case) -> float:
    """Return how much alike a title is to ours, 0 to about 1; the same group counts a little."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only for titles

    one, other = folded(published.title), folded(case.title.zh)
    score = fuzz.ratio(one, other)
    if min(len(one), len(other)) >= _LONG_ENOUGH:
        score = max(score, _CONTAINED * fuzz.partial_ratio(one, other))
    return float(score) / 100 + (_SAME_GROUP if published.theme == case.theme else 0.0)


def _check_said(
    titles: Sequence[PublishedTitle],
    cases: Mapping[str, Case],
    said: Mapping[int, str],
    exact: Mapping[int, str | None],
) -> None:
    numbers = {one.number for one in titles}
    problems = [f"--match {number}={name}: the list has no number {number}" for number, name in said.items()
                if number not in numbers]  # fmt: skip
    problems += [f"--match {number}={name}: {name!r} is no case; expected an id such as {few(list(cases)[:1])}"
                 for number, name in said.items() if name not in cases]  # fmt: skip
    twice = {name for name in said.values() if list(said.values()).count(name) > 1}
    problems += [f"--match: {name} is said for several numbers; expected one title a case" for name in sorted(twice)]
    problems += [
        f"--match {number}={name}: {name} has the title of number {other}; leave this out, or say which case {other} is"
        for number, name in said.items()
        for other, owner in exact.items()
        if owner == name and other != number and other not in said
    ]
    if problems:
        raise RecordError(problems)


def plan_publication(matches: Sequence[TitleMatch], source: Source, sources: Sources) -> list[Change]:
    """Decide what the records of the matched cases become; what holds already changes nothing.

    Raises:
        RecordError: A record cannot be edited, or a title is one of another id.
    """
    with sources.telling():
        return _planned(matches, source, sources)


def _planned(matches: Sequence[TitleMatch], source: Source, sources: Sources) -> list[Change]:
    folder = sources.folder
    changes, titles, problems = [], {}, []
    old_ledger = read_ledger(sources, [])
    owner = {title: name for name, line in old_ledger.items() for title in line.titles}
    for match in matches:
        if match.case is None:
            continue
        title, name = match.published.title, match.case.id
        if owner.get(title, name) != name:
            told = f"number {match.published.number}: {shown(title)} is a title of {owner[title]}, not of {name}"
            problems.append(f"{told}; say --match {match.published.number}={owner[title]}")
            continue
        path = f"cases/{name}.toml"
        old = read_bytes(folder, path)
        if old is None:
            problems.append(f"data/{path}: lies outside of {folder}; copy it there to change it")
            continue
        new = with_publication(old.decode("utf-8"), title=title, source=source).encode()
        _check_rest(path, old, new)
        titles[name] = title
        if new != old:
            changes.append(Change(path, new, old))
    if problems:
        raise RecordError(problems)
    held = read_bytes(folder, LEDGER) or b""
    if any(name not in old_ledger or title not in old_ledger[name].titles for name, title in titles.items()):
        changes.append(Change(LEDGER, with_ledger(held.decode("utf-8"), new=(), titles=titles).encode(), held or None))
    return changes


def _check_rest(path: str, old: bytes, new: bytes) -> None:
    """Refuse an edit that changed more than it should."""
    written = ("membership", "title_status", "title", "sources")
    before, after = tomllib.loads(old.decode()), tomllib.loads(new.decode())
    if {k: v for k, v in before.items() if k not in written} != {k: v for k, v in after.items() if k not in written}:
        raise RecordError([f"data/{path}: cannot be edited without changing other keys; edit it by hand"])


def is_confirmed(case: Case) -> bool:
    """Tell whether the published list is known to hold a case."""
    return case.membership is Membership.CONFIRMED and case.title_status is TitleStatus.PUBLISHED


def missing_lines(matches: Sequence[TitleMatch], confirmed: frozenset[str], records: CaseRecords) -> list[str]:
    """Return what the list still lacks: lines that it does not hold, and titles without a confirmed case, by group.

    Args:
        matches: Of the whole list.
        confirmed: Ids of the cases that are confirmed now.
        records: Says how many titles each group has officially.
    """
    total = sum(theme.official_count or 0 for theme in records.themes)
    numbers = {match.published.number for match in matches}
    absent = [number for number in range(1, total + 1) if number not in numbers]
    open_ones = [match for match in matches if match.case is None or match.case.id not in confirmed]
    sure, lacking = len(matches) - len(open_ones), len(open_ones)
    lines = [f"of {total} titles: {len(matches)} in the list, {sure} confirmed, {lacking} without a confirmed case"]
    if absent:
        lines.append(f"numbers that the list lacks: {_ranges(absent)}")
    for theme in records.themes:
        listed = [match for match in matches if match.published.theme == theme.id]
        if listed:
            of_group = sum(match not in open_ones for match in listed)
            official = theme.official_count
            lines.append(f"  {theme.name.zh}: {official} official, {len(listed)} in the list, {of_group} confirmed")
    ours = [case.id for case in records.cases if case.id not in confirmed]
    lines.append(f"cases of ours that no title confirms: {len(ours)}")
    return lines


def _ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers as "4, 6-9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
