"""What the book of the harvest tells of a solution's repositories beside their snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.domain.observed import repository_keys
from catalogue.domain.snapshot import Reason
from catalogue.domain.snapshot_changes import Change
from catalogue.domain.solution import Solution
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.harvested import Standing

MOST_CHANGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A change that a look has seen in the repository at `address`."""

    address: str
    change: Change
    seen: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why the last look at a repository failed, and since when looks fail."""

    reason: Reason
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the harvest has noted: changes, the latest first, and the trouble of repositories by address."""

    happenings: tuple[Happening, ...]
    troubles: Mapping[str, Trouble]


def read_book(book: HarvestBook, solution: Solution) -> Book:
    """What is noted of the repositories of a solution."""
    by_address = dict(
        zip((one.address for one in solution.repositories), repository_keys(solution), strict=True)
    )
    keys = [key for key in by_address.values() if key]
    if not keys:
        return Book(happenings=(), troubles={})
    standings = book.standings(keys)
    today = {standing.key: standing.address for standing in standings.values()}
    troubles = {address: _trouble(standings.get(key or "")) for address, key in by_address.items()}
    return Book(
        happenings=tuple(
            Happening(address=today.get(seen.key, ""), change=seen.change, seen=seen.seen.date())
            for seen in book.changes(keys, limit=MOST_CHANGES)
        ),
        troubles={address: trouble for address, trouble in troubles.items() if trouble},
    )


def _trouble(standing: Standing | None) -> Trouble | None:
    if standing is None or not standing.failures or standing.reason not in tuple(Reason):
        return None
    since = standing.failing_since or standing.last_attempt
    return Trouble(reason=Reason(standing.reason), since=since.date()) if since else None
