"""Writes what one publication changes, in the transaction of whoever calls."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from catalogue.domain.entry import Entry, Value
from catalogue.domain.programme import BodyFacts
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_from, solution_of
from catalogue.storage.derived import Shown, derive_anew, reuse_rows, shown_row
from catalogue.storage.errors import StoreBusy
from catalogue.storage.tables import CatalogueRow, ReferenceRow, ReuseRow, ShownRow, SolutionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What one publication writes. It was planned when the catalogue stood at revision `after`."""

    after: int
    index_folder: str
    content_hash: str
    published_at: datetime
    entries: Sequence[tuple[Entry, str]]  # added or changed, each with its fingerprint
    removed: Collection[str]
    lists: Mapping[str, Sequence[tuple[str, Mapping[str, Value]]]]  # all of them, as Store.lists() has them
    describe: Callable[[str], BodyFacts]
    shown: Mapping[str, Shown] = field(default_factory=dict)  # by solution
    reuse_event: int = 0  # number of the last event of a report that it knows of

    @property
    def revision(self) -> int:
        """The number of the catalogue that this makes."""
        return self.after + 1


def write(connection: Connection, publication: Publication, place: str) -> int:
    """Write everything; returns the new revision. Raises `StoreBusy` where another one was quicker."""
    _refuse_overtaken(connection, publication.after, place)
    _write_solutions(connection, publication)
    _write_lists(connection, publication)
    derive_anew(connection, _solutions(connection), publication.describe, publication.shown)
    return _write_state(connection, publication)


@dataclass(frozen=True, slots=True, kw_only=True)
class Republication:
    """What changes where only the known reuses of some solutions do. Planned at the revision `after`."""

    after: int
    index_folder: str
    content_hash: str
    published_at: datetime
    describe: Callable[[str], BodyFacts]
    shown: Mapping[str, Shown]  # of the solutions that change; the same snapshots as before
    reuse_event: int

    @property
    def revision(self) -> int:
        """The number of the catalogue that this makes."""
        return self.after + 1


def write_reuses(connection: Connection, republication: Republication, place: str) -> int:
    """Write the reuses anew; returns the new revision. Raises `StoreBusy` where another one was quicker."""
    _refuse_overtaken(connection, republication.after, place)
    for solution_id, shown in republication.shown.items():
        connection.execute(delete(ReuseRow).where(col(ReuseRow.solution_id) == solution_id))
        connection.execute(delete(ShownRow).where(col(ShownRow.solution_id) == solution_id))
        if rows := reuse_rows(solution_id, shown.reuses, republication.describe):
            connection.execute(insert(ReuseRow), rows)
        connection.execute(insert(ShownRow), shown_row(solution_id, shown))
    return _write_state(connection, republication)


def _refuse_overtaken(connection: Connection, after: int, place: str) -> None:
    # The lock is for PostgreSQL; SQLite's transaction already holds the whole database.
    current = connection.scalar(select(col(CatalogueRow.revision)).with_for_update()) or 0
    if current != after:
        raise StoreBusy(place)


def _write_state(connection: Connection, publication: Publication | Republication) -> int:
    connection.execute(delete(CatalogueRow))
    connection.execute(
        insert(CatalogueRow).values(
            id=1,
            revision=publication.revision,
            index_folder=publication.index_folder,
            content_hash=publication.content_hash,
            published_at=publication.published_at,
            reuse_event=publication.reuse_event,
        )
    )
    return publication.revision


def _write_solutions(connection: Connection, publication: Publication) -> None:
    query = select(col(SolutionRow.id), col(SolutionRow.first_published))
    first = {row[0]: row[1] for row in connection.execute(query)}
    gone = {*publication.removed, *(entry.id for entry, _ in publication.entries if entry.id in first)}
    for solution_id in sorted(gone):
        connection.execute(delete(SolutionRow).where(col(SolutionRow.id) == solution_id))
    rows = [
        _row(entry, fingerprint, first.get(entry.id, publication.published_at), publication.published_at)
        for entry, fingerprint in publication.entries
    ]
    if rows:
        connection.execute(insert(SolutionRow), rows)


def _row(entry: Entry, fingerprint: str, first: datetime, last: datetime) -> dict[str, object]:
    solution = solution_of(entry)
    return {
        "id": entry.id,
        "name": solution.name,
        "open_source": solution.open_source.value if solution.open_source else None,
        "content_hash": fingerprint,
        "fields": entry.fields,
        "text_de": entry.text,
        "text_en": entry.text_en,
        "first_published": first,
        "last_changed": last,
        "latest_event": solution.latest_event,
    }


def _write_lists(connection: Connection, publication: Publication) -> None:
    connection.execute(delete(ReferenceRow))
    rows = [
        {"kind": kind, "id": key, "position": position, "data": fields}
        for kind, items in publication.lists.items()
        for position, (key, fields) in enumerate(items)
    ]
    if rows:
        connection.execute(insert(ReferenceRow), rows)


def _solutions(connection: Connection) -> Iterator[Solution]:
    query = select(
        col(SolutionRow.id), col(SolutionRow.fields), col(SolutionRow.text_de), col(SolutionRow.text_en)
    )
    for row in connection.execute(query).all():
        yield solution_from(row[0], row[1], row[2], row[3])
