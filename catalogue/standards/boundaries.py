"""The shipped boundaries of Länder and districts, read from GeoJSON (RFC 7946) and TopoJSON."""

import json
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, cast

from catalogue.standards.tables import read_table

SOURCE = "© GeoBasis-DE / BKG 2021"  # as the publisher wants it named; what was changed is said beside it
SOURCE_URL = "https://www.bkg.bund.de"
LICENCE = "dl-de/by-2-0"
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
_Nested: TypeAlias = "list[_Nested] | int"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An area: its key, its name and its rings as (longitude, latitude), the last point not repeated.

    Rings that lie in another one are holes.
    """

    key: str
    name: str
    rings: tuple[Ring, ...]


@cache
def laender() -> tuple[Outline, ...]:
    """The outlines of the 16 Länder, by key."""
    features = json.loads(read_table("boundaries", "bundeslaender.geojson"))["features"]
    outlines = (_of_feature(feature["properties"], feature["geometry"]) for feature in features)
    return tuple(sorted(outlines, key=lambda outline: outline.key))


@cache
def districts() -> tuple[Outline, ...]:
    """The outlines of districts and independent cities as of 2021, by key of 5 digits."""
    topology = json.loads(read_table("boundaries", "landkreise.topojson"))
    arcs = [_unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    (layer,) = topology["objects"].values()
    outlines = (
        Outline(
            key=one["properties"]["ags"],
            name=one["properties"]["name"],
            rings=tuple(_joined(ring, arcs) for ring in _rings(one["arcs"])),
        )
        for one in layer["geometries"]
    )
    return tuple(sorted(outlines, key=lambda outline: outline.key))


def _of_feature(properties: dict[str, str], geometry: dict[str, object]) -> Outline:
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    polygons = cast(list[list[list[list[float]]]], several)
    rings = tuple(tuple((lon, lat) for lon, lat in ring[:-1]) for polygon in polygons for ring in polygon)
    return Outline(key=properties["ags"], name=properties["name"], rings=rings)


def _unpacked(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """The points of an arc, which is written as steps of whole numbers."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return tuple(points)


def _rings(nested: _Nested) -> list[list[int]]:
    """Lists of numbers of arcs, out of a polygon or of several."""
    if not isinstance(nested, list):
        return []
    if all(isinstance(one, int) for one in nested):
        return [cast(list[int], nested)]
    return [ring for one in nested for ring in _rings(one)]


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """The arcs of a ring after each other; a negative number (~n) means arc n backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[:-1]
    return tuple(points)
