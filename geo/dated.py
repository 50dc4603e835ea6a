"""Facts that have a life: a value with the days between which it held, its source with its date, its own rating.

A date is as exact as known: YYYY, YYYY-MM or YYYY-MM-DD. As a beginning it counts from its first day, as an end up to
its last one, so that a change "in 2016" begins with 2016; where two facts overlap, the one that began later holds.
"""

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo.case import Rating
from geo.labels import LABELS
from geo.record import Record, is_iso_date

_UNBEGUN = frozenset({"planned", "under_construction"})
NOT_KNOWN = "unknown"  # the status of what is there, on a day of which none is known


class About(StrEnum):
    """What a fact is about; a column of the same name holds its value where a layer has one."""

    NAME = "name"
    CODE = "code"
    CITY = "city"
    STATUS = "status"
    OPENING = "opening"
    PROGRESS = "progress"
    LENGTH = "official_length_km"
    AREA = "official_area_km2"

    @property
    def is_number(self) -> bool:
        """Tell whether values are numbers, in the unit of the name."""
        return self in {About.LENGTH, About.AREA}

    @property
    def order(self) -> int:
        """Return its place among others."""
        return list(About).index(self)


@dataclass(frozen=True, kw_only=True)
class Fact(Record):
    """One value of one thing, from `valid_from` to `valid_to`, both within; or `known_at`, where it began unknown when.

    `value`: kilometres, km², the id of a status, or a text, whose English is `value_en`. `known_at`: the latest day of
    which the source tells it. `source_date`: that of the source, ISO; "verified" needs one.
    """

    about: About
    value: str | float
    source: str
    rating: Rating
    value_en: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    known_at: str | None = None
    source_date: str | None = None

    @property
    def begins(self) -> date:
        """Return the first day on which it may have held; a measure only known at a date may be older."""
        start = self.valid_from or (None if self.valid_to or self.about.is_number else self.known_at)
        return first_day(start) if start else date.min

    @property
    def ends(self) -> date:
        """Return the last day on which it may have held."""
        return last_day(self.valid_to) if self.valid_to else date.max

    @property
    def text(self) -> str:
        """Return it as one text: code G4201, –2019, verified-proxy (source, its date)."""
        period = f"{self.valid_from or ''}–{self.valid_to or ''}" if self.valid_from or self.valid_to else ""
        known = f"known at {self.known_at}" if self.known_at else ""
        said = ", ".join(filter(None, [f"{self.about} {self.value}", period, known, str(self.rating)]))
        return f"{said} ({', '.join(filter(None, [self.source, self.source_date]))})"

    def dated(self, day: date) -> str | None:
        """Return the latest date up to a day of which it is told."""
        dates = [one for one in (self.known_at, self.valid_from) if one and first_day(one) <= day]
        return next(iter(dates), self.valid_from or self.known_at)

    def problems(self) -> Iterator[str]:
        """Tell what is wrong with it, one sentence each."""
        told = f"fact about {self.about}"
        dates = {name: getattr(self, name) for name in ("valid_from", "valid_to", "known_at", "source_date")}
        wrong = [name for name, text in dates.items() if text is not None and not is_iso_date(text)]
        for name in wrong:
            yield f"{told}: {name}: arrived {dates[name]!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
        if not wrong and self.begins > self.ends:
            yield f"{told}: valid_to {self.valid_to} is before valid_from {self.valid_from}; correct one of them"
        if not (self.valid_from or self.valid_to or self.known_at):
            yield f"{told}: has no date; give valid_from, valid_to or known_at"
        if self.rating is Rating.VERIFIED and not self.source_date:
            yield f"{told}: is rated verified, and its source has no date; give source_date, or rate it verified-proxy"
        if isinstance(self.value, str) is self.about.is_number:
            yield f"{told}: value: arrived {self.value!r}; expected a {'number' if self.about.is_number else 'text'}"
        if self.about is About.STATUS and self.value not in LABELS["status"]:
            yield f"{told}: value: arrived {self.value!r}; known are {', '.join(LABELS['status'])}"


def first_day(text: str) -> date:
    """Return the first day of a date as exact as known."""
    return date.fromisoformat(text + "-01" * (2 - text.count("-")))


def last_day(text: str) -> date:
    """Return the last day of a date as exact as known."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def holding(facts: Sequence[Fact], day: date) -> Mapping[str, Fact]:
    """Return the fact that holds on a day, by what it is about."""
    may = (fact for fact in facts if fact.begins <= day <= fact.ends)
    return {str(fact.about): fact for fact in sorted(may, key=lambda fact: fact.begins)}


def former_values(facts: Sequence[Fact], about: About) -> tuple[tuple[str, str], ...]:
    """List what something is no longer called, with the date until which it was, the latest first.

    A value of today is no former one.
    """
    today = holding(facts, date.max).get(about)
    past = [fact for fact in facts if fact.about is about and fact.valid_to and fact is not today]
    latest = sorted(past, key=lambda fact: fact.ends, reverse=True)
    return tuple((str(fact.value), fact.valid_to or "") for fact in latest if not today or fact.value != today.value)


def is_there(facts: Sequence[Fact], day: date) -> bool:
    """Tell whether a thing is there on a day, as far as its facts about its status tell.

    It is not before its first one, where that tells of a beginning, and not when every one has ended. What is only
    known to have been in operation on some day was there before, for all we know.
    """
    told = sorted((fact for fact in facts if fact.about is About.STATUS), key=lambda fact: fact.begins)
    if not told:
        return True
    if day < told[0].begins:
        return told[0].valid_from is None and told[0].value not in _UNBEGUN
    return day <= max(fact.ends for fact in told)


def opened(facts: Sequence[Fact]) -> Fact | None:
    """Return the fact that tells since when a thing is in operation, where one does."""
    told = (fact for fact in facts if fact.about is About.STATUS and fact.value == "in_operation" and fact.valid_from)
    return min(told, key=lambda fact: fact.begins, default=None)


def changes(facts: Iterable[Fact]) -> Sequence[date]:
    """List the days on which anything changes, sorted: first days of what begins or is told, and days after ends."""
    found = set()
    for fact in facts:
        found |= {fact.begins} if fact.begins > date.min else set()
        found |= {first_day(fact.known_at)} if fact.known_at else set()
        found |= {date.fromordinal(fact.ends.toordinal() + 1)} if fact.ends < date.max else set()
    return sorted(found)
