"""What the map fetches, as bytes: made once for each language and query, kept for the next visitor."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.marks import Marks
from geo.catalogue.matched import Matched
from geo.query import CaseQuery
from geo.query_shapes import Bbox
from geo.text import Lang
from webapp.labels import near_choices
from webapp.map.base_map import base_map
from webapp.map.marks import marks_document
from webapp.map.overlays import layer_shapes, outlines
from webapp.map.results import results
from webapp.map.tours import tours_document
from webapp.map.wire import Choice, ChoiceGroup
from webapp.map.writing import as_json, in_page
from webapp.urls import Urls

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Documents:
    """Everything below /map that does not name one case or feature."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the latest answers beside the catalogue; the catalogue never changes while it is served."""
        self._catalogue = catalogue
        self._marks = Marks(catalogue)
        self.base = _kept(self._base, 8)
        self.layers = _kept(self._layers, 64)
        self.choices = _kept(self._choices, 8)
        self.tours = _kept(self._tours, 8)
        self.results = _kept(self._results, 256)
        self.marks = _kept(self._marks_in, 512)
        self.outlines = _kept(self._outlines, 64)

    def _base(self, lang: Lang) -> bytes:
        return as_json(base_map(self._catalogue, lang))

    def _layers(self, layer_ids: tuple[str, ...], lang: Lang) -> bytes:
        return as_json(layer_shapes(self._catalogue, layer_ids, lang))

    def _choices(self, lang: Lang) -> bytes:
        return as_json(
            [
                ChoiceGroup(title=title, choices=[Choice(value=value, label=label) for value, label in features])
                for title, features in near_choices(self._catalogue, lang)
            ]
        )

    def _tours(self, lang: Lang) -> bytes:
        return as_json(tours_document(self._catalogue, lang))

    def _results(self, query: CaseQuery, lang: Lang, offset: int, _prefix: str) -> str:
        return in_page(results(self._catalogue, query, Urls(lang), offset=offset))

    def _marks_in(self, query: CaseQuery, window: Bbox, zoom: float, lang: Lang) -> bytes:
        marks = self._marks.in_view(query, window, zoom=zoom)
        return as_json(marks_document(Matched(self._catalogue, query), marks, lang))

    def _outlines(self, query: CaseQuery, lang: Lang) -> bytes:
        return as_json(outlines(self._catalogue, query, lang))


def _kept(make: Callable[_P, _R], most: int) -> Callable[_P, _R]:
    """Return a function that remembers its latest answers."""
    return lru_cache(maxsize=most)(make)  # type: ignore[return-value]  # arguments can be hashed
