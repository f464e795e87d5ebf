"""The door to the network against servers that mean no good, and those that ask for patience."""

import gzip
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hostile_server import Hostile, hostile_server, reply

from catalogue.domain.snapshot import Reason
from harvest.asking import Remembered, Trouble
from harvest.fetch import Door, Page
from harvest.guard import Guard
from harvest.limits import Limits


def trouble_of(ask) -> Trouble:
    with pytest.raises(Trouble) as caught:
        ask()
    return caught.value


# --- Redirects --------------------------------------------------------------------------------------------


def test_five_redirects_are_followed_and_a_sixth_is_not(make_door):
    def answer(head: str, server: Hostile):
        left = int(head.split()[1].strip("/"))
        return reply(body=b"there") if not left else reply("302 Found", Location=f"/{left - 1}")

    with hostile_server(answer) as server:
        door = make_door()

        assert door.read(server.url("/5")).content == b"there"
        assert trouble_of(lambda: door.read(server.url("/6"))).reason is Reason.REFUSED


@pytest.mark.parametrize(
    "goal",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "https://[::ffff:169.254.169.254]/",
        "http://0x7f000001:1/",
        "//192.168.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/",
        "http://user:secret@127.0.0.1/",
        "http://\u2028",
    ],
)
def test_a_redirect_is_checked_like_a_new_address(make_door, goal):
    with hostile_server(lambda head, server: reply("301 Moved", Location=goal)) as server:
        door = make_door(guard=Guard(allow=make_door().guard._allow, look_up=lambda host: ["10.0.0.1"]))

        assert trouble_of(lambda: door.read(server.url())).reason is Reason.REFUSED
        assert len(server.requests) == 1


def test_what_is_sent_is_not_sent_on(make_door):
    with hostile_server(lambda head, server: reply("307 Elsewhere", Location="/other")) as server:
        trouble = trouble_of(lambda: make_door().send(server.url(), b"secret", headers={}))

    assert trouble.reason is Reason.REFUSED
    assert len(server.requests) == 1


def test_only_a_way_of_permanent_redirects_is_a_move(make_door):
    status = {"/a": "301 Moved", "/b": "302 Found", "/c": "308 Moved"}
    goal = {"/a": "/end", "/b": "/a", "/c": "/a"}

    def answer(head: str, server: Hostile):
        path = head.split()[1]
        return reply(status[path], Location=goal[path]) if path in status else reply(body=b"x")

    with hostile_server(answer) as server:
        found = {path: make_door().read(server.url(path)).has_moved for path in ("/a", "/b", "/c", "/end")}

    assert found == {"/a": True, "/b": False, "/c": True, "/end": False}


# --- Tokens -----------------------------------------------------------------------------------------------


def test_a_token_goes_to_its_own_host_and_not_along_with_a_redirect(make_door):
    with hostile_server(lambda head, server: reply(body=b"{}")) as other:

        def answer(head: str, server: Hostile):
            return reply("302 Found", Location=other.url("/x", host="127.0.0.2"))

        with hostile_server(answer) as own:
            door = make_door(tokens={"127.0.0.1": "secret-token"})
            door.asking().json(own.url(), lambda found: None)
            door.read(own.url())

    assert "Bearer secret-token" in own.requests[0]
    assert all("secret-token" not in head for head in (*own.requests[1:], *other.requests))


def test_no_proxy_and_no_cookies_of_the_environment_are_used(make_door, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with hostile_server(lambda head, server: reply(body=b"x", Set_Cookie="a=b")) as server:
        door = make_door()
        door.read(server.url())
        door.read(server.url())

    assert len(server.requests) == 2
    assert "cookie" not in server.requests[1].lower()


# --- Limits -----------------------------------------------------------------------------------------------


def drip(connection: socket.socket, server: Hostile, piece: bytes, pause: float) -> None:
    while not server.over.wait(pause):
        connection.sendall(piece)


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"],
    ids=["before the status", "in the headers", "in the body"],
)
def test_a_server_that_sends_a_byte_now_and_then_is_left(make_door, start):
    def answer(head: str, server: Hostile):
        def send(connection: socket.socket) -> None:
            connection.sendall(start)
            drip(connection, server, b"a" if b"\r\n\r\n" in start or not start else b"a: b\r\n", 0.05)

        return send

    with hostile_server(answer) as server:
        door = make_door(request_seconds=0.5)
        begin = time.monotonic()
        trouble = trouble_of(lambda: door.read(server.url()))

    assert trouble.reason is Reason.UNREACHABLE
    assert time.monotonic() - begin < 5


