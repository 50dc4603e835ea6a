"""tongcheng geocode --jobs: several processes answer as one does."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli import many
from geo.cli.main import tongcheng

GEOCODE = (sys.executable, "-c", "from geo.cli.main import main; main()", "geocode")
LINES = "".join(
    f"{'.' * n}德阳市\n没有地方\n\n仁寿县视高街道{n}\n" for n in range(700)
).encode()  # each answer is another


@pytest.fixture
def geocode(catalogue_file):
    def run(*args, lines=LINES):
        return CliRunner().invoke(tongcheng, ["geocode", "--catalogue", str(catalogue_file), *args], input=lines)

    return run


@pytest.fixture
def waiting(catalogue_file):
    """A command with two processes that waits for more, once it has answered something."""
    process = subprocess.Popen(
        [*GEOCODE, "--catalogue", str(catalogue_file), "--jobs", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    process.stdin.write(b"x\n" * 10_000)  # as much as a pipe holds: nobody reads the answers
    process.stdin.flush()
    process.stdout.readline()
    yield process
    os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
    process.communicate()


def workers_of(process):
    """The processes that answer, by what Linux tells of children."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_several_processes_write_the_same_bytes(geocode):
    alone, shared = geocode(), geocode("--jobs", "2")
    assert (shared.exit_code, len(shared.stdout_bytes.splitlines())) == (0, 2800)
    assert shared.stdout_bytes == alone.stdout_bytes


@pytest.mark.parametrize("jobs", ["x", "-1", "1.5", ""])
def test_what_is_no_number_of_processes_is_refused(geocode, jobs):
    result = geocode("--jobs", jobs)
    assert result.exit_code == 2
    assert "arrived; expected a whole number, or all" in result.stderr


@pytest.mark.parametrize("jobs", ["all", "0"])
def test_all_are_as_many_as_there_are_cores(geocode, monkeypatch, jobs):
    asked = []
    monkeypatch.setattr("geo.gazetteer.batch.many.shared", lambda *_, **said: asked.append(said["jobs"]) or [])
    geocode("--jobs", jobs, lines="")
    assert asked == [0]


def test_ctrl_c_ends_all_processes_without_a_trace(waiting):
    os.killpg(waiting.pid, signal.SIGINT)
    _, told = waiting.communicate(timeout=60)  # returns when the last process that holds the pipe has ended
    assert waiting.returncode not in {0, None}
    assert b"Traceback" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
def test_a_process_that_is_killed_ends_the_command_in_one_sentence(waiting):
    os.kill(workers_of(waiting)[0], signal.SIGKILL)
    _, told = waiting.communicate(timeout=60)
    assert waiting.returncode == 1
    assert told.decode().splitlines()[-1] == (
        "tongcheng: a process ended before its work: killed, or out of memory; ask for fewer processes"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
def test_no_process_outlives_the_command(waiting):
    assert len(workers_of(waiting)) == 2
    waiting.kill()
    waiting.communicate(timeout=60)  # returns when the last process that holds the pipe has ended


class Clock:
    """A clock that goes on by a second with each look."""

    def __init__(self):
        self.now = 0

    def __call__(self):
        self.now += 1
        return self.now


@pytest.mark.parametrize(
    ("is_watched", "is_shown_beside", "shown"), [(True, False, [800, 1000]), (True, True, []), (False, False, [])]
)
def test_what_takes_long_is_shown_at_a_terminal(monkeypatch, is_watched, is_shown_beside, shown):
    seen = []
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_watched, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_shown_beside, raising=False)
    monkeypatch.setattr("time.monotonic", Clock())
    monkeypatch.setattr(many, "progress_so_far", lambda _: Shown(seen))
    answers = [str(n).encode() for n in range(1000)]
    assert list(many.watched(iter(answers))) == answers
    assert seen == shown


class Shown:
    def __init__(self, seen):
        self.seen = seen

    def __enter__(self):
        return lambda done, _total: self.seen.append(done)

    def __exit__(self, *_):
        pass
