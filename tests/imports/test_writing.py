"""A data folder is written whole, or it is as it was."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.cli.main import tongcheng
from geo.errors import StoreError
from geo.imports.writing import Change, interrupted_problems, undo_interrupted, write_changes
from tests.imports.conftest import contents


def with_two_cases(path):
    (path / "cases").mkdir()
    (path / "cases" / "A.toml").write_bytes(b"a")
    (path / "cases" / "B.toml").write_bytes(b"b")
    return path


@pytest.fixture
def folder(tmp_path):
    return with_two_cases(tmp_path)


CHANGES = [
    Change("cases/A.toml", b"new a", b"a"),
    Change("cases/C.toml", b"new c", None),
    Change("imports/C.toml", b"of c", None),
    Change("cases/B.toml", b"new b", b"b"),
]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_all_changes_are_written_and_nothing_else_stays(folder):
    write_changes(folder, CHANGES)
    assert {str(path): content for path, content in contents(folder).items()} == {
        "cases/A.toml": b"new a", "cases/B.toml": b"new b", "cases/C.toml": b"new c", "imports/C.toml": b"of c",
    }  # fmt: skip
    assert names(folder) == ["cases", "imports"]


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", [OSError, KeyboardInterrupt])
def test_what_breaks_off_leaves_the_folder_as_it_was(folder, monkeypatch, fails_at, kind):
    before, replace, calls = contents(folder), Path.replace, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == fails_at:
            raise kind(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((StoreError, KeyboardInterrupt)):
        write_changes(folder, CHANGES)
    assert contents(folder) == before
    assert names(folder) == ["cases"]


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory):
    """A folder after an import that was killed when some files were in place."""
    folder = with_two_cases(tmp_path_factory.mktemp("killed"))
    code = (
        "import os, sys; from pathlib import Path; from geo.imports.writing import Change, write_changes\n"
        "replace, calls = Path.replace, []\n"
        "def dying(self, target):\n"
        "    calls.append(target)\n"
        "    os._exit(9) if len(calls) == 4 else replace(self, target)\n"
        "Path.replace = dying\n"
        f"write_changes(Path(sys.argv[1]), {CHANGES})\n"
    )
    assert subprocess.run([sys.executable, "-c", code, folder], check=False).returncode == 9
    assert (folder / "cases" / "A.toml").read_bytes() == b"new a"
    return folder


@pytest.fixture
def killed(left_behind, tmp_path):
    return shutil.copytree(left_behind, tmp_path, dirs_exist_ok=True)


def test_what_was_killed_is_undone_by_the_next_import(killed):
    assert undo_interrupted(killed)
    assert contents(killed) == {Path("cases/A.toml"): b"a", Path("cases/B.toml"): b"b"}
    assert names(killed) == ["cases"]


def test_what_was_killed_is_undone_before_anything_is_written(killed):
    write_changes(killed, CHANGES)
    assert (killed / "cases" / "B.toml").read_bytes() == b"new b"
    assert names(killed) == ["cases", "imports"]


def test_what_was_killed_is_told_by_a_check_that_only_reads(killed):
    before = contents(killed)
    result = CliRunner().invoke(tongcheng, ["check", "--data", str(killed)])
    assert result.exit_code == 1
    assert result.stderr == (
        f"error: {killed}: an import was killed there and left it half-written; "
        "run the import again, which first brings back what was there (with --dry-run it does only that)\n1 problem\n"
    )
    assert contents(killed) == before


def test_what_was_killed_in_a_base_is_told_for_the_base(killed, tmp_path):
    (tmp_path / "above").mkdir()
    (tmp_path / "above" / "area.toml").write_text(f'base = "{killed}"\n', encoding="utf-8")
    (problem,) = interrupted_problems(tmp_path / "above")
    assert problem.startswith(f"{killed}: an import was killed there")


def test_an_import_that_is_writing_now_is_none_that_was_killed(killed):
    with (killed / ".tongcheng-import" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert interrupted_problems(killed) == []


def test_what_was_killed_before_anything_was_put_into_place_leaves_nothing(folder):
    before = contents(folder)
    (folder / ".tongcheng-import" / "new").mkdir(parents=True)
    assert not undo_interrupted(folder)
    assert contents(folder) == before
    assert names(folder) == ["cases"]


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(folder):
    (folder / "cases" / "B.toml").write_bytes(b"by hand")
    before = contents(folder)
    with pytest.raises(StoreError, match=r"B\.toml: was changed while it was imported; nothing was written"):
        write_changes(folder, CHANGES)
    assert contents(folder) == before


def test_a_file_that_appeared_meanwhile_is_not_written_over(folder):
    (folder / "cases" / "C.toml").write_bytes(b"by hand")
    with pytest.raises(StoreError, match=r"C\.toml: was changed"):
        write_changes(folder, CHANGES)
    assert (folder / "cases" / "A.toml").read_bytes() == b"a"


def test_two_imports_do_not_write_at_once(folder):
    (folder / ".tongcheng-import").mkdir()
    with (folder / ".tongcheng-import" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another import is writing there"):
            write_changes(folder, CHANGES)


def test_a_link_stays_a_link(folder):
    (folder / "real.toml").write_bytes(b"a")
    (folder / "cases" / "A.toml").unlink()
    (folder / "cases" / "A.toml").symlink_to(folder / "real.toml")
    write_changes(folder, CHANGES)
    assert (folder / "cases" / "A.toml").is_symlink()
    assert (folder / "real.toml").read_bytes() == b"new a"
