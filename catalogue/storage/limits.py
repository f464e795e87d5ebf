"""How often somebody may do something: counted in the database, so that all processes count together."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, delete, func, insert, select
from sqlmodel import col

from catalogue.storage.database import writer
from catalogue.storage.precious import AttemptRow

LONGEST = timedelta(days=2)  # no limit looks back further, so no attempt is kept longer


class Limits:
    """Counts attempts by a keyed hash of who and what: an address of a reader is never kept.

    What lies further ahead than a limit looks back was counted by a clock that went wrong, and does not
    count: else it would lock people out until that day.
    """

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def take(
        self, what: str, whom: str, *, most: int, within: timedelta, now: datetime, secret: bytes
    ) -> bool:
        """Count one attempt, or return False where `most` were made `within` this time (at most two days)."""
        bucket = _bucket(what, whom, secret)
        recent = select(func.count()).where(_is_recent(bucket, min(within, LONGEST), now))
        with writer(self._engine).begin() as connection:
            if (connection.scalar(recent) or 0) >= most:
                return False
            connection.execute(insert(AttemptRow).values(bucket=bucket, at=now))
            return True

    def count(self, what: str, whom: str, *, within: timedelta, now: datetime, secret: bytes) -> int:
        """How many attempts were counted this time."""
        recent = select(func.count()).where(_is_recent(_bucket(what, whom, secret), within, now))
        with self._engine.connect() as connection:
            return connection.scalar(recent) or 0

    def forget(self, what: str, whom: str, *, secret: bytes) -> None:
        """Count none of the attempts so far any more."""
        with writer(self._engine).begin() as connection:
            connection.execute(
                delete(AttemptRow).where(col(AttemptRow.bucket) == _bucket(what, whom, secret))
            )

    def give_back(self, what: str, whom: str, *, secret: bytes) -> None:
        """Do not count the last attempt: it was none of those that are limited."""
        last = select(func.max(col(AttemptRow.id))).where(
            col(AttemptRow.bucket) == _bucket(what, whom, secret)
        )
        with writer(self._engine).begin() as connection:
            connection.execute(delete(AttemptRow).where(col(AttemptRow.id) == last.scalar_subquery()))

    def purge(self, now: datetime) -> int:
        """Delete what no limit looks at any more; how much there was."""
        with writer(self._engine).begin() as connection:
            old = delete(AttemptRow).where(col(AttemptRow.at) < now - LONGEST)
            return int(connection.execute(old).rowcount)


def _is_recent(bucket: str, within: timedelta, now: datetime) -> ColumnElement[bool]:
    at = col(AttemptRow.at)
    return and_(col(AttemptRow.bucket) == bucket, at > now - within, at < now + within)


def _bucket(what: str, whom: str, secret: bytes) -> str:
    return hmac.new(secret, f"{what}\0{whom}".encode(), hashlib.sha256).hexdigest()
