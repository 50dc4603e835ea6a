"""Parquet in parts: a row group, or a piece of one, is read, answered and written as one file, once.

Every file that is written says in its metadata what it was made from, so that a later run keeps it where that is still
so: the file by its size and time, else the rows themselves; the column; and the names and rules that answered.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import BatchError
from geo.files import write_atomically
from geo.gazetteer.batch.arrived import texts_of
from geo.gazetteer.batch.columns import answer_texts, names_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.gazetteer.gazetteer import Gazetteer

_MOST_ROWS = 100_000  # of a part: some seconds of work, which is what a lost worker costs
_MOST_BYTES = 64_000_000  # of a part; memory takes a few times as much
_ROWS_AT_ONCE = 10_000
_SUFFIX = ".parquet"
_KEY = b"tongcheng"
UNREADABLE = (pa.ArrowException, OSError, ValueError)  # what a damaged file makes Arrow raise
Origin = dict[str, Any]  # JSON


@dataclass(frozen=True)
class Part:
    """Rows `first` to `first + rows` of a row group, and the file that they are written to with their answers.

    `name` is what the input calls the file that they stand in.
    """

    file: Path
    name: str
    row_group: int
    first: int
    rows: int
    target: Path

    def __str__(self) -> str:
        """Return how to speak of it."""
        return f"{self.name}, row group {self.row_group}, from row {self.first}"


@dataclass(frozen=True)
class Question:
    """Which column is asked for, and by what: a hash of the names and rules that answer."""

    column: str
    by: str


def parts_of(source: Path, target: Path, *, most_rows: int = _MOST_ROWS) -> tuple[list[Part], list[str]]:
    """Return the parts of a Parquet file, or of all in a folder, and one sentence for each file that cannot be read.

    Raises:
        BatchError: There is no Parquet file, or the folder of the answers is a file, or lies in that of the texts.
    """
    parts, problems = list[Part](), list[str]()
    for file in _files(source, target):
        name = file.relative_to(source if source.is_dir() else source.parent).as_posix()
        try:
            parts += _parts_of(file, name, target, most_rows)
        except UNREADABLE as error:
            problems.append(f"{name}: cannot be read ({error})")
    return parts, problems


def _files(source: Path, target: Path) -> Sequence[Path]:
    found = sorted(source.rglob(f"*{_SUFFIX}")) if source.is_dir() else [source]
    files = [file for file in found if file.is_file() and not file.name.startswith((".", "_"))]
    if not files:
        msg = f"{source}: no {_SUFFIX} file; expected one, or a folder that holds some"
        raise BatchError(msg)
    if target.is_file() or target.resolve().is_relative_to(source.resolve()):
        msg = f"{target}: the answers become a folder, which cannot be a file or lie in {source}; name another one"
        raise BatchError(msg)
    return files


def _parts_of(file: Path, name: str, target: Path, most_rows: int) -> Iterator[Part]:
    """Yield the parts of a file; one without rows has one, so that its columns are written."""
    metadata = pq.read_metadata(file)
    for row_group in range(max(1, metadata.num_row_groups)):
        rows, size = (0, 0) if metadata.num_rows == 0 else _extent(metadata.row_group(row_group))
        step = max(1, min(most_rows, rows * _MOST_BYTES // max(size, 1)))
        for first in range(0, max(1, rows), step):
            written = target / Path(name).with_suffix(f".{row_group:05}.{first:09}{_SUFFIX}")
            yield Part(file, name, row_group, first, min(step, rows - first), written)


def _extent(row_group: pq.RowGroupMetaData) -> tuple[int, int]:
    return row_group.num_rows, row_group.total_byte_size


def text_column(parts: Sequence[Part], named: str | None) -> str:
    """Return the column of the texts: the one that is named, else the only one of texts in the first file.

    Raises:
        BatchError: There are several, or none.
    """
    if named is not None:
        return named
    schema = pq.read_schema(parts[0].file)
    found = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    if len(found) != 1:
        msg = f"{parts[0].name}: has {len(found)} columns of texts; name one with --column: {', '.join(schema.names)}"
        raise BatchError(msg)
    return str(found[0])


def check_folder(target: Path, parts: Sequence[Part]) -> None:
    """Refuse a folder for answers that holds those to other texts.

    Raises:
        BatchError: A Parquet file there is none of the parts; names the first.
    """
    others = sorted(set(target.rglob(f"*{_SUFFIX}")) - {part.target for part in parts})
    if others:
        msg = f"{others[0]}: no part of what is asked now; name another folder, or remove that file"
        raise BatchError(msg)


def is_written(part: Part, question: Question) -> bool:
    """Tell whether the answers to a part lie there, and its file did not change since."""
    before = _origin_of(part.target)
    return {**before, "rows": None} == _origin(part, question, rows=None) if before else False


def write_answers(part: Part, question: Question, gazetteer: Gazetteer) -> None:
    """Answer a part and write it: its columns, then those of the answers; the same rows are not answered again.

    Raises:
        BatchError: There is no such column, or it holds no texts.
        OSError: Something cannot be read or written.
        ValueError: The rows are damaged; that is what Arrow raises.
    """
    table = _rows_of(part)
    origin = _origin(part, question, rows=_digest(table))
    if (_origin_of(part.target) or {}).items() >= {name: origin[name] for name in _LASTING}.items():
        return
    answers = answer_texts(gazetteer, texts_of(_column(table, question.column)))
    for name, column in zip(names_beside(table.column_names), answers.columns, strict=True):
        table = table.append_column(name, column)
    part.target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(part.target, _parquet(table, origin))


def sweep(parts: Sequence[Part]) -> None:
    """Remove what writers that were lost left of parts."""
    for part in parts:
        for left in part.target.parent.glob(f".{part.target.name}-*"):
            left.unlink(missing_ok=True)


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in table.column_names:
        msg = f"has no column {name!r}; it has {', '.join(table.column_names)}"
        raise BatchError(msg)
    return table[name]


def _rows_of(part: Part) -> pa.Table:
    """Read the rows of a part, batch by batch: those before it are let go."""
    with pq.ParquetFile(part.file) as file:
        if part.rows == 0:
            return file.schema_arrow.empty_table()
        found, before, end = list[pa.RecordBatch](), 0, part.first + part.rows
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, row_groups=[part.row_group]):
            start, stop = max(part.first - before, 0), min(end - before, len(batch))
            before += len(batch)
            found += [batch.slice(start, stop - start)] if start < stop else []
            if before >= end:
                break
        return pa.Table.from_batches(found, schema=file.schema_arrow)


_LASTING = ("file", "row_group", "first", "column", "by", "rows")  # what is still so where a file was only copied


def _origin(part: Part, question: Question, *, rows: str | None) -> Origin:
    """Return what the answers to a part are made from; `rows` is a hash of them."""
    about = part.file.stat()
    return {
        "file": part.name,
        "size": about.st_size,
        "time": about.st_mtime_ns,
        "row_group": part.row_group,
        "first": part.first,
        "count": part.rows,
        "column": question.column,
        "by": question.by,
        "rows": rows,
    }


def _origin_of(written: Path) -> Origin | None:
    """Return what a file was made from; None where there is none, or one of another program."""
    try:
        found: Origin = json.loads((pq.read_schema(written).metadata or {})[_KEY])
    except (*UNREADABLE, KeyError):
        return None
    return found


def _digest(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()


def _parquet(table: pa.Table, origin: Origin) -> bytes:
    sink = pa.BufferOutputStream()
    about = {**(table.schema.metadata or {}), _KEY: json.dumps(origin).encode()}
    pq.write_table(table.replace_schema_metadata(about), sink)
    return bytes(sink.getvalue())
