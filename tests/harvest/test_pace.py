"""How hosts ask for a pause, in all the forms in which they do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvest.pace import Pace, rest_asked_for

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (200, {}, None),
        (200, {"x-ratelimit-remaining": "57", "x-ratelimit-reset": "1795608000"}, None),
        (404, {"retry-after": "9"}, None),
        (403, {}, None),  # refused, for good
        (503, {}, None),  # broken, may pass
        (429, {}, 60),
        (429, {"retry-after": "nonsense"}, 60),
        (429, {"retry-after": "7"}, 7),
        (503, {"retry-after": "7"}, 7),
        (403, {"retry-after": "7"}, 7),  # GitHub's second limit
        (429, {"retry-after": "Wed, 25 Nov 2026 12:05:00 GMT"}, 300),
        (429, {"retry-after": "Wed, 25 Nov 2020 12:05:00 GMT"}, 0),  # over already
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 40)}, 40),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": "40"}, 40),
        (200, {"ratelimit-remaining": "0"}, 60),
        (429, {"retry-after": "99999999999"}, 86_400),  # not for ever
        (429, {"retry-after": "9" * 400}, 86_400),
        (429, {"retry-after": "-5"}, 60),
        (429, {"retry-after": "\u0667"}, 60),  # a digit, and none that counts
    ],
)
def test_an_answer_asks_for_a_pause(status, headers, seconds):
    until = rest_asked_for(status, headers, NOW, DAY)

    assert until == (None if seconds is None else NOW + timedelta(seconds=seconds))


@given(st.integers(100, 599), st.dictionaries(st.sampled_from(["retry-after", "ratelimit-reset"]), st.text()))
def test_no_pause_is_in_the_past_or_longer_than_a_day(status, headers):
    until = rest_asked_for(status, {**headers, "ratelimit-remaining": "0"}, NOW, DAY)

    assert until is not None
    assert NOW <= until <= NOW + DAY


def test_hosts_take_turns_of_their_own():
    pace = Pace(2.0)

    waits = [pace.turn(host, 10.0) for host in ("a", "b", "a", "a", "b")]

    assert waits == [0, 0, 2, 4, 2]
    assert pace.turn("a", 100.0) == 0


def test_the_longest_pause_counts_until_it_is_over():
    pace = Pace(0)
    pace.rest("a", NOW + timedelta(seconds=9))
    pace.rest("a", NOW + timedelta(seconds=5))

    assert pace.resting("a", NOW) == NOW + timedelta(seconds=9)
    assert pace.resting("a", NOW + timedelta(seconds=9)) is None
    assert pace.resting("b", NOW) is None
