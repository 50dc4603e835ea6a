"""Tell what rows of the tables lack: python scripts/check_tables.py exits with 1 when one is not complete."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import fields
from geo.exports.formats import FORMATS, gaps
from tests.exports.readers import READERS


def found() -> list[str]:
    """Return, in one sentence each, what is missing."""
    unread = [
        f"format {name}: nothing reads it back in tests; add a row to READERS in tests/exports/readers.py"
        for name in FORMATS
        if name not in READERS
    ]
    return [*fields.gaps(fields.FIELDS.values()), *gaps(FORMATS.values()), *unread]


if __name__ == "__main__":
    print("\n".join(found()) or "the tables are complete")
    sys.exit(1 if found() else 0)
