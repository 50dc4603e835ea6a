"""Make a text comparable without moving its characters: a span in the result is the span in the original."""

import unicodedata


def normalise(text: str) -> str:
    """Fold full-width letters and digits to ASCII, character by character."""
    return "".join(_folded(character) for character in text)


def _folded(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
