"""tongcheng geocode and reverse in the hands of others: encodings, tables in and out, pipes, full disks."""

import csv
import errno
import io
import json
import os
import resource
import signal
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import answers, sheets
from geo.cli.main import tongcheng
from geo.cli.tables import csv_table
from geo.errors import SourceError, StoreError
from geo.files import DATA_VARIABLE

PROGRAM = (sys.executable, "-c", "from geo.cli.main import main; main()")


@pytest.fixture
def run(catalogue_file):
    def invoke(command, *args, sent=b""):
        args = [command, "--catalogue", str(catalogue_file), *map(str, args)]
        return CliRunner().invoke(tongcheng, args, input=sent)

    return invoke


@pytest.fixture
def start(catalogue_file, checkout, monkeypatch):
    """A program of its own, as others start it."""
    begun = []
    monkeypatch.setenv(DATA_VARIABLE, str(checkout / "data"))
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # Python itself would write at once

    def begin(command, *args, **streams):
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        process = subprocess.Popen([*PROGRAM, command, "--catalogue", str(catalogue_file), *map(str, args)], **streams)
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def ask(process, line):
    process.stdin.write(line)
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def adcodes(result):
    return [json.loads(line).get("adcode") for line in result.stdout.splitlines()]


def written(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


# --- programs that write one line and wait, and what ends badly


def test_a_program_that_writes_one_line_and_waits_gets_its_answer(start):
    process = start("geocode")
    assert ask(process, "德阳市\n".encode())["adcode"] == "510600"
    assert ask(process, "简阳市\r\n".encode())["adcode"] == "510185"
    assert process.communicate() == (b"", b"")


def test_such_a_program_may_write_gbk_or_coordinates(start):
    assert ask(start("geocode"), "德阳市\n".encode("gbk"))["adcode"] == "510600"
    assert ask(start("reverse"), b"104.39\t31.13\n")["county"]["id"] == "510603"


def test_a_reader_that_has_enough_ends_the_command_in_silence(start, tmp_path):
    process = start("geocode", written(tmp_path / "x.txt", "德阳市\n" * 5000))
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141


def test_a_file_that_may_grow_no_more_is_told_though_python_writes_without_a_buffer(start, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    most = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (100, 100))
    with (tmp_path / "out").open("wb") as out:
        process = start("geocode", stdout=out, preexec_fn=most)
        told = process.communicate("德阳市\n".encode())[1].decode()
    assert process.returncode == 1
    assert "cannot be written (File too large)" in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize("lines", [1, 5000])
def test_a_full_disk_is_told_in_one_sentence(start, tmp_path, lines):
    with Path("/dev/full").open("wb") as full:
        process = start("geocode", written(tmp_path / "x.txt", "德阳市\n" * lines), stdout=full)
        told = process.communicate()[1].decode()
    assert process.returncode == 1
    assert told == (
        "tongcheng: standard output: cannot be written (No space left on device); "
        "what was written until then is not whole\n"
    )


def test_ctrl_c_is_told_in_one_sentence(start):
    process = start("geocode")
    ask(process, "德阳市\n".encode())
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1].decode() == "tongcheng: stopped by Ctrl-C; no file was left half-written\n"
    assert process.returncode == 130


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell does")
@pytest.mark.parametrize(("command", "told"), [("<&-", "standard input: is closed"), (">&-", "output: is closed")])
def test_a_closed_stream_is_told(catalogue_file, command, told):
    line = f'echo x | "$0" -c "$1" geocode --catalogue "$2" {command}'
    done = subprocess.run(
        ["sh", "-c", line, *PROGRAM[::2], catalogue_file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


class Failing:
    """A table that cannot be written to its end."""

    def __init__(self, file, _heads, *, error):
        file.write(b"half")
        self.error = error

    def append(self, _cells):
        pass

    def close(self):
        raise self.error


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_of_a_table_that_cannot_be_finished(run, tmp_path, monkeypatch, error):
    monkeypatch.setitem(answers._SHEETS, ".csv", lambda file, heads: Failing(file, heads, error=error))
    result = run("geocode", "--out", tmp_path / "out.csv", sent="德阳市\n".encode())
    told = f"{result.stderr}{result.exception}"
    assert "(No space left on device); choose another" in told or "stopped by Ctrl-C" in told
    assert list(tmp_path.iterdir()) == []


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_a_list_is_read_in_the_encoding_it_is_in(run, tmp_path, encoding):
    path = written(tmp_path / "x.txt", "仁寿县视高街道\n德阳市\n", encoding)
    assert adcodes(run("geocode", path)) == ["511421", "510600"]


def test_what_was_found_is_told_where_it_may_be_wrong(run):
    result = run("geocode", sent="雙流縣華陽鎮\n".encode("big5"))
    assert adcodes(result) == ["510116"]
    assert result.stderr == "note: standard input: read as Big5; where that is wrong, name the --encoding\n"


def test_an_encoding_may_be_said(run):
    assert adcodes(run("geocode", "--encoding", "shift_jis", sent="成都市\n".encode("shift_jis"))) == ["510100"]


def test_an_encoding_that_is_none_is_refused(run):
    result = run("geocode", "--encoding", "foo")
    assert (result.exit_code, "--encoding foo: is none" in result.stderr) == (2, True)


def test_what_is_no_text_is_refused_in_one_sentence(run, tmp_path):
    result = run("geocode", written(tmp_path / "x.bin", bytes(range(256)) * 20))
    assert isinstance(result.exception, SourceError)
    assert str(result.exception).startswith(f"{tmp_path / 'x.bin'}: is no text in UTF-8, UTF-16")


def test_any_line_gets_one_answer(run):
    sent = "\n \n\0\n德阳\u200b市\n".encode() + b"\xed\xa0\x80\n" + "德阳市".encode() + b" " * 200_000 + b"\n"
    assert len(run("geocode", sent=sent).stdout.splitlines()) == 6


# --- tables in


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.txt"])
def test_the_separator_of_a_table_is_seen(run, tmp_path, separator, name):
    path = written(tmp_path / name, f"编号{separator}地址\n1{separator}德阳市\n", "utf-8-sig")
    assert adcodes(run("geocode", "--column", "地址", path)) == ["510600"]


def test_a_separator_may_be_stated_in_the_first_line(run, tmp_path):
    assert adcodes(run("geocode", "--column", "b", written(tmp_path / "x.csv", "sep=;\na;b\n,;德阳市\n"))) == ["510600"]


@pytest.mark.parametrize("head", [" 地址 ", "\ufeff地址", '"地址"', "地 址"])
def test_a_column_is_found_by_its_name_with_blanks_and_marks_around(run, tmp_path, head):
    assert adcodes(run("geocode", "--column", "地址", written(tmp_path / "x.csv", f"{head},b\n德阳市,1\n"))) == [
        "510600"
    ]


def test_the_column_that_is_written_so_goes_first(run, tmp_path):
    path = written(tmp_path / "x.csv", "Address,address\n德阳市,资阳市\n")
    assert adcodes(run("geocode", "--column", "address", path)) == ["512000"]


def test_a_table_may_come_through_a_pipe(run):
    assert adcodes(run("geocode", "--column", "b", sent="a;b\n1;德阳市\n".encode())) == ["510600"]


def test_a_cell_may_hold_lines(run):
    assert adcodes(run("geocode", "--column", "b", sent='a,b\n1,"仁寿县\n视高街道"\n2,德阳市\n'.encode())) == [
        "511421",
        "510600",
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2,资阳市,锦江区", "a row of 3 cells arrived, the header has 2; quote cells that hold ','"),
        ("2", "a row of 1 cells arrived; the column that is asked for is number 2"),
        ('2,"资阳市', "a row with a quote that is not closed arrived"),
    ],
)
def test_a_ragged_row_is_told_and_loses_no_other(run, row, told):
    result = run("geocode", "--column", "b", sent=f'a,b\n1,德阳市\n{row}\n3,"简阳市"\n4,德阳市\n'.encode())
    first, ragged, *others = map(json.loads, result.stdout.splitlines())
    assert told in ragged["error"]
    assert [answer["adcode"] for answer in (first, *others)] == ["510600", "510185", "510600"]


@pytest.mark.parametrize("row", ['2,"资阳市" ', '2,资阳"市"', "2,资阳市,,", '"2",资阳市'])
def test_a_row_that_is_only_untidy_is_answered(run, row):
    assert adcodes(run("geocode", "--column", "b", sent=f"a,b\n{row}\n3,德阳市\n".encode())) == ["512000", "510600"]


def test_an_empty_line_of_a_table_gets_an_empty_answer(run):
    assert adcodes(run("geocode", "--column", "b", sent="a,b\n1,德阳市\n\n3,德阳市\n".encode())) == [
        "510600",
        None,
        "510600",
    ]


cells = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_every_csv_reads_back(rows, separator):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([("甲", "乙"), *rows])
    table = csv_table(iter(text.getvalue().removesuffix("\n").split("\n")), {"甲"}.__contains__)
    assert table.heads == ("甲", "乙")
    assert [record.cells for record in table.records] == rows


@given(st.lists(st.text(st.sampled_from('a,;"\t 德'), max_size=8), max_size=8))
def test_whatever_stands_before_it_a_good_row_is_not_lost(lines):
    table = csv_table(iter(["甲,乙", *lines, *(["1,x"] * 101), '2,"y"']), {"甲"}.__contains__)
    assert list(table.records)[-1] == (("2", "y"), None)


def test_a_quote_that_is_closed_by_chance_far_below_swallows_no_row():
    table = csv_table(iter(["甲,乙", '1,"x', *(["2,y"] * 150), '3,z"']), {"甲"}.__contains__)
    ragged, *others = table.records
    assert "a quote that is not closed" in ragged.problem
    assert [record.cells for record in others] == [*([("2", "y")] * 150), ("3", 'z"')]


def test_a_workbook_is_read_from_the_sheet_with_the_column(run, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["about"])
    sheet = book.create_sheet()
    for row in (["编号", "地址"], [1, "德阳市"], [None, None], [3, 510600], [None, " "]):
        sheet.append(row)
    sheet["D2000"].font = openpyxl.styles.Font(bold=True)  # rows that are only formatted hold nothing
    book.save(tmp_path / "x.xlsx")
    assert adcodes(run("geocode", "--column", "地址", tmp_path / "x.xlsx")) == ["510600", None, None, None]


@pytest.mark.parametrize("name", ["x.xlsx", "x.parquet"])
def test_a_table_that_is_no_text_needs_a_column(run, tmp_path, name):
    frame = pd.DataFrame({"编号": [1], "地址": ["德阳市"]})
    frame.to_excel(tmp_path / name, index=False) if name == "x.xlsx" else frame.to_parquet(tmp_path / name)
    assert "name the column of the texts with --column: it has 编号, 地址" in run("geocode", tmp_path / name).stderr
    assert adcodes(run("geocode", "--column", "地址", tmp_path / name)) == ["510600"]


# --- tables out

TABLE = '编号,lon,地址\n007,1,德阳市\n8,2,没有地方\n9,3,=1+1\n10,-4,"仁寿县\n视高街道"\n11,5,a,b\n'
COLUMNS = ["adcode", "adcodes", "tongcheng_lon", "lat", "name", "kind", "match_type", "confidence", "precision"]
COLUMNS += ["radius_m", "reason", "error"]


@pytest.mark.parametrize("name", ["x.csv", "x.tsv"])
def test_answers_stand_beside_what_was_sent(run, tmp_path, name):
    out = tmp_path / name
    assert run("geocode", "--column", "地址", "--out", out, sent=TABLE.encode()).stdout == ""
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""), delimiter=",\t"[name == "x.tsv"]))
    assert list(rows[0]) == ["编号", "lon", "地址", *COLUMNS]
    assert [row["adcode"] for row in rows] == ["510600", "", "", "511421", ""]
    assert [row["编号"] for row in rows] == ["007", "8", "9", "10", "11"]
    assert rows[2]["地址"] == "'=1+1"
    assert (rows[3]["lon"], rows[3]["地址"]) == ("-4", "仁寿县\n视高街道")
    assert rows[4]["地址"] == "a,b"
    assert "a row of 4 cells arrived" in rows[4]["error"]


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(run, tmp_path):
    run("geocode", "--column", "地址", "--out", tmp_path / "x.xlsx", sent=TABLE.encode())
    head, *rows = openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows()
    assert [cell.value for cell in head] == ["编号", "lon", "地址", *COLUMNS]
    assert [row[0].value for row in rows] == ["007", "8", "9", "10", "11"]
    assert (rows[2][2].value, rows[2][2].data_type, rows[2][2].quotePrefix) == ("=1+1", "s", True)
    assert (rows[0][3].value, rows[0][6].data_type) == ("510600", "n")


