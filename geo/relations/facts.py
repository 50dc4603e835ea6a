"""Spatial facts as sentences, in both languages, from the table of relations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.case import Footprint, Precision
from geo.feature import Feature, Layer
from geo.relations.table import Relation, Relations
from geo.text import LocalText

NEAR_STATION_M = 10_000.0
_MOST_COUNTIES = 4
_MOST_STATIONS = 2
_BEYOND_AN_END_M = 100.0  # a place behind the end of an axis has no kilometre of its own
_A_STRETCH_KM = 0.1
_KM_LAYERS = ("belts", "corridors")
_INSIDE_LAYERS = ("border_zones", "eco_zones")
_FINE = frozenset({Precision.EXACT, Precision.STREET, Precision.TOWN, Precision.ZONE})
Numbered = tuple[Footprint, int]


@dataclass(frozen=True)
class Facts:
    """Puts the relations of footprints into words."""

    relations: Relations
    layers: Mapping[str, Layer]

    def of_case(self, footprints: Sequence[Footprint], numbers: Sequence[int]) -> list[LocalText]:
        """Return the facts of a case: its counties, then what its finest footprints lie on, in and near.

        Footprints of counties and cities meet nearly everything: they tell their counties only.

        Args:
            footprints: The footprints of the case.
            numbers: Their numbers in the table of relations.
        """
        if all(footprint.precision is Precision.REGION for footprint in footprints):
            return [LocalText("四市全域适用", "Holds for the whole of the four cities")]
        finest = min((footprint.precision for footprint in footprints), key=lambda precision: precision.rank)
        chosen = [(f, n) for f, n in zip(footprints, numbers, strict=True) if f.precision is finest]
        sentences = [*self._counties(footprints)]
        if finest in _FINE or finest is Precision.LINE:
            sentences += self._along(chosen)
        if finest in _FINE:
            sentences += [*self._insides(chosen), *self._stations(chosen)]
        return list(dict.fromkeys(sentences))

    def _counties(self, footprints: Sequence[Footprint]) -> Iterator[LocalText]:
        codes = list(dict.fromkeys(code for footprint in footprints for code in footprint.counties))
        names = [self.layers["counties"].feature(code).name for code in codes]
        names = names or list(dict.fromkeys(footprint.name for footprint in footprints))
        if len(names) > _MOST_COUNTIES:
            zh, en = "、".join(n.zh for n in names[:_MOST_COUNTIES]), ", ".join(_en(names[:_MOST_COUNTIES]))
            yield LocalText(f"位于{zh}等{len(names)}个区县", f"In {en} and {len(names) - _MOST_COUNTIES} more")
        elif names:
            yield LocalText(f"位于{_and_zh(names)}", f"In {_and_en(names)}")

    def _along(self, chosen: Sequence[Numbered]) -> Iterator[LocalText]:
        """Yield the kilometre, or the stretch, of each belt and corridor that the footprints lie in."""
        found: dict[tuple[str, str], list[Relation]] = {}
        for _, number in chosen:
            for row in self.relations.of_footprint(number):
                if row.layer in _KM_LAYERS and row.intersects and not row.only_touches:
                    found.setdefault((row.layer, row.feature), []).append(row)
        for (layer_id, feature_id), rows in found.items():
            feature = self.layers[layer_id].feature(feature_id)
            axis_km = float(str(feature.properties["axis_km"]))
            on_it = [row for row in rows if not _is_beyond(row, axis_km)]
            yield _on_axis(feature, on_it) if on_it else _in_area(feature, is_whole=all(row.within for row in rows))

    def _insides(self, chosen: Sequence[Numbered]) -> Iterator[LocalText]:
        """Yield the zones that hold a footprint; a zone drawn as whole counties holds nothing for sure."""
        for _, number in chosen:
            for row in self.relations.of_footprint(number):
                feature = self.layers[row.layer].feature(row.feature) if row.layer in _INSIDE_LAYERS else None
                if feature is not None and row.within and feature.properties.get("drawn_as") != "counties":
                    yield _sentence(feature, f"在{feature.name.zh}内", f"Inside {feature.name.in_lang('en')}")

    def _stations(self, chosen: Sequence[Numbered]) -> Iterator[LocalText]:
        for footprint, number in chosen[:_MOST_STATIONS]:
            if footprint.entry_id.startswith("station:"):
                continue
            rows = [row for row in self.relations.of_footprint(number) if row.layer == "transit_stations"]
            near = min(rows, key=lambda row: row.distance_m, default=None)
            if near is not None and near.distance_m <= NEAR_STATION_M:
                station = self.layers["transit_stations"].feature(near.feature)
                yield _station(footprint, near, station, self._lines_at(station))

    def _lines_at(self, station: Feature) -> list[LocalText]:
        """Return what people call the lines of a station: official codes, else names; our own ids tell nothing."""
        ids = str(station.properties.get("lines") or "").split("; ")
        lines = [self.layers["transit_lines"].feature(line_id) for line_id in ids if line_id]
        return [LocalText(line.id, line.id) if _has_official_code(line) else _short(line.name) for line in lines]


def _is_beyond(row: Relation, axis_km: float) -> bool:
    at_an_end = row.km is not None and (row.km < _A_STRETCH_KM or row.km > axis_km - _A_STRETCH_KM)
    return at_an_end and (row.offset_m or 0.0) > _BEYOND_AN_END_M


def _on_axis(feature: Feature, rows: Sequence[Relation]) -> LocalText:
    zh, en = feature.name.zh, feature.name.in_lang("en")
    starts = [row.km_from for row in rows if row.km_from is not None]
    ends = [row.km_to for row in rows if row.km_to is not None]
    start, end = min(starts), max(ends)
    if end - start < _A_STRETCH_KM:
        return _sentence(feature, f"{zh} {start:.1f} km 处", f"At km {start:.1f} of {en}")
    return _sentence(feature, f"{zh} {start:.1f}–{end:.1f} km", f"From km {start:.1f} to {end:.1f} of {en}")


def _in_area(feature: Feature, *, is_whole: bool) -> LocalText:
    zh, en = feature.name.zh, feature.name.in_lang("en")
    if is_whole:
        return _sentence(feature, f"在{zh}内", f"Inside {en}")
    return _sentence(feature, f"部分在{zh}内", f"Partly inside {en}")


def _sentence(feature: Feature, zh: str, en: str) -> LocalText:
    """Return a sentence that says when its feature is schematic."""
    return LocalText(f"{zh}（示意）", f"{en} (schematic)") if feature.is_schematic else LocalText(zh, en)


def _has_official_code(line: Feature) -> bool:
    return line.properties.get("mode") == "suburban_rail"


def _short(name: LocalText) -> LocalText:
    """Return a name without what stands in brackets behind it."""
    return LocalText(name.zh.split("（")[0], name.in_lang("en").split(" (")[0])


def _station(footprint: Footprint, row: Relation, station: Feature, lines: Sequence[LocalText]) -> LocalText:
    """Return the nearest station, with the range that the uncertainty of both leaves."""
    distance = distance_text(row.distance_m, footprint.radius_m + station.precision_m)
    return _sentence(
        station,
        f"距 {'/'.join(line.zh for line in lines)} {station.name.zh} {distance}",
        f"{distance} from {station.name.in_lang('en')} station ({'/'.join(_en(lines))})",
    )


def distance_text(distance_m: float, uncertain_m: float) -> str:
    """Return kilometres, with the range beside the number where the place is uncertain: 3.1 km (0–7.1)."""
    km = f"{distance_m / 1000:.1f} km"
    if not uncertain_m:
        return km
    return f"{km} ({max(0.0, distance_m - uncertain_m) / 1000:.1f}–{(distance_m + uncertain_m) / 1000:.1f})"


def _and_zh(names: Sequence[LocalText]) -> str:
    *first, last = [name.zh for name in names]
    return f"{'、'.join(first)}与{last}" if first else last


def _and_en(names: Sequence[LocalText]) -> str:
    *first, last = _en(names)
    return f"{', '.join(first)} and {last}" if first else last


def _en(names: Iterable[LocalText]) -> list[str]:
    return [name.in_lang("en") for name in names]
