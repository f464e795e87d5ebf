"""Who has a solution from whom: what pictures of reuse ask of the published tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Engine, Executable, and_, desc, distinct, func, select, true
from sqlmodel import col

from catalogue.domain.pairs import GIVING_ROLE
from catalogue.domain.reuse import UNNAMED, Relation, Stage
from catalogue.storage.tables import ProvisionRow, ReuseRow, SolutionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A body that uses a solution, tries it or plans to. `body` is the key of today; it has a name."""

    solution: str
    body: str
    stage: Stage
    standing: str
    since: str  # when the stage began; empty where nobody knows
    latest: str


Stages: TypeAlias = Collection[Stage]

_NAMED = ~col(ReuseRow.body).startswith(UNNAMED, autoescape=True)
_USE = (
    col(ReuseRow.solution_id),
    col(ReuseRow.body),
    col(ReuseRow.stage),
    col(ReuseRow.standing),
    col(ReuseRow.planned),
    col(ReuseRow.trial),
    col(ReuseRow.in_use),
    col(ReuseRow.latest),
)


def _at(stages: Stages) -> ColumnElement[bool]:
    wanted = [stage.value for stage in stages]
    return and_(col(ReuseRow.relation) == Relation.USES.value, col(ReuseRow.stage).in_(wanted))


def _use(row: Sequence[Any]) -> Use:
    stage = Stage(row[2])
    since = {Stage.PLANNED: row[4], Stage.TRIAL: row[5], Stage.IN_USE: row[6]}.get(stage)
    return Use(solution=row[0], body=row[1], stage=stage, standing=row[3], since=since or "", latest=row[7])


class Pairs:
    """Reads the derived tables; every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Store` makes it."""
        self._engine = engine

    def uses_of(self, solution_id: str, stages: Stages) -> list[Use]:
        """The named bodies that reuse a solution, at one of these stages, in the entry's order."""
        query = select(*_USE).where(_at(stages), _NAMED, col(ReuseRow.solution_id) == solution_id)
        return self._uses(query.order_by(col(ReuseRow.position)))

    def latest(self, limit: int) -> list[Use]:
        """The reuses on trial or in use that were heard of last, the latest first."""
        query = select(*_USE).where(_NAMED, col(ReuseRow.counts).is_(true()), col(ReuseRow.latest) != "")
        order = (desc(col(ReuseRow.latest)), col(ReuseRow.solution_id), col(ReuseRow.position))
        return self._uses(query.order_by(*order).limit(limit))

    def solutions_by_body(self, stages: Stages) -> dict[str, int]:
        """How many solutions each named body reuses at one of these stages."""
        query = (
            select(col(ReuseRow.body), func.count(distinct(col(ReuseRow.solution_id))))
            .where(_at(stages), _NAMED)
            .group_by(col(ReuseRow.body))
            .order_by(col(ReuseRow.body))
        )
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def unnamed(self, stages: Stages, *, solution_id: str | None = None) -> int:
        """How many reuses are counted whose body is not named."""
        query = select(func.count()).select_from(ReuseRow).where(_at(stages), ~_NAMED)
        if solution_id is not None:
            query = query.where(col(ReuseRow.solution_id) == solution_id)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def reused_solutions(self, limit: int) -> list[tuple[str, str, int]]:
        """Id, name and number of bodies of the solutions that most bodies use, try or plan."""
        number = func.count(distinct(col(ReuseRow.body)))
        query = (
            select(col(SolutionRow.id), col(SolutionRow.name), number)
            .join(ReuseRow, col(ReuseRow.solution_id) == col(SolutionRow.id))
            .where(_at((Stage.PLANNED, Stage.TRIAL, Stage.IN_USE)))
            .group_by(col(SolutionRow.id), col(SolutionRow.name))
            .order_by(desc(number), col(SolutionRow.name))
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def providers_of(self, solution_id: str) -> list[str]:
        """The owners of a solution, in the entry's order."""
        query = (
            select(col(ProvisionRow.body))
            .where(col(ProvisionRow.solution_id) == solution_id, col(ProvisionRow.role) == GIVING_ROLE)
            .order_by(col(ProvisionRow.position))
        )
        with self._engine.connect() as connection:
            return list(connection.scalars(query))

    def _uses(self, query: Executable) -> list[Use]:
        """Each body once for a solution: as its first row has it."""
        with self._engine.connect() as connection:
            found = [_use(row) for row in connection.execute(query)]
        return list({(use.solution, use.body): use for use in reversed(found)}.values())[::-1]