def test_a_server_that_answers_for_ever_is_cut_off(make_door):
    def answer(head: str, server: Hostile):
        def send(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            drip(connection, server, b"x" * 65536, 0)

        return send

    with hostile_server(answer) as server:
        trouble = trouble_of(lambda: make_door(answer=200_000).read(server.url()))

    assert trouble.reason is Reason.TOO_LARGE


def test_headers_without_end_are_cut_off(make_door):
    def answer(head: str, server: Hostile):
        def send(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            drip(connection, server, b"a: " + b"b" * 60_000 + b"\r\n", 0)

        return send

    with hostile_server(answer) as server:
        assert trouble_of(lambda: make_door().read(server.url())).reason is Reason.UNREACHABLE


@pytest.mark.parametrize("times", [1, 2])
def test_a_compressed_bomb_does_not_go_off(make_door, times):
    bomb = b"\0" * 50_000_000
    for _ in range(times):
        bomb = gzip.compress(bomb)
    said = ", ".join(["gzip"] * times)

    with hostile_server(lambda head, server: reply(body=bomb, Content_Encoding=said)) as server:
        trouble = trouble_of(lambda: make_door(answer=100_000).read(server.url()))

    assert trouble.reason in (Reason.TOO_LARGE, Reason.UNREACHABLE)  # twice packed was not asked for
    assert (trouble.reason is Reason.TOO_LARGE) is (times == 1)


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",  # ends in the middle
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",  # is not packed
        b"\0\xff\xfe nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"",
    ],
)
def test_a_broken_answer_is_no_answer(make_door, sent):
    with hostile_server(lambda head, server: lambda connection: connection.sendall(sent)) as server:
        assert trouble_of(lambda: make_door().read(server.url())).reason is Reason.UNREACHABLE


def test_a_certificate_of_somebody_else_is_not_taken(make_door, tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=other.example",
    ]
    made += ["-addext", "subjectAltName=DNS:other.example", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    trust = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def serve() -> None:
            for _ in range(2):
                connection, _ = listening.accept()
                try:
                    with context.wrap_socket(connection, server_side=True) as safe:
                        safe.recv(65536)
                        safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
                except OSError:
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        port = listening.getsockname()[1]
        guard = Guard(allow=make_door().guard._allow, look_up=lambda host: ["127.0.0.1"])
        door = Door(guard=guard, limits=Limits(retries=0, pause=0), trust=trust)

        # the name stays the name, though a number is connected to
        assert door.read(f"https://other.example:{port}/").content == b"ok"
        trouble = trouble_of(lambda: door.read(f"https://git.example:{port}/"))

    assert trouble.reason is Reason.UNREACHABLE
    assert "certificate" in trouble.detail.lower()


# --- What may pass, and what asks for patience ------------------------------------------------------------


def test_what_may_pass_is_tried_again_and_what_will_not_is_not(make_door):
    statuses = iter(["503 Busy", "502 Bad", "200 OK", "404 Not Found"])

    with hostile_server(lambda head, server: reply(next(statuses))) as server:
        door = make_door(retries=2)

        assert door.read(server.url()).status == 200
        assert trouble_of(lambda: door.read(server.url())).reason is Reason.ABSENT

    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", Reason.ABSENT),
        ("410 Gone", Reason.ABSENT),
        ("401 Unauthorized", Reason.REFUSED),
        ("403 Forbidden", Reason.REFUSED),
        ("429 Too Many Requests", Reason.LIMITED),
        ("500 Broken", Reason.UNREACHABLE),
        ("204 Nothing", None),
        ("418 Teapot", Reason.UNREACHABLE),
        ("304 Not Modified", Reason.UNREACHABLE),  # nobody asked whether it changed
    ],
)
def test_not_there_and_could_not_look_are_two_answers(make_door, status, reason):
    with hostile_server(lambda head, server: reply(status)) as server:
        if reason is None:
            assert make_door().read(server.url()).content == b""
        else:
            assert trouble_of(lambda: make_door().read(server.url())).reason is reason


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry_After": "120"},
        {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "in two minutes"},
        {"RateLimit_Remaining": "0", "RateLimit_Reset": "120"},
    ],
)
def test_a_host_that_asks_for_a_pause_is_asked_nothing_more(make_door, headers):
    moment = str(int(time.time()) + 120)  # of now: the tests were collected long ago
    headers = {name: moment if value == "in two minutes" else value for name, value in headers.items()}
    with hostile_server(lambda head, server: reply("403 Slow down", **headers)) as server:
        door = make_door()
        first = trouble_of(lambda: door.read(server.url("/1")))
        second = trouble_of(lambda: door.read(server.url("/2")))
        elsewhere = trouble_of(lambda: door.read(server.url("/3", host="127.0.0.2")))

    assert first.reason is second.reason is Reason.LIMITED
    assert first.until == second.until
    assert timedelta(0, 60) < first.until - datetime.now(UTC) <= timedelta(0, 121)
    assert elsewhere.reason is Reason.LIMITED
    assert len(server.requests) == 2  # one a host


