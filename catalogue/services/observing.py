"""Joins solutions with what was seen of their repositories and what is known of their reuse: as of now, and
as it is published."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.domain.harvest_schedule import next_look
from catalogue.domain.observed import Observed, as_believed, observe, repository_keys
from catalogue.domain.provenance import Looked
from catalogue.domain.reuse import Reuse
from catalogue.domain.snapshot import Snapshot
from catalogue.domain.snapshot_changes import carried, changes, is_emptied
from catalogue.domain.solution import Solution
from catalogue.standards.address import BadAddress, same_repository
from catalogue.storage.derived import Observation, Shown
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.harvested import Kept
from catalogue.storage.store import Store

# From a solution as its entry says, and what was seen: what is known of its reuse.
Known = Callable[[Solution, Observed], tuple[Reuse, ...]]


def as_stated(solution: Solution, _: Observed) -> tuple[Reuse, ...]:
    """What the entry alone says of reuse."""
    return solution.reuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A solution with what was seen: as believed, all that is known, and which snapshots say so.

    `known` is a fingerprint of what is known of its reuse beside the entry, empty where that is nothing.
    """

    solution: Solution
    observed: Observed
    observations: tuple[Observation, ...]
    known: str = ""

    @property
    def fingerprint(self) -> str:
        """The same as long as the same snapshots say the same and are judged alike, and reports too."""
        kept = " ".join(str(number or 0) for _, number in self.observations)
        return f"{self.observed.level} {kept} {self.known}".rstrip()


def see(
    book: HarvestBook, solutions: Iterable[Solution], now: datetime, known: Known = as_stated
) -> dict[str, Seen]:
    """Each solution with the latest snapshots of its repositories and its known reuses, by id."""
    several = list(solutions)
    keys = {solution.id: repository_keys(solution) for solution in several}
    latest = book.latest(sorted({key for each in keys.values() for key in each if key}))
    return {
        solution.id: _seen(
            solution, [latest.get(key or "") for key in keys[solution.id]], keys[solution.id], now, known
        )
        for solution in several
    }


def see_as_published(store: Store, solutions: Iterable[Solution], now: datetime) -> dict[str, Seen]:
    """Each solution with the snapshots and the reuses that the published catalogue shows, by id."""
    several = list(solutions)
    reuses = store.published_reuse.of([solution.id for solution in several])
    return see_shown(store.harvest, several, now, lambda solution, _: reuses.get(solution.id, ()))


def see_shown(
    book: HarvestBook, solutions: Iterable[Solution], now: datetime, known: Known
) -> dict[str, Seen]:
    """Each solution with the snapshots that the published catalogue shows, by id."""
    several = list(solutions)
    shown = book.observed([solution.id for solution in several])
    found = {}
    for solution in several:
        kept, keys = shown.get(solution.id, {}), repository_keys(solution)
        found[solution.id] = _seen(solution, [kept.get(n) for n in range(len(keys))], keys, now, known)
    return found


def _seen(
    solution: Solution, kept: Sequence[Kept | None], keys: Sequence[str | None], now: datetime, known: Known
) -> Seen:
    observed = observe(solution, _looked(solution, kept), now)
    observations = [(key or "", one.id if one else None) for key, one in zip(keys, kept, strict=True)]
    reuses = known(solution, observed)
    return Seen(
        solution=replace(as_believed(solution, observed), reuses=reuses),
        observed=observed,
        observations=tuple(observations),
        known="" if reuses == solution.reuses else hashlib.sha256(repr(reuses).encode()).hexdigest()[:16],
    )


def shown_of(seen: Seen, signs: str) -> Shown:
    """What the store keeps of it; `signs` is the fingerprint of all its signs."""
    return Shown(observations=seen.observations, reuses=seen.solution.reuses, signs=signs, known=seen.known)


def _looked(solution: Solution, kept: Sequence[Kept | None]) -> list[Looked]:
    return [
        Looked(
            repository=repository,
            snapshot=one.snapshot if one else None,
            is_shipped=one.is_shipped if one else False,
        )
        for repository, one in zip(solution.repositories, kept, strict=True)
    ]


def know_repositories(
    book: HarvestBook, solutions: Iterable[Solution], shipped: Iterable[Snapshot], now: datetime
) -> None:
    """Enter the repositories that entries name, and the shipped snapshots of those that nobody has looked at.

    A repository of which a snapshot ships waits for its own minute; one of which nothing is known is due.
    """
    wanted = {
        key: repository.address
        for solution in solutions
        for key, repository in zip(repository_keys(solution), solution.repositories, strict=True)
        if key
    }
    offered = _by_key(shipped)
    known = book.standings(list(wanted))
    new = {key: address for key, address in wanted.items() if key not in known}
    if new:
        book.know({key: (new[key], next_look(key, now) if key in offered else now) for key in new})
    latest = book.latest([key for key in offered if key in wanted])
    for key in sorted(offered.keys() & wanted.keys()):
        if is_better(offered[key], latest.get(key)):
            keep_from_elsewhere(book, key, offered[key], latest.get(key), now)


def is_better(offered: Snapshot, kept: Kept | None) -> bool:
    """Whether a snapshot from elsewhere is younger than what is kept, and no emptied repository."""
    return kept is None or (offered.looked_at > kept.last_seen and not is_emptied(kept.snapshot, offered))


def keep_from_elsewhere(
    book: HarvestBook, key: str, snapshot: Snapshot, kept: Kept | None, now: datetime
) -> bool:
    """Keep a snapshot that was made elsewhere, and what has happened since the one that is kept.

    What it could not look at stays as it was: a copy in a folder, say, knows nothing of the forge. The next
    look stays due. Returns whether it is new.
    """
    standing = book.standings([key]).get(key)
    old = kept.snapshot if kept else None
    snapshot = carried(old, snapshot)
    return book.keep(
        standing.key if standing else key,
        snapshot,
        now=now,
        due=standing.due if standing and standing.due else next_look(key, now),
        remembered={},
        changes=changes(old, snapshot),
        is_shipped=True,
    )


def _by_key(snapshots: Iterable[Snapshot]) -> Mapping[str, Snapshot]:
    found: dict[str, Snapshot] = {}
    for snapshot in sorted(snapshots, key=lambda one: one.looked_at):
        try:
            found[same_repository(snapshot.asked)] = snapshot
        except BadAddress:
            continue
    return found
