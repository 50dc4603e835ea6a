"""Texts in Chinese and English: those of records, and the product's own words from one message catalogue.

A text of a record is a LocalText of its own; whatever the product itself says is a word. A new language is one more
catalogue under geo/translations.
Beside them: how a text is written in TOML.
"""

import gettext
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from geo.record import Record

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
LIST_SEPARATOR = "；"  # between the texts of a list, where it has to be one text


@dataclass(frozen=True)
class LocalText(Record):
    """A text in both languages; the English may be missing, the Chinese may not."""

    zh: str
    en: str | None = None

    def in_lang(self, lang: Lang) -> str:
        """Return the text in a language, or the Chinese where it was not translated."""
        return (self.en or self.zh) if lang == "en" else self.zh

    def in_both(self, first: Lang = "zh", *, by: str = " · ") -> str:
        """Return the text in both languages beside each other."""
        return by.join(self.in_lang(lang) for lang in sorted(LANGS, key=lambda lang: lang != first))

    def filled(self, **parts: "LocalText | str | int") -> "LocalText":
        """Return the text with {parts} put in where it names them, those of its own language."""
        return LocalText(*(self._filled(parts, lang) for lang in LANGS))

    def _filled(self, parts: Mapping[str, "LocalText | str | int"], lang: Lang) -> str:
        spoken = {name: part.in_lang(lang) if isinstance(part, LocalText) else part for name, part in parts.items()}
        return self.in_lang(lang).format(**spoken)

    def is_translated(self, lang: Lang) -> bool:
        """Tell whether the text exists in this language."""
        return lang == "zh" or bool(self.en)


TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def word(english: str, **parts: LocalText | str | int) -> LocalText:
    """Return a word of the product in both languages, with {parts} put in where it names them."""
    both = LocalText(_chinese().gettext(english), english)
    return both.filled(**parts) if parts else both


def joined(texts: Sequence[LocalText], *, by: LocalText | None = None) -> LocalText:
    """Return several texts as one enumeration."""
    between = by or word(", ")
    return LocalText(between.zh.join(t.zh for t in texts), between.in_lang("en").join(t.in_lang("en") for t in texts))


def untranslated(texts: Iterable[LocalText]) -> Iterator[str]:
    """Tell, in one sentence each, which words have no Chinese."""
    for text in texts:
        if text.en == text.zh:
            yield f"{text.en!r} has no Chinese; add it to geo/translations/zh/LC_MESSAGES/messages.po and compile it"


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation("messages", TRANSLATIONS, ["zh"])


def toml_text(text: str) -> str:
    """Return a text as a basic string of TOML; every escape of JSON is one of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_local(text: LocalText) -> str:
    """Return a text in both languages as an inline table of TOML."""
    parts = {"zh": text.zh, "en": text.en}
    return f"{{ {', '.join(f'{lang} = {toml_text(part)}' for lang, part in parts.items() if part)} }}"
