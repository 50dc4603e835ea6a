"""Measure how the geocoder grows with processes: one and two on many different lines, and the memory they take.

    .venv/bin/python benchmarks/geocode/scale.py [--lines 1000000] [--jobs 1 2]

The lines are made from the names of the default catalogue with a fixed seed, half of them like addresses, half like
sentences of news; no two are alike. Seconds are those of the whole command, its start included: by the clock, and by
the processors, which a busy machine does not change much. MB are those of the largest process. A tenth of the lines
is measured first: where memory is flat, it takes as much. `--write` makes the lines and no more, in a process of its
own, for what a process held before it became another is counted to that.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from geo.catalogue.which_file import file_to_read
from geo.divisions import city_of
from geo.gazetteer.entry import Entry
from geo.gazetteer.table import load_entries

ADDRESSES = (
    "{city}{county}{town}{village}{n}组{m}号",
    "{county}{town}建设路{m}号{n}栋{k}单元",
    "{city}{county}人民南路{m}号附{n}号",
    "{city}{town}工业大道{m}号{k}幢{n}室",
)
SENTENCES = (
    "记者{n}日从{city}获悉，{county}与{other}签署第{m}号合作协议，{place}项目将于明年开工。",
    "{county}{town}今年引进{m}家企业，产值超过{n}亿元，较去年增长{k}%。",
    "连接{place}和{other}的第{m}条公交线路开通，沿途设{k}站，每天运送乘客{n}人次。",
    "{m}名干部来到{other}学习经验，第{n}批交流岗位共{k}个。",
)


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.write:
        sys.stdout.writelines(f"{line}\n" for line in lines(options.lines))
        return
    print("| lines | processes | seconds | lines/s | ratio | lines/s of a processor | MB of the largest |")
    print("|---|---|---|---|---|---|---|")
    for total in (options.lines // 10, options.lines):
        with tempfile.NamedTemporaryFile() as file:
            subprocess.run([sys.executable, __file__, "--write", "--lines", str(total)], stdout=file, check=True)
            show(total, [(jobs, *timed(Path(file.name), jobs)) for jobs in options.jobs])


def show(total: int, results: Sequence[tuple[int, float, float, float]]) -> None:
    """Print a row for each number of processes; the ratio is against the first."""
    base = results[0][1]
    for jobs, seconds, spent, memory_mb in results:
        print(
            f"| {total:,} | {jobs} | {seconds:.1f} | {total / seconds:,.0f} | ×{base / seconds:.2f} "
            f"| {total / spent:,.0f} | {memory_mb:.0f} |",
            flush=True,
        )


def timed(file: Path, jobs: int) -> tuple[float, float, float]:
    """Return the seconds by the clock and by the processors, and the peak memory (MB) of the largest process."""
    command = str(Path(sys.executable).with_name("tongcheng"))
    begun = time.perf_counter()
    process = subprocess.Popen([command, "geocode", "--jobs", str(jobs), file], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def lines(total: int, *, seed: int = 20261127) -> Iterator[str]:
    """Yield lines, addresses and sentences in turn; their numbers keep them apart."""
    choose, places = random.Random(seed), Places(load_entries(file_to_read()))  # noqa: S311  a benchmark
    for number in range(total):
        form = choose.choice(SENTENCES if number % 2 else ADDRESSES)
        yield form.format(**places.any(choose), n=number, m=choose.randrange(1, 2000), k=choose.randrange(1, 90))


class Places:
    """Names of the gazetteer that belong together."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take all names."""
        by_kind = {kind: [entry for entry in entries if entry.kind == kind] for kind in ("city", "county", "town")}
        self._cities = {entry.adcodes[0]: entry.name for entry in by_kind["city"]}
        self._counties = {entry.adcodes[0]: entry.name for entry in by_kind["county"]}
        self._towns = [entry for entry in by_kind["town"] if entry.adcodes[0] in self._counties]
        self._others = [entry.name for entry in entries if not entry.is_blocker]

    def any(self, choose: random.Random) -> dict[str, str]:
        """Return a town with what it lies in, and two other places."""
        town = choose.choice(self._towns)
        county = town.adcodes[0]
        return {
            "city": self._cities[city_of(county)],
            "county": self._counties[county],
            "town": town.name,
            "village": choose.choice(town.villages or ("",)),
            "place": choose.choice(self._others),
            "other": choose.choice(self._others),
        }


if __name__ == "__main__":
    main()
