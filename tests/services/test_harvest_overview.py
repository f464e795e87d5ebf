"""The work list is made once for many readers, and anew when something was looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from harvest_catalogue import (
    FORK_KEY,
    LICENCE,
    NOW,
    TOOL_KEY,
    a_snapshot,
    fact,
    fail,
    keep,
    open_store,
    publish,
)

from catalogue.domain.looking_again import Answer
from catalogue.domain.snapshot import Question, Release, Voice
from catalogue.domain.snapshot_changes import ChangeKind
from catalogue.services.change_log import change_log
from catalogue.services.harvest_overview import KeptOverview, overview
from catalogue.services.harvest_status import ask_for_look
from catalogue.services.harvest_targets import import_snapshots
from catalogue.storage.errors import StoreBusy
from catalogue.storage.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(publish(tmp_path))
    yield opened
    opened.close()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_the_list_holds_the_findings_of_every_solution_with_its_name(store: Store) -> None:
    keep(store, a_snapshot())
    fail(store, when=NOW - 9 * DAY, key=FORK_KEY)

    made = overview(store, NOW)

    assert {finding.solution for finding in made.findings} == {"tool", "fork"}
    assert (made.figures.repositories, made.figures.failing, made.figures.never) == (2, 1, 0)
    assert made.names["tool"] == "Werkzeug"


def test_readers_of_the_same_minute_get_the_same_list(store: Store) -> None:
    clock = Clock()
    kept = KeptOverview(clock)
    first = kept.get(store)
    fail(store, when=NOW - 9 * DAY)

    assert kept.get(store) is first

    clock.now += timedelta(minutes=2)
    assert kept.get(store) is not first


def test_where_nothing_was_looked_at_the_list_holds_for_an_hour(store: Store) -> None:
    clock = Clock()
    kept = KeptOverview(clock)
    first = kept.get(store)

    clock.now += timedelta(minutes=59)
    assert kept.get(store) is first

    clock.now += timedelta(minutes=2)
    assert kept.get(store) is not first


def test_a_snapshot_from_elsewhere_says_what_has_changed_since_the_one_that_is_kept(store: Store) -> None:
    old = a_snapshot(LICENCE, when=NOW - 9 * DAY)
    new = a_snapshot(
        fact(Question.LICENCE, "EUPL-1.2", Voice.LICENCE_FILE),
        releases=[Release(name="v2", on=(NOW - DAY).date())],
    )
    new = replace(new, commit="beef" * 10)
    list(import_snapshots(store, [old], now=NOW))

    list(import_snapshots(store, [new, new], now=NOW))

    told = {(one.solution, one.seen.change.kind) for one in change_log(store)}
    assert told == {("tool", ChangeKind.LICENCE), ("tool", ChangeKind.RELEASE)}
    assert len(change_log(store)) == 2


def test_a_change_is_told_of_every_solution_that_names_the_repository_even_after_a_move(store: Store) -> None:
    keep(store, a_snapshot(when=NOW - 3 * DAY))
    moved = a_snapshot(address="https://github.com/town/toolbox")
    list(import_snapshots(store, [moved], now=NOW))

    (told,) = change_log(store)

    assert (told.solution, told.seen.change.kind) == ("tool", ChangeKind.MOVED)
    assert told.address == "https://github.com/town/toolbox"
    assert store.harvest.named_by([told.seen.key]) == {"github.com/town/toolbox": ["tool"]}


def test_a_store_that_is_busy_is_an_answer_and_no_crash(store: Store) -> None:
    stored = store.solution("tool")
    assert stored is not None

    class Busy:
        """A book that can be read and not written."""

        standings = store.harvest.standings

        def ask_again(self, key: str, *, now: datetime) -> None:
            raise StoreBusy("catalogue.db")

    busy = cast(Store, SimpleNamespace(harvest=Busy()))

    assert ask_for_look(busy, stored.solution, NOW) is Answer.UNAVAILABLE
    assert ask_for_look(store, stored.solution, NOW) is Answer.ASKED
    assert store.harvest.due(NOW)[0] in (TOOL_KEY, FORK_KEY)


def test_a_solution_without_repository_has_nothing_to_look_at(store: Store) -> None:
    stored = store.solution("bare")
    assert stored is not None

    assert ask_for_look(store, stored.solution, NOW) is Answer.NOTHING
