"""Columns over time, in which the series stand on each other."""

from catalogue.web.charts import Chart
from catalogue.web.pictures.drawing import NARROW, Drawing, Say, known, words
from catalogue.web.pictures.fills import fill, patterns
from catalogue.web.pictures.metrics import FIRA, text_width
from catalogue.web.pictures.scale import shown_labels, ticks
from catalogue.web.pictures.svg import Shape, percent, shape

LEFT, RIGHT = 13.0, 99.0  # percent: where the plot begins and ends
TOP, BOTTOM, HEIGHT = 22.0, 216.0, 244.0  # pixels
_WIDE = 0.72  # of its room is a column
_AXIS_SIZE = 13.0


def draw_columns(chart: Chart, say: Say) -> Drawing:
    """A column for each label, as high as the sum of the series."""
    sums = [sum(known([series.values[i] for series in chart.series])) for i in range(len(chart.labels))]
    scale = ticks(max(sums, default=0))
    shapes = [patterns(chart.id, range(len(chart.series))), *axes(chart.labels, scale, say)]
    room = (RIGHT - LEFT) / len(chart.labels)
    for place, total in enumerate(sums):
        x, height = LEFT + room * (place + (1 - _WIDE) / 2), 0.0
        for number, series in enumerate(chart.series):
            value = series.values[place] or 0
            if value <= 0:
                continue
            high = (BOTTOM - TOP) * value / scale[-1]
            height += high
            shapes.append(
                shape(
                    "rect",
                    x=percent(x),
                    y=BOTTOM - height,
                    width=percent(room * _WIDE),
                    height=high,
                    fill=fill(chart.id, number),
                    class_="chart__bar",
                )
            )
        if len(chart.labels) <= 8:
            middle = percent(LEFT + room * (place + 0.5))
            shapes.append(
                words(
                    say(total),
                    x=middle,
                    y=BOTTOM - height - 5,
                    text_anchor="middle",
                    class_="chart__text chart__value",
                )
            )
    return Drawing(height=HEIGHT, shapes=tuple(shapes))


def axes(labels: tuple[str, ...], scale: tuple[float, ...], say: Say, *, right: float = RIGHT) -> list[Shape]:
    """Lines and numbers at the left, labels below; where they would touch, only every nth label."""
    shapes: list[Shape] = []
    for tick in scale:
        y = BOTTOM - (BOTTOM - TOP) * tick / scale[-1]
        kind = "chart__grid" if tick else "chart__grid chart__grid--zero"
        shapes.append(shape("line", x1=percent(LEFT), x2="100%", y1=y, y2=y, class_=kind))
        shapes.append(words(say(tick), x=percent(LEFT), dx=-6, y=y + 4, text_anchor="end", class_=_AXIS))
    room = (right - LEFT) / len(labels)
    widest = max(text_width(label, _AXIS_SIZE) * FIRA for label in labels) + 8
    fit = max(1, int(NARROW * (right - LEFT) / 100 / widest))
    for place, is_shown in enumerate(shown_labels(labels, most=fit)):
        if is_shown:
            middle = percent(LEFT + room * (place + 0.5))
            shapes.append(words(labels[place], x=middle, y=BOTTOM + 19, text_anchor="middle", class_=_AXIS))
    return shapes


def are_short(labels: tuple[str, ...]) -> bool:
    """Whether the labels can stand below columns."""
    return all(text_width(label, _AXIS_SIZE) * FIRA <= NARROW / 4 for label in labels)


_AXIS = "chart__text chart__axis"
