"""What every checked record shares: it holds the fields of its class and no others, and dates as exact as known."""

import re
from datetime import date
from typing import ClassVar

_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Record:
    """A record of the data folder: a frozen dataclass, of which geo.reading makes every problem a sentence."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}


def is_iso_date(text: str) -> bool:
    """Tell whether a text is an existing date as exact as YYYY, YYYY-MM or YYYY-MM-DD."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True
