"""The ground of a map: Germany or a part of it, projected, with outlines ready to be drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import dist
from types import MappingProxyType
from typing import TypeAlias

from catalogue.domain.outlines import Point, Ring, bounds, inner_point, inner_points, simplified
from catalogue.standards.boundaries import Outline, districts, laender
from catalogue.standards.lambert import GERMANY

WIDTH, TALLEST = 400.0, 560.0  # in the units of a picture
_MARGIN = 6.0
_FINE, _COARSE = 0.55, 1.6  # units: how far a drawn border may be from the true one
_SPECK = 2.0  # square units: smaller islands are not drawn
Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area as drawn: its outline as rings and as the data of a path."""

    key: str
    name: str
    path: str
    rings: tuple[Ring, ...]

    @cached_property
    def at(self) -> Point:
        """A point well inside it; found when it is asked for, since that takes its time."""
        return inner_point(self.rings)

    @cached_property
    def inside(self) -> tuple[Point, ...]:
        """Other points inside it, the ones nearest to `at` first."""
        return tuple(sorted(inner_points(self.rings), key=lambda point: dist(point, self.at)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A map without anything on it; `place` turns points into its units."""

    width: float
    height: float
    scale: float  # units of a metre
    left: float  # metres east of the projection's origin
    top: float  # metres north of it
    areas: tuple[Area, ...]
    parts: tuple[Area, ...] = ()  # districts, where the map is of one Land

    def place(self, lat: float, lon: float) -> Point:
        """Where a point lies; beyond the frame where it is not on this map."""
        east, north = GERMANY.project(lat, lon)
        return (east - self.left) * self.scale, (self.top - north) * self.scale

    def shows(self, point: Point) -> bool:
        """Whether a place lies within the frame."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


@cache
def germany() -> Ground:
    """All Länder."""
    return _ground(_box(_projected(laender()).values()), _FINE)


@cache
def small_germany() -> Ground:
    """All Länder, with few points: for small pictures."""
    return _ground(_box(_projected(laender()).values()), _COARSE)


@cache
def land_ground(land: str) -> Ground:
    """A Land with its districts, and what lies around it."""
    own = [outline for outline in districts() if outline.key.startswith(land)]
    return _ground(_box(_projected(own).values()), _FINE, parts=own)


@cache
def around(south: float, west: float, north: float, east: float) -> Ground:
    """What lies between these degrees, with few points."""
    corners = [GERMANY.project(lat, lon) for lat in (south, north) for lon in (west, east)]
    return _ground(_box([[tuple(corners)]]), _COARSE / 2)


@cache
def _all() -> Mapping[str, tuple[Ring, ...]]:
    return MappingProxyType(_projected(laender()))


def _projected(outlines: Iterable[Outline]) -> dict[str, tuple[Ring, ...]]:
    return {
        outline.key: tuple(tuple(GERMANY.project(lat, lon) for lon, lat in ring) for ring in outline.rings)
        for outline in outlines
    }


def _box(areas: Iterable[Sequence[Ring]]) -> Box:
    return bounds(ring for rings in areas for ring in rings)


def _ground(box: Box, tolerance: float, *, parts: Sequence[Outline] = ()) -> Ground:
    """The map of what lies in the box; areas that do not touch it are left out."""
    left, bottom, right, top = box
    scale = min((WIDTH - 2 * _MARGIN) / (right - left), (TALLEST - 2 * _MARGIN) / (top - bottom))
    ground = Ground(
        width=(right - left) * scale + 2 * _MARGIN,
        height=(top - bottom) * scale + 2 * _MARGIN,
        scale=scale,
        left=left - _MARGIN / scale,
        top=top + _MARGIN / scale,
        areas=(),
    )
    near = {key: rings for key, rings in _all().items() if _touch(_box([rings]), box)}
    return Ground(
        width=ground.width,
        height=ground.height,
        scale=scale,
        left=ground.left,
        top=ground.top,
        areas=_areas(near, {outline.key: outline.name for outline in laender()}, ground, tolerance),
        parts=_areas(_projected(parts), {part.key: part.name for part in parts}, ground, tolerance),
    )


def _touch(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _areas(
    areas: Mapping[str, Sequence[Ring]], names: Mapping[str, str], ground: Ground, tolerance: float
) -> tuple[Area, ...]:
    def moved(ring: Ring) -> Ring:
        return tuple(((x - ground.left) * ground.scale, (ground.top - y) * ground.scale) for x, y in ring)

    drawn = {key: tuple(moved(ring) for ring in rings) for key, rings in areas.items()}
    thin = simplified(drawn, tolerance, least=_SPECK)
    return tuple(
        Area(key=key, name=names[key], path=path_of(rings), rings=rings) for key, rings in thin.items()
    )


def path_of(rings: Iterable[Ring]) -> str:
    """The data of a path, in tenths of a unit and relative, so that it is short and does not drift."""
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring: Ring) -> str:
    whole = [(round(x * 10), round(y * 10)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
    first = f"M{_tenths(whole[0][0])} {_tenths(whole[0][1])}"
    return first + "l" + "".join(_step(x, y) for x, y in steps if x or y).lstrip() + "z"


def _step(x: int, y: int) -> str:
    first, second = _tenths(x), _tenths(y)
    return ("" if first.startswith("-") else " ") + first + ("" if second.startswith("-") else " ") + second


def _tenths(value: int) -> str:
    """37 -> 3.7, 5 -> .5, -20 -> -2."""
    sign, whole, rest = "-" if value < 0 else "", abs(value) // 10, abs(value) % 10
    return f"{sign}{whole or '' if rest else whole}{f'.{rest}' if rest else ''}"
