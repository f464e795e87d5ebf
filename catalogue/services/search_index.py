"""The search index as publishing sees it: made from a whole catalogue, repaired from the store."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from catalogue.domain.bodies import Bodies, ModelProject, Topic
from catalogue.domain.entry import Value
from catalogue.domain.lists import model_project_from, organisation_from, synonym_group_from, topic_from
from catalogue.domain.register import Register
from catalogue.domain.solution import Solution
from catalogue.domain.synonyms import SynonymGroup
from catalogue.domain.vitality import Level
from catalogue.services.observing import Seen, see_as_published
from catalogue.storage.index_folders import build_beside, index_path
from catalogue.storage.locks import locked
from catalogue.storage.search.documents import Signs
from catalogue.storage.search.facets import activity_ranges
from catalogue.storage.store import Store

log = logging.getLogger(__name__)

LOCK_FILE = "publish.lock"

Lists = Mapping[str, Sequence[tuple[str, Mapping[str, Value]]]]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that goes into an index. `dates` says when each solution was first published and last changed.

    `solutions` are as they are believed to be; `signs` say how alive each is.
    """

    solutions: tuple[Solution, ...]
    dates: Mapping[str, tuple[datetime, datetime]]
    bodies: Bodies
    topics: Mapping[str, Topic]
    model_projects: Mapping[str, ModelProject]
    synonyms: tuple[SynonymGroup, ...] = ()
    signs: Mapping[str, Signs] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFormat:
    """A kind of index: how to build one in an empty folder, taking over what an older folder has, and whether
    a folder holds a sound one.

    `change` builds one that has these solutions as they are now, and all others as the older folder has them;
    it leaves the empty folder as it is, and says False, where the older one is not fit for that.
    """

    version: str
    build: Callable[[Path, Contents, Progress | None, Path | None], None]
    change: Callable[[Path, Contents, Path], bool]
    is_usable: Callable[[Path], bool]


def contents_of(
    seen: Iterable[Seen],
    dates: Mapping[str, tuple[datetime, datetime]],
    lists: Lists,
    register: Register,
    *,
    today: date,
) -> Contents:
    """The contents of an index, sorted by id; `lists` as the store has them."""
    ordered = sorted(seen, key=lambda one: one.solution.id)
    return Contents(
        solutions=tuple(one.solution for one in ordered),
        signs={one.solution.id: signs_of(one, today) for one in ordered},
        dates=dates,
        bodies=bodies_of(lists, register),
        topics={key: topic_from(key, fields) for key, fields in lists.get("topic", ())},
        model_projects={
            key: model_project_from(key, fields) for key, fields in lists.get("model-project", ())
        },
        synonyms=tuple(synonym_group_from(key, fields) for key, fields in lists.get("synonym", ())),
    )


def signs_of(seen: Seen, today: date) -> Signs:
    """What the index tells of a solution's repositories; whatever else was seen shows in the fingerprint."""
    observed = seen.observed
    ranges = activity_ranges(observed.last_activity, today) if observed.last_activity else ()
    return Signs(
        level=observed.level.value if observed.level is not Level.UNKNOWN else None,
        last_activity=observed.last_activity,
        ranges=tuple(ranges),
        fingerprint=seen.fingerprint,
    )


def bodies_of(lists: Lists, register: Register) -> Bodies:
    """Municipalities, districts and the organisations of the lists."""
    organisations = {key: organisation_from(key, fields) for key, fields in lists.get("organisation", ())}
    return Bodies(register, organisations)


def members_of(lists: Lists, bodies: Bodies) -> frozenset[str]:
    """The keys of today of all members of model projects."""
    projects = (model_project_from(key, fields) for key, fields in lists.get("model-project", ()))
    return bodies.canonical(member for project in projects for member in project.members)


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
        now = datetime.now(UTC)
        seen = see_as_published(store, (stored.solution for stored in store.all_solutions()), now)
        contents = contents_of(seen.values(), store.dates(), store.lists(), register, today=now.date())
        build_beside(folder, lambda building: index.build(building, contents, progress, None))
    log.warning("index rebuilt folder=%s solutions=%s", folder.name, len(contents.solutions))
    return folder
