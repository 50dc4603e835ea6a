"""Every word of the product is translated, and no translation is left over."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

from geo.area import Area, completed
from geo.text import LocalText
from webapp.i18n import init_i18n
from webapp.map.messages import messages

ROOT = Path(__file__).resolve().parents[2]
METHODS = [("geo/**.py", "python"), ("webapp/**.py", "python"), ("webapp/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "word": None}


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
