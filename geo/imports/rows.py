"""What a row says, each cell read as what its column holds; every problem is told with its row and column."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geo.case import PlaceRole, Rating, Status
from geo.datum import Datum
from geo.errors import LocateError
from geo.gazetteer.at_point import check_coordinates
from geo.imports.cells import Unreadable
from geo.imports.columns import folded
from geo.numbers import decimal_number, decimal_numbers
from geo.record import is_iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.imports.cells import Cell, Row
    from geo.imports.columns import Columns

_Choice = TypeVar("_Choice", bound=StrEnum)
_LONGEST_SHOWN = 60
_YEARS = range(1900, 2101)
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_APART = re.compile(r"[;；\n|]+|、")
_DAY_0 = date(1899, 12, 30).toordinal()  # from which spreadsheets count days
_SERIALS = range(10_000, 100_000)

STATUSES: Mapping[Status, tuple[str, ...]] = {
    Status.PLANNED: ("规划", "规划中", "拟建", "planned"),
    Status.UNDER_CONSTRUCTION: ("在建", "建设中", "under construction"),
    Status.IN_OPERATION: ("运营", "运营中", "已运营", "运行", "投入使用", "in operation"),
    Status.ONGOING: ("进行中", "推进中", "持续推进", "持续", "ongoing"),
    Status.COMPLETED: ("完成", "已完成", "建成", "已建成", "completed"),
    Status.UNKNOWN: ("未知", "不详", "unknown"),
}
ROLES: Mapping[PlaceRole, tuple[str, ...]] = {
    PlaceRole.SITE: ("地点", "site"),
    PlaceRole.JURISDICTION: ("辖区", "jurisdiction"),
    PlaceRole.ALIGNMENT: ("走向", "线路", "alignment"),
    PlaceRole.OFFICE: ("办公", "office"),
}
RATINGS: Mapping[Rating, tuple[str, ...]] = {
    Rating.VERIFIED: ("核实", "已核实"),
    Rating.VERIFIED_PROXY: ("转引",),
    Rating.RECALLED: ("未见来源", "凭记忆"),
}
DATUMS: Mapping[Datum, tuple[str, ...]] = {
    Datum.WGS84: ("WGS-84", "GPS", "EPSG:4326", "World Geodetic System 1984"),
    Datum.CGCS2000: ("CGCS2000", "2000国家大地坐标系", "国家2000", "EPSG:4490"),
    Datum.GCJ02: ("GCJ-02", "火星坐标", "火星坐标系", "高德", "腾讯", "国测局"),
    Datum.BD09: ("BD-09", "百度", "BD09LL"),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell of one row, and what to do; without a column it is the whole row."""

    row: int
    column: str
    arrived: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Return one sentence."""
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: arrived {self.arrived}; expected {self.expected}. {self.remedy}"


class PointCells(NamedTuple):
    """A point as it arrived, in degrees of its datum."""

    lon: float
    lat: float
    datum: Datum


class RowReader:
    """The cells of one row by field; gathers the problems of all of them."""

    def __init__(self, row: Row, columns: Columns, defaults: Mapping[str, str]) -> None:
        """Take a row, where its fields stand, and what blank cells mean."""
        self.row, self.columns, self.defaults = row, columns, defaults
        self.problems: list[Problem] = []

    def tell(self, field: str, arrived: str, expected: str, remedy: str) -> None:
        """Add a problem of a field."""
        self.problems.append(Problem(self.row.number, self.columns.head(field), arrived, expected, remedy))

    @property
    def key(self) -> str:
        """By what the row is found again: its key, else its title; blank for a row without either."""
        key = self._plain("key")
        return f"title:{folded(self._plain('title') or '')}" if key is None else f"key:{' '.join(key.split())}"

    def digest(self, datum: Datum | None) -> str:
        """Return a digest of all that the row says: its known cells, its point, and what holds for the whole file."""
        cells = {name: self._plain(name) for name in sorted(self.columns.at)}
        said = {name: value for name, value in sorted(self.defaults.items()) if cells.get(name) is None}
        point = self.row.geometry.wkb_hex if self.row.geometry is not None else None
        content = json.dumps([cells, said, point, datum.value if datum else None], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def _plain(self, field: str) -> str | None:
        """Return a cell as it stands, without its default; None where it is blank or cannot be read."""
        at = self.columns.at.get(field)
        cell = self.row.cells[at] if at is not None else None
        return None if cell is None or isinstance(cell, Unreadable) else cell_text(cell)

    def cell(self, field: str) -> Cell:
        """Return a cell; the default where it is blank, None where there is none or it cannot be read."""
        at = self.columns.at.get(field)
        cell = self.row.cells[at] if at is not None else None
        if isinstance(cell, Unreadable):
            self.tell(field, cell.arrived, cell.expected, cell.remedy)
            return None
        return self.defaults.get(field) if cell is None else cell

    def text(self, field: str, *, required: bool = False) -> str | None:
        """Return a cell as a text of one line for each line that it holds."""
        cell = self.cell(field)
        if cell is None:
            if required and not any(problem.column == self.columns.head(field) for problem in self.problems):
                self.tell(field, "nothing", "a text", f"Fill the cell, or say --default {field}=…")
            return None
        return cell_text(cell)

    def parts(self, field: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds several."""
        text = self.text(field)
        return tuple(dict.fromkeys(part.strip() for part in _APART.split(text or "") if part.strip()))

    def date(self, field: str) -> str | None:
        """Return an ISO date as exact as it is given."""
        cell = self.cell(field)
        if cell is None:
            return None
        if isinstance(cell, date):
            return cell.isoformat()[:10]
        found = iso_date(cell_text(cell))
        if found is None:
            self.tell(field, *_no_date(cell))
        return found

    def number(self, field: str) -> float | None:
        """Return a number, None where the cell is blank or holds another thing."""
        cell = self.cell(field)
        if cell is None:
            return None
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return float(cell)
        found = decimal_number(unicodedata.normalize("NFKC", cell_text(cell)))
        if found is None:
            self.tell(field, shown(cell), "a number", "Write digits only, such as 112.5")
        return found

    def choice(self, field: str, names: Mapping[str, str], *, default: str | None = None) -> str | None:
        """Return the value that a name means.

        Args:
            field: The field.
            names: Folded name to value.
            default: For a blank cell; None makes the cell required.
        """
        text = self.text(field, required=default is None)
        if text is None:
            return default
        found = names.get(folded(text))
        if found is None:
            self.tell(field, shown(text), f"one of {few(names.values())}", "Write one of these or its name")
        return found

    def point(self, datum: Datum | None) -> PointCells | None:
        """Return the point of a row, from its columns or its geometry.

        Args:
            datum: What the whole file is in; a cell says it for its row.
        """
        numbers = self._degrees()
        if numbers is None:
            return None
        lon, lat = numbers
        said = self.choice("datum", names_of(DATUMS), default=datum.value if datum else "")
        if said == "":
            self.tell(
                "datum",
                "coordinates without a datum",
                "WGS-84, CGCS2000, GCJ-02 or BD-09",
                "Fill a column datum, or say --datum for the whole file",
            )
        return PointCells(lon, lat, Datum(said)) if self._is_sensible(lon, lat) and said else None

    def _degrees(self) -> tuple[float, float] | None:
        lon, lat = self.number("lon"), self.number("lat")
        if lon is not None and lat is not None:
            return lon, lat
        if (lon is None) != (lat is None):
            missing, other = ("lon", "lat") if lon is None else ("lat", "lon")
            self.tell(missing, f"nothing beside {other}", "both numbers", "Fill both cells, or neither")
            return None
        if text := self.text("coordinates"):
            plain = re.sub(r"[,、;\s]+", ",", unicodedata.normalize("NFKC", text).strip())
            match decimal_numbers(plain):
                case (x, y):
                    return x, y
            self.tell("coordinates", shown(text), "longitude,latitude in degrees", "Write such as 112.5,28.2")
        if self.row.geometry is None or self.row.geometry.is_empty:
            return None
        inside = self.row.geometry.representative_point()
        return float(inside.x), float(inside.y)

    def _is_sensible(self, lon: float, lat: float) -> bool:
        field = "lon" if "lon" in self.columns.at else "coordinates"
        arrived = f"{lon}, {lat}"
        try:
            check_coordinates(lon, lat)
        except LocateError:
            try:
                check_coordinates(lat, lon)
            except LocateError:
                self.tell(field, arrived, "longitude, latitude in degrees within China", "Correct the numbers")
            else:
                self.tell(field, arrived, "longitude before latitude", f"They are swapped: write {lat}, {lon}")
            return False
        return True


