"""Seats and neighbours: what ships, and what is refused."""

from dataclasses import replace

import pytest
import shapely

from geo.errors import RecordError
from geo.layers.seats import SeatRecords, seat_features


def test_the_seat_of_no_city_or_county_is_refused_by_its_code(records, layers):
    found = records.of(SeatRecords)
    strange = replace(
        found, seats=(*found.seats, replace(found.seats[0], id="310101"), replace(found.seats[0], id="x"))
    )
    with pytest.raises(RecordError) as refused:
        seat_features(strange, layers)
    assert [problem.split(":")[1].strip() for problem in refused.value.problems] == ["310101", "x"]


def test_every_city_has_a_seat_and_no_county_has_two(layers):
    ids = [seat.id for seat in layers["seats"]]
    assert {"510100", "510600", "511400", "512000"} <= set(ids)
    assert len(set(ids)) == len(ids)


def test_a_town_of_another_name_than_its_county_is_no_more_than_a_proxy(layers):
    assert layers["seats"].feature("510182").rating == "proxy"  # 天彭 for 彭州
    assert layers["seats"].feature("510114").rating == "verified-proxy"  # 新都 for 新都


def test_a_neighbour_is_a_name_on_the_map_and_says_so(layers):
    area = shapely.union_all([city.geometry for city in layers["cities"]])
    for one in layers["neighbours"]:
        assert not area.intersects(one.geometry)
        assert one.is_schematic
        assert one.note.en == "Where its name stands on the map, not its seat"
