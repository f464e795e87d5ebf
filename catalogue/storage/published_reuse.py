"""The known reuses as they are published: read back, and written anew for some solutions alone."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, select, update
from sqlmodel import col

from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.storage.database import place_of, writer
from catalogue.storage.publication import Republication, write_reuses
from catalogue.storage.tables import CatalogueRow, ReuseRow


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
