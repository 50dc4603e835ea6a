"""Texts and coordinates to places: `from geo.gazetteer import locate, locate_many, reverse, reverse_many`."""

from geo.gazetteer.api import locate, locate_many, reverse, reverse_many

__all__ = ["locate", "locate_many", "reverse", "reverse_many"]
