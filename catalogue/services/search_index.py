"""The search index as publishing sees it: made from a whole catalogue, repaired from the store."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalogue.domain.bodies import Bodies, ModelProject, Topic
from catalogue.domain.entry import Value
from catalogue.domain.lists import model_project_from, organisation_from, synonym_group_from, topic_from
from catalogue.domain.register import Register
from catalogue.domain.solution import Solution
from catalogue.domain.synonyms import SynonymGroup
from catalogue.storage.index_folders import build_beside, index_path
from catalogue.storage.locks import locked
from catalogue.storage.store import Store

log = logging.getLogger(__name__)

LOCK_FILE = "publish.lock"

Lists = Mapping[str, Sequence[tuple[str, Mapping[str, Value]]]]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that goes into an index. `dates` says when each solution was first published and last changed."""

    solutions: tuple[Solution, ...]
    dates: Mapping[str, tuple[datetime, datetime]]
    bodies: Bodies
    topics: Mapping[str, Topic]
    model_projects: Mapping[str, ModelProject]
    synonyms: tuple[SynonymGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFormat:
    """A kind of index: how to build one in an empty folder, taking over what an older folder has, and whether
    a folder holds a sound one."""

    version: str
    build: Callable[[Path, Contents, Progress | None, Path | None], None]
    is_usable: Callable[[Path], bool]


def contents_of(
    solutions: Iterable[Solution],
    dates: Mapping[str, tuple[datetime, datetime]],
    lists: Lists,
    register: Register,
) -> Contents:
    """The contents of an index, sorted by id; `lists` as the store has them."""
    return Contents(
        solutions=tuple(sorted(solutions, key=lambda solution: solution.id)),
        dates=dates,
        bodies=bodies_of(lists, register),
        topics={key: topic_from(key, fields) for key, fields in lists.get("topic", ())},
        model_projects={
            key: model_project_from(key, fields) for key, fields in lists.get("model-project", ())
        },
        synonyms=tuple(synonym_group_from(key, fields) for key, fields in lists.get("synonym", ())),
    )


def bodies_of(lists: Lists, register: Register) -> Bodies:
    """Municipalities, districts and the organisations of the lists."""
    organisations = {key: organisation_from(key, fields) for key, fields in lists.get("organisation", ())}
    return Bodies(register, organisations)


def ensure_index(
    store: Store,
    data_folder: Path,
    register: Register,
    *,
    index: IndexFormat,
    progress: Progress | None = None,
    wait: float = 30,
) -> Path:
    """The folder of a sound index of the published catalogue; built from the store where it is not there.

    `wait` is in seconds. Raises `StoreEmpty`, `StoreBusy`, `StoreNotWritable`.
    """
    folder = index_path(data_folder, store.state().index_folder)
    if index.is_usable(folder):
        return folder
    with locked(data_folder / LOCK_FILE, seconds=wait):
        folder = index_path(data_folder, store.state().index_folder)
        if index.is_usable(folder):  # somebody else has built or published it meanwhile
            return folder
        solutions = (stored.solution for stored in store.all_solutions())
        contents = contents_of(solutions, store.dates(), store.lists(), register)
        build_beside(folder, lambda building: index.build(building, contents, progress, None))
    log.warning("index rebuilt folder=%s solutions=%s", folder.name, len(contents.solutions))
    return folder
