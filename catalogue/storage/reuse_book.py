"""The book of reuse: reports and their events. Nothing is overwritten; a report is what its events say.

Every method is a transaction of its own and raises the errors of `catalogue.storage.errors`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update
from sqlmodel import col

from catalogue.domain.reuse_report import (
    Action,
    Event,
    ReuseReport,
    State,
    differences,
    plain_of,
    report_from,
)
from catalogue.storage.database import writer
from catalogue.storage.events import Entered, Subject, enter, enter_many
from catalogue.storage.precious import EventRow, ReporterRow, ReportRow

_REPORTS: Table = ReportRow.__table__  # type: ignore[attr-defined]  # of a table model
# As an expression, so that the newest events are read by their numbers, not all of a report by an index.
_IS_OF_REPORT = col(EventRow.subject).concat("") == Subject.REPORT.value
LAST_EVENT = select(col(EventRow.id)).where(_IS_OF_REPORT).order_by(col(EventRow.id).desc()).limit(1)
_COLUMNS = (col(ReportRow.number), col(ReportRow.version), col(ReportRow.data))


# What belongs to a change and is done in its transaction.
Also: TypeAlias = Callable[[Connection, ReuseReport], object]


class Overtaken(Exception):
    """Somebody else has changed the report meanwhile: read it again and decide anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """How to reach whoever reported. `language` is de or en."""

    email: str
    language: str


class ReuseBook:
    """All reports with their history. Threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    # --- Reading

    def find(self, number: int) -> ReuseReport | None:
        """A report as it stands, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(*_COLUMNS).where(col(ReportRow.number) == number)).first()
        return report_from(row[2], number=row[0], version=row[1]) if row else None

    def about(
        self, solutions: Collection[str] | None = None, *, states: Collection[State] = (), body: str = ""
    ) -> list[ReuseReport]:
        """The reports about these solutions (None: all) and this body (empty: all), by number."""
        query = select(*_COLUMNS).order_by(col(ReportRow.number))
        if solutions is not None:
            query = query.where(col(ReportRow.solution).in_(solutions))
        if states:
            query = query.where(col(ReportRow.state).in_([state.value for state in states]))
        if body:
            query = query.where(col(ReportRow.body) == body)
        with self._engine.connect() as connection:
            return [report_from(row[2], number=row[0], version=row[1]) for row in connection.execute(query)]

    def history(self, number: int) -> list[Event]:
        """All events of a report, first to last."""
        return self.histories([number])[number]

    def histories(self, numbers: Collection[int]) -> Mapping[int, list[Event]]:
        """The same of several reports; none where there is no such report."""
        query = (
            select(EventRow.__table__)  # type: ignore[attr-defined]  # of a table model
            .where(col(EventRow.subject) == Subject.REPORT.value, col(EventRow.number).in_(numbers))
            .order_by(col(EventRow.id))
        )
        found: dict[int, list[Event]] = {number: [] for number in numbers}
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                found[row["number"]].append(_event(dict(row)))
        return found

    def last_event(self) -> int:
        """The number of the last event of any report; 0 where there is none."""
        with self._engine.connect() as connection:
            return connection.scalar(LAST_EVENT) or 0

    def changed_since(self, event: int) -> frozenset[str]:
        """The solutions that reports with an event after this one are about, or were before."""
        query = (
            select(col(ReportRow.solution), col(EventRow.changes))
            .join(EventRow, col(EventRow.number) == col(ReportRow.number))
            .where(_IS_OF_REPORT, col(EventRow.id) > event)
        )
        found: set[str] = set()
        with self._engine.connect() as connection:
            for solution, changes in connection.execute(query):
                found |= {solution, str((changes.get("claim.solution") or [None])[0] or solution)}
        return frozenset(found)

    def bodies(self) -> frozenset[str]:
        """The keys of all bodies that some report is about."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(col(ReportRow.body)).distinct()))

    def reporter(self, number: int) -> Reporter | None:
        """How to reach whoever made a report; None where nobody did, or the address was deleted."""
        query = select(col(ReporterRow.email), col(ReporterRow.language)).where(
            col(ReporterRow.report) == number
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return Reporter(email=row[0], language=row[1]) if row else None

    # --- Writing

    def keep_new(
        self, reports: Sequence[ReuseReport], *, action: Action, actor: str, now: datetime, reason: str = ""
    ) -> list[ReuseReport]:
        """As `keep`, of many new reports at once: all of them or none."""
        if not reports:
            return []
        with writer(self._engine).begin() as connection:
            numbers = connection.scalars(
                insert(_REPORTS).returning(_REPORTS.c.number, sort_by_parameter_order=True),
                [{**row_of(report), "version": 0} for report in reports],
            ).all()
            numbered = [replace(one, number=number) for one, number in zip(reports, numbers, strict=True)]
            events = enter_many(
                connection,
                [_entered(report, None, action, actor, now, reason) for report in numbered],
            )
            kept = [replace(one, version=event) for one, event in zip(numbered, events, strict=True)]
            connection.execute(
                update(_REPORTS).where(_REPORTS.c.number == bindparam("of")).values(version=bindparam("to")),
                [{"of": one.number, "to": one.version} for one in kept],
            )
        return kept

    def keep(
        self,
        report: ReuseReport,
        *,
        action: Action,
        actor: str,
        now: datetime,
        reason: str = "",
        also: Also | None = None,
    ) -> ReuseReport:
        """Keep a new report (number 0) or a changed one, with the event that says what changed.

        `also` does what belongs to it in the same transaction: keys, messages, the reporter's address.
        Raises `Overtaken` where the report was changed since it was read (its `version`).
        """
        with writer(self._engine).begin() as connection:
            kept = keep_report(connection, report, action=action, actor=actor, now=now, reason=reason)
            if also:
                also(connection, kept)
        return kept


def keep_report(
    connection: Connection,
    report: ReuseReport,
    *,
    action: Action,
    actor: str,
    now: datetime,
    reason: str = "",
) -> ReuseReport:
    """As `ReuseBook.keep`, within a transaction."""
    before = _locked(connection, report) if report.number else None
    if not report.number:
        # The number is known only afterwards; until then the row says nothing.
        number = connection.execute(
            insert(ReportRow).values(**row_of(report), version=0).returning(ReportRow.__table__.c.number)  # type: ignore[attr-defined]  # of a table model
        ).scalar_one()
        report = replace(report, number=int(number))
    event = enter(connection, _entered(report, before, action, actor, now, reason))
    kept = replace(report, version=event)
    connection.execute(
        update(ReportRow).where(col(ReportRow.number) == kept.number).values(**row_of(kept), version=event)
    )
    return kept


def _entered(
    report: ReuseReport, before: ReuseReport | None, action: Action, actor: str, now: datetime, reason: str
) -> Entered:
    return Entered(
        subject=Subject.REPORT,
        number=report.number,
        at=now,
        actor=actor,
        action=action.value,
        changes=differences(before, report),
        reason=reason,
    )


def keep_reporter(connection: Connection, report: int, reporter: Reporter, now: datetime) -> None:
    """Remember how to reach whoever made a report; a new address replaces the old one."""
    known = connection.execute(
        update(ReporterRow)
        .where(col(ReporterRow.report) == report)
        .values(email=reporter.email, language=reporter.language, since=now)
    )
    if not known.rowcount:
        connection.execute(
            insert(ReporterRow).values(
                report=report, email=reporter.email, language=reporter.language, since=now
            )
        )


def expect_unchanged(connection: Connection, report: ReuseReport) -> None:
    """Raise `Overtaken` where a report that another decision leans on was changed since it was read."""
    _locked(connection, report)


def _locked(connection: Connection, report: ReuseReport) -> ReuseReport:
    query = select(*_COLUMNS).where(col(ReportRow.number) == report.number).with_for_update()
    row = connection.execute(query).first()
    if row is None or row[1] != report.version:
        raise Overtaken(str(report.number))
    return report_from(row[2], number=row[0], version=row[1])


def row_of(report: ReuseReport) -> dict[str, object]:
    """The columns of a report, without its number and version."""
    stage = report.claim.stage
    return {
        "solution": report.claim.solution,
        "body": report.claim.body,
        "state": report.state.value,
        "stage": stage.value if stage else None,
        "is_to_check": report.is_to_check,
        "reported_at": report.reported_at,
        "affirmed_at": report.affirmed_at,
        "asked_at": report.asked_at,
        "data": plain_of(report),
    }


def _event(row: Mapping[str, object]) -> Event:
    changes = row["changes"] if isinstance(row["changes"], dict) else {}
    pairs: dict[str, Sequence[object]] = changes
    return Event(
        report=int(str(row["number"])),
        number=int(str(row["id"])),
        at=row["at"],  # type: ignore[arg-type]  # a Moment
        actor=str(row["actor"]),
        action=Action(str(row["action"])),
        changes={name: (pair[0], pair[1]) for name, pair in pairs.items()},
        reason=str(row["reason"]),
    )
