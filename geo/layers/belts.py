"""Belts and corridors from declared recipes, and the axes that their kilometres run along."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import area_km2, buffer_m, length_km
from geo.errors import GeometryError
from geo.feature import Feature
from geo.layers.boundaries import members_area
from geo.layers.spec import (
    AREA,
    DEVELOPMENT,
    Built,
    Described,
    Family,
    Geocoded,
    LayerSpec,
    LayerStyle,
    each,
    feature_of,
    number,
    shapes,
    texts,
)
from geo.record import Record
from geo.text import word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_BELTS, _CORRIDORS = "belts/belts.toml", "corridors/corridors.toml"
_PRECISION_M = 10_000.0


@dataclass(frozen=True)
class AxisNode(Record):
    """A point of an axis, WGS-84, with the source of its coordinates."""

    name: str
    lon: float
    lat: float
    rating: Rating
    source: str


@dataclass(frozen=True)
class Member(Record):
    """A county that belongs to a belt, and how we know."""

    county: str
    rating: Rating


@dataclass(frozen=True)
class AxisRecipe(Described):
    """A belt or a corridor: an axis, a whole width, and the counties it is cut to."""

    width_km: float
    rating: Rating
    nodes: tuple[AxisNode, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True)
class BeltRecords:
    """The recipes of belts and corridors; a folder may have only one of them."""

    belts: tuple[AxisRecipe, ...]
    corridors: tuple[AxisRecipe, ...]


def _read(reader: "RecordReader") -> BeltRecords:
    return BeltRecords(
        belts=reader.toml(AxisRecipe, _BELTS, "belt") if reader.has(_BELTS) else (),
        corridors=reader.toml(AxisRecipe, _CORRIDORS, "corridor") if reader.has(_CORRIDORS) else (),
    )


def axis_line(recipe: AxisRecipe) -> LineString:
    """Return the axis through the nodes, WGS-84.

    Raises:
        GeometryError: Fewer than two different nodes, or the axis crosses itself.
    """
    points = [(node.lon, node.lat) for node in recipe.nodes]
    if len(set(points)) < 2:  # noqa: PLR2004
        msg = f"{recipe.id}: nodes: an axis needs two different points; {len(set(points))} arrived"
        raise GeometryError(msg)
    line = LineString(points)
    if not line.is_simple:
        msg = f"{recipe.id}: nodes: the axis crosses itself; put the nodes into travel order"
        raise GeometryError(msg)
    return line


def belt_area(recipe: AxisRecipe, counties: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Return the land within half the width of the axis, cut to the members, WGS-84.

    Raises:
        GeometryError: The width is not above 0, a member is no county or touches no other, or the members do not
            hold the axis.
    """
    if recipe.width_km <= 0:
        msg = f"{recipe.id}: width_km: {recipe.width_km} arrived; expected a number above 0"
        raise GeometryError(msg)
    unknown = [member.county for member in recipe.members if member.county not in counties]
    if unknown or not recipe.members:
        msg = f"{recipe.id}: members: {', '.join(unknown) or 'none'} arrived; expected codes of known counties"
        raise GeometryError(msg)
    members = members_area(counties, [member.county for member in recipe.members])
    apart = _members_apart(recipe, counties)
    if apart:
        msg = f"{recipe.id}: members: {', '.join(apart)} touch no other member; a belt is one piece of land"
        raise GeometryError(msg)
    axis = axis_line(recipe)
    if not members.intersects(axis):
        msg = f"{recipe.id}: members: none of them holds the axis; correct the nodes or the members"
        raise GeometryError(msg)
    return buffer_m(axis, recipe.width_km * 500).intersection(members)


def _members_apart(recipe: AxisRecipe, counties: Mapping[str, BaseGeometry]) -> list[str]:
    codes = [member.county for member in recipe.members]
    return [
        code
        for code in codes
        if len(codes) > 1 and not any(counties[code].touches(counties[other]) for other in codes if other != code)
    ]


