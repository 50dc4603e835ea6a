"""Find the datum of a file: declared by whoever imports it, said by the file, or measured against verified points.

Stations of the same name show it: GCJ-02 lies about 360 m, BD-09 about 900 m from WGS-84 here, and the points are
good to 100 m.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.datum import Datum
from geo.errors import SourceError
from geo.geography.drawn import Content, Drawn
from geo.geography.known import Known, plain
from geo.shift import Degrees, from_wgs84, to_wgs84

FITS_M = 200.0
_MOST_LON, _MOST_LAT = 180.0, 90.0
_MOST_AWAY_M = 3000.0  # a station of the same name that lies farther off is another one
_MEASURED = (Datum.WGS84, Datum.GCJ02, Datum.BD09)


@dataclass(frozen=True)
class Measured:
    """How far points of the same name are from ours, metres, were the file of each datum; `points` is how many."""

    points: int
    median_m: Mapping[Datum, float]

    @property
    def best(self) -> Datum | None:
        """Return the datum that fits; None where none does."""
        datum = min(self.median_m, key=lambda one: self.median_m[one], default=None)
        return datum if datum is not None and self.median_m[datum] <= FITS_M else None

    def __str__(self) -> str:
        """Tell what was measured."""
        told = ", ".join(f"{metres:.0f} m as {datum.label}" for datum, metres in self.median_m.items())
        return (
            f"{self.points} of its stations lie {told} from ours (median)"
            if self.points
            else "it holds none of our stations"
        )


def datum_of(content: Content, known: Known, *, declared: Datum | None, file: str) -> tuple[Datum, str]:
    """Return the datum of a file, and how it is known.

    Raises:
        SourceError: What is said does not fit what is measured, or nothing is said and nothing can be measured.
    """
    measured = measure(content.things, known)
    if declared is not None:
        return _agreed(declared, measured, file, said="--datum says")
    if content.is_declared:
        return _agreed(Datum.WGS84, measured, file, said="the file says")
    if measured.best is None:
        msg = f"{file}: says no datum, and none can be measured: {measured}; say --datum, such as --datum cgcs2000"
        raise SourceError(msg)
    return measured.best, f"measured: {measured}"


def _agreed(said_datum: Datum, measured: Measured, file: str, *, said: str) -> tuple[Datum, str]:
    like = Datum.WGS84 if said_datum is Datum.CGCS2000 else said_datum
    if measured.points and measured.median_m[like] > FITS_M:
        better = f": say --datum {measured.best.value}" if measured.best else ""
        msg = f"{file}: {said} {said_datum.label}, but {measured}; expected at most {FITS_M:.0f} m{better}"
        raise SourceError(msg)
    return said_datum, f"{said} {said_datum.label}; {measured}"


def measure(things: Sequence[Drawn], known: Known) -> Measured:
    """Measure how far stations lie from verified ones of the same name, were they of each datum."""
    ours = {_station(station.name.zh): station.geometry.centroid for station in known.stations}
    pairs = [(one.shape, ours[name]) for one in things if one.kind == "station" for name in _names(one) if name in ours]
    if not pairs:
        return Measured(0, {})
    theirs = np.array([(shape.centroid.x, shape.centroid.y) for shape, _ in pairs])
    points = np.array([(point.x, point.y) for _, point in pairs])
    distances = {datum: _away_m(theirs, points, datum, known) for datum in _MEASURED}
    near = np.min(list(distances.values()), axis=0) < _MOST_AWAY_M
    if not near.any():
        return Measured(0, {})
    return Measured(int(near.sum()), {datum: float(np.median(found[near])) for datum, found in distances.items()})


def _away_m(theirs: Degrees, ours: Degrees, datum: Datum, known: Known) -> Degrees:
    there = np.column_stack(from_wgs84(ours[:, 0], ours[:, 1], datum))
    metres = [known.metric.to_metric_all(list(map(Point, points))) for points in (theirs, there)]
    distances: Degrees = shapely.distance(*metres)
    return distances


def _names(thing: Drawn) -> set[str]:
    return {_station(name) for name in thing.names}


def _station(name: str) -> str:
    return plain(name).removesuffix("站")


def in_wgs84(things: Sequence[Drawn], datum: Datum) -> tuple[Drawn, ...]:
    """Return things of a datum in WGS-84."""
    if datum in {Datum.WGS84, Datum.CGCS2000}:
        return tuple(things)
    convert = partial(_converted, datum=datum)
    return tuple(replace(thing, shape=shapely.transform(thing.shape, convert)) for thing in things)


def _converted(corners: Degrees, *, datum: Datum) -> Degrees:
    return np.column_stack(to_wgs84(corners[:, 0], corners[:, 1], datum))


def within_degrees(shape: BaseGeometry) -> bool:
    """Tell whether the coordinates of a shape can be degrees."""
    west, south, east, north = shape.bounds
    return bool(max(abs(west), abs(east)) <= _MOST_LON and max(abs(south), abs(north)) <= _MOST_LAT)
