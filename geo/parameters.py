"""The one reader of parameters: pairs of name and text become a model, with all problems told at once.

A model is a subclass of `Parameters`, one field for each parameter. An annotation says what it is (`Literal`, an
enumeration, `date`, or a kind below), what it means (`Meaning`) and how it arrives (`ONCE`, `VERBATIM`, `FILLED`). A
tuple is a list: separated by commas, or the parameter repeated. An alias is the name where that is no name of Python.
An empty text is no parameter.

Long because what is read and what is told of it are one table of kinds.

    class Asked(Parameters):
        lang: Annotated[Lang, Meaning(word("language"))] = "zh"
        limit: Annotated[int, Whole(least=1, most=1000), Meaning(word("features a page"))] = 100

    asked = read(Asked, [("limit", "5")])
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, TypedDict, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from geo.errors import QueryError
from geo.numbers import decimal_number, whole_number
from geo.text import Lang, LocalText

P = TypeVar("P", bound="Parameters")
JsonSchema = dict[str, Any]
LONGEST_TOLD = 60
_MOST_KNOWN = 40
_UNREADABLE = "unreadable"
ONCE = "once"  # in an annotation: a list whose values are separated by commas only
VERBATIM = "verbatim"  # in an annotation: a text whose spaces count
FILLED = "filled"  # in an annotation: an empty text is no parameter that is absent, and is read like another


class Parameters(BaseModel):
    """The parameters of one kind of request."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def misfits(self) -> Mapping[str, str]:
        """Return what only the whole tells: a problem for each parameter that does not fit the others, by its name."""
        return {}


@dataclass(frozen=True)
class Meaning:
    """What a parameter means, in both languages."""

    text: LocalText


class UnreadableError(QueryError):
    """A text is none of its kind: what arrived and what was expected; `instead` is what a lenient reader takes."""

    def __init__(self, problems: Sequence[str], *, instead: str | None = None) -> None:
        """Keep what is told, without the name of the parameter."""
        super().__init__(problems)
        self.instead = instead


