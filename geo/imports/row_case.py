"""One row of a table as a case: every cell in its field, its places found, its source, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.case import Case, Membership, Period, PlaceRole, Rating, Source, Status, TitleStatus
from geo.imports.columns import folded
from geo.imports.places import RADIUS_M, find_places, place_at
from geo.imports.rows import RATINGS, ROLES, STATUSES, cell_text, few, names_of, shown
from geo.imports.tables import Unreadable
from geo.text import LocalText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.datum import Datum
    from geo.imports.places import FoundPlace, KnownArea
    from geo.imports.rows import RowReader

_SURE = 0.8
_OF_PLACES = ("place", "county", "cities", "lon", "lat", "coordinates", "datum")


@dataclass(frozen=True)
class Options:
    """What holds for a whole file: `origin` names it for ever, `defaults` are the values of blank cells by field.

    `is_part`: the file holds only rows that had problems before, so that others do not miss.
    """

    origin: str
    today: str
    datum: Datum | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    is_part: bool = False


class RowCase:
    """One row as a case; it has no id yet."""

    def __init__(self, reader: RowReader, area: KnownArea, options: Options) -> None:
        """Take the cells, what they are held against, and what holds for the whole file."""
        self.reader, self.area, self.options = reader, area, options
        self.notes: list[str] = []

    def read(self) -> tuple[Case, list[FoundPlace], str, list[str]] | None:
        """Return the case, its places, its key and what is worth telling; None where there is a problem."""
        read = self.reader
        title = read.text("title", required=True)
        theme = read.choice("theme", self.area.theme_names)
        status = read.choice("status", names_of(STATUSES), default=Status.UNKNOWN.value)
        key = row_key(read)
        texts = {name: self._local(name) for name in ("summary", "problem", "mechanism", "reusable")}
        source = self._source(key)
        period = self._period()
        status_as_of = read.date("status_as_of")
        title_en = read.text("title_en")
        cities, places = self._places(title)
        if read.problems or title is None or theme is None:
            return None
        title = " ".join(title.split())
        case = Case(
            id="",
            theme=theme,
            cities=tuple(cities),
            membership=Membership.RELATED,
            title_status=TitleStatus.DESCRIPTIVE,
            status=Status(status or Status.UNKNOWN),
            last_checked=self.options.today,
            title=LocalText(title, title_en),
            summary=texts["summary"] or LocalText(title, title_en),
            period=period,
            places=tuple(found.place for found in places),
            sources=(source,),
            status_as_of=status_as_of,
            problem=texts["problem"],
            mechanism=texts["mechanism"],
            reusable=texts["reusable"],
        )
        return case, places, key, self.notes

    def _local(self, name: str) -> LocalText | None:
        text = self.reader.text(name)
        english = self.reader.text(f"{name}_en") if name == "summary" else None
        return LocalText(text, english) if text else None

    def _source(self, key: str) -> Source:
        read, origin = self.reader, self.options.origin
        title = read.text("source_title")
        rating = read.choice(
            "source_rating",
            names_of(RATINGS),
            default=(Rating.VERIFIED_PROXY if title else Rating.RECALLED).value,
        )
        url = read.text("source_url")
        if url is not None and not re.match(r"https?://\S+$", url):
            read.tell("source_url", shown(url), "a web address", "Write it whole, beginning with https://")
        which = (
            f"，编号 {key[4:]}" if key.startswith("key:") else "",
            f", key {key[4:]}" if key.startswith("key:") else "",
        )
        return Source(
            id="s1",
            title=title or origin,
            rating=Rating(rating or Rating.RECALLED),
            publisher=read.text("source_publisher"),
            date=read.date("source_date"),
            url=url,
            note=LocalText(f"由 {origin} 导入{which[0]}", f"Imported from {origin}{which[1]}"),
        )

    def _period(self) -> Period:
        start, end = self.reader.date("start_date"), self.reader.date("end_date")
        if start and end and end[: len(start)] < start[: len(end)]:
            self.reader.tell("end_date", end, f"a date not before {start}, the start", "Correct one of the two")
        return Period(start, end)

    def _places(self, title: str | None) -> tuple[list[str], list[FoundPlace]]:
        read, area = self.reader, self.area
        county = read.choice("county", area.county_names, default="") or None
        stated = self._cities()
        said = read.choice("role", names_of(ROLES), default="")
        role = PlaceRole(said) if said else None
        mentions = read.parts("place")
        places = self._at_point(county, mentions, title, role)
        mentions = tuple(one for one in mentions if not places or one != places[0].place.mention)
        places += find_places(mentions, area, county=county, cities=stated, role=role)
        if not places:
            places = self._without_mention(title, county, stated, role)
        cities = stated or self._cities_of(places)
        heads = {read.columns.head(field) for field in _OF_PLACES}
        if not cities and not any(problem.column in heads for problem in read.problems):
            arrived = shown(read.text("place")) if read.parts("place") else "nothing, and a title that names no place"
            remedy = "Name its county or township, fill county or cities, or give coordinates"
            read.tell("place", arrived, "a place in this area", remedy)
        self._tell_of(places, stated)
        return cities, places

    def _at_point(
        self, county: str | None, mentions: Sequence[str], title: str | None, role: PlaceRole | None
    ) -> list[FoundPlace]:
        read = self.reader
        point, radius = read.point(self.options.datum), read.number("radius_m")
        if radius is not None and radius <= 0:
            read.tell("radius_m", f"{radius:g}", "metres above 0", "Correct it, or leave the cell empty")
        if point is None:
            return []
        found = self.area.county_at(point)
        if found is None:
            read.tell(
                "lon",
                f"{point.lon}, {point.lat} in {point.datum.label}",
                f"a point in one of the {len(self.area.counties)} counties of this area",
                "Correct the numbers or the datum",
            )
            return []
        if county is not None and county != found:
            read.tell(
                "county",
                f"{self.area.counties[county]}, while the point lies in {self.area.counties[found]}",
                "the county of the point",
                "Correct the county, the numbers or the datum",
            )
            return []
        mention = next((one for one in mentions if not self._elsewhere(one, found)), None)
        if mention is None and mentions:
            mention = mentions[0]
            self.notes.append(
                f"{read.columns.head('place')}: the point lies in {self.area.counties[found]}, "
                f"while {shown(mention)} means {self._elsewhere(mention, found)}; the point was taken"
            )
        mention = mention or " ".join((title or "").split())
        if read.row.geometry is not None and read.row.geometry.geom_type != "Point":
            self.notes.append(f"geometry: a {read.row.geometry.geom_type} arrived; a point inside it is kept of it")
        return [place_at(point, mention, county=found, role=role, radius_m=radius or RADIUS_M)] if mention else []

    def _elsewhere(self, mention: str, county: str) -> str | None:
        known = [one for one in self.area.gazetteer.locate(mention) if one.adcodes and one.kind != "city"]
        return known[-1].name if known and all(county not in one.adcodes for one in known) else None

    def _without_mention(
        self, title: str | None, county: str | None, cities: Sequence[str], role: PlaceRole | None
    ) -> list[FoundPlace]:
        """Take places out of the title, else the county or cities of the row itself."""
        area = self.area
        in_title = [
            place
            for place in find_places([title] if title else [], area, county=None, cities=(), role=role)
            if place.is_found and set(place.cities(area)) <= {*(cities or area.cities)}
            and county in {None, *place.adcodes}
        ]  # fmt: skip
        if in_title:
            self.notes.append(f"{self.reader.columns.head('place')}: nothing arrived; the title names "
                              f"{few(place.name for place in in_title)}")  # fmt: skip
            return in_title
        names = [area.counties[county]] if county else [area.cities[code] for code in cities]
        return find_places(names, area, county=county, cities=cities, role=role)

    def _cities(self) -> list[str]:
        found = []
        for part in self.reader.parts("cities"):
            code = self.area.city_names.get(folded(part))
            if code is None:
                self.reader.tell(
                    "cities", shown(part), f"some of {few(self.area.cities.values())}", "Write their names"
                )
            elif code not in found:
                found.append(code)
        return found

    def _cities_of(self, places: Sequence[FoundPlace]) -> list[str]:
        return list(dict.fromkeys(city for place in places for city in place.cities(self.area)))

    def _tell_of(self, places: Sequence[FoundPlace], stated: Sequence[str]) -> None:
        head = self.reader.columns.head("place")
        for place in places:
            mention = shown(place.place.mention)
            if not place.is_found:
                others = f" ({few(place.alternatives)})" if place.alternatives else ""
                self.notes.append(f"{head}: {mention}: {place.reason}{others}; shown as its county or cities")
            elif place.confidence < _SURE:
                self.notes.append(f"{head}: {mention} means {place.name} with confidence {place.confidence:.2f} only")
            elif stated and not set(stated) & set(place.cities(self.area)):
                self.notes.append(f"{head}: {mention} lies in none of the cities that the row names")


def row_key(reader: RowReader) -> str:
    """Return by what a row is found again: its key, else its title; blank for a row without either."""
    at = reader.columns.at.get("key")
    cell = reader.row.cells[at] if at is not None else None
    if cell is not None and not isinstance(cell, Unreadable):
        return f"key:{' '.join(cell_text(cell).split())}"
    title = reader.columns.at.get("title")
    held = reader.row.cells[title] if title is not None else None
    return f"title:{folded('' if held is None or isinstance(held, Unreadable) else cell_text(held))}"
