"""Take the stations of metro and tram out of a published list into data/transit/stations.csv.

    python scripts/make_stations.py LIST.csv

Also writes what these stations are called after their lines into data/gazetteer/station_names.csv.

LIST.csv has a row a station, in the order of travel: line_zh, station_zh, lon, lat (WGS-84, about 100 m) and county.
Rows of other lines stay as they are; so do rows of these lines that the list does not hold (stations without a point,
or not in it yet), behind the station that they follow; English names are those that the file has for the station, on
whatever line, else its pinyin. Two neighbours whose points lie more than 200 m farther apart than the operator has
them along the track (data/transit/distances.csv) cannot both be known to 100 m: they are known to what is too much.
Where the list runs from a branch on to the main line, and which branch is one of its own lists, BRANCHES says.
"""

import csv
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from shapely.geometry import LineString

from geo.area_texts import csv_file
from geo.crs import length_km
from geo.files import write_atomically
from geo.gazetteer.entry import up_to_step_m
from geo.layers.stations import StationRecord, located, merge_stations
from geo.reading import RecordReader
from geo.sources import Sources

DATA = Path(__file__).resolve().parent.parent / "data"
STATIONS, NAMES = DATA / "transit" / "stations.csv", DATA / "gazetteer" / "station_names.csv"
DISTANCES = DATA / "transit" / "distances.csv"
EXACT_M = 100  # of a vendor point
SOURCE = "MetroMapOpenMiniProgram station list of January 2025 (MIT), GCJ-02 converted to WGS-84"
DOUBT = "the operator’s distance to a neighbour is shorter than the straight line"
METHOD = "vendor GCJ-02 point converted to WGS-84 (iterative inverse)"
# our line: what the list calls it, and what it calls its branch
LISTED: Mapping[str, tuple[str, str]] = {
    **{f"M{number}": (f"{number}号线", "") for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 18, 19, 27)},
    "T2": ("有轨电车蓉2号线", "有轨电车蓉2号线(支线)"),
}
# our line: the stations of a branch that the list keeps within the main line, the first of them on both
BRANCHES = {"M1": ("四河", "广都", "五根松")}
NETWORKS = {"M": "地铁", "T": "有轨电车"}  # by the first letter of our line
Row = dict[str, str]


def main() -> None:
    """Read the argument and write the file."""
    listed = _rows(Path(sys.argv[1]))
    kept = _rows(STATIONS)
    names = {row["name_zh"]: row["name_en"] for row in reversed(kept) if row["name_en"]}
    lines = list(dict.fromkeys([*(row["line"] for row in kept), *LISTED]))
    _write(STATIONS, [row for line in lines for row in _of_line(line, kept, listed, names)])
    _write(NAMES, list(_station_names(_rows(NAMES))))


def _write(path: Path, rows: Sequence[Row]) -> None:
    header = list(rows[0])
    write_atomically(path, csv_file(header, [tuple(row[column] for column in header) for row in rows]))
    print(f"{path.name}: {len(rows)}")


def _station_names(kept: Sequence[Row]) -> Iterable[Row]:
    """Yield what the stations of the list are called, with the aliases that the file has; then its other rows."""
    known = {row["name"]: row for row in kept}
    reader = RecordReader(Sources(DATA))
    for group in merge_stations(located(reader.csv(StationRecord, "transit/stations.csv"))):
        lines = dict.fromkeys(row.line for row in group if row.line in LISTED)
        if lines:
            name = group[0].name_zh.removesuffix("站") + "站"
            old = known.get(name, {})
            yield {
                "feature": group[0].id,
                "name": name,
                "network": NETWORKS[next(iter(lines))[0]],
                "lines": ";".join(LISTED[line][0].removeprefix("有轨电车") for line in lines),
                "aliases": old.get("aliases", ""),
                "needs_context": old.get("needs_context", ""),
            }
    yield from (row for row in kept if row["network"] not in NETWORKS.values())


def _rows(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def _of_line(line: str, kept: Sequence[Row], listed: Sequence[Row], names: Mapping[str, str]) -> Iterable[Row]:
    old = [row for row in kept if row["line"] == line]
    if line not in LISTED:
        return old
    called, branch = LISTED[line]
    main_line = [row for row in listed if row["line_zh"] == called]
    on_branch = [row for row in listed if row["line_zh"] == branch]
    if line in BRANCHES:
        first, *rest = BRANCHES[line]
        on_branch = [row for row in main_line if row["station_zh"] in (first, *rest)]
        main_line = [row for row in main_line if row["station_zh"] not in rest]
    found = [_row(line, row, old, names, branch="") for row in main_line]
    known = {row["station_zh"] for row in (*main_line, *on_branch)}
    found = _with_others(found, [row for row in old if not row["branch"]], known)
    found = [*_as_exact(line, found), *_as_exact(line, [_row(line, row, old, names, branch="1") for row in on_branch])]
    return [row | {"seq": str(number)} for number, row in enumerate(found, 1)]


def _as_exact(line: str, path: Sequence[Row]) -> list[Row]:
    """Return the stations of a way from end to end with how exactly each is known."""
    km = {(row["from_station"], row["to_station"]): float(row["km"]) for row in _rows(DISTANCES) if row["line"] == line}
    rows = [dict(row) for row in path]
    for one, other in pairwise(rows):
        along_km = km.get((one["name_zh"], other["name_zh"]))
        if along_km is not None and one["lon"] and other["lon"]:
            ends = [(float(row["lon"]), float(row["lat"])) for row in (one, other)]
            excess_m = (length_km(LineString(ends)) - along_km) * 1000
            for row in (one, other):
                if excess_m > 2 * EXACT_M:
                    row["method"] = f"{METHOD}; {DOUBT}"
                    row["precision_m"] = f"{max(up_to_step_m(excess_m), float(row['precision_m'])):.0f}"
    return rows


def _row(line: str, listed: Row, old: Sequence[Row], names: Mapping[str, str], *, branch: str) -> Row:
    name = listed["station_zh"]
    notes = [row for row in old if row["name_zh"] == name] or [{"note": "", "note_en": ""}]
    return {
        "line": line,
        "seq": "",
        "branch": branch,
        "name_zh": name,
        "name_en": names.get(name) or listed["pinyin"].capitalize(),
        "lon": listed["lon"],
        "lat": listed["lat"],
        "county": listed["county"],
        "precision_m": str(EXACT_M),
        "rating": "verified",
        "source": SOURCE,
        "method": METHOD,
        "note": notes[0]["note"],
        "note_en": notes[0]["note_en"],
    }


def _with_others(found: Sequence[Row], old: Sequence[Row], known: Collection[str]) -> list[Row]:
    """Return rows with those that the list does not hold, each behind the one that it follows."""
    rows = list(found)
    for before, row in zip([None, *old], old, strict=False):
        if row["name_zh"] not in known:
            at = [one["name_zh"] for one in rows].index(before["name_zh"]) + 1 if before else 0
            rows.insert(at, row)
    return rows


if __name__ == "__main__":
    main()
