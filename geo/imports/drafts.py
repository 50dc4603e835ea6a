"""From the rows of a table to draft records: what each row becomes, and which it was before.

An id is found again by the key of its row, or by its title, among the rows of one origin: `imports/<id>.toml` beside
the cases remembers them, with a digest of the row (did it change?) and of the record (was it edited by hand?).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.case import Case, Membership, Period, Rating, Source, Status, TitleStatus
from geo.catalogue.case_records import CASE_ID, read_ledger
from geo.errors import RecordError
from geo.imports.columns import check_defaults, folded
from geo.imports.places import RowPlaces
from geo.imports.rows import RATINGS, STATUSES, Problem, RowReader, few, names_of, shown
from geo.imports.writing import (
    LEDGER,
    MEMORY,
    Change,
    Memory,
    draft_text,
    memory_text,
    read_bytes,
    read_memories,
    with_ledger,
)
from geo.text import LocalText, toml_text, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.datum import Datum
    from geo.imports.cells import Row, Table
    from geo.imports.columns import Columns
    from geo.imports.places import FoundPlace, KnownArea
    from geo.sources import Sources

_ALIKE = 85.0  # of 100, of two titles that may be one practice
_OF_PROBLEMS = re.compile(r"\.problems(-\d+)?(?=\.[^.]+$)")


@dataclass(frozen=True)
class Options:
    """What holds for a whole file: `origin` names it for ever, `defaults` are the values of blank cells by field.

    `is_part`: the file holds only rows that had problems before, so that others do not miss.
    """

    origin: str
    today: str
    datum: Datum | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    is_part: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a row that holds: `state` is new, changed or unchanged."""

    row: int
    state: str
    case: Case
    places: tuple[FoundPlace, ...]


