"""One text in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
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

    def filled(self, **parts: "LocalText | str | int") -> "LocalText":
        """Return the text with {parts} put in where it names them, those of its own language."""
        return LocalText(*(self._filled(parts, lang) for lang in LANGS))

    def _filled(self, parts: Mapping[str, "LocalText | str | int"], lang: Lang) -> str:
        spoken = {name: part.in_lang(lang) if isinstance(part, LocalText) else part for name, part in parts.items()}
        return self.in_lang(lang).format(**spoken)

    def is_translated(self, lang: Lang) -> bool:
        """Tell whether the text exists in this language."""
        return lang == "zh" or bool(self.en)
