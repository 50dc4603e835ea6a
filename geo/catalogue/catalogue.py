"""Everything the product knows, in memory and immutable."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from pathlib import Path

import shapely

from geo.area import Area, Theme
from geo.case import Footprint, Membership, Retired, Tour
from geo.catalogue.case_index import CaseIndex
from geo.catalogue.footprints import LocatedCase
from geo.crs import Metric, metric_of
from geo.dated import changes
from geo.errors import MovedError, NotFoundError, WithdrawnError
from geo.feature import Layer
from geo.fields import FIELDS, Field
from geo.gazetteer.entry import Entry
from geo.pinyin import Readings
from geo.query import CaseQuery, Vocabulary
from geo.relations.facts import Facts
from geo.relations.linear import LinearReference, Strip, lines_of, strip_of
from geo.relations.matching import farthest_m
from geo.relations.table import Relations
from geo.text import LANGS, LocalText

_FACTS_KEPT = 1024
_RANGES_KEPT = 20_000
_STRIPS_KEPT = 256


@dataclass(frozen=True)
class Catalogue:
    """Cases with their footprints, layers, themes and names.

    `data_digest` is the hash of the raw records it was built from; `digest` that of the stored file. `retired` are
    the ids of cases that are no longer alive, `readings` the syllables of local names. `base_tiles` are the vector
    tiles of an imported extract that lie beside the file.
    """

    cases: Mapping[str, LocatedCase]
    layers: Mapping[str, Layer]
    themes: Sequence[Theme]
    area: Area
    entries: Sequence[Entry]
    relations: Relations
    data_digest: str
    digest: str = ""
    tours: Sequence[Tour] = ()
    readings: Readings = ()
    retired: Mapping[str, Retired] = field(default_factory=dict)
    base_tiles: Path | None = None

    def case(self, case_id: str) -> LocatedCase:
        """Return a case.

        Raises:
            MovedError: The case has another id now.
            WithdrawnError: The case was withdrawn.
            NotFoundError: No case has, or had, the id.
        """
        try:
            return self.cases[case_id]
        except KeyError:
            raise self._why_no_case(case_id) from None

    def _why_no_case(self, case_id: str) -> NotFoundError:
        gone = self.retired.get(case_id)
        if gone is None:
            return NotFoundError(f"no case has the id {case_id[:60]!r}; ids look like A01")
        if gone.moved_to is not None:
            return MovedError(case_id, gone.moved_to)
        reason = gone.reason or LocalText("")
        return WithdrawnError(case_id, date=gone.date, reasons={lang: reason.in_lang(lang) for lang in LANGS})

    @cached_property
    def date(self) -> str:
        """Return the date of the data, ISO: the latest day on which a case was checked; empty when there is none."""
        return max((case.case.last_checked for case in self.cases.values()), default="")

    @property
    def confirmed_count(self) -> int:
        """Count the cases that the published list holds."""
        return sum(case.case.membership is Membership.CONFIRMED for case in self.cases.values())

    @cached_property
    def footprints(self) -> tuple[Footprint, ...]:
        """List the footprints of all cases, in the order that relations count them."""
        return tuple(footprint for case in self.cases.values() for footprint in case.footprints)

    def layer(self, layer_id: str) -> Layer:
        """Return a layer.

        Raises:
            NotFoundError: No layer has the id.
        """
        try:
            return self.layers[layer_id]
        except KeyError:
            msg = f"no layer has the id {layer_id!r}; known are {', '.join(self.layers)}"
            raise NotFoundError(msg) from None

    def layers_at(self, day: dt.date | None) -> Mapping[str, Layer]:
        """Return the layers as they are on a day: what is there, with its name, code and status; None is now.

        They are kept for each time between two changes. Shapes and relations are those of the build.
        """
        since = self.since(day)
        return self.layers if since is None else self._layers_of(since)

    def since(self, day: dt.date | None) -> dt.date | None:
        """Return the last day up to a day on which anything about a feature changed: the layers are the same since."""
        before = bisect_right(self.changes, day) if day else 0
        return None if day is None else self.changes[before - 1] if before else dt.date.min

    @cached_property
    def changes(self) -> Sequence[dt.date]:
        """List the days on which anything about a feature changes, sorted."""
        return changes(fact for layer in self.layers.values() for feature in layer for fact in feature.facts)

    @cached_property
    def _layers_of(self) -> Callable[[dt.date], Mapping[str, Layer]]:
        def make(day: dt.date) -> Mapping[str, Layer]:
            return {layer_id: layer.at(day) for layer_id, layer in self.layers.items()}

        return lru_cache(maxsize=None)(make)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of the cities, WGS-84."""
        return self.layer("cities").bounds

    @cached_property
    def metric(self) -> Metric:
        """Return the projection in which everything of the area is measured; the same when it is read from its file."""
        return metric_of(self.bounds)

    @property
    def state(self) -> str:
        """Return what changes whenever anything in it does."""
        return self.digest or self.data_digest

    def has(self, address: str) -> bool:
        """Tell whether `case:<id>` or `<layer>:<id>` is here."""
        kind, _, name = address.partition(":")
        if kind == "case":
            return name in self.cases
        return kind in self.layers and name in self.layers[kind]

    def theme(self, theme_id: str) -> Theme:
        """Return a theme by its id; every case has a known one."""
        return self._themes[theme_id]

    @cached_property
    def _themes(self) -> Mapping[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def name_of(self, layer_id: str, feature_id: str) -> LocalText:
        """Return the name of a feature, such as a county by its code."""
        return self.layer(layer_id).feature(feature_id).name

    def name_among(self, layer_ids: Iterable[str], feature_id: str) -> LocalText | None:
        """Return the name of a feature of the first layer that has it."""
        layers = (layer_id for layer_id in layer_ids if self.has(f"{layer_id}:{feature_id}"))
        layer_id = next(layers, None)
        return self.name_of(layer_id, feature_id) if layer_id else None

    @cached_property
    def facts(self) -> Callable[[str], Sequence[LocalText]]:
        """Return the teller of where a case lies, as sentences; it keeps the latest.

        It raises NotFoundError where no case has the id.
        """
        return lru_cache(maxsize=_FACTS_KEPT)(self._find_facts)

    def _find_facts(self, case_id: str) -> Sequence[LocalText]:
        numbers = self.footprint_numbers(case_id)
        return Facts(self.relations, self.layers, self.named, self.area.holds_for_whole).of_case(
            self.case(case_id).footprints, numbers
        )

    def footprint_numbers(self, case_id: str) -> range:
        """Return the numbers of a case's footprints, as relations count them.

        Raises:
            NotFoundError: No case has the id.
        """
        count = len(self.case(case_id).footprints)
        first = self._first_footprints[case_id]
        return range(first, first + count)

    @cached_property
    def _first_footprints(self) -> dict[str, int]:
        counts = accumulate((len(case.footprints) for case in self.cases.values()), initial=0)
        return dict(zip(self.cases, counts, strict=False))

    def farthest_m(self, key: tuple[str, str], footprint: int) -> float:
        """Return how far the farthest point of a footprint, by its number, lies from a feature; at most 50 m too short.

        What was found is kept for every footprint of the same shape.
        """
        return self._farthest_of(key, self._first_alike[footprint])

    @cached_property
    def _farthest_of(self) -> Callable[[tuple[str, str], int], float]:
        def find(key: tuple[str, str], footprint: int) -> float:
            area, feature = self.footprints[footprint].geometry, self.layer(key[0]).feature(key[1]).geometry
            return farthest_m(self.metric.to_metric(area), self.metric.to_metric(feature))

        return lru_cache(maxsize=_RANGES_KEPT)(find)

    @cached_property
    def _first_alike(self) -> Sequence[int]:
        """Return for each footprint the number of the first one of its shape."""
        first: dict[bytes, int] = {}
        shapes = shapely.to_wkb([footprint.geometry for footprint in self.footprints])
        return [first.setdefault(shape, number) for number, shape in enumerate(shapes)]

    @cached_property
    def index(self) -> CaseIndex:
        """Return the cases as columns, for quick answers."""
        return CaseIndex(tuple(self.cases.values()), self.relations, self.named, self.readings)

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], LinearReference]:
        """Return the line to count kilometres on, for each feature that has one, by layer and id."""
        return lines_of(self.layers, self.metric)

    @cached_property
    def strip(self) -> Callable[[str, str], Strip | None]:
        """Return the teller of a line stretched out, by layer and id; it keeps, for all stations are tried for each.

        It answers None for a layer without lines, and raises KeyError where no feature has the id.
        """
        return lru_cache(maxsize=_STRIPS_KEPT)(partial(strip_of, self.layers, self.lines, self.metric))

    @cached_property
    def named(self) -> Mapping[str, tuple[str, str]]:
        """Return the (layer, id) of the feature that each entry of the gazetteer stands for, by the id of the entry."""
        return {entry.id: entry.feature for entry in self.entries if entry.feature is not None}

    def select(self, query: CaseQuery, *, geometry: str = "label") -> list[LocatedCase]:
        """Return the cases that fulfil a query: by group and distance under a condition of place, then by id or search.

        `bbox` acts on the label points, or with `geometry="footprint"` on the footprints.
        """
        return self.index.select(query, geometry=geometry)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """List the fields that are offered: not those of layers that are all absent."""
        return tuple(one for one in FIELDS.values() if not one.layers or any(map(self.layers.__contains__, one.layers)))

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """List the offered fields whose values are counted."""
        return tuple(field.id for field in self.fields if field.is_facet)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return what the choice fields of a query accept."""
        return Vocabulary({field.id: field.of.spellings(self) for field in FIELDS.values() if field.of})
