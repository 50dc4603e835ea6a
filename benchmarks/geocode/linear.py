"""Show that the time of an answer grows with the length of the text: characters a second of long texts and of short.

    .venv/bin/python benchmarks/geocode/linear.py

Addresses, a newspaper, and one name of a zone again and again, joined to texts of 1 kB and of 100 kB. A ratio is what
one character costs in the long text, over the short one.
"""

import gc
import time
from collections.abc import Sequence

from lines import addresses, sentences

from geo.gazetteer import locate
from geo.gazetteer.documents import geocode_document

SHORT, LONG = 1_000, 100_000  # bytes in UTF-8
RUNS = 3
MANY = 8_000
ZONE = "眉山天府新区"


def main() -> None:
    """Print a row for each kind of text."""
    locate("成都市")  # the gazetteer is open
    gc.freeze()  # as the command does
    print(f"| text | characters/s of {SHORT // 1000} kB | of {LONG // 1000} kB | cost of a character |")
    print("|---|---|---|---|")
    for name, parts in (("addresses", addresses(MANY)), ("news", sentences(MANY)), ("one zone", [ZONE] * 2 * MANY)):
        short, long = (per_second(joined(parts, size)) for size in (SHORT, LONG))
        print(f"| {name} | {short:,.0f} | {long:,.0f} | ×{short / long:.2f} |")


def joined(parts: Sequence[str], size: int) -> list[str]:
    """Return as many texts of one size as make up LONG bytes, out of the same parts in the same order."""
    every = "；".join(parts).encode()[:LONG]
    return [every[start : start + size].decode(errors="ignore") for start in range(0, len(every), size)]


def per_second(texts: Sequence[str]) -> float:
    """Return the characters that are read in a second of processor time, in the quickest of a few runs."""
    return sum(map(len, texts)) / min(seconds(texts) for _ in range(RUNS))


def seconds(texts: Sequence[str]) -> float:
    """Return the processor time of answering texts."""
    begun = time.process_time()
    for text in texts:
        geocode_document(locate(text))
    return time.process_time() - begun


if __name__ == "__main__":
    main()