def test_a_workbook_keeps_the_types_of_its_cells(run, tmp_path):
    frame = pd.DataFrame({"地址": ["德阳市"], "数": [1.5], "日": [pd.Timestamp("2024-05-06")], "号": [10**17 + 1]})
    frame.to_excel(tmp_path / "in.xlsx", index=False)
    run("geocode", "--column", "地址", "--out", tmp_path / "x.xlsx", tmp_path / "in.xlsx")
    row = pd.read_excel(tmp_path / "x.xlsx").iloc[0]
    assert (row["数"], row["日"]) == (1.5, pd.Timestamp("2024-05-06"))


def test_parquet_keeps_the_types_of_what_was_sent(run, tmp_path):
    sent = pa.table(
        {
            "编号": pa.array([10**17 + 1, None], pa.int64()),
            "day": pa.array([date(2024, 5, 6), None]),
            "tags": pa.array([["a"], None]),
            "地址": ["德阳市", None],
        }
    )
    pq.write_table(sent, tmp_path / "in.parquet")
    run("geocode", "--column", "地址", "--out", tmp_path / "x.parquet", tmp_path / "in.parquet")
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.select(sent.column_names).equals(sent)
    assert found["adcodes"].to_pylist() == [["510600"], None]


def test_parquet_of_a_text_holds_texts(run, tmp_path):
    run("geocode", "--column", "地址", "--out", tmp_path / "x.parquet", sent=TABLE.encode())
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.column_names == ["编号", "lon", "地址", *COLUMNS]
    assert found["编号"].to_pylist() == ["007", "8", "9", "10", "11"]
    assert found["confidence"].type == pa.float64()


