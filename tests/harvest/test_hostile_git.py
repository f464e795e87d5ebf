"""Git servers that mean no good: they send elsewhere, drip, flood or lie, and nothing of it stays behind."""

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from git_server import GitServer, a_repository, git

from catalogue.domain.snapshot import Reason
from harvest.fetch import Door
from harvest.guard import Guard
from harvest.outcome import Failed, Known, Outcome, Seen, Unchanged
from harvest.run import harvest

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FILES = {"README.md": "# A\n", "LICENSE": "EUPL\n"}
SERVICE = "?service=git-upload-pack"
ADVERT = {"Content-Type": "application/x-git-upload-pack-advertisement"}


def look(address: str, door: Door, base: Path, known: Known | None = None) -> Outcome:
    outcome = harvest(address, door, NOW, known or Known(), base=base)
    assert list(base.iterdir()) == [], "the throw-away folder is still there"
    assert still_running(base) == []
    return outcome


def still_running(base: Path) -> list[str]:
    """The commands of processes that know of the throw-away folders."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(base) in words and int(process.name) != os.getpid():
            found.append(words)
    return found


def pieces(handler: BaseHTTPRequestHandler, kind: str) -> Callable[[bytes], None]:
    """Begin an answer without an end; what is returned sends more of it."""
    handler.send_response(200)
    handler.send_header("Content-Type", f"application/x-git-upload-pack-{kind}")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    return handler.wfile.write


def packet(data: bytes) -> bytes:
    return b"%04x%s" % (len(data) + 4, data)


def is_fetch(handler: BaseHTTPRequestHandler, server: GitServer) -> bool:
    """Whether this is the question for objects: the second one that is sent."""
    return handler.command == "POST" and sum(asked.startswith("POST") for asked in server.asked) > 1


# --- Elsewhere --------------------------------------------------------------------------------------------


def test_a_repository_that_moved_is_seen_under_its_new_address(server, door, base):
    a_repository(server.root / "new", FILES)
    server.instead["/old/info/refs"] = (301, {"Location": f"/new/info/refs{SERVICE}"}, b"")

    outcome = look(server.url("old"), door, base)

    assert isinstance(outcome, Seen)
    assert (outcome.sighting.asked, outcome.sighting.address) == (server.url("old"), server.url("new"))
    assert outcome.sighting.tree.files["LICENSE"] == b"EUPL\n"


@pytest.mark.parametrize(
    ("status", "goal"),
    [(302, "/new/info/refs"), (301, "/old.git/info/refs")],
    ids=["sent elsewhere for today", "the same name with .git"],
)
def test_what_is_no_move_keeps_its_address(server, door, base, status, goal):
    a_repository(server.root / goal.split("/")[1], FILES)
    server.instead["/old/info/refs"] = (status, {"Location": goal + SERVICE}, b"")

    outcome = look(server.url("old"), door, base)

    assert isinstance(outcome, Seen)
    assert outcome.sighting.address == server.url("old")


def test_a_moved_repository_with_nothing_new_is_unchanged_under_its_new_address(server, door, base):
    a_repository(server.root / "new", FILES)
    first = look(server.url("new"), door, base)
    assert isinstance(first, Seen)
    server.instead["/old/info/refs"] = (308, {"Location": f"/new/info/refs{SERVICE}"}, b"")

    outcome = look(server.url("old"), door, base, Known(refs=first.sighting.refs))

    assert isinstance(outcome, Unchanged)
    assert (outcome.asked, outcome.address) == (server.url("old"), server.url("new"))


@pytest.mark.parametrize("goal", ["http://10.0.0.1/a", "http://169.254.169.254/a", "file:///etc", "ext::id"])
def test_a_git_server_sends_nobody_to_inner_addresses(server, door, base, goal):
    server.instead["/a/info/refs"] = (301, {"Location": goal}, b"")

    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.REFUSED


def test_git_itself_follows_no_redirect(server, door, base):
    a_repository(server.root / "a", FILES)
    a_repository(server.root / "trap", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if handler.command == "POST" or len(server.asked) < 3:
            return False
        handler.send_response(302)
        handler.send_header("Location", server.url(f"trap/info/refs{SERVICE}", host="127.0.0.2"))
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Failed)
    assert not any("trap" in asked for asked in server.asked)


def test_git_connects_to_the_number_that_was_checked(server, make_door, base):
    """The name is one that no name server knows: only what the guard found leads there."""
    a_repository(server.root / "a", FILES)
    asked: list[str] = []

    def look_up(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    guard = Guard(allow=make_door().guard._allow, look_up=look_up)
    outcome = look(server.url("a", host="git.name.example"), make_door(guard=guard), base)

    assert isinstance(outcome, Seen)
    assert asked == ["git.name.example"]


# --- Answers that are none --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((200, {"Content-Type": "text/html"}, b"<html>sign in"), Reason.UNREADABLE),
        ((200, {"Content-Type": "text/plain"}, b"1" * 40 + b"\trefs/heads/main\n"), Reason.UNREADABLE),
        ((200, ADVERT, b"nonsense"), Reason.UNREADABLE),
        ((200, ADVERT, b"ffff"), Reason.UNREADABLE),
        ((404, {}, b""), Reason.ABSENT),
        ((401, {}, b""), Reason.REFUSED),
        ((500, {}, b""), Reason.UNREACHABLE),
    ],
)
def test_what_is_no_git_repository_says_why(server, door, base, answer, reason):
    server.instead["/a/info/refs"] = answer

    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Failed)
    assert outcome.reason is reason


def test_branches_without_end_are_cut_off(server, make_door, base):
    a_repository(server.root / "a", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if handler.command != "POST":
            return False
        send = pieces(handler, "result")
        for number in range(10_000_000):
            send(packet(b"%040x refs/heads/b%d\n" % (number, number)))
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), make_door(answer=200_000), base)

    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.TOO_LARGE


def test_a_pack_without_end_is_cut_off(server, make_door, base):
    a_repository(server.root / "a", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if not is_fetch(handler, server):
            return False
        send = pieces(handler, "result")
        send(packet(b"packfile\n") + packet(b"\1PACK\0\0\0\2\0\xff\xff\xff"))
        send(packet(b"\1" + b"\xbf\xff\xff\xff\x0f" + b"\x78\x01"))  # a blob of gigabytes, stored unpacked
        block = b"\0\xff\xff\0\0" + os.urandom(65535)
        while True:
            for at in range(0, len(block), 60_000):
                send(packet(b"\1" + block[at : at + 60_000]))

    server.meddle = meddle
    outcome = look(server.url("a"), make_door(wire=3_000_000), base)

    reasons = (
        {outcome.reason} if isinstance(outcome, Failed) else {gap.reason for gap in outcome.sighting.gaps}
    )
    assert Reason.TOO_LARGE in reasons


@pytest.mark.parametrize("piece", [b"\2still counting\r", b""], ids=["progress", "silence"])
def test_a_git_server_that_never_gets_to_the_point_is_left(server, make_door, base, piece):
    a_repository(server.root / "a", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if not is_fetch(handler, server):
            return False
        send = pieces(handler, "result")
        send(packet(b"packfile\n"))
        for _ in range(400):
            time.sleep(0.05)
            if piece:
                send(packet(piece))
        return True

    server.meddle = meddle
    begin = time.monotonic()
    outcome = look(server.url("a"), make_door(seconds=1.5), base)

    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.UNREACHABLE
    assert time.monotonic() - begin < 10


def test_a_server_that_breaks_off_in_the_middle_is_a_failure_and_not_half_an_answer(server, door, base):
    """Every question for objects but the first is broken off: the tree is there, and its files are not."""
    a_repository(server.root / "a", FILES, commits=3)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if sum(asked.startswith("POST") for asked in server.asked) <= 2 or handler.command != "POST":
            return False
        pieces(handler, "result")(packet(b"packfile\n") + b"00")
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.UNREACHABLE


def test_a_server_that_breaks_off_once_is_asked_again(server, door, base):
    a_repository(server.root / "a", FILES, commits=3)
    broken: list[str] = []

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if broken or not is_fetch(handler, server):
            return False
        broken.append(handler.path)
        pieces(handler, "result")(packet(b"packfile\n") + b"00")
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Seen)
    assert broken


def test_a_server_that_asks_git_for_a_pause_gets_it_from_all(server, door, base):
    a_repository(server.root / "a", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if not is_fetch(handler, server):
            return False
        handler.send_response(429)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), door, base)
    asked = len(server.asked)
    second = look(server.url("b"), door, base)

    assert isinstance(outcome, Failed)
    assert isinstance(second, Failed)
    assert outcome.reason is second.reason is Reason.LIMITED
    assert second.until is not None
    assert len(server.asked) == asked


def test_git_asks_nobody_for_a_password(server, door, base, monkeypatch, tmp_path):
    a_repository(server.root / "a", FILES)
    asking = tmp_path / "askpass"
    asking.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\necho secret\n")
    asking.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(asking))

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if sum(asked.startswith("POST") for asked in server.asked) == 1 and handler.command == "POST":
            return False
        if len(server.asked) < 3:
            return False
        handler.send_response(401)
        handler.send_header("WWW-Authenticate", 'Basic realm="x"')
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.REFUSED
    assert not (tmp_path / "asked").exists()


def test_a_stop_ends_git_in_the_middle(server, door, base):
    a_repository(server.root / "a", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if not is_fetch(handler, server):
            return False
        send = pieces(handler, "result")
        door.stop.set()
        for _ in range(200):
            time.sleep(0.05)
            send(packet(b"\2wait\r"))
        return True

    server.meddle = meddle
    begin = time.monotonic()
    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Failed)
    assert outcome.detail == "stopped"
    assert time.monotonic() - begin < 8


# --- Git's own ways out -----------------------------------------------------------------------------------


def test_nothing_in_a_repository_is_run(server, door, base, tmp_path):
    """Hooks, filters, attributes and submodules of the repository are files like any other."""
    mark = tmp_path / "ran"
    evil = f"#!/bin/sh\ntouch {mark}\n"
    files = {
        ".gitattributes": "* filter=lfs diff=evil\n",
        ".gitmodules": f'[submodule "x"]\n path = x\n url = ext::sh -c "touch {mark}"\n',
        ".lfsconfig": "[lfs]\n url = http://127.0.0.1:9/\n",
        "hooks/post-checkout": evil,
        "README.md": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    }
    a_repository(server.root / "a", files)

    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Seen)
    assert outcome.sighting.tree.files["README.md"].startswith(b"version https://git-lfs")
    assert not mark.exists()
    assert all("lfs" not in asked for asked in server.asked)


def test_names_that_a_server_makes_up_write_nothing(server, door, base, tmp_path):
    """Names of branches and tags that lead out of a folder or into an option."""
    folder = a_repository(server.root / "a", FILES)
    head = git(folder, "rev-parse", "main").strip()
    names = [
        b"HEAD",
        b"refs/heads/../../../../evil",
        b"refs/heads/--upload-pack=id",
        b"refs/tags/v1 x\x1b[2J",
    ]

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if handler.command != "POST" or is_fetch(handler, server):
            return False
        send = pieces(handler, "result")
        for name in names:
            send(packet(head + b" " + name + b"\n"))
        send(b"0000")
        return True

    server.meddle = meddle
    outcome = look(server.url("a"), door, base)

    assert isinstance(outcome, Seen)
    assert outcome.sighting.commit == head.decode()
    assert not list(tmp_path.rglob("*evil*"))


def test_threads_do_not_share_their_ends(server, make_door, base):
    """A deadline of one thread is none of another's."""
    a_repository(server.root / "a", FILES, commits=3)
    door, outcomes = make_door(), []

    def one() -> None:
        outcomes.append(harvest(server.url("a"), door, NOW, base=base))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [type(outcome) for outcome in outcomes] == [Seen] * 4
    assert list(base.iterdir()) == []
