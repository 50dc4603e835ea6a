"""Ids of cases for ever: which practice each means, and what became of those that are no longer alive."""

from dataclasses import dataclass

from geo.record import Record
from geo.text import LocalText


@dataclass(frozen=True)
class LedgerLine(Record):
    """What an id has meant since it was given: every Chinese title of its one practice, the oldest first."""

    since: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Retired(Record):
    """An id that is no longer alive: moved to another case, or withdrawn for a reason; one of both is given.

    `date` is ISO; `decision` says who decided and where that can be read.
    """

    id: str
    date: str
    decision: str
    moved_to: str | None = None
    reason: LocalText | None = None
