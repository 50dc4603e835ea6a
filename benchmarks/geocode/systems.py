"""Answer texts with a peer, in the protocol of `tongcheng geocode`: a text a line in, a JSON object a line out.

    python systems.py cpca < TEXTS

Runs in the environment of the peers; our own code is not imported.
"""

import json
import sys
from collections.abc import Callable

Answer = dict[str, object]


def cpca() -> Callable[[str], Answer]:
    """Return all codes that cpca finds in running text."""
    import cpca as library

    def answer(text: str) -> Answer:
        try:
            codes = list(library.transform_text_with_addrs(text)["adcode"])
        except KeyError:  # the library fails on texts without a place
            codes = []
        return document([code for code in codes if isinstance(code, str)])

    return answer


def jionlp() -> Callable[[str], Answer]:
    """Return all places that jionlp recognises; its names are turned into codes by cpca's table."""
    import cpca as table
    import jionlp as library

    def answer(text: str) -> Answer:
        try:
            found = [place for place, _ in library.recognize_location(text)["domestic"] or []]
        except Exception:  # noqa: BLE001  the library fails on texts without a place
            found = []
        named = ["".join(place[level] or "" for level in ("province", "city", "county")) for place in found]
        codes = list(table.transform(named)["adcode"]) if named else []
        return document([code for code in codes if isinstance(code, str)])

    return answer


def cnloc() -> Callable[[str], Answer]:
    """Return the finest code of cnloc."""
    from cnloc import getlocation

    def answer(text: str) -> Answer:
        row = getlocation([text]).to_dict("records")[0]
        codes = [row[f"{level}_adcode"] for level in ("county", "city") if isinstance(row[f"{level}_adcode"], str)]
        return document(codes[:1])

    return answer


def document(codes: list[str]) -> Answer:
    """Return an answer with codes of counties and cities."""
    known = [code[:6] for code in codes if code and not code[:6].endswith("0000")]
    counties = [code for code in known if not code.endswith("00")]
    return {"adcode": (counties or known or [None])[0], "adcodes": known}


SYSTEMS = {"cpca": cpca, "jionlp": jionlp, "cnloc": cnloc}

if __name__ == "__main__":
    answer_text = SYSTEMS[sys.argv[1]]()
    for line in sys.stdin:
        print(json.dumps(answer_text(line.rstrip("\n")), ensure_ascii=False))
