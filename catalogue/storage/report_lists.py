"""Lists of reports for the office: its work, page by page, and all reports by what is asked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, select
from sqlmodel import col

from catalogue.domain.deciding import ASK_AGAIN, STALE_AFTER
from catalogue.domain.reuse import Reuse, Stage
from catalogue.domain.reuse_report import ReuseReport, State, report_from
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.storage.precious import HintRow, ReportRow
from catalogue.storage.tables import ReuseRow, SolutionRow

_COLUMNS = (col(ReportRow.number), col(ReportRow.version), col(ReportRow.data))
_BATCH = 1000
# The order of the index, so that a page of 60,000 old confirmations is read without sorting them all.
_AS_INDEXED = tuple(
    col(column) for column in (ReportRow.affirmed_at, ReportRow.asked_at, ReportRow.stage, ReportRow.number)
)
# What a text is looked for in, beside names of solutions and bodies.
_TEXTS = ("part", "version", "operator", "address", "effort", "obstacles", "evidence")


class Queue(StrEnum):
    """Reports that wait for the office."""

    PENDING = "pending"
    TO_CHECK = "to-check"  # confirmed, and changed by the reporter since
    STALE = "stale"  # confirmed, and nobody has said for a year that it is true
    DENIED = "denied"  # the body says that it does not reuse it


class Order(StrEnum):
    """How all reports may be ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    STALEST = "stalest"
    BODY = "body"
    SOLUTION = "solution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reports are asked for; what is empty does not matter. A text means one of what it names."""

    state: str = ""
    solution: str = ""
    body: str = ""
    land: str = ""  # 2 digits
    organisations: Collection[str] = ()  # of this Land
    source: str = ""
    text: str = ""
    solutions_named: Collection[str] = ()  # by the text
    bodies_named: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfBody:
    """How many reports about a solution a body has, in one state."""

    body: str
    solution: str
    state: State
    count: int
    first: int  # number of the first of them


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHint:
    """Somebody says that something is not right."""

    number: int
    solution: str
    body: str
    text: str
    made: datetime


class ReportLists:
    """What of the reports is read in lists. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    # --- The work

    def count(self, queue: Queue, now: datetime) -> int:
        """How many reports wait."""
        query = select(func.count()).select_from(ReportRow).where(*_waiting(queue, now))
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def waiting(self, queue: Queue, now: datetime, *, offset: int, limit: int) -> list[ReuseReport]:
        """A page of the reports that wait, the longest waiting first."""
        order: Sequence[Any] = _AS_INDEXED if queue is Queue.STALE else (col(ReportRow.number),)
        query = select(*_COLUMNS).where(*_waiting(queue, now)).order_by(*order)
        return self._reports(query.offset(offset).limit(limit))

    def open_hints(self, *, offset: int, limit: int) -> tuple[int, list[OpenHint]]:
        """How many hints are open, and a page of them, the longest waiting first."""
        is_open = col(HintRow.state) == "open"
        columns: Any = [HintRow.number, HintRow.solution, HintRow.body, HintRow.text, HintRow.made]
        query = select(*columns).where(is_open).order_by(col(HintRow.number))
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(HintRow).where(is_open)) or 0
            rows = connection.execute(query.offset(offset).limit(limit))
            return total, [
                OpenHint(number=row[0], solution=row[1], body=row[2], text=row[3], made=row[4])
                for row in rows
            ]

    # --- All reports

    def page(self, wanted: Wanted, order: Order, *, offset: int, limit: int) -> tuple[int, list[ReuseReport]]:
        """How many reports are asked for, and a page of them."""
        chosen = _chosen(wanted)
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(ReportRow).where(*chosen)) or 0
        query = select(*_COLUMNS).where(*chosen).order_by(*_ORDERS[order])
        return total, self._reports(query.offset(offset).limit(limit))

    def each(self, wanted: Wanted) -> Iterator[ReuseReport]:
        """All that are asked for, by number; read in parts, so that many take little memory."""
        last = 0
        while True:
            query = select(*_COLUMNS).where(*_chosen(wanted), col(ReportRow.number) > last)
            found = self._reports(query.order_by(col(ReportRow.number)).limit(_BATCH))
            yield from found
            if len(found) < _BATCH:
                return
            last = found[-1].number

    # --- What is known beside a report

    def of_bodies(self, bodies: Collection[str]) -> list[OfBody]:
        """How many reports these bodies have, by solution and state."""
        number = col(ReportRow.number)
        group = (col(ReportRow.body), col(ReportRow.solution), col(ReportRow.state))
        query = select(*group, func.count(), func.min(number)).where(col(ReportRow.body).in_(bodies))
        with self._engine.connect() as connection:
            rows = connection.execute(query.group_by(*group).order_by(func.min(number)))
            return [
                OfBody(body=row[0], solution=row[1], state=State(row[2]), count=row[3], first=row[4] or 0)
                for row in rows
            ]

    def alive(
        self, solutions: Collection[str], states: Collection[State]
    ) -> Iterator[tuple[tuple[str, str], int]]:
        """Solution and body of each report about these solutions in one of these states, with its number."""
        about = (col(ReportRow.solution), col(ReportRow.body), col(ReportRow.number))
        query = select(*about).where(
            col(ReportRow.solution).in_(solutions),
            col(ReportRow.state).in_([state.value for state in states]),
        )
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(col(ReportRow.number))):
                yield (row[0], row[1]), row[2] or 0

    def published(self, solutions: Collection[str], bodies: Collection[str]) -> list[tuple[str, Reuse]]:
        """What is published of these bodies and solutions, with the solution's id."""
        query = (
            select(col(ReuseRow.solution_id), col(ReuseRow.data))
            .where(col(ReuseRow.solution_id).in_(solutions), col(ReuseRow.body).in_(bodies))
            .order_by(col(ReuseRow.solution_id), col(ReuseRow.position))
        )
        with self._engine.connect() as connection:
            return [(row[0], reuse_from_plain(row[1])) for row in connection.execute(query)]

    def solution_names(self, ids: Collection[str] | None = None) -> Mapping[str, str]:
        """Names of published solutions by id; of all of them where `ids` is None."""
        query = select(col(SolutionRow.id), col(SolutionRow.name))
        if ids is not None:
            query = query.where(col(SolutionRow.id).in_(ids))
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def _reports(self, query: "Select[Any]") -> list[ReuseReport]:
        with self._engine.connect() as connection:
            rows = connection.execute(query)
            return [report_from(row[2], number=row[0], version=row[1]) for row in rows]


