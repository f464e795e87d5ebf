"""The known reuses as they are published: read back, and written anew for some solutions alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, case, select, true, update
from sqlmodel import col

from catalogue.domain.reuse import Relation, Reuse
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.storage.database import place_of, writer
from catalogue.storage.publication import Republication, write_reuses
from catalogue.storage.tables import CatalogueRow, ReuseRow, ShownRow, SolutionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedReuse:
    """A reuse with the solution that it is of; `body` is the key of today."""

    solution: str
    name: str
    body: str
    reuse: Reuse


class PublishedReuse:
    """What the published catalogue says of who reuses what. Threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def of(self, ids: Sequence[str] | None = None) -> Mapping[str, tuple[Reuse, ...]]:
        """The reuses of each solution (None: of all), in their order; those without any are left out."""
        query = select(col(ReuseRow.solution_id), col(ReuseRow.data))
        if ids is not None:
            query = query.where(col(ReuseRow.solution_id).in_(ids))
        query = query.order_by(col(ReuseRow.solution_id), col(ReuseRow.position))
        found: dict[str, list[Reuse]] = {}
        with self._engine.connect() as connection:
            for solution_id, data in connection.execute(query):
                found.setdefault(solution_id, []).append(reuse_from_plain(data))
        return {solution_id: tuple(reuses) for solution_id, reuses in found.items()}

    def prints(self, ids: Sequence[str] | None = None) -> Mapping[str, tuple[str, str]]:
        """The fingerprints of what is shown of each solution (None: of all): of its signs, of its reuse."""
        query = select(col(ShownRow.solution_id), col(ShownRow.signs), col(ShownRow.known))
        if ids is not None:
            query = query.where(col(ShownRow.solution_id).in_(ids))
        with self._engine.connect() as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(query)}

    def latest(self, *, solution: str = "", limit: int) -> list[NamedReuse]:
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
            NamedReuse(solution=row[0], name=row[1], body=row[2], reuse=reuse_from_plain(row[3]))
            for row in rows
        ]

    def running(self, bodies: Collection[str]) -> list[tuple[str, str, Reuse]]:
        """What these bodies have on trial or in use: body, solution's id and the reuse, in no order."""
        query = select(col(ReuseRow.body), col(ReuseRow.solution_id), col(ReuseRow.data)).where(
            col(ReuseRow.body).in_(bodies), col(ReuseRow.counts).is_(true())
        )
        with self._engine.connect() as connection:
            return [(row[0], row[1], reuse_from_plain(row[2])) for row in connection.execute(query)]

    def replace(self, republication: Republication) -> int:
        """Publish, whole or not at all; returns the new revision.

        Raises `StoreBusy` where somebody else has published since `republication` was planned.
        """
        with writer(self._engine).begin() as connection:
            return write_reuses(connection, republication, place_of(self._engine.url))

    def note(self, revision: int, event: int) -> None:
        """Remember that this revision, if it is still published, shows all reports up to an event."""
        known = (col(CatalogueRow.revision) == revision, col(CatalogueRow.reuse_event) < event)
        with writer(self._engine).begin() as connection:
            connection.execute(update(CatalogueRow).where(*known).values(reuse_event=event))
