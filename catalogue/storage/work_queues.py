"""What waits for the office: reports in queues and hints, counted and page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Engine, Integer, Select, bindparam, func, or_, select
from sqlmodel import col

from catalogue.domain.deciding import ASK_AGAIN, STALE_AFTER
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import ReuseReport, State, report_from
from catalogue.storage.precious import HintRow, ReportRow
from catalogue.storage.reuse_book import LAST_EVENT

# The order of the index, so that a page of 60,000 old confirmations is read without sorting them all.
_AS_INDEXED = tuple(
    col(column) for column in (ReportRow.affirmed_at, ReportRow.asked_at, ReportRow.stage, ReportRow.number)
)


class Queue(StrEnum):
    """Reports that wait for the office."""

    PENDING = "pending"
    TO_CHECK = "to-check"  # confirmed, and changed by the reporter since
    STALE = "stale"  # confirmed, and nobody has said for a year that it is true
    DENIED = "denied"  # the body says that it does not reuse it


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHint:
    """Somebody says that something is not right."""

    number: int
    solution: str
    body: str
    text: str
    made: datetime


class WorkQueues:
    """What waits for the office. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine
        self._kept: tuple[tuple[int, datetime], Mapping[Queue, int]] | None = None

    def counts(self, now: datetime) -> Mapping[Queue, int]:
        """How many reports wait in each queue.

        Counted anew when something was entered since or a minute has passed: no report comes into a queue
        or leaves it otherwise, and to count 36,000 old confirmations costs as much as to show the page.
        """
        with self._engine.connect() as connection:
            last = connection.scalar(LAST_EVENT) or 0
            key = (last, now.replace(second=0, microsecond=0))
            if self._kept is None or self._kept[0] != key:
                row = connection.execute(_COUNTS, _times(now)).one()
                self._kept = (key, dict(zip(Queue, row, strict=True)))
            return self._kept[1]

    def waiting(self, queue: Queue, now: datetime, *, offset: int, limit: int) -> list[ReuseReport]:
        """A page of the reports that wait, the longest waiting first."""
        asked = {**_times(now), "offset": offset, "limit": limit}
        with self._engine.connect() as connection:
            return [
                report_from(row[2], number=row[0], version=row[1])
                for row in connection.execute(_PAGES[queue], asked)
            ]

    def open_hints(self, *, offset: int, limit: int) -> tuple[int, list[OpenHint]]:
        """How many hints are open, and a page of them, the longest waiting first."""
        with self._engine.connect() as connection:
            total = connection.scalar(_HOW_MANY_HINTS) or 0
            rows = connection.execute(_HINTS, {"offset": offset, "limit": limit}) if total else ()
            return total, [
                OpenHint(number=row[0], solution=row[1], body=row[2], text=row[3], made=row[4])
                for row in rows
            ]


# --- Statements, built once: to build one costs more than to carry it out


def _waiting(queue: Queue) -> Sequence[ColumnElement[bool]]:
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
        col(ReportRow.affirmed_at) < bindparam("affirmed_before"),
        or_(asked.is_(None), asked <= bindparam("asked_until")),
        stage.is_not(None),
        stage != Stage.ENDED.value,
    )


def _times(now: datetime) -> dict[str, object]:
    """What the conditions of the queues ask of the clock."""
    return {"affirmed_before": now - STALE_AFTER, "asked_until": now - ASK_AGAIN}


def _paged(query: "Select[Any]") -> "Select[Any]":
    return query.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))


def _page_of(queue: Queue) -> "Select[Any]":
    order: Sequence[Any] = _AS_INDEXED if queue is Queue.STALE else (col(ReportRow.number),)
    return _paged(
        select(col(ReportRow.number), col(ReportRow.version), col(ReportRow.data))
        .where(*_waiting(queue))
        .order_by(*order)
    )


_PAGES: Mapping[Queue, "Select[Any]"] = {queue: _page_of(queue) for queue in Queue}
_COUNTS = select(
    *(
        select(func.count()).select_from(ReportRow).where(*_waiting(queue)).scalar_subquery()
        for queue in Queue
    )
)
_IS_OPEN = col(HintRow.state) == "open"
_HOW_MANY_HINTS = select(func.count()).select_from(HintRow).where(_IS_OPEN)
_OF_HINT: Sequence[Any] = (HintRow.number, HintRow.solution, HintRow.body, HintRow.text, HintRow.made)
_HINTS = _paged(select(*_OF_HINT).where(_IS_OPEN).order_by(col(HintRow.number)))
