"""The guide for Python: its blocks run in their order, and print what it says."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import matplotlib as mpl
import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "python.md"
BLOCK = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def run(blocks):
    """Run blocks in one name space; return what each printed."""
    names, printed = {"__name__": "guide"}, []
    for code, _ in blocks:
        with redirect_stdout(io.StringIO()) as out:
            exec(compile(code, str(GUIDE), "exec"), names)  # noqa: S102  our own guide
        printed.append(out.getvalue())
    return printed


@pytest.fixture
def blocks(catalogue_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("geo.catalogue.which_file.own_catalogue_path", lambda _data: catalogue_file)
    with mpl.rc_context({"backend": "Agg"}):
        yield BLOCK.findall(GUIDE.read_text(encoding="utf-8"))


def is_said(printed, text):
    """Tell whether a block prints its text, where … stands for anything in a line."""
    return re.fullmatch(re.escape(text).replace("…", ".+"), printed) is not None


def test_every_block_runs_and_prints_what_the_guide_says(blocks):
    assert len(blocks) == 9
    assert [(p, t) for p, (_, t) in zip(run(blocks), blocks, strict=True) if not is_said(p, t)] == []