def clipped_axis(recipe: AxisRecipe, counties: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Return the part of the axis that lies within the belt, WGS-84."""
    return axis_line(recipe).intersection(belt_area(recipe, counties))


def axis_feature(recipe: AxisRecipe, counties: Mapping[str, BaseGeometry]) -> Feature:
    """Return the axis of a belt or corridor within it; kilometres along it begin at its first node."""
    axis = clipped_axis(recipe, counties)
    return feature_of(
        replace(recipe, name=word("Axis of the {belt}", belt=recipe.name), aliases=()),
        axis,
        rating=recipe.rating,
        precision_m=_PRECISION_M,
        properties={
            "width_km": recipe.width_km,
            "axis_km": round(length_km(axis), 1),
            "axis": tuple(f"{node.name} ({node.rating})" for node in recipe.nodes),
            "members": tuple(f"{member.county} ({member.rating})" for member in recipe.members),
        },
    )


def belt_feature(recipe: AxisRecipe, counties: Mapping[str, BaseGeometry]) -> Feature:
    """Return a belt or corridor with its recipe as properties."""
    area = belt_area(recipe, counties)
    return feature_of(
        recipe,
        shapely.make_valid(area),
        rating=recipe.rating,
        precision_m=_PRECISION_M,
        properties={
            "width_km": recipe.width_km,
            "axis_km": round(length_km(clipped_axis(recipe, counties)), 1),
            "area_km2": round(area_km2(area), 1),
            "axis": tuple(f"{node.name} ({node.rating})" for node in recipe.nodes),
            "members": tuple(f"{member.county} ({member.rating})" for member in recipe.members),
        },
    )


def _each(
    build: Callable[[AxisRecipe, Mapping[str, BaseGeometry]], Feature], recipes: Sequence[AxisRecipe], built: Built
) -> list[Feature]:
    counties = shapes(built["counties"])
    return each(lambda recipe: build(recipe, counties), recipes)


_WIDTH, _LENGTH = number("width_km", word("Whole width, km")), number("axis_km", word("Axis length, km"))
_NODES = texts("axis", word("Axis nodes (rating)"), joined_by=" – ")
_MEMBERS = texts("members", word("Member counties (rating)"))

FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="belts",
            group=DEVELOPMENT,
            title=word("Industry belts"),
            geometry="area",
            style=LayerStyle("#b4540a", weight=1.6, fill_opacity=0.14, is_shown_first=True, label_from=8.25),
            files=(_BELTS,),
            columns=(_WIDTH, _LENGTH, AREA, _NODES, _MEMBERS),
            build=lambda records, built: _each(belt_feature, records.of(BeltRecords).belts, built),
            geocoded=Geocoded("belt", Precision.BELT),
            is_near_choice=True,
            is_covered=True,
            is_told_at_points=True,
            kilometres_on="axes",
            fact="at_km",
        ),
        LayerSpec(
            id="corridors",
            group=DEVELOPMENT,
            title=word("Corridors"),
            geometry="area",
            style=LayerStyle("#8a3ffc", weight=1.6, fill_opacity=0.14, label_from=9),
            files=(_CORRIDORS,),
            columns=(_WIDTH, _LENGTH, AREA, _NODES, _MEMBERS),
            build=lambda records, built: _each(belt_feature, records.of(BeltRecords).corridors, built),
            geocoded=Geocoded("corridor", Precision.BELT),
            is_near_choice=True,
            kilometres_on="axes",
            fact="at_km",
        ),
        LayerSpec(
            id="axes",
            group=DEVELOPMENT,
            title=word("Axes of belts and corridors"),
            geometry="line",
            style=LayerStyle("#b4540a", weight=1.4),
            files=(_BELTS, _CORRIDORS),
            columns=(_WIDTH, _LENGTH, _NODES, _MEMBERS),
            build=lambda records, built: _each(
                axis_feature, (*records.of(BeltRecords).belts, *records.of(BeltRecords).corridors), built
            ),
        ),
    ),
)
