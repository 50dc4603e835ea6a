"""Verify every number of the catalogue and write what was found into docs/relations.md, between its two comments.

python scripts/make_verified.py       after `tongcheng build`; takes one or two minutes
"""

from collections.abc import Sequence
from pathlib import Path

from geo.catalogue.store import read_catalogue
from geo.files import default_catalogue_path
from geo.verify.run import Claims, Result, verify

PAGE = Path(__file__).resolve().parent.parent / "docs" / "relations.md"
BEGIN, END = "<!-- verified -->\n", "<!-- /verified -->\n"


def verified_part(results: Sequence[Result], date: str) -> str:
    """Return the table of kinds with what was found, and the date of the data."""
    rows = [
        f"| {result.kind.name} | {result.kind.meaning} | {result.rows:,} | {result.kind.rule} | "
        f"{result.worst:.2g} {result.kind.unit} | {result.row or ''} |".replace("  |", " |")
        for result in results
    ]
    head = ["| kind | what is recomputed | rows | tolerance | worst | its row |", "|---|---|---|---|---|---|"]
    return "\n".join([f"Data of {date}, every footprint:", "", *head, *rows, ""])


def main() -> None:
    """Write the part."""
    catalogue = read_catalogue(default_catalogue_path())
    claims = Claims({f.id: f.geometry for f in catalogue.footprints}, catalogue.layers, catalogue.relations)
    part = verified_part(verify(claims, claims.alike), catalogue.date)
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}{part}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
