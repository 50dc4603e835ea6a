"""The guided tours as the scripts read them."""

from urllib.parse import parse_qsl

from geo.catalogue.catalogue import Catalogue
from geo.query import from_args
from geo.text import Lang
from webapp.map.wire import Tour, TourStep


def tours_document(catalogue: Catalogue, lang: Lang) -> list[Tour]:
    """Return every tour with its steps in one language."""
    return [
        Tour(
            id=tour.id,
            title=tour.title.in_lang(lang),
            steps=[
                TourStep(
                    args=from_args(parse_qsl(step.query), catalogue.vocabulary).to_args(),
                    look=step.look,
                    layers=step.layers,
                    text=step.text.in_lang(lang),
                    source=step.source,
                )
                for step in tour.step
            ],
        )
        for tour in catalogue.tours
    ]
