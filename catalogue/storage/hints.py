"""The book of hints: what readers say is not right, until the office has dealt with it.

Every method is a transaction of its own and raises the errors of `catalogue.storage.errors`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, insert, select, update
from sqlmodel import col

from catalogue.storage.database import writer
from catalogue.storage.events import Entered, Subject, enter
from catalogue.storage.precious import HintRow


class HintState(StrEnum):
    """Where a hint stands with the office."""

    OPEN = "open"
    DONE = "done"  # it was right, and something was changed
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Somebody says that something is not right. `number` is 0 until it is kept.

    `body` is empty where it is about the whole profile. `email` goes when the hint is closed.
    """

    number: int = 0
    solution: str
    body: str = ""
    text: str
    place: str = ""
    email: str = ""
    state: HintState = HintState.OPEN
    made: datetime


class HintClosed(Exception):
    """The hint is not open (any more): somebody else was quicker."""


class Hints:
    """All hints. Threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def find(self, number: int) -> Hint | None:
        """A hint, or None."""
        with self._engine.connect() as connection:
            return _one(connection, col(HintRow.number) == number)

    def open(self, *, limit: int = 50, offset: int = 0) -> list[Hint]:
        """Hints that wait, the oldest first."""
        query = _HINT.where(col(HintRow.state) == HintState.OPEN.value).order_by(col(HintRow.number))
        with self._engine.connect() as connection:
            found = connection.execute(query.limit(limit).offset(offset)).mappings()
            return [_hint(dict(row)) for row in found]

    def count_open(self) -> int:
        """How many hints wait."""
        query = select(func.count()).where(col(HintRow.state) == HintState.OPEN.value)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def find_same(self, hint: Hint) -> Hint | None:
        """An open hint that says the very same, as a form that was sent twice makes it."""
        with self._engine.connect() as connection:
            return _one(connection, _says_the_same(hint))

    def add(self, hint: Hint) -> Hint:
        """Keep a hint; where an open one says the very same, that one stands for both."""
        with writer(self._engine).begin() as connection:
            if known := _one(connection, _says_the_same(hint)):
                return known
            row = {
                name: getattr(hint, name) for name in ("solution", "body", "text", "place", "email", "made")
            }
            number = connection.execute(
                insert(HintRow).values(**row, state=hint.state.value).returning(HintRow.__table__.c.number)  # type: ignore[attr-defined]  # of a table model
            ).scalar_one()
            changes = {
                "solution": (None, hint.solution),
                "body": (None, hint.body),
                "state": (None, hint.state.value),
            }
            enter(connection, _entered(int(number), hint.made, "reader", "submitted", changes))
        return replace(hint, number=int(number))

    def close(self, number: int, state: HintState, actor: str, now: datetime, reason: str = "") -> None:
        """The office has dealt with a hint; its mail address is deleted. Raises `HintClosed`."""
        with writer(self._engine).begin() as connection:
            changed = connection.execute(
                update(HintRow)
                .where(col(HintRow.number) == number, col(HintRow.state) == HintState.OPEN.value)
                .values(state=state.value, email="")
            )
            if not changed.rowcount:
                raise HintClosed(str(number))
            changes = {"state": (HintState.OPEN.value, state.value)}
            enter(connection, _entered(number, now, actor, "closed", changes, reason))


_HINT = select(HintRow.__table__)  # type: ignore[attr-defined]  # of a table model


def _one(connection: Connection, condition: ColumnElement[bool]) -> Hint | None:
    row = connection.execute(_HINT.where(condition).order_by(col(HintRow.number))).mappings().first()
    return _hint(dict(row)) if row else None


def _hint(row: Mapping[str, object]) -> Hint:
    return Hint(**{**row, "state": HintState(str(row["state"]))})  # type: ignore[arg-type]  # columns are its fields


def _says_the_same(hint: Hint) -> ColumnElement[bool]:
    return and_(
        col(HintRow.state) == HintState.OPEN.value,
        col(HintRow.solution) == hint.solution,
        col(HintRow.body) == hint.body,
        col(HintRow.text) == hint.text,
    )


def _entered(
    number: int,
    at: datetime,
    actor: str,
    action: str,
    changes: Mapping[str, tuple[object, object]],
    reason: str = "",
) -> Entered:
    return Entered(
        subject=Subject.HINT,
        number=number,
        at=at,
        actor=actor,
        action=action,
        changes=changes,
        reason=reason,
    )
