"""Figures about reports, for the office: states over time, how long decisions take, who is not named."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlmodel import col

from catalogue.domain.reuse_dates import MONTHS
from catalogue.domain.reuse_report import MailDomain, State, Visibility
from catalogue.domain.statistics import Counted, OfficeFigure, Row
from catalogue.storage.events import Subject
from catalogue.storage.precious import EventRow, ReportRow

_MOST_MONTHS = 36
_STATES = tuple(state.value for state in State)
_WAITS = (("0", 0), ("7", 7), ("30", 30))  # up to so many days


def reports(connection: Connection, today: date) -> Counted:
    """How many reports were in which state at the end of each month."""
    state = EventRow.__table__.c.changes["state"]  # type: ignore[attr-defined]  # of a table model
    query = (
        select(col(EventRow.number), col(EventRow.at), state[1].as_string())
        .where(col(EventRow.subject) == Subject.REPORT.value, state[1].as_string().is_not(None))
        .order_by(col(EventRow.at), col(EventRow.id))
    )
    moves = [(row[0], row[1].year * MONTHS + row[1].month - 1, row[2]) for row in connection.execute(query)]
    now = today.year * MONTHS + today.month - 1
    rows = [
        Row(key=(f"{month // MONTHS:04}-{month % MONTHS + 1:02}",), values=tuple(counts))
        for month, counts in _by_month(moves, now)
    ]
    return Counted(
        figure=OfficeFigure.REPORTS,
        keys=("period",),
        columns=tuple(f"state.{state}" for state in _STATES),
        rows=tuple(rows[-_MOST_MONTHS:]),
    )


def _by_month(moves: list[tuple[int, int, str]], now: int) -> Iterable[tuple[int, list[int]]]:
    """The numbers of `_STATES` at the end of each month, from the first with a report to that of today."""
    states: dict[int, str] = {}
    counts: Counter[str] = Counter()
    place = 0
    for month in range(moves[0][1] if moves else now, now + 1):
        while place < len(moves) and moves[place][1] <= month:
            report, _, state = moves[place]
            if report in states:
                counts[states[report]] -= 1
            states[report] = state
            counts[state] += 1
            place += 1
        yield month, [counts[state] for state in _STATES]


def decisions(connection: Connection, today: date) -> Counted:
    """Reports by the whole days from when they came in to the last decision; and those that wait for one."""
    data = ReportRow.__table__.c.data  # type: ignore[attr-defined]  # of a table model
    query = select(col(ReportRow.state), col(ReportRow.reported_at), data["decided_at"].as_string())
    waits: Counter[str] = Counter()
    days: list[int] = []
    for state, reported, decided in connection.execute(query):
        if state == State.PENDING.value:
            waits["open"] += 1
        elif decided:
            took = (datetime.fromisoformat(decided) - reported).days
            days.append(took)
            waits[next((name for name, most in _WAITS if took <= most), "more")] += 1
    names = (*(name for name, _ in _WAITS), "more", "open")
    days.sort()
    return Counted(
        figure=OfficeFigure.DECISIONS,
        keys=("wait",),
        columns=("reports",),
        rows=tuple(Row(key=(name,), values=(waits[name],)) for name in names),
        notes={"median_days": days[len(days) // 2] if days else None},
    )


def unnamed(connection: Connection, today: date) -> Counted:
    """Confirmed reports of bodies that only the office sees, by solution."""
    data = ReportRow.__table__.c.data  # type: ignore[attr-defined]  # of a table model
    query = (
        select(col(ReportRow.solution), col(ReportRow.body), col(ReportRow.stage), col(ReportRow.number))
        .where(
            col(ReportRow.state) == State.CONFIRMED.value,
            data["claim.visibility"].as_string() == Visibility.UNNAMED.value,
        )
        .order_by(col(ReportRow.solution), col(ReportRow.number))
    )
    rows = [
        Row(key=(solution, body, stage or "", str(number)))
        for solution, body, stage, number in connection.execute(query)
    ]
    return Counted(
        figure=OfficeFigure.UNNAMED,
        keys=("solution", "body", "stage", "report"),
        columns=(),
        rows=tuple(rows),
    )


def mail_domains(connection: Connection, today: date) -> Counted:
    """Reports by how the reporter's mail domain stands to the body."""
    data = ReportRow.__table__.c.data  # type: ignore[attr-defined]  # of a table model
    kind = data["mail_domain"].as_string()
    found = {row[0]: row[1] for row in connection.execute(select(kind, func.count()).group_by(kind))}
    rows = [Row(key=(one.value,), values=(found.get(one.value, 0),)) for one in MailDomain]
    return Counted(figure=OfficeFigure.MAIL_DOMAINS, keys=("mail",), columns=("reports",), rows=tuple(rows))
