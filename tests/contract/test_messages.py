"""Every word of the interface is translated, and no translation is left over."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
METHODS = [("webapp/**.py", "python"), ("webapp/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None}


@pytest.fixture(scope="module")
def used():
    found = extract_from_dir(ROOT, method_map=METHODS, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


@pytest.fixture(scope="module")
def translated():
    path = ROOT / "webapp" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    catalogue = read_po(io.BytesIO(path.read_bytes()))
    return {message.id: message.string for message in catalogue if message.id}


def test_every_word_used_is_translated(used, translated):
    assert sorted(word for word in used if not translated.get(word)) == []


def test_no_translation_is_unused(used, translated):
    assert sorted(set(translated) - used) == []
