"""The audit trail: what was done to reports, accounts, hints and all else. Rows are only ever added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Table, insert

from catalogue.storage.precious import EventRow

_EVENTS: Table = EventRow.__table__  # type: ignore[attr-defined]  # of a table model


class Subject(StrEnum):
    """What something was done to."""

    REPORT = "report"
    ACCOUNT = "account"
    HINT = "hint"
    SUBSCRIPTION = "subscription"
    MESSAGE = "message"  # of the outbox
    DEMAND = "demand"  # a search term, without the term: what is hidden may be a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A line of the audit trail. Names no mail address; `actor` as in `domain.reuse_report`."""

    subject: Subject
    number: int
    at: datetime
    actor: str
    action: str
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    reason: str = ""


def enter(connection: Connection, entered: Entered) -> int:
    """Add a line to the audit trail; its number."""
    return enter_many(connection, [entered])[0]


def enter_many(connection: Connection, lines: Sequence[Entered]) -> list[int]:
    """Add lines to the audit trail; their numbers, in the same order."""
    found = connection.scalars(
        insert(_EVENTS).returning(_EVENTS.c.id, sort_by_parameter_order=True),
        [
            {
                "subject": line.subject.value,
                "number": line.number,
                "at": line.at,
                "actor": line.actor,
                "action": line.action,
                "changes": {name: list(pair) for name, pair in line.changes.items()},
                "reason": line.reason,
            }
            for line in lines
        ],
    )
    return [int(number) for number in found]
