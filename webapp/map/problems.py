"""What of an address could not be used, in the language of the visitor."""

import re
from collections.abc import Iterable

from flask_babel import gettext

from geo.fields import FIELDS
from geo.text import Lang

_PROBLEM = re.compile(r"(?P<name>[^:]*): (?P<rest>.*)", re.DOTALL)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def told(problems: Iterable[str], lang: Lang) -> list[str]:
    """Return each problem as a sentence; English ones as they are, with what was expected."""
    return list(problems) if lang == "en" else [_told(problem, lang) for problem in problems]


def _told(problem: str, lang: Lang) -> str:
    parts = _PROBLEM.fullmatch(problem)
    if parts is None:
        return problem
    name, rest = parts["name"], parts["rest"]
    if rest.startswith("unknown parameter"):
        return str(gettext("%(name)s: unknown parameter", name=name))
    shown = f"{FIELDS[name].title.in_lang(lang)} ({name})" if name in FIELDS else name
    quoted = _QUOTED.search(rest)
    if quoted is None:
        return str(gettext("%(name)s: cannot be used", name=shown))
    return str(gettext("%(name)s: “%(value)s” cannot be used", name=shown, value=quoted[1] or quoted[2] or ""))
