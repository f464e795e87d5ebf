"""The demand radar: counts what is searched for, off the way of the search, and tells what nobody offers.

Counts are gathered in the process and written by a thread every few seconds, so that a search never waits for
the database and never fails with it; a process that is killed loses those seconds.
"""

import atexit
import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from catalogue.domain.bodies import Topic
from catalogue.domain.demand import KEPT, LEAST_DAYS, LEAST_SEARCHES, Term, unmet, unopened
from catalogue.services.browse import cards
from catalogue.services.cards import Card
from catalogue.services.catalogue import Catalogue
from catalogue.storage.store import Store
from catalogue.storage.terms import Count, day_of

__all__ = ["KEPT", "LEAST_DAYS", "LEAST_SEARCHES", "Demand", "Radar", "Term", "demand", "public_demand"]

log = logging.getLogger(__name__)

_EVERY = 5.0  # seconds between two writings
_SOON = 200  # terms that are written at once
_MOST = 2000  # terms that wait where nothing can be written; what comes then is not counted
_MOST_SEEN = 50_000  # marks of who searched for what today
_PUBLIC = timedelta(days=180)
MONTHS = (1, 3, 12)
_SHOWN = 200


class Radar:
    """What this process has counted and not written yet. Safe for threads.

    Nobody counts twice a day with the same term: that is known by a mark made of who and what with a key that
    only this process has and forgets with the day. Marks are never written.
    """

    def __init__(
        self,
        store: Callable[[], Store | None],
        secret: Callable[[], bytes],
        clock: Callable[[], datetime],
        *,
        every: float = _EVERY,
    ) -> None:
        """`store` is asked with each writing; None: there is none yet."""
        self._store, self._secret, self._clock, self._every = store, secret, clock, every
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str], Count] = {}
        self._seen: set[bytes] = set()
        self._day = self._purged = ""
        self._key = b""
        self._is_failing = False
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def searched(self, term: str, found: int, reader: str) -> None:
        """Somebody searched for a term, and that many solutions were found."""
        self._count(term, f"{reader}\0{term}", Count(searches=1, found=found))

    def opened(self, term: str, solution: str, reader: str) -> None:
        """Somebody opened a result of a term."""
        self._count(term, f"{reader}\0{term}\0{solution}", Count(opened=1))

    def start(self) -> None:
        """Begin to write in the background, if this process has not begun yet."""
        with self._lock:
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._run, daemon=True, name="demand")
                self._thread.start()
                atexit.register(self.stop)

    def stop(self) -> None:
        """Write what waits, and no more after that."""
        self._stopped.set()
        self._wake.set()
        thread = self._thread
        if thread and thread is not threading.current_thread():
            thread.join(self._every)
        atexit.unregister(self.stop)
        self.flush()

    def flush(self) -> None:
        """Write what waits, and once a day delete what may not be kept. Never raises."""
        with self._lock:
            counts, self._counts = self._counts, {}
        try:
            self._write(counts)
            self._is_failing = False
        except Exception as error:  # whatever it is: a message of the database may hold the terms
            if not self._is_failing:
                log.warning("demand not kept error=%s", type(error).__name__)
            self._is_failing = True
            self._take_back(counts)

    def _count(self, term: str, mark: str, more: Count) -> None:
        """Add to a term of today what was not counted already, if there is room."""
        self.start()
        with self._lock:
            day = day_of(self._clock())
            if day != self._day or len(self._seen) >= _MOST_SEEN:
                self._day, self._key, self._seen = day, os.urandom(32), set()
            seen = blake2b(mark.encode("utf-8", "replace"), key=self._key, digest_size=8).digest()
            if seen in self._seen:
                return
            self._seen.add(seen)
            self._put((term, day), more)
            if len(self._counts) >= _SOON:
                self._wake.set()

    def _put(self, key: tuple[str, str], more: Count) -> None:
        if key in self._counts or len(self._counts) < _MOST:
            count = self._counts.setdefault(key, Count())
            count.searches += more.searches
            count.opened += more.opened
            count.found = count.found if more.found is None else more.found

    def _write(self, counts: Mapping[tuple[str, str], Count]) -> None:
        store, now = self._store(), self._clock()
        if store is None:
            if counts:
                self._take_back(counts)
            return
        if counts:
            store.terms.add(counts, now=now, secret=self._secret())
        if self._purged != day_of(now):
            store.terms.purge(now, self._secret())
            self._purged = day_of(now)

    def _take_back(self, counts: Mapping[tuple[str, str], Count]) -> None:
        """Keep what could not be written for the next time; nothing of an earlier day."""
        today = day_of(self._clock())
        with self._lock:
            newer, self._counts = self._counts, {}
            for gathered in (counts, newer):
                for key, count in gathered.items():
                    if key[1] == today:
                        self._put(key, count)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.flush()
            self._wake.wait(self._every)
            self._wake.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is asked for and what there is: terms with their counts, topics and solutions without answer."""

    since: date
    terms: tuple[Term, ...]
    unmet: tuple[Term, ...]
    unopened: tuple[Term, ...]
    hidden: frozenset[str]
    rare: int
    empty_topics: tuple[Topic, ...]
    unused: tuple[Card, ...]
    unused_count: int


def demand(catalogue: Catalogue, *, months: int) -> Demand:
    """The demand of the last months, for the office."""
    since = catalogue.now().date() - timedelta(days=round(365 * months / 12))
    store = catalogue.store
    terms, counts = store.terms.since(since), store.reuse_counts()
    unused = [key for key, count in counts.items() if not count.count]
    return Demand(
        since=since,
        terms=tuple(sorted(terms, key=lambda term: (-term.searches, term.term))),
        unmet=tuple(unmet(terms)),
        unopened=tuple(unopened(terms)),
        hidden=store.terms.hidden(),
        rare=store.terms.count_rare(),
        empty_topics=empty_topics(catalogue),
        unused=cards(catalogue, sorted(unused)[:_SHOWN]),
        unused_count=len(unused),
    )


def empty_topics(catalogue: Catalogue) -> tuple[Topic, ...]:
    """The topics without any solution."""
    counts = catalogue.store.topic_counts()
    return tuple(topic for key, topic in catalogue.topics.items() if not counts.get(key))


def public_demand(catalogue: Catalogue) -> tuple[Term, ...]:
    """What is searched for and not found, for everybody: without what the office has hidden."""
    hidden = catalogue.store.terms.hidden()
    terms = catalogue.store.terms.since(catalogue.now().date() - _PUBLIC)
    return tuple(term for term in unmet(terms) if term.term not in hidden)[:_SHOWN]
