"""What was taken and what was refused, each with its figure and reason: as text and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import orjson

from geo.geography.proofs import Proof


@dataclass(frozen=True)
class Outcome:
    """One feature, or one kind of what is many (`id` is empty): what was measured, and why it was taken or not."""

    layer: str
    id: str
    figure: str
    reason: str


@dataclass(frozen=True)
class Report:
    """An import: the file, how its datum is known, and every outcome."""

    file: str
    sha256: str
    date: str | None
    datum: str
    accepted: Sequence[Outcome]
    refused: Sequence[Outcome]
    notes: Sequence[str] = ()

    def as_json(self) -> bytes:
        """Return the report as JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def lines(self) -> Iterator[str]:
        """Yield the report as text, a line each."""
        yield f"{self.file}: {self.datum}"
        yield from (f"note: {note}" for note in self.notes)
        yield f"taken: {len(self.accepted)}"
        yield from (f"  {_called(one)}: {one.figure} ({one.reason})" for one in self.accepted)
        yield f"refused: {len(self.refused)}"
        yield from (f"  {_called(one)}: {one.reason}" for one in self.refused)


def _called(one: Outcome) -> str:
    return f"{one.layer} {one.id}" if one.id else one.layer


def outcome(proof: Proof) -> Outcome:
    """Return how a proof is reported."""
    return Outcome(proof.candidate.layer, proof.candidate.id, proof.figure, proof.reason)
