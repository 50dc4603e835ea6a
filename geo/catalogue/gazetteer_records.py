"""Read the records of data/gazetteer; collect all problems of all files."""

from geo.catalogue.parsing import parse_all
from geo.errors import RecordError
from geo.gazetteer.records import Blocker, FormerTownship, GazetteerRecords, PlaceName
from geo.sources import Sources


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
    path = "gazetteer/former_townships.csv"
    former = parse_all(FormerTownship, sources.csv(path), where=f"data/{path}", problems=problems)
    if problems:
        raise RecordError(sorted(problems))
    return GazetteerRecords(tuple(places), blockers, former)
