"""The published catalogue as one process holds it: store, search index and the lists beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalogue.domain.bodies import Bodies, ModelProject, Topic
from catalogue.domain.register import Register
from catalogue.services.search_index import Contents, IndexFormat, Progress, ensure_index
from catalogue.storage.index_folders import index_path
from catalogue.storage.search.build import build_index
from catalogue.storage.search.documents import SearchContext
from catalogue.storage.search.facts import IndexUnusable, format_version
from catalogue.storage.search.index import SearchIndex, open_index
from catalogue.storage.store import CatalogueState, Store

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One revision, complete and unchanging; a later revision is a new object."""

    store: Store
    index: SearchIndex
    bodies: Bodies
    topics: Mapping[str, Topic]
    model_projects: Mapping[str, ModelProject]
    state: CatalogueState

    @property
    def register(self) -> Register:
        return self.bodies.register


def open_catalogue(store: Store, data: Path, register: Register) -> Catalogue:
    """Open what the store names as published; a missing or broken index is rebuilt from the store first.

    Raises the store's errors.
    """
    state, index = _open_index(store, data, register)
    return Catalogue(
        store=store,
        index=index,
        bodies=Bodies(register, store.organisations()),
        topics=store.topics(),
        model_projects=store.model_projects(),
        state=state,
    )


def _open_index(store: Store, data: Path, register: Register) -> tuple[CatalogueState, SearchIndex]:
    for _ in range(_TRIES):
        state = store.state()
        try:
            return state, open_index(index_path(data, state.index_folder))
        except IndexUnusable:  # broken, or somebody published twice since the line before
            ensure_index(store, data, register, index=INDEX)
    state = store.state()
    return state, open_index(index_path(data, state.index_folder))


def _build(folder: Path, contents: Contents, progress: Progress | None) -> None:
    context = SearchContext(contents.bodies, contents.topics, contents.model_projects, contents.synonyms)
    build_index(folder, contents.solutions, context, changed=contents.dates, progress=progress)


def _is_usable(folder: Path) -> bool:
    try:
        open_index(folder).close()
    except IndexUnusable:
        return False
    return True


INDEX = IndexFormat(version=format_version(), build=_build, is_usable=_is_usable)
