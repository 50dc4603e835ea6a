"""The parameters of this request, read as a model; the models that more than one room needs."""

from typing import Annotated, TypeVar

from flask import request

from geo.parameters import Meaning, Parameters, read
from geo.text import Lang
from geo.words import word
from webapp.i18n import DEFAULT_LANG

P = TypeVar("P", bound=Parameters)


class Nothing(Parameters):
    """A request without parameters."""


class Spoken(Parameters):
    """A request in a language."""

    lang: Annotated[Lang, Meaning(word("language"))] = DEFAULT_LANG


def given() -> list[tuple[str, str]]:
    """Return the parameters of this request as pairs of name and text."""
    return list(request.args.items(multi=True))


def asked(model: type[P]) -> P:
    """Return the parameters of this request as a model.

    Raises:
        QueryError: Unknown names, or texts that cannot be read; lists all.
    """
    return read(model, given())
