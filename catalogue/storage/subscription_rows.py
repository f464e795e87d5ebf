"""A subscription and its row: found, kept and stopped, each with its line in the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlmodel import col

from catalogue.storage.events import Entered, Subject, enter
from catalogue.storage.keys import Purpose, revoke_keys
from catalogue.storage.outbox import Channel, drop
from catalogue.storage.precious import SubscriptionRow

SUBSCRIBER = "subscriber"  # who acts, by a link that was mailed
DIGEST = "digest"  # what the outbox says that a mail with news is about
TABLE = SubscriptionRow.__table__  # type: ignore[attr-defined]  # of a table model
Changes = Mapping[str, tuple[object, object]]


class Standing(StrEnum):
    """Where a subscription stands; one that was stopped is deleted."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A wish to be told. `number` is 0 until it is kept.

    `address` is a mailbox or where to call; `contact` is the mailbox of whoever looks after it. `secret`
    signs the calls of a webhook.
    """

    number: int = 0
    solution: str
    channel: Channel
    address: str
    contact: str
    language: str
    secret: str = ""
    standing: Standing = Standing.UNCONFIRMED
    told_until: int = 0

    @property
    def is_active(self) -> bool:
        """Whether it was confirmed."""
        return self.standing is Standing.ACTIVE


def subscription_of(row: RowMapping) -> Subscription:
    """The subscription that a row holds."""
    return Subscription(
        number=row["number"],
        solution=row["solution"],
        channel=Channel(row["channel"]),
        address=row["address"],
        contact=row["contact"],
        language=row["language"],
        secret=row["secret"],
        standing=Standing(row["state"]),
        told_until=row["told_until"],
    )


def find_row(connection: Connection, number: int) -> Subscription | None:
    """The subscription with this number, or None."""
    row = connection.execute(select(TABLE).where(TABLE.c.number == number)).mappings().first()
    return subscription_of(row) if row else None


def find_same(connection: Connection, wanted: Subscription) -> Subscription | None:
    """A subscription that would tell the same to the same."""
    names = ("solution", "channel", "address", "contact")
    row = connection.execute(select(TABLE).where(*(TABLE.c[name] == getattr(wanted, name) for name in names)))
    found = row.mappings().first()
    return subscription_of(found) if found else None


def insert_row(connection: Connection, wanted: Subscription, now: datetime) -> Subscription:
    """Keep a new subscription."""
    row = insert(SubscriptionRow).values(**_row(wanted), made=now).returning(TABLE.c.number)
    kept = replace(wanted, number=int(connection.execute(row).scalar_one()))
    changes = {"solution": (None, wanted.solution), "channel": (None, wanted.channel.value)}
    _enter(connection, kept.number, "subscribed", now, changes)
    return kept


def keep_row(
    connection: Connection, changed: Subscription, action: str, now: datetime, changes: Changes
) -> None:
    """Keep a subscription as its subscriber has changed it."""
    kept = update(SubscriptionRow).where(col(SubscriptionRow.number) == changed.number)
    connection.execute(kept.values(**_row(changed)))
    _enter(connection, changed.number, action, now, changes)


def stop_subscription(
    connection: Connection, number: int, *, actor: str, now: datetime, reason: str = ""
) -> bool:
    """End and forget a subscription: nothing that waits is sent, its links end; False where it is gone."""
    found = find_row(connection, number)
    if found is None:
        return False
    connection.execute(delete(SubscriptionRow).where(TABLE.c.number == number))
    changes = {"standing": (found.standing.value, None)}
    _enter(connection, number, "stopped", now, changes, actor=actor, reason=reason)
    for purpose in (Purpose.SUBSCRIBE, Purpose.SUBSCRIPTION):
        revoke_keys(connection, purpose, number, now)
    for subject in (Subject.SUBSCRIPTION.value, DIGEST):
        drop(connection, subject, number, now)
    return True


def _row(kept: Subscription) -> dict[str, object]:
    return {
        "solution": kept.solution,
        "channel": kept.channel.value,
        "address": kept.address,
        "contact": kept.contact,
        "language": kept.language,
        "secret": kept.secret,
        "state": kept.standing.value,
        "told_until": kept.told_until,
    }


def _enter(
    connection: Connection,
    number: int,
    action: str,
    now: datetime,
    changes: Changes,
    *,
    actor: str = SUBSCRIBER,
    reason: str = "",
) -> None:
    enter(
        connection,
        Entered(
            subject=Subject.SUBSCRIPTION,
            number=number,
            at=now,
            actor=actor,
            action=action,
            changes=changes,
            reason=reason,
        ),
    )
