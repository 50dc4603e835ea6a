"""The language of a request."""

from collections.abc import Mapping
from typing import Annotated

from flask import Flask, current_app, request
from flask_babel import Babel

from geo.area import Area
from geo.labels import LABELS
from geo.parameters import Meaning, Parameters, read, read_leniently
from geo.text import LANGS, TRANSLATIONS, Lang, word

DEFAULT_LANG: Lang = "zh"
LANGUAGE_TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}  # BCP 47
_LABELS = "tongcheng-labels"


class Spoken(Parameters):
    """A request in a language."""

    lang: Annotated[Lang, Meaning(word("language"))] = DEFAULT_LANG


def init_i18n(app: Flask, area: Area) -> None:
    """Let every page speak the language that `?lang=` names, Chinese when it names none, in the words of its area."""
    app.extensions[_LABELS] = {
        lang: {kind: {key: told.in_lang(lang) for key, told in named.items()} for kind, named in area.labels.items()}
        for lang in LANGS
    }
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale=DEFAULT_LANG, locale_selector=_locale)


def current_lang() -> Lang:
    """Return the language of this request, whatever else it asks for.

    Raises:
        QueryError: `lang` is neither zh nor en, or arrived twice.
    """
    return read(Spoken, _said()).lang


def nearest_lang() -> Lang:
    """Return the language of this request, or the default where it names an unknown one."""
    return read_leniently(Spoken, _said())[0].lang


def _said() -> list[tuple[str, str]]:
    return [("lang", text) for text in request.args.getlist("lang")]


def labels(lang: Lang | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return how the values of choices are called, by kind and id; without a language in that of this request."""
    of_area: Mapping[Lang, Mapping[str, Mapping[str, str]]] = current_app.extensions[_LABELS]
    return of_area[lang or nearest_lang()]


def own_name(lang: Lang) -> str:
    """Return how a language calls itself."""
    return LABELS["lang"][lang].in_lang(lang)


def _locale() -> str:
    return nearest_lang()
