"""Positions and boxes as answers carry them: every number by its name, degrees, WGS-84.

The library counts (lon, lat) and (west, south, east, north), web maps and schema.org begin with the latitude: between
them only names are safe.
"""

from dataclasses import dataclass

from shapely.geometry import Point

from geo.query import Bbox


@dataclass(frozen=True, kw_only=True)
class LatLon:
    """A position."""

    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class LatLonBox:
    """What lies between two parallels and two meridians."""

    south: float
    west: float
    north: float
    east: float


def position_of(point: Point, *, digits: int) -> LatLon:
    """Return where a point lies, to a number of digits behind the point."""
    return LatLon(lat=round(point.y, digits), lon=round(point.x, digits))


def box_of(bbox: Bbox, *, digits: int) -> LatLonBox:
    """Return the box that the library writes as (west, south, east, north)."""
    west, south, east, north = (round(float(side), digits) for side in bbox)
    return LatLonBox(south=south, west=west, north=north, east=east)
