"""What the detail panel fetches, field by field, beside webapp/map/wire.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.latlon import LatLon
from webapp.map.wire import CaseShape, Thin


@dataclass(frozen=True, kw_only=True)
class Told:
    """A text, and whether it stands in the language asked for."""

    text: str
    translated: bool


@dataclass(frozen=True, kw_only=True)
class Period:
    """When a case held; None is open or unknown."""

    start: str | None
    end: str | None


@dataclass(frozen=True, kw_only=True)
class PlaceText:
    """A place as the record mentions it, and what it was found to be; `fallback`: it was not found."""

    mention: str
    name: str
    precision: str
    radius: str | None
    schematic: bool
    fallback: bool


@dataclass(frozen=True, kw_only=True)
class SourceText:
    """Where something of a case is documented."""

    title: str
    publisher: str | None
    date: str | None
    url: str | None
    rating: str


@dataclass(frozen=True, kw_only=True)
class RelatedText:
    """A case that is related, and why."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, kw_only=True)
class OtherMap:
    """A position on a map of others; `position` is a text "lon,lat" in the datum of that map."""

    map: str
    datum: str
    url: str
    position: str


@dataclass(frozen=True, kw_only=True)
class CaseDetails:
    """A case, with its shapes; `position` is its label point, None for the whole region."""

    id: str
    title: Told
    theme: str
    theme_name: str
    membership: str
    evidence: str
    status: str
    status_as_of: str | None
    period: Period
    cities: Sequence[str]
    summary: Told
    facts: Sequence[str]
    problem: Told | None
    mechanism: Told | None
    reusable: Told | None
    figures: Sequence[str]
    partners: Sequence[str]
    places: Sequence[PlaceText]
    sources: Sequence[SourceText]
    related: Sequence[RelatedText]
    is_region_wide: bool
    schematic: bool
    precision: str
    position: LatLon | None
    shapes: Sequence[CaseShape]
    elsewhere: Sequence[OtherMap]
    citation: str
    page: str
    exports: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FactText:
    """A column of a feature and what it says."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class FeatureDetails:
    """A feature of a layer, with its shape; `precision_m`: how far it may be off, metres."""

    id: str
    layer: str
    layer_title: str
    name: Told
    facts: Sequence[FactText]
    status: str
    rating: str
    schematic: bool
    precision_m: float | None
    note: str | None
    source: str
    is_point: bool
    shape: Thin
    elsewhere: Sequence[OtherMap]
    page: str
    exports: Mapping[str, str]
