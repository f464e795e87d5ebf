"""Who may ask for another look, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from catalogue.domain.harvest_schedule import ASK_AGAIN, may_ask_again

ALIVE = timedelta(days=1)  # without any look for that long, nobody knows when the next one will be


class Answer(StrEnum):
    """What somebody is told who wants another look."""

    ASKED = "asked"
    ALREADY = "already"  # somebody has asked before, and it was not looked at yet
    WAIT = "wait"  # the last look is less than an hour old
    NOTHING = "nothing"  # there is no repository to look at
    UNAVAILABLE = "unavailable"  # it could not be noted down


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What to do for one repository, and from when on it may be asked for."""

    answer: Answer
    from_then: datetime | None = None


def plan_ask(*, last_attempt: datetime | None, asked_for: datetime | None, now: datetime) -> Ask:
    """Whether to note down that somebody wants a look at a repository."""
    if asked_for is not None:
        return Ask(answer=Answer.ALREADY)
    if not may_ask_again(last_attempt, now) and last_attempt is not None:
        return Ask(answer=Answer.WAIT, from_then=last_attempt + ASK_AGAIN)
    return Ask(answer=Answer.ASKED)


def best(answers: list[Answer]) -> Answer:
    """One answer for all repositories of a solution: what was done counts before what was not."""
    return next((one for one in Answer if one in answers), Answer.NOTHING)


def is_alive(last_look: datetime | None, now: datetime) -> bool:
    """Whether the harvest is at work, so that a look can be promised: anybody looked within the last day."""
    return last_look is not None and now - last_look <= ALIVE
