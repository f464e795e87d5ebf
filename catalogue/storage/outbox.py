"""The outbox: what is to be sent, kept in the same transaction as the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, insert

from catalogue.storage.precious import OutboxRow


class Channel(StrEnum):
    """How something is sent."""

    MAIL = "mail"
    WEBHOOK = "webhook"


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


def post(connection: Connection, message: Message, now: datetime) -> None:
    """Put a message into the outbox; whoever delivers finds it once the transaction is committed."""
    connection.execute(
        insert(OutboxRow).values(
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
            state="waiting",
            trouble="",
        )
    )


class Outbox:
    """What waits to be sent and what was sent. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine
