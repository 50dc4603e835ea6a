"""The base map of our own: land, borders, water, railways and roads, drawn from the catalogue's own layers.

It needs no other host and no tiles. There is no relief: the only elevation model that a package carries states no
origin, and none ships until one with a licence is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.catalogue.catalogue import Catalogue
from geo.codes import same_city
from geo.feature import Feature
from geo.layers.boundaries import shared_border
from geo.layers.table import LAYERS, layers_by
from geo.styles import SCHEMES
from geo.text import Lang
from webapp.latlon import position_of
from webapp.map.thin import COARSE_DIGITS, Thin, thin
from webapp.map.wire import BaseLabel, BaseMap, BasePart

_SIMPLIFIED_DEG = 0.0006  # about 60 m, a fifth of what the boundaries claim
_DRAWN = layers_by(lambda spec: spec.base)
_LABELS = {spec.id: spec.base_name_from for spec in LAYERS if spec.base_name_from}


def base_map(catalogue: Catalogue, lang: Lang) -> BaseMap:
    """Return everything that the base map draws, from bottom to top, and its labels with the zoom they begin at."""
    return BaseMap(
        parts=[BasePart(style=style, shape=_coarse(geometry)) for style, geometry in _parts(catalogue)],
        labels=[
            BaseLabel(
                name=feature.name.in_lang(lang),
                at=position_of(feature.geometry.representative_point(), digits=COARSE_DIGITS),
                zoom=zoom,
                kind=layer_id,
            )
            for layer_id, zoom in _LABELS.items()
            for feature in catalogue.layers.get(layer_id, ())
        ],
    )


def _parts(catalogue: Catalogue) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield style and geometry, in the order of the schemes, from bottom to top."""
    cities = [city.geometry for city in catalogue.layer("cities")]
    of_boundaries: Mapping[str, Callable[[], BaseGeometry]] = {
        "land": lambda: shapely.union_all(cities),
        "county": lambda: _inner_borders(catalogue),
        "city": lambda: shapely.line_merge(shapely.union_all([shapely.boundary(city) for city in cities])),
    }
    for part in SCHEMES["light"]:
        if part in of_boundaries:
            yield part, of_boundaries[part]()
        else:
            yield from ((part, shape) for shape in _shapes(_features(catalogue, part)))


def _features(catalogue: Catalogue, part: str) -> list[Feature]:
    """Return what draws a part; not the areas of which only the county is known."""
    found = (feature for layer_id in _DRAWN[part] for feature in catalogue.layers.get(layer_id, ()))
    return [feature for feature in found if feature.properties.get("drawn_as") != "counties"]


def _shapes(features: Sequence[Feature]) -> list[BaseGeometry]:
    """Return areas one by one, and lines as one shape."""
    shapes = [feature.geometry for feature in features]
    is_line = any(shapely.get_dimensions(shape) == 1 for shape in shapes)
    return [shapely.union_all(shapes)] if is_line else shapes


def _inner_borders(catalogue: Catalogue) -> BaseGeometry:
    """Return the borders between counties of one city, each line once."""
    counties = list(catalogue.layer("counties"))
    lines = [
        shared_border(one.geometry, other.geometry)
        for number, one in enumerate(counties)
        for other in counties[number + 1 :]
        if same_city(one.id, other.id) and one.geometry.intersects(other.geometry)
    ]
    return shapely.line_merge(shapely.union_all(lines))


def _coarse(geometry: BaseGeometry) -> Thin:
    return thin(geometry, digits=COARSE_DIGITS, simplified_deg=_SIMPLIFIED_DEG)
