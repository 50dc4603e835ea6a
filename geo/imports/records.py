"""Records as TOML: drafts written anew, and published ones edited so that comments and order of the rest remain."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, InlineTable

from geo.catalogue.id_records import ledger_line
from geo.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.case import Case, Place, Source
    from geo.text import LocalText

LEDGER = "ids/ledger.toml"


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
    return "\n".join([*lines, *([f"note = {_inline(source.note)}"] if source.note else [])])


def _keys(values: Mapping[str, str | None]) -> list[str]:
    return [f"{name} = {toml_text(value)}" for name, value in values.items() if value is not None]


def _local_lines(text: LocalText) -> str:
    return "\n".join(_keys({"zh": text.zh, "en": text.en}))


def _inline(text: LocalText) -> str:
    return f"{{ {', '.join(_keys({'zh': text.zh, 'en': text.en}))} }}"


def toml_text(text: str) -> str:
    """Return a basic string; every escape of JSON is one of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


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
