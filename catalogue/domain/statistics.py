"""Statistics of reuse: what is counted, of which selection, and how bodies that are not named are treated.

Counting itself is done where the columns are (`catalogue.storage.reuse_columns`); here are the shapes of
what is asked and answered, and the rules that hold whoever counts. `statistics_words` defines each figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from catalogue.domain.register import SizeClass
from catalogue.domain.reuse import Stage

LEAST = 3  # named bodies that a cell has before those that are not named are counted in it
UNNAMED_KEY = "~"  # of a row: bodies that are counted and not named
UNKNOWN_KEY = ""  # of a row: nobody knows
NONE_KEY = "none"  # of a row: there is none, such as no model project
COUNTING = (Stage.TRIAL, Stage.IN_USE)  # the stages that "reused by n" counts
# What the size of a body may be: a class of municipalities, a district, or another body.
SIZES = (*(size.value for size in SizeClass), "district", "other")
SPLIT = ("reuses", "confirmed", "sourced", "stated")  # columns of a number and of the three standings in it


class Figure(StrEnum):
    """Each figure of the statistics, by the name that its address has."""

    TOTALS = "totals"
    STOCK = "stock"
    FLOW = "flow"
    LANDS = "lands"
    SIZES = "sizes"
    TOPICS = "topics"
    SOLUTIONS = "solutions"
    ROUNDS = "rounds"
    SPILL_OVER = "spill-over"
    LAND_PAIRS = "land-pairs"
    BODY_PAIRS = "body-pairs"
    FIRST_REUSE = "first-reuse"
    MEASURES = "measures"
    UNUSED = "unused"
    REGIONS = "regions"
    DISTRICTS = "districts"
    TRANSITIONS = "transitions"
    FRESHNESS = "freshness"


class OfficeFigure(StrEnum):
    """Figures about reports, which only the office sees."""

    REPORTS = "reports"
    DECISIONS = "decisions"
    UNNAMED = "unnamed"
    MAIL_DOMAINS = "mail-domains"


SERIES = frozenset({Figure.STOCK, Figure.FLOW})  # rows are periods: years choose rows, not reuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which reuses are counted; empty values choose all. `land` and `size` are those of the reusing body.

    `stage` is the stage of today. The years choose periods of time series; elsewhere reuses whose first dated
    step lies within them.
    """

    land: str = ""
    size: str = ""
    funded: str = ""
    topic: str = ""
    round: str = ""
    solution: str = ""
    stage: str = ""
    only_confirmed: bool = False
    first_year: int | None = None
    last_year: int | None = None
    by_quarter: bool = False

    @property
    def has_years(self) -> bool:
        """Whether years are chosen."""
        return self.first_year is not None or self.last_year is not None

    def narrows(self, figure: Figure) -> bool:
        """Whether it leaves out reuses of this figure by anything but their standing.

        Then bodies that are not named are left out altogether: two selections of which one has one reuse more
        would tell of it.
        """
        chosen = (self.land, self.size, self.funded, self.topic, self.round, self.solution, self.stage)
        return any(chosen) or (self.has_years and figure not in SERIES)

    @property
    def all_years(self) -> "Selection":
        """The same without years."""
        return replace(self, first_year=None, last_year=None)


Value = int | float | None  # None: not known, or nothing to divide by


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a figure: what it is of (codes, as the figure's keys say) and the values of its columns."""

    key: tuple[str, ...]
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A figure as it was counted: names of its keys and columns, its rows, and single numbers beside."""

    figure: Figure | OfficeFigure
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: Mapping[str, Value] = field(default_factory=dict)
    left_out: int = 0  # rows that were counted and are not among these

    def value(self, *key: str, column: str) -> Value:
        """The value in a row and a column; None where there is no such row."""
        place = self.columns.index(column)
        return next((row.values[place] for row in self.rows if row.key == key), None)


def cells_with_unnamed(named: Sequence[int]) -> tuple[bool, ...]:
    """Which cells of a breakdown by solution may count bodies that are not named; else they are put together.

    `named` holds how many named bodies each cell has, of all cells that there are. A cell needs `LEAST` of
    them. Where fewer than `LEAST` cells lack them, none may: those put together would point at one. Only
    named bodies decide, which everybody can count, so that the answer says nothing about the others.
    """
    enough = [count >= LEAST for count in named]
    return tuple(enough) if enough.count(False) >= LEAST else (False,) * len(enough)


def share(part: int, whole: int) -> float | None:
    """Part of whole in percent with one decimal; None where the whole is nothing."""
    return round(100 * part / whole, 1) if whole else None
