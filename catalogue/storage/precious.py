"""The precious tables: what only people can tell us. Only ever migrated and backed up, never rebuilt.

Tables only store; the rules live in the domain. Every change here needs a step in `migrations/versions`.
Mail addresses stand in `reporter`, `outbox`, `subscription`, `hint` and `account` and nowhere else; secrets
are kept as their hashes.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field, SQLModel

from catalogue.storage.tables import Moment

_NEVER_TWICE = {"sqlite_autoincrement": True}  # SQLite would give the number of a deleted row again


def _moment() -> Column[Any]:
    return Column(Moment, nullable=False)


def _maybe() -> Column[Any]:
    return Column(Moment)


def _data() -> Column[Any]:
    return Column(JSON, nullable=False)


def _text() -> Column[Any]:
    return Column(Text, nullable=False)


class ReportRow(SQLModel, table=True):
    """A reuse report as its events have left it (`domain.reuse_report.plain_of` in `data`).

    What lists ask for stands apart; `version` is the number of the last event.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index(None, "solution", "body"),
        Index(None, "body", "solution", "state"),  # what a body has, counted without reading the reports
        Index(None, "state", "number"),
        Index(None, "is_to_check", "number"),
        Index(None, "state", "affirmed_at", "asked_at", "stage"),  # who should be asked
        Index(None, "stage", "state", "number"),  # denials have no stage
        _NEVER_TWICE,
    )

    number: int | None = Field(default=None, primary_key=True)
    version: int
    solution: str
    body: str
    state: str
    stage: str | None
    is_to_check: bool
    reported_at: datetime = Field(sa_column=_moment())
    affirmed_at: datetime | None = Field(default=None, sa_column=_maybe())
    asked_at: datetime | None = Field(default=None, sa_column=_maybe())
    data: dict[str, Any] = Field(sa_column=_data())


class EventRow(SQLModel, table=True):
    """What was done, by whom, when, and what it changed. Rows are only ever added.

    `subject` is what it was done to: report, account, hint, subscription; `number` says which.
    """

    __tablename__ = "event"
    __table_args__ = (Index(None, "subject", "number", "id"), Index(None, "at"), _NEVER_TWICE)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    number: int
    at: datetime = Field(sa_column=_moment())
    actor: str
    action: str
    changes: dict[str, Any] = Field(sa_column=_data())
    reason: str = Field(default="", sa_column=_text())


class ReporterRow(SQLModel, table=True):
    """How to reach whoever reported: the only place that holds the address of a reporter."""

    __tablename__ = "reporter"
    __table_args__ = (Index(None, "email"),)

    report: int = Field(primary_key=True)
    email: str
    language: str
    since: datetime = Field(sa_column=_moment())


class KeyRow(SQLModel, table=True):
    """The secret part of a link that was mailed, as its SHA-256; `purpose` as in `storage.keys.Purpose`."""

    __tablename__ = "link_key"
    __table_args__ = (Index(None, "purpose", "subject"), Index(None, "expires"))

    digest: str = Field(primary_key=True)
    purpose: str
    subject: int  # number of the report or subscription
    made: datetime = Field(sa_column=_moment())
    expires: datetime = Field(sa_column=_moment())
    used: datetime | None = Field(default=None, sa_column=_maybe())
    revoked: datetime | None = Field(default=None, sa_column=_maybe())


class OutboxRow(SQLModel, table=True):
    """A mail or webhook call to be sent; what was sent loses its text and stays as a line of the log."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "due"), Index(None, "subject", "number"), _NEVER_TWICE)

    id: int | None = Field(default=None, primary_key=True)
    channel: str  # mail | webhook
    address: str
    title: str
    text: str = Field(sa_column=_text())
    headers: dict[str, Any] = Field(sa_column=_data())
    subject: str  # what it is about, as in event
    number: int
    made: datetime = Field(sa_column=_moment())
    due: datetime = Field(sa_column=_moment())
    lease_until: datetime | None = Field(default=None, sa_column=_maybe())
    tries: int = 0
    state: str  # waiting | sent | given-up
    done: datetime | None = Field(default=None, sa_column=_maybe())
    trouble: str = Field(default="", sa_column=_text())


class AttemptRow(SQLModel, table=True):
    """Somebody did something that is limited in number; `bucket` is a keyed hash of whom and what."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "bucket", "at"), Index(None, "at"))

    id: int | None = Field(default=None, primary_key=True)
    bucket: str
    at: datetime = Field(sa_column=_moment())


class AccountRow(SQLModel, table=True):
    """An account of the office. `password` is an argon2 hash, empty where OpenID Connect logs in."""

    __tablename__ = "account"
    __table_args__ = (_NEVER_TWICE,)

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    role: str
    password: str
    oidc_subject: str | None = Field(default=None, unique=True)
    made: datetime = Field(sa_column=_moment())
    disabled: datetime | None = Field(default=None, sa_column=_maybe())
    last_login: datetime | None = Field(default=None, sa_column=_maybe())


class SessionRow(SQLModel, table=True):
    """A login that lasts; `digest` is the SHA-256 of what the cookie holds."""

    __tablename__ = "session"
    __table_args__ = (Index(None, "account"), Index(None, "expires"))

    digest: str = Field(primary_key=True)
    account: int
    made: datetime = Field(sa_column=_moment())
    last_seen: datetime = Field(sa_column=_moment())
    expires: datetime = Field(sa_column=_moment())


class HintRow(SQLModel, table=True):
    """Somebody says that something is not right on a profile, or about one reuse on it."""

    __tablename__ = "hint"
    __table_args__ = (Index(None, "state", "number"), _NEVER_TWICE)

    number: int | None = Field(default=None, primary_key=True)
    solution: str
    body: str  # empty where it is about the profile
    text: str = Field(sa_column=_text())
    place: str  # where one sees it: an address or words; may be empty
    email: str  # empty where nobody wants an answer
    state: str  # open | done | dismissed
    made: datetime = Field(sa_column=_moment())


class SubscriptionRow(SQLModel, table=True):
    """Somebody wants to be told what happens to the reuse of a solution."""

    __tablename__ = "subscription"
    __table_args__ = (Index(None, "solution", "state"), Index(None, "address"), _NEVER_TWICE)

    number: int | None = Field(default=None, primary_key=True)
    solution: str
    channel: str  # mail | webhook
    address: str  # mail address, or where to call
    contact: str  # mail address of whoever looks after it
    language: str
    secret: str  # signs the calls of a webhook
    state: str  # unconfirmed | active | stopped
    made: datetime = Field(sa_column=_moment())
    told_until: int  # number of the last event that it was told of


class TermRow(SQLModel, table=True):
    """How often a search term was used on a day, and what came of it. Holds nothing about who searched."""

    __tablename__ = "search_term"
    __table_args__ = (Index(None, "day"),)

    term: str = Field(primary_key=True)
    day: str = Field(primary_key=True)  # YYYY-MM-DD
    searches: int
    found: int  # solutions that the last of them found
    opened: int  # how often somebody opened one of the results


PRECIOUS: tuple[type[SQLModel], ...] = (
    *(ReportRow, EventRow, ReporterRow, KeyRow, OutboxRow, AttemptRow),
    *(AccountRow, SessionRow, HintRow, SubscriptionRow, TermRow),
)
