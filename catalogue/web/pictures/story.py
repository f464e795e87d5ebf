"""Two pictures for the start page: one transfer from near, and all of them from far."""

from collections.abc import Collection, Sequence
from typing import TypeAlias

from catalogue.domain.outlines import Point
from catalogue.web.pictures.ground import Ground
from catalogue.web.pictures.map import arc_of, bend
from catalogue.web.pictures.svg import Shape, shape

Line: TypeAlias = tuple[Point, Point]


def draw_story(
    ground: Ground,
    *,
    home: str,
    giver: Point,
    taker: Point,
    names: tuple[str, str],
    what: str,
    others: Sequence[Point],
) -> list[Shape]:
    """The way from giver to taker over the Land `home`, with what goes that way, and the other takers."""
    shapes = [
        shape(
            "path",
            d=area.path,
            fill_rule="evenodd",
            class_=f"story-map__land{' story-map__land--home' if area.key == home else ''}",
        )
        for area in ground.areas
    ]
    shapes += (shape("path", d=arc_of(giver, other), class_="story-map__other") for other in others)
    shapes += (shape("circle", cx=x, cy=y, r=3.5, class_="story-map__town") for x, y in others)
    x, y = _on_arc(giver, taker, 0.66)
    shapes += (
        shape("path", d=arc_of(giver, taker), pathLength=1, class_="story-map__arc"),
        shape("circle", cx=taker[0], cy=taker[1], r=9, class_="story-map__pulse"),
        _end(giver, "story-map__end story-map__end--giver"),
        _end(taker, "story-map__end story-map__end--taker"),
        _name(names[0], giver[0] + 15, giver[1] + 6, "start"),
        _name(names[1], taker[0] + 15, taker[1] + 2, "start"),
        shape("text", text=what, x=x - 10, y=y + 4, text_anchor="end", class_="story-map__what"),
    )
    return shapes


def _on_arc(start: Point, end: Point, part: float) -> Point:
    """The point of the line after a part of its way."""
    middle = bend(start, end)
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1]


def _end(point: Point, kind: str) -> Shape:
    return shape("circle", cx=point[0], cy=point[1], r=8, class_=kind)


def _name(text: str, x: float, y: float, anchor: str) -> Shape:
    return shape("text", text=text, x=x, y=y, text_anchor=anchor, class_="story-map__name")


def draw_all(
    ground: Ground, lines: Collection[Line], points: Collection[Point], *, story: Line | None
) -> list[Shape]:
    """Germany with a line for every transfer and a point for every place; the story's line stands out."""
    land = "".join(area.path for area in ground.areas)
    ways = "".join(arc_of(start, end) for start, end in lines)
    shapes = [shape("path", d=land, class_="hero-map__land"), shape("path", d=ways, class_="hero-map__ways")]
    shapes += (shape("circle", cx=x, cy=y, r=2.6, class_="hero-map__place") for x, y in points)
    if story:
        shapes.append(shape("path", d=arc_of(*story), pathLength=1, class_="hero-map__story"))
        shapes += (shape("circle", cx=x, cy=y, r=4.5, class_="hero-map__end") for x, y in story)
    return shapes
