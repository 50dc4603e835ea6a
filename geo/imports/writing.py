"""What goes into a data folder: records as TOML, the memory of their rows, and all files of an import or none.

Drafts are written anew; published records and the ledger are edited, so that comments and order of the rest remain.

Changes are staged in a folder of its own inside the data folder, with the old files beside it. Only then are files put
into place, by renaming. What breaks off on the way is undone at once; what was killed is undone by the next import.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, InlineTable

from geo.catalogue.case_records import ledger_line
from geo.errors import RecordError, StoreError
from geo.files import folders_of
from geo.reading import parse_all
from geo.record import Record
from geo.text import toml_local, toml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geo.case import Case, Place, Source
    from geo.imports.places import FoundPlace
    from geo.sources import Sources
    from geo.text import LocalText

LEDGER = "ids/ledger.toml"
MEMORY = "imports"
_STAGE, _JOURNAL, _LOCK = ".tongcheng-import", "journal.json", "lock"


def draft_text(case: Case, *, head: Sequence[str], beside: Sequence[str]) -> str:
    """Return a case as the text of its file.

    Args:
        case: The record.
        head: Comment lines above everything.
        beside: One comment for each place.
    """
    texts = {name: getattr(case, name) for name in ("title", "summary", "problem", "mechanism", "reusable")}
    blocks = [
        "\n".join([*(f"# {line}" for line in head), *_scalars(case)]),
        *(f"[{name}]\n{_local_lines(text)}" for name, text in texts.items() if text is not None),
        "\n".join(["[period]", *_keys({"start_date": case.period.start_date, "end_date": case.period.end_date})]),
        *(_place(place, note) for place, note in zip(case.places, beside, strict=True)),
        *(_source(source) for source in case.sources),
    ]
    return "\n\n".join(blocks) + "\n"


def _scalars(case: Case) -> Iterator[str]:
    yield from _keys({"id": case.id, "theme": case.theme})
    yield f"cities = {json.dumps(list(case.cities))}"
    yield from _keys({name: getattr(case, name) for name in ("membership", "title_status", "status", "status_as_of")})
    yield from _keys({"last_checked": case.last_checked})


def _place(place: Place, note: str) -> str:
    lines = [f"# {note}", "[[places]]", *_keys({"mention": place.mention, "role": place.role, "county": place.county})]
    if place.point is not None:
        point = place.point
        lines.append(
            f"point = {{ lon = {point.lon}, lat = {point.lat}, datum = {toml_text(point.datum)}, "
            f"radius_m = {point.radius_m} }}"
        )
    return "\n".join(lines)


def _source(source: Source) -> str:
    names = ("id", "title", "publisher", "date", "url", "rating")
    lines = ["[[sources]]", *_keys({name: getattr(source, name) for name in names})]
    return "\n".join([*lines, *([f"note = {toml_local(source.note)}"] if source.note else [])])


def _keys(values: Mapping[str, str | None]) -> list[str]:
    return [f"{name} = {toml_text(value)}" for name, value in values.items() if value is not None]


def _local_lines(text: LocalText) -> str:
    return "\n".join(_keys({"zh": text.zh, "en": text.en}))


def with_ledger(text: str, *, new: Sequence[Case], titles: Mapping[str, str]) -> str:
    """Return the ledger with a line for each new case, and with one more title for ids that got one.

    Raises:
        RecordError: The ledger is not laid out so that this can be done.
    """
    try:
        if any(title not in tomllib.loads(text).get(name, {}).get("titles", ()) for name, title in titles.items()):
            text = _with_titles(text, titles)
        lines = text.splitlines()
        at = next((number for number, line in enumerate(lines) if line.startswith("[")), len(lines))
        lines[at:at] = [ledger_line(case) for case in new]
        grown = "\n".join(lines) + "\n"
        tomllib.loads(grown)
    except (TOMLKitError, tomllib.TOMLDecodeError, AttributeError, KeyError) as error:
        msg = f"data/{LEDGER}: cannot be added to ({error}); expected one line an id, as docs/data-model.md shows"
        raise RecordError([msg]) from error
    return grown


def _with_titles(text: str, titles: Mapping[str, str]) -> str:
    document = tomlkit.parse(text)
    for name, title in titles.items():
        listed = document[name]["titles"]
        if isinstance(listed, Array) and title not in listed:
            listed.append(title)
    return tomlkit.dumps(document)


def with_publication(text: str, *, title: str, source: Source) -> str:
    """Return a record as confirmed by the published list; other keys, their order and all comments remain.

    Args:
        text: The file.
        title: The title as published.
        source: Where the list stands; added where the record does not hold it yet.
    """
    document = tomlkit.parse(text)
    _set(document, "membership", "confirmed")
    _set(document, "title_status", "published")
    _set(document["title"], "zh", title)
    sources = document["sources"]
    if not any(_is_same(listed, source) for listed in sources):
        taken = {str(listed["id"]) for listed in sources}
        ids = (source.id, *(f"{source.id}-{number}" for number in range(2, len(taken) + 3)))
        added: InlineTable | tomlkit.items.Table = (
            tomlkit.inline_table() if isinstance(sources, Array) else tomlkit.table()
        )
        for name in ("id", "title", "publisher", "date", "url", "rating"):
            value = next(one for one in ids if one not in taken) if name == "id" else getattr(source, name)
            if value is not None:
                added.add(name, str(value))
        if not isinstance(sources, Array):
            _part_from_above(sources)
        sources.append(added)
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def _set(holder: object, name: str, value: str) -> None:
    """Change a value where it differs, so that how it was written remains where it does not."""
    if holder[name] != value:  # type: ignore[index]
        holder[name] = value  # type: ignore[index]


def _is_same(listed: Mapping[str, object], source: Source) -> bool:
    return (listed.get("title"), listed.get("date")) == (source.title, source.date)


def _part_from_above(tables: object) -> None:
    """Leave a blank line between the last source and the one that follows."""
    last = tables[-1]  # type: ignore[index]
    if not tomlkit.dumps(last).endswith("\n\n"):
        last.add(tomlkit.nl())


@dataclass(frozen=True)
class PlaceMemory(Record):
    """How a place of a draft was found."""

    mention: str
    found: str
    kind: str
    confidence: float
    reason: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class Memory(Record):
    """What is remembered of the row that a draft came from."""

    id: str
    origin: str
    row: int
    key: str
    title: str
    row_digest: str
    record_digest: str
    sheet: str | None = None
    place: tuple[PlaceMemory, ...] = ()


def read_memories(sources: Sources) -> dict[str, Memory]:
    """Return what earlier imports remember, by id.

    Raises:
        RecordError: Lists every problem of every memory.
    """
    problems: list[str] = []
    found = [
        one
        for path in sources.paths(MEMORY, "*.toml")
        for one in parse_all(Memory, [sources.toml(path)], where=f"data/{path}", problems=problems)
    ]
    if problems:
        raise RecordError(problems)
    return {one.id: one for one in found}


def memory_text(memory: Memory, places: Sequence[FoundPlace]) -> str:
    """Return a memory as the text of its file."""
    names = ("id", "origin", "sheet", "row", "key", "title", "row_digest", "record_digest")
    values = [(name, getattr(memory, name)) for name in names if getattr(memory, name) is not None]
    lines = [f"{name} = {value if isinstance(value, int) else toml_text(value)}" for name, value in values]
    return "\n".join(
        [
            "# The row of this draft and how its places were found; written by tongcheng import. Edit the case.",
            *lines,
            *(line for place in places for line in _place_lines(place)),
            "",
        ]
    )


def _place_lines(place: FoundPlace) -> list[str]:
    return [
        "",
        "[[place]]",
        f"mention = {toml_text(place.place.mention)}",
        f"found = {toml_text(place.name)}",
        f"kind = {toml_text(place.kind)}",
        f"confidence = {place.confidence}",
        f"reason = {toml_text(place.reason)}",
        f"alternatives = [{', '.join(map(toml_text, place.alternatives))}]",
    ]


@dataclass(frozen=True)
class Change:
    """What a file of the folder shall hold; `old` is what it held when that was decided, None where there was none."""

    path: str
    new: bytes
    old: bytes | None


def read_bytes(folder: Path, path: str) -> bytes | None:
    """Return what a file of the folder holds; None where there is none."""
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        return None


def write_changes(folder: Path, changes: Sequence[Change]) -> None:
    """Write all changes, or leave the folder as it was.

    Raises:
        StoreError: A file is not as it was when the change was decided, another import is writing, or the folder
            cannot be written.
    """
    if not changes:
        return
    try:
        with _locked(folder) as stage:
            _undo(folder, stage)
            _stage(folder, stage, changes)
            _apply(folder, stage, changes)
    except OSError as error:
        msg = f"{error.filename or folder}: cannot be written ({error.strerror}); nothing was changed in {folder}"
        raise StoreError(msg) from error


def undo_interrupted(folder: Path) -> bool:
    """Bring a folder back to how it was before an import that was killed; tell whether there was one.

    Raises:
        StoreError: Another import is writing now, or the folder cannot be written.
    """
    if not (folder / _STAGE).exists():
        return False
    try:
        with _locked(folder) as stage:
            return _undo(folder, stage)
    except OSError as error:
        msg = f"{error.filename or folder}: cannot be written ({error.strerror}); an import was interrupted there"
        raise StoreError(msg) from error


def interrupted_problems(folder: Path) -> list[str]:
    """Return a problem where an import that was killed left a folder, or one it stands on, half-written; only reads."""
    return [
        f"{one.called}: an import was killed there and left it half-written; run the import again, which first brings "
        "back what was there (with --dry-run it does only that)"
        for one in folders_of(folder)
        if (one.path / _STAGE / _JOURNAL).exists() and not _is_locked(one.path / _STAGE)
    ]


def _is_locked(stage: Path) -> bool:
    with (stage / _LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """Give the staging folder to one import alone; it is gone afterwards unless it is still needed to undo."""
    stage = folder / _STAGE
    stage.mkdir(exist_ok=True)
    with (stage / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = f"{folder}: another import is writing there; wait until it is done"
            raise StoreError(msg) from None
        try:
            yield stage
        finally:
            if not (stage / _JOURNAL).exists():
                shutil.rmtree(stage)


def _stage(folder: Path, stage: Path, changes: Sequence[Change]) -> None:
    for name in ("new", "old"):
        shutil.rmtree(stage / name, ignore_errors=True)
        (stage / name).mkdir()
    for number, change in enumerate(changes):
        if read_bytes(folder, change.path) != change.old:
            msg = f"{folder / change.path}: was changed while it was imported; nothing was written, import again"
            raise StoreError(msg)
        (stage / "new" / str(number)).write_bytes(change.new)
        if change.old is not None:
            (stage / "old" / str(number)).write_bytes(change.old)
    made = sorted({parent for change in changes if not (parent := (folder / change.path).parent).exists()})
    journal = {
        "paths": [change.path for change in changes],
        "folders": [str(path.relative_to(folder)) for path in made],
    }
    waiting = stage / "journal"
    waiting.write_text(json.dumps(journal), encoding="utf-8")
    waiting.replace(stage / _JOURNAL)


def _apply(folder: Path, stage: Path, changes: Sequence[Change]) -> None:
    try:
        for number, change in enumerate(changes):
            target = (folder / change.path).resolve()
            target.parent.mkdir(exist_ok=True)
            (stage / "new" / str(number)).replace(target)
    except BaseException:
        _undo(folder, stage)
        raise
    (stage / _JOURNAL).unlink()  # from here on the new state holds


def _undo(folder: Path, stage: Path) -> bool:
    """Put every old file back and take new ones away, as far as they were put into place."""
    if not (stage / _JOURNAL).exists():
        return False
    journal = json.loads((stage / _JOURNAL).read_text(encoding="utf-8"))
    for number, path in enumerate(journal["paths"]):
        target, old = (folder / path).resolve(), stage / "old" / str(number)
        if (stage / "new" / str(number)).exists():
            continue  # was not put into place
        if old.exists():
            shutil.copyfile(old, stage / "back")
            (stage / "back").replace(target)
        else:
            target.unlink(missing_ok=True)
    for name in reversed(journal["folders"]):
        if (folder / name).is_dir() and not os.listdir(folder / name):  # noqa: PTH208  whether it is empty
            (folder / name).rmdir()
    (stage / _JOURNAL).unlink()
    return True
