"""The best answer to a text as one row: what frames, tables, CSV, XLSX and Parquet hold of it.

Degrees are WGS-84. A text that names nothing has no `adcode` and an empty `adcodes`; where there was no text, every
column is empty, `adcodes` too. Of a place that stays undecided only what is known stands there, and why in `reason`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from geo.gazetteer.documents import best_location, geocode_document
from geo.text import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    import pyarrow as pa

    from geo.case import Location
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.text import LocalText


Row = dict[str, object]  # cells by the names of columns


@dataclass(frozen=True)
class AnswerColumn:
    """What a column holds: texts, numbers, true or false, or lists of texts."""

    kind: Literal["string", "number", "boolean", "array"]
    title: LocalText


ANSWER_COLUMNS: Mapping[str, AnswerColumn] = {
    "adcode": AnswerColumn("string", word("Code of the county of the best place; of its city where no more is known")),
    "adcodes": AnswerColumn("array", word("Codes of all counties and cities that the text speaks of")),
    "lon": AnswerColumn("number", word("Longitude of the best place, degrees, WGS-84")),
    "lat": AnswerColumn("number", word("Latitude of the best place, degrees, WGS-84")),
    "name": AnswerColumn("string", word("Name of the best place")),
    "kind": AnswerColumn("string", word("Kind of the best place; ambiguous where it stays undecided")),
    "match_type": AnswerColumn(
        "string",
        word(
            "How the text names the best place: full, alias, former, village, short, latin, abbreviation, typo,"
            " outdated, ambiguous"
        ),
    ),
    "confidence": AnswerColumn("number", word("How surely the text means the best place, 0 to 1")),
    "precision": AnswerColumn("string", word("How finely the best place is known")),
    "radius_m": AnswerColumn("number", word("Radius of uncertainty of the point, metres")),
    "reason": AnswerColumn("string", word("What decided for the best place")),
}
NO_TEXT: Row = dict.fromkeys(ANSWER_COLUMNS)


def answer_row(locations: Sequence[Location]) -> Row:
    """Return ANSWER_COLUMNS of what `Gazetteer.locate` found; where all places stay undecided, the first of them."""
    document = geocode_document(locations)
    best = best_location(locations) or next(iter(locations), None)
    found: Row = {
        **NO_TEXT,
        "adcode": document["adcode"],
        "adcodes": document["adcodes"],
        "lon": document["lon"],
        "lat": document["lat"],
    }
    return found if best is None else _with_place(found, best)


def _with_place(row: Row, best: Location) -> Row:
    """Return a row that tells of a place; one without a point has no radius."""
    return {
        **row,
        "name": best.name,
        "kind": best.kind,
        "match_type": best.match_type,
        "confidence": best.confidence,
        "precision": best.precision.value,
        "radius_m": None if math.isnan(best.lon) else best.radius_m,
        "reason": best.reason,
    }


def answer_texts(gazetteer: Gazetteer, texts: Sequence[str | None]) -> pa.Table:
    """Return the best answers to texts as an Arrow table, one row a text."""
    return answer_table([NO_TEXT if text is None else answer_row(gazetteer.locate(text)) for text in texts])


def answer_table(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Return rows, each of ANSWER_COLUMNS, as an Arrow table with `answer_schema`."""
    import pyarrow as pa  # noqa: PLC0415  heavy: only for tables

    schema = answer_schema()
    columns = [pa.array([row[name] for row in rows], type=schema.field(name).type) for name in ANSWER_COLUMNS]
    return pa.Table.from_arrays(columns, schema=schema)


def answer_schema() -> pa.Schema:
    """Return the Arrow types of ANSWER_COLUMNS: string, double, list of string; every column may be empty."""
    import pyarrow as pa  # noqa: PLC0415  heavy: only for tables

    types = {"string": pa.string(), "number": pa.float64(), "array": pa.list_(pa.string())}
    return pa.schema([(name, types[column.kind]) for name, column in ANSWER_COLUMNS.items()])


def answer_frame(table: pa.Table, index: pd.Index[Any]) -> pd.DataFrame:
    """Return a table of answers as a frame with an index; lists are lists."""
    import pandas as pd  # noqa: PLC0415  heavy: only for frames

    from geo.layers.spec import COLUMN_TYPES  # noqa: PLC0415

    return pd.DataFrame(
        {
            name: pd.Series(table[name].to_pylist(), index=index, dtype=COLUMN_TYPES[column.kind].dtype)
            for name, column in ANSWER_COLUMNS.items()
        }
    )


def names_beside(sent: Sequence[str], names: Iterable[str] = tuple(ANSWER_COLUMNS)) -> list[str]:
    """Return how columns of answers are called beside those that were sent: one gives way to a column of its name."""
    taken = {name.strip().casefold() for name in sent}
    return [_free(name, taken) for name in names]


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else _free(f"tongcheng_{name}", taken)
