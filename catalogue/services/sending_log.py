"""What the office sees and decides of the outbox; each decision is a line of the audit trail."""

import logging
from datetime import datetime
from enum import StrEnum

from catalogue.storage.events import Entered, Subject, enter
from catalogue.storage.outbox import Sending, Transaction
from catalogue.storage.outbox_log import Line
from catalogue.storage.store import Store

__all__ = ["Line", "Move", "Sending", "decide", "lines_in"]

log = logging.getLogger(__name__)


class Move(StrEnum):
    """What the office may do with a message that was not sent."""

    RETRY = "retry"
    GIVE_UP = "give-up"

    @classmethod
    def of(cls, text: str) -> "Move | None":
        """The move of this name, or None."""
        return next((move for move in cls if move == text), None)


def lines_in(store: Store, state: Sending, *, limit: int) -> list[Line]:
    """The lines in a state, latest first."""
    return store.outbox_log.lines([state], limit=limit)


def decide(store: Store, message: int, move: Move, *, actor: str, now: datetime) -> bool:
    """Do it and note who did; False where the message is sent, being sent, or forgotten."""
    entered = Entered(subject=Subject.MESSAGE, number=message, at=now, actor=actor, action=move.value)
    act = store.outbox_log.retry if move is Move.RETRY else store.outbox_log.give_up
    done = act(message, now, also=lambda connection: _note(connection, entered))
    if done:
        log.info("message decided number=%s move=%s", message, move)
    return done


def _note(connection: Transaction, entered: Entered) -> None:
    enter(connection, entered)
