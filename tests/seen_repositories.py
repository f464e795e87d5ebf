"""Catalogues with snapshots in them: what was seen of repositories, kept in a real store and published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from builders import an_entries_folder

from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.domain.snapshot import (
    Activity,
    Fact,
    Gap,
    Person,
    Plain,
    Question,
    Release,
    Snapshot,
    Voice,
    Where,
)
from catalogue.domain.snapshot_changes import Change
from catalogue.domain.vitality_signs import months_before
from catalogue.standards.address import same_repository
from catalogue.storage.store import Store

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
YESTERDAY = NOW - timedelta(days=1)
COMMIT = "c0ffee" + "0" * 34


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the store is to know of a repository; without a snapshot only that a look failed."""

    snapshot: Snapshot | None = None
    address: str = ""
    is_shipped: bool = False
    changes: tuple[Change, ...] = ()
    failed: str = ""


def months_ago(months: int) -> date:
    """The same day so many months ago."""
    return months_before(TODAY, months)


def fact(
    question: Question,
    value: Plain,
    voice: Voice,
    path: str | None = None,
    lines: tuple[int, int] | None = None,
    **more: object,
) -> Fact:
    """Something seen, in a file or nowhere in particular."""
    first, last = lines or (None, None)
    where = Where(path=path, first_line=first, last_line=last)
    return Fact(question=question, value=value, voice=voice, where=where, **more)  # type: ignore[arg-type]


def a_snapshot(
    address: str,
    *facts: Fact,
    last: date | None = None,
    people: int = 2,
    looked: datetime = YESTERDAY,
    releases: tuple[Release, ...] = (),
    gaps: tuple[Gap, ...] = (),
    asked: str | None = None,
    months: tuple[int, ...] = (0, 0, 3, 0, 5, 8, 0, 0, 2, 0, 1, 4),
) -> Snapshot:
    """A look at a repository with a history of six years that ends with `last`."""
    activity = Activity(
        first=date(2020, 1, 1),
        last=last,
        until=looked.date(),
        months=months,
        people=(Person(last=last),) * people,
        commits=sum(months),
    ) if last else None  # fmt: skip
    return Snapshot(
        asked=asked or address, address=address, looked_at=looked, branch="main", commit=COMMIT,
        committed_at=looked, refs="r", forge="github", activity=activity, releases=releases,
        releases_in_all=len(releases), facts=facts, gaps=gaps,
    )  # fmt: skip


def published_with(folder: Path, entries: Mapping[str, str], looks: Iterable[Look]) -> Path:
    """A data folder into which these entries are published, with what was seen of their repositories."""
    settings = Settings.from_environ({"CATALOGUE_DATA": str(folder / "var"), "CATALOGUE_SEMANTIC": "off"})
    files = an_entries_folder(folder / "entries", **entries)
    run(settings, entries=files)
    store = Store.open(settings.database_url, migrate=False)
    try:
        for look in looks:
            _keep(store, look)
    finally:
        store.close()
    done = run(settings, entries=files)
    assert not done.plan.refused, done.plan.refused
    return folder / "var"


def _keep(store: Store, look: Look) -> None:
    book, due = store.harvest, NOW + timedelta(days=7)
    if look.snapshot:
        key = same_repository(look.snapshot.asked)
        book.keep(
            key, look.snapshot, now=YESTERDAY, due=due, remembered={}, changes=look.changes,
            is_shipped=look.is_shipped,
        )  # fmt: skip
    if look.failed:
        key = same_repository(look.address)
        book.failed(key, now=YESTERDAY, due=due, reason=look.failed, detail="")
