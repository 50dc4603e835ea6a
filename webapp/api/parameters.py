"""Read the parameters of an API request; each reader returns problems instead of raising, so that all are told."""

from flask import request

from geo.errors import QueryError

DEFAULT_LIMIT = 100
MOST_LIMIT = 1000


def given(*, without: frozenset[str]) -> list[tuple[str, str]]:
    """Return the parameters of this request in their order, without some."""
    return [(name, text) for name, text in request.args.items(multi=True) if name not in without]


def unknown(known: frozenset[str]) -> list[str]:
    """Return one problem for each parameter that is not known."""
    return [
        f"{name}: unknown parameter; known are {', '.join(sorted(known))}" for name in request.args if name not in known
    ]


def not_a_number(name: str) -> list[str]:
    """Return a problem when a parameter is no number."""
    text = request.args.get(name, "")
    try:
        float(text)
    except ValueError:
        return [f"{name}: {text[:60]!r} arrived; expected a number in degrees"]
    return []


def whole_number(name: str, default: int, *, least: int, problems: list[str]) -> int:
    """Return a whole number, or the default; add a problem when it is none or too small."""
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if text.isascii() and text.isdigit() and least <= int(text[:12]):
        return int(text[:12])
    problems.append(f"{name}: {text[:60]!r} arrived; expected a whole number from {least}")
    return default


def paging() -> tuple[int, int]:
    """Return limit and offset; a limit above the greatest is the greatest.

    Raises:
        QueryError: One of them is no whole number, or `f` asks for something else than JSON.
    """
    problems: list[str] = []
    limit = whole_number("limit", DEFAULT_LIMIT, least=1, problems=problems)
    offset = whole_number("offset", 0, least=0, problems=problems)
    form = request.args.get("f", "json")
    if form != "json":
        problems.append(f"f: unknown value {form[:60]!r}; known is json")
    if problems:
        raise QueryError(problems)
    return min(limit, MOST_LIMIT), offset
