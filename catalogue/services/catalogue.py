"""The published catalogue as one process holds it: store, search index and the lists beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from catalogue.domain.bodies import Bodies, ModelProject, Topic
from catalogue.domain.register import Register
from catalogue.services.cards import Card, Memo
from catalogue.services.harvest_overview import KeptOverview
from catalogue.services.search_index import Contents, IndexFormat, Progress, ensure_index
from catalogue.services.statistics import KeptStatistics, Statistics, lists_of
from catalogue.services.today import day_here
from catalogue.storage.index_folders import index_path
from catalogue.storage.search.build import build_index, change_index
from catalogue.storage.search.documents import SearchContext
from catalogue.storage.search.facts import IndexUnusable, format_version
from catalogue.storage.search.index import SearchIndex, open_index
from catalogue.storage.search.semantic import encoder
from catalogue.storage.store import CatalogueState, Store

_TRIES = 5
MOST_CARDS = 1000  # kept in memory; one with its parts takes some 80 kB
_PARTS = 6  # of a card: its frame, its texts and why it may be found, in two languages


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One revision, complete and unchanging; a later revision is a new object."""

    store: Store
    index: SearchIndex
    bodies: Bodies
    topics: Mapping[str, Topic]
    model_projects: Mapping[str, ModelProject]
    state: CatalogueState
    cards: Memo[str, Card] = field(default_factory=lambda: Memo(MOST_CARDS))
    # Parts of pages that look the same until the next revision, for `web`: by what they are of.
    parts: Memo[tuple[str, ...], object] = field(default_factory=lambda: Memo(_PARTS * MOST_CARDS))
    harvest: KeptOverview = field(default_factory=lambda: KeptOverview(_now))
    clock: Callable[[], datetime] = _now
    statistics: KeptStatistics = field(default_factory=KeptStatistics)
    programme_members: frozenset[str] = field(init=False)  # keys of today of all members of model projects

    def __post_init__(self) -> None:
        members = (key for project in self.model_projects.values() for key in project.members)
        object.__setattr__(self, "programme_members", self.bodies.canonical(members))

    def now(self) -> datetime:
        """The moment for which pages are made."""
        return self.clock()

    def today(self) -> date:
        """The day of that moment in Germany."""
        return day_here(self.now())

    def figures_of_reuse(self) -> Statistics:
        """What the statistics of this revision are counted from; loaded with the first call."""
        lists = lists_of(self.topics, self.model_projects, self.bodies)
        columns = self.statistics.columns(self.store, lists)
        return Statistics(columns=columns, bodies=self.bodies, today=self.today())

    @property
    def register(self) -> Register:
        return self.bodies.register


def open_catalogue(
    store: Store,
    data: Path,
    register: Register,
    *,
    index: IndexFormat,
    clock: Callable[[], datetime] = _now,
    before: Catalogue | None = None,
) -> Catalogue:
    """Open what the store names as published; a missing or broken index is rebuilt from the store first.

    `before` is the revision that was open until now: what is the same in both is not read again. Raises the
    store's errors.
    """
    state, opened = _open_index(store, data, register, index)
    return Catalogue(
        store=store,
        index=opened,
        bodies=Bodies(register, store.organisations()),
        topics=store.topics(),
        model_projects=store.model_projects(),
        state=state,
        clock=clock,
        statistics=before.statistics.after() if before else KeptStatistics(),
    )


def _open_index(
    store: Store, data: Path, register: Register, index: IndexFormat
) -> tuple[CatalogueState, SearchIndex]:
    for _ in range(_TRIES):
        state = store.state()
        try:
            return state, open_index(index_path(data, state.index_folder))
        except IndexUnusable:  # broken, or somebody published twice since the line before
            ensure_index(store, data, register, index=index)
    state = store.state()
    return state, open_index(index_path(data, state.index_folder))


def index_format(*, semantic: bool) -> IndexFormat:
    """The search index as it is built here; `semantic`: with meanings, where their extra is installed."""
    model = encoder() if semantic else None

    def build(folder: Path, contents: Contents, progress: Progress | None, previous: Path | None) -> None:
        build_index(
            folder,
            contents.solutions,
            _context_of(contents),
            changed=contents.dates,
            progress=progress,
            previous=previous,
            model=model,
        )

    def change(folder: Path, contents: Contents, previous: Path) -> bool:
        return change_index(
            folder,
            contents.solutions,
            _context_of(contents),
            changed=contents.dates,
            previous=previous,
            model=model,
        )

    version = f"{format_version()}-{model.name}" if model else format_version()
    return IndexFormat(version=version, build=build, change=change, is_usable=_is_usable)


def _context_of(contents: Contents) -> SearchContext:
    return SearchContext(
        contents.bodies, contents.topics, contents.model_projects, contents.synonyms, contents.signs
    )


def _is_usable(folder: Path) -> bool:
    try:
        open_index(folder).close()
    except IndexUnusable:
        return False
    return True
