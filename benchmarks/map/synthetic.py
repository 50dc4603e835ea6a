"""The real catalogue many times over: every copy lies a little elsewhere, its relations are those of its case.

Kept are the relations within 5 km that filters ask for; the real table of a million cases would be 10 GB.
"""

import dataclasses

import numpy as np
from shapely import points
from shapely.geometry import Point

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.fields import FIELDS, Rule
from geo.relations.table import ROW_COLUMNS, STRETCH_COLUMNS, Relations

SPREAD_DEG = 0.12
NEAR_M = 5_000


def many_times(real: Catalogue, count: int) -> Catalogue:
    """Return a catalogue of `count` cases with one footprint each, the first ones first."""
    chance = np.random.default_rng(1)
    originals = list(real.cases.values())
    number_of = np.arange(count) % len(originals)
    label = [original.label_point for original in originals]
    moved = points(
        np.array([p.x for p in label])[number_of] + chance.normal(0, SPREAD_DEG, count),
        np.array([p.y for p in label])[number_of] + chance.normal(0, SPREAD_DEG, count),
    )
    cases = {}
    for number, original_number in enumerate(number_of.tolist()):
        located = _copy(originals[original_number], f"{originals[original_number].id}-{number}", moved[number])
        cases[located.id] = located
    return dataclasses.replace(real, cases=cases, relations=_relations(real, number_of), tours=real.tours)


def _copy(original: LocatedCase, name: str, point: Point) -> LocatedCase:
    case = dataclasses.replace(original.case, id=name, see_also=())
    geometry = original.best.geometry if original.is_region_wide else point
    best = dataclasses.replace(original.best, id=name, case_id=name, geometry=geometry)
    located = LocatedCase(case, (best,))
    vars(located).update(best=best, label_point=original.label_point if original.is_region_wide else point)
    return located


def _relations(real: Catalogue, number_of: np.ndarray) -> Relations:
    table = real.relations
    firsts = {
        real.footprint_numbers(case.id)[case.footprints.index(case.best)]: number
        for number, case in enumerate(real.cases.values())
    }
    layers = {layer for field in FIELDS.values() if field.match is Rule.MEETS for layer in field.layers}
    of_layer = np.array([layer in layers for layer, _ in table.features])
    kept = np.flatnonzero(
        np.isin(table.footprint, list(firsts)) & (table.distance_m <= NEAR_M) & of_layer[table.feature]
    )
    case_of_row = np.array([firsts[int(footprint)] for footprint in table.footprint[kept]])
    copies = [np.flatnonzero(number_of == number) for number in range(len(real.cases))]
    rows = np.concatenate([np.repeat(row, len(copies[case])) for row, case in zip(kept, case_of_row, strict=True)])
    footprints = np.concatenate([copies[case] for case in case_of_row]).astype(np.int32)
    columns = {name: getattr(table, name)[rows] for name in ROW_COLUMNS}
    no_stretches = {name: getattr(table, name)[:0] for name in STRETCH_COLUMNS}  # the map asks for none
    return Relations(features=table.features, **{**columns, **no_stretches, "footprint": footprints})
