"""The plan of a publication: what it does to which entries and lists, and whether it may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.domain.entry import Problem
from catalogue.services.search_index import Lists
from catalogue.storage.json_text import json_text

REMOVABLE = 1 / 5  # of the published entries, or of one list, without being asked
SMALL_LIST = 5  # items: from here on a list is guarded against removals


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanges:
    """What a publication does to the items of one list that has `stored` items now."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    is_reordered: bool = False
    stored: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.is_reordered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a publication does to which ids. `refused` says why; `kept` are those published all the same,
    in their last good version. A refused list (organisation, topic, model-project, synonym) stays as it was.

    `lists` has the lists that change, by kind. `is_basis_new` says that the register of municipalities or
    the program is another than at the last publication, so that counts and index are made anew;
    `is_seen_anew`, that all that is new was seen in repositories.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    refused_lists: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    lists: Mapping[str, ListChanges] = field(default_factory=dict)
    is_basis_new: bool = False
    is_seen_anew: bool = False


class TooManyRemovals(Exception):
    """The plan would remove more than a fifth of the catalogue, or of a list; somebody has to mean it."""

    def __init__(self, removed: Sequence[str], stored: int, what: str = "entries") -> None:
        self.removed = tuple(removed)
        self.stored = stored
        super().__init__(f"{len(removed)} of {stored} published {what} would be removed")


def plan(
    wanted: Mapping[str, str], stored: Mapping[str, str], refused: Mapping[str, tuple[Problem, ...]]
) -> Plan:
    """Compare fingerprints by id. A refused entry is neither added nor changed nor removed."""
    both = wanted.keys() & stored.keys()
    return Plan(
        added=tuple(sorted(wanted.keys() - stored.keys())),
        changed=tuple(sorted(key for key in both if wanted[key] != stored[key])),
        removed=tuple(sorted(stored.keys() - wanted.keys() - refused.keys())),
        unchanged=tuple(sorted(key for key in both if wanted[key] == stored[key])),
        kept=tuple(sorted(refused.keys() & stored.keys())),
        refused=refused,
    )


def changes_of_lists(wanted: Lists, stored: Lists) -> Mapping[str, ListChanges]:
    """The lists that change, by kind."""
    found = {kind: _changes(dict(items), dict(stored.get(kind, ()))) for kind, items in wanted.items()}
    return {kind: changes for kind, changes in found.items() if changes}


def _changes(wanted: Mapping[str, object], stored: Mapping[str, object]) -> ListChanges:
    both = [key for key in wanted if key in stored]
    return ListChanges(
        added=tuple(sorted(wanted.keys() - stored.keys())),
        changed=tuple(sorted(key for key in both if json_text(wanted[key]) != json_text(stored[key]))),
        removed=tuple(sorted(stored.keys() - wanted.keys())),
        is_reordered=both != [key for key in stored if key in wanted],
        stored=len(stored),
    )


def refuse_emptying(todo: Plan, *, allow_removals: bool) -> None:
    """Raise `TooManyRemovals` where the plan removes more than it may unasked."""
    if allow_removals:
        return
    stored = len(todo.unchanged) + len(todo.changed) + len(todo.removed) + len(todo.kept)
    if len(todo.removed) > stored * REMOVABLE:
        raise TooManyRemovals(todo.removed, stored)
    for kind, changes in todo.lists.items():
        if changes.stored >= SMALL_LIST and len(changes.removed) > changes.stored * REMOVABLE:
            raise TooManyRemovals(changes.removed, changes.stored, f"{kind}s")
