"""The exceptions of Tongcheng Atlas.

TongchengError
├── SourceError      a raw file under data/ is missing, unreadable or has the wrong datum
├── RecordError      records that can be read but do not hold; carries every problem found
├── GeometryError    a geometry or a recipe for one cannot be used
├── LocateError      text or coordinates that cannot be located
├── BatchError       many texts cannot be answered: they are none, a process or a scheduler is lost
├── QueryError       a filter that cannot be understood; carries every problem found
├── NotFoundError    nothing has this id
│   ├── MovedError       the case has another id now; carries it
│   └── WithdrawnError   the case was withdrawn; carries the reason in both languages
├── StoreError       the catalogue file is missing, something else, of another format, or cannot be written
│   ├── DamagedError     it is a database that cannot be read
│   └── NoCatalogueError nothing lies there, or surely something else
├── FieldError       two fields of the table geo.fields cannot be told apart
└── SettingsError    a setting, an option or the environment cannot be used
"""

from collections.abc import Mapping, Sequence


class TongchengError(Exception):
    """Say what arrived, what was expected and what to do."""


class ProblemsError(TongchengError):
    """Carry all problems of one input at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the problems and make the message of them, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class SourceError(TongchengError):
    """A raw file is missing, unreadable or has the wrong datum."""


class RecordError(ProblemsError):
    """Records can be read but do not hold."""


class GeometryError(TongchengError):
    """A geometry, or a recipe for one, cannot be used."""


class LocateError(TongchengError):
    """Text or coordinates cannot be located."""


class BatchError(TongchengError):
    """Many texts cannot be answered: they are none, or a process or a scheduler is lost."""


class QueryError(ProblemsError):
    """A filter cannot be understood."""


class NotFoundError(TongchengError):
    """Nothing has this id."""


class MovedError(NotFoundError):
    """A case has another id now."""

    def __init__(self, old_id: str, new_id: str) -> None:
        """Keep both ids."""
        self.old_id, self.new_id = old_id, new_id
        super().__init__(f"the case {old_id} is now {new_id}; ask for that id")


class WithdrawnError(NotFoundError):
    """A case was withdrawn; its id is never given again."""

    def __init__(self, case_id: str, *, date: str, reasons: Mapping[str, str]) -> None:
        """Keep the id, the ISO date of the decision and the reason by language ("zh", "en")."""
        self.case_id, self.date, self.reasons = case_id, date, reasons
        super().__init__(f"the case {case_id} was withdrawn on {date}: {reasons['en']}")


class StoreError(TongchengError):
    """The catalogue file is missing, something else, of another format, or cannot be read or written."""


class DamagedError(StoreError):
    """A database cannot be read, so nobody knows whether it was a catalogue."""


class NoCatalogueError(StoreError):
    """Nothing lies there, or surely something else, so no catalogue is lost where it is replaced."""


class SettingsError(TongchengError):
    """A setting, an option or the environment cannot be used."""


class FieldError(TongchengError):
    """Two fields cannot be told apart."""