def _waiting(queue: Queue, now: datetime) -> Sequence[ColumnElement[bool]]:
    state, stage = col(ReportRow.state), col(ReportRow.stage)
    confirmed = state == State.CONFIRMED.value
    if queue is Queue.PENDING:
        return (state == State.PENDING.value,)
    if queue is Queue.TO_CHECK:
        # By an expression, so that no index of `state` is chosen: nearly all reports are confirmed.
        return (col(ReportRow.is_to_check).is_(True), func.lower(state) == State.CONFIRMED.value)
    if queue is Queue.DENIED:
        return (stage.is_(None), confirmed)
    asked = col(ReportRow.asked_at)
    return (
        confirmed,
        col(ReportRow.affirmed_at) < now - STALE_AFTER,
        or_(asked.is_(None), asked <= now - ASK_AGAIN),
        stage.is_not(None),
        stage != Stage.ENDED.value,
    )


_ORDERS: Mapping[Order, Sequence[Any]] = {
    Order.NEWEST: (col(ReportRow.number).desc(),),
    Order.OLDEST: (col(ReportRow.number),),
    Order.STALEST: (col(ReportRow.affirmed_at).is_(None), col(ReportRow.affirmed_at), col(ReportRow.number)),
    Order.BODY: (col(ReportRow.body), col(ReportRow.number)),
    Order.SOLUTION: (col(ReportRow.solution), col(ReportRow.body), col(ReportRow.number)),
}


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions; what is empty makes none."""
    pairs = (
        (wanted.state, col(ReportRow.state) == wanted.state),
        (wanted.solution, col(ReportRow.solution) == wanted.solution),
        (wanted.body, col(ReportRow.body) == wanted.body),
        (wanted.source, _said("source") == wanted.source),
        (wanted.land, _in_land(wanted)),
        (wanted.text, _speaks_of(wanted)),
    )
    return [condition for given, condition in pairs if given]


def _said(name: str) -> ColumnElement[str]:
    data: Any = col(ReportRow.data)
    said: ColumnElement[str] = data[name].as_string()
    return said


def _in_land(wanted: Wanted) -> ColumnElement[bool]:
    """Official keys begin with the Land's two digits; ids of organisations begin with a letter."""
    body = col(ReportRow.body)
    official = and_(body >= wanted.land, body < f"{wanted.land}:")  # the sign after 9
    return or_(official, body.in_(wanted.organisations))


def _speaks_of(wanted: Wanted) -> ColumnElement[bool]:
    texts = [_said(f"claim.{name}").icontains(wanted.text, autoescape=True) for name in _TEXTS]
    number = wanted.text.lstrip("#")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        texts.append(col(ReportRow.number) == int(number))
    return or_(
        col(ReportRow.solution).in_(wanted.solutions_named),
        col(ReportRow.body).in_(wanted.bodies_named),
        *texts,
    )
