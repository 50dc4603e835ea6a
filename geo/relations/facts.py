"""Spatial facts as sentences, in both languages, from the table of relations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.case import Footprint, PlaceRole, Precision
from geo.feature import Feature, Layer
from geo.layers.table import layer_spec, layers_with
from geo.relations.linear import LINES_OF, STOPS
from geo.relations.matching import Key, lies_surely
from geo.relations.table import Relation, Relations
from geo.text import LocalText, joined, word

NEAR_STATION_M = 10_000.0
_MOST_COUNTIES = 4
_MOST_PLACES = 6
_KM_LAYERS = layers_with(lambda spec: spec.fact == "at_km")
_INSIDE_LAYERS = layers_with(lambda spec: spec.fact == "inside")
_ABOUT_LAYERS = layers_with(lambda spec: spec.fact)
_BY_ROLE = (
    ((PlaceRole.SITE, PlaceRole.OFFICE), word("In {places}")),
    ((PlaceRole.ALIGNMENT,), word("Passes through {places}")),
    ((PlaceRole.JURISDICTION,), word("Holds for {places}")),
)
Numbered = tuple[Footprint, int]
Placed = tuple[Footprint, Relation]


@dataclass(frozen=True)
class Facts:
    """Puts the relations of footprints into words."""

    relations: Relations
    layers: Mapping[str, Layer]
    named: Mapping[str, Key]  # the feature that each entry of the gazetteer stands for
    of_whole: LocalText  # what is said of a case that holds for the whole area

    def of_case(self, footprints: Sequence[Footprint], numbers: Sequence[int]) -> list[LocalText]:
        """Return the facts of a case: its counties, what it names, then what its located places lie on, in and near.

        Places known only by their county or city meet nearly everything: they tell their counties only.

        Args:
            footprints: The footprints of the case.
            numbers: Their numbers in the table of relations.
        """
        if all(footprint.precision is Precision.REGION for footprint in footprints):
            return [self.of_whole]
        about = list(dict.fromkeys(key for f in footprints if (key := self.named.get(f.entry_id))))
        located = [(f, n) for f, n in zip(footprints, numbers, strict=True) if f.is_fine]
        places = [(f, n) for f, n in located if self.named.get(f.entry_id, ("", ""))[0] not in _ABOUT_LAYERS]
        is_told_apart = len({footprint.name for footprint in footprints}) > 1
        sentences = (
            *self._areas(footprints, numbers),
            *self._about(about),
            *self._along(places, about, is_told_apart=is_told_apart),
            *self._insides(places, about, is_told_apart=is_told_apart),
            *self._stations(places, is_told_apart=is_told_apart),
        )
        return list(dict.fromkeys(sentences))

    def _about(self, about: Sequence[Key]) -> Iterator[LocalText]:
        """Yield the belts, zones and lines that the case names: where those lie on themselves tells nothing."""
        for layer_id, feature_id in about:
            if layer_id in _ABOUT_LAYERS:
                feature = self.layers[layer_id].feature(feature_id)
                yield _sentence(feature, word("Concerns {place}", place=feature.name))

    def _areas(self, footprints: Sequence[Footprint], numbers: Sequence[int]) -> Iterator[LocalText]:
        """Yield the counties, else the cities, in which places lie, through which lines lead, for which it holds."""
        for roles, sentence in _BY_ROLE:
            chosen = [(f, n) for f, n in zip(footprints, numbers, strict=True) if f.role in roles]
            areas = list(dict.fromkeys(name for placed in chosen for name in self._areas_of(*placed)))
            if areas:
                yield sentence.filled(places=_told(areas))

    def _areas_of(self, footprint: Footprint, number: int) -> list[LocalText]:
        if footprint.counties:
            return [self.layers["counties"].feature(code).name for code in footprint.counties]
        rows = [row for row in self.relations.of_footprint(number) if row.layer == "cities" and row.meets]
        return [self.layers["cities"].feature(row.feature).name for row in rows]

    def _along(self, places: Sequence[Numbered], about: Sequence[Key], *, is_told_apart: bool) -> Iterator[LocalText]:
        """Yield each belt and corridor that places lie in, with their kilometres."""
        found = self._placed(places, lambda row: row.layer in _KM_LAYERS and row.meets)
        for key, rows in found.items():
            if key not in about:
                yield _on_axis(self.layers[key[0]].feature(key[1]), rows, is_told_apart=is_told_apart)

    def _insides(self, places: Sequence[Numbered], about: Sequence[Key], *, is_told_apart: bool) -> Iterator[LocalText]:
        """Yield the zones that hold places; a zone drawn as whole counties holds nothing for sure."""
        found = self._placed(places, lambda row: row.layer in _INSIDE_LAYERS and row.within)
        for key, rows in found.items():
            feature = self.layers[key[0]].feature(key[1])
            if key not in about and feature.properties.get("drawn_as") != "counties":
                yield _inside(feature, rows, is_told_apart=is_told_apart)

    def _placed(self, places: Sequence[Numbered], fits: Callable[[Relation], bool]) -> Mapping[Key, Sequence[Placed]]:
        """Return the places with their relations that fit, by the feature."""
        found: dict[Key, list[Placed]] = {}
        for footprint, number in places:
            for row in filter(fits, self.relations.of_footprint(number)):
                found.setdefault((row.layer, row.feature), []).append((footprint, row))
        return found

    def _stations(self, places: Sequence[Numbered], *, is_told_apart: bool) -> Iterator[LocalText]:
        """Yield the nearest station of each place that is a point: a whole forest is at no distance from one."""
        points = [
            (f, n) for f, n in places if f.geometry.geom_type == "Point" and not f.entry_id.startswith("station:")
        ]
        for footprint, number in points[:_MOST_PLACES]:
            rows = [row for row in self.relations.of_footprint(number) if row.layer in STOPS]
            near = min(rows, key=lambda row: row.distance_m, default=None)
            if near is not None and near.distance_m <= NEAR_STATION_M:
                station = self.layers[near.layer].feature(near.feature)
                yield _station(
                    footprint, near, station, self._lines_at(near.layer, station), is_told_apart=is_told_apart
                )

    def _lines_at(self, layer_id: str, station: Feature) -> list[LocalText]:
        """Return what people call the lines of a station: official codes, else names; our own ids tell nothing."""
        lines = [
            self.layers[column.of_layer].feature(line_id)
            for column in layer_spec(layer_id).columns
            if column.of_layer in LINES_OF
            for line_id in column.parts_of(station)
            if line_id in self.layers[column.of_layer]
        ]
        return [LocalText(line.id, line.id) if _has_official_code(line) else _short(line.name) for line in lines]


def _on_axis(feature: Feature, rows: Sequence[Placed], *, is_told_apart: bool) -> LocalText:
    """Return which places lie in a belt and at which kilometres of its axis; these run from its first node."""
    places = {_hedged(footprint, row): _at_km(feature, row) for footprint, row in rows}
    if not is_told_apart:
        (footprint, row), at = rows[0], next(iter(places.values()))
        if not at:
            return _inside(feature, rows, is_told_apart=False)
        told = word("At {km} of {place}", km=at, place=feature.name)
        return _sentence(feature, told if _is_sure(footprint, row) else word("{place} (possibly)", place=told))
    named = [word("{place} {km}", place=name, km=at) if at else name for name, at in places.items()]
    return _sentence(feature, word("In {area}: {places}", area=feature.name, places=_some(named)))


def _at_km(feature: Feature, row: Relation) -> str:
    """Return the kilometre of a place as "14.2 km"; empty for one behind an end of the axis, and for an area."""
    is_told = not row.stretches and row.has_kilometre(float(str(feature.properties["axis_km"])))
    return f"{row.km:.1f} km" if is_told else ""


def _inside(feature: Feature, rows: Sequence[Placed], *, is_told_apart: bool) -> LocalText:
    if not is_told_apart:
        if not all(row.within for _, row in rows):
            return _sentence(feature, word("Partly inside {place}", place=feature.name))
        if all(_is_sure(*placed) for placed in rows):
            return _sentence(feature, word("Inside {place}", place=feature.name))
        return _sentence(feature, word("Possibly inside {place}", place=feature.name))
    names = list(dict.fromkeys(_hedged(*placed) for placed in rows))
    return _sentence(feature, word("{places} inside {place}", places=_some(names), place=feature.name))


def _is_sure(footprint: Footprint, row: Relation) -> bool:
    return bool(lies_surely(row.reach_m, footprint.radius_m))


def _hedged(footprint: Footprint, row: Relation) -> LocalText:
    """Return the name of a place, marked where only a part lies there or its radius leaves it open."""
    if row.within and _is_sure(footprint, row):
        return footprint.name
    hedge = word("{place} (possibly)") if row.within else word("{place} (partly)")
    return hedge.filled(place=footprint.name)


def _some(names: Sequence[LocalText]) -> LocalText:
    told = joined(names[:_MOST_PLACES])
    return word("{places} …", places=told) if len(names) > _MOST_PLACES else told


def _sentence(feature: Feature, told: LocalText) -> LocalText:
    """Return a sentence that says when its feature is schematic."""
    return word("{sentence} (schematic)", sentence=told) if feature.is_schematic else told


def _has_official_code(line: Feature) -> bool:
    return line.properties.get("mode") == "suburban_rail"


def _short(name: LocalText) -> LocalText:
    """Return a name without what stands in brackets behind it."""
    return LocalText(name.zh.split("（")[0], name.in_lang("en").split(" (")[0])


def _station(
    footprint: Footprint, row: Relation, station: Feature, lines: Sequence[LocalText], *, is_told_apart: bool
) -> LocalText:
    """Return the nearest station, with the range that the uncertainty of both leaves."""
    distance = distance_text(row.distance_m, footprint.radius_m + station.precision_m)
    sentence = (
        word("{place}: {distance} from {station} ({lines})")
        if is_told_apart
        else word("{distance} from {station} ({lines})")
    )
    by = joined(lines, by=word("/"))
    told = sentence.filled(place=footprint.name, distance=distance, station=station.name, lines=by)
    return _sentence(station, told)


def distance_text(distance_m: float, uncertain_m: float) -> str:
    """Return kilometres, with the range beside the number where the place is uncertain: 3.1 km (0–7.1)."""
    km = f"{distance_m / 1000:.1f} km"
    if not uncertain_m:
        return km
    return f"{km} ({max(0.0, distance_m - uncertain_m) / 1000:.1f}–{(distance_m + uncertain_m) / 1000:.1f})"


def _told(names: Sequence[LocalText]) -> LocalText:
    """Return "a, b and c"; of many the first four, and how many more."""
    if len(names) > _MOST_COUNTIES:
        more, told = len(names) - _MOST_COUNTIES, joined(names[:_MOST_COUNTIES])
        return word("{places} and {more} more", places=told, more=more, count=len(names))
    *first, last = names
    return word("{places} and {last}", places=joined(first), last=last) if first else last
