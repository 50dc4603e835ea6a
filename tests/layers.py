"""The layers and collections that the records make; others are there only where somebody imported a file."""

from geo.exports import tables
from geo.layers import table
from geo.layers.imported import ONLY_IMPORTED
from webapp.api import documents

LAYERS = tuple(spec for spec in table.LAYERS if spec.id not in ONLY_IMPORTED)
TABLES = tuple(name for name in tables.TABLES if name not in ONLY_IMPORTED)
SERVED = tuple(name for name in documents.SERVED if name not in ONLY_IMPORTED)
