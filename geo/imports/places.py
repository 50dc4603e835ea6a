"""The area that cases are imported into, with its names and geocoder, and the places of a row held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.case import Place, PlaceRole, StatedPoint
from geo.catalogue.case_records import CaseRecords, read_case_records
from geo.catalogue.footprints import SURE_OF_A_POINT
from geo.catalogue.records import read_gazetteer_records
from geo.gazetteer.at_point import Reverse
from geo.gazetteer.compile import compile_entries
from geo.gazetteer.gazetteer import Gazetteer
from geo.imports.columns import folded
from geo.imports.rows import ROLES, few, names_of, shown
from geo.layers.boundaries import BoundaryRecords
from geo.layers.table import build_layers, read_layer_records
from geo.reading import RecordReader
from geo.shift import to_wgs84

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.case import Location
    from geo.datum import Datum
    from geo.imports.rows import PointCells, RowReader
    from geo.sources import Sources
    from geo.text import LocalText

RADIUS_M = 100.0  # of coordinates that say nothing of it: good for a house, not for a door
_UNKNOWN = 0.3
_SURE = 0.8
_CELLS = ("place", "county", "cities", "lon", "lat", "coordinates", "datum")
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

    @property
    def told(self) -> str:
        """How it was found, as one line."""
        others = f"; not {few(self.alternatives)}" if self.alternatives else ""
        what = f"{self.name} ({self.kind})" if self.is_found else "not found"
        return f"{what}, confidence {self.confidence:.2f}: {self.reason}{others}"

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
    with sources.telling():
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


class RowPlaces:
    """The places of one row and its cities; problems go to its reader, what is worth telling to `notes`."""

    def __init__(self, reader: RowReader, area: KnownArea, datum: Datum | None) -> None:
        """Take the cells, what they are held against, and the datum of the whole file."""
        self.reader, self.area, self.datum = reader, area, datum
        self.notes: list[str] = []

    def read(self, title: str | None) -> tuple[list[str], list[FoundPlace]]:
        """Return the codes of the cities and the places; out of the title where no cell tells them."""
        read, area = self.reader, self.area
        county = read.choice("county", area.county_names, default="") or None
        stated = self._cities()
        said = read.choice("role", names_of(ROLES), default="")
        role = PlaceRole(said) if said else None
        mentions = read.parts("place")
        places = self._at_point(county, mentions, title, role)
        mentions = tuple(one for one in mentions if not places or one != places[0].place.mention)
        places += find_places(mentions, area, county=county, cities=stated, role=role)
        if not places:
            places = self._without_mention(title, county, stated, role)
        cities = stated or self._cities_of(places)
        heads = {read.columns.head(field) for field in _CELLS}
        if not cities and not any(problem.column in heads for problem in read.problems):
            arrived = shown(read.text("place")) if read.parts("place") else "nothing, and a title that names no place"
            remedy = "Name its county or township, fill county or cities, or give coordinates"
            read.tell("place", arrived, "a place in this area", remedy)
        self._tell_of(places, stated)
        return cities, places

    def _at_point(
        self, county: str | None, mentions: Sequence[str], title: str | None, role: PlaceRole | None
    ) -> list[FoundPlace]:
        read = self.reader
        point, radius = read.point(self.datum), read.number("radius_m")
        if radius is not None and radius <= 0:
            read.tell("radius_m", f"{radius:g}", "metres above 0", "Correct it, or leave the cell empty")
        if point is None:
            return []
        found = self.area.county_at(point)
        if found is None:
            read.tell(
                "lon",
                f"{point.lon}, {point.lat} in {point.datum.label}",
                f"a point in one of the {len(self.area.counties)} counties of this area",
                "Correct the numbers or the datum",
            )
            return []
        if county is not None and county != found:
            read.tell(
                "county",
                f"{self.area.counties[county]}, while the point lies in {self.area.counties[found]}",
                "the county of the point",
                "Correct the county, the numbers or the datum",
            )
            return []
        mention = next((one for one in mentions if not self._elsewhere(one, found)), None)
        if mention is None and mentions:
            mention = mentions[0]
            self.notes.append(
                f"{read.columns.head('place')}: the point lies in {self.area.counties[found]}, "
                f"while {shown(mention)} means {self._elsewhere(mention, found)}; the point was taken"
            )
        mention = mention or " ".join((title or "").split())
        if read.row.geometry is not None and read.row.geometry.geom_type != "Point":
            self.notes.append(f"geometry: a {read.row.geometry.geom_type} arrived; a point inside it is kept of it")
        return [place_at(point, mention, county=found, role=role, radius_m=radius or RADIUS_M)] if mention else []

    def _elsewhere(self, mention: str, county: str) -> str | None:
        known = [one for one in self.area.gazetteer.locate(mention) if one.adcodes and one.kind != "city"]
        return known[-1].name if known and all(county not in one.adcodes for one in known) else None

    def _without_mention(
        self, title: str | None, county: str | None, cities: Sequence[str], role: PlaceRole | None
    ) -> list[FoundPlace]:
        """Take places out of the title, else the county or cities of the row itself."""
        area = self.area
        in_title = [
            place
            for place in find_places([title] if title else [], area, county=None, cities=(), role=role)
            if place.is_found and set(place.cities(area)) <= {*(cities or area.cities)}
            and county in {None, *place.adcodes}
        ]  # fmt: skip
        if in_title:
            self.notes.append(f"{self.reader.columns.head('place')}: nothing arrived; the title names "
                              f"{few(place.name for place in in_title)}")  # fmt: skip
            return in_title
        names = [area.counties[county]] if county else [area.cities[code] for code in cities]
        return find_places(names, area, county=county, cities=cities, role=role)

    def _cities(self) -> list[str]:
        found = []
        for part in self.reader.parts("cities"):
            code = self.area.city_names.get(folded(part))
            if code is None:
                self.reader.tell(
                    "cities", shown(part), f"some of {few(self.area.cities.values())}", "Write their names"
                )
            elif code not in found:
                found.append(code)
        return found

    def _cities_of(self, places: Sequence[FoundPlace]) -> list[str]:
        return list(dict.fromkeys(city for place in places for city in place.cities(self.area)))

    def _tell_of(self, places: Sequence[FoundPlace], stated: Sequence[str]) -> None:
        head = self.reader.columns.head("place")
        for place in places:
            mention = shown(place.place.mention)
            if not place.is_found:
                others = f" ({few(place.alternatives)})" if place.alternatives else ""
                self.notes.append(f"{head}: {mention}: {place.reason}{others}; shown as its county or cities")
            elif place.confidence < _SURE:
                self.notes.append(f"{head}: {mention} means {place.name} with confidence {place.confidence:.2f} only")
            elif stated and not set(stated) & set(place.cities(self.area)):
                self.notes.append(f"{head}: {mention} lies in none of the cities that the row names")


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
