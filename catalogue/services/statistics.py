"""Statistics of reuse: the columns of a revision, kept, and every figure of a selection."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.domain.bodies import Bodies, ModelProject, Topic
from catalogue.domain.statistics import Counted, Figure, Row, Selection
from catalogue.services.cards import Memo
from catalogue.storage.solution_columns import Lists
from catalogue.storage.statistics_book import StatisticsColumns
from catalogue.storage.store import Store

_DISTRICT = 5  # digits of a district's key
_FILES = 6  # of all reuses; one has some megabytes
_PAGES = 60  # of which the parts are kept; one has some 200 kB


class KeptStatistics:
    """The columns of one revision: made once, by whoever asks first; and the pages made from them."""

    def __init__(self, before: StatisticsColumns | None = None) -> None:
        """`before` are the columns of the revision before, of which what is the same is taken over."""
        self._lock = threading.Lock()
        self._before = before
        self._columns: StatisticsColumns | None = None
        self.pages: Memo[tuple[str, ...], object] = Memo(_PAGES)
        self.files: Memo[tuple[str, ...], bytes] = Memo(_FILES)
        self.writing = threading.Lock()  # a file of all reuses takes seconds: only one at a time

    def after(self) -> "KeptStatistics":
        """For the next revision."""
        return KeptStatistics(self._columns or self._before)

    def columns(self, store: Store, lists: Lists) -> StatisticsColumns:
        """The columns, loaded if need be."""
        if self._columns is None:
            with self._lock:
                if self._columns is None:
                    self._columns = store.statistics.load(lists, self._before)
                    self._before = None
        return self._columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The figures of one revision at one day."""

    columns: StatisticsColumns
    bodies: Bodies
    today: date

    def count(self, figure: Figure, selection: Selection, *, most: int | None = None) -> Counted:
        """One figure of a selection; of a long one with so many rows at `most`."""
        if figure is Figure.REGIONS:
            return self._regions(selection)
        if figure is Figure.DISTRICTS:
            return self._districts_without(selection, most)
        return self.columns.count(figure, selection, self.today, most=most)

    def _used_districts(self, selection: Selection) -> frozenset[str]:
        counted = self.columns.count(Figure.DISTRICTS, selection, self.today)
        return frozenset(row.key[0] for row in counted.rows)

    def _districts(self, selection: Selection) -> list[str]:
        """The districts of the register, of the Land that is chosen."""
        found = {row.key[:_DISTRICT] for row in self.bodies.register.municipalities()}
        return sorted(key for key in found if key.startswith(selection.land))

    def _districts_without(self, selection: Selection, most: int | None) -> Counted:
        used, there = self._used_districts(selection), self._districts(selection)
        without = [Row(key=(key[:2], key)) for key in there if key not in used]
        return Counted(
            figure=Figure.DISTRICTS,
            keys=("land", "district"),
            columns=(),
            rows=tuple(without[:most]),
            notes={"without": len(without), "districts": len(there)},
            left_out=len(without[most:]) if most else 0,
        )

    def _regions(self, selection: Selection) -> Counted:
        used, all_of_them = self._used_districts(selection), self._districts(selection)
        by_land = self.columns.count(Figure.LANDS, selection, self.today)
        rows = []
        for land in sorted({key[:2] for key in all_of_them}):
            there = [key for key in all_of_them if key[:2] == land]
            with_reuse = sum(1 for key in there if key in used)
            reuses = by_land.value(land, column="reuses")
            rows.append(Row(key=(land,), values=(reuses, len(there), with_reuse, len(there) - with_reuse)))
        return Counted(
            figure=Figure.REGIONS,
            keys=("land",),
            columns=("reuses", "districts", "districts_used", "districts_unused"),
            rows=tuple(rows),
        )


def lists_of(topics: Mapping[str, Topic], projects: Mapping[str, ModelProject], bodies: Bodies) -> Lists:
    """The lists that the columns refer to."""
    return Lists(topics=topics, projects=projects, organisations=bodies.organisations)


def known_solution(columns: StatisticsColumns, said: str) -> str:
    """The id of the solution of this id or name, empty where there is none."""
    wanted = said.strip().casefold()
    if not wanted:
        return ""
    known = columns.solutions
    found = (key for key, name in known.names.items() if wanted in (key.casefold(), name.casefold()))
    return next(found, "")
