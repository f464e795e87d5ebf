"""What there is to look at: repositories and contact pages of solutions, and snapshots from elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from catalogue.domain.observed import repository_keys
from catalogue.domain.snapshot import Snapshot
from catalogue.domain.snapshot_origin import why_refused
from catalogue.domain.solution import Solution
from catalogue.services.observing import is_better, keep_from_elsewhere
from catalogue.standards.address import BadAddress, same_repository
from catalogue.storage.store import Store

REFUSED = "refused"


class UnknownSolution(LookupError):
    """No published solution has this id."""


def keys_of_solutions(store: Store, ids: Sequence[str]) -> list[str]:
    """The keys of the repositories of these solutions, of all without `ids`. Raises `UnknownSolution`."""
    found = [stored.solution for stored in (store.solutions(ids) if ids else store.all_solutions())]
    missing = set(ids) - {solution.id for solution in found}
    if missing:
        raise UnknownSolution(", ".join(sorted(missing)))
    return list(dict.fromkeys(key for one in found for key in repository_keys(one) if key))


def due_keys(store: Store, keys: Iterable[str], now: datetime) -> list[str]:
    """Those of the keys that are due now or asked for, the longest waiting first."""
    wanted = {standing.key for standing in store.harvest.standings(list(keys)).values()}
    return [key for key in store.harvest.due(now) if key in wanted]


def contact_pages(store: Store) -> list[str]:
    """The contact pages that published entries name."""
    solutions = (stored.solution for stored in store.all_solutions())
    return list(dict.fromkeys(page for one in solutions for page in _pages(one)))


def _pages(solution: Solution) -> Iterator[str]:
    if solution.contact.page:
        yield solution.contact.page


def import_snapshots(
    store: Store, snapshots: Iterable[Snapshot], *, now: datetime
) -> Iterator[tuple[Snapshot, str]]:
    """Keep snapshots that were made elsewhere; for each says `new`, `same`, `older`, `unnamed` or `refused`.

    `older`: what is kept is younger, or the repository had commits and has none here. `unnamed`: no published
    entry names the repository. `refused: ...` says what cannot be.
    """
    named = set(keys_of_solutions(store, ()))
    named |= {standing.key for standing in store.harvest.standings(sorted(named)).values()}  # moved since
    for snapshot in snapshots:
        if why := why_refused(snapshot, now):
            yield snapshot, f"{REFUSED}: {why}"
            continue
        keys = [key for key in map(_key, (snapshot.asked, snapshot.address)) if key in named]
        if not keys:
            yield snapshot, "unnamed"
            continue
        key = str(keys[0])
        kept = store.harvest.latest([key]).get(key)
        if not is_better(snapshot, kept):
            yield snapshot, "older"
            continue
        yield snapshot, "new" if keep_from_elsewhere(store.harvest, key, snapshot, kept, now) else "same"


def _key(address: str) -> str | None:
    try:
        return same_repository(address)
    except BadAddress:
        return None
