"""Read the records of data/gazetteer; collect all problems of all files."""

from typing import TypeVar

from geo.errors import RecordError
from geo.gazetteer.records import Blocker, Elsewhere, FormerTownship, GazetteerRecords, PlaceName, Village
from geo.reading import RecordReader
from geo.sources import Sources

_BLOCKERS = "gazetteer/blockers.toml"
_T = TypeVar("_T")


def read_gazetteer_records(sources: Sources) -> GazetteerRecords:
    """Read and check names; a folder may have any of the files, or none.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A file is missing or unreadable.
    """
    reader = RecordReader(sources)
    places = [
        place
        for path in sources.paths("gazetteer", "places*.toml")
        for place in reader.toml_if_any(PlaceName, path, "place")
    ]
    for place in places:
        given = [bool(place.counties), place.city is not None, place.township is not None, place.feature is not None]
        if sum(given) != 1:
            reader.problems.append(
                f"data/gazetteer: {place.name}: give one of counties, city, township, feature; {sum(given)} arrived"
            )
    blockers = reader.toml(Blocker, _BLOCKERS, "blocker") if reader.has(_BLOCKERS) else ()
    found = GazetteerRecords(
        places=tuple(places),
        blockers=blockers,
        former_townships=_rows(reader, FormerTownship, "gazetteer/former_townships.csv"),
        villages=_rows(reader, Village, "gazetteer/villages.csv"),
        elsewhere=_rows(reader, Elsewhere, "gazetteer/elsewhere.csv"),
    )
    if reader.problems:
        raise RecordError(sorted(reader.problems))
    return found


def _rows(reader: RecordReader, kind: type[_T], path: str) -> tuple[_T, ...]:
    return reader.csv(kind, path) if reader.has(path) else ()
