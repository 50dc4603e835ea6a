"""Cases that belong together, and what to leave out of a query that finds nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo.case import Footprint
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.fields import MOST_WITHIN_KM
from geo.layers.table import layers_with
from geo.query import CaseQuery
from geo.relations.table import Relation

_LINE_LAYERS = frozenset(layers_with(lambda spec: spec.kinship == "line"))
_PLACE_LAYERS = frozenset(layers_with(lambda spec: spec.kinship == "place"))
MOST_OF_A_KIND = 4


class Kinship(StrEnum):
    """Why a case is related."""

    RECORD = "record"
    PLACE = "place"
    LINE = "line"
    THEME = "theme"


@dataclass(frozen=True)
class Related:
    """One related case and why."""

    located: LocatedCase
    kinship: Kinship


def related_cases(catalogue: Catalogue, case_id: str) -> list[Related]:
    """Return related cases, each once: those the record names, at the same place, on the same line, of the theme.

    Raises:
        NotFoundError: No case has the id.
    """
    located = catalogue.case(case_id)
    found: dict[str, Kinship] = {}
    for kinship, ids in _candidates(catalogue, located).items():
        fresh = [other for other in ids if other != case_id and other not in found]
        found.update(dict.fromkeys(fresh[:MOST_OF_A_KIND], kinship))
    return [Related(catalogue.case(other), kinship) for other, kinship in found.items()]


def _candidates(catalogue: Catalogue, located: LocatedCase) -> Mapping[Kinship, Sequence[str]]:
    entries = {footprint.entry_id for footprint in _fine(located)}
    same_theme = [case for case in catalogue.cases.values() if case.case.theme == located.case.theme]
    near_in_kind = sorted(same_theme, key=lambda case: not set(case.case.cities) & set(located.case.cities))
    return {
        Kinship.RECORD: located.case.see_also,
        Kinship.PLACE: [
            *(case.id for case in catalogue.cases.values() if entries & {f.entry_id for f in _fine(case)}),
            *_meeting(catalogue, located, _PLACE_LAYERS),
        ],
        Kinship.LINE: _meeting(catalogue, located, _LINE_LAYERS),
        Kinship.THEME: [case.id for case in near_in_kind],
    }


def _meeting(catalogue: Catalogue, located: LocatedCase, layers: frozenset[str]) -> list[str]:
    """Return the cases that meet, with a fine footprint, a feature that this case meets with one."""
    numbers = catalogue.footprint_numbers(located.id)
    features = {
        (relation.layer, relation.feature)
        for footprint, number in zip(located.footprints, numbers, strict=True)
        if footprint.is_fine
        for relation in catalogue.relations.of_footprint(number)
        if relation.layer in layers and relation.meets
    }
    return sorted(
        {
            catalogue.footprints[relation.footprint].case_id
            for layer, feature in features
            for relation in catalogue.relations.of_feature(layer, feature)
            if _meets_finely(catalogue, relation)
        }
    )


def _meets_finely(catalogue: Catalogue, relation: Relation) -> bool:
    return relation.meets and catalogue.footprints[relation.footprint].is_fine


def _fine(located: LocatedCase) -> list[Footprint]:
    return [footprint for footprint in located.footprints if footprint.is_fine]


_KEPT = {"region", "within_km"}  # dropping it finds no more
_WIDER_KM = (1.0, 2.0, 5.0, 10.0, 20.0, MOST_WITHIN_KM)


@dataclass(frozen=True)
class Relaxation:
    """One change: a condition dropped, or a wider distance; and how many cases it finds.

    `within_km` is the wider distance; None where the condition on `name` was dropped.
    """

    name: str
    query: CaseQuery
    count: int
    within_km: float | None = None


def relaxations(catalogue: Catalogue, query: CaseQuery) -> list[Relaxation]:
    """Return the changes that find something, those that change least first: a wider distance, then by count."""
    found = [change for change in _changes(catalogue, query) if change.count]
    wider = [change for change in found if change.within_km is not None][:1]
    dropped = sorted((change for change in found if change.within_km is None), key=lambda change: change.count)
    return [*wider, *dropped]


def _changes(catalogue: Catalogue, query: CaseQuery) -> Iterator[Relaxation]:
    if query.values("near"):
        for km in _WIDER_KM:
            if km > (query.within_km or 0.0):
                wider = query.changed(within_km=km)
                yield Relaxation("near", wider, catalogue.index.count(wider), km)
    for name in query.given:
        if name in _KEPT:
            continue
        without = query.changed(**{name: None})
        if name == "near":
            without = without.changed(within_km=None)
        if not without.has_place:
            without = without.changed(certainty=None)
        yield Relaxation(name, without, catalogue.index.count(without))
