"""Every word of the product stands in the catalogue, is translated, and no translation is left over."""

import ast
import io
import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

from geo.area import Area, completed
from geo.text import LocalText
from tests.contract.code import MODULES, ROOT, nodes_of
from webapp.i18n import init_i18n
from webapp.map.messages import messages

METHODS = [("geo/**.py", "python"), ("webapp/**.py", "python"), ("webapp/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "word": None}
CHINESE = re.compile(r"[\u3400-\u9fff]+")  # characters; punctuation is no word

# What stands in Chinese in the code because it is read, not said: a translation must not change it.
READ = {
    "geo/case.py": "how records write the qualifiers of figures",
    "geo/china.py": "how packages write the kinds of divisions and of changes",
    "geo/divisions.py": "kinds, peoples and syllables in names of divisions",
    "geo/folding.py": "radicals, and the ranges of Chinese characters",
    "geo/gazetteer/choose.py": "what follows a name in a text",
    "geo/gazetteer/compile.py": "endings of the names of townships and stations",
    "geo/gazetteer/context.py": "what joins the places of a sentence",
    "geo/gazetteer/entry.py": "endings of the names of divisions",
    "geo/gazetteer/evidence.py": "what stands around a name in a text",
    "geo/gazetteer/weighing.py": "what joins the names of a list",
    "geo/gazetteer/within.py": "what stands between a place and what holds it",
    "geo/gazetteer/journeys.py": "what joins the ends of a journey, and the ending of stations",
    "geo/gazetteer/latin_names.py": "kinds of places at the end of Chinese names",
    "geo/gazetteer/typos.py": "kinds of counties, and the range of Chinese characters",
    "geo/gazetteer/segment.py": "the range of Chinese characters",
    "geo/gazetteer/stations.py": "the ending of the names of stations",
    "geo/geography/datum.py": "the ending of the names of stations",
    "geo/geography/files.py": "heads of the columns of files",
    "geo/geography/known.py": "what stands behind and between names in files",
    "geo/geography/names.py": "endings of the names of streets, and the range of Chinese characters",
    "geo/imports/columns.py": "heads of the columns of a table, those of the template among them",
    "geo/imports/places.py": "endings of the names of cities",
    "geo/imports/rows.py": "what the cells of a table hold",
    "geo/layers/stations.py": "the ending of the names of stations",
    "geo/search.py": "the ranges of Chinese characters",
}
# The Chinese in modules that speak otherwise: what they read, and names in English sentences.
FEW = {
    "geo/area_texts.py": {"路", "大道", "街", "号"},  # endings of names of streets; a review number
    "geo/cli/init.py": {"长沙", "株洲市"},
    "geo/exports/cql2.py": {"公交"},
    "geo/geography/picture.py": {"之前", "之后"},
    "geo/new_area.py": {"长沙", "株洲", "湘潭"},
}


@pytest.fixture(scope="module")
def used():
    found = extract_from_dir(ROOT, method_map=METHODS, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


@pytest.fixture(scope="module")
def translated():
    path = ROOT / "geo" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    catalogue = read_po(io.BytesIO(path.read_bytes()))
    return {message.id: message.string for message in catalogue if message.id}


def test_every_word_used_is_translated(used, translated):
    assert sorted(word for word in used if not translated.get(word)) == []


def test_no_translation_is_unused(used, translated):
    assert sorted(set(translated) - used) == []


@pytest.fixture(scope="module")
def parsed():
    return {path.relative_to(ROOT).as_posix(): nodes_of(path) for path in MODULES}


def test_no_module_says_chinese_beside_the_catalogue(parsed):
    said = {(name, text) for name, nodes in parsed.items() if name not in READ for text in _chinese(nodes)}
    assert sorted((name, text) for name, text in said if text not in FEW.get(name, set())) == []


def test_chinese_that_is_read_is_named_only_where_it_stands(parsed):
    assert [name for name in READ if not _chinese(parsed[name])] == []
    assert {name: _chinese(parsed[name]) for name in FEW} == FEW


def test_no_text_in_both_languages_stands_in_the_code(parsed):
    assert [f"{name}:{line}" for name, nodes in parsed.items() for line in _local_texts(nodes)] == []


def test_the_catalogue_is_told_of_every_word(parsed, used):
    words = {text for nodes in parsed.values() for text in _words(nodes)}
    assert sorted(words - used) == []  # one inside an f-string, or given to another word, is not found


def test_no_template_or_script_says_chinese_beside_the_catalogue():
    files = [path for path in ROOT.glob("webapp/*/**/*") if path.suffix in {".html", ".js", ".css", ".svg"}]
    assert [path.name for path in files if CHINESE.search(path.read_text(encoding="utf-8"))] == []


def _chinese(nodes):
    """The Chinese in the texts of a module, docstrings aside."""
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return {part for node in nodes if id(node) not in told for part in CHINESE.findall(_text(node))}


def _local_texts(nodes):
    """The lines where a LocalText is made of words that stand there."""
    calls = [node for node in nodes if _is_call(node, "LocalText")]
    return [call.lineno for call in calls for given in _given_to(call) if any(map(str.isalpha, given))]


def _words(nodes):
    return {_text(node.args[0]) for node in nodes if _is_call(node, "word")} - {""}


def _is_call(node, name):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _given_to(call):
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [_text(part) for one in given for part in (one.values if isinstance(one, ast.JoinedStr) else [one])]


def _text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.fixture(scope="module")
def scripts():
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "webapp" / "static" / "map").glob("*.js"))


def test_every_word_that_the_scripts_show_is_given_to_them(scripts):
    assert sorted(set(re.findall(r"\bwords\.(\w+)", scripts)) - set(_given())) == []


def test_no_word_is_given_to_the_scripts_in_vain(scripts):
    known = set(re.findall(r"\w+", scripts))
    assert sorted(key for key in _given() if key not in known and not key.startswith("precision_")) == []


def _given():
    app = Flask(__name__)
    init_i18n(app, completed(Area(LocalText("某地"))))
    with app.test_request_context():
        return messages()
