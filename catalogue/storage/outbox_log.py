"""The log of the outbox: what waits, what was sent, what failed, for people to see and to decide on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, RowMapping, and_, func, select, update
from sqlmodel import col

from catalogue.domain.delivery import Trouble
from catalogue.storage.database import writer
from catalogue.storage.outbox import TABLE, Also, Channel, Sending, end_row, is_free, place_of
from catalogue.storage.precious import OutboxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the log. `place` is the domain of a mailbox or the host of a webhook, never more."""

    id: int
    channel: Channel
    place: str
    title: str
    subject: str
    number: int
    made: datetime
    due: datetime
    tries: int
    state: Sending
    done: datetime | None
    trouble: str
    has_text: bool  # so that it can be sent (again)


class OutboxLog:
    """The lines of the outbox. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def lines(self, states: Collection[Sending], *, limit: int) -> list[Line]:
        """The latest lines in these states: what waits by when it is due, what is done by when it was."""
        query = (
            select(TABLE)
            .where(col(OutboxRow.state).in_([state.value for state in states]))
            .order_by(func.coalesce(TABLE.c.done, TABLE.c.due).desc(), TABLE.c.id.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [_line(row) for row in connection.execute(query).mappings()]

    def about(self, subject: str, number: int, *, channel: Channel, limit: int) -> list[Line]:
        """The latest lines about something, latest first."""
        query = (
            select(TABLE)
            .where(
                col(OutboxRow.subject) == subject,
                col(OutboxRow.number) == number,
                col(OutboxRow.channel) == channel.value,
            )
            .order_by(TABLE.c.id.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [_line(row) for row in connection.execute(query).mappings()]

    def counts(self) -> Mapping[Sending, int]:
        """How many lines are in each state."""
        query = select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state))
        with self._engine.connect() as connection:
            return {Sending(state): number for state, number in connection.execute(query)}

    def retry(self, message: int, now: datetime, *, also: Also) -> bool:
        """Send it at once, with all its tries again; False where it is sent, being sent, or has no text."""
        can_be_sent = and_(TABLE.c.id == message, TABLE.c.state != Sending.SENT.value, TABLE.c.text != "")
        again = update(OutboxRow).where(can_be_sent, is_free(now))
        values = {"state": Sending.WAITING.value, "due": now, "tries": 0, "done": None, "lease_until": None}
        with writer(self._engine).begin() as connection:
            if connection.execute(again.values(**values, trouble="")).rowcount != 1:
                return False
            also(connection)
            return True

    def give_up(self, message: int, now: datetime, *, also: Also) -> bool:
        """Never send it, and forget its text and address; False where it is sent or being sent."""
        unsent = and_(TABLE.c.id == message, TABLE.c.state != Sending.SENT.value, TABLE.c.text != "")
        with writer(self._engine).begin() as connection:
            row = connection.execute(select(TABLE).where(unsent, is_free(now))).mappings().first()
            if row is None:
                return False
            end_row(connection, row, Sending.GIVEN_UP, now, Trouble.DROPPED)
            also(connection)
            return True


def _line(row: RowMapping) -> Line:
    return Line(
        id=row["id"],
        channel=Channel(row["channel"]),
        place=place_of(row["channel"], row["address"]),
        title=row["title"],
        subject=row["subject"],
        number=row["number"],
        made=row["made"],
        due=row["due"],
        tries=row["tries"],
        state=Sending(row["state"]),
        done=row["done"],
        trouble=row["trouble"],
        has_text=bool(row["text"]),
    )