def test_columns_that_are_called_alike_are_told_apart_in_parquet(run, tmp_path):
    sent = "地址,地址,地址_2,,\n德阳市,甲,乙,丙,丁\n".encode()
    run("geocode", "--column", "地址", "--out", tmp_path / "x.parquet", sent=sent)
    found = pq.read_table(tmp_path / "x.parquet")
    assert found.column_names[:5] == ["地址", "地址_3", "地址_2", "", "_2"]
    assert [found[name].to_pylist() for name in found.column_names[:6]] == [
        ["德阳市"], ["甲"], ["乙"], ["丙"], ["丁"], ["510600"]
    ]  # fmt: skip


def test_a_column_of_bytes_holds_texts(run, tmp_path):
    pq.write_table(pa.table({"地址": ["德阳市".encode(), None]}), tmp_path / "in.parquet")
    assert adcodes(run("geocode", "--column", "地址", tmp_path / "in.parquet")) == ["510600", None]
    run("geocode", "--column", "地址", "--out", tmp_path / "x.csv", tmp_path / "in.parquet")
    assert rows_of(tmp_path / "x.csv")[0]["地址"] == "德阳市"


def test_lines_become_a_column(run, tmp_path):
    run("geocode", "--out", tmp_path / "x.csv", sent="德阳市\n\n".encode())
    assert [(row["text"], row["adcode"]) for row in rows_of(tmp_path / "x.csv")] == [("德阳市", "510600"), ("", "")]


