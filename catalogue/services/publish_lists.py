"""The lists that a publication writes, such that all that its entries name is in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from catalogue.domain.entry import Entry, Path, Problem
from catalogue.domain.lists import model_project_from, organisation_from
from catalogue.domain.register import Register
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_of
from catalogue.services.check import CheckedFolder
from catalogue.services.search_index import Lists, bodies_of
from catalogue.storage.entries import LISTS

_CODES = {"organisation": "body-unknown", "topic": "topic-unknown", "model-project": "project-unknown"}
_SHOWN = 12  # ids of a list that a problem names


def wanted_lists(checked: CheckedFolder, stored: Lists) -> Lists:
    """The lists of the folder, each refused one as it is published now."""
    items = checked.folder.items
    return {
        kind: stored.get(kind, [])
        if kind in checked.bad_lists
        else [(item.id, item.fields) for item in items.get(kind, ())]
        for kind in LISTS
    }


def missing_names(
    entries: Iterable[Entry], lists: Lists, kinds: Collection[str], register: Register
) -> Mapping[str, tuple[Problem, ...]]:
    """The entries that name what is not in the lists of these kinds, with a problem for each such name.

    The check has judged them by the lists of the folder; a refused list is not the one that is published.
    """
    bodies = bodies_of(lists, register)
    known = {kind: dict(lists.get(kind, ())).keys() for kind in kinds}
    found: dict[str, tuple[Problem, ...]] = {}
    for entry in entries if kinds else ():
        problems = tuple(
            entry.problem(path, _CODES[kind], value=key, allowed=", ".join(list(known[kind])[:_SHOWN]))
            for kind, path, key in _named(solution_of(entry))
            if kind in known and key not in known[kind] and not (kind == "organisation" and bodies.find(key))
        )
        if problems:
            found[entry.id] = problems
    return found


def with_named(lists: Lists, stored: Lists, kept: Iterable[Solution]) -> Lists:
    """The lists with those stored items, and their members, that kept versions still name, at the end."""
    have = {kind: dict(lists.get(kind, ())) for kind in LISTS}
    old = {kind: dict(stored.get(kind, ())) for kind in LISTS}
    lost: dict[str, set[str]] = {kind: set() for kind in LISTS}

    def add(kind: str, key: str) -> bool:
        is_new = key in old[kind] and key not in have[kind] and key not in lost[kind]
        if is_new:
            lost[kind].add(key)
        return is_new

    for solution in kept:
        for kind, _, key in _named(solution):
            add(kind, key)
    projects = [
        *have["model-project"].items(),
        *((key, old["model-project"][key]) for key in lost["model-project"]),
    ]
    organisations = [
        *have["organisation"].items(),
        *((key, old["organisation"][key]) for key in lost["organisation"]),
    ]
    members = [key for item in projects for key in model_project_from(*item).members]
    members += [key for item in organisations for key in organisation_from(*item).members]
    while members:
        key = members.pop()
        if add("organisation", key):
            members += organisation_from(key, old["organisation"][key]).members
    # In their old order, so that the next publication finds nothing to change.
    return {
        kind: [*have[kind].items(), *(item for item in old[kind].items() if item[0] in lost[kind])]
        for kind in LISTS
    }


def _named(solution: Solution) -> Iterator[tuple[str, Path, str]]:
    """What a solution names of the lists: kind, place and id. Bodies may also be of the register."""
    for position, provider in enumerate(solution.providers):
        yield "organisation", ("providers", position, "body"), provider.body
    for position, reuse in enumerate(solution.reuses):
        yield "organisation", ("reuses", position, "body"), reuse.body
    for position, helper in enumerate(solution.support):
        yield "organisation", ("support", position, "body"), helper.body
    for position, topic in enumerate(solution.topics):
        yield "topic", ("topics", position), topic
    for position, project in enumerate(solution.model_projects):
        yield "model-project", ("model_projects", position), project
