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
    reuse_event: int  # number of the last event of a report that is published


# --- Kept: what was seen of repositories ------------------------------------------------------------------


class RepositoryRow(SQLModel, table=True):
    """A repository as the harvest knows it: where it is, when it was looked at, when it is due again.

    `key` is `standards.address.same_repository` of its address. `lease_until` says that somebody looks at
    it now. `remembered` is what forges want to be asked with next time (ETags and what was picked).
    """

    __tablename__ = "repository"
    __table_args__ = (Index(None, "due"),)

    key: str = Field(primary_key=True)
    address: str
    due: datetime | None = Field(default=None, sa_column=Column(Moment))
    asked_for: datetime | None = Field(default=None, sa_column=Column(Moment))  # somebody wants a look
    last_attempt: datetime | None = Field(default=None, sa_column=Column(Moment))
    last_success: datetime | None = Field(default=None, sa_column=Column(Moment))
    failing_since: datetime | None = Field(default=None, sa_column=Column(Moment))
    failures: int = 0
    reason: str | None = None
    detail: str = Field(default="", sa_column=Column(Text, nullable=False))
    lease_until: datetime | None = Field(default=None, sa_column=Column(Moment))
    remembered: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


def _of_repository(**options: Any) -> Column[str]:
    reference = ForeignKey("repository.key", onupdate="CASCADE", ondelete="CASCADE")
    return Column(String, reference, nullable=False, **options)


class AliasRow(SQLModel, table=True):
    """An address (as a key) under which a repository was known before it moved."""

    __tablename__ = "alias"

    alias: str = Field(primary_key=True)
    repository_key: str = Field(sa_column=_of_repository())


class SnapshotRow(SQLModel, table=True):
    """What one look learned (`domain.snapshot_text`). A look that learns nothing new moves `last_seen`."""

    __tablename__ = "snapshot"
    __table_args__ = (Index(None, "repository_key", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    repository_key: str = Field(sa_column=_of_repository())
    first_seen: datetime = Field(sa_column=Column(Moment, nullable=False))
    last_seen: datetime = Field(sa_column=Column(Moment, nullable=False))
    is_shipped: bool
    digest: str
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class ChangeRow(SQLModel, table=True):
    """Something that two looks in a row have seen happen (`domain.snapshot_changes.Change`)."""

    __tablename__ = "repository_change"
    __table_args__ = (Index(None, "repository_key", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    repository_key: str = Field(sa_column=_of_repository())
    seen: datetime = Field(sa_column=Column(Moment, nullable=False))
    happened: str  # YYYY-MM-DD
    kind: str
    before: str | None
    after: str | None
    voice: str | None


class PageRow(SQLModel, table=True):
    """A contact page that an entry names, and whether it was there when somebody looked."""

    __tablename__ = "page"

    address: str = Field(primary_key=True)
    outcome: str  # there | gone | unreachable
    since: datetime = Field(sa_column=Column(Moment, nullable=False))
    looked_at: datetime = Field(sa_column=Column(Moment, nullable=False))
    last_there: datetime | None = Field(default=None, sa_column=Column(Moment))


# --- Derived: rebuilt from the solutions by every publication (catalogue/storage/derived.py) --------------


def _of_solution() -> Column[str]:
    return Column(String, ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True)


class ReuseRow(SQLModel, table=True):
    """A reuse as it is published, joined from all that is said of it; `body` is the key of today.

    What counts and statistics ask for stands in columns of its own, `data` holds all of it
    (`domain.reuse_text`). `interested` to `ended` say when each stage began (YYYY, YYYY-MM or YYYY-MM-DD;
    empty: at a time that nobody knows; None: never that anybody knows of).
    """

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
    standing: str
    report: int | None
    affirmed: str | None  # YYYY-MM-DD
    land: str  # 2 digits, empty where unknown or unnamed
    size: str  # size class, empty where there is none
    funded: str  # by the programme: yes | no | unknown
    interested: str | None
    planned: str | None
    trial: str | None
    in_use: str | None
    ended: str | None
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


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


class ObservationRow(SQLModel, table=True):
    """A repository of a published solution, and the snapshot of it that the published catalogue shows."""

    __tablename__ = "observation"
    __table_args__ = (Index(None, "repository_key", "solution_id"),)

    solution_id: str = Field(sa_column=_of_solution())
    position: int = Field(primary_key=True)
    repository_key: str
    snapshot_id: int | None


class ShownRow(SQLModel, table=True):
    """Fingerprints of what the published catalogue shows of a solution beside its entry: of all `signs`, and
    of what is `known` of its reuse (empty: what the entry says)."""

    __tablename__ = "shown"

    solution_id: str = Field(sa_column=_of_solution())
    signs: str
    known: str


KEPT: tuple[type[SQLModel], ...] = (
    SolutionRow,
    ReferenceRow,
    CatalogueRow,
    RepositoryRow,
    AliasRow,
    SnapshotRow,
    ChangeRow,
    PageRow,
)
DERIVED: tuple[type[SQLModel], ...] = (ReuseRow, ProvisionRow, LinkRow, ObservationRow, ShownRow)
# Precious tables (reuse reports, decisions, accounts) are in catalogue/storage/precious.py, never in DERIVED:
# nothing but a migration may touch them as a whole.
