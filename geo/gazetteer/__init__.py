"""Texts and coordinates to places: `from geo.gazetteer import locate, reverse, reverse_many`."""

from geo.gazetteer.api import locate, reverse, reverse_many

__all__ = ["locate", "reverse", "reverse_many"]