@dataclass(frozen=True)
class Plan:
    """What an import would do: nothing is written yet."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    changes: tuple[Change, ...]


def origin_of(name: str) -> str:
    """Return under which name the rows of a file are remembered: mended rows belong to the file they came from."""
    return _OF_PROBLEMS.sub("", name)


def plan_cases(  # noqa: PLR0913  each enters at the edge
    table: Table,
    columns: Columns,
    area: KnownArea,
    sources: Sources,
    options: Options,
    *,
    on_row: Callable[[int], None] = lambda _: None,
) -> Plan:
    """Decide what every row becomes; `on_row` hears how many rows are done.

    Raises:
        RecordError: The memory of earlier imports, or a default, cannot be read.
    """
    with sources.telling():
        planner = _Planner(table, columns, area, sources, options)
        for number, row in enumerate(table.rows, start=1):
            planner.take(row)
            on_row(number)
        return planner.plan()


class _Planner:
    def __init__(self, table: Table, columns: Columns, area: KnownArea, sources: Sources, options: Options) -> None:
        self.table, self.columns, self.area, self.sources, self.options = table, columns, area, sources, options
        check_defaults(options.defaults, columns)
        self.folder = sources.folder
        self.memories = read_memories(sources)
        ours = [memory for memory in self.memories.values() if memory.origin == options.origin]
        self.by_key = {memory.key: memory for memory in ours}
        self.keys = {RowReader(row, columns, options.defaults).key for row in table.rows}
        self.by_title = {folded(memory.title): memory for memory in ours}
        ledger = read_ledger(sources, [])
        self.owner = {folded(title): name for name, line in ledger.items() for title in line.titles}
        self.titles = {case.id: case.title.zh for case in area.records.cases}
        self.ids = _Ids(area, ledger)
        self.rows_of: dict[str, int] = {}
        self.seen: set[str] = set()
        self.outcomes: list[Outcome] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.changes: list[Change] = []

    def take(self, row: Row) -> None:
        reader = RowReader(row, self.columns, self.options.defaults)
        read = _RowCase(reader, self.area, self.options).read()
        if read is None:
            self.problems += reader.problems
            self._remember_seen(reader)
            return
        case, places, notes = read
        key = reader.key
        memory = self._memory_of(key, case.title.zh)
        twin = self._twin(row.number, key, case.title.zh, memory)
        if twin is not None:
            self.problems.append(twin)
            return
        for name in {key, f"title:{folded(case.title.zh)}"}:
            self.rows_of[name] = row.number
        digest = reader.digest(self.options.datum)
        outcome = self._outcome(row, case, places, key=key, digest=digest, memory=memory)
        if outcome is None:
            return
        self.notes += [f"row {row.number}, {note}" for note in notes] if outcome.state != "unchanged" else []
        self._tell_alike(outcome)
        self.titles[outcome.case.id] = outcome.case.title.zh
        self.outcomes.append(outcome)

    def plan(self) -> Plan:
        if changed := [one.case for one in self.outcomes if one.state != "unchanged"]:
            self.changes.append(self._ledger([one.case for one in self.outcomes if one.state == "new"], changed))
        gone = [one.id for one in self.by_key.values() if one.id not in self.seen]
        if gone and not self.options.is_part:
            self.notes.append(
                f"{len(gone)} drafts of {self.options.origin} have no row in it now: {few(gone)}; they stay"
            )
        return Plan(tuple(self.outcomes), tuple(self.problems), tuple(self.notes), tuple(self.changes))

    def _remember_seen(self, reader: RowReader) -> None:
        """Note that a row with a problem is still there: its draft is not told as one without a row."""
        quiet = RowReader(reader.row, self.columns, self.options.defaults)
        for memory in (self.by_key.get(quiet.key), self.by_title.get(folded(quiet.text("title") or ""))):
            if memory is not None:
                self.seen.add(memory.id)

    def _memory_of(self, key: str, title: str) -> Memory | None:
        found = self.by_key.get(key)
        if found is None and (other := self.by_title.get(folded(title))) and self._is_free(other, key):
            found = other
        if found is not None:
            self.seen.add(found.id)
        return found

    def _is_free(self, memory: Memory, key: str) -> bool:
        """Tell whether a draft may belong to a row of another key: its own row is nowhere in the file it came from."""
        is_other = self.options.is_part and key.startswith("key:") and memory.key.startswith("key:")
        return not (is_other or memory.id in self.seen or memory.key in self.keys)

    def _twin(self, number: int, key: str, title: str, memory: Memory | None) -> Problem | None:
        """Return the problem that a key or title is one of another row or id."""
        head = self.columns.head
        if key.startswith("key:") and (first := self.rows_of.get(key)):
            told = f"{key[4:]!r}, which is the key of row {first} too"
            return Problem(number, head("key"), told, "a key of its own", "Correct one of the two, or delete one row")
        if first := self.rows_of.get(f"title:{folded(title)}"):
            told = f"the title of row {first} again"
            remedy = "Delete one of the two rows, or tell them apart in the title"
            return Problem(number, head("title"), told, "one row a practice", remedy)
        owner = self.owner.get(folded(title))
        if owner is None or (memory is not None and owner == memory.id):
            return None
        where = f", imported from {self.memories[owner].origin}" if owner in self.memories else ""
        told = f"{shown(title)}, a title of {owner}{where}"
        remedy = f"Delete the row, or edit cases/{owner}.toml instead"
        return Problem(number, head("title"), told, "a practice that has no id yet", remedy)

    def _tell_alike(self, outcome: Outcome) -> None:
        if outcome.state == "unchanged":
            return
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        others = {name: title for name, title in self.titles.items() if name != outcome.case.id}
        found = process.extractOne(outcome.case.title.zh, others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found is not None:
            title, score, name = found
            self.notes.append(
                f"row {outcome.row}, {self.columns.head('title')}: {shown(outcome.case.title.zh)} is much like {name} "
                f"{shown(title)} ({score / 100:.2f}); retire one of them if they are one practice"
            )

    def _outcome(  # noqa: PLR0913  what is known of a row
        self, row: Row, case: Case, places: Sequence[FoundPlace], *, key: str, digest: str, memory: Memory | None
    ) -> Outcome | None:
        if memory is None:
            case = replace(case, id=self.ids.next(case.theme))
            self._write(row, case, places, key, digest)
            return Outcome(row.number, "new", case, tuple(places))
        case = replace(case, id=memory.id)
        held = read_bytes(self.folder, f"cases/{case.id}.toml")
        if digest == memory.row_digest:
            self._move(row, key, memory)
            return Outcome(row.number, "unchanged", case, tuple(places))
        if held is not None and _digest(held) != memory.record_digest:
            self.problems.append(
                Problem(
                    row.number,
                    "",
                    f"a row that changed, while cases/{case.id}.toml was edited since it was imported",
                    "a change in one of the two",
                    f"Write the change into cases/{case.id}.toml; it was left as it is",
                )
            )
            return None
        self._write(row, case, places, key, digest)
        return Outcome(row.number, "changed", case, tuple(places))

    def _write(self, row: Row, case: Case, places: Sequence[FoundPlace], key: str, digest: str) -> None:
        kind, _, name = key.partition(":")
        head = (
            f"Draft out of {self.options.origin}, the row with the {kind} {name!r}. Hold it against its source.",
            f"Once it is edited here, its row changes it no more. How its places were found: {MEMORY}/{case.id}.toml",
        )
        record = draft_text(case, head=head, beside=[place.told for place in places]).encode()
        memory = Memory(
            id=case.id,
            origin=self.options.origin,
            row=row.number,
            key=key,
            title=case.title.zh,
            row_digest=digest,
            record_digest=_digest(record),
            sheet=self.table.sheet,
        )
        self._change(f"cases/{case.id}.toml", record)
        self._change(f"{MEMORY}/{case.id}.toml", memory_text(memory, places).encode())

    def _move(self, row: Row, key: str, memory: Memory) -> None:
        """Note the row and key that an unchanged row has now."""
        path = f"{MEMORY}/{memory.id}.toml"
        held = read_bytes(self.folder, path)
        if held is None or (row.number, key) == (memory.row, memory.key) or self.options.is_part:
            return
        text = re.sub(r"^row = \d+$", f"row = {row.number}", held.decode(), count=1, flags=re.MULTILINE)
        text = re.sub(r"^key = .*$", lambda _: f"key = {toml_text(key)}", text, count=1, flags=re.MULTILINE)
        self._change(path, text.encode())

    def _change(self, path: str, new: bytes) -> None:
        old = read_bytes(self.folder, path)
        if old != new:
            self.changes.append(Change(path, new, old))

    def _ledger(self, new: Sequence[Case], changed: Sequence[Case]) -> Change:
        old = read_bytes(self.folder, LEDGER)
        text = (old or b"").decode("utf-8")
        titles = {case.id: case.title.zh for case in changed if case not in new}
        return Change(LEDGER, with_ledger(text, new=new, titles=titles).encode(), old)


class _RowCase:
    """One row as a case; it has no id yet."""

    def __init__(self, reader: RowReader, area: KnownArea, options: Options) -> None:
        self.reader, self.area, self.options = reader, area, options

    def read(self) -> tuple[Case, list[FoundPlace], list[str]] | None:
        """Return the case, its places and what is worth telling; None where there is a problem."""
        read = self.reader
        title = read.text("title", required=True)
        theme = read.choice("theme", self.area.theme_names)
        status = read.choice("status", names_of(STATUSES), default=Status.UNKNOWN.value)
        texts = {name: self._local(name) for name in ("summary", "problem", "mechanism", "reusable")}
        source = self._source(read.key)
        period = self._period()
        status_as_of = read.date("status_as_of")
        title_en = read.text("title_en")
        found = RowPlaces(read, self.area, self.options.datum)
        cities, places = found.read(title)
        if read.problems or title is None or theme is None:
            return None
        title = " ".join(title.split())
        case = Case(
            id="",
            theme=theme,
            cities=tuple(cities),
            membership=Membership.RELATED,
            title_status=TitleStatus.DESCRIPTIVE,
            status=Status(status or Status.UNKNOWN),
            last_checked=self.options.today,
            title=LocalText(title, title_en),
            summary=texts["summary"] or LocalText(title, title_en),
            period=period,
            places=tuple(one.place for one in places),
            sources=(source,),
            status_as_of=status_as_of,
            problem=texts["problem"],
            mechanism=texts["mechanism"],
            reusable=texts["reusable"],
        )
        return case, places, found.notes

    def _local(self, name: str) -> LocalText | None:
        text = self.reader.text(name)
        english = self.reader.text(f"{name}_en") if name == "summary" else None
        return LocalText(text, english) if text else None

    def _source(self, key: str) -> Source:
        read, origin = self.reader, self.options.origin
        title = read.text("source_title")
        assumed = Rating.VERIFIED_PROXY if title else Rating.RECALLED
        rating = read.choice("source_rating", names_of(RATINGS), default=assumed.value)
        url = read.text("source_url")
        if url is not None and not re.match(r"https?://\S+$", url):
            read.tell("source_url", shown(url), "a web address", "Write it whole, beginning with https://")
        unkeyed = word("Imported from {origin}", origin=origin)
        keyed = word("Imported from {origin}, key {key}", origin=origin, key=key.removeprefix("key:"))
        return Source(
            id="s1",
            title=title or origin,
            rating=Rating(rating or assumed),
            publisher=read.text("source_publisher"),
            date=read.date("source_date"),
            url=url,
            note=keyed if key.startswith("key:") else unkeyed,
        )

    def _period(self) -> Period:
        start, end = self.reader.date("start_date"), self.reader.date("end_date")
        if start and end and end[: len(start)] < start[: len(end)]:
            self.reader.tell("end_date", end, f"a date not before {start}, the start", "Correct one of the two")
        return Period(start, end)


class _Ids:
    """The next free ids: a letter for each theme, as most of its cases have it, and never a number again."""

    def __init__(self, area: KnownArea, ledger: Mapping[str, object]) -> None:
        self._last: dict[str, int] = {}
        for name in ledger:
            if CASE_ID.fullmatch(name):
                self._last[name[0]] = max(self._last.get(name[0], 0), int(name[1:]))
        counts = Counter((case.theme, case.id[0]) for case in area.records.cases)
        self._letters: dict[str, str] = {}
        for (theme, letter), _ in counts.most_common():
            self._letters.setdefault(theme, letter)
        self._order = [theme.id for theme in area.records.themes]

    def next(self, theme: str) -> str:
        """Return an id that nobody had.

        Raises:
            RecordError: The letter of the theme has no number left.
        """
        letter = self._letters.setdefault(theme, self._letter(theme))
        self._last[letter] = self._last.get(letter, 0) + 1
        if self._last[letter] > 9999:  # noqa: PLR2004  four digits
            raise RecordError(
                [f"theme {theme}: no id is left that begins with {letter}; expected at most {letter}9999"]
            )
        return f"{letter}{self._last[letter]:02}"

    def _letter(self, theme: str) -> str:
        """Return the letter at the place of the theme in their list, or the first that no theme has."""
        own = chr(ord("A") + self._order.index(theme) % 26)
        free = [chr(code) for code in range(ord("A"), ord("Z") + 1) if chr(code) not in self._letters.values()]
        return own if own in free or not free else free[0]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
