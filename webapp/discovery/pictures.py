"""The cards of links as PNG: drawn one at a time, the latest kept in memory."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from werkzeug.exceptions import ServiceUnavailable

from geo.text import Lang

MOST_KEPT = 128  # about 100 kB each
_PATIENCE_S = 20.0


class Pictures:
    """Cards by name and language. A catalogue never changes while it is served, so a card is drawn once.

    Drawing takes most of a second of one processor: visitors who ask for cards must not take all of them.
    """

    def __init__(self, draw: Callable[[str, Lang], bytes], *, most: int = MOST_KEPT) -> None:
        """Take who draws; `most` cards are kept, the oldest go first."""
        self._draw = draw
        self._most = most
        self._kept: OrderedDict[tuple[str, Lang], bytes] = OrderedDict()
        self._turn = Lock()

    def picture(self, name: str, lang: Lang) -> bytes:
        """Return a card.

        Raises:
            ServiceUnavailable: So many wait for theirs that this one would take too long.
        """
        found = self._kept.get((name, lang))
        if found is not None:
            return found
        if not self._turn.acquire(timeout=_PATIENCE_S):
            raise ServiceUnavailable(retry_after=int(_PATIENCE_S))
        try:
            return self._drawn(name, lang)
        finally:
            self._turn.release()

    def _drawn(self, name: str, lang: Lang) -> bytes:
        found = self._kept.get((name, lang))  # whoever had the turn before may have drawn it
        if found is None:
            found = self._kept[name, lang] = self._draw(name, lang)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
