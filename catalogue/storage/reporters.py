"""Who reported: which reports belong to a mail address. Addresses go in and never come out."""

from collections.abc import Collection

from sqlalchemy import Engine, select
from sqlmodel import col

from catalogue.domain.reuse_report import State
from catalogue.storage.precious import ReporterRow, ReportRow


class Reporters:
    """Finds reports by mail address. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def reports_of(self, email: str, states: Collection[State]) -> tuple[int, ...]:
        """The numbers of the reports that were made from an address (as `parse_mail_address` returns it)."""
        query = (
            select(col(ReportRow.number))
            .join(ReporterRow, col(ReporterRow.report) == col(ReportRow.number))
            .where(
                col(ReporterRow.email) == email, col(ReportRow.state).in_([state.value for state in states])
            )
            .order_by(col(ReportRow.number))
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))
