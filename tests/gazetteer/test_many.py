"""Many texts: whatever column arrives, and whichever number of processes answers."""

import os
import signal
from itertools import count, islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from geo.errors import BatchError, StoreError
from geo.gazetteer import api, locate_many
from geo.gazetteer.batch import many
from geo.gazetteer.batch.columns import ANSWER_COLUMNS, answer_row, answer_schema

TEXTS = ["仁寿县视高街道", None, "德阳市", "没有地方"]
CODES = ["511421", None, "510600", None]


@pytest.fixture(autouse=True)
def _catalogue(catalogue_file, monkeypatch):
    monkeypatch.setattr("geo.catalogue.which_file.own_catalogue_path", lambda _data: catalogue_file)
    api._gazetteer.cache_clear()
    yield
    api._gazetteer.cache_clear()


class Handed:
    """A column of another library, which hands itself over as Arrow."""

    def __arrow_c_stream__(self, requested_schema=None):
        return pa.chunked_array([TEXTS[:2], TEXTS[2:]]).__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "given",
    [
        TEXTS,
        iter(TEXTS),
        pa.array(TEXTS),
        pa.array(TEXTS, pa.large_string()),
        pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
        pa.array(TEXTS).dictionary_encode(),
        np.array(TEXTS, dtype=object),
        Handed(),
    ],
    ids=["list", "iterator", "array", "large", "chunked", "dictionary", "numpy", "handed"],
)
def test_a_column_is_answered_with_an_arrow_table(given):
    table = locate_many(given)
    assert table.schema == answer_schema()
    assert table["adcode"].to_pylist() == CODES
    assert table["adcodes"].to_pylist() == [["511421"], None, ["510600"], []]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category", "string[pyarrow]"])
def test_a_series_is_answered_with_a_frame_of_its_index(dtype):
    frame = locate_many(pd.Series(TEXTS, index=list("dcba"), dtype=dtype))
    assert list(frame.columns) == list(ANSWER_COLUMNS)
    assert list(frame.index) == list("dcba")
    assert frame["adcode"].fillna("").tolist() == ["511421", "", "510600", ""]
    assert frame["adcodes"].tolist() == [["511421"], None, ["510600"], []]
    assert frame["lon"].isna().tolist() == [False, True, False, True]


def test_an_index_is_the_index_of_its_answers():
    assert locate_many(pd.Index(["德阳市", "简阳市"])).loc["简阳市", "adcode"] == "510185"


def test_a_column_without_an_index_gets_numbers():
    assert list(locate_many(pd.array(["德阳市", None], dtype="string")).index) == [0, 1]


def test_every_row_is_the_best_answer_to_its_text(gazetteer):
    rows = locate_many(TEXTS).to_pylist()
    assert [rows[0], rows[2], rows[3]] == [answer_row(gazetteer.locate(text)) for text in TEXTS if text]


@pytest.mark.parametrize("empty", [[], pa.array([], pa.string()), pd.Series([], dtype=object), np.array([], dtype=str)])
def test_an_empty_column_has_no_answers(empty):
    assert len(locate_many(empty)) == 0


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, np.nan])
def test_nothing_is_answered_with_nothing(nothing):
    (row,) = locate_many([nothing]).to_pylist()
    assert set(row.values()) == {None}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("德阳市", r'one text arrived; give a list of texts, or ask locate\("…"\) for one'),
        (b"x", "one text arrived"),
        ([1, "x", b"y", None], "2 of 4 values are no texts: 1 at 0, b'y' at 2; expected texts"),
        (pd.Series([1, 2, 3, 4]), "4 of 4 values are no texts: 1 at 0, 2 at 1, 3 at 2 …;"),
        (pa.array([1.5, None]), "1 of 2 values are no texts: 1.5 at 0;"),
        (pd.DataFrame({"a": ["x"]}), r"DataFrame arrived; expected one column of texts, such as frame\['address'\]"),
        (pa.table({"a": ["x"]}), "Table arrived; expected one column"),
        (np.array([["x"]]), "ndarray arrived; expected one column"),
        ({"a": "x"}, "dict arrived; expected one column"),
        (5, "int arrived; expected one column"),
    ],
)
def test_what_is_no_column_of_texts_is_refused_in_words(given, told):
    with pytest.raises(BatchError, match=told):
        locate_many(given)


def numbered(total):
    places = ("德阳市", "简阳市", "仁寿县", "什邡市", "彭州市")
    return [f"{n}号，{places[n * n % 7 % 5]}与{places[n // 1000]}" for n in range(total)]


def test_two_processes_answer_as_one_does():
    texts = [*numbered(2500), None]
    assert locate_many(texts, jobs=2).equals(locate_many(texts))


def first_places(gazetteer, texts):
    """What a chunk is made of here: its length, and the first place of its first text."""
    return len(texts), gazetteer.locate(texts[0] or "")[0].name


def test_only_a_few_chunks_are_read_ahead(catalogue_file):
    read = count()
    texts = (f"德阳市{next(read)}" for _ in range(100_000))
    found = many.shared(first_places, texts, catalogue=catalogue_file, jobs=2)
    assert list(islice(found, 20)) == [(1000, "德阳市")] * 20
    assert next(read) <= (20 + 2 * 3) * 1000
    found.close()


def test_a_chunk_ends_where_its_texts_are_long():
    assert [len(chunk) for chunk in many.chunks(["x" * 60_000] * 3)] == [2, 1]


def killed(_gazetteer, _texts):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_is_told(catalogue_file):
    with pytest.raises(BatchError, match="a process ended before its work: killed, or out of memory"):
        list(many.shared(killed, ["x"], catalogue=catalogue_file, jobs=2))


def test_what_a_process_cannot_read_is_told(tmp_path):
    with pytest.raises(StoreError, match=r"none\.gpkg"):
        list(many.shared(first_places, ["x"], catalogue=tmp_path / "none.gpkg", jobs=2))


def test_a_number_of_processes_below_0_is_refused():
    with pytest.raises(BatchError, match="-1 processes arrived; expected 1 or more, or 0 for all cores"):
        locate_many([], jobs=-1)


def test_all_cores_are_those_that_may_be_used(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 2, 5}, raising=False)
    assert (many.cores(0), many.cores(7)) == (3, 7)
