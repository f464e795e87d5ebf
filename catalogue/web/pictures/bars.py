"""Horizontal bars: the label above, the value at the end, as many rows as there are labels."""

from collections.abc import Iterator

from catalogue.web.charts import Chart
from catalogue.web.pictures.drawing import Drawing, Say, known, label_lines, words
from catalogue.web.pictures.fills import fill, patterns
from catalogue.web.pictures.svg import Shape, percent, shape

_LONGEST = 78.0  # percent of the width; the rest is for the value
_HIGH, _GAP, _ROW_GAP = 16.0, 4.0, 12.0
_LEAST = 0.6  # percent: a value above zero is never drawn as nothing


def draw_bars(chart: Chart, say: Say) -> Drawing:
    """One bar for each series under each label."""
    most = max(known([value for series in chart.series for value in series.values]), default=0)
    shapes: list[Shape] = [patterns(chart.id, range(len(chart.series)))]
    y = 0.0
    for place, label in enumerate(chart.labels):
        texts, y = label_lines(label, y, x=0)
        shapes += texts
        for number, series in enumerate(chart.series):
            shapes += _bar(chart.id, number, series.values[place], most, y + _GAP, say)
            y += _HIGH + _GAP
        y += _ROW_GAP
    return Drawing(height=y, shapes=tuple(shapes))


def _bar(chart_id: str, number: int, value: float | None, most: float, y: float, say: Say) -> Iterator[Shape]:
    long = max(_LEAST, _LONGEST * value / most) if value and most > 0 else 0.0
    yield shape("rect", x=0, y=y, width=percent(_LONGEST), height=_HIGH, class_="chart__track")
    if long:
        paint = fill(chart_id, number)
        yield shape("rect", x=0, y=y, width=percent(long), height=_HIGH, fill=paint, class_="chart__bar")
    yield words(say(value), x=percent(long), dx=6, y=y + _HIGH - 3, class_="chart__text chart__value")


def draw_stacked_bars(chart: Chart, say: Say) -> Drawing:
    """One bar for each label, in which the series follow each other; the sum stands at its end."""
    sums = [sum(known([series.values[i] for series in chart.series])) for i in range(len(chart.labels))]
    most = max(sums, default=0)
    shapes: list[Shape] = [patterns(chart.id, range(len(chart.series)))]
    y = 0.0
    for place, label in enumerate(chart.labels):
        texts, y = label_lines(label, y, x=0)
        y += _GAP
        shapes += texts
        shapes.append(shape("rect", x=0, y=y, width=percent(_LONGEST), height=_HIGH, class_="chart__track"))
        x = 0.0
        for number, series in enumerate(chart.series):
            long = _LONGEST * (series.values[place] or 0) / most if most > 0 else 0.0
            if long:
                paint = fill(chart.id, number)
                shapes.append(
                    shape(
                        "rect",
                        x=percent(x),
                        y=y,
                        width=percent(long),
                        height=_HIGH,
                        fill=paint,
                        class_="chart__bar",
                    )
                )
            x += long
        value = say(sums[place])
        shapes.append(words(value, x=percent(x), dx=6, y=y + _HIGH - 3, class_="chart__text chart__value"))
        y += _HIGH + _ROW_GAP
    return Drawing(height=y, shapes=tuple(shapes))
