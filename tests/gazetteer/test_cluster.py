"""tongcheng geocode --scheduler: a Dask scheduler and two workers, each a process of its own on loopback."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from distributed import Client

from geo.cli.main import tongcheng
from geo.gazetteer.batch.columns import answer_texts
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["仁寿县视高街道", None, "德阳市与什邡市", "没有地方", "石羊镇", ""]
# Loaded by each worker: where ENDS names a part and a process, the first that is about to write the part kills it;
# where it names that process alone, it ends when it gets the names.
ENDS = """
import os, signal, sys, threading
from pathlib import Path
from geo.gazetteer.batch import cluster, parquet
from geo.gazetteer.gazetteer import Gazetteer
write, ends = getattr(parquet, "write", parquet.write_atomically), Path(os.environ["ENDS"])
def end(path, content):
    name, pid = ends.read_text().split() if ends.exists() else ("", "")
    if path.name == name:
        ends.unlink()
        path.with_name(f".{path.name}-left").write_bytes(content[:100])
        os.kill(int(pid) or os.getpid(), signal.SIGKILL)
    write(path, content)
def named(entries):
    if ends.exists() and ends.read_text() == str(os.getpid()):
        ends.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return Gazetteer(entries)
parquet.write, parquet.write_atomically = write, end  # this is loaded twice
cluster.Gazetteer = named
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()  # when the tests end
"""


class Cluster:
    """A scheduler and its workers, started anew where they ended; none outlives the tests."""

    def __init__(self, folder):
        self.folder, self.ends = folder, folder / "ends"
        (folder / "preload.py").write_text(ENDS)
        self.workers, self.scheduler = [], None

    def _start(self, program, *args):
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                f"distributed.cli.dask_{program}",
                "--no-dashboard",
                "--preload",
                "preload.py",
                *args,
            ],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ENDS": str(self.ends)},
        )

    def with_workers(self, count):
        """Wait for a scheduler with so many workers."""
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.stop()
            port = str(free_port())
            self.address = f"tcp://127.0.0.1:{port}"
            self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port)
        for worker in [worker for worker in self.workers if worker.poll() is not None]:
            worker.communicate()
            self.workers.remove(worker)
        alone = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        self.workers += [self._start("worker", self.address, *alone) for _ in range(count - len(self.workers))]
        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60) if count else None
        return self

    def stop(self):
        for process in filter(None, (*self.workers, self.scheduler)):
            process.kill()
            process.communicate()
        self.workers, self.scheduler = [], None


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What is started for one test is there for the next."""
    cluster = Cluster(tmp_path_factory.mktemp("dask"))
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def cluster(kept):
    return kept.with_workers(2)


@pytest.fixture
def geocode(catalogue_file):
    def run(scheduler, source, target, *options):
        args = ["--scheduler", scheduler, str(source), str(target), "--catalogue", str(catalogue_file), *options]
        return CliRunner().invoke(tongcheng, ["geocode", *args])

    return run


def table_of(rows, start=0):
    return pa.table({"id": range(start, start + rows), "text": [TEXTS[n % len(TEXTS)] for n in range(rows)]})


@pytest.fixture
def source(tmp_path):
    """A file of six parts."""
    path = tmp_path / "in.parquet"
    pq.write_table(table_of(120), path, row_group_size=20)
    return path