class Kind(ABC):
    """What a text stands for; stands in an annotation beside the type of the value."""

    @abstractmethod
    def read(self, text: str) -> object:
        """Return the value of a text.

        Raises:
            UnreadableError: It has none.
        """

    @abstractmethod
    def schema(self) -> JsonSchema:
        """Return the JSON schema of the value."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read by this kind."""
        return core_schema.no_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        """Let pydantic describe this kind."""
        return self.schema()

    def _validated(self, text: str) -> object:
        try:
            return self.read(text)
        except QueryError as error:
            instead = error.instead if isinstance(error, UnreadableError) else None
            context = {"problems": error.problems, "instead": instead}
            raise PydanticCustomError(_UNREADABLE, "cannot be read", context) from error


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number; one above `most` is `most`."""

    least: int = 0
    most: int = 10**12

    def read(self, text: str) -> int:
        """Return the number."""
        number = whole_number(text, most=self.most)
        if number is None or number < self.least:
            raise UnreadableError([f"{told(text)} arrived; expected a whole number from {self.least}"])
        return number

    def schema(self) -> JsonSchema:
        """Return the JSON schema; a number above `most` is no error, so that it is not told."""
        return {"type": "integer", "minimum": self.least}


@dataclass(frozen=True)
class Decimal(Kind):
    """A number within limits; `expected` tells its unit and them."""

    least: float
    most: float
    expected: str

    def read(self, text: str) -> float:
        """Return the number; -0.0 is 0."""
        number = decimal_number(text)
        if number is None or not self.least <= number <= self.most:
            raise UnreadableError([f"{told(text)} arrived; expected {self.expected}"])
        return number + 0.0

    def schema(self) -> JsonSchema:
        """Return the JSON schema."""
        return {"type": "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Text(Kind):
    """A text of some length; a lenient reader cuts one that is too long."""

    most: int
    least: int = 0

    def read(self, text: str) -> str:
        """Return the text."""
        if self.least <= len(text) <= self.most:
            return text
        expected = f"{self.least} to {self.most}" if self.least else f"at most {self.most}"
        raise UnreadableError([f"{len(text)} characters arrived; expected {expected}"], instead=text[: self.most])

    def schema(self) -> JsonSchema:
        """Return the JSON schema."""
        least = {"minLength": self.least} if self.least else {}
        return {"type": "string", **least, "maxLength": self.most}


@dataclass(frozen=True)
class OneOf(Kind):
    """One of known values: any spelling, whose case does not count, to the value it stands for.

    `expected` is told in place of the known values, where those are too many to tell or to describe.
    """

    spellings: Mapping[str, str]
    expected: str | None = None

    def read(self, text: str) -> str:
        """Return the value of a spelling."""
        value = self.spellings.get(text.lower())
        if value is None:
            raise UnreadableError([f"unknown value {told(text)}; {self.expected or self._known()}"])
        return value

    def schema(self) -> JsonSchema:
        """Return the JSON schema."""
        return {"type": "string"} if self.expected else {"type": "string", "enum": list(self.spellings)}

    def _known(self) -> str:
        values = list(dict.fromkeys(self.spellings.values()))
        if not values:
            return "known are none: the area has no such layer"
        return f"known are {', '.join(values[:_MOST_KNOWN])}{' …' if len(values) > _MOST_KNOWN else ''}"


@dataclass(frozen=True)
class Parsed(Kind):
    """What a function makes of a text; it raises QueryError with what is wrong, named or not."""

    parse: Callable[[str], object]
    described: JsonSchema = field(default_factory=lambda: {"type": "string"}, hash=False)

    def read(self, text: str) -> object:
        """Return what the function makes of it."""
        return self.parse(text)

    def schema(self) -> JsonSchema:
        """Return the JSON schema that was given."""
        return dict(self.described)


def told(text: str) -> str:
    """Return a text as problems quote it."""
    return repr(text[:LONGEST_TOLD])


def read(model: type[P], args: Iterable[tuple[str, str]], *, also: Sequence[str] = ()) -> P:
    """Return the parameters as a model.

    Args:
        model: What is expected.
        args: Pairs of name and text.
        also: Problems that were found elsewhere, to be told with those of the parameters.

    Raises:
        QueryError: Unknown names, names that arrived too often, texts that cannot be read; lists all.
    """
    asked, problems = _read(model, list(args))
    if asked is None or problems or also:
        raise QueryError([*problems, *also])
    return asked


def read_leniently(model: type[P], args: Iterable[tuple[str, str]]) -> tuple[P, list[str]]:
    """Return what can be read, and one problem for each thing that was left out; every field needs a default."""
    asked, problems = _read(model, list(args))
    if asked is None:
        needed = ", ".join(name for name, info in _fields(model).items() if info.is_required())
        msg = f"{model.__name__} is read leniently, and {needed} has no default; give it one"
        raise TypeError(msg)
    return asked, problems


def names_of(model: type[Parameters]) -> tuple[str, ...]:
    """List the names of the parameters of a model, in their order."""
    return tuple(_fields(model))


def with_fields(model: type[P], *others: type[Parameters]) -> type[P]:
    """Return a model with the fields of several: a request may ask for more than one thing."""
    return _combined(model, others)  # type: ignore[return-value]  # it is a subclass of the first


@lru_cache(maxsize=64)
def _combined(model: type[Parameters], others: tuple[type[Parameters], ...]) -> type[Parameters]:
    return create_model(model.__name__, __base__=(model, *others))


class ParameterObject(TypedDict):
    """A parameter as OpenAPI 3.0 describes it, but for `in`, which is always "query"."""

    name: str
    required: bool
    description: str
    schema: JsonSchema


def described(model: type[Parameters], lang: Lang) -> list[ParameterObject]:
    """Return the parameters of a model as OpenAPI describes them, in a language."""
    document = model.model_json_schema(by_alias=True)
    return [
        ParameterObject(
            name=name,
            required=info.is_required(),
            description=_meaning(info).in_lang(lang),
            schema=_plain(document["properties"][name], document.get("$defs", {})),
        )
        for name, info in _fields(model).items()
    ]


def _meaning(info: FieldInfo) -> LocalText:
    return next((one.text for one in info.metadata if isinstance(one, Meaning)), LocalText("", ""))


def _plain(schema: JsonSchema, definitions: Mapping[str, JsonSchema]) -> JsonSchema:
    """Return a schema without references, titles and null: a parameter that is absent is no value."""
    found = dict(schema)
    while "$ref" in found or "anyOf" in found:
        choices = [one for one in found.pop("anyOf", []) if one.get("type") != "null"]
        reference = found.pop("$ref", None)
        found |= choices[0] if choices else {}
        found |= definitions[reference.rsplit("/", 1)[-1]] if reference else {}
    if isinstance(found.get("items"), dict):
        found["items"] = _plain(found["items"], definitions)
    left_out = {"title", "description"} | ({"default"} if found.get("default") in (None, []) else set())
    return {key: value for key, value in found.items() if key not in left_out}


Raw = dict[str, str | list[str]]


def _read(model: type[P], args: Sequence[tuple[str, str]]) -> tuple[P | None, list[str]]:
    """Return the model, None where something that it needs cannot be read, and the problems as they arrived."""
    fields, order = _fields(model), {name: -place for place, (name, _) in reversed(list(enumerate(args)))}
    raw, problems = _raw(fields, args)
    asked, found = _validated(model, fields, raw)
    problems += found
    return asked, [problem for _, problem in sorted(problems, key=lambda one: -order.get(one[0], -len(args)))]


Problem = tuple[str, str]  # name of the parameter, sentence


def _raw(fields: Mapping[str, FieldInfo], args: Sequence[tuple[str, str]]) -> tuple[Raw, list[Problem]]:
    """Return the texts by name as pydantic takes them, and what is wrong with the names."""
    known = ", ".join(sorted(fields)) or "none"
    names = dict.fromkeys(name for name, _ in args)
    unknown = [(name, f"{name[:LONGEST_TOLD]}: unknown parameter; known are {known}") for name in names]
    problems = [problem for problem in unknown if problem[0] not in fields]
    raw: Raw = {name: "" for name, info in fields.items() if info.is_required()}
    for name, info in fields.items():
        given = (text for arrived, text in args if arrived == name)
        texts = [text for text in given if FILLED in info.metadata or _said(info, text)]
        if len(texts) > 1 and (not _is_list(info) or ONCE in info.metadata):
            problems.append((name, f"{name}: arrived {len(texts)} times; expected once"))
        if texts:
            raw[name] = _parts(texts) if _is_list(info) else _said(info, texts[-1])
    return raw, problems


def _said(info: FieldInfo, text: str) -> str:
    return text if VERBATIM in info.metadata else text.strip()


def _parts(texts: Iterable[str]) -> list[str]:
    """Return the values of a list, each once."""
    return list(dict.fromkeys(part.strip() for text in texts for part in text.split(",") if part.strip()))


def _validated(model: type[P], fields: Mapping[str, FieldInfo], raw: Raw) -> tuple[P | None, list[Problem]]:
    """Validate again and again without what was wrong, until the rest holds."""
    problems: list[Problem] = []
    while True:
        try:
            asked = model.model_validate(raw)
        except ValidationError as error:
            found = error.errors(include_url=False)
            problems += [(str(one["loc"][0]), told) for one in found for told in _sentences(fields, one)]
            if any(fields[str(one["loc"][0])].is_required() for one in found):
                return None, problems
            raw = _without(raw, found)
        else:
            misfits = _misfits(asked)
            if not misfits:
                return asked, problems
            problems += [(name, f"{name}: {problem}") for name, problem in misfits.items()]
            raw = {name: value for name, value in raw.items() if name not in misfits}


def _misfits(asked: Parameters) -> dict[str, str]:
    """Return the misfits of a model that may be made of several."""
    found: dict[str, str] = {}
    for base in type(asked).__mro__:
        if issubclass(base, Parameters) and "misfits" in vars(base):
            found |= base.misfits(asked)
    return found


def _without(raw: Raw, errors: Sequence[ErrorDetails]) -> Raw:
    """Return the texts without those that could not be read, or with what is taken instead."""
    wrong = {one["loc"]: one.get("ctx", {}).get("instead") for one in errors}
    left: Raw = {}
    for name, value in raw.items():
        taken = wrong.get((name,), value)
        if isinstance(value, list):
            left[name] = [text for place, text in enumerate(value) if (name, place) not in wrong]
        elif taken is not None:
            left[name] = taken
    return left


def _sentences(fields: Mapping[str, FieldInfo], error: ErrorDetails) -> list[str]:
    """Return what pydantic found in the words of the house."""
    name = str(error["loc"][0])
    if error["type"] == _UNREADABLE:
        problems: Sequence[str] = error["ctx"]["problems"]
        return [told if told.startswith(f"{name}:") else f"{name}: {told}" for told in problems]
    known, arrived = _choices(fields[name].annotation), told(str(error["input"]))
    if known:
        return [f"{name}: unknown value {arrived}; known are {', '.join(known)}"]
    if error["type"].startswith("date"):
        return [f"{name}: {arrived} arrived; expected a date such as 2023-05-31"]
    return [f"{name}: {arrived} arrived; {error['msg'][:1].lower()}{error['msg'][1:]}"]


def _fields(model: type[Parameters]) -> dict[str, FieldInfo]:
    """Return the fields by the names of their parameters."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _is_list(info: FieldInfo) -> bool:
    return get_origin(info.annotation) is tuple and not any(isinstance(one, Kind) for one in info.metadata)


def _choices(annotation: object) -> list[str]:
    """List the values of a choice, through `| None`, tuples and annotations."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(choice.value) for choice in annotation]
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return [choice for one in inner for choice in _choices(one)]
