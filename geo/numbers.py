"""Numbers in what somebody sent: ASCII digits, a sign, a point, an exponent, and nothing else that Python reads."""

import math
import re

_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"\d+", re.ASCII)
LON_RANGE: tuple[float, float] = (73, 136)  # degrees; China, wherever coordinates are asked for
LAT_RANGE: tuple[float, float] = (3, 54)
_DIGITS = 18  # of a whole number; a longer one is above every `most`


def decimal_number(text: str) -> float | None:
    """Return a number, spaces around it left out; None when the text is none, or one that is too great for a float."""
    text = text.strip()
    number = float(text) if _DECIMAL.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def decimal_numbers(text: str, *, separator: str = ",") -> tuple[float, ...] | None:
    """Return the numbers of a list; None when any part of it is none."""
    numbers = [decimal_number(part) for part in text.split(separator)]
    found = tuple(number for number in numbers if number is not None)
    return found if len(found) == len(numbers) else None


def whole_number(text: str, *, most: int) -> int | None:
    """Return a whole number from 0, one above `most` as `most`; None when the text is none.

    Args:
        text: Digits; any number of them.
        most: At most 10^18.
    """
    if not _WHOLE.fullmatch(text):
        return None
    digits = text.lstrip("0")
    return most if len(digits) > _DIGITS else min(most, int(digits or "0"))
