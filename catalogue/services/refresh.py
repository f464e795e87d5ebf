"""Looks at repositories and keeps what was learned: one bad repository never stops the others."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from catalogue.domain.harvest_schedule import next_look, next_try
from catalogue.domain.snapshot import Reason, Snapshot
from catalogue.domain.snapshot_changes import Change, carried, changes, is_emptied
from catalogue.domain.snapshot_text import plain_from_snapshot, snapshot_from_plain
from catalogue.standards.address import BadAddress, same_repository
from catalogue.storage.errors import StoreError
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.harvested import Kept, Standing
from harvest.asking import Remembered
from harvest.outcome import Failed, Known, Outcome, Seen, Unchanged
from harvest.snapshot_of import refs_of, renewed, snapshot_of

log = logging.getLogger(__name__)

LEASE = timedelta(hours=3)  # after that, whoever claimed a repository is taken for dead
BATCH = 20  # repositories that are claimed together: done within the lease by one job, however slow each is

# Looks at the addresses, as `harvest.run.harvest_many` does; outcomes come in any order.
Look = Callable[[Sequence[str], Mapping[str, Known]], Iterable[Outcome]]


class Result(StrEnum):
    """What came of one look."""

    NEW = "new"  # the first look that went well
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    TAKEN = "taken"  # somebody else looks at it now


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """One look: at which repository, what came of it, what has happened there, why it failed."""

    key: str
    address: str
    result: Result
    changes: tuple[Change, ...] = ()
    reason: Reason | None = None
    detail: str = ""


def refresh(
    book: HarvestBook,
    keys: Sequence[str],
    look: Look,
    *,
    now: Callable[[], datetime],
    dry_run: bool = False,
) -> Iterator[Refreshed]:
    """Look at the repositories with these keys that nobody else looks at now, and keep what was learned.

    A dry run looks, says what came of it and keeps nothing. What was claimed and not looked at, because the
    harvest was stopped, is let go; so is what could not be kept. Raises the store's errors, and nothing else:
    a repository that breaks our own program is one failed look.
    """
    for start in range(0, len(keys), BATCH):
        yield from _batch(book, keys[start : start + BATCH], look, now, dry_run=dry_run)


def _batch(
    book: HarvestBook, keys: Sequence[str], look: Look, now: Callable[[], datetime], *, dry_run: bool
) -> Iterator[Refreshed]:
    standings = {standing.key: standing for standing in book.standings(keys).values()}
    ours = [key for key in standings if dry_run or book.claim(key, now=now(), lease=LEASE)]
    open_keys = set(ours)
    by_address = {standings[key].address: key for key in ours}
    latest = book.latest(ours)
    known = {standings[key].address: _known(latest.get(key), _remembered(book, key)) for key in ours}
    try:
        yield from (_taken(standings[key]) for key in standings if key not in ours)
        for outcome in look(list(by_address), known):
            key = by_address[outcome.asked]
            told = _told(book, outcome, standings[key], latest.get(key), None if dry_run else now())
            open_keys.discard(key)
            yield told
    finally:
        if open_keys and not dry_run:
            book.release(sorted(open_keys))


def _taken(standing: Standing) -> Refreshed:
    return Refreshed(key=standing.key, address=standing.address, result=Result.TAKEN)


def _told(
    book: HarvestBook, outcome: Outcome, standing: Standing, kept: Kept | None, now: datetime | None
) -> Refreshed:
    """What is told of a look, which is kept where `now` says when it was."""
    try:
        done = _done(outcome, standing, _as_known_there(book, standing.key, outcome) or kept)
        if done.snapshot:  # what could not be read again is not kept
            snapshot_from_plain(plain_from_snapshot(done.snapshot))
        if now:
            _keep(book, standing, outcome, done, now)
    except StoreError:
        raise
    except Exception as error:
        # The text of an error may quote what strangers wrote; the log has its place.
        log.exception("harvest broke key=%s", standing.key)
        done = _failure(standing, Reason.UNREADABLE, f"our program broke: {type(error).__name__}")
        if now:
            _keep(book, standing, outcome, done, now)
    return done.told


def _as_known_there(book: HarvestBook, key: str, outcome: Outcome) -> Kept | None:
    """What is kept of the repository to which this one has moved, where that one has a history of its own."""
    if not isinstance(outcome, Seen):
        return None
    try:
        there = same_repository(outcome.sighting.address)
    except BadAddress:
        return None
    return None if there == key else book.latest([there]).get(there)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What is told of a look, and the snapshot to keep (None after a failure)."""

    told: Refreshed
    snapshot: Snapshot | None = None


