"""Belts and corridors from declared recipes."""

from collections.abc import Mapping

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.boundaries.boundaries import members_area
from geo.corridors.recipes import AxisRecipe
from geo.crs import area_km2, buffer_m, length_km
from geo.errors import GeometryError
from geo.feature import Feature
from geo.words import word

_PRECISION_M = 10_000.0


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
    return Feature(
        id=recipe.id,
        name=word("Axis of the {belt}", belt=recipe.name),
        geometry=axis,
        rating=recipe.rating,
        precision_m=_PRECISION_M,
        source=recipe.source,
        status=recipe.status,
        status_date=recipe.status_date,
        note=recipe.note,
        properties={
            "width_km": recipe.width_km,
            "axis_km": round(length_km(axis), 1),
            "axis": " – ".join(f"{node.name} ({node.rating})" for node in recipe.nodes),
            "members": "; ".join(f"{member.county} ({member.rating})" for member in recipe.members),
        },
    )


def belt_feature(recipe: AxisRecipe, counties: Mapping[str, BaseGeometry]) -> Feature:
    """Return a belt or corridor with its recipe as properties."""
    area = belt_area(recipe, counties)
    return Feature(
        id=recipe.id,
        name=recipe.name,
        geometry=shapely.make_valid(area),
        rating=recipe.rating,
        precision_m=_PRECISION_M,
        source=recipe.source,
        status=recipe.status,
        status_date=recipe.status_date,
        note=recipe.note,
        aliases=recipe.aliases,
        properties={
            "width_km": recipe.width_km,
            "axis_km": round(length_km(clipped_axis(recipe, counties)), 1),
            "area_km2": round(area_km2(area), 1),
            "axis": " – ".join(f"{node.name} ({node.rating})" for node in recipe.nodes),
            "members": "; ".join(f"{member.county} ({member.rating})" for member in recipe.members),
        },
    )
