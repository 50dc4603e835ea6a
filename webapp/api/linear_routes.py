"""Kilometres along a line: /linear."""

from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import linear_document, linear_place
from geo.errors import QueryError
from geo.parameters import read
from webapp.api.addresses import JSON
from webapp.api.answers import answer, dumped
from webapp.api.parameters import LinearAsked
from webapp.arguments import given


def add_linear(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /linear."""

    @blueprint.get("/linear")
    def linear() -> Response:
        problems = list[str]()
        numbers = {name: request.args.get(name, "").strip() or None for name in ("km", "lon", "lat")}
        try:
            found = linear_place(catalogue, request.args.get("line", ""), **numbers)
        except QueryError as error:  # told with all that is wrong beside it
            problems.extend(error.problems)
        lang = read(LinearAsked, given(), also=problems).lang
        return answer(catalogue, lambda: dumped(linear_document(found, lang)), media_type=JSON, lang=lang)
