"""Charts as data: what a figure shows, before anybody draws it."""

from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    STACK = "stack"
    LINES = "lines"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line or colour of a chart."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart as data; the table behind it is made from the same values."""

    id: str
    title: str
    description: str
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
