"""Prove that a shape is that of our feature: by verified points, official length or area, and counties.

A line passes within 300 m of every verified station of it, and is within 5 % of its official length. A park is within
10 % of its official area, and in its counties. What cannot be proved by points says so; what fails is refused by name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.crs import area_km2, length_km
from geo.feature import Feature
from geo.geography.joining import Candidate
from geo.geography.known import Known
from geo.geography.lines import MOST_GAP_M, gaps_m

MOST_FROM_STATION_M = 300.0
MOST_OFF_LENGTH = 0.05
MOST_OFF_AREA = 0.10
LEAST_OF_CHORD = 0.95  # a real line is not shorter than ours, which goes straight
MOST_OF_CHORD = 1.5
BORDER_M = 500.0  # counties are generalised: 95 % of their borders are nearer to the real ones
LEAST_INSIDE = 0.98
RIVER_WITHIN_M = 3000.0
LEAST_OF_RIVER = 0.7
UNPROVED = "not proved by points"
_LEAST_M, _UNPROVED_M = 100.0, 300.0  # how far a shape may be off that was proved by points, and that was not


@dataclass(frozen=True)
class Check:
    """One thing that was measured: what it gave, and whether it suffices."""

    figure: str
    is_right: bool


@dataclass(frozen=True)
class Proof:
    """Whether a candidate is taken, by which figures, and why not; `precision_m` is how far it may be off."""

    candidate: Candidate
    figure: str
    reason: str
    precision_m: float
    is_accepted: bool


_OPEN = Check("its outline cannot be closed", is_right=False)


def prove(candidate: Candidate, known: Known) -> Proof:
    """Hold a candidate against what is known of its feature."""
    checks = list(_CHECKS[candidate.layer](candidate, known))
    failed = [check.figure for check in checks if not check.is_right]
    by_points = candidate.layer == "transit_lines" and bool(known.stations_of(candidate.id))
    if failed and candidate.missing:
        failed.append(f"{candidate.missing} of {candidate.members} members of {candidate.told} are missing in the file")
    return Proof(
        candidate=candidate,
        figure="; ".join(check.figure for check in checks),
        reason="; ".join(failed) or (candidate.told if by_points else f"{candidate.told}; {UNPROVED}"),
        precision_m=_precision_m(candidate, known) if by_points else _UNPROVED_M,
        is_accepted=not failed,
    )


def best_proof(options: Sequence[Candidate], known: Known) -> Proof:
    """Return the first proof that succeeds, else that of the likeliest candidate."""
    proofs = []
    for option in options:
        proofs.append(prove(option, known))
        if proofs[-1].is_accepted:
            return proofs[-1]
    return proofs[0]


def _precision_m(candidate: Candidate, known: Known) -> float:
    farthest = max((metres for _, metres in _from_stations(candidate, known)), default=0.0)
    return max(_LEAST_M, round(farthest + 5, -1))


def _from_stations(candidate: Candidate, known: Known) -> list[tuple[str, float]]:
    """Return how far each verified station of a line lies from it, metres."""
    line = known.metric.to_metric(candidate.shape)
    stations = known.stations_of(candidate.id)
    return [(one.name.zh, float(known.metric.to_metric(one.geometry).distance(line))) for one in stations]


def _line(candidate: Candidate, known: Known) -> Iterator[Check]:
    feature = known.layers[candidate.layer].feature(candidate.id)
    distances = _from_stations(candidate, known) if candidate.layer == "transit_lines" else []
    if distances:
        name, metres = max(distances, key=lambda one: one[1])
        told = f"farthest of {len(distances)} verified stations: {name}, {metres:.0f} m"
        yield Check(f"{told} (at most {MOST_FROM_STATION_M:.0f} m)", metres <= MOST_FROM_STATION_M)
    if not _is_whole(candidate.shape, feature, known):
        yield Check(f"the line is in pieces, with gaps of {_told_gaps(candidate.shape, known)}", is_right=False)
    official = _official_km(feature)
    if official:
        yield _length(length_km(candidate.shape), official)
    else:
        yield _beside_ours(candidate.shape, feature, known)
    if not (distances and official):
        yield _crossed(candidate.shape, feature, known)


def _is_whole(shape: BaseGeometry, feature: Feature, known: Known) -> bool:
    """Tell whether a line is in one piece, or in as many as ours has branches, each of which meets another."""
    parts = shapely.get_parts(known.metric.to_metric(shape))
    if len(parts) > shapely.get_num_geometries(feature.geometry):
        return False
    grown = shapely.union_all(shapely.buffer(parts, MOST_GAP_M / 2))
    return int(shapely.get_num_geometries(grown)) == 1


def _official_km(feature: Feature) -> float | None:
    """Return the official length of a line; None where it is not known, or only from memory, which proves nothing."""
    official = feature.properties.get("official_length_km")
    is_recalled = feature.properties.get("official_length_km_rating") == Rating.RECALLED
    return float(official) if isinstance(official, int | float) and not is_recalled else None


def _told_gaps(shape: BaseGeometry, known: Known) -> str:
    return ", ".join(f"{gap / 1000:.1f} km" for gap in gaps_m(shape, known.metric))


def _length(km: float, official_km: float) -> Check:
    off = km / official_km - 1
    return Check(f"{km:.1f} km, {off:+.1%} of the official {official_km:g} km", abs(off) <= MOST_OFF_LENGTH)


def _beside_ours(shape: BaseGeometry, feature: Feature, known: Known) -> Check:
    """Hold a line without official length against ours, inside of the area."""
    km, ours_km = (length_km(one.intersection(known.area)) for one in (shape, feature.geometry))
    is_right = LEAST_OF_CHORD * ours_km <= km <= MOST_OF_CHORD * ours_km
    return Check(f"{km:.1f} km in the area, where ours has {ours_km:.1f} km; no source gives its length", is_right)


def _crossed(shape: BaseGeometry, feature: Feature, known: Known) -> Check:
    """Tell whether a line crosses the counties that ours runs through for more than a short way."""
    expected = known.counties_of(feature.geometry, least_share=0.05)
    missed = sorted(expected - known.counties_of(shape))
    told = "、".join(known.layers["counties"].feature(code).name.zh for code in missed)
    return Check(f"crosses {len(expected)} counties of ours" if not missed else f"does not cross {told}", not missed)


def _area(candidate: Candidate, known: Known) -> Iterator[Check]:
    if candidate.shape.is_empty:
        yield _OPEN
        return
    feature = known.layers[candidate.layer].feature(candidate.id)
    km2, official = area_km2(candidate.shape), feature.properties.get("official_area_km2")
    if isinstance(official, int | float):
        off = km2 / official - 1
        yield Check(f"{km2:.1f} km², {off:+.1%} of the official {official:g} km²", abs(off) <= MOST_OFF_AREA)
    else:
        yield Check(f"{km2:.2f} km²; no official area is known", is_right=km2 > 0)
    yield _inside(candidate.shape, known.counties_of(feature.geometry, least_share=0.001), known)


def _inside(shape: BaseGeometry, codes: frozenset[str], known: Known) -> Check:
    counties = shapely.union_all([known.counties[code] for code in codes])
    grown = known.metric.to_metric(counties).buffer(BORDER_M)
    metres = known.metric.to_metric(shape)
    share = float(metres.intersection(grown).area / metres.area) if metres.area else 0.0
    names = "、".join(known.layers["counties"].feature(code).name.zh for code in sorted(codes))
    return Check(f"{share:.0%} of it lies in {names}", share >= LEAST_INSIDE)


def _township(candidate: Candidate, known: Known) -> Iterator[Check]:
    county = next((one.county for one in known.townships if one.id == candidate.id), None)
    if candidate.shape.is_empty:
        yield _OPEN
    elif county is None:
        around = known.layers["counties"].feature(known.county_around(candidate.shape) or "").name.zh
        yield Check(f"{candidate.name} in {around}: no township of that name there, or several", is_right=False)
    else:
        yield Check(f"{area_km2(candidate.shape):.1f} km²", is_right=True)
        yield _inside(candidate.shape, frozenset([county]), known)


def _river(candidate: Candidate, known: Known) -> Iterator[Check]:
    ours = known.metric.to_metric(known.layers["rivers"].feature(candidate.id).geometry.intersection(known.area))
    near = known.metric.to_metric(candidate.shape).buffer(RIVER_WITHIN_M)
    share = float(ours.intersection(near).length / ours.length) if ours.length else 0.0
    told = f"{share:.0%} of our course lies within {RIVER_WITHIN_M / 1000:g} km of it"
    yield Check(f"{length_km(candidate.shape):.1f} km; {told}", share >= LEAST_OF_RIVER)


_CHECKS: Mapping[str, Callable[[Candidate, Known], Iterator[Check]]] = {
    "transit_lines": _line,
    "expressways": _line,
    "eco_zones": _area,
    "lakes": _area,
    "rivers": _river,
    "townships": _township,
}