def test_json_lines_are_those_of_standard_output(run, tmp_path):
    run("geocode", "--out", tmp_path / "x.jsonl", sent="德阳市\n\n".encode())
    assert (tmp_path / "x.jsonl").read_bytes() == run("geocode", sent="德阳市\n\n".encode()).stdout_bytes


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.parquet", "x.jsonl"])
def test_of_nothing_a_table_without_rows_is_written(run, tmp_path, name):
    assert run("geocode", "--out", tmp_path / name).exit_code == 0
    assert (tmp_path / name).exists()


def test_more_rows_than_a_sheet_holds_are_told(run, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "_MOST_ROWS", 3)
    result = run("geocode", "--out", tmp_path / "x.xlsx", sent=b"a\nb\nc\n")
    assert "more than 2 rows, the most that .xlsx holds; choose a .csv or .parquet" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_file_that_is_read_is_never_written(run, tmp_path):
    path = written(tmp_path / "x.csv", TABLE)
    (tmp_path / "y.csv").symlink_to(path)
    result = run("geocode", "--column", "地址", "--out", tmp_path / "y.csv", path)
    assert isinstance(result.exception, StoreError)
    assert "is the file that is read; choose another" in str(result.exception)
    assert path.read_text(encoding="utf-8") == TABLE


def test_a_file_of_another_kind_is_not_written(run, tmp_path):
    result = run("geocode", "--out", tmp_path / "x.doc")
    assert (result.exit_code, "ends in .csv, .tsv, .xlsx, .parquet, .jsonl" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none/x.csv", "none/x.csv: there is no directory {folder}/none; make it, or choose another file with --out"),
        ("file/x.csv", "file/x.csv: there is no directory {folder}/file; make it, or choose another file with --out"),
        ("folder.csv", "folder.csv: a directory; choose another file with --out"),
        (f"{'x' * 300}.csv", ".csv: cannot be written (File name too long); choose another file with --out"),
    ],
)
@pytest.mark.parametrize("command", ["geocode", "reverse"])
def test_where_nothing_can_be_written_is_told_in_one_sentence(run, tmp_path, command, name, told):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    result = run(command, "--out", tmp_path / name, sent=b"104.39,31.13\n")
    assert isinstance(result.exception, StoreError)
    assert str(result.exception).endswith(told.format(folder=tmp_path))
    assert str(result.exception).count(str(tmp_path / name)) == 1


