"""What the data as a whole is, said once for dataset, catalogue and feed: dates and extent."""

from dataclasses import dataclass

from geo.catalogue.catalogue import Catalogue
from geo.query_shapes import Bbox


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
    """Return the latest check, the first and last year of all cases, and the extent of its cities.

    Reads every case: keep what it returns where many ask for it.
    """
    years = [year for case in catalogue.cases.values() for year in case.years]
    west, south, east, north = (round(value, 6) for value in catalogue.bounds)
    return Facts(
        last_checked=max((case.case.last_checked for case in catalogue.cases.values()), default=None),
        years=(min(years), max(years)) if years else None,
        extent=(west, south, east, north),
    )
