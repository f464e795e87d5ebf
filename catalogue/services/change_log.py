"""What has happened in the repositories of published solutions, joined with the solutions that name them."""

from collections.abc import Collection
from dataclasses import dataclass

from catalogue.domain.observed import repository_keys
from catalogue.domain.snapshot_changes import ChangeKind
from catalogue.storage.harvested import SeenChange
from catalogue.storage.store import Store

MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedChange:
    """A change in a repository, and the solution that names it. `address` is where the repository is now."""

    solution: str
    name: str
    address: str
    seen: SeenChange


def change_log(store: Store, *, kinds: Collection[ChangeKind] = (), limit: int = MOST) -> list[LoggedChange]:
    """What has happened in all repositories that published solutions name, the latest first."""
    return _joined(store, store.harvest.changes(kinds=kinds, limit=limit), None)


def changes_of(
    store: Store, solution_id: str, *, kinds: Collection[ChangeKind] = (), limit: int = MOST
) -> list[LoggedChange] | None:
    """The same for the repositories of one solution; None where there is no such solution."""
    stored = store.solution(solution_id)
    if stored is None:
        return None
    keys = [key for key in repository_keys(stored.solution) if key]
    found = store.harvest.changes(keys, kinds=kinds, limit=limit) if keys else []
    return _joined(store, found, solution_id)


def _joined(store: Store, found: list[SeenChange], only: str | None) -> list[LoggedChange]:
    keys = list(dict.fromkeys(one.key for one in found))
    named = store.harvest.named_by(keys)
    addresses = {key: standing.address for key, standing in store.harvest.standings(keys).items()}
    wanted = {solution for solutions in named.values() for solution in solutions}
    names = {stored.solution.id: stored.solution.name for stored in store.solutions(sorted(wanted))}
    return [
        LoggedChange(solution=solution, name=names[solution], address=addresses.get(one.key, ""), seen=one)
        for one in found
        for solution in named.get(one.key, ())
        if solution in names and only in (None, solution)
    ]
