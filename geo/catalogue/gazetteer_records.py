"""Read the records of data/gazetteer; collect all problems of all files."""

from typing import TypeVar

from geo.errors import RecordError
from geo.gazetteer.records import Blocker, Elsewhere, FormerTownship, GazetteerRecords, PlaceName, Village
from geo.reading import parse_all
from geo.sources import Sources

_T = TypeVar("_T")


def read_gazetteer_records(sources: Sources) -> GazetteerRecords:
    """Read and check names.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A file is missing or unreadable.
    """
    problems: list[str] = []
    places = [
        place
        for path in sources.paths("gazetteer", "places*.toml")
        for place in parse_all(PlaceName, sources.toml(path).get("place"), where=f"data/{path}", problems=problems)
    ]
    for place in places:
        given = [bool(place.counties), place.city is not None, place.township is not None, place.feature is not None]
        if sum(given) != 1:
            problems.append(
                f"data/gazetteer: {place.name}: give one of counties, city, township, feature; {sum(given)} arrived"
            )
    path = "gazetteer/blockers.toml"
    blockers = parse_all(Blocker, sources.toml(path).get("blocker"), where=f"data/{path}", problems=problems)
    former = _rows(FormerTownship, "gazetteer/former_townships.csv", sources, problems)
    villages = _rows(Village, "gazetteer/villages.csv", sources, problems)
    elsewhere = _rows(Elsewhere, "gazetteer/elsewhere.csv", sources, problems)
    if problems:
        raise RecordError(sorted(problems))
    return GazetteerRecords(tuple(places), blockers, former, villages, elsewhere)


def _rows(kind: type[_T], path: str, sources: Sources, problems: list[str]) -> tuple[_T, ...]:
    rows = [{name: text or None for name, text in row.items()} for row in sources.csv(path)]
    return parse_all(kind, rows, where=f"data/{path}", problems=problems)
