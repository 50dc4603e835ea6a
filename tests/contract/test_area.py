"""Nothing of the area of today's records stands in the code: it is data, and another folder is another area."""

import ast
import re
import tomllib

import pytest
from babel.messages.pofile import read_po

from geo.text import TRANSLATIONS
from tests.contract.code import MODULES, ROOT, nodes_of

SAID_OF_IT = (
    r"成都|Chengdu|四市|four cities|龙泉|longquan|天府|Tianfu|100 cases|100项|press release|新闻稿|发布稿|2024-01",
    r"(?<!\d)(?:5101|5106|5114|5120)(?:\d\d)?(?!\d)",
    r"\b10[2-5]\.\d+, ?(?:29|30|31)\.\d+",
)
FILES = [path for suffix in ("html", "js", "css", "svg") for path in (ROOT / "webapp").rglob(f"*.{suffix}")]


def _records(path, key):
    return tomllib.loads((ROOT / "data" / path).read_text(encoding="utf-8"))[key]


def _names():
    places = [*_records("boundaries/cities.toml", "city"), *_records("boundaries/counties.toml", "county")]
    zh = [place["name"]["zh"] for place in places]
    en = [place["name"]["en"].removesuffix(" District").removesuffix(" County") for place in places]
    return [*zh, *(name for name in en if " " not in name)]


def _ids():
    tables = (("belts/belts.toml", "belt"), ("corridors/corridors.toml", "corridor"), ("zones/zones.toml", "zone"),
              ("border_zones/border_zones.toml", "border_zone"), ("ecology/eco_zones.toml", "ridge"),
              ("ecology/lakes.toml", "lake"), ("ecology/rivers.toml", "river"))  # fmt: skip
    return [record["id"] for table in tables for record in _records(*table)]


# one for each kind of beginning: names, which `re` finds by their first letters, and numbers
PATTERNS = [
    re.compile("|".join([SAID_OF_IT[0], *map(re.escape, [*_names(), *_ids()])])),
    *map(re.compile, SAID_OF_IT[1:]),
]


def words_in(text):
    """Return what a text says of the area of today's records."""
    return [word for pattern in PATTERNS for word in pattern.findall(text)]


def _docstrings(nodes):
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in nodes if isinstance(node, kinds)]
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def _is_help(node):
    return isinstance(node, ast.keyword) and node.arg == "help"


def _texts(path):
    """Return the texts of a module that somebody may read in an answer: no docstring, and no help of an option."""
    nodes = nodes_of(path)
    left_out = _docstrings(nodes) | {id(part) for node in nodes if _is_help(node) for part in ast.walk(node)}
    constants = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in constants if id(node) not in left_out]


def _found(texts):
    return {word: text[:80] for text in texts for word in words_in(text)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_speaks_of_one_area(path):
    assert _found(_texts(path)) == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_script_or_style_speaks_of_one_area(path):
    assert _found([path.read_text(encoding="utf-8")]) == {}


def test_no_word_of_the_product_speaks_of_one_area():
    with (TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert _found([str(text) for message in messages for text in (message.id, message.string)]) == {}


def test_the_words_that_are_looked_for_are_there():
    assert _found(["成都市的", "the Chengdu area", "510104", "chengdu-ziyang"]).keys() == {
        "成都", "Chengdu", "510104", "chengdu-ziyang",
    }  # fmt: skip