def names_of(table: Mapping[_Choice, tuple[str, ...]]) -> dict[str, str]:
    """Return folded names with the value that each means."""
    return {folded(name): one.value for one, names in table.items() for name in (one.value, *names)}


def iso_date(text: str) -> str | None:
    """Return a date as ISO, as exact as it is written: 2023, 2023-05, 2023年5月3日; None when it is none."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    iso = "-".join(part.zfill(2) for part in found.groups() if part)
    return iso if is_iso_date(iso) and int(iso[:4]) in _YEARS else None


def _no_date(cell: Cell) -> tuple[str, str, str]:
    """Return what arrived, was expected and is to be done where a cell is no date."""
    expected = "a date such as 2023, 2023-05 or 2023-05-31"
    number = decimal_number(cell_text(cell))
    if number is not None and math.floor(number) in _SERIALS:
        day = date.fromordinal(_DAY_0 + math.floor(number))
        return f"the number {number:g}", expected, f"As a day of a spreadsheet it is {day}: format the cells as dates"
    return shown(cell), expected, "Write it so; leave the cell empty where the date is not known"


def cell_text(cell: Cell) -> str:
    """Return a cell as text: a whole number without a point, a date as ISO, nothing for one that holds no value."""
    if cell is None or isinstance(cell, Unreadable):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return (
        cell.isoformat()[:10] if isinstance(cell, date) else str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
    )


def shown(cell: Cell) -> str:
    """Return what arrived, in quotes and not too long."""
    text = repr(str(cell)) if isinstance(cell, str) else str(cell)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def few(values: Iterable[str]) -> str:
    """List different values, the first dozen of many."""
    listed = list(dict.fromkeys(values))
    return ", ".join(listed[:12]) + (" …" if len(listed) > 12 else "")  # noqa: PLR2004
