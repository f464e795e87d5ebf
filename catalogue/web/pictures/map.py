"""The map itself: Länder shaded by a number, places with their signs, lines from giver to taker."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from catalogue.web.pictures.ground import Area, Ground
from catalogue.web.pictures.labels import Box, Placed, Wanted, overlap, place
from catalogue.web.pictures.metrics import text_width
from catalogue.web.pictures.svg import Shape, number, shape

LABEL = 13.5  # units: the largest size at which names are written
# The last number of each shade but the darkest, to be multiplied where there are many.
_LASTS = (0, 2, 5, 10)
_TIMES = tuple(times * 10**power for power in range(6) for times in (1, 2, 5))
_DARKEST = 40  # times the same: more than this, and too many had the darkest shade
_FEW, _SMALLEST = 60, 0.45  # up to so many dots have their full size; and how small they get
_BEND = 0.18  # of its length is a line away from the straight one
# By kind of place, around the origin: a ring with a dot, circle, diamond, triangle.
_SIGNS = {
    "provider": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM-4.6 0a4.6 4.6 0 1 1 9.2 0a4.6 4.6 0 1 1 -9.2 0z"
    "M-2.4 0a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0z",
    "in-use": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "trial": "M0 -6 6 0 0 6 -6 0z",
    "planned": "M0 -6 5.6 4.4h-11.2z",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on the map. `kind` is provider, a stage, or place; `said` is its name for those who listen."""

    lat: float
    lon: float
    label: str
    said: str
    kind: str
    url: str = ""
    count: int = 1
    must: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """What is said of an area, and where it leads."""

    count: int
    said: str
    url: str = ""


def step_of(count: int, lasts: Sequence[int]) -> int:
    """Which of the five shades, 0 to 4, a number has."""
    return sum(count > last for last in lasts)


def lasts_for(most: int) -> tuple[int, ...]:
    """The last number of each shade but the darkest, for a map whose greatest number is `most`."""
    times = next((times for times in _TIMES if most <= _DARKEST * times), _TIMES[-1])
    return tuple(last * times for last in _LASTS)


def steps(lasts: Sequence[int]) -> tuple[tuple[int, int | None], ...]:
    """The first and the last number of each shade, for the legend."""
    return ((0, 0), *zip((last + 1 for last in lasts), (*lasts[1:], None), strict=True))


def draw_map(
    ground: Ground,
    shades: Mapping[str, Shade],
    spots: Sequence[Spot],
    arcs: Sequence[tuple[int, int]] = (),
    *,
    numbered: bool = True,
) -> list[Shape]:
    """All of it from the ground up; `arcs` join spots by their places, from provider to reuser.

    Districts are shaded too where `shades` knows them.
    """
    points = [ground.place(spot.lat, spot.lon) for spot in spots]
    radii = [_radius(spot, crowd=len(spots)) for spot in spots]
    dots = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radii, strict=True)]
    is_of_all = all(spot.kind == "place" for spot in spots)  # of one solution, nothing need not be said
    numbers = [
        _number(area, shades[area.key], dots)
        for area in ground.areas
        if numbered and area.key in shades and (shades[area.key].count or is_of_all)
    ]
    names = place(
        [
            Wanted(x=x, y=y, r=r, text=spot.label, must=spot.must)
            for spot, (x, y), r in zip(spots, points, radii, strict=True)
        ],
        size=LABEL,
        frame=(0, 0, ground.width, ground.height),
        taken=[placed.box for placed in numbers],
    )
    lasts = lasts_for(max((shade.count for shade in shades.values()), default=0))
    shapes = [_area(area, shades.get(area.key), lasts) for area in ground.areas]
    shapes += (_part(part, shades.get(part.key), lasts) for part in ground.parts)
    shapes += (_arc(points[start], points[end], spots[end].kind) for start, end in arcs)
    shapes += (
        _spot(spot, point, radius, name)
        for spot, point, radius, name in zip(spots, points, radii, names, strict=True)
        if ground.shows(point)
    )
    return [*shapes, *(one for number in numbers for one in _number_shapes(number, dots))]


