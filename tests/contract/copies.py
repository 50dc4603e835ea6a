"""Copies of the program that a test changes and runs in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.contract.code import ROOT

WORDS = "geo/translations/zh/LC_MESSAGES/messages.po"


def copied(folder: Path, *names: str) -> Path:
    """Copy folders and files of the program under another folder, and return that one."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def change(path: Path, old: str, new: str) -> None:
    """Put a text in place of another that stands there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_words(copy: Path, words: Mapping[str, str]) -> None:
    """Translate words, English to Chinese, and compile all."""
    path = copy / WORDS
    with path.open("rb") as file:
        known = read_po(file)
    for english, chinese in words.items():
        known.add(english, chinese)
    with path.open("wb") as text, path.with_suffix(".mo").open("wb") as compiled:
        write_po(text, known)
        write_mo(compiled, known)


def run(copy: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the code of a copy."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *args], cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