def _done(outcome: Outcome, standing: Standing, kept: Kept | None) -> _Done:
    old = kept.snapshot if kept else None
    if isinstance(outcome, Failed):
        return _failure(standing, outcome.reason, outcome.detail)
    if isinstance(outcome, Unchanged):
        if old is None:
            return _failure(standing, Reason.UNREADABLE, "nothing is known that could be unchanged")
        new = renewed(old, outcome)
    else:
        new = carried(old, snapshot_of(outcome.sighting))
    if is_emptied(old, new):
        return _failure(standing, Reason.UNREADABLE, "the repository had commits before, and now shows none")
    happened = changes(old, new)
    result = Result.NEW if old is None or (kept and kept.is_shipped) else _result(old, new, happened)
    told = Refreshed(key=standing.key, address=new.address, result=result, changes=happened)
    return _Done(told=told, snapshot=new)


def _result(old: Snapshot, new: Snapshot, happened: tuple[Change, ...]) -> Result:
    is_same = (old.commit, old.facts, old.gaps, old.releases, old.address) == (
        *(new.commit, new.facts, new.gaps, new.releases, new.address),
    )
    return Result.UNCHANGED if is_same and not happened else Result.CHANGED


def _failure(standing: Standing, reason: Reason, detail: str) -> _Done:
    return _Done(
        told=Refreshed(
            key=standing.key, address=standing.address, result=Result.FAILED, reason=reason, detail=detail
        )
    )


def _keep(book: HarvestBook, standing: Standing, outcome: Outcome, done: _Done, now: datetime) -> None:
    told = done.told
    if done.snapshot is None:
        until = outcome.until if isinstance(outcome, Failed) else None
        due = next_try(standing.key, now, standing.failures + 1, until=until)
        book.failed(
            standing.key, now=now, due=due, reason=str(told.reason), detail=told.detail[:_LONGEST_DETAIL]
        )
    else:
        book.keep(
            standing.key,
            done.snapshot,
            now=now,
            due=next_look(standing.key, now),
            remembered=_plain(outcome.remembered if isinstance(outcome, Seen | Unchanged) else {}),
            changes=told.changes,
        )
    log.info("harvested key=%s result=%s reason=%s", standing.key, told.result, told.reason or "")


_LONGEST_DETAIL = 500  # characters


def _known(kept: Kept | None, remembered: Mapping[str, Remembered]) -> Known:
    """What a look may rely on. A snapshot from elsewhere is no look of ours: its Git is read anew."""
    if kept is None:
        return Known(remembered=remembered)
    return Known(
        refs="" if kept.is_shipped else refs_of(kept.snapshot),
        has_commits=kept.snapshot.commit is not None,
        remembered=remembered,
    )


def _remembered(book: HarvestBook, key: str) -> dict[str, Remembered]:
    return {
        address: Remembered(etag=str(kept["etag"]), value=kept.get("value"))  # type: ignore[arg-type]  # JSON
        for address, kept in book.remembered(key).items()
        if kept.get("etag")
    }


def _plain(remembered: Mapping[str, Remembered]) -> dict[str, dict[str, object]]:
    return {address: {"etag": one.etag, "value": one.value} for address, one in remembered.items()}


# --- Contact pages

PAGES_EVERY = timedelta(days=7)
ExistsPage = Callable[[str], str]  # "there", "gone" or "unreachable"


def refresh_pages(
    book: HarvestBook, addresses: Iterable[str], exists: ExistsPage, *, now: datetime
) -> Mapping[str, str]:
    """Look whether contact pages are there, each once a week; returns what was seen, by address."""
    known = book.pages()
    due = [
        address
        for address in dict.fromkeys(addresses)
        if address not in known or now - known[address].looked_at >= PAGES_EVERY
    ]
    seen = {address: exists(address) for address in due}
    if seen:
        book.keep_pages(seen, now=now)
    return seen
