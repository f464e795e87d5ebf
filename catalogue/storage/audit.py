"""The audit trail as the office reads it: page by page, or all of it in parts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select
from sqlmodel import col

from catalogue.storage.events import Entered, Subject
from catalogue.storage.precious import AccountRow, EventRow

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEvents:
    """Which events are asked for; what is empty does not matter. `until` is the first moment too late."""

    subject: str = ""
    number: int = 0
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Audit:
    """Reads the audit trail. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def page(self, wanted: WantedEvents, *, offset: int, limit: int) -> tuple[int, list[Entered]]:
        """How many events are asked for, and a page of them, the latest first."""
        chosen = _chosen(wanted)
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(EventRow).where(*chosen)) or 0
            query = _events(chosen).order_by(col(EventRow.id).desc()).offset(offset).limit(limit)
            return total, [event for _, event in _read(connection, query)]

    def each(self, wanted: WantedEvents) -> Iterator[Entered]:
        """All that are asked for, the first one first; read in parts, so that many take little memory."""
        last = 0
        while True:
            query = _events([*_chosen(wanted), col(EventRow.id) > last])
            with self._engine.connect() as connection:
                found = _read(connection, query.order_by(col(EventRow.id)).limit(_BATCH))
            yield from (event for _, event in found)
            if len(found) < _BATCH:
                return
            last = found[-1][0]

    def actors(self, accounts: Collection[int] | None = None) -> Mapping[str, str]:
        """The names of accounts by what the trail calls them; of all of them where `accounts` is None."""
        query = select(col(AccountRow.id), col(AccountRow.name)).order_by(col(AccountRow.name))
        if accounts is not None:
            query = query.where(col(AccountRow.id).in_(accounts))
        with self._engine.connect() as connection:
            return {f"office:{row[0]}": row[1] for row in connection.execute(query)}


def _events(chosen: list[ColumnElement[bool]]) -> "Select[Any]":
    table = EventRow.__table__  # type: ignore[attr-defined]  # of a table model
    query: Select[Any] = select(table).where(*chosen)
    return query


def _chosen(wanted: WantedEvents) -> list[ColumnElement[bool]]:
    pairs = (
        (wanted.subject, col(EventRow.subject) == wanted.subject),
        (wanted.number, col(EventRow.number) == wanted.number),
        (wanted.actor, col(EventRow.actor) == wanted.actor),
    )
    chosen = [condition for given, condition in pairs if given]
    if wanted.since:
        chosen.append(col(EventRow.at) >= wanted.since)
    if wanted.until:
        chosen.append(col(EventRow.at) < wanted.until)
    return chosen


def _read(connection: Connection, query: "Select[Any]") -> list[tuple[int, Entered]]:
    return [
        (
            row["id"],
            Entered(
                subject=Subject(row["subject"]),
                number=row["number"],
                at=row["at"],
                actor=row["actor"],
                action=row["action"],
                changes={name: (pair[0], pair[1]) for name, pair in row["changes"].items()},
                reason=row["reason"],
            ),
        )
        for row in connection.execute(query).mappings()
    ]
