"""A figure in words: its codes as labels, as a table, a chart and a sheet for download."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.domain.statistics import (
    SPLIT,
    UNKNOWN_KEY,
    UNNAMED_KEY,
    Counted,
    Figure,
    OfficeFigure,
    Row,
    Selection,
    Value,
)
from catalogue.domain.statistics_bases import Basis
from catalogue.domain.statistics_words import figure_words, find_word
from catalogue.services.catalogue import Catalogue
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.charts import Chart, ChartKind, Series
from catalogue.web.findings import language
from catalogue.web.pictures.pairs import MOST_LINES
from catalogue.web.shapes import topic_label
from catalogue.web.statistics_selection import size_word

MOST_ROWS = 10  # of a long figure on the page; its download has all
# Keys whose code stands in downloads too, since others use the same.
_CODED = frozenset({"land", "provider_land", "solution", "provider", "body", "district", "topic", "project"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A figure with its labels: those of the keys and columns, and of each row its key's and its values."""

    counted: Counted
    title: str
    definition: str
    unit: str
    own: str  # what the definition says beyond the bases
    bases: tuple[Basis, ...]
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]

    @property
    def rows(self) -> Sequence[tuple[tuple[str, ...], Row]]:
        """Each row with its labels."""
        return list(zip(self.labels, self.counted.rows, strict=True))


def labelled(counted: Counted, known: Catalogue) -> Labelled:
    """A figure in the reader's language."""
    words = figure_words(counted.figure, language())
    return Labelled(
        counted=counted,
        title=words.title,
        definition=words.definition,
        unit=words.unit,
        own=words.own,
        bases=words.bases,
        keys=tuple(find_word(key, language()) or key for key in counted.keys),
        columns=tuple(column_word(name) for name in counted.columns),
        labels=tuple(
            tuple(label_of(kind, code, known) for kind, code in zip(counted.keys, row.key, strict=True))
            for row in counted.rows
        ),
    )


def column_word(name: str) -> str:
    """The label of a column."""
    kind, _, land = name.partition("-")
    if kind == "land":
        return labels.land_name(land, current_language()) or find_word(UNKNOWN_KEY, language()) or ""
    return find_word(name, language()) or labels.word(labels.STAGE, name)


def label_of(kind: str, code: str, known: Catalogue) -> str:
    """What a code of a row says."""
    said = find_word(f"{kind}.{code}", language())
    if said is not None:
        return said
    if code in (UNNAMED_KEY, UNKNOWN_KEY):
        return find_word(code, language()) or ""
    return _LABELS.get(kind, _as_it_is)(code, known)


def _as_it_is(code: str, known: Catalogue) -> str:
    return code


def _land(code: str, known: Catalogue) -> str:
    return labels.land_name(code, current_language())


def _body(code: str, known: Catalogue) -> str:
    return known.bodies.get(code).label


def _topic(code: str, known: Catalogue) -> str:
    return topic_label(known.topics[code])


def _district(code: str, known: Catalogue) -> str:
    """A district, or an independent city, whose own key has three zeros more."""
    found = known.bodies.find(code) or known.bodies.find(f"{code}000")
    return found.label if found else code


_LABELS: Mapping[str, Callable[[str, Catalogue], str]] = {
    "land": _land,
    "provider_land": _land,
    "size": lambda code, known: size_word(code),
    "topic": _topic,
    "solution": lambda code, known: known.figures_of_reuse().columns.name_of(code),
    "provider": _body,
    "body": _body,
    "project": lambda code, known: known.model_projects[code].name,
    "district": _district,
    "total": lambda code, known: labels.word(labels.STAGE, code),
    "stage": lambda code, known: labels.word(labels.STAGE, code),
}


# --- Charts

