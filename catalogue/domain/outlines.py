"""Outlines for maps: drawn with fewer points, neighbours alike, and where inside a name fits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import hypot, inf
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]
Areas: TypeAlias = Mapping[str, Sequence[Ring]]

_GRID = 16  # points along each side where `inner_point` looks


def area(ring: Ring) -> float:
    """The area of a ring, positive whatever its direction."""
    pairs = zip(ring, (*ring[1:], *ring[:1]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def bounds(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all rings, in the order of the numbers."""
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def contains(rings: Iterable[Ring], point: Point) -> bool:
    """Whether a point lies in the area: in an odd number of its rings."""
    x, y = point
    crossed = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossed += 1
    return crossed % 2 == 1


def inner_point(rings: Sequence[Ring]) -> Point:
    """A point well inside: of those inside the one farthest from every border."""
    largest = max(rings, key=area)
    return max(inner_points(rings), key=lambda point: _to_border(rings, point), default=largest[0])


def inner_points(rings: Sequence[Ring]) -> tuple[Point, ...]:
    """Points inside, spread over a grid on the largest ring."""
    largest = max(rings, key=area)
    left, top, right, bottom = bounds([largest])
    grid = (
        (left + (right - left) * i / _GRID, top + (bottom - top) * j / _GRID)
        for i in range(1, _GRID)
        for j in range(1, _GRID)
    )
    return tuple(point for point in grid if contains(rings, point))


def _to_border(rings: Sequence[Ring], point: Point) -> float:
    return min(_off(point, a, b) for ring in rings for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True))


def _off(point: Point, a: Point, b: Point) -> float:
    """How far a point is from the line between two."""
    (x, y), (ax, ay), (bx, by) = point, a, b
    long = (bx - ax) ** 2 + (by - ay) ** 2
    part = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long)) if long else 0.0
    return hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay))


def simplified(areas: Areas, tolerance: float, *, least: float = 0.0) -> dict[str, tuple[Ring, ...]]:
    """The areas with fewer points, none farther than `tolerance` from where it was.

    A border that two areas share stays the same for both: rings are cut where borders meet, and each piece
    is thinned by itself (Douglas and Peucker). Rings smaller than `least` go, but never the last of an area.
    """
    meeting = _meeting(ring for rings in areas.values() for ring in rings)
    return {
        key: tuple(_thinned(ring, meeting, tolerance) for ring in _kept(rings, least))
        for key, rings in areas.items()
    }


def _kept(rings: Sequence[Ring], least: float) -> Sequence[Ring]:
    return [ring for ring in rings if area(ring) >= least] or [max(rings, key=area)]


def _meeting(rings: Iterable[Ring]) -> frozenset[Point]:
    """Points where borders meet: they have more than two neighbours."""
    neighbours: dict[Point, set[Point]] = {}
    for ring in rings:
        for before, here, after in zip((*ring[-1:], *ring[:-1]), ring, (*ring[1:], *ring[:1]), strict=True):
            neighbours.setdefault(here, set()).update((before, after))
    return frozenset(point for point, near in neighbours.items() if len(near) > 2)


def _thinned(ring: Ring, meeting: frozenset[Point], tolerance: float) -> Ring:
    cuts = [place for place, point in enumerate(ring) if point in meeting]
    if len(cuts) < 2:  # an island, or an enclave: cut at two points that both neighbours choose
        first = cuts[0] if cuts else ring.index(min(ring))
        far = max(range(len(ring)), key=lambda i: (hypot(_dx(ring, i, first), _dy(ring, i, first)), ring[i]))
        cuts = sorted({first, far})
    points: list[Point] = []
    for piece in _pieces(ring, cuts):
        turned = piece[0] > piece[-1]
        thin = _thin(piece[::-1] if turned else piece, tolerance)
        points += (thin[::-1] if turned else thin)[:-1]
    return tuple(points) if len(points) > 2 else ring


def _dx(ring: Ring, i: int, j: int) -> float:
    return ring[i][0] - ring[j][0]


def _dy(ring: Ring, i: int, j: int) -> float:
    return ring[i][1] - ring[j][1]


def _pieces(ring: Ring, cuts: Sequence[int]) -> Iterator[Ring]:
    for start, end in zip(cuts, (*cuts[1:], cuts[0] + len(ring)), strict=True):
        yield tuple(ring[place % len(ring)] for place in range(start, end + 1))


def _thin(line: Ring, tolerance: float) -> Ring:
    worst, far = 0, -inf
    for place in range(1, len(line) - 1):
        off = _off(line[place], line[0], line[-1])
        if off > far:
            worst, far = place, off
    if far <= tolerance:
        return line[0], line[-1]
    return _thin(line[: worst + 1], tolerance)[:-1] + _thin(line[worst:], tolerance)
