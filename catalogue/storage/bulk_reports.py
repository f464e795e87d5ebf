"""Writes many reports with their events at once: for invented data, never for what people report."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from sqlalchemy import insert

from catalogue.domain.reuse_report import Event, ReuseReport
from catalogue.storage.database import writer
from catalogue.storage.events import Subject
from catalogue.storage.precious import EventRow, ReportRow
from catalogue.storage.reuse_book import row_of
from catalogue.storage.store import Store

_AT_ONCE = 2_000


def write_reports(store: Store, histories: Iterable[tuple[ReuseReport, tuple[Event, ...]]]) -> int:
    """Write reports, numbered from 1 as their events are, into a store without any; returns how many."""
    rest, written = iter(histories), 0
    with writer(store._engine).begin() as connection:
        while some := list(islice(rest, _AT_ONCE)):
            reports = [
                {**row_of(replace(one, version=events[-1].number)), "number": one.number,
                 "version": events[-1].number}
                for one, events in some
            ]  # fmt: skip
            connection.execute(insert(ReportRow), reports)
            connection.execute(insert(EventRow), [_row(event) for _, events in some for event in events])
            written += len(some)
    return written


def _row(event: Event) -> dict[str, object]:
    return {
        "id": event.number,
        "subject": Subject.REPORT.value,
        "number": event.report,
        "at": event.at,
        "actor": event.actor,
        "action": event.action.value,
        "changes": {name: list(pair) for name, pair in event.changes.items()},
        "reason": event.reason,
    }