def test_the_last_allowed_answer_is_used_and_then_the_host_rests(make_door):
    headers = {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "90"}
    with hostile_server(lambda head, server: reply(body=b"good", **headers)) as server:
        door = make_door()

        assert door.read(server.url()).content == b"good"
        assert trouble_of(lambda: door.read(server.url())).reason is Reason.LIMITED
    assert len(server.requests) == 1


def test_requests_to_one_host_keep_apart(make_door):
    with hostile_server(lambda head, server: reply()) as server:
        door = make_door(pause=0.1)
        begin = time.monotonic()
        for _ in range(4):
            door.read(server.url())

    assert time.monotonic() - begin >= 0.3


def test_a_stopped_door_asks_nobody(make_door):
    with hostile_server(lambda head, server: reply()) as server:
        door = make_door()
        door.stop.set()

        assert trouble_of(lambda: door.read(server.url())).reason is Reason.UNREACHABLE
    assert server.requests == []


# --- JSON and pages ---------------------------------------------------------------------------------------


def test_an_unchanged_answer_is_the_remembered_one(make_door):
    def answer(head: str, server: Hostile):
        return reply("304 Same") if 'If-None-Match: "1"' in head else reply(body=b'{"a": 7}', ETag='"1"')

    with hostile_server(answer) as server:
        door, url = make_door(), server.url()
        first = door.asking()
        assert first.json(url, lambda found: found["a"]) == 7
        again = door.asking(first.kept)

        assert again.json(url, lambda found: "never called") == 7
        assert again.kept == first.kept == {url: Remembered(etag='"1"', value=7)}


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"b": 1}', b"null"])
def test_an_answer_in_another_form_is_unreadable(make_door, body):
    with hostile_server(lambda head, server: reply(body=body)) as server:
        trouble = trouble_of(lambda: make_door().asking().json(server.url(), lambda found: found["a"]))

    assert trouble.reason is Reason.UNREADABLE


def test_a_server_that_says_unchanged_unasked_gives_no_answer(make_door):
    with hostile_server(lambda head, server: reply("304 Same")) as server:
        trouble = trouble_of(lambda: make_door().asking().json(server.url(), json.dumps))

    assert trouble.reason is Reason.UNREADABLE


def test_a_page_is_there_or_gone_or_could_not_be_looked_at(make_door):
    statuses = {"/a": "200 OK", "/b": "404 Not Found", "/c": "403 No", "/d": "500 Broken"}
    with hostile_server(lambda head, server: reply(statuses[head.split()[1]])) as server:
        door = make_door()

        assert door.page_exists(server.url("/a")) is Page.THERE
        assert door.page_exists(server.url("/b")) is Page.GONE
        assert trouble_of(lambda: door.page_exists(server.url("/c"))).reason is Reason.REFUSED
        assert trouble_of(lambda: door.page_exists(server.url("/d"))).reason is Reason.UNREACHABLE
