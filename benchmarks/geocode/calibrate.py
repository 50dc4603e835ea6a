"""Hold the confidence of matches against labelled texts.

    python benchmarks/geocode/calibrate.py TEXTS.csv ADDRESSES.csv

TEXTS.csv: columns text, expected_adcodes, optional_adcodes (codes separated by ;). ADDRESSES.csv: columns text, adcode.
Prints, for each band of confidence, how many matches of a county there were and which share of them was right.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geo.case import Location
from geo.catalogue.which_file import file_to_read
from geo.divisions import is_county
from geo.gazetteer.entry import load_entries
from geo.gazetteer.gazetteer import Gazetteer

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
MANY_COUNTIES = 3


def main() -> None:
    """Read both files and print the table."""
    texts, addresses = (list(csv.DictReader(Path(name).read_text("utf-8").splitlines())) for name in sys.argv[1:3])
    gazetteer = Gazetteer(load_entries(file_to_read()))
    results: dict[tuple[float, str], list[bool]] = defaultdict(list)
    for row in texts:
        right = {*row["expected_adcodes"].split(";"), *row["optional_adcodes"].split(";")}
        for match in county_matches(gazetteer.locate(row["text"])):
            results[band(match), match.reason.split(",")[0]].append(bool(right & set(match.adcodes)))
    for row in addresses:
        for match in county_matches(gazetteer.locate(row["text"])):
            results[band(match), match.reason.split(",")[0]].append(row["adcode"] in match.adcodes)
    print("| confidence from | matches | right |\n|---|---|---|")
    for low in BANDS[:-1]:
        outcomes = [outcome for (start, _), found in results.items() if start == low for outcome in found]
        if outcomes:
            print(f"| {low:.2f} | {len(outcomes)} | {sum(outcomes) / len(outcomes):.3f} |")
    print("\n| confidence from | rule | matches | right |\n|---|---|---|---|")
    for (low, reason), outcomes in sorted(results.items()):
        print(f"| {low:.2f} | {reason} | {len(outcomes)} | {sum(outcomes) / len(outcomes):.3f} |")


def county_matches(locations: list[Location]) -> Iterator[Location]:
    """Yield the matches that name a county or a few."""
    return (m for m in locations if 0 < len(m.adcodes) < MANY_COUNTIES and is_county(m.adcodes[0]))


def band(match: Location) -> float:
    """Return the lower end of a match's band."""
    return max(low for low in BANDS[:-1] if low <= match.confidence)


if __name__ == "__main__":
    main()
