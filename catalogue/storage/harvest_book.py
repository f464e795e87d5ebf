"""The book of the harvest: who looks at which repository, what each look learned, when the next one is due.

Every method is a transaction of its own and raises the errors of `catalogue.storage.errors`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update
from sqlmodel import col

from catalogue.domain.snapshot import Plain, Question, Snapshot
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.domain.snapshot_text import plain_from_snapshot
from catalogue.standards.address import BadAddress, same_repository
from catalogue.storage import harvested
from catalogue.storage.database import writer
from catalogue.storage.harvested import Kept, Page, SeenChange, Standing
from catalogue.storage.json_text import json_text
from catalogue.storage.tables import AliasRow, ChangeRow, PageRow, RepositoryRow, SnapshotRow

_OFTEN = frozenset({"asked", "looked_at", "refs", "activity"})  # differ though nothing was learned

Remembered = Mapping[str, Mapping[str, object]]


class HarvestBook:
    """What the store knows of repositories. Threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        """`Store.harvest` makes it."""
        self._engine = engine

    # --- Reading

    def standings(self, keys: Sequence[str] | None = None) -> Mapping[str, Standing]:
        """How repositories stand with the harvest; all of them where `keys` is None."""
        with self._engine.connect() as connection:
            return harvested.standings(connection, keys)

    def latest(self, keys: Sequence[str]) -> Mapping[str, Kept]:
        """The last snapshot of each, by the keys asked for; moved repositories answer to their old keys."""
        with self._engine.connect() as connection:
            return harvested.latest(connection, keys)

    def observed(self, ids: Sequence[str]) -> Mapping[str, Mapping[int, Kept]]:
        """The snapshots that the published catalogue shows, by solution and position of the repository."""
        with self._engine.connect() as connection:
            return harvested.observed(connection, ids)

    def due(self, now: datetime) -> list[str]:
        """Keys of the repositories that are due or asked for, the longest waiting first."""
        with self._engine.connect() as connection:
            return harvested.due(connection, now)

    def remembered(self, key: str) -> Remembered:
        """What forges want to be asked with next time."""
        with self._engine.connect() as connection:
            return harvested.remembered(connection, key)

    def changes(
        self, keys: Sequence[str] | None = None, *, kinds: Collection[ChangeKind] = (), limit: int = 100
    ) -> list[SeenChange]:
        """What has happened, latest first; without `keys` in all repositories, without `kinds` all of it."""
        with self._engine.connect() as connection:
            return harvested.seen_changes(connection, keys=keys, kinds=kinds, limit=limit)

    def named_by(self, keys: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """Ids of the published solutions that name each repository, by its key of today."""
        with self._engine.connect() as connection:
            return harvested.named_by(connection, keys)

    def mark(self) -> tuple[object, ...]:
        """The same as long as nothing was looked at and nothing learned."""
        with self._engine.connect() as connection:
            return harvested.mark(connection)

    def last_attempt(self) -> datetime | None:
        """When any repository was last looked at from here, well or in vain."""
        with self._engine.connect() as connection:
            return harvested.last_attempt(connection)

    def pages(self) -> Mapping[str, Page]:
        """All contact pages that were looked at."""
        with self._engine.connect() as connection:
            return harvested.pages(connection)

    # --- Writing

    def know(self, repositories: Mapping[str, tuple[str, datetime]]) -> None:
        """Enter repositories that are new: key -> (address, when due). Known and moved ones stay."""
        with writer(self._engine).begin() as connection:
            today = harvested.keys_of_today(connection, repositories)
            known = set(connection.scalars(select(col(RepositoryRow.key))))
            rows = [
                _new_row(key, address, due)
                for key, (address, due) in repositories.items()
                if today[key] not in known
            ]
            if rows:
                connection.execute(insert(RepositoryRow), rows)

    def claim(self, key: str, *, now: datetime, lease: timedelta) -> bool:
        """Whether the repository is ours to look at until now + lease: nobody else looks at it."""
        free = or_(col(RepositoryRow.lease_until).is_(None), col(RepositoryRow.lease_until) <= now)
        claimed = update(RepositoryRow).where(col(RepositoryRow.key) == key, free)
        with writer(self._engine).begin() as connection:
            return connection.execute(claimed.values(lease_until=now + lease)).rowcount == 1

    def release(self, keys: Collection[str]) -> None:
        """Let go of claims without having looked."""
        with writer(self._engine).begin() as connection:
            for key in keys:
                _set(connection, key, lease_until=None)

    def ask_again(self, key: str, *, now: datetime) -> None:
        """Somebody wants a look; the next worker takes it."""
        with writer(self._engine).begin() as connection:
            today = harvested.keys_of_today(connection, [key])[key]
            _set(connection, today, asked_for=now)

    def keep(
        self,
        key: str,
        snapshot: Snapshot,
        *,
        now: datetime,
        due: datetime,
        remembered: Remembered,
        changes: Iterable[Change] = (),
        is_shipped: bool = False,
    ) -> bool:
        """Keep what a look learned, under the address that it found; returns whether that is anything new."""
        with writer(self._engine).begin() as connection:
            key = _moved(connection, key, snapshot.address)
            is_new = _keep_snapshot(connection, key, snapshot, is_shipped=is_shipped)
            _keep_changes(connection, key, changes, now)
            seen = {} if is_shipped else {**_WELL, "last_attempt": now, "last_success": now}
            _set(connection, key, **seen, due=due, remembered=dict(remembered))
            return is_new

    def unchanged(self, key: str, *, now: datetime, due: datetime, remembered: Remembered) -> None:
        """A look has learned nothing new: only the date moves."""
        with writer(self._engine).begin() as connection:
            last = harvested.latest(connection, [key]).get(key)
            if last:
                moved = update(SnapshotRow).where(col(SnapshotRow.id) == last.id)
                connection.execute(moved.values(last_seen=now))
            _set(
                connection, key, **_WELL, last_attempt=now, last_success=now, due=due,
                remembered=dict(remembered),
            )  # fmt: skip

    def failed(self, key: str, *, now: datetime, due: datetime, reason: str, detail: str) -> None:
        """A look has failed: snapshots stay as they are."""
        with writer(self._engine).begin() as connection:
            before = harvested.standings(connection, [key]).get(key)
            _set(
                connection, key, lease_until=None, asked_for=None, last_attempt=now, due=due, reason=reason,
                detail=detail, failures=(before.failures if before else 0) + 1,
                failing_since=before.failing_since if before and before.failing_since else now,
            )  # fmt: skip

    def keep_pages(self, outcomes: Mapping[str, str], *, now: datetime) -> None:
        """Keep whether contact pages are `there`, `gone` or `unreachable`."""
        with writer(self._engine).begin() as connection:
            known = harvested.pages(connection)
            for address, outcome in outcomes.items():
                before = known.get(address)
                there = now if outcome == "there" else before.last_there if before else None
                since = before.since if before and before.outcome == outcome else now
                connection.execute(delete(PageRow).where(col(PageRow.address) == address))
                row = {"address": address, "outcome": outcome, "since": since, "looked_at": now}
                connection.execute(insert(PageRow).values(**row, last_there=there))


_WELL: Mapping[str, object] = {
    "lease_until": None, "asked_for": None, "failing_since": None, "failures": 0, "reason": None,
    "detail": "",
}  # fmt: skip


def _new_row(key: str, address: str, due: datetime) -> dict[str, object]:
    return {"key": key, "address": address, "due": due, "failures": 0, "detail": "", "remembered": {}}


def _set(connection: Connection, of: str, /, **values: object) -> None:
    connection.execute(update(RepositoryRow).where(col(RepositoryRow.key) == of).values(**values))


def _moved(connection: Connection, key: str, address: str) -> str:
    """The key of a repository after a look: where it has moved, its history goes with it.

    Where the new address is one that has a history of its own, each keeps its own and the old key becomes
    another name of the new one: a redirect of strangers must not mix two histories.
    """
    try:
        new = same_repository(address)
    except BadAddress:  # a server of the tests; it moves nowhere
        new = key
    if new == key:
        _set(connection, key, address=address)
        return key
    is_known = connection.scalar(select(col(RepositoryRow.key)).where(col(RepositoryRow.key) == new))
    if is_known:
        _set(connection, key, lease_until=None, asked_for=None, due=None)
    else:
        _set(connection, key, key=new, address=address)
    connection.execute(delete(AliasRow).where(col(AliasRow.alias).in_([key, new])))
    connection.execute(update(AliasRow).where(col(AliasRow.repository_key) == key).values(repository_key=new))
    connection.execute(insert(AliasRow).values(alias=key, repository_key=new))
    return new


def _keep_snapshot(connection: Connection, key: str, snapshot: Snapshot, *, is_shipped: bool) -> bool:
    data = plain_from_snapshot(snapshot)
    digest = sha256(json_text(_content(snapshot, data)).encode()).hexdigest()
    query = select(col(SnapshotRow.id), col(SnapshotRow.digest)).where(col(SnapshotRow.repository_key) == key)
    last = connection.execute(query.order_by(col(SnapshotRow.id).desc()).limit(1)).first()
    if last and last[1] == digest:
        same = update(SnapshotRow).where(col(SnapshotRow.id) == last[0])
        connection.execute(same.values(last_seen=snapshot.looked_at, data=data, is_shipped=is_shipped))
        return False
    connection.execute(
        insert(SnapshotRow).values(
            repository_key=key, first_seen=snapshot.looked_at, last_seen=snapshot.looked_at,
            is_shipped=is_shipped, digest=digest, data=data,
        )
    )  # fmt: skip
    return True


def _content(snapshot: Snapshot, data: Mapping[str, Plain]) -> dict[str, object]:
    """What makes a snapshot another one. Counts that move with the day alone take their new values in place:
    the months up to today, how long issues wait."""
    content: dict[str, object] = {name: value for name, value in data.items() if name not in _OFTEN}
    facts = (
        replace(fact, value=None) if fact.question is Question.REACTION else fact for fact in snapshot.facts
    )
    content["facts"] = plain_from_snapshot(replace(snapshot, facts=tuple(facts))).get("facts")
    found = snapshot.activity
    content["activity"] = found and [str(found.first), str(found.last), found.commits, found.is_whole]
    return content


def _keep_changes(connection: Connection, key: str, changes: Iterable[Change], now: datetime) -> None:
    rows = [
        {
            "repository_key": key, "seen": now, "happened": change.on.isoformat(), "kind": change.kind.value,
            "before": change.before, "after": change.after,
            "voice": change.voice.value if change.voice else None,
        }
        for change in changes
    ]  # fmt: skip
    if rows:
        connection.execute(insert(ChangeRow), rows)
