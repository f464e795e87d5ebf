"""How often a host is asked, and when it wants to be left alone."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

USUAL_REST = timedelta(minutes=1)  # where a host says "too many" and not for how long
_LATEST = 9_999_999_999  # seconds; the year 2286
_EPOCH_FROM = 1_000_000_000  # a reset above it is a moment, below it a number of seconds
# Names under which hosts say how many questions are left and when there will be more.
_LEFT = ("x-ratelimit-remaining", "ratelimit-remaining")
_RESET = ("x-ratelimit-reset", "ratelimit-reset")


def rest_asked_for(
    status: int, headers: Mapping[str, str], now: datetime, longest: timedelta
) -> datetime | None:
    """Until when an answer asks us to stay away; None where it does not. Headers in lower case.

    429 always asks for it; 403 and 503 where a header says so; any other answer where it was the last one
    of the allowance.
    """
    is_spent = any(headers.get(name, "").strip() == "0" for name in _LEFT)
    waits = "retry-after" in headers and status in (403, 429, 503)
    if not (status == 429 or is_spent or waits):
        return None
    found = _after(headers.get("retry-after", ""), now)
    for name in _RESET:
        found = found or _after(headers.get(name, ""), now)
    return min(max(found or now + USUAL_REST, now), now + longest)


def _after(text: str, now: datetime) -> datetime | None:
    """The moment that a number of seconds, a moment in seconds or an HTTP date stands for."""
    text = text.strip()
    try:
        if text.isascii() and text.isdigit():
            number = min(int(text[:15]), _LATEST)
            return (
                datetime.fromtimestamp(number, UTC) if number >= _EPOCH_FROM else now + timedelta(0, number)
            )
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Pace:
    """Keeps requests to one host apart, over all threads, and knows which hosts rest."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._next: dict[str, float] = {}
        self._rests: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def turn(self, host: str, now: float) -> float:
        """How many seconds to wait before asking; the place in the row is taken."""
        with self._lock:
            start = max(self._next.get(host, now), now)
            self._next[host] = start + self._pause
            return start - now

    def rest(self, host: str, until: datetime) -> None:
        """The host is left alone until then."""
        with self._lock:
            self._rests[host] = max(until, self._rests.get(host, until))

    def resting(self, host: str, now: datetime) -> datetime | None:
        """Until when the host is left alone; None where it may be asked."""
        with self._lock:
            until = self._rests.get(host)
        return until if until is not None and until > now else None
