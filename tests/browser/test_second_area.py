"""The map of another area than that of today's records."""

import pytest

from geo.catalogue.build import build_catalogue
from geo.catalogue.store import write_catalogue
from geo.sources import Sources
from tests.area.conftest import FOLDER
from tests.contract.test_area import words_in
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def second_server(tmp_path):
    path = tmp_path / "catalogue.gpkg"
    write_catalogue(build_catalogue(Sources(FOLDER))[0], path)
    server = Server(path, TONGCHENG_DATA=str(FOLDER))
    yield server.url
    server.stop()


def test_the_map_of_another_area_opens_with_its_cases_and_no_word_of_the_first(visits, second_server):
    visit = visits(second_server)
    page = visit.open("/?lang=en")
    assert page.locator("h1").first.text_content() == (
        "Integration practices of the Changsha–Zhuzhou–Xiangtan metropolitan area"
    )
    assert page.locator("#results .open-case").count() == 10
    page.locator("#results .open-case").first.click()
    page.wait_for_selector("#panel .lead")
    assert words_in(page.content()) == []
    assert visit.complaints == []
