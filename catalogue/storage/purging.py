"""Deletes what is no longer needed, by the periods of `domain.retention`."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Engine,
    Executable,
    and_,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped
from sqlmodel import col

from catalogue.domain.retention import PERIODS, Kept
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import State
from catalogue.storage.database import writer
from catalogue.storage.events import Subject
from catalogue.storage.hints import HintState
from catalogue.storage.keys import Purpose
from catalogue.storage.limits import LONGEST
from catalogue.storage.outbox import drop, forget_unsent
from catalogue.storage.precious import (
    AttemptRow,
    EventRow,
    HintRow,
    KeyRow,
    OutboxRow,
    ReporterRow,
    ReportRow,
    SessionRow,
    SubscriptionRow,
)
from catalogue.storage.subscription_rows import Standing
from catalogue.storage.terms import purge_terms
from catalogue.storage.traces import without_traces, write_back

assert PERIODS[Kept.ATTEMPTS].lasts == LONGEST
_LINKS_OF_REPORTS = (Purpose.CONFIRM.value, Purpose.RECEIPT.value, Purpose.TICKET.value)
_LINKS_OF_SUBSCRIPTIONS = (Purpose.SUBSCRIBE.value, Purpose.SUBSCRIPTION.value)
Counts = Mapping[Kept, int]


class Purging:
    """Deletes what has outlived its period, all of it in one transaction."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def count(self, now: datetime, secret: bytes) -> Counts:
        """How much `run` would delete now; nothing is changed."""
        with writer(self._engine).connect() as connection, connection.begin() as transaction:
            found = _purge(connection, now, secret)
            transaction.rollback()
        return found

    def run(self, now: datetime, secret: bytes) -> Counts:
        """Delete; returns how much there was of each kind. `secret` makes the marks of rare search terms."""
        with without_traces(self._engine) as connection:
            counts = _purge(connection, now, secret)
        write_back(self._engine)
        return counts


def _purge(connection: Connection, now: datetime, secret: bytes) -> Counts:
    counts = {kept: purge(connection, now - PERIODS[kept].lasts, now) for kept, purge in _PURGES.items()}
    counts |= purge_terms(connection, now, secret)
    return {kept: counts[kept] for kept in Kept if kept in counts}


def _unconfirmed(connection: Connection, before: datetime, now: datetime) -> int:
    """Nobody ever said that these are real: they vanish whole. A link that was sent anew keeps its report."""
    link = exists().where(
        col(KeyRow.purpose) == Purpose.CONFIRM.value,
        col(KeyRow.subject) == col(ReportRow.number),
        col(KeyRow.used).is_(None),
        col(KeyRow.revoked).is_(None),
        col(KeyRow.expires) > now,
    )
    old = select(col(ReportRow.number)).where(
        col(ReportRow.state) == State.UNCONFIRMED.value, col(ReportRow.reported_at) < before, ~link
    )
    numbers = [number for number in connection.scalars(old) if number]
    for first in range(0, len(numbers), 500):
        _forget_reports(connection, numbers[first : first + 500])
    return len(numbers)


def _forget_reports(connection: Connection, numbers: list[int]) -> None:
    is_theirs = and_(col(EventRow.subject) == Subject.REPORT.value, col(EventRow.number).in_(numbers))
    connection.execute(delete(EventRow).where(is_theirs))
    connection.execute(delete(ReporterRow).where(col(ReporterRow.report).in_(numbers)))
    links = and_(col(KeyRow.purpose).in_(_LINKS_OF_REPORTS), col(KeyRow.subject).in_(numbers))
    connection.execute(delete(KeyRow).where(links))
    mails = and_(col(OutboxRow.subject) == Subject.REPORT.value, col(OutboxRow.number).in_(numbers))
    connection.execute(delete(OutboxRow).where(mails))
    connection.execute(delete(ReportRow).where(col(ReportRow.number).in_(numbers)))


def _last_event(subject: Subject, number: Mapped[int | None]) -> ColumnElement[datetime]:
    """When something was last done to a subject; for a condition of a query over it."""
    return (
        select(func.max(col(EventRow.at)))
        .where(col(EventRow.subject) == subject.value, col(EventRow.number) == number)
        .scalar_subquery()
    )


def _reporters(*reports: ColumnElement[bool]) -> Callable[[Connection, datetime, datetime], int]:
    """Deletes the addresses that belong to such reports, where their last change lies long enough back."""

    def purge(connection: Connection, before: datetime, _now: datetime) -> int:
        of_report = select(col(ReportRow.number)).where(
            *reports, _last_event(Subject.REPORT, col(ReportRow.number)) <= before
        )
        return _changed(connection, delete(ReporterRow).where(col(ReporterRow.report).in_(of_report)))

    return purge


def _hint_addresses(connection: Connection, before: datetime, _now: datetime) -> int:
    """Closing a hint deletes its address; so only open ones have any."""
    old = and_(col(HintRow.email) != "", col(HintRow.made) < before)
    return _changed(connection, update(HintRow).where(old).values(email=""))


def _hints(connection: Connection, before: datetime, _now: datetime) -> int:
    old = and_(col(HintRow.state) != HintState.OPEN.value, col(HintRow.made) < before)
    return _changed(connection, delete(HintRow).where(old))


def _subscriptions(connection: Connection, before: datetime, now: datetime) -> int:
    """Each mail that asks for a confirmation makes a subscription new."""
    old = select(col(SubscriptionRow.number)).where(
        col(SubscriptionRow.state) == Standing.UNCONFIRMED.value, col(SubscriptionRow.made) < before
    )
    numbers = [number for number in connection.scalars(old) if number]
    for number in numbers:
        links = and_(col(KeyRow.purpose).in_(_LINKS_OF_SUBSCRIPTIONS), col(KeyRow.subject) == number)
        connection.execute(delete(KeyRow).where(links))
        drop(connection, Subject.SUBSCRIPTION.value, number, now)
        connection.execute(delete(SubscriptionRow).where(col(SubscriptionRow.number) == number))
    return len(numbers)


def _changed(connection: Connection, statement: Executable) -> int:
    result = connection.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0


_PURGES: Mapping[Kept, Callable[[Connection, datetime, datetime], int]] = {
    Kept.UNCONFIRMED: _unconfirmed,
    Kept.DECLINED: _reporters(col(ReportRow.state).in_((State.REJECTED.value, State.WITHDRAWN.value))),
    Kept.ENDED: _reporters(
        col(ReportRow.state) == State.CONFIRMED.value, col(ReportRow.stage) == Stage.ENDED.value
    ),
    Kept.MERGED: _reporters(col(ReportRow.state) == State.MERGED.value),
    Kept.LINKS: lambda c, before, _: _changed(c, delete(KeyRow).where(col(KeyRow.expires) < before)),
    Kept.ATTEMPTS: lambda c, before, _: _changed(c, delete(AttemptRow).where(col(AttemptRow.at) < before)),
    Kept.MESSAGES: lambda c, before, _: forget_unsent(c, before),
    Kept.SENDINGS: lambda c, before, _: _changed(c, delete(OutboxRow).where(col(OutboxRow.done) < before)),
    Kept.HINT_ADDRESSES: _hint_addresses,
    Kept.HINTS: _hints,
    Kept.SUBSCRIPTIONS: _subscriptions,
    Kept.SESSIONS: lambda c, before, _: _changed(
        c, delete(SessionRow).where(col(SessionRow.expires) < before)
    ),
}
assert _PURGES.keys() | {Kept.TERMS, Kept.RARE_TERMS, Kept.TERM_MARKS, Kept.UPLOADS} == set(Kept)
