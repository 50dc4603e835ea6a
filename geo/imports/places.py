"""The area that cases are imported into: its themes, cities and counties, its geocoder, and places out of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.case import Place, PlaceRole, StatedPoint
from geo.catalogue.case_records import CaseRecords, read_case_records
from geo.catalogue.footprints import SURE_OF_A_POINT
from geo.catalogue.gazetteer_records import read_gazetteer_records
from geo.datum import to_wgs84
from geo.gazetteer.at_point import Reverse
from geo.gazetteer.compile import compile_entries
from geo.gazetteer.gazetteer import Gazetteer
from geo.imports.columns import folded
from geo.layers.boundaries import BoundaryRecords
from geo.layers.table import build_layers, read_layer_records
from geo.reading import RecordReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.case import Location
    from geo.imports.rows import PointCells
    from geo.sources import Sources
    from geo.text import LocalText

RADIUS_M = 100.0  # of coordinates that say nothing of it: good for a house, not for a door
_UNKNOWN = 0.3
_ROLES: Mapping[str, PlaceRole] = {
    "city": PlaceRole.JURISDICTION,
    "county": PlaceRole.JURISDICTION,
    "line": PlaceRole.ALIGNMENT,
    "road": PlaceRole.ALIGNMENT,
    "river": PlaceRole.ALIGNMENT,
}


@dataclass(frozen=True)
class FoundPlace:
    """A place as the record gets it, and what is known of how it was found.

    `name` and `kind` are of what the gazetteer means by it; empty where it means nothing and the county or cities of
    the row stand for it. `alternatives` are other meanings that were rejected. `confidence` is 0 to 1.
    """

    place: Place
    name: str
    kind: str
    confidence: float
    reason: str
    alternatives: tuple[str, ...] = ()
    adcodes: tuple[str, ...] = ()

    @property
    def is_found(self) -> bool:
        """Tell whether the gazetteer, or coordinates, know the place."""
        return bool(self.name)

    def cities(self, area: KnownArea) -> list[str]:
        """List the codes of the cities that it lies in."""
        codes = [*self.adcodes, *([self.place.county] if self.place.county else [])]
        return list(dict.fromkeys(area.city_of.get(code, code) for code in codes))


@dataclass(frozen=True)
class KnownArea:
    """What rows are held against."""

    records: CaseRecords
    gazetteer: Gazetteer
    finder: Reverse
    county_names: Mapping[str, str]
    city_names: Mapping[str, str]
    city_of: Mapping[str, str]
    counties: Mapping[str, str]
    cities: Mapping[str, str]

    @property
    def theme_names(self) -> dict[str, str]:
        """Return folded ids and names of themes with their ids."""
        return {
            folded(name): theme.id
            for theme in self.records.themes
            for name in (theme.id, theme.name.zh, theme.name.in_lang("en"))
        }

    def county_at(self, point: PointCells) -> str | None:
        """Return the code of the county that a point lies in; None outside of all."""
        lon, lat = to_wgs84(point.lon, point.lat, point.datum)
        return str(self.finder.reverse_many(np.array([[float(lon), float(lat)]]))[0]) or None


def read_known_area(sources: Sources) -> KnownArea:
    """Read the records of a folder and compile its names, without the relations that a catalogue holds.

    Raises:
        RecordError: Lists every problem of every record.
        SourceError: A file is missing or unreadable.
    """
    layer_records = read_layer_records(RecordReader(sources))
    boundaries = layer_records.of(BoundaryRecords)
    counties, cities = boundaries.counties, boundaries.cities
    records = read_case_records(sources, cities=[c.id for c in cities], counties=[c.id for c in counties])
    layers = build_layers(layer_records)
    entries = compile_entries(read_gazetteer_records(sources), boundaries, layers)
    city_zh = {city.id: city.name.zh for city in cities}
    return KnownArea(
        records=records,
        gazetteer=Gazetteer(entries),
        finder=Reverse(layers, entries),
        county_names=_county_names([(c.id, c.name, city_zh[c.city]) for c in counties]),
        city_names={folded(name): city.id for city in cities for name in _city_names(city.id, city.name)},
        city_of={county.id: county.city for county in counties},
        counties={county.id: county.name.zh for county in counties},
        cities=city_zh,
    )


def find_places(
    mentions: Sequence[str], area: KnownArea, *, county: str | None, cities: Sequence[str], role: PlaceRole | None
) -> list[FoundPlace]:
    """Geocode mentions; one that names several places that do not hold each other gives one place each.

    Args:
        mentions: Texts.
        area: Where they lie.
        county: The county that the row states for all of them.
        cities: The cities that the row states; none where it says nothing.
        role: What the row says that they are; None asks the kind of each place.
    """
    found = [one for mention in mentions for one in _find(mention, area, county=county, cities=cities, role=role)]
    return list({(one.place.mention, one.place.county): one for one in found}.values())


def place_at(point: PointCells, mention: str, *, county: str, role: PlaceRole | None, radius_m: float) -> FoundPlace:
    """Return the place that coordinates give."""
    stated = StatedPoint(round(point.lon, 7), round(point.lat, 7), point.datum.value, radius_m)
    place = Place(mention, role or PlaceRole.SITE, county, stated)
    return FoundPlace(
        place, mention, "point", SURE_OF_A_POINT, f"coordinates in {point.datum.label}, {radius_m:g} m", (), (county,)
    )


def _find(
    mention: str, area: KnownArea, *, county: str | None, cities: Sequence[str], role: PlaceRole | None
) -> list[FoundPlace]:
    located = area.gazetteer.locate(mention)
    finest = [one for one in located if one.adcodes and not _only_holds(one, located, area)]
    if county is not None:
        finest = [one for one in finest if county in one.adcodes]
    if not finest:
        return [_by_record(mention, located, area, county=county, cities=cities, role=role)]
    texts = [mention] if len(finest) == 1 else [mention[one.span[0] : one.span[1]] for one in finest]
    return [_found(text, one, located, area, county=county, role=role) for text, one in zip(texts, finest, strict=True)]


def _only_holds(one: Location, located: Sequence[Location], area: KnownArea) -> bool:
    """Tell whether a city or county only says where another place of the text lies."""
    if one.kind not in {"city", "county"}:
        return False
    code = one.adcodes[0]
    finer = [other for other in located if other is not one and other.kind not in {"city", one.kind} and other.adcodes]
    return any(code in {*other.adcodes, *(area.city_of.get(county) for county in other.adcodes)} for other in finer)


def _found(  # noqa: PLR0913  a place has that many sides
    text: str,
    one: Location,
    located: Sequence[Location],
    area: KnownArea,
    *,
    county: str | None,
    role: PlaceRole | None,
) -> FoundPlace:
    only = one.adcodes[0] if len(one.adcodes) == 1 and one.adcodes[0] in area.counties else None
    place = Place(text, role or _ROLES.get(one.kind, PlaceRole.SITE), county or only)
    others = [
        other.name
        for other in located
        if other is not one and other.name != one.name and not _only_holds(other, located, area)
    ]
    alternatives = tuple(dict.fromkeys((*one.rejected, *others)))
    return FoundPlace(place, one.name, one.kind, one.confidence, one.reason, alternatives, one.adcodes)


def _by_record(  # noqa: PLR0913  as the geocoder asks for them
    mention: str,
    located: Sequence[Location],
    area: KnownArea,
    *,
    county: str | None,
    cities: Sequence[str],
    role: PlaceRole | None,
) -> FoundPlace:
    """Ask for the meaning that the stated county or cities decide; without any, the place is shown as those."""
    rejected = tuple(name for one in located for name in one.rejected)
    means = area.gazetteer.place_of(mention, county=county, cities=cities) if county or cities else None
    if means is None:
        why = "namesakes, and nothing that decides between them" if rejected else "in no list of names"
        return FoundPlace(Place(mention, role or PlaceRole.SITE, county), "", "", _UNKNOWN, why, rejected)
    return _found(mention, means, (), area, county=county, role=role)


def _city_names(code: str, name: LocalText) -> tuple[str, ...]:
    return (code, name.zh, name.zh.removesuffix("市"), name.in_lang("en"))


def _county_names(counties: Sequence[tuple[str, LocalText, str]]) -> dict[str, str]:
    """Return folded names with codes; a name that two counties share needs its city."""
    said: dict[str, set[str]] = {}
    for code, name, city in counties:
        for one in (code, name.zh, name.in_lang("en"), f"{city}{name.zh}", f"{city.removesuffix('市')}{name.zh}"):
            said.setdefault(folded(one), set()).add(code)
    return {name: codes.copy().pop() for name, codes in said.items() if len(codes) == 1}
