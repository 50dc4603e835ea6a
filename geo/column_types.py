"""COLUMN_TYPES: what each type of column is called by all that compute with it, store it and write it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnType:
    """One type, by the name that JSON Schema has for it.

    `dtype`: what pandas calls it in frames. `strict_dtype`: what it calls it where a comparison with an empty cell is
    neither true nor false; None where cells cannot be compared. `csvw`: what W3C calls it; `width`: how wide a column
    of a spreadsheet is, characters.
    """

    dtype: str
    strict_dtype: str | None
    csvw: str
    width: int


COLUMN_TYPES: Mapping[str, ColumnType] = {
    "string": ColumnType("string", "string[pyarrow]", "string", 24),
    "number": ColumnType("float64", "Float64", "double", 12),
    "integer": ColumnType("Int64", "Float64", "integer", 12),
    "boolean": ColumnType("boolean", "boolean", "boolean", 10),
    "array": ColumnType("object", None, "string", 24),
}
