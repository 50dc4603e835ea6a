"""What layers list without a shape, as places that are known by the cities that hold them: 地铁13号线 lies in 成都."""

from collections.abc import Iterator, Mapping

from geo.feature import Layer
from geo.gazetteer.entry import PlaceName
from geo.layers.table import layer_spec


def listed_places(layers: Mapping[str, Layer]) -> Iterator[tuple[str, PlaceName]]:
    """Yield each with the id of its entry; nothing of layers that are not found by name, or without a city."""
    for layer in layers.values():
        geocoded = layer_spec(layer.id).geocoded
        if geocoded is not None:
            for one in layer.listed:
                if one.cities:
                    place = PlaceName(
                        name=one.name.zh,
                        kind=geocoded.kind,
                        source="; ".join(one.sources),
                        rating=one.rating,
                        cities=one.cities,
                        name_en=one.name.en,
                        aliases=one.aliases,
                    )
                    yield f"{geocoded.kind}:{one.id}", place
