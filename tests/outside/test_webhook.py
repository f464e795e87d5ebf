"""Webhooks against a real server: signed, never redirected, and never to an inner network."""

import hashlib
import hmac
import ipaddress
import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hostile_server import Hostile, hostile_server, reply

from catalogue.domain.delivery import NotDelivered, Parcel, Way
from catalogue.outside.webhook import WebhookCarrier
from harvest.fetch import Door
from harvest.guard import Guard
from harvest.limits import Limits

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


def a_parcel(address: str, text: str = '{"event": "reuse.new", "wo": "Köln"}') -> Parcel:
    return Parcel(number=12, address=address, title="t", text=text, headers={"secret": "geheim"}, made=NOW)


@pytest.fixture
def carrier() -> Iterator[WebhookCarrier]:
    made = a_carrier(Guard(allow=LOOPBACK))
    yield made
    made.close()


def a_carrier(guard: Guard, *, seconds: float = 1) -> WebhookCarrier:
    limits = Limits(request_seconds=seconds, connect_seconds=1, retries=0, redirects=0, pause=0)
    return WebhookCarrier(lambda: Door(limits=limits, guard=guard, now=lambda: NOW), now=lambda: NOW)


def trouble_of(carrier: WebhookCarrier, address: str) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        carrier.carry(a_parcel(address))
    assert "127.0.0.1" not in str(caught.value)
    return caught.value


def test_a_receiver_can_verify_who_called_and_when(carrier):
    got = {}

    def answer(head: str, server: Hostile):
        def take(connection: socket.socket) -> None:
            name, _, rest = head.partition("\r\n\r\n")
            length = int(
                next(x for x in name.split("\r\n") if x.lower().startswith("content-length")).split()[1]
            )
            body = rest.encode("latin-1")
            while len(body) < length:
                body += connection.recv(65536)
            got["body"] = body
            reply("204 No Content")(connection)

        return take

    with hostile_server(answer) as server:
        carrier.carry(a_parcel(server.url("/hook?a=b")))

    [head] = server.requests
    headers = dict(line.split(": ", 1) for line in head.partition("\r\n\r\n")[0].split("\r\n")[1:])
    stamp = headers["X-Catalogue-Timestamp"]
    wanted = hmac.new(b"geheim", stamp.encode() + b"." + got["body"], hashlib.sha256).hexdigest()
    assert head.startswith("POST /hook?a=b HTTP/1.1")
    assert headers["X-Catalogue-Signature"] == f"sha256={wanted}"
    assert int(stamp) == int(NOW.timestamp())
    assert headers["X-Catalogue-Delivery"] == f"12.{NOW:%Y%m%d%H%M%S}"
    assert headers["Content-Type"] == "application/json"
    assert json.loads(got["body"])["wo"] == "Köln"
    assert "geheim" not in head
    assert "harvest" not in headers["User-Agent"]


@pytest.mark.parametrize(
    ("status", "way", "trouble"),
    [
        ("302 Found", Way.LATER, "answered 302"),
        ("307 Elsewhere", Way.LATER, "answered 307"),
        ("400 Bad", Way.LATER, "answered 400"),
        ("404 Not Found", Way.LATER, "answered 404"),
        ("410 Gone", Way.UNWANTED, "answered 410"),
        ("500 Oh", Way.LATER, "answered 500"),
        ("503 Oh", Way.LATER, "answered 503"),
    ],
)
def test_all_but_success_is_tried_again_and_gone_is_believed(carrier, status, way, trouble):
    with hostile_server(lambda head, server: reply(status, Location="/elsewhere")) as server:
        failed = trouble_of(carrier, server.url())

    assert (failed.way, failed.trouble) == (way, trouble)
    assert len(server.requests) == 1  # nothing was followed and nothing repeated


def test_a_receiver_may_ask_for_patience(carrier):
    with hostile_server(lambda head, server: reply("429 Slow", Retry_After="600")) as server:
        failed = trouble_of(carrier, server.url())

    assert failed.way is Way.LATER
    assert failed.until == NOW + timedelta(seconds=600)


def test_a_slow_receiver_holds_nobody(carrier):
    def drip(head: str, server: Hostile):
        def send(connection: socket.socket) -> None:
            with suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                while not server.over.wait(0.1):
                    connection.sendall(b"X: y\r\n")

        return send

    before = time.monotonic()
    with hostile_server(drip) as server:
        failed = trouble_of(carrier, server.url())

    assert failed.way is Way.LATER
    assert time.monotonic() - before < 10  # one second is allowed; without an end the server drips for ever


def test_an_endless_answer_is_not_read(carrier):
    def flood(head: str, server: Hostile):
        def send(connection: socket.socket) -> None:
            with suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                while not server.over.is_set():
                    connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")

        return send

    with hostile_server(flood) as server:
        carrier.carry(a_parcel(server.url()))  # taken: the status says so, and the rest is nobody's business


def test_a_receiver_that_is_not_there_is_tried_again(carrier):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert trouble_of(carrier, f"http://127.0.0.1:{port}/").trouble == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://localhost/",
        "https://hook.example:8443/",
        "http://hook.example/",
        "https://name:word@hook.example/",
        "https://inner.example/",
        "file:///etc/passwd",
        "gopher://hook.example/",
    ],
)
def test_only_the_public_internet_is_called(address):
    carrier = a_carrier(Guard(look_up=lambda host: ["192.168.0.7"]))

    failed = trouble_of(carrier, address)

    assert (failed.way, failed.trouble) == (Way.NEVER, "not-public")


def test_a_name_is_looked_up_once_so_that_it_cannot_turn_inwards_later():
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked = []

    def look_up(host: str) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    guard = Guard(look_up=look_up)
    carrier = a_carrier(guard)
    with pytest.raises(AssertionError, match=r"93\.184\.216\.34"):  # tests may not go out; it would have
        carrier.carry(a_parcel("https://hook.example/"))
    assert asked == ["hook.example"]
