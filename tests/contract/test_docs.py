"""The documents say what is true now."""

import dataclasses
import re
import runpy
from pathlib import Path

import pytest

from geo.cli.answers import ENDINGS
from geo.cli.main import tongcheng
from webapp.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("make_docs.py", "make_architecture.py")
GENERATED = {
    name: text
    for script in SCRIPTS
    for name, text in runpy.run_path(str(ROOT / "scripts" / script))["documents"]().items()
}


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_a_generated_page_is_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name], "run python scripts/make_docs.py"


@pytest.mark.parametrize("setting", [field.name for field in dataclasses.fields(Settings)])
def test_every_setting_is_documented(setting):
    assert f"`{PREFIX}{setting.upper()}`" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(tongcheng.commands))
def test_every_command_is_in_the_readme(command):
    assert f"tongcheng {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "option",
    sorted({name for command in ("geocode", "reverse") for param in tongcheng.commands[command].params
            for name in param.opts if name.startswith("--")}),
)  # fmt: skip
def test_every_option_of_the_geocoder_is_documented(option):
    pages = ("geocoder.md", "geocoder-at-scale.md", "settings.md")
    assert any(option in (ROOT / "docs" / page).read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_of_table_that_answers_go_to_is_documented(ending):
    assert f"`{ending}`" in (ROOT / "docs" / "geocoder.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("adr", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda path: path.name)
def test_a_decision_record_has_at_most_30_lines(adr):
    assert len(adr.read_text(encoding="utf-8").splitlines()) <= 30


def test_every_module_that_a_page_names_is_there():
    pages = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    named = {
        (page.name, name) for page in pages for name in re.findall(r"`(?:[\w/]+/)?(\w+\.py)`", page.read_text("utf-8"))
    }
    there = {
        path.name
        for folder in ("geo", "webapp", "scripts", "tests", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert ("CONTRIBUTING.md", "table.py") in named
    assert sorted(pair for pair in named if pair[1] not in there) == []


def test_the_readme_names_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make serve" in text
    assert "make test" in text
