"""The outbox: what is to be sent, kept in the same transaction as the reason for it.

What was sent loses text and address and stays as a line of the log.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    and_,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import col

from catalogue.domain.delivery import LEASE, WAITS, Parcel, Trouble
from catalogue.standards.mail_address import domain_of
from catalogue.storage.database import writer
from catalogue.storage.precious import OutboxRow

Transaction = Connection  # for services, which pass it on
Also = Callable[[Transaction], None]
TABLE = OutboxRow.__table__  # type: ignore[attr-defined]  # of a table model


class Channel(StrEnum):
    """How something is sent."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Sending(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail (title and text) or a call of a webhook (text is the body, JSON)."""

    channel: Channel = Channel.MAIL
    address: str
    title: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    subject: str  # what it is about: report, hint, subscription, account
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that is ours to send until the lease ends."""

    parcel: Parcel
    subject: str
    number: int
    lease_until: datetime


def post(connection: Connection, message: Message, now: datetime) -> int:
    """Put a message into the outbox; whoever delivers finds it once the transaction is committed."""
    row = insert(OutboxRow).values(
        channel=message.channel.value,
        address=message.address,
        title=message.title,
        text=message.text,
        headers=dict(message.headers),
        subject=message.subject,
        number=message.number,
        made=now,
        due=now,
        tries=0,
        state=Sending.WAITING.value,
        trouble="",
    )
    return int(connection.execute(row.returning(TABLE.c.id)).scalar_one())


def drop(connection: Connection, subject: str, number: int, now: datetime) -> None:
    """Send nothing more about this, and forget what waits or failed: nobody wants it any more."""
    unsent = and_(TABLE.c.subject == subject, TABLE.c.number == number, TABLE.c.text != "")
    for row in connection.execute(select(TABLE).where(unsent)).mappings().all():
        end_row(connection, row, Sending.GIVEN_UP, now, Trouble.DROPPED)


def forget_unsent(connection: Connection, before: datetime) -> int:
    """Forget text and address of what was given up before; its line stays. How many there were."""
    old = and_(TABLE.c.state == Sending.GIVEN_UP.value, TABLE.c.text != "", TABLE.c.done < before)
    rows = connection.execute(select(TABLE).where(old)).mappings().all()
    for row in rows:
        end_row(connection, row, Sending.GIVEN_UP, row["done"], row["trouble"])
    return len(rows)


def last_mail(connection: Connection, subject: str, number: int) -> datetime | None:
    """When the last mail about this was made."""
    found: datetime | None = connection.scalar(
        select(col(OutboxRow.made))
        .where(
            col(OutboxRow.subject) == subject,
            col(OutboxRow.number) == number,
            col(OutboxRow.channel) == Channel.MAIL.value,
        )
        .order_by(col(OutboxRow.made).desc())
        .limit(1)
    )
    return found


class Outbox:
    """What waits to be sent, for whoever delivers. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def claim(self, channel: Channel, now: datetime, *, not_to: Collection[str] = ()) -> Claimed | None:
        """The message that waits longest, ours until the lease ends; None where nothing is due.

        Whoever stops in the middle leaves a lease that ends: the message is sent again, once. Where that
        ends in the middle too, it is given up, so that nobody gets it a third time.
        """
        with writer(self._engine).begin() as connection:
            while row := connection.execute(_due(channel, now, not_to)).mappings().first():
                was_interrupted = row["lease_until"] is not None
                if was_interrupted and row["trouble"] == Trouble.INTERRUPTED:
                    end_row(connection, row, Sending.GIVEN_UP, now, Trouble.INTERRUPTED)
                    continue
                trouble = Trouble.INTERRUPTED.value if was_interrupted else row["trouble"]
                claimed = {"lease_until": now + LEASE, "tries": row["tries"] + 1, "trouble": trouble}
                connection.execute(update(OutboxRow).where(TABLE.c.id == row["id"]).values(**claimed))
                return _claimed({**row, **claimed})
        return None

    def sent(self, claimed: Claimed, now: datetime) -> None:
        """It was taken: text, headers and address go, the line stays."""
        with writer(self._engine).begin() as connection:
            if row := _held(connection, claimed):
                end_row(connection, row, Sending.SENT, now, "")

    def later(self, claimed: Claimed, due: datetime, trouble: str) -> None:
        """It was not taken and is tried again when it is due."""
        with writer(self._engine).begin() as connection:
            if row := _held(connection, claimed):
                again = update(OutboxRow).where(TABLE.c.id == row["id"])
                connection.execute(again.values(due=due, lease_until=None, trouble=trouble))

    def failed(self, claimed: Claimed, now: datetime, trouble: str) -> None:
        """It was not taken and is not tried again by itself; the office may try it for a while."""
        with writer(self._engine).begin() as connection:
            if row := _held(connection, claimed):
                values = {"state": Sending.GIVEN_UP.value, "lease_until": None, "done": now}
                ended = update(OutboxRow).where(TABLE.c.id == row["id"])
                connection.execute(ended.values(**values, trouble=trouble))


def place_of(channel: str, address: str) -> str:
    """What a log may say of an address: the domain of a mailbox, the host of a webhook."""
    if channel == Channel.MAIL:
        return domain_of(address)
    return urlsplit(address).hostname or "" if "//" in address else address


def is_free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody is sending a row just now. A lease that is far too long was given by a wrong clock."""
    lease = TABLE.c.lease_until
    return or_(lease.is_(None), lease <= now, lease > now + 2 * LEASE)


def _due(channel: Channel, now: datetime, not_to: Collection[str]) -> Select[tuple[object, ...]]:
    query = select(TABLE).where(
        TABLE.c.state == Sending.WAITING.value,
        TABLE.c.channel == channel.value,
        or_(TABLE.c.due <= now, TABLE.c.due > now + 2 * WAITS[-1]),  # nothing waits so long by a right clock
        is_free(now),
    )
    if not_to:
        query = query.where(TABLE.c.address.not_in(not_to))
    return query.order_by(TABLE.c.due, TABLE.c.id).limit(1).with_for_update(skip_locked=True)


def _held(connection: Connection, claimed: Claimed) -> RowMapping | None:
    """The row, as long as the claim is ours: nobody has taken it over or ended it meanwhile."""
    ours = and_(
        TABLE.c.id == claimed.parcel.number,
        TABLE.c.state == Sending.WAITING.value,
        TABLE.c.lease_until == claimed.lease_until,
    )
    return connection.execute(select(TABLE).where(ours)).mappings().first()


def end_row(connection: Connection, row: RowMapping, state: Sending, now: datetime, trouble: str) -> None:
    """Nothing more is to be done: only what a log may say is left."""
    place = place_of(str(row["channel"]), str(row["address"]))
    values = {"state": state.value, "done": now, "trouble": str(trouble), "address": place}
    ended = update(OutboxRow).where(TABLE.c.id == row["id"])
    connection.execute(ended.values(**values, text="", headers={}, lease_until=None))


def _claimed(row: Mapping[str, object]) -> Claimed:
    headers = row["headers"] if isinstance(row["headers"], Mapping) else {}
    parcel = Parcel(
        number=int(str(row["id"])),
        address=str(row["address"]),
        title=str(row["title"]),
        text=str(row["text"]),
        headers={str(name): str(value) for name, value in headers.items()},
        made=row["made"],  # type: ignore[arg-type]  # a Moment
        tries=int(str(row["tries"])),
    )
    until: datetime = row["lease_until"]  # type: ignore[assignment]  # a Moment
    return Claimed(
        parcel=parcel, subject=str(row["subject"]), number=int(str(row["number"])), lease_until=until
    )
