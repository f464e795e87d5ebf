"""What was seen of repositories, typed, as it is read from the store."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select
from sqlmodel import col

from catalogue.domain.snapshot import Snapshot, Voice
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.domain.snapshot_text import snapshot_from_plain
from catalogue.storage.tables import (
    AliasRow,
    ChangeRow,
    ObservationRow,
    PageRow,
    RepositoryRow,
    SnapshotRow,
)

_AT_ONCE = 500  # values in one question to the database


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a repository stands with the harvest. `reason` and `detail` are those of the last failure."""

    key: str
    address: str
    due: datetime | None
    asked_for: datetime | None
    last_attempt: datetime | None
    last_success: datetime | None
    failing_since: datetime | None
    failures: int
    reason: str | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A snapshot as kept. `first_seen` and `last_seen`: the first and the last look that learned just this.

    The snapshot's own `looked_at` is that of the last look.
    """

    id: int
    key: str
    snapshot: Snapshot
    is_shipped: bool
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenChange:
    """A change with the repository that it happened to and the look that saw it."""

    id: int
    key: str
    seen: datetime
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A contact page: `there`, `gone` or `unreachable`, since when, and when it was last there."""

    address: str
    outcome: str
    since: datetime
    looked_at: datetime
    last_there: datetime | None


_STANDING = (
    col(RepositoryRow.key),
    col(RepositoryRow.address),
    col(RepositoryRow.due),
    col(RepositoryRow.asked_for),
    col(RepositoryRow.last_attempt),
    col(RepositoryRow.last_success),
    col(RepositoryRow.failing_since),
    col(RepositoryRow.failures),
    col(RepositoryRow.reason),
    col(RepositoryRow.detail),
)
_KEPT = (
    col(SnapshotRow.id),
    col(SnapshotRow.repository_key),
    col(SnapshotRow.data),
    col(SnapshotRow.is_shipped),
    col(SnapshotRow.first_seen),
    col(SnapshotRow.last_seen),
)


def keys_of_today(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """The key under which each repository is known now; one that has not moved keeps its own."""
    wanted = list(dict.fromkeys(keys))
    found = {key: key for key in wanted}
    query = select(col(AliasRow.alias), col(AliasRow.repository_key))
    for some in _batches(wanted):
        found |= {row[0]: row[1] for row in connection.execute(query.where(col(AliasRow.alias).in_(some)))}
    return found


def standings(connection: Connection, keys: Sequence[str] | None) -> dict[str, Standing]:
    """How repositories stand, by the keys asked for (or by their own, where all are)."""
    if keys is None:
        return {row[0]: Standing(**row._mapping) for row in connection.execute(select(*_STANDING))}
    today = keys_of_today(connection, keys)
    rows: dict[str, Standing] = {}
    for some in _batches(list(set(today.values()))):
        query = select(*_STANDING).where(col(RepositoryRow.key).in_(some))
        rows |= {row[0]: Standing(**row._mapping) for row in connection.execute(query)}
    return {key: rows[now] for key, now in today.items() if now in rows}


def latest(connection: Connection, keys: Sequence[str]) -> dict[str, Kept]:
    """The last snapshot of each repository that has one, by the keys asked for."""
    today = keys_of_today(connection, keys)
    found: dict[str, Kept] = {}
    for some in _batches(list(set(today.values()))):
        last = select(func.max(col(SnapshotRow.id))).where(col(SnapshotRow.repository_key).in_(some))
        query = select(*_KEPT).where(
            col(SnapshotRow.id).in_(last.group_by(col(SnapshotRow.repository_key)).scalar_subquery())
        )
        found |= {row[1]: _kept(row) for row in connection.execute(query)}
    return {key: found[now] for key, now in today.items() if now in found}


def observed(connection: Connection, ids: Sequence[str]) -> dict[str, dict[int, Kept]]:
    """The snapshots that the published catalogue shows, by solution and position of the repository."""
    found: dict[str, dict[int, Kept]] = {}
    query = select(col(ObservationRow.solution_id), col(ObservationRow.position), *_KEPT).join(
        SnapshotRow, col(SnapshotRow.id) == col(ObservationRow.snapshot_id)
    )
    for some in _batches(ids):
        for row in connection.execute(query.where(col(ObservationRow.solution_id).in_(some))):
            found.setdefault(row[0], {})[row[1]] = _kept(tuple(row)[2:])
    return found


def due(connection: Connection, now: datetime) -> list[str]:
    """Keys of the repositories that are due, the longest waiting first, without those looked at now."""
    query = (
        select(col(RepositoryRow.key))
        .where(or_(col(RepositoryRow.due) <= now, col(RepositoryRow.asked_for).is_not(None)))
        .where(or_(col(RepositoryRow.lease_until).is_(None), col(RepositoryRow.lease_until) <= now))
        .order_by(col(RepositoryRow.due), col(RepositoryRow.key))
    )
    return [row[0] for row in connection.execute(query)]


def remembered(connection: Connection, key: str) -> Mapping[str, Mapping[str, object]]:
    """What forges want to be asked with next time."""
    query = select(col(RepositoryRow.remembered)).where(col(RepositoryRow.key) == key)
    return connection.scalar(query) or {}


def seen_changes(
    connection: Connection,
    *,
    keys: Sequence[str] | None = None,
    kinds: Collection[ChangeKind] = (),
    limit: int = 100,
) -> list[SeenChange]:
    """What has happened, latest first; without `keys` in all repositories, without `kinds` all of it."""
    query = select(
        col(ChangeRow.id), col(ChangeRow.repository_key), col(ChangeRow.seen), col(ChangeRow.kind),
        col(ChangeRow.happened), col(ChangeRow.before), col(ChangeRow.after), col(ChangeRow.voice),
    )  # fmt: skip
    if keys is not None:
        today = sorted(set(keys_of_today(connection, keys).values()))[:_AT_ONCE]
        query = query.where(col(ChangeRow.repository_key).in_(today))
    if kinds:
        query = query.where(col(ChangeRow.kind).in_(sorted(kind.value for kind in kinds)))
    query = query.order_by(col(ChangeRow.happened).desc(), col(ChangeRow.id).desc()).limit(limit)
    return [_change(row) for row in connection.execute(query)]


def named_by(connection: Connection, keys: Iterable[str]) -> dict[str, list[str]]:
    """The published solutions that name each repository, under its key of today or an older one."""
    wanted = sorted(set(keys))
    today = {key: key for key in wanted}
    aliases = select(col(AliasRow.alias), col(AliasRow.repository_key))
    for some in _batches(wanted):
        found = connection.execute(aliases.where(col(AliasRow.repository_key).in_(some)))
        today |= {row[0]: row[1] for row in found}
    named: dict[str, dict[str, None]] = {}
    query = select(col(ObservationRow.repository_key), col(ObservationRow.solution_id)).order_by(
        col(ObservationRow.solution_id)
    )
    for some in _batches(sorted(today)):
        for key, solution in connection.execute(query.where(col(ObservationRow.repository_key).in_(some))):
            named.setdefault(today[key], {})[solution] = None
    return {key: list(solutions) for key, solutions in named.items()}


def last_attempt(connection: Connection) -> datetime | None:
    """When any repository was last looked at from here, well or in vain."""
    query = select(col(RepositoryRow.last_attempt)).where(col(RepositoryRow.last_attempt).is_not(None))
    return connection.scalar(query.order_by(col(RepositoryRow.last_attempt).desc()).limit(1))


def mark(connection: Connection) -> tuple[object, ...]:
    """The same as long as nothing was looked at, learned or asked for."""
    query = select(
        select(func.max(col(SnapshotRow.id))).scalar_subquery(),
        select(func.max(col(SnapshotRow.last_seen))).scalar_subquery(),
        select(func.max(col(RepositoryRow.last_attempt))).scalar_subquery(),
        select(func.max(col(PageRow.looked_at))).scalar_subquery(),
        select(func.count()).select_from(RepositoryRow).scalar_subquery(),
    )
    return tuple(connection.execute(query).one())


def pages(connection: Connection) -> dict[str, Page]:
    """All contact pages that were looked at, by address."""
    query = select(
        col(PageRow.address), col(PageRow.outcome), col(PageRow.since), col(PageRow.looked_at),
        col(PageRow.last_there),
    )  # fmt: skip
    return {row[0]: Page(**row._mapping) for row in connection.execute(query)}


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _kept(row: Sequence[Any]) -> Kept:
    number, key, data, is_shipped, first, last = row
    snapshot = snapshot_from_plain(data)
    return Kept(
        id=number, key=key, snapshot=replace(snapshot, looked_at=last), is_shipped=is_shipped,
        first_seen=first, last_seen=last,
    )  # fmt: skip


def _change(row: Sequence[Any]) -> SeenChange:
    number, key, seen, kind, happened, before, after, voice = row
    return SeenChange(
        id=number, key=key, seen=seen,
        change=Change(
            kind=ChangeKind(kind), on=date.fromisoformat(happened), before=before, after=after,
            voice=Voice(voice) if voice else None,
        ),
    )  # fmt: skip
