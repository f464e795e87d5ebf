"""How series differ without colour: a pattern for areas, a dash and a sign for lines."""

from collections.abc import Iterable

from catalogue.web.pictures.svg import Shape, percent, shape

KINDS = 6  # more series begin anew
# What is drawn on the ground of each pattern, in a square of 8.
_INK = (
    "",
    "M-2 2 2 -2M0 8 8 0M6 10 10 6",
    "M2 2h1.5M6 6h1.5",
    "M0 2h8M0 6h8",
    "M0 4h8M4 0v8",
    "M2 0v8M6 0v8",
)
_DASHES = (None, "7 4", "2 4", "12 4 2 4", "5 2", "1 6")
# Circle, square, diamond, triangle, cross, ring: around the origin.
_SIGNS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "M-3.6 -3.6h7.2v7.2h-7.2z",
    "M0 -5 5 0 0 5 -5 0z",
    "M0 -5 4.8 3.6h-9.6z",
    "M-4 -1.5h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z",
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0zM-2 0a2 2 0 1 1 4 0a2 2 0 1 1 -4 0z",
)


def patterns(chart_id: str, numbers: Iterable[int]) -> Shape:
    """The patterns of a chart's areas."""
    return shape("defs", *(_pattern(chart_id, number % KINDS) for number in numbers))


def _pattern(chart_id: str, kind: int) -> Shape:
    return shape(
        "pattern",
        shape("rect", width=8, height=8, class_=f"chart__ground chart__ground--{kind}"),
        shape("path", d=_INK[kind], class_="chart__ink"),
        id=f"{chart_id}-fill-{kind}",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )


def fill(chart_id: str, number: int) -> str:
    """The value of `fill` that paints an area of this series."""
    return f"url(#{chart_id}-fill-{number % KINDS})"


def dash(number: int) -> str | None:
    """The value of `stroke-dasharray` of this series' line."""
    return _DASHES[number % KINDS]


def line_class(number: int) -> str:
    """The class of this series' line."""
    return f"chart__line chart__line--{number % KINDS}"


def sign(number: int, across: float, y: float) -> Shape:
    """The sign of this series at `across` percent of the width."""
    drawn = shape("path", d=_SIGNS[number % KINDS], class_=f"chart__sign chart__sign--{number % KINDS}")
    return shape("svg", drawn, x=percent(across), y=y, width=1, height=1, overflow="visible")
