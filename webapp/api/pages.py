"""The API for people: each document as a page of links and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import render_template
from flask_babel import gettext

from geo.catalogue.columns import Value
from geo.exports.tables import Table
from geo.layers.spec import Column
from geo.text import Lang
from webapp.api.documents import address
from webapp.api.openapi import OpenApi
from webapp.api.schemas import Schema as JsonSchema
from webapp.api.wire import Collection, Link, Schema
from webapp.urls import Urls

_SHOWN = 7  # columns of a table of features
_NEVER_SHOWN = frozenset({"summary_zh", "summary_en", "reusable_zh", "reusable_en", "title_status", "geometry_role"})


@dataclass(frozen=True)
class Cell:
    """A text, perhaps with an address."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with a caption, column heads and rows."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class ApiPage:
    """One page of the API; `trail` leads to it, `links` lead away from it."""

    lang: Lang
    urls: Urls
    title: str
    trail: Sequence[Cell]
    lead: str = ""
    grids: Sequence[Grid] = field(default_factory=tuple)
    links: Sequence[Link] = field(default_factory=tuple)


def show(page: ApiPage) -> bytes:
    """Return a page as HTML."""
    return render_template("api.html", page=page).encode()


def described(title: str, links: Sequence[Link], lang: Lang, *grids: Grid, lead: str = "") -> bytes:
    """Return a page of a document, with the links that lead away from it."""
    trail = [Cell(gettext("API"), address("landing", f="html"))]
    return show(ApiPage(lang, Urls(lang), title, trail, lead, grids, links))


def in_collection(
    table: Table, title: str, lang: Lang, *grids: Grid, links: Sequence[Link] = (), lead: str = ""
) -> bytes:
    """Return a page that belongs to a collection."""
    trail = [
        Cell(gettext("API"), address("landing", f="html")),
        Cell(table.title.in_lang(lang), address("collection", what=table.id, f="html")),
    ]
    return show(ApiPage(lang, Urls(lang), title, trail, lead, grids, links))


def collections_grid(collections: Sequence[Collection]) -> Grid:
    """Return collections as a table."""
    rows = [
        [Cell(c["id"], address("collection", what=c["id"], f="html")), Cell(c["title"]), Cell(c["description"])]
        for c in collections
    ]
    return Grid(gettext("Collections"), ["id", gettext("Title"), gettext("Description")], rows)


def feature_grid(table: Table, positions: Sequence[int], names: Sequence[str] | None, lang: Lang) -> Grid:
    """Return features as a table: the first columns, or those that were asked for."""
    columns = [c for c in table.columns if c.name in names] if names else _chosen(table, lang)
    rows = []
    for position in positions:
        row = table.row(position)
        first = Cell(row.id, address("item", what=table.id, feature_id=row.id, f="html"))
        rows.append([first, *(Cell(shown(row.values[column.name])) for column in columns if column.name != "id")])
    heads = ["id", *(column.title.in_lang(lang) for column in columns if column.name != "id")]
    return Grid(table.title.in_lang(lang), heads, rows)


def values_grid(table: Table, position: int, names: Sequence[str] | None, lang: Lang) -> Grid:
    """Return one feature as a table of its properties."""
    row = table.row(position)
    rows = [
        [Cell(column.name), Cell(column.title.in_lang(lang)), Cell(shown(row.values[column.name]))]
        for column in table.columns
        if names is None or column.name in names
    ]
    return Grid(row.id, [gettext("Property"), gettext("Meaning"), gettext("Value")], rows)


def schema_grid(document: Schema) -> Grid:
    """Return the properties of a schema as a table."""
    rows = [
        [Cell(name), Cell(about["title"]), Cell(about.get("type") or about["format"])]
        for name, about in document["properties"].items()
    ]
    return Grid(document["title"], [gettext("Property"), gettext("Meaning"), gettext("Type")], rows)


def operations_grid(document: OpenApi) -> Grid:
    """Return what can be asked for as a table."""
    names = {f"#/components/parameters/{key}": one["name"] for key, one in document["components"]["parameters"].items()}
    rows = [
        [
            Cell(f"{method.upper()} {path}"),
            Cell(", ".join(names[parameter["$ref"]] for parameter in operation["parameters"])),
        ]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return Grid("HTTP", [gettext("Address"), gettext("Parameters")], rows)


def parameters_grid(document: OpenApi) -> Grid:
    """Return the parameters as a table."""
    parameters = {one["name"]: one for one in document["components"]["parameters"].values() if one["in"] == "query"}
    rows = [
        [Cell(name), Cell(about["description"]), Cell(_type(about["schema"]))] for name, about in parameters.items()
    ]
    return Grid(gettext("Parameters"), [gettext("Parameter"), gettext("Meaning"), gettext("Type")], rows)


def shown(value: Value) -> str:
    """Return a value as people read it."""
    if value is None:
        return "–"
    return "、".join(value) if isinstance(value, list) else str(value)


def _chosen(table: Table, lang: Lang) -> Sequence[Column]:
    """Return the first columns that people read, of those that come in both languages one."""
    names = {column.name for column in table.columns}
    other = "_en" if lang == "zh" else "_zh"
    has_own = {name for name in names if name.endswith(other) and name[:-3] + f"_{lang}" in names}
    codes = {name for name in names if f"{name}_zh" in names}
    hidden = _NEVER_SHOWN | has_own | codes
    return [column for column in table.columns if column.name not in hidden][:_SHOWN]


def _type(schema: JsonSchema) -> str:
    kind, choices = str(schema["type"]), schema.get("enum")
    return f"{kind} ({', '.join(choices)})" if isinstance(choices, list) and len(choices) <= _SHOWN else kind