def _area(area: Area, shade: Shade | None, lasts: Sequence[int]) -> Shape:
    kind = f"map__land map__land--{step_of(shade.count, lasts)}" if shade else "map__land map__land--beside"
    path = shape("path", d=area.path, fill_rule="evenodd", class_=kind)
    if not shade or not shade.url:
        return path
    return shape("a", path, href=shade.url, aria_label=shade.said, class_="map__link")


def _part(part: Area, shade: Shade | None, lasts: Sequence[int]) -> Shape:
    said = (shape("title", text=shade.said),) if shade else ()
    step = step_of(shade.count, lasts) if shade else 0
    kind = f"map__land map__part map__land--{step}"
    return shape("path", *said, d=part.path, fill_rule="evenodd", class_=kind)


def _number(area: Area, shade: Shade, dots: Sequence[Box]) -> Placed:
    """The number of a Land: in its middle, or where it covers fewer dots."""
    text = str(shade.count)
    first = _placed(text, area.at)
    if not _covered(first, dots):
        return first
    return min((_placed(text, at) for at in (area.at, *area.inside)), key=lambda one: _covered(one, dots))


def _placed(text: str, at: tuple[float, float]) -> Placed:
    x, y = at
    half = text_width(text, LABEL) / 2 + 1
    box = (x - half, y - LABEL * 0.6, x + half, y + LABEL * 0.6)
    return Placed(text=text, x=x, y=y + LABEL * 0.35, anchor="middle", box=box)


def _covered(number: Placed, dots: Sequence[Box]) -> int:
    return sum(overlap(number.box, dot) for dot in dots)


def _number_shapes(number: Placed, dots: Sequence[Box]) -> Iterator[Shape]:
    """Above everything, and on a plate of its own where there are dots below."""
    left, top, right, bottom = number.box
    if _covered(number, dots):
        wide, high = right - left + 2, bottom - top
        yield shape("rect", x=left - 1, y=top, width=wide, height=high, rx=3, class_="map__plate")
    yield shape("text", text=number.text, x=number.x, y=number.y, text_anchor="middle", class_="map__number")


def _radius(spot: Spot, *, crowd: int) -> float:
    """The area stands for the number; where there are many dots, all are smaller."""
    if spot.kind != "place":
        return 6.0
    return (3 + 2.2 * sqrt(spot.count)) * max(_SMALLEST, min(1.0, sqrt(_FEW / max(crowd, 1))))


def _spot(spot: Spot, point: tuple[float, float], radius: float, name: Placed | None) -> Shape:
    x, y = point
    kind = f"map__spot map__spot--{spot.kind}"
    sign = (
        shape("path", d=_SIGNS[spot.kind], class_=kind, transform=f"translate({number(x)} {number(y)})")
        if spot.kind in _SIGNS
        else shape("circle", cx=x, cy=y, r=radius, class_=kind)
    )
    inside = [sign, *_name(name)]
    if not spot.url:
        return shape("g", shape("title", text=spot.said), *inside)
    return shape("a", *inside, href=spot.url, aria_label=spot.said, class_="map__link")


def _name(name: Placed | None) -> Iterator[Shape]:
    if name:
        yield shape("text", text=name.text, x=name.x, y=name.y, text_anchor=name.anchor, class_="map__label")


def arc_of(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line that bends a little to the left of its way; nothing where both are the same place."""
    (ax, ay), (bx, by) = start, end
    if hypot(bx - ax, by - ay) < 1:
        return ""
    points = (number(value) for value in (ax, ay, *bend(start, end), bx, by))
    return "M{} {}Q{} {} {} {}".format(*points)


def bend(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """The point towards which a line bends."""
    (ax, ay), (bx, by) = start, end
    return (ax + bx) / 2 + (by - ay) * _BEND, (ay + by) / 2 - (bx - ax) * _BEND


def _arc(start: tuple[float, float], end: tuple[float, float], kind: str) -> Shape:
    return shape("path", d=arc_of(start, end), class_=f"map__arc map__arc--{kind}")
