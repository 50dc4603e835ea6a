"""Every address of the product, what may stand in it, and which downloads it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode, urljoin

from flask import request, url_for

from geo.datum import Datum
from geo.exports.formats import Format, formats_for
from geo.on_day import OnDay
from geo.parameters import Parameters, read
from geo.query import CaseQuery
from geo.text import Lang
from webapp.i18n import DEFAULT_LANG, Spoken, current_lang


@dataclass(frozen=True)
class Urls:
    """Builds the addresses of one language, and as of one day."""

    lang: Lang
    at: date | None = None

    def map(self, opened: str | None = None) -> str:
        """Return the address of the map, with what is open: "case:<id>" or "<layer>:<id>"."""
        return self._url("map.page", **({"open": opened} if opened else {}))

    def case_list(self, query: CaseQuery | None = None) -> str:
        """Return the address of the list, under a query."""
        return self._url("pages.case_list", **_args(query))

    def case(self, case_id: str) -> str:
        """Return the address of a case."""
        return self._url("pages.case", case_id=case_id)

    def coverage(self) -> str:
        """Return the address of the coverage matrices."""
        return self._url("pages.coverage_page")

    def layer(self, layer_id: str) -> str:
        """Return the address of the list of a layer's features."""
        return self._url("pages.layer", layer_id=layer_id)

    def feature(self, layer_id: str, feature_id: str) -> str:
        """Return the address of a feature's page."""
        return self._url("pages.feature", layer_id=layer_id, feature_id=feature_id)

    def about(self) -> str:
        """Return the address of the page about the area and the data."""
        return self._url("pages.about")

    def export(self, what: str, query: CaseQuery | None = None, *, geometry: str | None = None) -> str:
        """Return the address of a download; downloads carry both languages."""
        extra = {"geometry": geometry} if geometry else {}
        return built("exports.collection", {"file": f"{what}.geojson", **_args(query), **extra, **self._day})

    def case_export(self, case_id: str) -> str:
        """Return the address of the download of one case, all its shapes."""
        return url_for("exports.case", file=f"{case_id}.geojson", geometry="footprint")

    def export_form(self, what: str) -> str:
        """Return where a form that chooses a format sends it; a case is `cases/A01`."""
        kind, _, case_id = what.partition("/")
        return url_for("exports.case", file=case_id) if case_id else url_for("exports.collection", file=kind)

    def download(self, what: str, suffix: str) -> str:
        """Return the address of a whole collection in the format whose files end so."""
        return built("exports.collection", {"file": f"{what}.{suffix}"})

    def embedded(self, opened: str | None) -> str:
        """Return the address of the map alone, for a frame, with a case or feature open: "case:A08", "belts:…"."""
        return self._url("map.page", embed="1", **({"open": opened} if opened else {}))

    def api(self) -> str:
        """Return the address at which the API begins."""
        return built("api.landing", {})

    def openapi(self) -> str:
        """Return the address of the description of the API, for programs."""
        return built("api.openapi_json", {})

    def api_manual(self) -> str:
        """Return the address of the description of the API, for people."""
        return self._url("api.openapi_html")

    def data(self, endpoint: str, **values: str) -> str:
        """Return the address of data that the map fetches, such as "results" or "details"."""
        return self._url(f"map.{endpoint}", **values)

    def absolute(self, address: str) -> str:
        """Return an address with scheme and host, for texts that leave the site."""
        return urljoin(request.host_url, address)

    def _url(self, endpoint: str, **values: str | list[str]) -> str:
        language = {} if self.lang == DEFAULT_LANG else {"lang": self.lang}
        return built(endpoint, {**values, **self._day, **language})

    @property
    def _day(self) -> dict[str, str]:
        return {"at": self.at.isoformat()} if self.at else {}


def built(endpoint: str, values: Mapping[str, object], *, is_absolute: bool = False) -> str:
    """Return the address of an endpoint with parts of its path and parameters; lists become repeated parameters."""
    return url_for(endpoint, _external=is_absolute, **values)  # type: ignore[arg-type]  # none of them is an option


def _args(query: CaseQuery | None) -> dict[str, list[str]]:
    args: dict[str, list[str]] = {}
    for name, value in query.to_args() if query else []:
        args.setdefault(name, []).append(value)
    return args


def other_language_url(lang: Lang) -> str:
    """Return this very address in another language, with every other parameter kept."""
    args = [(name, text) for name, text in request.args.items(multi=True) if name != "lang"]
    if lang != DEFAULT_LANG:
        args.append(("lang", lang))
    path = request.script_root + request.path
    return f"{path}?{urlencode(args)}" if args else path


P = TypeVar("P", bound=Parameters)


class Nothing(Parameters):
    """A request without parameters."""


class Viewed(OnDay, Spoken):
    """A request in a language, as of a day."""


def current_day() -> date | None:
    """Return the day as of which this request is, whatever else it asks for.

    Raises:
        QueryError: `at` is no day, or arrived twice.
    """
    return read(OnDay, [("at", text) for text in request.args.getlist("at")]).at


def current_urls() -> Urls:
    """Return the builder of addresses in the language and as of the day of this request.

    Raises:
        QueryError: One of them cannot be read.
    """
    return Urls(current_lang(), current_day())


def given() -> list[tuple[str, str]]:
    """Return the parameters of this request as pairs of name and text."""
    return list(request.args.items(multi=True))


def asked(model: type[P]) -> P:
    """Return the parameters of this request as a model.

    Raises:
        QueryError: Unknown names, or texts that cannot be read; lists all.
    """
    return read(model, given())


@dataclass(frozen=True)
class DownloadMenu:
    """A form: where it goes, the conditions it keeps, and what may be chosen."""

    what: str
    args: Sequence[tuple[str, str]]
    formats: Sequence[Format]
    has_geometries: bool
    datums: Sequence[Datum] = tuple(Datum)


def cases_menu(query: CaseQuery | None = None) -> DownloadMenu:
    """Return the menu for the cases under a query; the map fills in its own."""
    return DownloadMenu("cases", query.to_args() if query else (), formats_for("cases"), has_geometries=True)


def case_menu(case_id: str) -> DownloadMenu:
    """Return the menu for one case."""
    return DownloadMenu(f"cases/{case_id}", (), formats_for("cases"), has_geometries=True)


def layer_menu(layer_id: str) -> DownloadMenu:
    """Return the menu for a layer."""
    return DownloadMenu(layer_id, (), formats_for(layer_id), has_geometries=False)
