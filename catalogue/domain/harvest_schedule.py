"""When a repository is looked at next: once a day at its own minute, and later where it keeps failing."""

import hashlib
from datetime import UTC, datetime, timedelta

EVERY = timedelta(days=1)
SOONEST = timedelta(hours=12)  # after a look that went well
_DAY = 86_400
_FIRST_RETRY = timedelta(hours=1)
_LONGEST_WAIT = timedelta(days=7)
_JITTER = 0.25  # share of the wait by which repositories that fail together are spread
ASK_AGAIN = timedelta(hours=1)  # whoever wants another look waits that long after the last one


def slot_of(key: str) -> timedelta:
    """The time of day (UTC) at which a repository is looked at; the same for ever, spread over the day."""
    return timedelta(seconds=_number(key) % _DAY)


def next_look(key: str, now: datetime) -> datetime:
    """When to look again after a good look at `now`: the first own minute that is 12 hours or more later."""
    earliest = now.astimezone(UTC) + SOONEST
    due = earliest.replace(hour=0, minute=0, second=0, microsecond=0) + slot_of(key)
    return due if due >= earliest else due + EVERY


def next_try(key: str, now: datetime, failures: int, *, until: datetime | None = None) -> datetime:
    """When to look again after `failures` looks in a row (1 or more) that failed.

    One hour, then twice as long each time, a week at most; a quarter of that more or less by the repository,
    so that those that failed together do not come back together. Never before `until`, where the server said
    when to come back; a server that names a time beyond a week is not believed.
    """
    doublings: int = min(max(failures, 1) - 1, 10)
    wait: timedelta = min(_FIRST_RETRY * (1 << doublings), _LONGEST_WAIT)
    spread = (_number(f"{key}#{failures}") % 2001 / 1000 - 1) * _JITTER
    due = now + min(wait * (1 + spread), _LONGEST_WAIT)
    return due if until is None else max(due, min(until, now + _LONGEST_WAIT))


def may_ask_again(last_attempt: datetime | None, now: datetime) -> bool:
    """Whether somebody may ask for a look now."""
    return last_attempt is None or now - last_attempt >= ASK_AGAIN


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
