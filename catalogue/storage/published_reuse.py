"""The published reuse of many bodies or solutions at once, from the derived table."""

from collections.abc import Collection

from sqlalchemy import Engine, select, true
from sqlmodel import col

from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.storage.tables import ReuseRow


class PublishedReuse:
    """Who reuses what, as it is published. `body` is a key of today."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def running(self, bodies: Collection[str]) -> list[tuple[str, str, Reuse]]:
        """What these bodies have on trial or in use: body, solution's id and the reuse, in no order."""
        query = select(col(ReuseRow.body), col(ReuseRow.solution_id), col(ReuseRow.data)).where(
            col(ReuseRow.body).in_(bodies), col(ReuseRow.counts).is_(true())
        )
        with self._engine.connect() as connection:
            return [(row[0], row[1], reuse_from_plain(row[2])) for row in connection.execute(query)]
