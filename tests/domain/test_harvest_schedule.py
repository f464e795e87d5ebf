"""Looks are spread over the day, come once a day, and back off where they fail."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from catalogue.domain.harvest_schedule import (
    ASK_AGAIN,
    EVERY,
    SOONEST,
    may_ask_again,
    next_look,
    next_try,
    slot_of,
)

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MOMENTS = some.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1), timezones=some.just(UTC)
)


@given(some.text(max_size=40), MOMENTS)
def test_the_next_look_is_within_a_day_and_a_half_at_the_own_minute(key: str, now: datetime) -> None:
    due = next_look(key, now)

    assert SOONEST <= due - now <= SOONEST + EVERY
    assert due - due.replace(hour=0, minute=0, second=0, microsecond=0) == slot_of(key)


def test_a_thousand_repositories_are_spread_over_the_hours_of_the_day() -> None:
    hours = [0] * 24
    for number in range(1000):
        hours[int(slot_of(f"git.example/town/{number}").total_seconds() // 3600)] += 1

    assert min(hours) >= 20
    assert max(hours) <= 70


@given(some.text(max_size=40), some.integers(min_value=1, max_value=1000))
def test_who_keeps_failing_waits_longer_but_never_beyond_a_week(key: str, failures: int) -> None:
    wait = next_try(key, NOW, failures) - NOW

    assert timedelta(minutes=45) <= wait <= WEEK
    assert wait >= min(timedelta(minutes=45) * 2 ** min(failures - 1, 10), WEEK * 0.75)


def test_those_that_failed_together_do_not_come_back_together() -> None:
    assert len({next_try(f"git.example/{number}", NOW, 3) for number in range(50)}) > 40


def test_a_server_that_says_when_to_come_back_is_believed_for_a_week_at_most() -> None:
    in_a_day, in_a_year = NOW + timedelta(days=1), NOW + timedelta(days=365)

    assert next_try("a", NOW, 1, until=in_a_day) == in_a_day
    assert next_try("a", NOW, 1, until=in_a_year) == NOW + WEEK
    assert next_try("a", NOW, 1, until=NOW - timedelta(days=1)) == next_try("a", NOW, 1)


def test_whoever_asks_for_another_look_waits_an_hour_after_the_last_one() -> None:
    assert may_ask_again(None, NOW)
    assert not may_ask_again(NOW - timedelta(minutes=59), NOW)
    assert may_ask_again(NOW - ASK_AGAIN, NOW)
