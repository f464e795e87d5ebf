"""What is sent: a parcel, what may come of carrying it, and when it is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

# How long to wait after each try that failed; after the last one it is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
LEASE = timedelta(minutes=10)  # longer than any carrier may take for one parcel


class Trouble(StrEnum):
    """Why something was not delivered; in the log it may be followed by a code that the other side gave."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"  # whoever answers cannot prove who it is
    NO_ENCRYPTION = "no-encryption"
    LOGIN = "login"
    REFUSED = "refused"
    ANSWERED = "answered"  # something else than "taken"
    NOT_PUBLIC = "not-public"  # an address that is not of the public internet, or not https
    NOT_WELL_FORMED = "not-well-formed"
    INTERRUPTED = "interrupted"  # whoever was sending it stopped in the middle
    DROPPED = "dropped"  # nobody wants it any more
    BROKEN = "broken"  # a fault of ours


class Way(StrEnum):
    """What becomes of a parcel that was not delivered."""

    LATER = "later"
    NEVER = "never"  # another try would end the same
    CARRIER_DOWN = "carrier-down"  # later, and nothing else gets through now either
    UNWANTED = "unwanted"  # the other side wants nothing of the kind any more


class NotDelivered(Exception):
    """A parcel was not taken. `trouble` names no address and nothing secret."""

    def __init__(self, way: Way, trouble: Trouble, code: str = "", *, until: datetime | None = None) -> None:
        self.way = way
        self.trouble = f"{trouble} {code}".strip()
        self.until = until  # the other side asks for patience until then
        super().__init__(f"{way}: {self.trouble}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A mail or a call on its way. `number` and `made` are the same however often it is tried."""

    number: int
    address: str
    title: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    made: datetime
    tries: int = 1  # with this one


def next_try(tries: int, now: datetime, *, until: datetime | None = None) -> datetime | None:
    """When to try again after so many tries, not before `until`; None where it is given up."""
    if tries > len(WAITS):
        return None
    usual = now + WAITS[tries - 1]
    return max(usual, min(until, now + WAITS[-1])) if until else usual
