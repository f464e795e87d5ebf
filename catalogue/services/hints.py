""" "This is not right": takes what a reader says, within limits, and closes it for the office."""

import logging
from datetime import timedelta
from enum import StrEnum

from catalogue.domain.solution import Solution
from catalogue.services.catalogue import Catalogue
from catalogue.standards.email import is_mail_address
from catalogue.storage.hints import Hint, HintClosed, HintState

__all__ = ["Hint", "HintClosed", "HintState", "Trouble", "about", "check", "close", "submit"]

log = logging.getLogger(__name__)

SHORTEST, LONGEST, LONGEST_PLACE = 5, 3000, 300  # signs
_PER_READER, _HOUR = 5, timedelta(hours=1)
_PER_SOLUTION, _DAY = 20, timedelta(days=1)


class Trouble(StrEnum):
    """Why a hint cannot be taken as it is."""

    TEXT_MISSING = "text-missing"
    TEXT_LONG = "text-long"
    PLACE_LONG = "place-long"
    EMAIL_WRONG = "email-wrong"
    TOO_MANY = "too-many"  # this reader, within an hour
    TOO_MANY_HERE = "too-many-here"  # about this solution, within a day


def about(catalogue: Catalogue, solution: Solution, body: str) -> str:
    """The key of the body if it is one that the profile names in a reuse, else nothing."""
    known = {reuse.body for reuse in solution.reuses}
    known |= {catalogue.bodies.get(key).key for key in known}
    return body if body in known else ""


def check(hint: Hint) -> tuple[Trouble, ...]:
    """What to mend in a hint; nothing where it can be taken."""
    found = (
        (Trouble.TEXT_MISSING, len(hint.text) < SHORTEST),
        (Trouble.TEXT_LONG, len(hint.text) > LONGEST),
        (Trouble.PLACE_LONG, len(hint.place) > LONGEST_PLACE),
        (Trouble.EMAIL_WRONG, bool(hint.email) and not is_mail_address(hint.email)),
    )
    return tuple(trouble for trouble, is_there in found if is_there)


def submit(catalogue: Catalogue, hint: Hint, *, reader: str, secret: bytes) -> tuple[Trouble, ...]:
    """Keep a hint, or say why not. `reader` (an address) is counted by a keyed hash and never kept."""
    if troubles := check(hint):
        return troubles
    store, now = catalogue.store, catalogue.now()
    if store.hints.find_same(hint):  # sent twice: it is here already
        return ()
    take = store.limits.take
    if not take("hint", reader, most=_PER_READER, within=_HOUR, now=now, secret=secret):
        return (Trouble.TOO_MANY,)
    if not take("hint of solution", hint.solution, most=_PER_SOLUTION, within=_DAY, now=now, secret=secret):
        return (Trouble.TOO_MANY_HERE,)
    kept = store.hints.add(hint)
    log.info("hint kept number=%s solution=%s", kept.number, kept.solution)
    return ()


def close(catalogue: Catalogue, number: int, state: HintState, *, actor: str, reason: str) -> None:
    """The office has dealt with a hint. Raises `HintClosed` where somebody else was quicker."""
    catalogue.store.hints.close(number, state, actor, catalogue.now(), reason)
    log.info("hint closed number=%s state=%s", number, state)
