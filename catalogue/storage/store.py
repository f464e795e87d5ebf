"""Everything the catalogue remembers: published entries, lists, and the counts over them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.engine import make_url
from sqlmodel import col

from catalogue.domain.bodies import ModelProject, Organisation, Topic
from catalogue.domain.entry import Value
from catalogue.domain.lists import model_project_from, organisation_from, topic_from
from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.storage import counts
from catalogue.storage.books import Books
from catalogue.storage.counts import Figures, Participation, ReuseCount
from catalogue.storage.database import connect, file_of, place_of, writer
from catalogue.storage.derived import Link
from catalogue.storage.errors import (
    StoreEmpty,
    StoreMissing,
    StoreOutdated,
    StoreTooNew,
    make_folder,
)
from catalogue.storage.migrate import Standing, standing, upgrade
from catalogue.storage.publication import Publication, write
from catalogue.storage.secret_file import hide_from_others
from catalogue.storage.stored import SOLUTION, CatalogueState, StoredSolution, find_state, stored_solution
from catalogue.storage.tables import CatalogueRow, ProvisionRow, ReferenceRow, ReuseRow, SolutionRow

__all__ = [
    "CatalogueState",
    "Figures",
    "Participation",
    "Publication",
    "ReuseCount",
    "Store",
    "StoredSolution",
]

T = TypeVar("T")


class _PerRevision(Generic[T]):
    """A value that is loaded once per published catalogue. Threads may load it twice, never wrongly."""

    def __init__(self, load: Callable[[Connection], T]) -> None:
        self._load = load
        self._held: tuple[int, T] | None = None

    def get(self, connection: Connection) -> T:
        """The value of the catalogue that this transaction sees."""
        revision = connection.scalar(select(col(CatalogueRow.revision))) or 0
        held = self._held
        if held is None or held[0] != revision:
            held = self._held = (revision, self._load(connection))
        return held[1]


class Store(Books):
    """The database behind the catalogue. One per process; threads may share it.

    Every method is a transaction of its own and raises the errors of `catalogue.storage.errors`. Between
    two calls a new catalogue may be published: ask for what is gone, and it is simply missing.
    """

    def __init__(self, engine: Engine) -> None:
        """For tests and for `open`, which callers want."""
        self._engine = engine
        self.place = place_of(engine.url)
        super().__init__(engine)
        self._organisations = _PerRevision(lambda c: _list_of(c, "organisation", organisation_from))
        self._topics = _PerRevision(lambda c: _list_of(c, "topic", topic_from))
        self._model_projects = _PerRevision(lambda c: _list_of(c, "model-project", model_project_from))
        self._figures = _PerRevision(counts.figures)
        self._topic_counts = _PerRevision(lambda c: counts.topic_counts(c, _list_of(c, "topic", topic_from)))
        self._taking_part = _PerRevision(counts.taking_part)
        self._measures = _PerRevision(counts.measures)

    @classmethod
    def open(cls, url: str, *, migrate: bool) -> "Store":
        """The store at `url` (`sqlite:///...` or `postgresql+psycopg://...`).

        With `migrate`, a missing database is made and an old one brought up to date; without, it can be read
        on a full disk and in a read-only folder too. Raises `StoreMissing`, `StoreOutdated`, `StoreTooNew`,
        `StoreNotWritable`, `StoreUnusable`, `StoreUnreachable`.
        """
        address = make_url(url)
        place, file = place_of(address), file_of(address)
        if file and migrate:
            make_folder(file.parent)
        elif file and not file.is_file():
            raise StoreMissing(place)
        engine = connect(url, read=not migrate)
        try:
            _make_current(engine, place, migrate=migrate)
        except BaseException:
            engine.dispose()
            raise
        if file and migrate:
            hide_from_others(file)
        return cls(engine)

    def close(self) -> None:
        """Close all connections; the store opens new ones when it is used again."""
        self._engine.dispose()

    # --- What is published

    def find_state(self) -> CatalogueState | None:
        """The published catalogue, or None before the first publication."""
        with self._engine.connect() as connection:
            return find_state(connection)

    def state(self) -> CatalogueState:
        """The published catalogue. Raises `StoreEmpty` before the first publication."""
        state = self.find_state()
        if state is None:
            raise StoreEmpty(self.place)
        return state

    def published(self) -> Mapping[str, str]:
        """The fingerprint of every published entry, by id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(col(SolutionRow.id), col(SolutionRow.content_hash)))
            return {row[0]: row[1] for row in rows}

    def dates(self) -> Mapping[str, tuple[datetime, datetime]]:
        """When each entry was first published and last changed, by id."""
        query = select(col(SolutionRow.id), col(SolutionRow.first_published), col(SolutionRow.last_changed))
        with self._engine.connect() as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(query)}

    def lists(self) -> Mapping[str, Sequence[tuple[str, Mapping[str, Value]]]]:
        """The published lists as written: kind -> (id, fields) in order."""
        query = select(col(ReferenceRow.kind), col(ReferenceRow.id), col(ReferenceRow.data))
        found: dict[str, list[tuple[str, Mapping[str, Value]]]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(col(ReferenceRow.position))):
                found.setdefault(row[0], []).append((row[1], row[2]))
        return found

    # --- Solutions

    def solution(self, solution_id: str) -> StoredSolution | None:
        """One solution, or None."""
        found = self.solutions([solution_id])
        return found[0] if found else None

    def solutions(self, ids: Sequence[str]) -> list[StoredSolution]:
        """The solutions with these ids, in this order; unknown ids are left out."""
        if not ids:
            return []
        query = select(*SOLUTION).where(col(SolutionRow.id).in_(ids))
        with self._engine.connect() as connection:
            found = {row[0]: stored_solution(row) for row in connection.execute(query)}
        return [found[solution_id] for solution_id in ids if solution_id in found]

    def all_solutions(self) -> Iterator[StoredSolution]:
        """All solutions, sorted by id, one after the other."""
        query = select(*SOLUTION).order_by(col(SolutionRow.id))
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                yield stored_solution(row)

    def newest(self, limit: int) -> list[str]:
        """Ids of the solutions published last, newest first; of the same moment, by name."""
        with self._engine.connect() as connection:
            return counts.newest(connection, limit)

    def most_reused(self, limit: int) -> list[str]:
        """Ids of the solutions that most bodies reuse: by confirmed bodies first, then by all.

        Those that nobody reuses are not among them.
        """
        with self._engine.connect() as connection:
            return counts.most_reused(connection, limit)

    def sharing_topics(self, topics: Collection[str], *, limit: int) -> list[str]:
        """Ids of the solutions with at least one of these topics: who shares most first, then by name."""
        with self._engine.connect() as connection:
            return counts.linked_to(connection, [Link.TOPIC], topics)[:limit]

    def measures_of(self, model_project: str) -> list[str]:
        """Ids of the solutions that name this model project, by name."""
        with self._engine.connect() as connection:
            return list(self._measures.get(connection).get(model_project, ()))

    def needing(self, solution_id: str) -> list[str]:
        """Ids of the solutions that depend on this one or are based on it, by name."""
        with self._engine.connect() as connection:
            return counts.linked_to(connection, [Link.DEPENDS_ON, Link.BASED_ON], [solution_id])

    # --- Lists

    def organisations(self) -> Mapping[str, Organisation]:
        """All organisations by id, in the order of the list."""
        with self._engine.connect() as connection:
            return self._organisations.get(connection)

    def topics(self) -> Mapping[str, Topic]:
        """All topics by id, in the order of the list."""
        with self._engine.connect() as connection:
            return self._topics.get(connection)

    def model_projects(self) -> Mapping[str, ModelProject]:
        """All model projects by id, in the order of the list."""
        with self._engine.connect() as connection:
            return self._model_projects.get(connection)

    # --- Who reuses what. `body` is a key of today: ask `Bodies` first.

    def reuse_counts(self, ids: Sequence[str] | None = None) -> Mapping[str, ReuseCount]:
        """By how many bodies each solution is reused; of all solutions where `ids` is None."""
        with self._engine.connect() as connection:
            return counts.reuse_counts(connection, ids)

    def reuses_of(self, body: str) -> list[tuple[str, Reuse]]:
        """All rows of a body with the solution's id: what counts first, then the latest."""
        query = (
            select(col(ReuseRow.solution_id), col(ReuseRow.data))
            .join(SolutionRow, col(ReuseRow.solution_id) == col(SolutionRow.id))
            .where(col(ReuseRow.body) == body)
            .order_by(col(ReuseRow.counts).desc(), col(ReuseRow.latest).desc(), col(SolutionRow.name))
        )
        with self._engine.connect() as connection:
            return [(row[0], reuse_from_plain(row[1])) for row in connection.execute(query)]

    def provisions_of(self, body: str) -> list[tuple[str, str]]:
        """What a body provides: the solution's id and the body's role, by the solution's name."""
        query = (
            select(col(SolutionRow.id), col(ProvisionRow.role))
            .join(ProvisionRow, col(ProvisionRow.solution_id) == col(SolutionRow.id))
            .where(col(ProvisionRow.body) == body)
            .order_by(col(SolutionRow.name), col(SolutionRow.id), col(ProvisionRow.position))
        )
        with self._engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def taking_part(self) -> tuple[Participation, ...]:
        """Every body that some entry names as provider or in a reuse, sorted by key."""
        with self._engine.connect() as connection:
            return self._taking_part.get(connection)

    def topic_counts(self) -> Mapping[str, int]:
        """How many solutions each topic has, with all of its parts; topics without any are not in it."""
        with self._engine.connect() as connection:
            return self._topic_counts.get(connection)

    def figures(self) -> Figures:
        """The figures of the whole catalogue."""
        with self._engine.connect() as connection:
            return self._figures.get(connection)

    # --- Writing

    def apply(self, publication: Publication) -> int:
        """Publish, whole or not at all; returns the new revision.

        Raises `StoreBusy` where somebody else has published since `publication` was planned.
        """
        with writer(self._engine).begin() as connection:
            return write(connection, publication, self.place)


def _make_current(engine: Engine, place: str, *, migrate: bool) -> None:
    stands = standing(engine)
    if stands is Standing.NEWER:
        raise StoreTooNew(place)
    if stands is Standing.CURRENT:
        return
    if not migrate:
        raise StoreMissing(place) if stands is Standing.EMPTY else StoreOutdated(place)
    upgrade(engine)


def _list_of(
    connection: Connection, kind: str, make: Callable[[str, Mapping[str, Value]], T]
) -> Mapping[str, T]:
    query = (
        select(col(ReferenceRow.id), col(ReferenceRow.data))
        .where(col(ReferenceRow.kind) == kind)
        .order_by(col(ReferenceRow.position))
    )
    return MappingProxyType({row[0]: make(row[0], row[1]) for row in connection.execute(query)})
