"""Subscriptions: who wants to be told what happens to the reuse of a solution.

Addresses stand in the table alone; what was done to a subscription is in the audit trail, without them.
"""

import secrets
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select, update
from sqlmodel import col

from catalogue.storage.database import writer
from catalogue.storage.events import Subject
from catalogue.storage.keys import Purpose, use_key
from catalogue.storage.outbox import Channel
from catalogue.storage.precious import EventRow, ReportRow, SubscriptionRow
from catalogue.storage.subscription_rows import (
    SUBSCRIBER,
    TABLE,
    Standing,
    Subscription,
    find_row,
    find_same,
    insert_row,
    keep_row,
    stop_subscription,
    subscription_of,
)

# What joins a transaction: it gets the subscription as it is kept.
Also = Callable[[Connection, Subscription], None]


class Subscriptions:
    """All subscriptions. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def find(self, number: int) -> Subscription | None:
        """A subscription, or None where there is none (any more)."""
        with self._engine.connect() as connection:
            return find_row(connection, number)

    def all(self, *, offset: int, limit: int) -> tuple[int, list[tuple[Subscription, datetime]]]:
        """How many there are, and a page of them with when each was made: by solution, the latest first."""
        query = select(TABLE).order_by(col(SubscriptionRow.solution), TABLE.c.number.desc())
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(TABLE)) or 0
            rows = connection.execute(query.offset(offset).limit(limit)).mappings()
            return total, [(subscription_of(row), row["made"]) for row in rows]

    def active(self, *, behind: int) -> list[Subscription]:
        """Those that are active and have not been told of the event with this number."""
        query = select(TABLE).where(
            TABLE.c.state == Standing.ACTIVE.value, col(SubscriptionRow.told_until) < behind
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(TABLE.c.number)).mappings()
            return [subscription_of(row) for row in rows]

    def touched(self, solutions: Collection[str], *, since: int) -> list[tuple[str, int]]:
        """Solution and number of the reports about these solutions to which something was done since."""
        query = (
            select(col(ReportRow.solution), col(ReportRow.number))
            .join(EventRow, col(EventRow.number) == col(ReportRow.number))
            .where(col(EventRow.subject) == Subject.REPORT.value, col(EventRow.id) > since)
            .where(col(ReportRow.solution).in_(solutions))
            .distinct()
            .order_by(col(ReportRow.number))
        )
        with self._engine.connect() as connection:
            return [(str(row[0]), int(str(row[1]))) for row in connection.execute(query)]

    def subscribe(self, wanted: Subscription, now: datetime, *, also: Also) -> Subscription:
        """Keep a subscription that waits for its confirmation, or find the same one that is there already."""
        with writer(self._engine).begin() as connection:
            kept = find_same(connection, wanted) or insert_row(connection, wanted, now)
            if kept.standing is Standing.UNCONFIRMED:  # another mail, another seven days
                row = update(SubscriptionRow).where(TABLE.c.number == kept.number)
                connection.execute(row.values(made=now))
            also(connection, kept)
        return kept

    def confirm(self, key: str, now: datetime, *, also: Also) -> Subscription | None:
        """Use the link of the mail: the subscription, active from now on; None where it does not open."""
        with writer(self._engine).begin() as connection:
            number = use_key(connection, Purpose.SUBSCRIBE, key, now)
            found = find_row(connection, number) if number else None
            if found is None:
                return None
            if found.standing is Standing.UNCONFIRMED:
                found = replace(
                    found,
                    standing=Standing.ACTIVE,
                    secret=_new_secret(found.channel),
                    told_until=_last_event(connection),
                )
                keep_row(connection, found, "confirmed", now, {"standing": ("unconfirmed", "active")})
                also(connection, found)
            return found

    def change(self, number: int, now: datetime, *, language: str = "", address: str = "") -> bool:
        """Change what is given of an active subscription; False where there is none."""
        with writer(self._engine).begin() as connection:
            found = _active_row(connection, number)
            if found is None:
                return False
            changed = replace(found, language=language or found.language, address=address or found.address)
            if changed != found:
                moved = changed.address != found.address  # an address is no part of the audit trail
                language_change = {"language": (found.language, changed.language)}
                address_change = {"address": ("before", "another")} if moved else {}
                keep_row(connection, changed, "changed", now, {**language_change, **address_change})
            return True

    def renew_secret(self, number: int, now: datetime) -> str | None:
        """A new key for the signatures of a webhook; None where there is nothing to sign."""
        with writer(self._engine).begin() as connection:
            found = _active_row(connection, number)
            if found is None or found.channel is not Channel.WEBHOOK:
                return None
            renewed = replace(found, secret=_new_secret(found.channel))
            keep_row(connection, renewed, "secret-renewed", now, {})
            return renewed.secret

    def stop(self, number: int, now: datetime, *, actor: str = SUBSCRIBER, reason: str = "") -> bool:
        """End and forget a subscription; False where it is gone already."""
        with writer(self._engine).begin() as connection:
            return stop_subscription(connection, number, actor=actor, now=now, reason=reason)

    def tell(
        self,
        told: Subscription,
        until: int,
        *,
        is_due: Callable[[Connection], bool] = lambda connection: True,
        messages: Callable[[Connection], None] | None = None,
    ) -> bool:
        """Note that a subscription was told up to an event, with the messages that tell it.

        False, and nothing is sent, where somebody else has told it meanwhile, it has ended, or is not due.
        """
        noted = update(SubscriptionRow).where(
            TABLE.c.number == told.number,
            TABLE.c.told_until == told.told_until,
            TABLE.c.state == Standing.ACTIVE.value,
        )
        with writer(self._engine).begin() as connection:
            if not is_due(connection) or connection.execute(noted.values(told_until=until)).rowcount != 1:
                return False
            if messages:
                messages(connection)
            return True


def _active_row(connection: Connection, number: int) -> Subscription | None:
    found = find_row(connection, number)
    return found if found and found.standing is Standing.ACTIVE else None


def _new_secret(channel: Channel) -> str:
    return secrets.token_urlsafe(32) if channel is Channel.WEBHOOK else ""


def _last_event(connection: Connection) -> int:
    query = select(func.max(col(EventRow.id))).where(col(EventRow.subject) == Subject.REPORT.value)
    return connection.scalar(query) or 0
