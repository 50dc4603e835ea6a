"""Tell what rows of the tables lack: python scripts/check_tables.py exits with 1 when one is not complete."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import fields
from geo.exports.formats import FORMATS, gaps
from geo.layers.imported import ONLY_IMPORTED
from geo.layers.table import FAMILIES, LAYERS
from geo.text import untranslated
from tests.exports.readers import READERS

ROOT = Path(__file__).resolve().parent.parent


def found() -> list[str]:
    """Return, in one sentence each, what is missing."""
    return [*fields.gaps(fields.FIELDS.values()), *_layer_gaps(), *gaps(FORMATS.values()), *_unread()]


def _layer_gaps() -> Iterator[str]:
    for path in sorted((ROOT / "geo" / "layers").glob("*.py")):
        family = getattr(import_module(f"geo.layers.{path.stem}"), "FAMILY", None)
        if family is not None and family not in FAMILIES:
            yield f"layers of {path.stem}.py: nothing builds them; name its FAMILY in FAMILIES of geo/layers/table.py"
    for layer in LAYERS:
        titles = (layer.title, layer.group.title, *(column.title for column in layer.columns))
        yield from (f"layer {layer.id}: {gap}" for gap in untranslated(titles))
        if layer.id not in ONLY_IMPORTED and not any((ROOT / "data" / file).is_file() for file in layer.files):
            yield f"layer {layer.id}: data/ holds no {' and no '.join(layer.files)}; add its records"


def _unread() -> Iterator[str]:
    for name in FORMATS:
        if name not in READERS:
            yield f"format {name}: nothing reads it back in tests; add a row to READERS in tests/exports/readers.py"


if __name__ == "__main__":
    print("\n".join(found()) or "the tables are complete")
    sys.exit(1 if found() else 0)
