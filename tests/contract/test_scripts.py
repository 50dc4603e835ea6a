"""What joins the scripts of the map, and what checks them, finds them as it expects them."""

import json
import runpy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypedDict

import pytest

from webapp.assets import joined

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "webapp" / "static" / "map").glob("*.js"))
TYPES = runpy.run_path(str(ROOT / "scripts" / "make_types.py"))


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where.

    Not told.
    """

    at: tuple[float, float]
    sizes: Sequence[Size | None]


class Look(TypedDict, total=False):
    """How."""

    color: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """All of it."""

    places: Mapping[str, Place]
    kind: Literal["one", "other"]
    look: Look | None
    is_new: bool


def test_the_types_that_scripts_are_checked_with_are_those_of_the_server():
    written = (ROOT / "webapp" / "static" / "map" / "wire.d.ts").read_text(encoding="utf-8")
    assert written == TYPES["types_of_wire"](), "run scripts/make_types.py"


def test_a_declaration_brings_along_what_its_fields_name():
    found = {}
    TYPES["_collect"](Document, found)
    assert sorted(found) == ["Document", "Look", "Place"]


def test_a_dataclass_becomes_an_interface_with_its_first_line():
    assert TYPES["_interface"](Document) == (
        "/** All of it. */\n"
        "export interface Document {\n"
        "  places: Record<string, Place>;\n"
        '  kind: "one" | "other";\n'
        "  look: Look | null;\n"
        "  is_new: boolean;\n"
        "}\n"
    )


def test_tuples_choices_and_optional_keys_have_their_counterparts():
    assert "  at: [number, number];\n" in TYPES["_interface"](Place)
    assert '  sizes: ("small" | "large" | null)[];\n' in TYPES["_interface"](Place)
    assert "  color?: string;\n" in TYPES["_interface"](Look)


def test_an_annotation_that_says_nothing_is_refused():
    with pytest.raises(TypeError, match="declare a dataclass"):
        TYPES["typescript"](object)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_says_its_idea_and_is_checked(path):
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    assert first.startswith("// ")
    assert second == "// @ts-check"


def test_what_a_module_needs_stands_before_it_and_only_its_exports_leave_it():
    sources = {
        "main": 'import { twice } from "./numbers.js";\ntwice(2);\n',
        "numbers": "const own = 2;\nexport function twice(n) {\n  return own * n;\n}\nexport const ONE = 1;\n",
    }
    assert joined(sources.__getitem__, "main") == (
        "const { twice, ONE } = (() => {\n"
        "const own = 2;\nfunction twice(n) {\n  return own * n;\n}\nconst ONE = 1;\n\n"
        "return { twice, ONE };\n})();\n"
        "const {  } = (() => {\ntwice(2);\n\nreturn {  };\n})();"
    )


def test_modules_that_need_one_another_in_a_circle_are_refused():
    sources = {
        "main": 'import { a } from "./one.js";\n',
        "one": 'import { b } from "./two.js";\nexport const a = 1;\n',
        "two": 'import { a } from "./one.js";\nexport const b = 1;\n',
    }
    with pytest.raises(ValueError, match="main → one → two → one"):
        joined(sources.__getitem__, "main")


@pytest.mark.parametrize(
    "line",
    ['import * as page from "./page.js";', 'export { a } from "./page.js";', "export default 1;", "export let a;"],
)
def test_an_import_or_export_that_would_be_lost_is_refused(line):
    with pytest.raises(ValueError, match=r"main\.js: cannot read"):
        joined({"main": f"{line}\n"}.__getitem__, "main")


def test_the_lock_file_of_the_checks_holds_no_address_to_fetch_from():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
