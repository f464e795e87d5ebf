"""The tables: what is kept, and what is derived from it and rebuilt at will.

Tables only store; the rules live in the domain. Every change here needs a step in `migrations/versions`.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
)
from sqlmodel import Field, SQLModel

# Before the first table: constraints without a name cannot be migrated later.
METADATA = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone, so it is put back when reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone: nobody could say later which one was meant."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# --- Kept: published entries with their first and last date ----------------------------------------------


class SolutionRow(SQLModel, table=True):
    """A published entry, whole; `name`, `open_source`, `latest_event` stand apart for lists and figures."""

    __tablename__ = "solution"

    id: str = Field(primary_key=True)
    name: str
    open_source: str | None
    content_hash: str
    fields: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # as in Entry.fields
    text_de: str = Field(sa_column=Column(Text, nullable=False))
    text_en: str = Field(sa_column=Column(Text, nullable=False))
    first_published: datetime = Field(sa_column=Column(Moment, nullable=False))
    last_changed: datetime = Field(sa_column=Column(Moment, nullable=False))
    latest_event: str


class ReferenceRow(SQLModel, table=True):
    """An organisation, topic or model project, as the list of the entries folder has it."""

    __tablename__ = "reference"

    kind: str = Field(primary_key=True)  # organisation | topic | model-project
    id: str = Field(primary_key=True)
    position: int
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class CatalogueRow(SQLModel, table=True):
    """The one row that says which catalogue is published, and which folder holds its index."""

    __tablename__ = "catalogue"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int
    index_folder: str
    content_hash: str
    published_at: datetime = Field(sa_column=Column(Moment, nullable=False))


# --- Derived: rebuilt from the solutions by every publication (catalogue/storage/derived.py) --------------


def _of_solution() -> Column[str]:
    return Column(String, ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True)


class ReuseRow(SQLModel, table=True):
    """One row of an entry's `reuses`; `body` is the key of today, `position` leads back to the entry."""

    __tablename__ = "reuse"
    __table_args__ = (
        Index(None, "counts", "solution_id", "body", "confirmed"),  # "reused by n, confirmed m"
        Index(None, "body", "counts", "solution_id", "position"),  # a body's page, who takes part
    )

    solution_id: str = Field(sa_column=_of_solution())
    position: int = Field(primary_key=True)
    body: str
    relation: str
    stage: str | None
    confirmed: bool
    counts: bool
    latest: str


class ProvisionRow(SQLModel, table=True):
    """One row of an entry's `providers`; `body` is the key of today."""

    __tablename__ = "provision"
    __table_args__ = (Index(None, "body", "solution_id", "role"),)

    solution_id: str = Field(sa_column=_of_solution())
    position: int = Field(primary_key=True)
    body: str
    role: str


class LinkRow(SQLModel, table=True):
    """A solution names something by its id: a topic, a model project, another solution."""

    __tablename__ = "link"
    __table_args__ = (Index(None, "kind", "target", "solution_id"),)

    solution_id: str = Field(sa_column=_of_solution())
    kind: str = Field(primary_key=True)  # catalogue.storage.derived.Link
    target: str = Field(primary_key=True)


KEPT: tuple[type[SQLModel], ...] = (SolutionRow, ReferenceRow, CatalogueRow)
DERIVED: tuple[type[SQLModel], ...] = (ReuseRow, ProvisionRow, LinkRow)
# Precious tables (reuse reports, decisions, accounts) join in a module of their own, never in DERIVED:
# nothing but a migration may touch them as a whole.
