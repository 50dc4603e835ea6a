"""What the data as a whole is, said once for dataset, catalogue and feed: texts in both languages, dates, extent."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from flask_babel import force_locale, lazy_gettext
from flask_babel.speaklater import LazyString

from geo.catalogue.catalogue import Catalogue
from geo.query_shapes import Bbox
from geo.text import LANGS, Lang

PUBLISHER = "Tongcheng Atlas"
LICENCE_URL = "https://spdx.org/licenses/MIT.html"
TITLE = lazy_gettext("Integration practices of the Chengdu metropolitan area")
SUMMARY = lazy_gettext(
    "Publicly documented practices of integration in Chengdu, Deyang, Meishan and Ziyang: what was tried, where, and "
    "what others can take over; with footprints, boundaries, belts, border zones, transit and ecology. The official "
    "list of 100 titles has not been seen: titles are ours, and every place says how exactly it is known."
)


@dataclass(frozen=True)
class Facts:
    """What the records say together; dates are ISO, as exact as known.

    `extent` is (west, south, east, north) in degrees, WGS-84.
    """

    last_checked: str | None
    years: tuple[int, int] | None
    extent: Bbox

    @property
    def interval(self) -> str | None:
        """Return the years as an ISO 8601 interval."""
        return None if self.years is None else f"{self.years[0]}/{self.years[1]}"


def facts_of(catalogue: Catalogue) -> Facts:
    """Return the latest check, the first and last year of all cases, and the extent of the four cities.

    Reads every case: keep what it returns where many ask for it.
    """
    years = [year for case in catalogue.cases.values() for year in case.years]
    bounds = shapely.total_bounds([city.geometry for city in catalogue.layer("cities")])
    west, south, east, north = (round(float(value), 6) for value in bounds)
    return Facts(
        last_checked=max((case.case.last_checked for case in catalogue.cases.values()), default=None),
        years=(min(years), max(years)) if years else None,
        extent=(west, south, east, north),
    )


def in_both(text: LazyString) -> Mapping[Lang, str]:
    """Return a message in every language, whatever the request asks for."""
    texts: dict[Lang, str] = {}
    for lang in LANGS:
        with force_locale(lang):
            texts[lang] = str(text)
    return texts
