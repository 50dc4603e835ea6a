"""Answer texts with a peer, in the protocol of `tongcheng geocode`: a text a line in, a JSON object a line out.

    python systems.py cpca-addresses < TEXTS

Each call is the fastest that the library offers for its kind of text: a list at once where there is one. Runs in the
environment of the peers; our own code is not imported.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence

Answer = dict[str, object]


def cpca_addresses(texts: Sequence[str]) -> Iterable[Answer]:
    """Answer addresses by cpca's call for a list of them: one place each, read from the start."""
    import cpca as library

    return [document([code]) for code in library.transform(texts)["adcode"]]


def cpca_texts(texts: Sequence[str]) -> Iterable[Answer]:
    """Answer running text by cpca's call for it: all places, one text at a time."""
    import cpca as library

    for text in texts:
        try:
            yield document(library.transform_text_with_addrs(text)["adcode"])
        except KeyError:  # the library fails on texts without a place
            yield document([])


def jionlp_addresses(texts: Sequence[str]) -> Iterable[Answer]:
    """Answer addresses by jionlp's parser; its names are turned into codes by cpca's table."""
    import cpca as table
    import jionlp as library

    found = [library.parse_location(text) for text in texts]
    named = ["".join(place[level] or "" for level in ("province", "city", "county")) for place in found]
    return [document([code]) for code in table.transform(named)["adcode"]]


def jionlp_texts(texts: Sequence[str]) -> Iterable[Answer]:
    """Answer running text by jionlp's recogniser; its names are turned into codes by cpca's table."""
    import cpca as table
    import jionlp as library

    for text in texts:
        try:
            found = [place for place, _ in library.recognize_location(text)["domestic"] or []]
        except Exception:  # noqa: BLE001  the library fails on texts without a place
            found = []
        named = ["".join(place[level] or "" for level in ("province", "city", "county")) for place in found]
        yield document(table.transform(named)["adcode"] if named else [])


def cnloc(texts: Sequence[str]) -> Iterable[Answer]:
    """Answer any text by cnloc's call for a list: the finest code of each."""
    from cnloc import getlocation

    found = getlocation(texts)
    return [document([county, city]) for county, city in zip(found["county_adcode"], found["city_adcode"], strict=True)]


def document(codes: Iterable[object]) -> Answer:
    """Return an answer with the codes of counties, of cities where there is none."""
    known = [code[:6] for code in codes if isinstance(code, str) and not code[:6].endswith("0000")]
    counties = [code for code in known if not code.endswith("00")]
    return {"adcode": (counties or known or [None])[0], "adcodes": counties or known}


SYSTEMS: dict[str, Callable[[Sequence[str]], Iterable[Answer]]] = {
    "cpca-addresses": cpca_addresses,
    "cpca-texts": cpca_texts,
    "jionlp-addresses": jionlp_addresses,
    "jionlp-texts": jionlp_texts,
    "cnloc": cnloc,
}

if __name__ == "__main__":
    lines = [line.rstrip("\n") for line in sys.stdin]
    for answer in SYSTEMS[sys.argv[1]](lines):
        print(json.dumps(answer, ensure_ascii=False))
