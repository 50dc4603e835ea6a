"""Places along a line, both ways: from a kilometre to its point, and from coordinates to their kilometre."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypedDict

import numpy as np
from shapely.geometry import Point

from geo.catalogue.catalogue import Catalogue
from geo.errors import LocateError, QueryError
from geo.fields import FIELDS
from geo.gazetteer.at_point import check_coordinates
from geo.layers.chainage import Basis, Chainage, OfficialKm, parse_chainage
from geo.layers.drawn_lines import drawn_short
from geo.numbers import decimal_number
from geo.relations.linear import LINES_OF, LinearReference
from geo.text import Lang, LocalText

Number = float | str  # a text is parsed, and told as it arrived when it is no number
LINE_LAYERS = tuple(dict.fromkeys((*LINES_OF, *LINES_OF.values())))
_KM_DECIMALS = 3


class Side(StrEnum):
    """Where a point lies beside the direction of travel; on is within a metre."""

    LEFT = "left"
    RIGHT = "right"
    ON = "on"


@dataclass(frozen=True)
class LinearPlace:
    """A point on a line.

    `lon`, `lat`: degrees, WGS-84. `km`, `length_km`: kilometres along the drawn line from its start, which `starts_at`
    names where it is known. `official_km`: official chainage, kilometres to the metre, None where it is not known;
    `official_basis` says what it rests on. `offset_m`: metres from the coordinates that were asked for to the point;
    `side`: left or right of travel, or on (within a metre). `precision_m`: metres by which the drawn line may be off;
    `warning` says when it is drawn too short for its kilometres and distances to be believed.
    """

    layer: str
    id: str
    name: LocalText
    km: float
    lon: float
    lat: float
    offset_m: float
    side: Side
    length_km: float
    official_km: float | None
    official_basis: Basis | None
    starts_at: LocalText | None
    schematic: bool
    precision_m: float
    warning: LocalText | None


def linear_place(
    catalogue: Catalogue, line: str, *, km: Number | None = None, lon: Number | None = None, lat: Number | None = None
) -> LinearPlace:
    """Return the point at a kilometre of a line, or the point of the line nearest to coordinates.

    Args:
        catalogue: Where the line is.
        line: A transit line or expressway by id or name, or `<layer>:<id>` of any feature with a line.
        km: Kilometres from the start of the drawn line. On a closed line 0 and the length are the same point.
        lon: Degrees, WGS-84, with `lat` in place of `km`.
        lat: Degrees, WGS-84.

    Raises:
        QueryError: Unknown line, no numbers, both or neither of them, beyond the line, or not in China; lists all.
    """
    problems: list[str] = []
    key = _line(catalogue, line, problems)
    at_km = _kilometre(km, problems)
    at = _coordinates(lon, lat, problems)
    problems += _either(km, lon, lat)
    if key is not None and at_km is not None:
        problems += _beyond(catalogue, key, at_km)
    if key is None or problems:
        raise QueryError(problems)
    on = catalogue.lines[_counted(catalogue, key)]
    if at is not None:
        asked = catalogue.metric.to_metric(Point(at))
        return _place(catalogue, key, on, asked, float(on.locate(np.array([asked]))[0]))
    at_m = min(max(0.0, (at_km or 0.0) * 1000), on.length_m)
    return _place(catalogue, key, on, on.point_at(at_m), at_m)


class LinearDocument(TypedDict):
    """A point on a line: degrees to six decimals, kilometres to three, metres to one; fields as of `LinearPlace`.

    `starts_at` is None where the language has no name; `starts_at_zh` is the Chinese one.
    """

    layer: str
    id: str
    name: str
    km: float
    lon: float
    lat: float
    offset_m: float
    side: Literal["left", "right", "on"]
    length_km: float
    official_km: float | None
    official_basis: Literal["distances", "length"] | None
    starts_at: str | None
    schematic: bool
    precision_m: float
    starts_at_zh: str | None
    warning: str | None


def linear_document(place: LinearPlace, lang: Lang) -> LinearDocument:
    """Return a place as a plain document."""
    start = place.starts_at
    return {
        "layer": place.layer,
        "id": place.id,
        "name": place.name.in_lang(lang),
        "km": round(place.km, _KM_DECIMALS),
        "lon": round(place.lon, 6),
        "lat": round(place.lat, 6),
        "offset_m": round(place.offset_m, 1),
        "side": place.side.value,
        "length_km": round(place.length_km, _KM_DECIMALS),
        "official_km": place.official_km,
        "official_basis": place.official_basis.value if place.official_basis else None,
        "starts_at": start.in_lang(lang) if start and start.is_translated(lang) else None,
        "schematic": place.schematic,
        "precision_m": place.precision_m,
        "starts_at_zh": start.zh if start else None,
        "warning": place.warning.in_lang(lang) if place.warning else None,
    }


def chainage_on(catalogue: Catalogue, layer_id: str, feature_id: str) -> Chainage | None:
    """Return the official chainage of a feature, None where it is not known or it has no line."""
    return parse_chainage(catalogue.layer(layer_id).feature(feature_id).properties.get("chainage"))


def _place(catalogue: Catalogue, key: tuple[str, str], on: LinearReference, asked: Point, at_m: float) -> LinearPlace:
    feature = catalogue.layer(key[0]).feature(key[1])
    found = on.point_at(min(at_m, on.length_m))
    point, strip = catalogue.metric.to_wgs84(found), catalogue.strip(*_counted(catalogue, key))
    official = _official(catalogue, key, at_m / 1000)
    return LinearPlace(
        layer=key[0],
        id=key[1],
        name=feature.name,
        km=at_m / 1000,
        lon=point.x,
        lat=point.y,
        offset_m=found.distance(asked),
        side=Side(on.sides(np.array([asked]), np.array([at_m]))[0]),
        length_km=on.length_m / 1000,
        official_km=official.km if official else None,
        official_basis=official.basis if official else None,
        starts_at=strip.starts_at if strip else None,
        schematic=feature.is_schematic,
        precision_m=feature.precision_m,
        warning=drawn_short(feature),
    )


def _official(catalogue: Catalogue, key: tuple[str, str], km: float) -> OfficialKm | None:
    chainage = chainage_on(catalogue, *key)
    return chainage.official(km) if chainage else None


def _counted(catalogue: Catalogue, key: tuple[str, str]) -> tuple[str, str]:
    """Return the feature that has the kilometres: an axis is that of its belt or corridor."""
    layer_id, feature_id = key
    if layer_id in LINES_OF:
        return key
    owners = (owner for owner, on in LINES_OF.items() if on == layer_id)
    return next(owner for owner in owners if catalogue.has(f"{owner}:{feature_id}")), feature_id


def _line(catalogue: Catalogue, text: str, problems: list[str]) -> tuple[str, str] | None:
    """Return the layer and id that a text names; the near ones of a filter first, then the lines of a filter."""
    spelling, spellings = text.strip().lower(), catalogue.vocabulary.spellings
    layer_id, _, feature_id = spellings["near"].get(spelling, "").partition(":")
    if layer_id in LINE_LAYERS:
        return layer_id, feature_id
    named = spellings["line"].get(spelling)
    if named is not None:
        return next((layer, named) for layer in FIELDS["line"].layers if catalogue.has(f"{layer}:{named}"))
    unknown = f"unknown value {text.strip()[:60]!r}" if spelling else "missing"
    what = f"{layer_id}:{feature_id} has no line" if layer_id else unknown
    problems.append(f"line: {what}; {_expected(catalogue)}")
    return None


def _expected(catalogue: Catalogue) -> str:
    """Return what names a line here, with the first of the area as the example."""
    lines = [f"{layer}:{feature.id}" for layer in LINE_LAYERS for feature in catalogue.layers.get(layer, ())]
    if not lines:
        return "this area has no line to count kilometres along"
    among = dict.fromkeys(line.partition(":")[0] for line in lines)
    expected = f"<layer>:<id> such as {lines[0]}, with a layer of {', '.join(among)}"
    named = next(iter(catalogue.vocabulary.spellings["line"].values()), None)
    if named is None:
        return f"expected {expected}"
    return f"expected a transit line or expressway by id or name, such as {named}, or {expected}"


def _kilometre(km: Number | None, problems: list[str]) -> float | None:
    number = None if km is None else _number(km)
    if number is not None and not math.isfinite(number):
        problems.append(f"km: {str(km)[:60]!r} arrived; expected a number of kilometres from the start of the line")
        return None
    return number


def _coordinates(lon: Number | None, lat: Number | None, problems: list[str]) -> tuple[float, float] | None:
    texts = {"lon": lon, "lat": lat}
    numbers = {name: _number(value) for name, value in texts.items() if value is not None}
    unread = [name for name, number in numbers.items() if not math.isfinite(number)]
    problems += [f"{name}: {str(texts[name])[:60]!r} arrived; expected a number in degrees" for name in unread]
    if unread or len(numbers) < len(texts):
        return None
    try:
        check_coordinates(numbers["lon"], numbers["lat"])
    except LocateError as error:
        problems.append(f"lon, lat: {error}")
        return None
    return numbers["lon"], numbers["lat"]


def _number(value: Number) -> float:
    """Return a number, one that no text says as nan."""
    if isinstance(value, str):
        found = decimal_number(value)
        return math.nan if found is None else found
    return value


def _either(km: Number | None, lon: Number | None, lat: Number | None) -> Iterator[str]:
    arrived = [name for name, value in (("km", km), ("lon", lon), ("lat", lat)) if value is not None]
    if arrived not in (["km"], ["lon", "lat"]):
        yield f"km, lon, lat: {', '.join(arrived) or 'none'} arrived; expected either km, or both lon and lat"


def _beyond(catalogue: Catalogue, key: tuple[str, str], km: float) -> Iterator[str]:
    length_km = catalogue.lines[_counted(catalogue, key)].length_m / 1000
    # To the metre, so the length as it is told is on the line.
    if not 0 <= round(km, _KM_DECIMALS) <= round(length_km, _KM_DECIMALS):
        yield f"km: {km:.15g} km arrived; {key[1]} runs from 0 to {length_km:.1f} km"
