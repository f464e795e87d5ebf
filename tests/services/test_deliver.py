"""Delivering: how often and when a message is tried, and that two at once send it once."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from publishing import Desk

from catalogue.domain.delivery import NotDelivered, Trouble, Way, next_try
from catalogue.services.courier import Courier
from catalogue.services.deliver import deliver
from catalogue.storage.database import writer
from catalogue.storage.outbox import Channel, Message, Sending, post
from catalogue.storage.store import Store

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Carrier:
    """Notes what it carries; `trouble` is raised instead where it is given."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.carried: list[str] = []

    def carry(self, parcel) -> None:
        self.carried.append(parcel.address)
        if self.trouble:
            raise self.trouble


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.store.close()


def put(desk: Desk, *addresses: str, channel: Channel = Channel.MAIL) -> None:
    with writer(desk.store._engine).begin() as connection:
        for address in addresses:
            message = Message(
                channel=channel, address=address, title="t", text="x", subject="report", number=1
            )
            post(connection, message, NOW)


def test_a_message_is_tried_six_times_with_growing_waits_and_then_given_up(desk):
    put(desk, "a@x.example")
    carrier, tried, now = Carrier(NotDelivered(Way.LATER, Trouble.REFUSED, "450")), [], NOW
    while now < NOW + timedelta(days=2):
        before = len(carrier.carried)
        deliver(desk.store, {Channel.MAIL: carrier}, lambda now=now: now)
        if len(carrier.carried) > before:
            tried.append(now - NOW)
        now += MINUTE

    waits = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR]
    assert tried == [sum(waits[:number], timedelta()) for number in range(6)]
    [line] = desk.store.outbox_log.lines([*Sending], limit=9)
    assert (line.state, line.trouble) == (Sending.GIVEN_UP, "refused 450")


def test_what_will_never_be_taken_is_given_up_at_once(desk):
    put(desk, "a@x.example")

    done = deliver(
        desk.store, {Channel.MAIL: Carrier(NotDelivered(Way.NEVER, Trouble.REFUSED, "550"))}, lambda: NOW
    )

    assert (done.sent, done.later, done.failed) == (0, 0, 1)


def test_patience_that_is_asked_for_is_kept_within_limits():
    assert next_try(1, NOW, until=NOW + HOUR) == NOW + HOUR
    assert next_try(3, NOW, until=NOW + MINUTE) == NOW + 30 * MINUTE
    assert next_try(1, NOW, until=NOW + 1000 * HOUR) == NOW + 12 * HOUR
    assert next_try(6, NOW) is None


def test_a_server_that_is_down_is_asked_once_a_round_and_webhooks_go_on(desk):
    put(desk, "a@x.example", "b@x.example")
    put(desk, "https://hook.example/", channel=Channel.WEBHOOK)
    mails, calls = Carrier(NotDelivered(Way.CARRIER_DOWN, Trouble.UNREACHABLE)), Carrier()

    done = deliver(desk.store, {Channel.MAIL: mails, Channel.WEBHOOK: calls}, lambda: NOW)

    assert mails.carried == ["a@x.example"]
    assert calls.carried == ["https://hook.example/"]
    assert (done.sent, done.later, done.failed) == (1, 1, 0)


def test_one_address_in_trouble_holds_up_nobody_else(desk):
    put(desk, *["https://slow.example/"] * 3, channel=Channel.WEBHOOK)
    carrier = Carrier(NotDelivered(Way.LATER, Trouble.TIMEOUT))

    deliver(desk.store, {Channel.WEBHOOK: carrier}, lambda: NOW)

    assert carrier.carried == ["https://slow.example/"]


def test_a_fault_of_ours_is_tried_again_and_its_words_are_not_logged(desk, caplog):
    put(desk, "a@x.example", "b@x.example")
    carrier = Carrier(RuntimeError("a@x.example is broken"))

    done = deliver(desk.store, {Channel.MAIL: carrier}, lambda: NOW)

    assert (done.sent, done.later) == (0, 2)
    assert "RuntimeError" in caplog.text
    assert "x.example" not in caplog.text


def test_two_at_once_send_each_message_once(desk):
    addresses = [f"a{number}@x.example" for number in range(25)]
    put(desk, *addresses)
    carriers = [Carrier(), Carrier()]
    together = threading.Barrier(2)

    def run(carrier: Carrier) -> None:
        store = Store.open(f"sqlite:///{desk.data_folder}/catalogue.db", migrate=False)
        together.wait()
        deliver(store, {Channel.MAIL: carrier}, lambda: NOW)
        store.close()

    threads = [threading.Thread(target=run, args=(carrier,)) for carrier in carriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Counter(carriers[0].carried + carriers[1].carried) == Counter(addresses)


def test_killed_in_between_a_message_is_sent_once_more_and_not_a_third_time(desk):
    put(desk, "a@x.example")

    class Killed(BaseException):
        pass

    carrier = Carrier(Killed())
    for hour in range(4):
        try:
            deliver(desk.store, {Channel.MAIL: carrier}, lambda hour=hour: NOW + hour * HOUR)
        except Killed:
            continue

    assert carrier.carried == ["a@x.example"] * 2


def test_told_to_stop_it_begins_nothing_more(desk):
    put(desk, "a@x.example", "b@x.example")
    carrier = Carrier()

    deliver(desk.store, {Channel.MAIL: carrier}, lambda: NOW, is_over=lambda: bool(carrier.carried))

    assert carrier.carried == ["a@x.example"]


def test_who_asks_the_courier_waits_for_nothing_and_no_asking_is_lost():
    go, begun, done = threading.Event(), threading.Event(), []

    def work() -> None:
        begun.set()
        assert go.wait(20)
        done.append(1)

    courier = Courier(work)
    courier()
    assert begun.wait(20)
    courier()  # while it works: once more
    assert done == []
    go.set()
    assert courier.join(20)
    assert len(done) == 2
    courier()
    assert courier.join(20)
    assert len(done) == 3


def test_trouble_of_the_courier_names_no_address_and_does_not_end_it(caplog):
    troubles = [RuntimeError("a@x.example")]
    courier = Courier(lambda: (_ for _ in ()).throw(troubles.pop()) if troubles else None)

    courier()
    courier.join(20)
    courier()

    assert courier.join(20)
    assert "RuntimeError" in caplog.text
    assert "x.example" not in caplog.text
