"""Counts over the derived tables: who reuses, who provides, what is reused most."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, case, desc, distinct, func, null, select, true, union
from sqlmodel import col

from catalogue.domain.bodies import Topic
from catalogue.domain.reuse import UNNAMED
from catalogue.domain.solution import OpenSource
from catalogue.domain.topics import lineage
from catalogue.standards.ags import MUNICIPALITY_LENGTH
from catalogue.storage.derived import Link
from catalogue.storage.tables import LinkRow, ProvisionRow, ReuseRow, SolutionRow

_COUNTS = col(ReuseRow.counts).is_(true())
# Only rows that a source confirms keep their body; NULL is not counted.
_CONFIRMED_BODY = case((col(ReuseRow.confirmed).is_(true()), col(ReuseRow.body)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseCount:
    """ "Reused by `count` bodies, `confirmed` of them by a source": each body once."""

    count: int = 0
    confirmed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A body that takes part: in how many solutions, in which way.

    `provides` and `reuses` (on trial or in use) count solutions; `involved` counts all that name it at all.
    """

    body: str
    provides: int
    reuses: int
    involved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of the whole catalogue. A reuse is one body and one solution, however many rows say so."""

    solutions: int
    open_source: int
    reuses: int
    confirmed_reuses: int
    reusing_bodies: int
    providers: int
    municipalities: int  # of the register, without districts: those that provide or reuse

    @property
    def stated_reuses(self) -> int:
        """Reuses that an entry states and no source confirms."""
        return self.reuses - self.confirmed_reuses


def reuse_counts(connection: Connection, ids: Sequence[str] | None) -> Mapping[str, ReuseCount]:
    """For each of `ids` (None: all); a solution that nobody reuses counts zero."""
    query = (
        select(
            col(ReuseRow.solution_id),
            func.count(distinct(col(ReuseRow.body))),
            func.count(distinct(_CONFIRMED_BODY)),
        )
        .where(_COUNTS)
        .group_by(col(ReuseRow.solution_id))
    )
    if ids is None:
        ids = list(connection.scalars(select(col(SolutionRow.id))))
    else:
        query = query.where(col(ReuseRow.solution_id).in_(ids))
    found = {
        solution: ReuseCount(count=count, confirmed=confirmed)
        for solution, count, confirmed in connection.execute(query)
    }
    return {solution: found.get(solution, ReuseCount()) for solution in ids}


def most_reused(connection: Connection, limit: int) -> list[str]:
    """The solutions that most bodies reuse, most first; those that nobody reuses are not among them.

    Bodies that a source confirms are counted first; where they are equal, all bodies.
    """
    query = (
        select(col(SolutionRow.id))
        .join(ReuseRow, col(ReuseRow.solution_id) == col(SolutionRow.id))
        .where(_COUNTS)
        .group_by(col(SolutionRow.id), col(SolutionRow.name))
        .order_by(
            desc(func.count(distinct(_CONFIRMED_BODY))),
            desc(func.count(distinct(col(ReuseRow.body)))),
            col(SolutionRow.name),
            col(SolutionRow.id),
        )
        .limit(limit)
    )
    return list(connection.scalars(query))


def newest(connection: Connection, limit: int) -> list[str]:
    """The solutions published last, newest first; of the same moment, by their latest milestone."""
    order = (
        desc(col(SolutionRow.first_published)),
        desc(col(SolutionRow.latest_event)),
        col(SolutionRow.name),
        col(SolutionRow.id),
    )
    return list(connection.scalars(select(col(SolutionRow.id)).order_by(*order).limit(limit)))


def linked_to(connection: Connection, kinds: Collection[Link], targets: Collection[str]) -> list[str]:
    """The solutions that name one of `targets` in one of these ways: who names most first, then by name."""
    query = (
        select(col(SolutionRow.id))
        .join(LinkRow, col(LinkRow.solution_id) == col(SolutionRow.id))
        .where(col(LinkRow.kind).in_([kind.value for kind in kinds]), col(LinkRow.target).in_(targets))
        .group_by(col(SolutionRow.id), col(SolutionRow.name))
        .order_by(desc(func.count(distinct(col(LinkRow.target)))), col(SolutionRow.name), col(SolutionRow.id))
    )
    return list(connection.scalars(query))


def measures(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """The solutions of each model project, by name; projects that no solution names are not in it."""
    query = (
        select(col(LinkRow.target), col(SolutionRow.id))
        .join(SolutionRow, col(LinkRow.solution_id) == col(SolutionRow.id))
        .where(col(LinkRow.kind) == Link.MODEL_PROJECT.value)
        .order_by(col(SolutionRow.name), col(SolutionRow.id))
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for project, solution_id in connection.execute(query):
        found[project].append(solution_id)
    return MappingProxyType({project: tuple(ids) for project, ids in found.items()})


def topic_counts(connection: Connection, topics: Mapping[str, Topic]) -> Mapping[str, int]:
    """How many solutions each topic has, with all of its parts; topics without any are not in it."""
    query = select(col(LinkRow.target), col(LinkRow.solution_id)).where(col(LinkRow.kind) == Link.TOPIC.value)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic, solution_id in connection.execute(query):
        for broader in lineage(topic, topics):
            found[broader].add(solution_id)
    return MappingProxyType({topic: len(ids) for topic, ids in found.items()})


def taking_part(connection: Connection) -> tuple[Participation, ...]:
    """Every body that is named as provider or in a reuse, sorted by key; not those that want no name."""
    return tuple(part for part in _parts(connection) if not part.body.startswith(UNNAMED))


def _parts(connection: Connection) -> tuple[Participation, ...]:
    reused = case((_COUNTS, col(ReuseRow.solution_id)))
    named = union(
        select(
            col(ProvisionRow.body).label("body"),
            col(ProvisionRow.solution_id).label("solution"),
            col(ProvisionRow.solution_id).label("provided"),
            null().label("reused"),
        ),
        select(col(ReuseRow.body), col(ReuseRow.solution_id), null(), reused),
    ).subquery()
    query = (
        select(
            named.c.body,
            func.count(distinct(named.c.provided)),
            func.count(distinct(named.c.reused)),
            func.count(distinct(named.c.solution)),
        )
        .group_by(named.c.body)
        .order_by(named.c.body)
    )
    return tuple(
        Participation(body=body, provides=provides, reuses=reuses, involved=involved)
        for body, provides, reuses, involved in connection.execute(query)
    )


def figures(connection: Connection) -> Figures:
    """The figures of the whole catalogue. A reuse that wants no name counts as one of another body."""
    query = select(col(SolutionRow.open_source), func.count()).group_by(col(SolutionRow.open_source))
    solutions = {row[0]: row[1] for row in connection.execute(query)}
    counts = reuse_counts(connection, None).values()
    parts = _parts(connection)
    return Figures(
        solutions=sum(solutions.values()),
        open_source=solutions.get(OpenSource.YES.value, 0),
        reuses=sum(count.count for count in counts),
        confirmed_reuses=sum(count.confirmed for count in counts),
        reusing_bodies=sum(1 for part in parts if part.reuses),
        providers=sum(1 for part in parts if part.provides),
        municipalities=sum(
            1 for part in parts if _is_municipality(part.body) and (part.provides or part.reuses)
        ),
    )


def _is_municipality(body: str) -> bool:
    return len(body) == MUNICIPALITY_LENGTH and body.isdigit()
