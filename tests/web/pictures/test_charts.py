"""Charts: what is drawn is what the table says, well-formed, and never NaN."""

import math
import re
from xml.etree import ElementTree

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.web.charts import Chart, ChartKind, Series
from catalogue.web.drawn_charts import ChartShape, chart_shape
from catalogue.web.pictures.pairs import MOST_LINES
from catalogue.web.pictures.scale import shown_labels, ticks

HOSTILE = '<script>alert("1")</script>&\x00\x0b'
VALUES = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False))


def a_chart(
    *values: tuple[float | None, ...], kind: ChartKind = ChartKind.BARS, labels: tuple[str, ...] = ("A", "B")
) -> Chart:
    series = tuple(Series(label=f"S{number}", values=row) for number, row in enumerate(values))
    return Chart(id="c", title="T", description="D", kind=kind, labels=labels, series=series)


def shaped(app: Flask, chart: Chart, lang: str = "de") -> ChartShape:
    with app.test_request_context(f"/{lang}/"):
        return chart_shape(chart)


def parsed(shape: ChartShape) -> ElementTree.Element:
    return ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{shape.picture}</svg>')


def texts(shape: ChartShape) -> list[str]:
    return [element.text or "" for element in parsed(shape).iter("{http://www.w3.org/2000/svg}text")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    kind=st.sampled_from(ChartKind),
    data=st.data(),
    labels=st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=31),
)
def test_every_chart_is_well_formed_and_has_only_numbers(app: Flask, kind, data, labels) -> None:
    rows = st.lists(VALUES, min_size=len(labels), max_size=len(labels)).map(tuple)
    values = data.draw(st.lists(rows, min_size=1, max_size=7))

    shape = shaped(app, a_chart(*values, kind=kind, labels=tuple(labels)))

    for element in parsed(shape).iter():
        for value in element.attrib.values():
            assert not re.search(r"\b(?:nan|inf)\b", value, re.IGNORECASE)
    lengths = [
        e.get(name, "0").rstrip("%") for e in parsed(shape).iter() for name in ("width", "height", "r")
    ]
    assert all(float(length) >= 0 and math.isfinite(float(length)) for length in lengths)
    assert [row[0] for row in shape.rows] == labels


def test_the_longest_bar_belongs_to_the_greatest_value_and_all_are_in_proportion(app: Flask) -> None:
    shape = shaped(app, a_chart((10, 40, 20), labels=("A", "B", "C")))

    bars = [e for e in parsed(shape).iter() if e.get("class") == "chart__bar"]
    long = [float(bar.get("width", "").rstrip("%")) for bar in bars]
    assert long == pytest.approx([long[1] / 4, long[1], long[1] / 2], abs=0.02)


def test_columns_stand_on_each_other_without_a_gap(app: Flask) -> None:
    shape = shaped(app, a_chart((3, 0), (2, 1), kind=ChartKind.STACK))

    bars = [e for e in parsed(shape).iter() if e.get("class") == "chart__bar"]
    (low, high), tall = bars[:2], [float(bar.get("height", "")) for bar in bars]
    assert float(high.get("y", "")) + tall[1] == pytest.approx(float(low.get("y", "")), abs=0.02)
    assert tall[0] == pytest.approx(tall[1] * 1.5, abs=0.02)
    assert len(bars) == 3  # nothing is drawn for nothing


def test_numbers_are_in_the_reader_s_language(app: Flask) -> None:
    chart = a_chart((1234, 0.5))

    assert {"1.234", "0,5"} <= set(texts(shaped(app, chart)))
    assert {"1,234", "0.5"} <= set(texts(shaped(app, chart, "en")))
    assert shaped(app, chart).rows == (("A", "1.234"), ("B", "0,5"))


def test_what_is_not_known_is_not_nothing(app: Flask) -> None:
    shape = shaped(app, a_chart((None, 0), (5, 1)))

    assert shape.rows == (("A", "–", "5"), ("B", "0", "1"))
    assert {"–", "0"} <= set(texts(shape))


@pytest.mark.parametrize(
    ("values", "labels"), [((), ()), (((),), ()), (((0, 0),), ("A", "B")), (((None, None),), ("A", "B"))]
)
def test_where_there_is_nothing_no_picture_is_drawn(app: Flask, values, labels) -> None:
    assert not shaped(app, a_chart(*values, labels=labels)).picture


@pytest.mark.parametrize("kind", ChartKind)
def test_hostile_labels_are_only_text(app: Flask, kind: ChartKind) -> None:
    shape = shaped(app, a_chart((1, 2), (3, 4), kind=kind, labels=(HOSTILE, "B")))

    assert "<script" not in shape.picture
    parsed(shape)


def test_a_line_is_interrupted_where_a_value_is_missing(app: Flask) -> None:
    shape = shaped(app, a_chart((1, 2, None, 4), kind=ChartKind.LINES, labels=("1", "2", "3", "4")))

    (path,) = [e for e in parsed(shape).iter() if "chart__line" in e.get("class", "")]
    assert path.get("d", "").count("M") == 2
    assert len([e for e in parsed(shape).iter() if "chart__sign" in e.get("class", "")]) == 3


def test_every_series_has_a_look_of_its_own_without_colour(app: Flask) -> None:
    areas = shaped(app, a_chart(*[(1, 2)] * 6, kind=ChartKind.STACK))
    lines = shaped(app, a_chart(*[(1, 2)] * 6, kind=ChartKind.LINES))

    inks = {e.get("d") for e in parsed(areas).iter() if e.get("class") == "chart__ink"}
    dashes = {e.get("stroke-dasharray") for e in parsed(lines).iter() if "chart__line" in e.get("class", "")}
    signs = {e.get("d") for e in parsed(lines).iter() if "chart__sign" in e.get("class", "")}
    assert len(inks) == len(dashes) == len(signs) == len(areas.legend) == 6


def test_pairs_draw_one_line_for_each_value(app: Flask) -> None:
    shape = shaped(app, a_chart((3, 0), (None, 7), kind=ChartKind.PAIRS, labels=("Hamburg", "Bayern")))

    lines = [e for e in parsed(shape).iter() if "pairs__line" in e.get("class", "")]
    assert len(lines) == 2
    assert {"Hamburg", "Bayern", "S0", "S1", "3", "7"} <= set(texts(shape))


@given(st.floats(0, 1e12, allow_nan=False))
def test_an_axis_reaches_the_greatest_value_with_few_round_steps(most: float) -> None:
    scale = ticks(most)

    assert scale[0] == 0
    assert scale[-1] >= most * (1 - 1e-6)
    assert 2 <= len(scale) <= 7
    assert len(set(scale)) == len(scale)


def test_an_axis_of_counts_has_whole_numbers() -> None:
    assert [ticks(most) for most in (1, 3, 10)] == [(0, 1), (0, 1, 2, 3), (0, 5, 10)]


def test_thirty_years_are_not_all_written_but_the_last_is() -> None:
    shown = shown_labels([str(year) for year in range(1997, 2027)], most=6)

    assert shown[-1]
    assert 1 < sum(shown) <= 6


def test_of_many_pairs_only_the_strongest_have_a_line(app: Flask) -> None:
    names = tuple(f"N{number}" for number in range(12))
    values = [tuple(float(12 * row + column) for column in range(12)) for row in range(12)]

    shape = shaped(app, a_chart(*values, kind=ChartKind.PAIRS, labels=names))

    lines = list(parsed(shape).iter("{http://www.w3.org/2000/svg}path"))
    assert len(lines) == MOST_LINES
    assert len(shape.rows) == 12  # the table behind it has all
    assert set(names) <= set(texts(shape))