def test_what_was_there_stays_when_something_fails(run, tmp_path):
    out = written(tmp_path / "out.csv", "before")
    result = run("geocode", "--out", out, written(tmp_path / "x.bin", bytes(range(256)) * 20))
    assert isinstance(result.exception, SourceError)
    assert out.read_text(encoding="utf-8") == "before"


# --- coordinates


@pytest.mark.parametrize(
    "line", ["104.39,31.13", " 104.39 , 31.13 ", "104.39\t31.13", "104.39;31.13", "104.39 31.13", "104.39，31.13",
             "+104.39,3.113e1"],
)  # fmt: skip
def test_coordinates_may_be_parted_in_every_usual_way(run, line):
    result = run("reverse", sent=f"{line}\n".encode("utf-8-sig"))
    assert json.loads(result.stdout)["county"]["id"] == "510603"


@pytest.mark.parametrize("line", ["1_04.39,31.13", "１０４.39,31.13", "1e400,31", "nan,31", "0x68,31", "104.39", "",
                                  "104,31,0", "104,,31", "31.13,104.39"])  # fmt: skip
def test_what_is_no_pair_of_numbers_is_told_for_its_line(run, line):
    first, second = run("reverse", sent=f"{line}\n104.39,31.13\n".encode()).stdout.splitlines()
    assert "arrived; " in json.loads(first)["error"]
    assert json.loads(second)["county"]["id"] == "510603"


@pytest.mark.parametrize("header", ["lon,lat", "LNG,Lat", "经度,纬度", "x,y", "Longitude,Latitude", "经度(°),纬度(°)"])
def test_columns_of_coordinates_are_found_by_their_names(run, header):
    lon, lat = header.split(",")
    result = run("reverse", sent=f"id;{lat};{lon}\n7;31.13;104.39\n8;x;104\n".encode("utf-8-sig"))
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["county"]["id"] == "510603"
    assert "'104,x' arrived; expected two numbers" in second["error"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("foo,bar", "no column 'lon' (or {lon}) and no column 'lat' (or {lat}); it has foo, bar"),
        ("id;Lng;纬线;2020", "no column 'lat' (or {lat}); it has id, Lng, 纬线, 2020"),
        ("lat lon", "no column 'lon' (or {lon}) and no column 'lat' (or {lat}); it has lat lon"),
    ],
)
def test_a_header_without_coordinates_is_told(run, header, told):
    result = run("reverse", sent=f"{header}\n104.39,31.13\n".encode())
    told = told.format(lon="经度, Longitude, lng, long, x, 东经", lat="纬度, Latitude, y, 北纬")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Error: standard input has {told}\n" in result.stderr


def test_columns_of_coordinates_may_be_said(run, tmp_path):
    path = written(tmp_path / "x.csv", "lon,lat,E,N\n1,2,104.39,31.13\n")
    result = run("reverse", "--lon-column", "E", "--lat-column", "N", path)
    assert json.loads(result.stdout)["county"]["id"] == "510603"
    assert "has no column 'F'; it has lon, lat, E, N" in run("reverse", "--lon-column", "F", path).stderr


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.parquet"])
def test_what_lies_at_points_stands_beside_them(run, tmp_path, name):
    run("reverse", "--out", tmp_path / name, sent=b"id,lon,lat\n7,104.39,31.13\n8,116.4,39.9\n9,x,1\n")
    read = {".csv": pd.read_csv, ".xlsx": pd.read_excel, ".parquet": pd.read_parquet}[Path(name).suffix]
    found = read(tmp_path / name)
    assert [str(text)[:6] for text in found["adcode"]] == ["510603", "nan", "nan"] or name == "x.parquet"
    assert found["county"].tolist()[0] == "旌阳区"
    assert found["inside"].tolist()[:2] == [True, False]
    assert found["tongcheng_lon"].tolist()[0] == 104.39
    assert "'x,1' arrived" in found["error"].tolist()[2]


def test_points_of_a_parquet_file_are_read_as_numbers(run, tmp_path):
    pd.DataFrame({"lng": [104.39, None], "lat": [31.13, 30.0]}).to_parquet(tmp_path / "x.parquet")
    first, second = map(json.loads, run("reverse", tmp_path / "x.parquet").stdout.splitlines())
    assert first["county"]["id"] == "510603"
    assert "',30.0' arrived" in second["error"]
