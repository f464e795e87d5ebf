"""Lines over time: each series with a dash and a sign of its own, and its last value written beside it."""

from collections.abc import Iterator, Sequence

from catalogue.web.charts import Chart
from catalogue.web.pictures.columns import BOTTOM, HEIGHT, LEFT, TOP, axes
from catalogue.web.pictures.drawing import Drawing, Say, known, words
from catalogue.web.pictures.fills import dash, line_class, sign
from catalogue.web.pictures.scale import ticks
from catalogue.web.pictures.svg import Shape, number, percent, shape

_END = 88.0  # percent: the rest is for the last values
_APART = 15.0  # pixels between two of them


def draw_lines(chart: Chart, say: Say) -> Drawing:
    """A line for each series; where a value is not known, it is interrupted."""
    scale = ticks(max(known([value for series in chart.series for value in series.values]), default=0))
    room = (_END - LEFT) / len(chart.labels)
    xs = [LEFT + room * (place + 0.5) for place in range(len(chart.labels))]
    shapes = axes(chart.labels, scale, say, right=_END)
    ends: list[tuple[float, float]] = []
    for index, series in enumerate(chart.series):
        ys = [None if v is None else BOTTOM - (BOTTOM - TOP) * v / scale[-1] for v in series.values]
        shapes += _line(index, xs, ys)
        shapes += (sign(index, x, y) for x, y in zip(xs, ys, strict=True) if y is not None)
        if known(series.values):
            last = max(place for place, value in enumerate(series.values) if value is not None)
            if value := series.values[last]:  # a zero lies on the axis, which says so
                ends.append((ys[last] or 0.0, value))
    for y, value in apart(ends):
        text = say(value)
        shapes.append(words(text, x=percent(_END), dx=2, y=y + 5, class_="chart__text chart__value"))
    return Drawing(height=HEIGHT, shapes=tuple(shapes))


def _line(index: int, xs: Sequence[float], ys: Sequence[float | None]) -> Iterator[Shape]:
    """The line as a picture of its own, 100 wide, that is stretched while its strokes are not."""
    steps = []
    for place, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if y is not None:
            begins = place == 0 or ys[place - 1] is None
            steps.append(f"{'M' if begins else 'L'}{number(x)} {number(y)}")
    if steps:
        path = shape("path", d="".join(steps), stroke_dasharray=dash(index), class_=line_class(index))
        box = f"0 0 100 {number(HEIGHT)}"
        yield shape(
            "svg",
            path,
            width="100%",
            height=HEIGHT,
            viewBox=box,
            preserveAspectRatio="none",
            overflow="visible",
        )


def apart(ends: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The last values with places that do not cover each other, as near to the ends as can be."""
    placed: list[tuple[float, float]] = []
    for y, value in sorted(ends, reverse=True):
        placed.append((min(y, placed[-1][0] - _APART) if placed else y, value))
    return placed
