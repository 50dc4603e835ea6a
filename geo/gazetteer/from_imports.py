"""What the user's own files add to the names: areas of townships, and streets and villages, each in its county.

Streets have the same names everywhere: one is found where its county or city is named too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geo.case import Precision, Rating
from geo.feature import Feature, Layer
from geo.gazetteer.entry import Entry, spellings
from geo.gazetteer.parts import Counties
from geo.layers.imported import ImportedPlace
from geo.layers.townships import LAYER as TOWNSHIPS

_PRECISION = {"road": Precision.STREET, "village": Precision.TOWN}


def with_imports(entries: Sequence[Entry], places: Sequence[ImportedPlace], layers: Mapping[str, Layer]) -> list[Entry]:
    """Return the entries with what was imported: finer townships, and names that were not known before."""
    townships = {f"town:{feature.id}": feature for feature in layers.get(TOWNSHIPS, ())}
    names = {feature.id: feature.name.zh for feature in layers["counties"]}
    counties = Counties({county.id: county.geometry for county in layers["counties"]}, names)
    finer = [_in_area(one, townships[one.id], counties) if one.id in townships else one for one in entries]
    return [*finer, *_new(places, {spelling.text for one in entries for spelling in spellings(one)}, names)]


def _in_area(entry: Entry, township: Feature, counties: Counties) -> Entry:
    """Return a township with the point, the radius and the outline of its imported area."""
    point, radius_m = counties.extent(township.geometry)
    return replace(
        entry,
        precision=Precision.TOWN,
        rating=Rating.IMPORTED,
        source=township.source,
        lon=round(point.x, 6),
        lat=round(point.y, 6),
        radius_m=radius_m,
        parts=(),
        feature=(TOWNSHIPS, township.id),
    )


def _new(places: Sequence[ImportedPlace], known: set[str], counties: Mapping[str, str]) -> Iterator[Entry]:
    for place in places:
        if place.name in known:
            continue
        yield Entry(
            id=f"{place.kind}:{place.county}:{place.name}",
            name=f"{counties[place.county]}{place.name}",
            kind=place.kind,
            precision=_PRECISION[place.kind],
            rating=Rating.IMPORTED,
            source=f"imported file, sha256 {place.file[:12]}",
            adcodes=(place.county,),
            shares=(1.0,),
            lon=place.lon,
            lat=place.lat,
            radius_m=place.radius_m,
            short_names=(place.name,),
            doubts=((place.name, "elsewhere"),),
        )
