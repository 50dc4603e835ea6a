"""SERVED: the collections of the API, each of one type of geometry; `footprints`, which mixes them, is for exports."""

from geo.catalogue.columns import MATCH_COLUMNS
from geo.errors import NotFoundError
from geo.exports.collection import has_matches
from geo.exports.tables import FOOTPRINT_TABLES, TABLES, Table, Tables
from geo.layers.spec import Column

CASE_TABLES = tuple(what for what in ("cases", *FOOTPRINT_TABLES) if what != "footprints")
LAYER_TABLES = tuple(what for what in TABLES if what not in {"cases", *FOOTPRINT_TABLES})
SERVED = (*CASE_TABLES, *LAYER_TABLES)


def schema_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns that features of a table may have; those of a match come with conditions of place."""
    return (*table.columns, *(MATCH_COLUMNS if has_matches(table.id) else ()))


def served_table(tables: Tables, what: str) -> Table:
    """Return the table of a collection.

    Raises:
        NotFoundError: The API has no such collection.
    """
    known = [name for name in SERVED if name in tables.ids]
    if what not in known:
        msg = f"no collection is called {what[:60]!r}; known are {', '.join(known)}"
        raise NotFoundError(msg)
    return tables.table(what)
