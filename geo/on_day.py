"""The parameter `at`: the day as of which something is asked for, whoever asks."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from geo.errors import QueryError
from geo.parameters import JsonSchema, Kind, Meaning, Parameters, UnreadableError, told
from geo.text import word

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Day(Kind):
    """A day as YYYY-MM-DD."""

    def read(self, text: str) -> date:
        """Return the day."""
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            raise UnreadableError([f"{told(text)} arrived; expected a day as YYYY-MM-DD"]) from None

    def schema(self) -> JsonSchema:
        """Return the JSON schema: a day, or nothing, as forms send what nobody filled in."""
        return {"type": "string", "pattern": f"^({_DAY.pattern})?$"}


class OnDay(Parameters):
    """What is asked for as it is on a day; without one, as it is now."""

    at: Annotated[
        date | None,
        Day(),
        Meaning(word("day, YYYY-MM-DD: which features are there, and their name, code and status; today if absent")),
    ] = None


def read_day(text: str | None) -> date | None:
    """Return the day that a text says; None where there is none.

    Raises:
        QueryError: It is no day.
    """
    try:
        return Day().read(text) if text else None
    except UnreadableError as error:
        raise QueryError([f"at: {problem}" for problem in error.problems]) from error
