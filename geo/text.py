"""One text in Chinese and English."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True)
class LocalText:
    """A text in both languages; the English may be missing, the Chinese may not."""

    zh: str
    en: str | None = None

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by geo.catalogue.records

    def in_lang(self, lang: Lang) -> str:
        """Return the text in a language, or the Chinese where it was not translated."""
        return (self.en or self.zh) if lang == "en" else self.zh

    def is_translated(self, lang: Lang) -> bool:
        """Tell whether the text exists in this language."""
        return lang == "zh" or bool(self.en)
