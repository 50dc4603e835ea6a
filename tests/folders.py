"""Small data folders, made of a part of ours."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from geo.files import data_folder

CASES = ("A01", "B01", "C07")


def small_folder(target: Path, cases: Sequence[str] = CASES) -> Path:
    """Make a folder of boundaries, townships, area, themes and a few cases; it has no other layer and no other name."""
    ours = data_folder()
    (target / "cases").mkdir(parents=True)
    (target / "ids").mkdir()
    for folder in ("boundaries", "townships"):
        shutil.copytree(ours / folder, target / folder)
    for file in ("area.toml", "themes.toml"):
        shutil.copy(ours / file, target / file)
    for case in cases:
        text = (ours / "cases" / f"{case}.toml").read_text(encoding="utf-8")
        alone = re.sub(r"^see_also.*\n", "", text, flags=re.MULTILINE)
        (target / "cases" / f"{case}.toml").write_text(alone, encoding="utf-8")
    ledger = (ours / "ids" / "ledger.toml").read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in ledger if line.split(" ")[0] in cases)
    (target / "ids" / "ledger.toml").write_text(f"{kept}\n", encoding="utf-8")
    return target
