"""What every file says about itself, and how it is called: licence, attribution, source, datum, query, date."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_plus

from geo.datum import Datum
from geo.exports.collection import SOURCE, Collection
from geo.text import Lang, LocalText, word

NOTE = word(
    "Titles are ours; what is marked schematic was not surveyed. "
    "In China, maps made from it need review before they are published."
)
_LONGEST_QUERY = 48
_CUT_QUERY = 36


@dataclass(frozen=True)
class Fact:
    """One thing a file says about itself."""

    key: str
    title: LocalText
    value: str


def facts(collection: Collection) -> Sequence[Fact]:
    """Return everything a collection says about itself, in one order for all formats."""
    area = collection.area
    return [
        Fact("title", word("Title"), collection.title.in_both()),
        Fact("publisher", word("Publisher"), area.publisher.in_both("en")),
        Fact("licence", word("Licence"), area.licence.text),
        Fact("attribution", word("Attribution"), area.attribution or "–"),
        Fact("source", word("Source"), SOURCE),
        Fact("datum", word("Datum"), datum_text(collection.datum)),
        Fact("query", word("Query"), collection.query or "–"),
        *(
            [Fact("groups", word("How surely the conditions of place hold"), _groups(collection))]
            if collection.groups
            else []
        ),
        Fact("date", word("Date of the data"), collection.date or "–"),
        Fact("count", word("Rows"), str(len(collection.rows))),
        Fact("note", word("Note"), NOTE.in_both(by=" ")),
    ]


def _groups(collection: Collection) -> str:
    """Return the groups of matches with their numbers of cases, before any group is chosen."""
    return ", ".join(f"{group} {count}" for group, count in collection.groups.items())


def about_text(collection: Collection) -> str:
    """Return everything a collection says about itself, one line a fact."""
    return "\n".join(fact_text(fact) for fact in facts(collection))


def fact_text(fact: Fact) -> str:
    """Return one thing a file says about itself as a line."""
    return f"{fact.title.in_both(by=' ')}: {fact.value}"


def about_dict(collection: Collection) -> dict[str, str]:
    """Return everything a collection says about itself by key."""
    return {fact.key: fact.value for fact in facts(collection)}


def datum_text(datum: Datum) -> str:
    """Return the name of a datum, with a warning where it is not WGS-84."""
    if datum is Datum.WGS84:
        return "WGS-84 (EPSG:4326)"
    if datum is Datum.CGCS2000:
        return "CGCS2000 (EPSG:4490)"
    shifted = word("not WGS-84: shifted by several hundred metres")
    return f"{datum.label} ({shifted.in_both('en', by='; ')})"


def file_stem(collection: Collection) -> str:
    """Return a file name without its suffix, ASCII: what, query, date, and the datum where it is not WGS-84."""
    parts = [
        "tongcheng",
        collection.id.replace("_", "-"),
        "shapes" if collection.feature_type == "cases" and collection.kind != "point" else "",
        _short(collection.query),
        collection.date,
        "" if collection.datum is Datum.WGS84 else collection.datum.value,
    ]
    return "-".join(filter(None, parts))


def name_of(values: Mapping[str, object], lang: Lang = "zh") -> str:
    """Return how people call a row: its title or name; empty where it has none."""
    other: Lang = "en" if lang == "zh" else "zh"
    names = (values.get(f"{name}_{tongue}") for tongue in (lang, other) for name in ("title", "name"))
    return next((str(name) for name in names if name), "")


def _short(query: str) -> str:
    """Return a query as part of a file name; what is cut or cannot be spelled is told apart by its hash."""
    text = unquote_plus(query)
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")
    if text.isascii() and len(slug) <= _LONGEST_QUERY:
        return slug
    return f"{slug[:_CUT_QUERY].strip('-.')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".lstrip("-")
