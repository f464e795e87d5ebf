"""A chart made ready for a template: its picture, its legend, and the table behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import format_decimal
from markupsafe import Markup

from catalogue.web.charts import Chart, ChartKind
from catalogue.web.pictures.bars import draw_bars, draw_stacked_bars
from catalogue.web.pictures.columns import are_short, draw_columns
from catalogue.web.pictures.drawing import Drawing, Say
from catalogue.web.pictures.fills import dash, fill, line_class, sign
from catalogue.web.pictures.lines import draw_lines
from catalogue.web.pictures.pairs import draw_pairs
from catalogue.web.pictures.svg import draw, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartShape:
    """What `templates/macros/charts.html` shows of a chart."""

    picture: Markup  # empty where there is nothing to draw
    height: float
    legend: tuple[tuple[Markup, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chart_shape(chart: Chart) -> ChartShape:
    """The chart in the reader's language."""
    is_empty = not any(value for series in chart.series for value in series.values)
    drawing = None if is_empty or not chart.labels else DRAWN[chart.kind](chart, _say(chart.unit))
    return ChartShape(
        picture=draw(drawing.shapes) if drawing else Markup(""),
        height=drawing.height if drawing else 0,
        legend=_legend(chart) if drawing and len(chart.series) > 1 else (),
        head=tuple(series.label for series in chart.series),
        rows=tuple(
            (label, *(said(series.values[place], chart.unit) for series in chart.series))
            for place, label in enumerate(chart.labels)
        ),
    )


def said(value: float | None, unit: str = "") -> str:
    """A value in the reader's language, a percent sign beside it; "–" where it is not known."""
    if value is None:
        return "–"
    words = str(format_decimal(round(value, 2)))
    return f"{words} %" if unit == "%" else words


def _say(unit: str) -> Say:
    return lambda value: said(value, unit)


def _stacked(chart: Chart, say: Say) -> Drawing:
    return draw_columns(chart, say) if are_short(chart.labels) else draw_stacked_bars(chart, say)


DRAWN: Mapping[ChartKind, Callable[[Chart, Say], Drawing]] = {
    ChartKind.BARS: draw_bars,
    ChartKind.STACK: _stacked,
    ChartKind.LINES: draw_lines,
    ChartKind.PAIRS: draw_pairs,
}


def _legend(chart: Chart) -> tuple[tuple[Markup, str], ...]:
    """A sample of each series with its name; pairs name theirs themselves."""
    if chart.kind is ChartKind.PAIRS:
        return ()
    sample = _line_sample if chart.kind is ChartKind.LINES else _area_sample
    return tuple((sample(chart.id, place), series.label) for place, series in enumerate(chart.series))


def _line_sample(chart_id: str, number: int) -> Markup:
    line = shape(
        "line", x1=0, x2="100%", y1=7, y2=7, stroke_dasharray=dash(number), class_=line_class(number)
    )
    return draw([line, sign(number, 50, 7)])


def _area_sample(chart_id: str, number: int) -> Markup:
    return draw([shape("rect", width="100%", height=14, fill=fill(chart_id, number), class_="chart__bar")])
