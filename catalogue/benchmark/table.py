"""The result of a benchmark: rows with ratios and goals, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from catalogue.benchmark.timing import Ratio

_HEAD = ("measure", "ours", "beside", "theirs", "ratio", "from - to", "goal", "met")
_UNITS = {"ms": 1e3, "s": 1.0, "MB": 1.0, "/s": 1.0, "": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the ratio, or our own figure where there is nothing beside it, may be at most (or at least)."""

    limit: float
    shown: str
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        """Whether the value reaches it."""
        return value >= self.limit if self.at_least else value <= self.limit


def at_most(limit: float, shown: str = "") -> Goal:
    """A goal that a value reaches from below."""
    return Goal(limit=limit, shown=f"<= {shown or f'{limit:g}'}")


def at_least(limit: float, shown: str = "") -> Goal:
    """A goal that a value reaches from above."""
    return Goal(limit=limit, shown=f">= {shown or f'{limit:g}'}", at_least=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure. Times are in seconds, all else in the unit; the ratio is ours divided by theirs."""

    measure: str
    ours: float
    unit: str = "ms"
    peer: str = ""
    theirs: float | None = None
    ratio: float | None = None
    least: float | None = None
    most: float | None = None
    goal: Goal | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.goal.met_by(self.ours if self.ratio is None else self.ratio)


def compared(measure: str, peer: str, found: Ratio, goal: Goal | None = None, unit: str = "ms") -> Row:
    """A row of two engines that were timed in turn."""
    return Row(
        measure=measure,
        ours=found.ours,
        unit=unit,
        peer=peer,
        theirs=found.theirs,
        ratio=found.middle,
        least=found.least,
        most=found.most,
        goal=goal,
    )


def as_text(rows: Sequence[Row]) -> str:
    """The rows as a table."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in [lines[0], "-" * len(lines[0]), *lines[1:]])


def as_json(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows as plain data."""
    return [{**asdict(row), "met": row.met} for row in rows]


def _cells(row: Row) -> tuple[str, ...]:
    theirs = "" if row.theirs is None else _figure(row.theirs, row.unit)
    span = "" if row.least is None or row.most is None else f"{_short(row.least)} - {_short(row.most)}"
    return (
        row.measure,
        _figure(row.ours, row.unit),
        row.peer,
        theirs,
        "" if row.ratio is None else _short(row.ratio),
        span,
        row.goal.shown if row.goal else "",
        {True: "yes", False: "NO", None: ""}[row.met],
    )


def _figure(value: float, unit: str) -> str:
    return f"{_short(value * _UNITS[unit])} {unit}".rstrip()


def _short(value: float) -> str:
    """Three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
