"""What is read from the tables of published entries, typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlmodel import col

from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_from
from catalogue.storage.tables import CatalogueRow, SolutionRow

# The columns that `stored_solution` reads, in its order; more may follow them.
SOLUTION = (
    col(SolutionRow.id),
    col(SolutionRow.fields),
    col(SolutionRow.text_de),
    col(SolutionRow.text_en),
    col(SolutionRow.first_published),
    col(SolutionRow.last_changed),
)
_STATE = select(
    col(CatalogueRow.revision),
    col(CatalogueRow.index_folder),
    col(CatalogueRow.published_at),
    col(CatalogueRow.content_hash),
    col(CatalogueRow.reuse_event),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueState:
    """Which catalogue is published: its number, the name of its index folder, since when."""

    revision: int
    index_folder: str
    published_at: datetime
    content_hash: str
    reuse_event: int = 0  # number of the last event of a report that it shows


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSolution:
    """A published solution with its dates in UTC."""

    solution: Solution
    first_published: datetime
    last_changed: datetime


def find_state(connection: Connection) -> CatalogueState | None:
    """The published catalogue, or None before the first publication."""
    row = connection.execute(_STATE).first()
    if row is None:
        return None
    return CatalogueState(
        revision=row[0],
        index_folder=row[1],
        published_at=row[2],
        content_hash=row[3],
        reuse_event=row[4],
    )


def stored_solution(row: "Row[*tuple[Any, ...]]") -> StoredSolution:
    """The solution of a row that begins with the columns of `SOLUTION`."""
    return StoredSolution(
        solution=solution_from(row[0], row[1], row[2], row[3]), first_published=row[4], last_changed=row[5]
    )
