"""The reuses that a selection leaves, as columns; what all figures begin with."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.reuse import Stage, Standing
from catalogue.domain.reuse_dates import MONTHS
from catalogue.domain.statistics import COUNTING, SIZES, Figure, Row, Selection, Value
from catalogue.storage.reuse_columns import (
    FUNDINGS,
    LATEST,
    STAGES,
    STANDINGS,
    Bools,
    Column,
    Ints,
    ReuseColumns,
)
from catalogue.storage.solution_columns import SolutionColumns

Counts = NDArray[np.int64]
_STATED, _SOURCED, _CONFIRMED = (
    STANDINGS.index(standing) for standing in (Standing.STATED, Standing.SOURCED, Standing.CONFIRMED)
)
# The figures that count a reuse whatever its stage; the others those on trial or in use.
_ALL_STAGES = frozenset({Figure.TOTALS, Figure.STOCK, Figure.FLOW, Figure.TRANSITIONS, Figure.FIRST_REUSE})


@dataclass(frozen=True)
class Sample:
    """The reuses of one figure and one selection, and how to count them.

    Bodies that are not named are among them where the selection narrows nothing (`Selection.narrows`).
    """

    reuses: ReuseColumns
    solutions: SolutionColumns
    selection: Selection
    figure: Figure
    most: int | None = None  # rows of a long figure

    @cached_property
    def solution_mask(self) -> Bools:
        """Which solutions the selection leaves."""
        chosen, known = self.selection, self.solutions
        mask = np.ones(len(known.ids), np.bool_)
        if chosen.topic:
            mask &= known.topics.of(chosen.topic)
        if chosen.round:
            mask &= known.rounds.of(chosen.round)
        if chosen.solution:
            mask &= np.array([key == chosen.solution for key in known.ids], np.bool_)
        return mask

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Where the reuses stand in the columns."""
        chosen, reuses = self.selection, self.reuses
        mask = self.solution_mask[reuses.solution]
        if chosen.land:
            mask &= reuses.of(Column.LAND) == int(chosen.land)
        for value, values, column in (
            (chosen.size, SIZES, Column.SIZE),
            (chosen.funded, FUNDINGS, Column.FUNDED),
            (chosen.stage, STAGES, Column.STAGE),
        ):
            if value:
                mask &= reuses.of(column) == tuple(map(str, values)).index(value)
        if not chosen.stage and self.figure not in _ALL_STAGES:
            stage = reuses.of(Column.STAGE)
            mask &= (stage == STAGES.index(COUNTING[0])) | (stage == STAGES.index(COUNTING[1]))
        if chosen.only_confirmed:
            mask &= reuses.of(Column.STANDING) != _STATED
        if chosen.narrows(self.figure):
            mask &= reuses.of(Column.IS_NAMED) == 1
            mask &= self._years
        return np.flatnonzero(mask)

    @property
    def _years(self) -> Bools:
        """The reuses that began in the years of the selection; those without a date did not."""
        chosen = self.selection
        began = self.reuses.of(Column.STEP) // 8 // MONTHS
        if not chosen.has_years or self.figure in (Figure.STOCK, Figure.FLOW):
            return np.ones(len(began), np.bool_)
        mask = self.reuses.of(Column.STEP) < LATEST
        mask &= began >= (chosen.first_year or 0)
        if chosen.last_year is not None:
            mask &= began <= chosen.last_year
        return mask

    def __len__(self) -> int:
        return len(self.places)

    def of(self, column: int) -> Ints:
        """A column of the reuses of the sample."""
        found: Ints = self.reuses.table[column, self.places]
        return found

    @cached_property
    def solution(self) -> Ints:
        """Of each reuse the number of its solution."""
        return self.reuses.solution[self.places]

    @cached_property
    def standing(self) -> Ints:
        """Of each reuse the number of its standing."""
        return self.of(Column.STANDING)

    @cached_property
    def is_named(self) -> Bools:
        """Which reuses are named."""
        found: Bools = self.of(Column.IS_NAMED) == 1
        return found

    def split(self, groups: Ints, count: int, mask: Bools | None = None) -> Counts:
        """How many reuses each group has, by standing: a row for each group, in the order of `STANDINGS`."""
        codes = groups.astype(np.int64) * len(STANDINGS) + self.standing
        if mask is not None:
            codes = codes[mask]
        return np.bincount(codes, minlength=count * len(STANDINGS)).reshape(count, len(STANDINGS))

    def bodies_in(self, groups: Ints, count: int) -> Counts:
        """How many different named bodies each group has."""
        is_there = np.zeros((count, len(self.reuses.bodies)), np.bool_)  # much faster than to sort pairs
        is_there[groups[self.is_named], self.of(Column.BODY)[self.is_named]] = True
        found: Counts = np.count_nonzero(is_there, axis=1)
        return found


def split_values(counts: Counts) -> tuple[Value, ...]:
    """Numbers by standing in the order of `statistics.SPLIT`: all, confirmed, sourced, stated."""
    by = counts.tolist()
    return sum(by), by[_CONFIRMED], by[_SOURCED], by[_STATED]


def split_rows(keys: list[str], counts: Counts, *more: Counts) -> list[Row]:
    """A row for each key: its numbers by standing, then those of `more`."""
    others = [values.tolist() for values in more]
    return [
        Row(key=(key,), values=(*split_values(by), *(values[place] for values in others)))
        for place, (key, by) in enumerate(zip(keys, counts, strict=True))
    ]


def stage_of(place: int) -> Stage:
    """The stage of a number in the columns."""
    return STAGES[place]
