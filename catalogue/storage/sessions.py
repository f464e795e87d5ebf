"""Logins that last: a random secret in the browser, its hash here, an end in any case."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Engine, bindparam, delete, insert, or_, select, update
from sqlmodel import col

from catalogue.domain.account import Account
from catalogue.storage.accounts import account_of
from catalogue.storage.database import writer
from catalogue.storage.keys import digest_of
from catalogue.storage.precious import AccountRow, SessionRow

LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=60)  # without a page asked for
_TOUCH = timedelta(minutes=1)  # how exactly it is known when a login was last used: each look would write


class Sessions:
    """The logins that last. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def open(self, account: int, now: datetime) -> str:
        """Log an account in; the secret for the browser, of 256 random bits. Old logins are swept."""
        secret = secrets.token_urlsafe(32)
        with writer(self._engine).begin() as connection:
            ended = or_(col(SessionRow.expires) <= now, col(SessionRow.last_seen) <= now - IDLE)
            connection.execute(delete(SessionRow).where(ended))
            connection.execute(
                insert(SessionRow).values(
                    digest=digest_of(secret), account=account, made=now, last_seen=now, expires=now + LASTS
                )
            )
            connection.execute(update(AccountRow).where(col(AccountRow.id) == account).values(last_login=now))
        return secret

    def account(self, secret: str, now: datetime) -> Account | None:
        """Who is logged in with this secret; None where nobody is (any more)."""
        digest = digest_of(secret)
        asked = {
            "digest": digest,
            "now": now,
            "latest": now + LASTS + _TOUCH,  # what would last longer is of before the clock was put back
            "seen_after": now - IDLE,
        }
        with self._engine.connect() as connection:
            row = connection.execute(_WHO, asked).mappings().first()
        if row is None:
            return None
        if now - row["last_seen"] >= _TOUCH:
            with writer(self._engine).begin() as connection:
                connection.execute(
                    update(SessionRow).where(col(SessionRow.digest) == digest).values(last_seen=now)
                )
        return account_of(dict(row))

    def end(self, secret: str) -> None:
        """Log out."""
        with writer(self._engine).begin() as connection:
            connection.execute(delete(SessionRow).where(col(SessionRow.digest) == digest_of(secret)))

    def end_all_of(self, account: int) -> None:
        """Log an account out everywhere."""
        with writer(self._engine).begin() as connection:
            connection.execute(delete(SessionRow).where(col(SessionRow.account) == account))


# Built once: it is asked for every page of the office.
_WHO = (
    select(AccountRow.__table__, col(SessionRow.last_seen))  # type: ignore[attr-defined]  # of a table model
    .join(SessionRow, col(SessionRow.account) == col(AccountRow.id))
    .where(
        col(SessionRow.digest) == bindparam("digest"),
        col(SessionRow.expires) > bindparam("now"),
        col(SessionRow.expires) <= bindparam("latest"),
        col(SessionRow.last_seen) > bindparam("seen_after"),
        col(AccountRow.disabled).is_(None),
    )
)
