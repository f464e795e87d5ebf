"""Who gives to whom: two columns of names, and lines between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.web.charts import Chart
from catalogue.web.pictures.drawing import LINE, Drawing, Say, label_lines, words
from catalogue.web.pictures.svg import Shape, number, percent, shape

MOST_LINES = 60  # the strongest; more of them cannot be told apart
_LEFT, _RIGHT = 43.0, 57.0  # percent: where the lines begin and end
_AWAY = 2.5  # percent between a dot and its name
_ROW_GAP = 12.0
_THIN, _THICK = 1.5, 9.0  # pixels
_SIZE = 14.0  # of a name, as its class has it
_ROOM = 290 * (_LEFT - _AWAY) / 100  # pixels for a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A name in a column, with a note below it and the page that it leads to."""

    label: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from a name at the left to one at the right; `marked` ones stand out."""

    left: int
    right: int
    value: float
    marked: bool = True


def draw_network(left: Sequence[Node], right: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """The two columns with a line for each of the strongest edges, the thicker the greater its value."""
    tall = max(_height(left), _height(right))
    names_left, ys_left = _column(left, tall, percent(_LEFT - _AWAY), "end")
    names_right, ys_right = _column(right, tall, percent(_RIGHT + _AWAY), "start")
    strongest = sorted(edges, key=lambda edge: -edge.value)[:MOST_LINES]
    most = max((edge.value for edge in edges), default=0)
    paths = (
        shape(
            "path",
            d=_curve(ys_left[edge.left], ys_right[edge.right]),
            stroke_width=_THIN + (_THICK - _THIN) * edge.value / most if most > 1 else 2,
            class_=f"pairs__line {'pairs__line--marked' if edge.marked else 'pairs__line--plain'}",
        )
        for edge in sorted(strongest, key=lambda edge: edge.marked)
    )
    dots = [shape("circle", cx=percent(_LEFT), cy=y, r=4, class_="pairs__dot") for y in ys_left]
    dots += [shape("circle", cx=percent(_RIGHT), cy=y, r=4, class_="pairs__dot") for y in ys_right]
    lines = shape(
        "svg",
        *paths,
        width="100%",
        height=tall,
        viewBox=f"0 0 100 {number(tall)}",
        preserveAspectRatio="none",
    )
    return Drawing(height=tall, shapes=(lines, *dots, *names_left, *names_right))


def draw_pairs(chart: Chart, say: Say) -> Drawing:
    """A chart's labels at the left, its series at the right, its values as lines; without what is nothing."""
    edges = [
        Edge(left=i, right=j, value=value)
        for j, series in enumerate(chart.series)
        for i, value in enumerate(series.values)
        if value
    ]
    lefts, rights = sorted({edge.left for edge in edges}), sorted({edge.right for edge in edges})
    left = [Node(label=chart.labels[i], note=say(_sum(edges, left=i))) for i in lefts]
    right = [Node(label=chart.series[j].label, note=say(_sum(edges, right=j))) for j in rights]
    shown = [
        Edge(left=lefts.index(edge.left), right=rights.index(edge.right), value=edge.value) for edge in edges
    ]
    return draw_network(left, right, shown)


def _sum(edges: Sequence[Edge], *, left: int | None = None, right: int | None = None) -> float:
    return sum(edge.value for edge in edges if left in (None, edge.left) and right in (None, edge.right))


def _curve(start: float, end: float) -> str:
    middle = number((_LEFT + _RIGHT) / 2)
    return (
        f"M{number(_LEFT)} {number(start)}C{middle} {number(start)} {middle} {number(end)}"
        f" {number(_RIGHT)} {number(end)}"
    )


def _height(nodes: Sequence[Node]) -> float:
    return sum(_row_height(node) for node in nodes)


def _row_height(node: Node) -> float:
    _, end = label_lines(node.label, 0, width=_ROOM, size=_SIZE)
    return end + (LINE if node.note else 0) + _ROW_GAP


def _column(nodes: Sequence[Node], tall: float, x: str, anchor: str) -> tuple[list[Shape], list[float]]:
    """The names of a column, spread over the whole height, and the middle of each."""
    spare = (tall - _height(nodes)) / max(1, len(nodes))
    names: list[Shape] = []
    middles: list[float] = []
    y = spare / 2
    for node in nodes:
        texts, end = label_lines(
            node.label,
            y + _ROW_GAP / 2,
            width=_ROOM,
            size=_SIZE,
            x=x,
            text_anchor=anchor,
            class_="chart__text pairs__name",
        )
        if node.note:
            note_class = "chart__text chart__axis"
            texts += (words(node.note, x=x, y=end + LINE - 5, text_anchor=anchor, class_=note_class),)
            end += LINE
        names.append(shape("a", *texts, href=node.url) if node.url else shape("g", *texts))
        middles.append(y + (end - y + _ROW_GAP / 2) / 2)
        y = end + _ROW_GAP / 2 + spare
    return names, middles
