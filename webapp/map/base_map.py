"""The base map of our own: land, borders, water, railways and roads, drawn from the catalogue's own layers.

It needs no other host and no tiles. There is no relief: the only elevation model that a package carries states no
origin, and none ships until one with a licence is found.
"""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries.borders import shared_border
from geo.catalogue.catalogue import Catalogue
from geo.text import Lang
from webapp.latlon import position_of
from webapp.map.thin import COARSE_DIGITS, Thin, thin
from webapp.map.wire import BaseLabel, BaseMap, BaseShape

_SIMPLIFIED_DEG = 0.0006  # about 60 m, a fifth of what the boundaries claim
# style key of static/map/base.js -> layers, from bottom to top
_LINES = {"river": ("rivers",), "road": ("expressways",), "rail": ("transit_lines",)}
_LABELS = {"cities": 7, "counties": 9}


def base_map(catalogue: Catalogue, lang: Lang) -> BaseMap:
    """Return everything that the base map draws, from bottom to top, and its labels with the zoom they begin at."""
    return BaseMap(
        parts=[BaseShape(style=style, shape=_coarse(geometry)) for style, geometry in _parts(catalogue)],
        labels=[
            BaseLabel(
                name=feature.name.in_lang(lang),
                at=position_of(feature.geometry.representative_point(), digits=COARSE_DIGITS),
                zoom=zoom,
                kind=layer_id,
            )
            for layer_id, zoom in _LABELS.items()
            for feature in catalogue.layer(layer_id)
        ],
    )


def _parts(catalogue: Catalogue) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield style and geometry, from bottom to top."""
    cities = [city.geometry for city in catalogue.layer("cities")]
    yield "land", shapely.union_all(cities)
    for lake in catalogue.layer("lakes"):
        if lake.properties["drawn_as"] != "counties":  # of some only the county is known
            yield "lake", lake.geometry
    yield "county", _inner_borders(catalogue)
    for style, layers in _LINES.items():
        yield style, shapely.union_all([feature.geometry for layer in layers for feature in catalogue.layer(layer)])
    yield "city", shapely.line_merge(shapely.union_all([shapely.boundary(city) for city in cities]))


def _inner_borders(catalogue: Catalogue) -> BaseGeometry:
    """Return the borders between counties of one city, each line once."""
    counties = list(catalogue.layer("counties"))
    lines = [
        shared_border(one.geometry, other.geometry)
        for number, one in enumerate(counties)
        for other in counties[number + 1 :]
        if one.id[:4] == other.id[:4] and one.geometry.intersects(other.geometry)
    ]
    return shapely.line_merge(shapely.union_all(lines))


def _coarse(geometry: BaseGeometry) -> Thin:
    return thin(geometry, digits=COARSE_DIGITS, simplified_deg=_SIMPLIFIED_DEG)
