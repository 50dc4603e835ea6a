"""Tongcheng Atlas in Python: `import geo; catalogue = geo.open_catalogue()`. See docs/python.md."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.face import OpenCatalogue, open_catalogue

__all__ = ["OpenCatalogue", "open_catalogue"]


def __getattr__(name: str) -> object:
    """Load the face when it is first asked for: the command and the geocoder start without it."""
    if name not in __all__:
        msg = f"module 'geo' has no attribute {name!r}"
        raise AttributeError(msg)
    from geo import face  # noqa: PLC0415

    return getattr(face, name)
