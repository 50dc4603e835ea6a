"""What the map may ask for when it fetches; all problems of a request are told at once."""

from typing import Annotated, TypeVar

from geo.catalogue.catalogue import Catalogue
from geo.parameters import Decimal, Parsed, Whole, with_fields
from geo.query import CaseQuery, query_model, query_of
from geo.query_shapes import Bbox, parse_bbox
from webapp.arguments import Spoken, asked
from webapp.map.wire_page import MOST_ZOOM

P = TypeVar("P", bound=Spoken)


class ResultsAsked(Spoken):
    """A part of the results: how many rows are left out."""

    offset: Annotated[int, Whole(most=10**9)] = 0


class MarksAsked(Spoken):
    """The marks in the window of the map."""

    window: Annotated[Bbox, Parsed(parse_bbox)]
    zoom: Annotated[float, Decimal(0, MOST_ZOOM, f"a zoom from 0 to {MOST_ZOOM}")]


def asked_of(catalogue: Catalogue, model: type[P]) -> tuple[P, CaseQuery]:
    """Return the parameters of an answer, and the query.

    Raises:
        QueryError: Lists every problem of every parameter.
    """
    wanted = asked(with_fields(model, query_model(catalogue.vocabulary)))
    return wanted, query_of(wanted)
