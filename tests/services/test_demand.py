"""The radar: counts apart from the search, adds up, forgets, and never fails a search."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catalogue.services.demand import Radar
from catalogue.storage.errors import StoreNotWritable
from catalogue.storage.store import Store
from catalogue.storage.terms import Terms

DAY = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Full:
    """A store that nothing can be written to."""

    class terms:
        @staticmethod
        def add(counts, *, now, secret):
            raise StoreNotWritable(f"the database, with {counts}")

        purge = add


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True)
    yield opened
    opened.close()


def a_radar(store: object, clock: Clock, every: float = 3600) -> Radar:
    return Radar(lambda: store, lambda: b"secret", clock, every=every)


def frequent(terms: Terms, clock: Clock) -> dict[str, tuple[int, int, int]]:
    since = (clock.now - 90 * DAY).date()
    return {term.term: (term.searches, term.found, term.opened) for term in terms.since(since)}


def test_searches_of_several_days_make_a_term_known(store: Store, clock: Clock) -> None:
    radar = a_radar(store, clock)
    for day in range(3):
        for reader in ("a", "b"):
            radar.searched("baumkataster", day, f"{reader}{day}")
        radar.opened("baumkataster", "gruen", "a")
        radar.flush()
        clock.now += DAY
    radar.stop()

    assert frequent(store.terms, clock) == {"baumkataster": (6, 2, 3)}


def test_nobody_counts_twice_a_day(store: Store, clock: Clock) -> None:
    radar = a_radar(store, clock)
    for _ in range(5):
        for _ in range(100):
            radar.searched("wir sind die besten", 0, "192.0.2.1 Mozilla")
        clock.now += DAY
    radar.stop()

    assert frequent(store.terms, clock) == {"wir sind die besten": (5, 0, 0)}


def test_stopping_writes_what_waits(store: Store, clock: Clock) -> None:
    for _ in range(5):
        radar = a_radar(store, clock)
        radar.searched("baumkataster", 1, "a")
        radar.stop()
        clock.now += DAY

    assert frequent(store.terms, clock) == {"baumkataster": (5, 1, 0)}


def test_a_thread_writes_without_being_told(store: Store, clock: Clock) -> None:
    written = threading.Event()
    add = store.terms.add

    def noted(counts, *, now, secret):
        add(counts, now=now, secret=secret)
        written.set()

    store.terms.add = noted  # type: ignore[method-assign]
    radar = a_radar(store, clock, every=0.01)
    radar.searched("baumkataster", 1, "a")

    assert written.wait(20)
    radar.stop()


def test_what_cannot_be_written_waits_until_the_end_of_its_day_and_is_in_no_log(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    stores: list[object] = [Full()]
    radar = Radar(lambda: stores[-1], lambda: b"secret", clock, every=3600)
    with caplog.at_level(logging.DEBUG):
        radar.searched("erikamustermann", 0, "a")
        radar.flush()
        radar.searched("baumkataster", 0, "a")
        radar.flush()
        clock.now += DAY
        radar.flush()
        radar.searched("heute", 0, "a")
        radar.flush()
        stores.append(store)
        radar.stop()

    assert "erikamustermann" not in caplog.text
    assert caplog.text.count("demand not kept error=StoreNotWritable") == 1
    with store._engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT term, searches FROM search_term").fetchall()
    assert [tuple(row) for row in rows] == [("heute", 1)]


def test_the_radar_purges_once_a_day_without_any_search(store: Store, clock: Clock) -> None:
    radar = a_radar(store, clock)
    radar.searched("erikamustermann", 0, "a")
    radar.flush()

    clock.now += DAY
    radar.flush()

    with store._engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT term FROM search_term").fetchall()
    assert row[0].startswith("#")
    radar.stop()


def test_memory_is_bounded_where_nothing_can_be_written(clock: Clock) -> None:
    radar = a_radar(None, clock)
    for number in range(3000):
        radar.searched(f"wort {number}", 0, "a")
    radar.flush()

    assert len(radar._counts) == 2000
    radar.stop()
