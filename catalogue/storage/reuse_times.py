"""Figures about time: how many were at which stage when, what became of trials, how soon a reuse begins."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_dates import MONTHS, period_name, period_of
from catalogue.domain.statistics import Counted, Figure, Row, Value, share
from catalogue.storage.reuse_columns import LATEST, NEVER, STAGES, Bools, Column, Ints
from catalogue.storage.reuse_sample import Counts, Sample

MOST_PERIODS = 60  # shown; of more, the latest
_USUAL_QUARTERS = 12  # shown where no years are chosen
_STEPS = range(len(STAGES))
_LONGEST_DELAY = 5  # years; more are put together


def stock(sample: Sample, today: date) -> Counted:
    """How many reuses were at which stage at the end of each period."""
    first, begun, left = _moves(sample, today)
    return _series(sample, Figure.STOCK, first, np.cumsum(begun - left, axis=0), today)


def flow(sample: Sample, today: date) -> Counted:
    """How many reuses began each stage in each period."""
    first, begun, _ = _moves(sample, today)
    return _series(sample, Figure.FLOW, first, begun, today)


def _moves(sample: Sample, today: date) -> tuple[int, Counts, Counts]:
    """The first period, and how many began and left each stage in each period from it to the one of today.

    Only of reuses of which it is known when their stage of today began.
    """
    by_quarter = sample.selection.by_quarter
    steps = sample.reuses.table[Column.STEP : Column.END, sample.places[sample.of(Column.IS_DATED) == 1]]
    now = period_of(_month(today), by_quarter=by_quarter)
    is_step = steps < LATEST
    periods = steps // 8 // (3 if by_quarter else MONTHS)
    first = min(int(periods[is_step].min(initial=now)), now)
    count = now - first + 1
    is_step &= periods <= now
    stages = steps % 8
    begun = _table(stages[is_step], periods[is_step] - first, count)
    followed = is_step[1:]
    left = _table(stages[:-1][followed], periods[1:][followed] - first, count)
    return first, begun, left


def _month(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _table(stages: Ints, periods: Ints, count: int) -> Counts:
    """How many there are of each stage in each period."""
    codes = periods.astype(np.int64) * len(STAGES) + stages
    return np.bincount(codes, minlength=count * len(STAGES)).reshape(count, len(STAGES))


def _series(sample: Sample, figure: Figure, first: int, table: Counts, today: date) -> Counted:
    by_quarter = sample.selection.by_quarter
    rows = [
        Row(key=(period_name(first + place, by_quarter=by_quarter),), values=tuple(values))
        for place, values in enumerate(table.tolist())
    ]
    stages = sample.of(Column.STAGE)[sample.of(Column.IS_DATED) == 0]
    undated = np.bincount(stages[stages >= 0], minlength=len(STAGES)).tolist()
    return Counted(
        figure=figure,
        keys=("period",),
        columns=tuple(stage.value for stage in STAGES),
        rows=(*_chosen(rows, sample), Row(key=("undated",), values=tuple(undated))),
        notes={"undated": sum(undated)},
    )


def _chosen(rows: list[Row], sample: Sample) -> list[Row]:
    """The periods within the chosen years."""
    chosen = sample.selection
    if not chosen.has_years:
        return rows[-_USUAL_QUARTERS:] if chosen.by_quarter else rows[-MOST_PERIODS:]
    last = chosen.last_year if chosen.last_year is not None else int(rows[-1].key[0][:4])
    within = [row for row in rows if (chosen.first_year or 0) <= int(row.key[0][:4]) <= last]
    return within[-MOST_PERIODS:]


# From which stage to which; the last is of trials that ended without ever being in use.
_TRANSITIONS: tuple[tuple[Stage, Stage, Stage | None], ...] = (
    (Stage.INTERESTED, Stage.PLANNED, None),
    (Stage.PLANNED, Stage.TRIAL, None),
    (Stage.TRIAL, Stage.IN_USE, None),
    (Stage.IN_USE, Stage.ENDED, None),
    (Stage.TRIAL, Stage.ENDED, Stage.IN_USE),
)


def transitions(sample: Sample, today: date) -> Counted:
    """Of the reuses known to have been at a stage: how many came to another, and after how many months."""
    began = sample.reuses.table[Column.BEGAN : Column.MIDDLE, sample.places]
    middle = sample.reuses.table[Column.MIDDLE : Column.STEP, sample.places]
    rows = []
    for start, goal, unless in _TRANSITIONS:
        one, other = STAGES.index(start), STAGES.index(goal)
        there = began[one] != NEVER
        came = there & (began[other] != NEVER)
        if unless is not None:
            came &= began[STAGES.index(unless)] == NEVER
        dated = came & (began[one] >= 0) & (began[other] >= 0)
        waits = np.maximum(middle[other][dated] - middle[one][dated], 0)
        rows.append(
            Row(
                key=(f"{start.value}-{goal.value}",),
                values=(
                    *(int(there.sum()), int(came.sum()), share(int(came.sum()), int(there.sum()))),
                    *(len(waits), _median(waits)),
                ),
            )
        )
    columns = ("began", "reached", "share", "dated", "median_months")
    return Counted(figure=Figure.TRANSITIONS, keys=("transition",), columns=columns, rows=tuple(rows))


def _median(values: NDArray[np.int32]) -> Value:
    """The median, rounded to a whole number, halves up; None of nothing."""
    return int(np.floor(np.median(values) + 0.5)) if len(values) else None


def first_reuse(sample: Sample, today: date) -> Counted:
    """Solutions by how many calendar years after their first release a named reuse began."""
    released, reused = sample.solutions.released, _first_reuses(sample)
    known = sample.solution_mask
    both = known & (released >= 0) & (reused >= 0)
    years = reused[both] // MONTHS - released[both] // MONTHS
    rows = [Row(key=("before",), values=(int((years < 0).sum()),))]
    rows += [Row(key=(str(n),), values=(int((years == n).sum()),)) for n in range(_LONGEST_DELAY)]
    rows.append(Row(key=(f"{_LONGEST_DELAY}+",), values=(int((years >= _LONGEST_DELAY).sum()),)))
    has_release = known & (released >= 0)
    rows.append(Row(key=("no-reuse",), values=(int((has_release & ~both).sum()),)))
    rows.append(Row(key=("no-release",), values=(int((known & (released < 0)).sum()),)))
    return Counted(
        figure=Figure.FIRST_REUSE,
        keys=("delay",),
        columns=("solutions",),
        rows=tuple(rows),
        notes={
            "solutions": int(known.sum()),
            "with_release": int(has_release.sum()),
            "with_both": int(both.sum()),
            "median_years": _median(np.maximum(years, 0)),
        },
    )


def _first_reuses(sample: Sample) -> Ints:
    """Of each solution the month in which the first trial or use began, NEVER where no date is known."""
    first = np.full(len(sample.solutions.ids), LATEST, np.int32)
    named = sample.places[sample.is_named]
    for stage in (Stage.TRIAL, Stage.IN_USE):
        months = sample.reuses.table[Column.BEGAN + STAGES.index(stage), named]
        dated: Bools = months >= 0
        np.minimum.at(first, sample.reuses.solution[named][dated], months[dated])
    return np.where(first < LATEST, first, NEVER).astype(np.int32)
