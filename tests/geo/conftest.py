import pytest

from geo.layers.table import build_layers, read_layer_records
from geo.reading import RecordReader
from geo.sources import Sources


@pytest.fixture(scope="session")
def records():
    return read_layer_records(RecordReader(Sources()))


@pytest.fixture(scope="session")
def layers(records):
    return build_layers(records)


@pytest.fixture(scope="session")
def counties(layers):
    return {county.id: county.geometry for county in layers["counties"]}


@pytest.fixture(scope="session")
def cities(layers):
    return {city.id: city.geometry for city in layers["cities"]}
