"""Remember which folder a named file was built from: the file itself names no place of this machine.

A note lies in the product's own folder, one for each file that was built. Where it is lost nobody knows, and that is
safe: then only `tongcheng build` replaces the file.
"""

import hashlib
import logging
from pathlib import Path

from geo.files import write_atomically
from geo.paths import note_path, path_key

log = logging.getLogger(__name__)


def remember(catalogue: Path, data: Path, digest: str) -> None:
    """Note that a catalogue was built from a folder while its records had a digest; a full disk is no error."""
    note = note_path(catalogue)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(note, _said(data, digest))
    except OSError as error:
        log.info("%s: what it was built from is not noted (%s)", catalogue, error.strerror)


def was_built_from(catalogue: Path, data: Path, digest: str) -> bool:
    """Tell whether the catalogue that now lies there, of records with this digest, was built from the folder."""
    try:
        return note_path(catalogue).read_bytes() == _said(data, digest)
    except OSError:
        return False


def _said(data: Path, digest: str) -> bytes:
    return hashlib.sha256(f"{path_key(data)} {digest}".encode()).hexdigest().encode()
