"""What is wrong with the parameters of any request."""

from collections.abc import Iterable, Sequence


def unknown_parameters(given: Iterable[str], known: Sequence[str]) -> list[str]:
    """Return one problem for each name that is not known; the known ones are told in their order."""
    told = ", ".join(known) or "none"
    return [f"{name[:60]}: unknown parameter; known are {told}" for name in given if name not in known]
