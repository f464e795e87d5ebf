"""The audit trail: what was done to reports, accounts, hints and subscriptions. Rows are only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert

from catalogue.storage.precious import EventRow


class Subject(StrEnum):
    """What something was done to."""

    REPORT = "report"
    ACCOUNT = "account"
    HINT = "hint"
    SUBSCRIPTION = "subscription"
    MESSAGE = "message"  # of the outbox


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
    changes = {name: list(pair) for name, pair in entered.changes.items()}
    found = connection.execute(
        insert(EventRow)
        .values(
            subject=entered.subject.value,
            number=entered.number,
            at=entered.at,
            actor=entered.actor,
            action=entered.action,
            changes=changes,
            reason=entered.reason,
        )
        .returning(EventRow.__table__.c.id)  # type: ignore[attr-defined]  # of a table model
    )
    return int(found.scalar_one())
