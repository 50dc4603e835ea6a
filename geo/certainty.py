"""How surely a case fulfils a condition of place: the concept that every spatial answer is grouped by."""

from enum import StrEnum


class Certainty(StrEnum):
    """The group of a match of a case with a feature, from surest to least sure; docs/relations.md explains each.

    located: a place known finer than a county fulfils it whatever its radius leaves open, or names the feature itself.
    possible: a place may fulfil it: known only by its county or city, or its uncertainty reaches across the limit.
    applies: the practice holds for a county or city that the feature reaches.
    region: the practice holds for the whole of the area.
    """

    LOCATED = "located"
    POSSIBLE = "possible"
    APPLIES = "applies"
    REGION = "region"

    @property
    def rank(self) -> int:
        """Return 0 for the surest."""
        return _RANKS[self]


_RANKS = {certainty: rank for rank, certainty in enumerate(Certainty)}
BY_RANK = tuple(Certainty)
NO_MATCH = len(Certainty)  # ranks as the others, behind all of them
ASKED_FOR = tuple(certainty for certainty in Certainty if certainty is not Certainty.REGION)
