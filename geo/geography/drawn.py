"""What a file draws: one thing with its names, numbers and shape, before anybody knows whether it is one of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from shapely.geometry.base import BaseGeometry

Tags = Mapping[str, str]


@dataclass(frozen=True)
class Drawn:
    """One thing out of a file; `shape` is WGS-84 once `geo.geography.datum` was asked.

    `kind` is an id of `geo.geography.kinds`; `told` how problems call it; `missing` how many of its `members` the file
    does not hold.
    """

    kind: str
    tags: Tags
    shape: BaseGeometry
    told: str
    members: int = 0
    missing: int = 0

    @cached_property
    def names(self) -> tuple[str, ...]:
        """List its names, the Chinese first."""
        keys = ("name:zh", "name", "official_name", "alt_name", "short_name", "old_name")
        told = [self.tags[key] for key in keys if key in self.tags]
        return tuple(dict.fromkeys(part.strip() for text in told for part in text.split(";") if part.strip()))

    @property
    def refs(self) -> tuple[str, ...]:
        """List its numbers, such as G5 and S3, without blanks."""
        return tuple(one.replace(" ", "").upper() for one in self.tags.get("ref", "").split(";") if one.strip())


@dataclass(frozen=True)
class Content:
    """Everything that a file draws, and how its coordinates are meant.

    `is_declared`: the file itself says its datum, as every extract of OpenStreetMap does by its nature. `notes` tell
    what was left out; `date` when it was taken, ISO, None where the file does not say.
    """

    things: tuple[Drawn, ...]
    is_declared: bool
    date: str | None
    is_osm: bool = False
    notes: tuple[str, ...] = field(default_factory=tuple)