def written(folder):
    """The parts that lie there, by name and by when they were written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}


@pytest.fixture
def is_answered(gazetteer):
    """Tells whether so many rows stand in a folder in order, each with the answer that one process gives."""

    def told(folder, rows):
        table = pq.read_table(folder)
        alone = answer_texts(gazetteer, table["text"].to_pylist())
        return table["id"].to_pylist() == list(range(rows)) and table.drop_columns(["id", "text"]).equals(alone)

    return told


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("geo.gazetteer.batch.cluster._PATIENCE", 1)


def test_workers_answer_row_by_row_as_one_process_does(cluster, geocode, is_answered, source, tmp_path):
    result = geocode(cluster.address, source, tmp_path / "out.parquet")
    assert (result.exit_code, "6 parts written, 0 kept, 0 broken" in result.stderr) == (0, True)
    assert is_answered(tmp_path / "out.parquet", 120)


def test_a_program_with_an_event_loop_of_its_own_may_ask(cluster, geocode, is_answered, source, tmp_path):
    async def as_a_notebook_does():
        return geocode(cluster.address, source, tmp_path / "out")

    with ThreadPoolExecutor(1) as notebook:  # the tests of the browser leave a loop running in this thread
        result = notebook.submit(lambda: asyncio.run(as_a_notebook_does())).result()
    assert (result.exit_code, is_answered(tmp_path / "out", 120)) == (0, True)


def test_what_is_written_is_kept(cluster, geocode, source, tmp_path):
    out = tmp_path / "out"
    geocode(cluster.address, source, out)
    before = written(out)
    (out / "in.00003.000000000.parquet").unlink()
    result = geocode(cluster.address, source, out)
    assert "1 parts written, 5 kept, 0 broken" in result.stderr
    assert {name for name, when in written(out).items() if before[name] != when} == {"in.00003.000000000.parquet"}


def test_a_worker_that_is_killed_loses_nothing(cluster, geocode, is_answered, source, tmp_path):
    cluster.ends.write_text("in.00002.000000000.parquet 0")
    result = geocode(cluster.address, source, tmp_path / "out")
    assert sorted(worker.poll() is None for worker in cluster.workers) == [False, True]
    assert (result.exit_code, "6 parts written" in result.stderr) == (0, True)
    assert is_answered(tmp_path / "out", 120)
    assert [path.name for path in (tmp_path / "out").glob(".*")] == []


def test_a_worker_that_is_killed_when_it_gets_the_names_loses_nothing(cluster, geocode, is_answered, source, tmp_path):
    cluster.ends.write_text(str(cluster.workers[0].pid))
    result = geocode(cluster.address, source, tmp_path / "out")
    assert sorted(worker.poll() is None for worker in cluster.workers) == [False, True]
    assert (result.exit_code, "6 parts written" in result.stderr) == (0, True)
    assert is_answered(tmp_path / "out", 120)


def test_broken_parts_are_told_and_alone_done_again(cluster, geocode, is_answered, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for place, name in enumerate("abcd"):
        pq.write_table(table_of(40, 40 * place), source / f"{name}.parquet", row_group_size=20)
    whole = {path.name: path.read_bytes() for path in source.iterdir()}
    pages = pq.read_metadata(source / "b.parquet").row_group(1).column(1)
    damaged = bytearray(whole["b.parquet"])
    damaged[pages.dictionary_page_offset : pages.data_page_offset + 20] = b"\xff" * (
        pages.data_page_offset + 20 - pages.dictionary_page_offset
    )
    (source / "b.parquet").write_bytes(damaged)
    pq.write_table(pa.table({"id": [1], "text": [5]}), source / "c.parquet")
    (source / "d.parquet").write_bytes(whole["d.parquet"][:-10])
    first = geocode(cluster.address, source, out)
    assert (first.exit_code, "3 parts written, 0 kept, 3 broken; run it again" in first.stderr) == (1, True)
    assert "error: b.parquet, row group 1, from row 0: " in first.stderr
    assert "error: c.parquet, row group 0, from row 0: 1 of 1 values are no texts: 5 at 0" in first.stderr
    assert "error: d.parquet: cannot be read (" in first.stderr
    before = written(out)
    for name, content in whole.items():
        (source / name).write_bytes(content)
    second = geocode(cluster.address, source, out)
    assert second.exit_code == 0
    assert {name: when for name, when in written(out).items() if name in before} == before
    assert is_answered(out, 160)


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_is_not_there_is_told(geocode, source, tmp_path):
    address = f"tcp://127.0.0.1:{free_port()}"
    result = geocode(address, source, tmp_path / "out")
    assert result.exit_code == 1
    assert str(result.exception) == (
        f"{address}: no Dask scheduler answers there; expected an address such as tcp://10.0.0.1:8786"
    )


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("address", ["x", "", "ftp://127.0.0.1:1", "tcp://127.0.0.1:99999"])
def test_what_is_no_address_is_told(geocode, source, tmp_path, address):
    result = geocode(address, source, tmp_path / "out")
    assert "no Dask scheduler answers there" in str(result.exception)


def test_where_dask_is_not_installed_it_is_told_what_to_do(geocode, source, tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "geo.gazetteer.batch.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = geocode("tcp://127.0.0.1:1", source, tmp_path / "out")
    assert "pip install 'tongcheng-atlas[cluster]'" in str(result.exception)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "--scheduler needs a Parquet file, or a folder of them"),
        (["{in}"], "--scheduler needs a Parquet file, or a folder of them"),
        (["{in}", "out", "--jobs", "2"], "--jobs and --scheduler arrived"),
        (["{in}", "a", "--out", "b"], "--out b and a arrived; the answers go to one of them"),
    ],
)
def test_what_does_not_fit_together_is_refused(source, args, told):
    result = CliRunner().invoke(
        tongcheng,
        ["geocode", "--scheduler", "x", "--catalogue", "none", *(arg.format(**{"in": source}) for arg in args)],
    )
    assert (result.exit_code, told in result.stderr) == (2, True)


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_is_killed_is_told(cluster, geocode, source, tmp_path):
    cluster.ends.write_text(f"in.00004.000000000.parquet {cluster.scheduler.pid}")
    result = geocode(cluster.address, source, tmp_path / "out")
    assert result.exit_code == 1
    assert "the Dask scheduler went away; what is written stays: run it again to go on" in str(result.exception)


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers_is_told(kept, geocode, source, tmp_path):
    kept.stop()
    kept.with_workers(0)
    result = geocode(kept.address, source, tmp_path / "out")
    assert f"has no workers; start some, run: dask worker {kept.address}" in str(result.exception)
