"""Where in a text a search was found: spans to mark."""

from geo.search.terms import Readings, runs, syllables, words

Span = tuple[int, int]


def highlights(text: str, searched: str, readings: Readings = ()) -> list[Span]:
    """Return spans (start, end) of a text that a search asks for, in order and apart from each other."""
    found: list[Span] = []
    for asked in runs(searched):
        terms = {asked.text, *words(asked.text)} if asked.is_han else {asked.text}
        for run in runs(text):
            if run.is_han == asked.is_han:
                spans = [span for term in terms for span in _occurrences(run.text, term, whole=not run.is_han)]
            else:
                spans = _spoken(run.text, asked.text, readings) if run.is_han else []
            found += [(run.start + start, run.start + end) for start, end in spans]
    return _merged(found)


def _occurrences(text: str, term: str, *, whole: bool) -> list[Span]:
    """Return where a term stands in a stretch; in letters, only at its beginning."""
    if whole:
        return [(0, len(term))] if text.startswith(term) else []
    starts = [start for start in range(len(text)) if text.startswith(term, start)]
    return [(start, start + len(term)) for start in starts]


def _spoken(text: str, typed: str, readings: Readings) -> list[Span]:
    """Return the characters whose pinyin, or whose initials, begin with what was typed."""
    spoken = syllables(text, readings)
    return [
        span
        for parts in (spoken, tuple(syllable[0] for syllable in spoken))
        for start in range(len(parts))
        if (span := _spelled(parts, start, typed)) is not None
    ]


def _spelled(parts: tuple[str, ...], start: int, typed: str) -> Span | None:
    joined = ""
    for end in range(start, len(parts)):
        joined += parts[end]
        if joined.startswith(typed):
            return start, end + 1
        if not typed.startswith(joined):
            return None
    return None


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
