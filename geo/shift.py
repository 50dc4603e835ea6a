"""WGS-84 to and from the datums of Chinese maps.

GCJ-02 shifts WGS-84 by 325 to 465 m in western China, BD-09 by 835 to 1060 m. The shift is defined in one direction
only; the inverse iterates until it is exact to far below a centimetre. CGCS2000 differs from WGS-84 by less than a
metre and is taken as equal. All functions take and return arrays or numbers in degrees.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.datum import Datum

Degrees = NDArray[np.float64]

_A = 6378245.0  # Krasovsky 1940, as the definition of GCJ-02 uses it
_EE = 0.00669342162296594323
_BD_PI = np.pi * 3000.0 / 180.0
_ROUNDS = 12


def to_wgs84(lon: Any, lat: Any, datum: Datum) -> tuple[Degrees, Degrees]:  # noqa: ANN401  numbers or arrays
    """Return coordinates of a datum as WGS-84."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    if datum is Datum.BD09:
        return _inverse(lon, lat, lambda x, y: _bd09(*_gcj02(x, y)))
    if datum is Datum.GCJ02:
        return _inverse(lon, lat, _gcj02)
    return lon, lat


def from_wgs84(lon: Any, lat: Any, datum: Datum) -> tuple[Degrees, Degrees]:  # noqa: ANN401  numbers or arrays
    """Return WGS-84 coordinates in a datum."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    if datum is Datum.GCJ02:
        return _gcj02(lon, lat)
    if datum is Datum.BD09:
        return _bd09(*_gcj02(lon, lat))
    return lon, lat


def _inverse(lon: Degrees, lat: Degrees, forward: Any) -> tuple[Degrees, Degrees]:  # noqa: ANN401  a conversion
    x, y = lon, lat
    for _ in range(_ROUNDS):
        shifted_x, shifted_y = forward(x, y)
        x, y = x + lon - shifted_x, y + lat - shifted_y
    return x, y


def _gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    d_lat = _shift_lat(lon - 105.0, lat - 35.0)
    d_lon = _shift_lon(lon - 105.0, lat - 35.0)
    rad_lat = np.radians(lat)
    magic = 1 - _EE * np.sin(rad_lat) ** 2
    d_lat = np.degrees(d_lat / ((_A * (1 - _EE)) / (magic * np.sqrt(magic))))
    d_lon = np.degrees(d_lon / (_A / np.sqrt(magic) * np.cos(rad_lat)))
    return lon + d_lon, lat + d_lat


def _shift_lat(x: Degrees, y: Degrees) -> Degrees:
    shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    shift += _waves(x, (6.0, 20.0), (2.0, 20.0)) * 2 / 3
    shift += _waves(y, (1.0, 20.0), (1 / 3, 40.0)) * 2 / 3
    return shift + _waves(y, (1 / 12, 160.0), (1 / 30, 320.0)) * 2 / 3


def _shift_lon(x: Degrees, y: Degrees) -> Degrees:
    shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    shift += _waves(x, (6.0, 20.0), (2.0, 20.0)) * 2 / 3
    shift += _waves(x, (1.0, 20.0), (1 / 3, 40.0)) * 2 / 3
    return shift + _waves(x, (1 / 12, 150.0), (1 / 30, 300.0)) * 2 / 3


def _waves(value: Degrees, *waves: tuple[float, float]) -> Degrees:
    total: Degrees = np.zeros_like(value)
    for frequency, height in waves:
        total = total + height * np.sin(value * frequency * np.pi)
    return total


def _bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PI)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
