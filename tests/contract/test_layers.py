"""What the table of layers says of itself holds together."""

from collections import Counter

from geo.catalogue.columns import FEATURE_COLUMNS
from geo.layers.table import LAYERS, layers_by
from geo.query import MATCH_FIELDS
from geo.styles import SCHEMES
from geo.verify.run import _LINES as LINES

IDS = [spec.id for spec in LAYERS]
COMMON = {column.name for column in FEATURE_COLUMNS}


def twice(names):
    return [name for name, count in Counter(names).items() if count > 1]


def test_no_id_stands_twice():
    assert twice(IDS) == []


def test_a_group_is_the_same_for_all_its_layers():
    assert twice(group.id for group in {spec.group for spec in LAYERS}) == []


def test_names_of_layers_that_layers_give_are_known():
    named = {spec.id: {spec.kilometres_on, *(column.of_layer for column in spec.columns)} for spec in LAYERS}
    assert {layer: names - {"", *IDS} for layer, names in named.items() if names - {"", *IDS}} == {}


def test_the_columns_of_a_layer_are_its_own():
    assert {spec.id: twice([*COMMON, *(column.name for column in spec.columns)]) for spec in LAYERS} == {
        layer: [] for layer in IDS
    }


def test_every_layer_has_both_titles_and_files():
    assert [spec.id for spec in LAYERS if not (spec.title.en and spec.group.title.en and spec.files)] == []


def test_a_part_of_the_base_map_has_its_colours():
    assert {spec.base for spec in LAYERS if spec.base} <= set(SCHEMES["light"])


def test_the_conditions_of_a_query_are_those_that_layers_serve():
    assert dict(MATCH_FIELDS) == layers_by(lambda spec: spec.query_field)


def test_what_verifies_counts_along_the_same_lines():
    assert {spec.id: spec.kilometres_on for spec in LAYERS if spec.kilometres_on} == LINES
