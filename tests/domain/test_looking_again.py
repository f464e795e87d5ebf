"""Anybody may ask for another look, once an hour; nothing is promised that the harvest may not keep."""

from datetime import UTC, datetime, timedelta

import pytest

from catalogue.domain.looking_again import Answer, best, is_alive, plan_ask

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("last_attempt", "asked_for", "expected"),
    [
        (None, None, Answer.ASKED),  # nobody has looked yet
        (NOW - 60 * MINUTE, None, Answer.ASKED),  # exactly an hour
        (NOW - 59 * MINUTE, None, Answer.WAIT),
        (NOW - 59 * MINUTE, NOW - MINUTE, Answer.ALREADY),
        (None, NOW - 600 * MINUTE, Answer.ALREADY),
    ],
)
def test_a_look_can_be_asked_for_once_an_hour(
    last_attempt: datetime | None, asked_for: datetime | None, expected: Answer
) -> None:
    assert plan_ask(last_attempt=last_attempt, asked_for=asked_for, now=NOW).answer is expected


def test_whoever_has_to_wait_is_told_until_when() -> None:
    ask = plan_ask(last_attempt=NOW - 50 * MINUTE, asked_for=None, now=NOW)

    assert ask.from_then == NOW + 10 * MINUTE


def test_what_was_done_for_one_repository_counts_before_what_was_not_for_another() -> None:
    assert best([Answer.WAIT, Answer.ASKED]) is Answer.ASKED
    assert best([Answer.WAIT, Answer.ALREADY]) is Answer.ALREADY
    assert best([]) is Answer.NOTHING


def test_a_harvest_that_has_not_looked_for_a_day_promises_nothing() -> None:
    assert is_alive(NOW - timedelta(hours=23), NOW)
    assert not is_alive(NOW - timedelta(hours=25), NOW)
    assert not is_alive(None, NOW)
