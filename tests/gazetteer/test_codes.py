"""Roads are found by their number: the live one of a road is nobody else's name."""

import pytest

from geo.gazetteer.codes import live_codes
from geo.gazetteer.entry import spellings


def test_no_name_of_a_place_is_the_live_number_of_another_road(catalogue):
    live = live_codes(catalogue.layers)
    assert {"G4202": "成都绕城高速", "SA2": "成都第二绕城高速"}.items() <= live.items()
    borrowed = [
        (entry.name, spelling.text)
        for entry in catalogue.entries
        for spelling in spellings(entry)
        if live.get(spelling.text, entry.name) != entry.name
    ]
    assert borrowed == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("绕城高速G4202", {"成都绕城高速"}),
        ("G4202", {"成都绕城高速"}),
        ("SA2", {"成都第二绕城高速"}),
        ("G4201", {"成都绕城高速"}),
    ],
)
def test_a_road_is_found_by_its_number_and_by_a_former_one(gazetteer, text, names):
    assert {match.name for match in gazetteer.locate(text)} == names
