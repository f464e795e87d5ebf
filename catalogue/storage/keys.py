"""Secret links: made once, mailed, and kept as a hash only; each for one purpose and one subject.

Numbers of forms that were sent lie beside them, so that no form counts twice.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from catalogue.storage.database import writer
from catalogue.storage.precious import KeyRow


class Purpose(StrEnum):
    """What a link is good for."""

    CONFIRM = "confirm"  # the reporter has this mailbox; subject: number of the report
    RECEIPT = "receipt"  # the reporter may change, end or withdraw; subject: number of the report
    SUBSCRIBE = "subscribe"  # the subscriber has this mailbox; subject: number of the subscription
    SUBSCRIPTION = "subscription"  # the subscriber may change or stop it
    TICKET = "ticket"  # no link: the number of a form that was sent; subject: what it made or changed


LASTS = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.RECEIPT: timedelta(days=730),
    Purpose.SUBSCRIBE: timedelta(days=7),
    Purpose.SUBSCRIPTION: timedelta(days=730),
    Purpose.TICKET: timedelta(days=1),  # longer than a form lasts
}


class SentBefore(Exception):
    """A form was sent a second time: the first one has done its work, and nothing is to be done again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is known of a link: what it is for and whether it still opens."""

    purpose: Purpose
    subject: int
    made: datetime
    expires: datetime
    used: datetime | None
    revoked: datetime | None

    def opens(self, now: datetime) -> bool:
        """Whether it is neither used up nor revoked nor expired."""
        return self.used is None and self.revoked is None and now < self.expires


def digest_of(secret: str) -> str:
    """The only trace of a secret that is kept: its SHA-256 in hexadecimal. Secrets have 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_key(connection: Connection, purpose: Purpose, subject: int, now: datetime) -> str:
    """A new secret of 43 characters that may stand in an address; to be mailed, never logged."""
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(KeyRow).values(
            digest=digest_of(secret),
            purpose=purpose.value,
            subject=subject,
            made=now,
            expires=now + LASTS[purpose],
        )
    )
    return secret


def use_key(connection: Connection, purpose: Purpose, secret: str, now: datetime) -> int | None:
    """Use up a link; its subject, or None where it does not open. Of two at once only one succeeds."""
    changed = connection.execute(
        update(KeyRow)
        .where(
            col(KeyRow.digest) == digest_of(secret),
            col(KeyRow.purpose) == purpose.value,
            col(KeyRow.used).is_(None),
            col(KeyRow.revoked).is_(None),
            col(KeyRow.expires) > now,
        )
        .values(used=now)
        .returning(col(KeyRow.subject))
    )
    return changed.scalar()


def revoke_keys(connection: Connection, purpose: Purpose, subject: int, now: datetime) -> int:
    """Revoke all links of a purpose and subject that still open; how many there were."""
    found = connection.execute(
        update(KeyRow)
        .where(
            col(KeyRow.purpose) == purpose.value,
            col(KeyRow.subject) == subject,
            col(KeyRow.used).is_(None),
            col(KeyRow.revoked).is_(None),
        )
        .values(revoked=now)
    )
    return int(found.rowcount)


def use_ticket(connection: Connection, number: str, subject: int, now: datetime) -> None:
    """Note that a form was sent, in the transaction of its work. Raises `SentBefore` the second time."""
    try:
        connection.execute(
            insert(KeyRow).values(
                digest=digest_of(number),
                purpose=Purpose.TICKET.value,
                subject=subject,
                made=now,
                expires=now + LASTS[Purpose.TICKET],
                used=now,
            )
        )
    except IntegrityError:
        raise SentBefore from None


class Keys:
    """The links that are out. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def find(self, purpose: Purpose, secret: str) -> Key | None:
        """What is known of a link, also of one that opens no more; None where there never was one."""
        query = select(KeyRow.__table__).where(  # type: ignore[attr-defined]  # of a table model
            col(KeyRow.digest) == digest_of(secret), col(KeyRow.purpose) == purpose.value
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return Key(
            purpose=Purpose(row["purpose"]),
            subject=row["subject"],
            made=row["made"],
            expires=row["expires"],
            used=row["used"],
            revoked=row["revoked"],
        )

    def count(self, purpose: Purpose, subject: int) -> int:
        """How many links of a purpose were made for a subject, whether they open or not."""
        query = select(func.count()).where(
            col(KeyRow.purpose) == purpose.value, col(KeyRow.subject) == subject
        )
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def renew(
        self,
        purpose: Purpose,
        subjects: Collection[int],
        *,
        now: datetime,
        also: Callable[[Connection, Mapping[int, str]], None],
    ) -> None:
        """Revoke the links of these subjects and make a new one for each.

        `also` gets the secrets by subject, to mail them in the same transaction.
        """
        with writer(self._engine).begin() as connection:
            for subject in subjects:
                revoke_keys(connection, purpose, subject, now)
            also(connection, {subject: make_key(connection, purpose, subject, now) for subject in subjects})

    def purge(self, before: datetime) -> int:
        """Delete links that expired before this moment; how many there were."""
        with writer(self._engine).begin() as connection:
            return int(connection.execute(delete(KeyRow).where(col(KeyRow.expires) < before)).rowcount)
