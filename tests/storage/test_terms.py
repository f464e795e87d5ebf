"""Search terms: counted by day, and nothing that can be read of rare ones after their day."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catalogue.domain.demand import Term
from catalogue.storage.store import Store
from catalogue.storage.terms import Count, day_of, forget_rare

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECRET = b"secret"


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True)
    yield opened
    opened.close()


def search(
    store: Store, term: str, when: datetime, *, times: int = 1, found: int = 0, opened: int = 0
) -> None:
    counts = {(term, day_of(when)): Count(searches=times, found=found, opened=opened)}
    store.terms.add(counts, now=when, secret=SECRET)


def in_files(folder: Path, word: str) -> bool:
    """Whether any file of the database holds the word, in whatever place."""
    return any(word.encode() in path.read_bytes() for path in folder.glob("catalogue.db*"))


def all_text(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        return "\n".join(database.iterdump())


def test_a_frequent_term_is_kept_with_its_counts(store: Store) -> None:
    for day, times in ((0, 2), (1, 2), (4, 1)):
        search(store, "baumkataster", NOW + day * DAY, times=times, found=day, opened=1)
        store.terms.purge(NOW + day * DAY, SECRET)

    assert store.terms.since((NOW - DAY).date()) == [
        Term(
            term="baumkataster",
            searches=5,
            days=3,
            found=4,
            opened=3,
            first="2026-11-20",
            last="2026-11-24",
        )
    ]
    assert store.terms.count_rare() == 0


@pytest.mark.parametrize(
    "searches",
    [
        {0: 1},
        {0: 400},  # often, but on one day
        {0: 2, 1: 400},  # on two
        {0: 1, 1: 1, 2: 2},  # four
        {0: 2, 9: 1, 31: 1, 45: 1},  # five, but spread over more than the time that a hash is kept
    ],
)
def test_a_rare_term_can_be_read_nowhere_after_its_day(
    store: Store, tmp_path: Path, searches: dict[int, int]
) -> None:
    for day, times in searches.items():
        search(store, "erikamustermann", NOW + day * DAY, times=times)
        for later in (1, 2):
            store.terms.purge(NOW + (day + later) * DAY, SECRET)

            assert "erikamustermann" not in all_text(tmp_path)
            assert not in_files(tmp_path, "erikamustermann")
    assert store.terms.since((NOW - DAY).date()) == []


def test_a_rare_term_is_no_longer_known_even_by_its_hash_after_thirty_days(store: Store) -> None:
    search(store, "baumkataster", NOW)
    store.terms.purge(NOW + DAY, SECRET)
    known = store.terms.count_rare()

    store.terms.purge(NOW + 32 * DAY, SECRET)

    assert (known, store.terms.count_rare()) == (1, 0)


def test_without_the_key_a_hash_says_nothing_of_its_term(store: Store, tmp_path: Path) -> None:
    search(store, "baumkataster", NOW)
    store.terms.purge(NOW + DAY, b"one")
    one = all_text(tmp_path)
    search(store, "baumkataster", NOW + DAY)
    store.terms.purge(NOW + 2 * DAY, b"another")

    assert store.terms.count_rare() == 2  # nobody can tell that they are of one term
    assert "baumkataster" not in one


def test_who_has_no_key_forgets_rare_terms_whole_and_keeps_todays_and_frequent_ones(
    store: Store, tmp_path: Path
) -> None:
    search(store, "erikamustermann", NOW)
    search(store, "heute", NOW + 5 * DAY)
    for day in range(5):
        search(store, "baumkataster", NOW + day * DAY)

    assert store.terms.purge(NOW + 5 * DAY) == 1

    assert store.terms.count_rare() == 0
    assert "erikamustermann" not in all_text(tmp_path)
    assert "heute" in all_text(tmp_path)
    assert [term.searches for term in store.terms.since(NOW.date())] == [5]


def test_a_term_counted_just_before_midnight_and_written_after_it_leaves_no_text(
    store: Store, tmp_path: Path
) -> None:
    store.terms.purge(NOW + DAY, SECRET)  # somebody was quicker

    store.terms.add({("spät", day_of(NOW)): Count(searches=1, found=0)}, now=NOW + DAY, secret=SECRET)

    assert "spät" not in all_text(tmp_path)
    assert store.terms.count_rare() == 1


def test_the_text_comes_back_with_the_search_that_makes_a_term_frequent(store: Store) -> None:
    for day in range(5):
        search(store, "baumkataster", NOW + day * DAY)
        store.terms.purge(NOW + day * DAY, SECRET)
        known = [term.searches for term in store.terms.since((NOW - DAY).date())]

        assert known == ([5] if day == 4 else [])


def test_a_frequent_term_is_deleted_after_a_year_and_what_is_left_of_it_is_rare(
    store: Store, tmp_path: Path
) -> None:
    for day in (0, 1, 2, 200):
        search(store, "baumkataster", NOW + day * DAY, times=2)

    store.terms.purge(NOW + 300 * DAY, SECRET)
    kept = store.terms.since(NOW.date())
    store.terms.purge(NOW + 369 * DAY, SECRET)

    assert [term.searches for term in kept] == [8]
    assert "baumkataster" not in all_text(tmp_path)
    assert not in_files(tmp_path, "baumkataster")


def test_a_hidden_term_stays_hidden_until_it_is_shown_again(store: Store) -> None:
    for day in range(5):
        search(store, "unfug", NOW + day * DAY)
    store.terms.hide("unfug", actor="office:1", now=NOW)
    store.terms.hide("unfug", actor="office:1", now=NOW)
    store.terms.purge(NOW + 6 * DAY, SECRET)

    assert store.terms.hidden() == {"unfug"}
    assert [term.searches for term in store.terms.since(NOW.date())] == [5]
    store.terms.show("unfug", actor="office:1", now=NOW)
    assert store.terms.hidden() == frozenset()


def test_a_copy_for_keeping_holds_no_rare_term_of_today(store: Store, tmp_path: Path) -> None:
    search(store, "erikamustermann", NOW)
    for day in range(5):
        search(store, "baumkataster", NOW + day * DAY)

    with store._engine.begin() as connection:
        assert forget_rare(connection) == 1

    assert "erikamustermann" not in all_text(tmp_path)
    assert "baumkataster" in all_text(tmp_path)


def test_two_processes_add_up(store: Store, tmp_path: Path) -> None:
    other = Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=False)

    for one in (store, other, store):
        search(one, "baumkataster", NOW, times=2, found=7, opened=1)
    other.close()

    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as database:
        rows = database.execute("SELECT * FROM search_term").fetchall()
    assert rows == [("baumkataster", "2026-11-20", 6, 7, 3)]
