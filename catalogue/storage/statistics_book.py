"""The book of statistics: reuses and solutions of a revision as columns, and what is counted from them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection, Engine

from catalogue.domain.reuse import UNNAMED
from catalogue.domain.statistics import Counted, Figure, OfficeFigure, Selection, cells_with_unnamed
from catalogue.storage import report_counting
from catalogue.storage.reuse_columns import (
    STAGES,
    STANDINGS,
    Bools,
    Column,
    ReuseColumns,
    load_columns,
    no_columns,
)
from catalogue.storage.reuse_counting import BREAKDOWNS, Count
from catalogue.storage.reuse_pairs import PairSet, body_pairs, land_pairs
from catalogue.storage.reuse_sample import Sample
from catalogue.storage.reuse_times import first_reuse, flow, stock, transitions
from catalogue.storage.solution_columns import Lists, Releases, SolutionColumns, load_solutions

COUNTS: Mapping[Figure, Count] = {
    **BREAKDOWNS,
    Figure.STOCK: stock,
    Figure.FLOW: flow,
    Figure.LAND_PAIRS: land_pairs,
    Figure.BODY_PAIRS: body_pairs,
    Figure.FIRST_REUSE: first_reuse,
    Figure.TRANSITIONS: transitions,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseLine:
    """A reuse for a download. Of one that is not named `body` is empty, and `solution` may be.

    `began` has the dates of the five stages in their order, None where a stage never was.
    """

    solution: str
    body: str
    stage: str
    standing: str
    affirmed: str
    began: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsColumns:
    """What a revision's figures are counted from; never changes."""

    reuses: ReuseColumns
    solutions: SolutionColumns
    releases: Releases

    def count(self, figure: Figure, selection: Selection, today: date, *, most: int | None = None) -> Counted:
        """A figure of a selection; of a long one with so many rows at `most`.

        `REGIONS` needs the register and is not made here: raises `KeyError`.
        """
        return COUNTS[figure](Sample(self.reuses, self.solutions, selection, figure, most), today)

    def pairs(self, selection: Selection) -> PairSet:
        """Who has what from whom, of a selection: the pairs that the figures about pairs count."""
        return PairSet.of(Sample(self.reuses, self.solutions, selection, Figure.BODY_PAIRS))

    def name_of(self, solution: str) -> str:
        """The name of a solution; its id where it is not published any more."""
        return self.solutions.names.get(solution, solution)

    def lines(self, selection: Selection) -> Iterator[ReuseLine]:
        """The reuses of a selection whatever their stage, by solution; those that are not named come last.

        Of these there is the stage and, of the dates, the year; the solution only where it counts them.
        """
        sample = Sample(self.reuses, self.solutions, selection, Figure.TOTALS)
        unnamed = []
        allowed = self._solutions_with_unnamed(sample)
        stages, standings = sample.of(Column.STAGE).tolist(), sample.standing.tolist()
        affirmed = sample.of(Column.AFFIRMED).tolist()
        dates = _Dates(self.reuses.texts)
        for place, (solution, body) in enumerate(zip(sample.solution, sample.of(Column.BODY), strict=True)):
            key, reusing = self.solutions.ids[solution], self.reuses.bodies[body]
            is_named = not reusing.startswith(UNNAMED)
            began = dates.of(key, reusing)
            line = ReuseLine(
                solution=key if is_named or allowed[solution] else "",
                body=reusing if is_named else "",
                stage=STAGES[stages[place]].value if stages[place] >= 0 else "",
                standing=STANDINGS[standings[place]].value,
                affirmed=_day(affirmed[place]) if is_named else "",
                began=began if is_named else tuple(text and text[:4] for text in began),
            )
            if is_named:
                yield line
            else:
                unnamed.append(line)
        # In an order that says nothing of the solutions that are left out.
        yield from sorted(unnamed, key=lambda line: (line.solution, line.stage, str(line.began)))

    def _solutions_with_unnamed(self, sample: Sample) -> Bools:
        counting = Sample(self.reuses, self.solutions, sample.selection, Figure.SOLUTIONS)
        named = np.bincount(counting.solution[counting.is_named], minlength=len(self.solutions.ids))
        return np.array(cells_with_unnamed(named.tolist()), np.bool_)


class _Dates:
    """The dates of reuses as they are published."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._solution = ""
        self._known: dict[str, tuple[str | None, ...]] = {}

    def of(self, solution: str, body: str) -> tuple[str | None, ...]:
        """Of each stage when it began; ask for the reuses of a solution one after the other."""
        if solution != self._solution:
            self._solution, self._known = solution, {}
            for line in self._texts[solution].split("\n"):
                key, *rest = line.split("\t")
                dates = tuple(None if text == "-" else text for text in rest[-len(STAGES) :])
                self._known[key] = _earliest(self._known.get(key), dates)
        return self._known[body]


def _earliest(one: tuple[str | None, ...] | None, other: tuple[str | None, ...]) -> tuple[str | None, ...]:
    if one is None:
        return other
    return tuple(
        min(filter(None, pair), default=max((t for t in pair if t is not None), default=None))
        for pair in zip(one, other, strict=True)
    )


def _day(number: int) -> str:
    text = str(number)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if number else ""


_OFFICE: Mapping[OfficeFigure, Callable[[Connection, date], Counted]] = {
    OfficeFigure.REPORTS: report_counting.reports,
    OfficeFigure.DECISIONS: report_counting.decisions,
    OfficeFigure.UNNAMED: report_counting.unnamed,
    OfficeFigure.MAIL_DOMAINS: report_counting.mail_domains,
}


class StatisticsBook:
    """Loads what figures are counted from. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def load(self, lists: Lists, before: StatisticsColumns | None = None) -> StatisticsColumns:
        """The columns of the published catalogue; what `before` holds of the same is not read again."""
        reuses = before.reuses if before else no_columns()
        releases = before.releases if before else {}
        with self._engine.connect() as connection:
            solutions = load_solutions(connection, lists, reuses.number_of, releases)
            loaded = load_columns(connection, solutions.ids, reuses)
        return StatisticsColumns(reuses=loaded, solutions=solutions, releases=releases)

    def of_office(self, figure: OfficeFigure, today: date) -> Counted:
        """A figure about reports, as they are now."""
        with self._engine.connect() as connection:
            return _OFFICE[figure](connection, today)
