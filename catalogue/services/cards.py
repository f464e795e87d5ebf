"""A solution in short, and what is kept of it while a revision of the catalogue is the published one."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from catalogue.domain.bodies import Body
from catalogue.domain.licences import LicenceGroup
from catalogue.domain.observed import Observed
from catalogue.domain.solution import Solution
from catalogue.services.figures import ReuseCount
from catalogue.services.search import Reason

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A solution in short, with the names of those who offer and reuse it, and why a search found it.

    `solution` is as it is believed to be, `entry` as its entry says; `observed` has what was seen.
    """

    solution: Solution
    entry: Solution
    observed: Observed
    providers: tuple[Body, ...]
    licence_group: LicenceGroup
    reuse: ReuseCount
    reusers: tuple[Body, ...]
    first_published: datetime
    last_changed: datetime
    terms: frozenset[str] = frozenset()  # words that matched the search
    reasons: tuple[Reason, ...] = ()
    by: str = "words"


class Memo(Generic[K, V]):
    """What was worked out once and does not change within a revision. Safe for threads: it may forget."""

    def __init__(self, most: int) -> None:
        """`most` is the number of values that it keeps; after that the oldest goes for each new one."""
        self._kept: dict[K, V] = {}
        self._most = most
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value, None where it is not known (any more)."""
        return self._kept.get(key)

    def keep(self, key: K, value: V) -> V:
        """Keep a value and return it."""
        with self._lock:
            if key not in self._kept and len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = value
        return value
