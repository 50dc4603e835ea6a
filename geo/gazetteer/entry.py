"""What the gazetteer knows of one place."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from geo.case import Precision, Rating
from geo.codes import city_of

Doubt = Literal["risky", "alone", "common"]


@dataclass(frozen=True)
class Entry:
    """A place with its names and its footprint.

    The footprint is the layer feature `feature` names, else the circle of `radius_m` around `lon`, `lat` (WGS-84),
    else the union of the counties `adcodes`. `adcodes` are county codes (or one city code), `shares` their part of
    the footprint (sum 1). `short_names` need evidence in a text: they are also other words.
    `former_names` are pairs of a name and the year until which it held; `neighbours` the codes of the counties that
    share a border with a county. `villages` are villages and communities in it whose name stands once in the city.
    `doubts` are pairs of a short name and the evidence that it needs (data/gazetteer/ambiguous.toml).
    Entries of kind `blocker` and `elsewhere` lie outside the area or are no places: they consume what they
    contain and answer nothing.
    """

    id: str
    name: str
    kind: str
    precision: Precision
    rating: Rating
    source: str
    adcodes: tuple[str, ...]
    shares: tuple[float, ...]
    lon: float
    lat: float
    radius_m: float = 0.0
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()
    short_names: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    doubts: tuple[tuple[str, Doubt], ...] = ()
    feature: tuple[str, str] | None = None

    @property
    def is_blocker(self) -> bool:
        """Tell whether the entry lies outside the area."""
        return self.kind in {"blocker", "elsewhere"}

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """List the codes of the cities that hold it."""
        return tuple(dict.fromkeys(city_of(code) for code in self.adcodes))
