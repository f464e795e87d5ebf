"""The book of the harvest: claims are exclusive, nothing good is lost, and a move takes the history along."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from catalogue.domain.snapshot import Activity, Fact, Question, Snapshot, Voice
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.store import Store

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ADDRESS, KEY = "https://git.example/town/tool", "git.example/town/tool"
NEW_ADDRESS, NEW_KEY = "https://git.example/town/toolbox", "git.example/town/toolbox"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'catalogue.db'}", migrate=True)
    yield opened
    opened.close()


@pytest.fixture
def book(store: Store) -> HarvestBook:
    store.harvest.know({KEY: (ADDRESS, NOW)})
    return store.harvest


def a_snapshot(when: datetime = NOW, *, licence: str = "MIT", address: str = ADDRESS) -> Snapshot:
    return Snapshot(
        asked=ADDRESS, address=address, looked_at=when, branch="main", commit="a" * 40, committed_at=NOW,
        refs=when.isoformat(),
        facts=(Fact(question=Question.LICENCE, value=licence, voice=Voice.LICENCE_FILE),),
    )  # fmt: skip


def keep(
    book: HarvestBook, snapshot: Snapshot, *changes: Change, key: str = KEY, shipped: bool = False
) -> bool:
    return book.keep(
        key, snapshot, now=snapshot.looked_at, due=snapshot.looked_at + DAY, remembered={}, changes=changes,
        is_shipped=shipped,
    )  # fmt: skip


def test_only_one_of_many_workers_looks_at_a_repository(book: HarvestBook) -> None:
    with ThreadPoolExecutor(8) as workers:
        claims = list(workers.map(lambda _: book.claim(KEY, now=NOW, lease=HOUR), range(8)))

    assert claims.count(True) == 1
    assert book.due(NOW) == []


def test_a_claim_of_a_worker_that_died_runs_out(book: HarvestBook) -> None:
    assert book.claim(KEY, now=NOW, lease=HOUR)

    assert not book.claim(KEY, now=NOW + HOUR / 2, lease=HOUR)
    assert book.due(NOW + HOUR) == [KEY]
    assert book.claim(KEY, now=NOW + HOUR, lease=HOUR)


def test_a_claim_can_be_let_go(book: HarvestBook) -> None:
    book.claim(KEY, now=NOW, lease=HOUR)

    book.release([KEY])

    assert book.due(NOW) == [KEY]


def test_a_repository_that_is_not_known_cannot_be_claimed(book: HarvestBook) -> None:
    assert not book.claim("git.example/other", now=NOW, lease=HOUR)


def test_what_was_kept_is_read_again(book: HarvestBook) -> None:
    assert keep(book, a_snapshot())

    kept = book.latest([KEY])[KEY]

    assert kept.snapshot == a_snapshot()
    assert (kept.first_seen, kept.last_seen, kept.is_shipped) == (NOW, NOW, False)
    assert book.standings()[KEY].last_success == NOW


def test_a_look_that_learns_nothing_new_only_moves_the_date(book: HarvestBook) -> None:
    keep(book, a_snapshot())

    assert not keep(book, a_snapshot(NOW + DAY))
    book.unchanged(KEY, now=NOW + 2 * DAY, due=NOW + 3 * DAY, remembered={})

    kept = book.latest([KEY])[KEY]
    assert (kept.first_seen, kept.last_seen) == (NOW, NOW + 2 * DAY)
    assert kept.snapshot.looked_at == NOW + 2 * DAY


def test_a_quiet_repository_gets_no_row_a_day(book: HarvestBook) -> None:
    def on(day: int) -> Snapshot:
        looked, today = NOW + DAY * day, (NOW + DAY * day).date()
        activity = Activity(
            first=NOW.date(), last=NOW.date(), until=today, months=(1,) + (0,) * day, people=(), commits=1
        )
        waited = Fact(question=Question.REACTION, value={"days": day, "issues": 9}, voice=Voice.FORGE)
        return replace(a_snapshot(looked), activity=activity, facts=(waited,))

    news = [keep(book, on(day)) for day in range(3)]

    assert news == [True, False, False]
    kept = book.latest([KEY])[KEY].snapshot
    assert (kept.activity, kept.facts) == (on(2).activity, on(2).facts)


def test_a_new_licence_is_a_new_snapshot_and_the_change_is_told(book: HarvestBook) -> None:
    keep(book, a_snapshot())
    change = Change(kind=ChangeKind.LICENCE, on=date(2026, 11, 27), before="MIT", after="EUPL-1.2",
                    voice=Voice.LICENCE_FILE)  # fmt: skip

    assert keep(book, a_snapshot(NOW + DAY, licence="EUPL-1.2"), change)

    assert book.latest([KEY])[KEY].snapshot.facts[0].value == "EUPL-1.2"
    assert [(seen.key, seen.change) for seen in book.changes()] == [(KEY, change)]
    assert book.changes(["git.example/other"]) == []


def test_a_failed_look_leaves_the_snapshot_and_says_since_when(book: HarvestBook) -> None:
    keep(book, a_snapshot())
    for hours in (1, 2):
        book.failed(KEY, now=NOW + hours * HOUR, due=NOW + DAY, reason="unreachable", detail="no answer")

    standing = book.standings([KEY])[KEY]

    assert book.latest([KEY])[KEY].snapshot == a_snapshot()
    assert (standing.failures, standing.failing_since, standing.reason) == (2, NOW + HOUR, "unreachable")
    keep(book, a_snapshot(NOW + DAY))
    assert (book.standings([KEY])[KEY].failures, book.standings([KEY])[KEY].failing_since) == (0, None)


def test_whoever_asks_for_a_look_gets_it_before_its_time(book: HarvestBook) -> None:
    keep(book, a_snapshot())
    assert book.due(NOW + HOUR) == []

    book.ask_again(KEY, now=NOW + HOUR)

    assert book.due(NOW + HOUR) == [KEY]
    keep(book, a_snapshot(NOW + HOUR))
    assert book.due(NOW + HOUR) == []


def test_a_shipped_snapshot_does_not_put_off_the_first_look(book: HarvestBook) -> None:
    book.keep(KEY, a_snapshot(NOW - 100 * DAY), now=NOW, due=NOW, remembered={}, is_shipped=True)

    assert book.latest([KEY])[KEY].is_shipped
    assert book.standings()[KEY].last_success is None
    assert book.due(NOW) == [KEY]


def test_a_moved_repository_takes_its_history_along(book: HarvestBook) -> None:
    keep(book, a_snapshot())
    keep(book, a_snapshot(NOW + DAY, address=NEW_ADDRESS))

    assert set(book.standings()) == {NEW_KEY}
    assert book.latest([KEY])[KEY] == book.latest([NEW_KEY])[NEW_KEY]
    book.know({KEY: (ADDRESS, NOW)})  # the entry still has the old address
    assert set(book.standings()) == {NEW_KEY}
    assert book.standings([KEY])[KEY].address == NEW_ADDRESS


def test_a_second_move_is_followed_too(book: HarvestBook) -> None:
    keep(book, a_snapshot(address=NEW_ADDRESS))
    keep(book, a_snapshot(NOW + DAY, address=f"{ADDRESS}-3"), key=NEW_KEY)

    assert book.latest([KEY])[KEY].key == f"{KEY}-3"
    assert book.latest([NEW_KEY])[NEW_KEY].key == f"{KEY}-3"


def test_a_redirect_to_somebody_else_does_not_mix_two_histories(book: HarvestBook) -> None:
    book.know({NEW_KEY: (NEW_ADDRESS, NOW)})
    theirs = replace(a_snapshot(address=NEW_ADDRESS, licence="AGPL-3.0-only"), asked=NEW_ADDRESS)
    keep(book, theirs, key=NEW_KEY)
    keep(book, a_snapshot())
    moved = Change(kind=ChangeKind.MOVED, on=NOW.date(), before=ADDRESS, after=NEW_ADDRESS)

    keep(book, a_snapshot(NOW + DAY, address=NEW_ADDRESS, licence="AGPL-3.0-only"), moved)

    assert book.latest([KEY])[KEY].key == NEW_KEY
    assert book.due(NOW + 3 * DAY) == [NEW_KEY]  # the old one is looked at no more


def test_contact_pages_keep_when_they_were_last_there(book: HarvestBook) -> None:
    page = "https://town.example/contact"
    book.keep_pages({page: "there"}, now=NOW)
    book.keep_pages({page: "gone"}, now=NOW + DAY)
    book.keep_pages({page: "gone"}, now=NOW + 2 * DAY)

    seen = book.pages()[page]

    assert (seen.outcome, seen.since, seen.looked_at, seen.last_there) == (
        "gone", NOW + DAY, NOW + 2 * DAY, NOW,
    )  # fmt: skip


def test_changes_can_be_asked_for_by_kind(book: HarvestBook) -> None:
    licence = Change(kind=ChangeKind.LICENCE, on=date(2026, 11, 1), after="MIT")
    release = Change(kind=ChangeKind.RELEASE, on=date(2026, 11, 2), after="v1")
    keep(book, a_snapshot(), licence, release)

    assert [seen.change.kind for seen in book.changes(kinds=[ChangeKind.LICENCE])] == [ChangeKind.LICENCE]
    assert len(book.changes()) == 2


def test_nothing_looked_at_leaves_the_same_mark_and_a_look_another(book: HarvestBook) -> None:
    before = book.mark()
    assert book.mark() == before
    assert book.last_attempt() is None

    book.failed(KEY, now=NOW, due=NOW + HOUR, reason="unreachable", detail="")

    assert book.mark() != before
    assert book.last_attempt() == NOW
