"""The outbox: sent once, tried again, given up; and what is left of a message afterwards."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from publishing import Desk

from catalogue.domain.delivery import LEASE
from catalogue.domain.retention import Kept
from catalogue.storage.database import writer
from catalogue.storage.outbox import Channel, Message, Sending, drop, post

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def a_message(**changes) -> Message:
    given = {
        "address": "amt@stadt.example",
        "title": "Bitte bestätigen",
        "text": "https://katalog.example/geheim",
        "headers": {"List-Unsubscribe": "<https://katalog.example/geheim>"},
        "subject": "report",
        "number": 3,
    }
    return Message(**{**given, **changes})


def put(desk: Desk, *messages: Message, now: datetime = NOW) -> list[int]:
    with writer(desk.store._engine).begin() as connection:
        return [post(connection, message, now) for message in messages or (a_message(),)]


def all_that_is_kept(desk: Desk) -> str:
    with sqlite3.connect(desk.data_folder / "catalogue.db") as connection:
        return "\n".join(connection.iterdump())


def test_a_message_is_claimed_by_one_only(desk):
    put(desk)

    first = desk.store.outbox.claim(Channel.MAIL, NOW)

    assert first.parcel.text == "https://katalog.example/geheim"
    assert first.parcel.tries == 1
    assert desk.store.outbox.claim(Channel.MAIL, NOW) is None
    assert desk.store.outbox.claim(Channel.WEBHOOK, NOW) is None


def test_what_is_posted_in_a_transaction_that_fails_is_not_sent(desk):
    def fail() -> None:
        with writer(desk.store._engine).begin() as connection:
            post(connection, a_message(), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert desk.store.outbox.claim(Channel.MAIL, NOW) is None


def test_of_what_was_sent_only_a_line_without_address_and_text_is_left(desk):
    put(desk, a_message(), a_message(channel=Channel.WEBHOOK, address="https://hook.example/tokens/abc"))
    for channel in Channel:
        desk.store.outbox.sent(desk.store.outbox.claim(channel, NOW), NOW + MINUTE)

    lines = desk.store.outbox_log.lines([Sending.SENT], limit=9)
    kept = all_that_is_kept(desk)

    assert [(line.place, line.title, line.done) for line in lines] == [
        ("hook.example", "Bitte bestätigen", NOW + MINUTE),
        ("stadt.example", "Bitte bestätigen", NOW + MINUTE),
    ]
    assert "amt@" not in kept
    assert "geheim" not in kept
    assert "abc" not in kept


def test_who_stops_in_the_middle_sends_again_once_at_most(desk):
    [number] = put(desk)
    claims = []
    for hour in range(4):
        now = NOW + hour * timedelta(hours=1)
        claims.append(desk.store.outbox.claim(Channel.MAIL, now))  # and nobody says what came of it

    assert [claim is not None for claim in claims] == [True, True, False, False]
    assert {claim.parcel.number for claim in claims[:2]} == {number}
    [line] = desk.store.outbox_log.lines([Sending.GIVEN_UP], limit=9)
    assert (line.trouble, line.has_text) == ("interrupted", False)


def test_who_comes_back_after_the_lease_changes_nothing_any_more(desk):
    put(desk)
    late = desk.store.outbox.claim(Channel.MAIL, NOW)
    after = NOW + LEASE
    desk.store.outbox.sent(desk.store.outbox.claim(Channel.MAIL, after), after)

    desk.store.outbox.later(late, after + DAY, "unreachable")
    desk.store.outbox.failed(late, after + DAY, "refused")

    [line] = desk.store.outbox_log.lines([*Sending], limit=9)
    assert (line.state, line.trouble, line.done) == (Sending.SENT, "", after)


def test_a_message_waits_until_it_is_due_again(desk):
    put(desk)
    desk.store.outbox.later(desk.store.outbox.claim(Channel.MAIL, NOW), NOW + MINUTE, "refused 450")

    assert desk.store.outbox.claim(Channel.MAIL, NOW + MINUTE / 2) is None
    assert desk.store.outbox.claim(Channel.MAIL, NOW + MINUTE).parcel.tries == 2


def test_what_a_clock_that_went_wrong_put_far_ahead_is_sent_when_it_is_right_again(desk):
    put(desk, a_message(), a_message(), now=NOW + 365 * DAY)
    held = desk.store.outbox.claim(Channel.MAIL, NOW + 365 * DAY)

    sent = [desk.store.outbox.claim(Channel.MAIL, NOW) for _ in range(3)]

    assert held is not None
    assert [claim is not None for claim in sent] == [True, True, False]


def test_a_clock_that_is_put_right_by_seconds_sends_nothing_twice(desk):
    put(desk)
    assert desk.store.outbox.claim(Channel.MAIL, NOW + MINUTE)

    assert desk.store.outbox.claim(Channel.MAIL, NOW) is None


def test_addresses_in_trouble_are_left_out(desk):
    put(desk, a_message(), a_message(address="rat@stadt.example"))

    claimed = desk.store.outbox.claim(Channel.MAIL, NOW, not_to={"amt@stadt.example"})

    assert claimed.parcel.address == "rat@stadt.example"


def noted(notes: list[str]):
    return lambda connection: notes.append("audit")


def test_the_office_may_try_again_what_was_given_up_and_that_is_noted(desk):
    [number] = put(desk)
    desk.store.outbox.failed(desk.store.outbox.claim(Channel.MAIL, NOW), NOW, "refused 550")
    notes: list[str] = []

    assert desk.store.outbox_log.retry(number, NOW + DAY, also=noted(notes))

    assert notes == ["audit"]
    claimed = desk.store.outbox.claim(Channel.MAIL, NOW + DAY)
    assert claimed.parcel.address == "amt@stadt.example"
    assert not desk.store.outbox_log.retry(number, NOW + DAY, also=noted(notes))  # somebody is sending it
    desk.store.outbox.sent(claimed, NOW + DAY)
    assert not desk.store.outbox_log.retry(number, NOW + DAY, also=noted(notes))
    assert notes == ["audit"]


def test_what_the_office_gives_up_is_forgotten_at_once(desk):
    [number] = put(desk)
    notes: list[str] = []

    assert desk.store.outbox_log.give_up(number, NOW, also=noted(notes))

    assert "amt@" not in all_that_is_kept(desk)
    assert desk.store.outbox.claim(Channel.MAIL, NOW) is None
    assert not desk.store.outbox_log.give_up(number, NOW, also=noted(notes))
    assert not desk.store.outbox_log.retry(number, NOW, also=noted(notes))
    assert notes == ["audit"]


def test_what_nobody_wants_any_more_is_dropped_and_nothing_else(desk):
    put(desk, a_message(), a_message(number=4, address="rat@dorf.example"))
    with writer(desk.store._engine).begin() as connection:
        drop(connection, "report", 3, NOW)

    assert desk.store.outbox.claim(Channel.MAIL, NOW).number == 4
    assert desk.store.outbox.claim(Channel.MAIL, NOW) is None
    assert "amt@" not in all_that_is_kept(desk)


def test_old_lines_and_addresses_that_did_no_good_are_purged(desk):
    put(desk, a_message(), a_message(address="rat@stadt.example"))
    desk.store.outbox.failed(desk.store.outbox.claim(Channel.MAIL, NOW), NOW, "refused 550")
    desk.store.outbox.sent(desk.store.outbox.claim(Channel.MAIL, NOW), NOW)

    assert desk.store.purging.run(NOW + 14 * DAY, b"key")[Kept.MESSAGES] == 0
    assert "amt@" in all_that_is_kept(desk)
    assert desk.store.purging.run(NOW + 14 * DAY + MINUTE, b"key")[Kept.MESSAGES] == 1
    assert "amt@" not in all_that_is_kept(desk)
    [_, failed] = desk.store.outbox_log.lines([*Sending], limit=9)
    assert (failed.trouble, failed.place) == ("refused 550", "stadt.example")
    assert desk.store.purging.run(NOW + 180 * DAY, b"key")[Kept.SENDINGS] == 0
    assert desk.store.purging.run(NOW + 181 * DAY, b"key")[Kept.SENDINGS] == 2
    assert desk.store.outbox_log.lines([*Sending], limit=9) == []
