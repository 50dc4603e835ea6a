"""Parquet in parts: how it is divided, what is kept, what is refused."""

import os
import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import BatchError
from geo.gazetteer.batch.columns import ANSWER_COLUMNS
from geo.gazetteer.batch.parquet import Question, check_folder, is_written, parts_of, text_column, write_answers

QUESTION = Question("text", "these names")


def table_of(rows):
    return pa.table({"id": range(rows), "text": [f"德阳市{n}号" for n in range(rows)]})


@pytest.fixture
def source(tmp_path):
    """Two row groups, of 30 and of 10 rows."""
    path = tmp_path / "in.parquet"
    pq.write_table(table_of(40), path, row_group_size=30)
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def write(source, out, gazetteer):
    """Writes what is not written, and tells which parts that were."""

    def written(question=QUESTION):
        parts, _ = parts_of(source, out, most_rows=20)
        todo = [part for part in parts if not is_written(part, question)]
        before = {part: part.target.stat().st_mtime_ns if part.target.exists() else 0 for part in todo}
        for part in todo:
            write_answers(part, question, gazetteer)
        return [part.target.name for part in todo if part.target.stat().st_mtime_ns != before[part]]

    return written


ALL = ["in.00000.000000000.parquet", "in.00000.000000020.parquet", "in.00001.000000000.parquet"]


def test_a_row_group_with_many_rows_becomes_several_parts(source, out):
    parts, problems = parts_of(source, out, most_rows=20)
    assert [(part.row_group, part.first, part.rows) for part in parts] == [(0, 0, 20), (0, 20, 10), (1, 0, 10)]
    assert ([part.target.name for part in parts], problems) == (ALL, [])


def test_a_row_group_of_many_bytes_becomes_several_parts(source, out, monkeypatch):
    size = pq.read_metadata(source).row_group(0).total_byte_size
    monkeypatch.setattr("geo.gazetteer.batch.parquet._MOST_BYTES", size // 3)
    assert [part.rows for part in parts_of(source, out)[0]][:4] == [9, 9, 9, 3]


def test_parts_hold_every_row_with_its_answer(write, source, out):
    assert write() == ALL
    table = pq.read_table(out)
    assert table.column_names == ["id", "text", *ANSWER_COLUMNS]
    assert table.select(["id", "text"]).equals(pq.read_table(source))
    assert set(table["adcode"].to_pylist()) == {"510600"}
    assert pd.read_parquet(out)["adcode"].tolist() == ["510600"] * 40


def test_a_folder_is_read_with_the_folders_in_it(source, out, tmp_path):
    folder = tmp_path / "lists"
    (folder / "year=2025").mkdir(parents=True)
    shutil.copy(source, folder / "year=2025" / "b.parquet")
    shutil.copy(source, folder / "a.parquet")
    shutil.copy(source, folder / "_left.parquet")
    (folder / "notes.txt").touch()
    targets = [part.target.relative_to(out).as_posix() for part in parts_of(folder, out)[0]]
    assert targets == [
        *(f"a.0000{n}.000000000.parquet" for n in (0, 1)),
        *(f"year=2025/b.0000{n}.000000000.parquet" for n in (0, 1)),
    ]


def test_a_file_without_rows_has_a_part_with_its_columns(write, source, out):
    pq.write_table(table_of(0), source)
    write()
    table = pq.read_table(out)
    assert (table.num_rows, table.column_names[:3]) == (0, ["id", "text", "adcode"])


def test_a_column_of_the_name_of_an_answer_stays(write, source, out):
    pq.write_table(table_of(1).append_column("Name", [["mine"]]), source)
    write()
    table = pq.read_table(out)
    assert (table["Name"].to_pylist(), table["tongcheng_name"].to_pylist()) == (["mine"], ["德阳市"])


def test_what_is_written_is_not_written_again(write):
    assert (write(), write()) == (ALL, [])


def test_rows_that_are_the_same_in_another_file_are_not_answered_again(write, source):
    write()
    pq.write_table(pq.read_table(source), source, row_group_size=30, compression="zstd")
    os.utime(source, (1, 1))
    assert write() == []


def test_of_a_file_that_changed_the_parts_with_other_rows_are_answered_again(write, source, out):
    write()
    table = table_of(40).to_pydict()
    table["text"][25] = "简阳市"
    pq.write_table(pa.table(table), source, row_group_size=30)
    assert write() == ["in.00000.000000020.parquet"]
    assert pq.read_table(out)["adcode"].to_pylist()[25] == "510185"


@pytest.mark.parametrize("question", [Question("text", "other names"), Question("other", "these names")])
def test_another_question_is_answered_anew(write, source, question):
    pq.write_table(table_of(1).append_column("other", [["简阳市"]]), source)
    write()
    assert write(question) == ["in.00000.000000000.parquet"]


def test_a_part_that_is_damaged_is_written_anew(write, out):
    write()
    (out / ALL[1]).write_bytes(b"PAR1 and no more")
    assert write() == [ALL[1]]


@pytest.mark.parametrize(
    ("named", "columns", "found"),
    [
        (None, {"n": [1], "t": ["x"]}, "t"),
        (None, {"t": pa.array(["x"], pa.large_string())}, "t"),
        ("n", {"n": [1], "t": ["x"]}, "n"),
    ],
)
def test_the_only_column_of_texts_is_meant_where_none_is_named(source, out, named, columns, found):
    pq.write_table(pa.table(columns), source)
    assert text_column(parts_of(source, out)[0], named) == found


@pytest.mark.parametrize(("columns", "count"), [({"n": [1]}, 0), ({"a": ["x"], "b": ["y"]}, 2)])
def test_one_of_several_columns_is_to_be_named(source, out, columns, count):
    pq.write_table(pa.table(columns), source)
    with pytest.raises(BatchError, match=rf"in\.parquet: has {count} columns of texts; name one with --column: "):
        text_column(parts_of(source, out)[0], None)


def test_a_column_that_is_not_there_is_told(write):
    with pytest.raises(BatchError, match="has no column 'address'; it has id, text"):
        write(Question("address", "x"))


def test_a_folder_without_parquet_is_refused(tmp_path):
    with pytest.raises(BatchError, match=r"no \.parquet file; expected one, or a folder that holds some"):
        parts_of(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("target", ["in.parquet", "in.parquet/x"])
def test_answers_over_the_texts_are_refused(source, tmp_path, target):
    with pytest.raises(BatchError, match="the answers become a folder"):
        parts_of(source, tmp_path / target)


def test_a_folder_with_other_answers_is_refused(write, source, out):
    write()
    pq.write_table(table_of(5), source)
    with pytest.raises(BatchError, match=r"in\.00000\.000000020\.parquet: no part of what is asked now"):
        check_folder(out, parts_of(source, out, most_rows=30)[0])
