"""The product's own words: English where they are used, Chinese in one message catalogue.

A text of a record is a LocalText of its own; whatever the product itself says is a word. A new language is one more
catalogue under geo/translations.
"""

import gettext
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from geo.text import LocalText

TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def word(english: str, **parts: LocalText | str | int) -> LocalText:
    """Return a word of the product in both languages, with {parts} put in where it names them."""
    both = LocalText(_chinese().gettext(english), english)
    return both.filled(**parts) if parts else both


def joined(texts: Sequence[LocalText], *, by: LocalText | None = None) -> LocalText:
    """Return several texts as one enumeration."""
    between = by or word(", ")
    return LocalText(between.zh.join(t.zh for t in texts), between.in_lang("en").join(t.in_lang("en") for t in texts))


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation("messages", TRANSLATIONS, ["zh"])
