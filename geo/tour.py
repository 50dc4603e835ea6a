"""A guided tour: states of the map, each with a few sentences and their source."""

from dataclasses import dataclass

from geo.record import Record
from geo.text import LocalText


@dataclass(frozen=True)
class TourStep(Record):
    """One state of the map.

    `query`: conditions as in an address, such as "theme=ecology"; empty shows all cases. `look`: what to bring into
    view, "<layer>:<id>", "case:<id>" or empty for the whole area. `layers`: ids of the layers to draw.
    """

    query: str
    look: str
    layers: tuple[str, ...]
    text: LocalText
    source: str


@dataclass(frozen=True)
class Tour(Record):
    """A short story in steps."""

    id: str
    title: LocalText
    step: tuple[TourStep, ...]
