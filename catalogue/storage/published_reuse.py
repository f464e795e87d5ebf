"""The reuses that the published catalogue counts as confirmed, as the feeds tell of them."""

from dataclasses import dataclass

from sqlalchemy import Engine, case, select
from sqlmodel import col

from catalogue.domain.reuse import Relation, Reuse
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.storage.tables import ReuseRow, SolutionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedReuse:
    """A reuse with the solution that it is of; `body` is the key of today."""

    solution: str
    name: str
    body: str
    reuse: Reuse


class PublishedReuses:
    """Reads the derived table alone: what it does not hold, nobody is told."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def latest(self, *, solution: str = "", limit: int) -> list[PublishedReuse]:
        """Confirmed reuses, of one solution or of all: what was said or affirmed last first."""
        affirmed, latest = col(ReuseRow.affirmed), col(ReuseRow.latest)
        moment = case((affirmed > latest, affirmed), else_=latest)
        query = (
            select(col(SolutionRow.id), col(SolutionRow.name), col(ReuseRow.body), col(ReuseRow.data))
            .join(SolutionRow, col(ReuseRow.solution_id) == col(SolutionRow.id))
            .where(col(ReuseRow.confirmed), col(ReuseRow.relation) == Relation.USES.value)
            .order_by(moment.desc(), col(SolutionRow.id), col(ReuseRow.position))
            .limit(limit)
        )
        if solution:
            query = query.where(col(ReuseRow.solution_id) == solution)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            PublishedReuse(solution=row[0], name=row[1], body=row[2], reuse=reuse_from_plain(row[3]))
            for row in rows
        ]
