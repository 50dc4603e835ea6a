"""The area that a data folder is about: its name and wording, its themes, the programme behind its cases.

Field names are those of data/area.toml and data/themes.toml; docs/data-model.md explains each. Only a name is needed:
whatever is left out is said in neutral words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import cycle

from geo.case import Figure, Source
from geo.labels import LABELS
from geo.record import Record
from geo.styles import PALETTE, ThemeStyle, ink_on
from geo.text import LANGS, LocalText, word

_EMPTY = LocalText("")
_PRODUCT = word("Tongcheng Atlas")
_UNDATED = "2000-01-01"  # what files say of their own day where nothing is dated; keeps two builds equal


@dataclass(frozen=True)
class Theme(Record):
    """One group of cases, with its official number where the programme states one, its colour and its letter.

    `color` and `ink` (what is written on it) are "#rrggbb"; `mark` stands where colour alone would have to tell.
    """

    id: str
    name: LocalText
    official_count: int | None = None
    color: str = ""
    ink: str = ""
    mark: LocalText = _EMPTY

    @property
    def style(self) -> ThemeStyle:
        """Return how it is drawn."""
        return ThemeStyle(self.color, self.ink, self.mark.zh, self.mark.in_lang("en"))


@dataclass(frozen=True)
class Programme(Record):
    """What the cases belong to: when it was announced, and what it means that a case is named by it, or related.

    `titles` says what is known of the official titles; `named` and `related` are labels, the others sentences.
    """

    announced: str | None = None
    about: LocalText = _EMPTY
    titles: LocalText = _EMPTY
    named: LocalText = _EMPTY
    named_means: LocalText = _EMPTY
    related: LocalText = _EMPTY
    related_means: LocalText = _EMPTY

    @property
    def is_known(self) -> bool:
        """Tell whether there is one, which has an official list."""
        return self.announced is not None


@dataclass(frozen=True)
class Licence(Record):
    """What holds for the records."""

    text: str = "The records keep the terms of the sources that they name"
    url: str | None = None


@dataclass(frozen=True)
class Area(Record):
    """The metropolitan area itself: how it is called, who says so, and the figures that belong to no single case.

    `short` stands in sentences ("the four cities"), `whole` names all of it as a place; `search_example` shows what
    may be searched for, `credits` thank for parts of the data, `attribution` stands below every map and in every file.
    What a folder leaves empty is filled by `completed`.
    """

    name: LocalText
    id: str = "area"
    short: LocalText = _EMPTY
    whole: LocalText = _EMPTY
    title: LocalText = _EMPTY
    summary: LocalText = _EMPTY
    search_example: LocalText = _EMPTY
    publisher: LocalText = _PRODUCT
    attribution: str = ""
    credits: tuple[LocalText, ...] = ()
    licence: Licence = Licence()
    programme: Programme = Programme()
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def holds_for_whole(self) -> LocalText:
        """Return what is said of a case that holds for all of the area."""
        return word("Holds for the whole of {area}", area=self.short)

    @property
    def undated(self) -> str:
        """Return the day, ISO, that files state of themselves where no case has one; keeps two builds equal."""
        return self.programme.announced or _UNDATED

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, LocalText]]:
        """Return how the values of choices are called here: those of the product, and those that the area words."""
        meaning = word("The practice holds for the whole of {area}.", area=self.short)
        own = {
            "membership": {
                **LABELS["membership"],
                "named": self.programme.named,
                "related": self.programme.related,
            },
            "membership_meaning": {
                **LABELS["membership_meaning"],
                "named": self.programme.named_means,
                "related": self.programme.related_means,
            },
            "certainty_meaning": {**LABELS["certainty_meaning"], "region": meaning},
        }
        return {**LABELS, **own}


def credited(area: Area, attributions: Sequence[str]) -> Area:
    """Return an area whose maps and files also name those to whom imported shapes are owed."""
    return replace(area, attribution="；".join(filter(None, (area.attribution, *attributions))))


def completed(area: Area) -> Area:
    """Return an area with everything said that its folder left out, in words of its name."""
    programme, name, neutral = area.programme, area.name, LABELS["membership_meaning"]
    short = _either(area.short, word("the area", name=name))
    filled = replace(
        programme,
        about=_either(programme.about, _about(name)),
        titles=_either(programme.titles, word("Titles are ours.")),
        named=_either(programme.named, LABELS["membership"]["named"]),
        named_means=_either(programme.named_means, neutral["named"]),
        related=_either(programme.related, LABELS["membership"]["related"]),
        related_means=_either(programme.related_means, neutral["related"]),
    )
    return replace(
        area,
        short=short,
        whole=_either(area.whole, word("The whole of {area}", area=short)),
        title=_either(area.title, word("Integration practices of the {area}", area=name)),
        summary=_either(area.summary, _summary(name)),
        search_example=_either(area.search_example, name),
        programme=filled,
    )


def _either(said: LocalText, neutral: LocalText) -> LocalText:
    return said if said.zh else neutral


def _about(name: LocalText) -> LocalText:
    return word(
        "This atlas records publicly documented practices of the {area}, and says of each how it is known.", area=name
    )


def _summary(name: LocalText) -> LocalText:
    return word(
        "Publicly documented practices of integration in the {area}: what was tried, where, and what others can take "
        "over. Every place says how exactly it is known.",
        area=name,
    )


def with_styles(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Return themes with a colour and a letter each: their own, else the next that no other has."""
    colors = iter(cycle([color for color in PALETTE if color not in {theme.color for theme in themes}] or PALETTE))
    taken = {letter for theme in themes for letter in (theme.mark.zh, theme.mark.en) if letter}
    return tuple(_styled(theme, colors, taken) for theme in themes)


def _styled(theme: Theme, colors: Iterator[str], taken: set[str]) -> Theme:
    color = theme.color or next(colors)
    mark = theme.mark if theme.mark.zh else LocalText(*(_letter(theme.name.in_lang(lang), taken) for lang in LANGS))
    return replace(theme, color=color, ink=theme.ink or ink_on(color), mark=mark)


def _letter(name: str, taken: set[str]) -> str:
    """Return the first letter of a name that no other theme has; the first of all where each is taken."""
    letters = [letter.upper() for letter in name if letter.isalnum()] or ["·"]
    found = next((letter for letter in letters if letter not in taken), letters[0])
    taken.add(found)
    return found
