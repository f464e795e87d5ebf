"""Reuses by hand for tests of statistics: written into the derived tables as a publication does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from publishing import Desk, an_entry
from sqlalchemy import delete, insert

from catalogue.domain.reuse import Stage
from catalogue.domain.statistics import Counted, Figure, Selection
from catalogue.storage.database import writer
from catalogue.storage.solution_columns import Lists
from catalogue.storage.statistics_book import StatisticsColumns
from catalogue.storage.tables import ReuseRow

TODAY = date(2026, 11, 26)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A reuse; `began` names stages with dates."""

    solution: str
    body: str
    stage: str | None = "in-use"
    standing: str = "confirmed"
    land: str = ""
    size: str = ""
    funded: str = "unknown"
    affirmed: str | None = None
    began: Mapping[str, str] | None = None
    relation: str = "uses"

    @property
    def dates(self) -> Mapping[str, str]:
        known = dict(self.began or {})
        if self.stage:
            known.setdefault(self.stage, "")
        return known

    def row(self, position: int) -> dict[str, object]:
        """As the derived table has it."""
        return {
            "solution_id": self.solution,
            "position": position,
            "body": self.body,
            "relation": self.relation,
            "stage": self.stage,
            "confirmed": self.standing != "stated",
            "counts": self.relation == "uses" and self.stage in ("trial", "in-use"),
            "latest": "",
            "standing": self.standing,
            "report": None,
            "affirmed": self.affirmed,
            "land": self.land or (self.body[:2] if self.body.isdecimal() else ""),
            "size": self.size,
            "funded": self.funded,
            **{stage.value.replace("-", "_"): self.dates.get(stage.value) for stage in Stage},
            "data": {},
        }


def write(desk: Desk, facts: Sequence[Fact]) -> None:
    """Put these reuses, and no others, into the derived table."""
    with writer(desk.store._engine).begin() as connection:
        connection.execute(delete(ReuseRow))
        if facts:
            connection.execute(insert(ReuseRow), [fact.row(place) for place, fact in enumerate(facts)])


def load(desk: Desk, before: StatisticsColumns | None = None) -> StatisticsColumns:
    """The columns of what is published."""
    store = desk.store
    lists = Lists(topics=store.topics(), projects=store.model_projects(), organisations=store.organisations())
    return store.statistics.load(lists, before)


def columns_of(desk: Desk, *facts: Fact, solutions: Sequence[str] = ("a", "b", "c")) -> StatisticsColumns:
    """The columns of a catalogue with these reuses of solutions that Halle provides."""
    desk.publish(*(an_entry(name) for name in solutions))
    write(desk, facts)
    return load(desk)


def count(columns: StatisticsColumns, figure: Figure, **selection: object) -> Counted:
    """A figure of the columns."""
    return columns.count(figure, Selection(**selection), TODAY)  # type: ignore[arg-type]  # by name
