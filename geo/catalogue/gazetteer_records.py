"""Read the records of data/gazetteer; collect all problems of all files."""

from typing import TypeVar

from geo.errors import RecordError
from geo.gazetteer.records import (
    Ambiguous,
    Blocker,
    Elsewhere,
    FormerTownship,
    GazetteerRecords,
    PlaceName,
    Reading,
    Village,
)
from geo.reading import RecordReader, parse
from geo.sources import Sources

_AMBIGUOUS, _BLOCKERS, _READINGS = (f"gazetteer/{name}.toml" for name in ("ambiguous", "blockers", "readings"))
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
        ambiguous=_ambiguous(reader),
        readings=_readings(reader),
    )
    if reader.problems:
        raise RecordError(sorted(reader.problems))
    return found


def _ambiguous(reader: RecordReader) -> Ambiguous:
    raw = reader.sources.toml(_AMBIGUOUS) if reader.has(_AMBIGUOUS) else {}
    return parse(Ambiguous, raw, where=f"data/{_AMBIGUOUS}", problems=reader.problems) or Ambiguous()


def _readings(reader: RecordReader) -> tuple[Reading, ...]:
    found = reader.toml_if_any(Reading, _READINGS, "reading") if reader.has(_READINGS) else ()
    reader.problems += [
        f"data/{_READINGS}: {one.text}: pinyin: {len(one.pinyin)} syllables arrived; expected one a character"
        for one in found
        if len(one.pinyin) != len(one.text)
    ]
    return found


def _rows(reader: RecordReader, kind: type[_T], path: str) -> tuple[_T, ...]:
    return reader.csv(kind, path) if reader.has(path) else ()