_THREE = SPLIT[1:]
# figure -> how it is drawn, and which of its columns (None: all)
_CHARTS: Mapping[Figure | OfficeFigure, tuple[ChartKind, tuple[str, ...] | None]] = {
    Figure.STOCK: (ChartKind.LINES, None),
    Figure.FLOW: (ChartKind.STACK, None),
    Figure.LANDS: (ChartKind.STACK, _THREE),
    Figure.SIZES: (ChartKind.STACK, _THREE),
    Figure.TOPICS: (ChartKind.STACK, _THREE),
    Figure.SOLUTIONS: (ChartKind.STACK, _THREE),
    Figure.ROUNDS: (ChartKind.STACK, _THREE),
    Figure.SPILL_OVER: (ChartKind.STACK, _THREE),
    Figure.LAND_PAIRS: (ChartKind.PAIRS, None),
    Figure.FIRST_REUSE: (ChartKind.BARS, None),
    Figure.MEASURES: (ChartKind.BARS, ("reuses",)),
    Figure.REGIONS: (ChartKind.STACK, ("districts_used", "districts_unused")),
    Figure.TRANSITIONS: (ChartKind.BARS, ("began", "reached")),
    Figure.FRESHNESS: (ChartKind.STACK, _THREE),
    OfficeFigure.REPORTS: (ChartKind.STACK, None),
    OfficeFigure.DECISIONS: (ChartKind.BARS, None),
    OfficeFigure.MAIL_DOMAINS: (ChartKind.BARS, None),
}


# Breakdowns by what a filter chooses: then only one part, or few, have anything.
_NARROWED_BY: Mapping[Figure | OfficeFigure, Callable[[Selection], str]] = {
    Figure.LANDS: lambda chosen: chosen.land,
    Figure.SIZES: lambda chosen: chosen.size,
    Figure.SPILL_OVER: lambda chosen: chosen.funded,
    Figure.TOPICS: lambda chosen: chosen.topic,
    Figure.ROUNDS: lambda chosen: chosen.round,
}


def _is_drawn(row: Row, figure: Figure | OfficeFigure, chosen: Selection) -> bool:
    """Whether a chart has room for a row: not for parts that the selection leaves out altogether."""
    if row.key == ("undated",):
        return False
    is_left_out = row.key == (UNNAMED_KEY,) and chosen.narrows(Figure.TOTALS)
    choice = _NARROWED_BY.get(figure)
    is_other = choice is not None and bool(choice(chosen))
    return any(row.values) or not (is_left_out or is_other)


def chart_of(figure: Labelled, chosen: Selection) -> Chart | None:
    """The chart of a figure; None where it is a list, or more than a chart can show."""
    drawn = _CHARTS.get(figure.counted.figure)
    if drawn is None:
        return None
    kind, names = drawn
    columns = figure.counted.columns
    rows = [row for row in figure.rows if _is_drawn(row[1], figure.counted.figure, chosen)]
    places = [columns.index(name) for name in (names or columns)]
    return Chart(
        id=figure.counted.figure.value,
        title=figure.title,
        description=figure.own,
        kind=kind,
        labels=tuple(", ".join(said) for said, _ in rows),
        series=tuple(
            Series(label=figure.columns[place], values=tuple(row.values[place] for _, row in rows))
            for place in places
        ),
        unit=figure.unit,
    )


def lines_drawn(figure: Labelled) -> int:
    """How many lines a picture of pairs has, where there are more that are not drawn; else 0."""
    drawn = _CHARTS.get(figure.counted.figure)
    if drawn is None or drawn[0] is not ChartKind.PAIRS:
        return 0
    lines = sum(bool(value) for row in figure.counted.rows for value in row.values)
    return MOST_LINES if lines > MOST_LINES else 0


def is_shown_by_chart(figure: Labelled) -> bool:
    """Whether the table behind the chart holds all that the figure does."""
    drawn = _CHARTS.get(figure.counted.figure)
    has_more = any(row.key == ("undated",) for row in figure.counted.rows)
    return drawn is not None and drawn[1] is None and not has_more


# --- Sheets


def sheet_columns(figure: Labelled) -> tuple[str, ...]:
    """The head of a download: each key, its code where others use the same, and the columns."""
    named = []
    for kind, label in zip(figure.counted.keys, figure.keys, strict=True):
        named += [label, f"{label} (ID)"] if kind in _CODED else [label]
    return (*named, *figure.columns)


def sheet_rows(figure: Labelled) -> list[tuple[str | Value, ...]]:
    """The rows of a download."""
    made = []
    for said, row in figure.rows:
        cells: list[str | Value] = []
        for kind, label, code in zip(figure.counted.keys, said, row.key, strict=True):
            cells += [label, code] if kind in _CODED else [label]
        made.append((*cells, *row.values))
    return made
