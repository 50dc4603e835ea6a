"""Measure the geocoder beside its peers in one run: accuracy, speed, start, memory.

    .venv/bin/python benchmarks/geocode/run.py [--texts TEXTS.csv] [--addresses ADDRESSES.csv] [--lines N]

TEXTS.csv: text, expected_adcodes, optional_adcodes (codes separated by ;). ADDRESSES.csv: text, adcode (empty: the
city is the right answer). Without files our own sentences are used. Speed is that of N different lines each (lines.py),
start subtracted: addresses made from the gazetteer, and sentences of a newspaper. It is counted in processor time, as
every system runs on one core: another program on the machine then changes little. Ours writes the whole JSON answer:
all places with their footprints; a peer writes the codes of counties. Peers have a call for addresses (one place a
line, no running text) and one for running text: both are rows. They are installed into build/peers from the package
registry.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lines import addresses, sentences

from geo.divisions import city_of, is_county

HERE = Path(__file__).resolve().parent
PEERS = HERE.parents[1] / "build" / "peers"
CITIES = frozenset({"510100", "510600", "511400", "512000"})
LINES = 40_000
RUNS = 3
SLOWER = {"cpca-texts": 10, "jionlp-addresses": 40, "jionlp-texts": 200}  # these are timed with a part of the lines
Row = dict[str, str]


@dataclass(frozen=True)
class System:
    """A command that reads texts and writes answers."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Result:
    """What was measured of a system; shares in 0 to 1, lines a second of processor time."""

    f1: float
    precision: float
    right: float
    wrong: float
    addresses_per_s: float
    news_per_s: float
    start_s: float
    memory_mb: float


def main() -> None:
    """Measure all systems and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=HERE / "sentences.csv")
    parser.add_argument("--addresses", type=Path, default=HERE / "addresses.csv")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--without", default="", help="names of systems to leave out, separated by commas")
    options = parser.parse_args()
    labelled = read(options.texts), read(options.addresses)
    timed_lines = addresses(options.lines), sentences(options.lines)
    kept = [system for system in systems(peers_python()) if system.name not in options.without.split(",")]
    print_table({system.name: measure(system, *labelled, *timed_lines) for system in kept})


def print_table(results: dict[str, Result]) -> None:
    """Print a row a system; ratios are to the two calls of cpca."""
    address_call, text_call = results["cpca-addresses"], results["cpca-texts"]
    print("| system | F1 of texts | precision | addresses right | wrong | addresses/s | to cpca's address call "
          "| news/s | to cpca's text call | to its address call | start s | MB |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for name, r in results.items():
        print(
            f"| {name} | {r.f1:.3f} | {r.precision:.3f} | {r.right:.3f} | {r.wrong:.3f} "
            f"| {r.addresses_per_s:,.0f} | ×{r.addresses_per_s / address_call.addresses_per_s:.2f} "
            f"| {r.news_per_s:,.0f} | ×{r.news_per_s / text_call.news_per_s:.2f} "
            f"| ×{r.news_per_s / address_call.news_per_s:.2f} | {r.start_s:.2f} | {r.memory_mb:.0f} |"
        )


def peers_python() -> str:
    """Return the interpreter of an environment that holds the peers, made at the first run."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers.txt"], check=True)
    return str(python)


def systems(python: str) -> list[System]:
    """Return our command and one for each call of a peer."""
    ours = str(Path(sys.executable).with_name("tongcheng"))
    peers = ("cpca-addresses", "cpca-texts", "cnloc", "jionlp-addresses", "jionlp-texts")
    return [
        System("tongcheng", (ours, "geocode")),
        *(System(name, (python, str(HERE / "systems.py"), name)) for name in peers),
    ]


def measure(
    system: System, texts: list[Row], labelled: list[Row], many_addresses: Sequence[str], news: Sequence[str]
) -> Result:
    """Run a system over everything."""
    f1, precision = score_texts(texts, answers(system, [row["text"] for row in texts]))
    right, wrong = score_addresses(labelled, answers(system, [row["text"] for row in labelled]))
    part = len(news) // SLOWER.get(system.name, 1)
    start_s, _ = best(system, ["成都市"])
    addresses_s, one_mb = best(system, many_addresses[:part])
    news_s, other_mb = best(system, news[:part])
    per_s = part / (addresses_s - start_s), part / (news_s - start_s)
    return Result(f1, precision, right, wrong, *per_s, start_s, max(one_mb, other_mb))


def best(system: System, lines: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the memory of the quickest of a few runs; of one, where a run takes minutes."""
    return min(timed(system, lines) for _ in range(1 if system.name in SLOWER else RUNS))


def answers(system: System, lines: Sequence[str]) -> list[dict[str, object]]:
    """Return the answers of a system to lines, one each."""
    done = subprocess.run(system.command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if len(found) != len(lines):
        sys.exit(f"{system.name}: {len(found)} answers to {len(lines)} texts")
    return found


def timed(system: System, lines: Sequence[str]) -> tuple[float, float]:
    """Return the seconds of processor time and the peak memory (MB) of one run."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as source:
        source.write("\n".join(lines) + "\n")
        source.seek(0)
        process = subprocess.Popen(system.command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{system.name}: ended with {process.returncode} on {len(lines)} lines")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def score_texts(rows: list[Row], found: list[dict[str, object]]) -> tuple[float, float]:
    """Return F1 and precision over sets of counties inside the four cities; optional counties count neither way."""
    hits = given = wanted = 0
    for row, answer in zip(rows, found, strict=True):
        expected, optional = codes(row["expected_adcodes"]), codes(row["optional_adcodes"])
        got = {c for c in map(str, answer["adcodes"]) if is_county(c) and city_of(c) in CITIES} - optional
        hits, given, wanted = hits + len(got & expected), given + len(got), wanted + len(expected)
    precision, recall = hits / max(given, 1), hits / max(wanted, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision


def score_addresses(rows: list[Row], found: list[dict[str, object]]) -> tuple[float, float]:
    """Return the shares of addresses with the right county and with a wrong one; a city alone is neither."""
    got = [str(answer["adcode"] or "") for answer in found]
    counties = [code if is_county(code) else "" for code in got]
    right = sum(code == row["adcode"] for code, row in zip(counties, rows, strict=True))
    wrong = sum(bool(code) and code != row["adcode"] for code, row in zip(counties, rows, strict=True))
    return right / len(rows), wrong / len(rows)


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def codes(text: str) -> set[str]:
    """Return codes separated by semicolons."""
    return set(filter(None, text.split(";")))


if __name__ == "__main__":
    main()
