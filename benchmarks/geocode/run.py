"""Measure the geocoder beside its peers in one run: accuracy, speed, start, memory.

    .venv/bin/python benchmarks/geocode/run.py [--texts TEXTS.csv] [--addresses ADDRESSES.csv]

TEXTS.csv: text, expected_adcodes, optional_adcodes (codes separated by ;). ADDRESSES.csv: text, adcode (empty: the city
is the right answer). Without files our own sentences are used. The peers are installed into build/peers from the
package registry. Ratios are against cpca, the baseline.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.divisions import city_of, is_county

HERE = Path(__file__).resolve().parent
PEERS = HERE.parents[1] / "build" / "peers"
BASELINE = "cpca"
CITIES = frozenset({"510100", "510600", "511400", "512000"})


@dataclass(frozen=True)
class System:
    """A command that reads texts and writes answers, and how many texts it is timed with."""

    name: str
    command: Sequence[str]
    timed: int


@dataclass(frozen=True)
class Result:
    """What was measured of a system; rates in 0 to 1."""

    f1: float
    precision: float
    right: float
    wrong: float
    texts_per_s: float
    start_s: float
    memory_mb: float


def main() -> None:
    """Measure all systems and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=HERE / "sentences.csv")
    parser.add_argument("--addresses", type=Path, default=HERE / "addresses.csv")
    options = parser.parse_args()
    texts, addresses = read(options.texts), read(options.addresses)
    results = {system.name: measure(system, texts, addresses) for system in systems(peers_python())}
    base = results[BASELINE]
    print("| system | F1 of texts | precision | addresses right | wrong | texts/s | ratio | start s | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, r in results.items():
        print(
            f"| {name} | {r.f1:.3f} | {r.precision:.3f} | {r.right:.3f} | {r.wrong:.3f} | {r.texts_per_s:,.0f} "
            f"| ×{r.texts_per_s / base.texts_per_s:.1f} | {r.start_s:.2f} | {r.memory_mb:.0f} |"
        )


def peers_python() -> str:
    """Return the interpreter of an environment that holds the peers, made at the first run."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers.txt"], check=True)
    return str(python)


def systems(python: str) -> list[System]:
    """Return our command and one for each peer."""
    ours = str(Path(sys.executable).with_name("tongcheng"))
    peers = {"cpca": 2000, "jionlp": 500, "cnloc": 2000}
    return [
        System("tongcheng", (ours, "geocode"), 100_000),
        *(System(name, (python, str(HERE / "systems.py"), name), timed) for name, timed in peers.items()),
    ]


def measure(system: System, texts: list[dict[str, str]], addresses: list[dict[str, str]]) -> Result:
    """Run a system over everything."""
    f1, precision = score_texts(texts, answers(system, [row["text"] for row in texts]))
    right, wrong = score_addresses(addresses, answers(system, [row["text"] for row in addresses]))
    start_s = min(timed(system, ["成都市"])[0] for _ in range(3))
    pool = [row["text"] for row in addresses]
    total_s, memory_mb = timed(system, (pool * (system.timed // len(pool) + 1))[: system.timed])
    return Result(f1, precision, right, wrong, system.timed / (total_s - start_s), start_s, memory_mb)


def answers(system: System, lines: Sequence[str]) -> list[dict[str, object]]:
    """Return the answers of a system to lines, one each."""
    done = subprocess.run(system.command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if len(found) != len(lines):
        sys.exit(f"{system.name}: {len(found)} answers to {len(lines)} texts")
    return found


def timed(system: System, lines: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the peak memory (MB) of one run."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as source:
        source.write("\n".join(lines) + "\n")
        source.seek(0)
        begun = time.perf_counter()
        process = subprocess.Popen(system.command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def score_texts(rows: list[dict[str, str]], found: list[dict[str, object]]) -> tuple[float, float]:
    """Return F1 and precision over sets of counties inside the four cities; optional counties count neither way."""
    hits = given = wanted = 0
    for row, answer in zip(rows, found, strict=True):
        expected, optional = codes(row["expected_adcodes"]), codes(row["optional_adcodes"])
        got = {c for c in map(str, answer["adcodes"]) if is_county(c) and city_of(c) in CITIES} - optional
        hits, given, wanted = hits + len(got & expected), given + len(got), wanted + len(expected)
    precision, recall = hits / max(given, 1), hits / max(wanted, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision


def score_addresses(rows: list[dict[str, str]], found: list[dict[str, object]]) -> tuple[float, float]:
    """Return the shares of addresses with the right county and with a wrong one; a city alone is neither."""
    got = [str(answer["adcode"] or "") for answer in found]
    counties = [code if is_county(code) else "" for code in got]
    right = sum(code == row["adcode"] for code, row in zip(counties, rows, strict=True))
    wrong = sum(bool(code) and code != row["adcode"] for code, row in zip(counties, rows, strict=True))
    return right / len(rows), wrong / len(rows)


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def codes(text: str) -> set[str]:
    """Return codes separated by semicolons."""
    return set(filter(None, text.split(";")))


if __name__ == "__main__":
    main()
