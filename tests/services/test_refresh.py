"""Looks at repositories of a real Git server: what is kept, what is told, and what is never lost."""

import ipaddress
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from git_server import GitServer, a_repository, git, git_server
from sightings import a_sighting

from catalogue.domain.snapshot import Question, Reason, Snapshot, Voice
from catalogue.domain.snapshot_changes import ChangeKind
from catalogue.services import refresh as refreshing
from catalogue.services.refresh import BATCH, LEASE, Refreshed, Result, refresh, refresh_pages
from catalogue.storage.errors import StoreBusy
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.store import Store
from harvest.fetch import Door
from harvest.guard import Guard
from harvest.limits import USUAL, Limits
from harvest.outcome import Failed, Known, Outcome, Seen
from harvest.run import harvest_many
from harvest.sighting import Sighting
from harvest.snapshot_of import snapshot_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MIT = """MIT License

Copyright (c) 2026 Stadt Musterstadt

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL
THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""
PUBLICCODE = """publiccodeYmlVersion: "0.4"
name: Mängelmelder
url: https://git.example/town/tool
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitServer]:
    with git_server(tmp_path / "served") as running:
        yield running


@pytest.fixture
def door() -> Iterator[Door]:
    limits = Limits(pause=0, retries=0, seconds=60, request_seconds=10)
    made = Door(limits=limits, guard=Guard(allow=(ipaddress.ip_network("127.0.0.0/8"),)))
    yield made
    made.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[HarvestBook]:
    store = Store.open(f"sqlite:///{tmp_path / 'catalogue.db'}", migrate=True)
    yield store.harvest
    store.close()


class Harvester:
    """Looks at the repositories of a server and keeps what was learned."""

    def __init__(self, server: GitServer, door: Door, book: HarvestBook) -> None:
        self.server, self.door, self.book = server, door, book
        self.looked_at: list[str] = []
        self.lock = threading.Lock()

    def know(self, *names: str) -> None:
        self.book.know({name: (self.server.url(name), NOW) for name in names})

    def look(self, addresses: Sequence[str], known: Mapping[str, Known]) -> Iterator[Outcome]:
        with self.lock:
            self.looked_at += addresses
        yield from harvest_many(addresses, self.door, jobs=2, known=known)

    def __call__(self, *names: str, now: datetime = NOW, dry_run: bool = False) -> dict[str, Refreshed]:
        done = refresh(self.book, names, self.look, now=lambda: now, dry_run=dry_run)
        return {one.key: one for one in done}


@pytest.fixture
def harvester(server: GitServer, door: Door, book: HarvestBook) -> Harvester:
    return Harvester(server, door, book)


def commit(server: GitServer, name: str, files: Mapping[str, str]) -> None:
    """One commit more on the default branch, with these files instead of the old ones."""
    stream = b"commit refs/heads/main\ncommitter A <a@b.example> 1718000000 +0000\ndata 1\nx\n"
    stream += b"from refs/heads/main^0\ndeleteall\n"
    for path, text in files.items():
        stream += b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(text.encode()), text.encode())
    git(server.root / name, "fast-import", "--quiet", "--force", stdin=stream)


def test_a_first_look_is_kept_with_licence_file_and_lines(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT, "README.md": "# A\n"}, tags=("v1.0.0",))
    harvester.know("a")

    done = harvester("a")

    assert done["a"].result is Result.NEW
    snapshot = harvester.book.latest(["a"])["a"].snapshot
    licence = next(f for f in snapshot.facts_on(Question.LICENCE) if f.voice is Voice.LICENCE_FILE)
    assert (licence.value, licence.where.path, licence.where.first_line) == ("MIT", "LICENSE", 1)
    assert [release.name for release in snapshot.releases] == ["v1.0.0"]


def test_a_look_with_nothing_new_clones_nothing_and_moves_the_date(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")
    harvester("a")
    harvester.server.forget()

    done = harvester("a", now=NOW + DAY)

    assert done["a"].result is Result.UNCHANGED
    assert len(harvester.server.asked) == 2  # the list of names, nothing else
    assert harvester.book.standings(["a"])["a"].last_success == NOW + DAY


def test_a_new_licence_and_a_new_release_are_told(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT}, tags=("v1.0.0",))
    harvester.know("a")
    harvester("a")
    commit(harvester.server, "a", {"LICENSE": "SPDX-" + "License-Identifier: EUPL-1.2\n"})
    git(harvester.server.root / "a", "tag", "-a", "-m", "x", "v2.0.0", "main",
        GIT_COMMITTER_DATE="2025-06-01T12:00:00Z")  # fmt: skip

    done = harvester("a", now=NOW + DAY)

    assert done["a"].result is Result.CHANGED
    told = {change.kind: (change.before, change.after) for change in done["a"].changes}
    assert told[ChangeKind.LICENCE] == ("MIT", "EUPL-1.2")
    assert told[ChangeKind.RELEASE] == (None, "v2.0.0")
    assert len(harvester.book.changes()) == 2


def test_one_bad_repository_never_stops_the_others(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "good", {"LICENSE": MIT})
    harvester.know("bad", "good")

    done = harvester("bad", "good")

    assert (done["bad"].result, done["bad"].reason) == (Result.FAILED, Reason.ABSENT)
    assert done["good"].result is Result.NEW


def test_a_repository_that_cannot_be_reached_keeps_what_is_known_and_says_since_when(
    harvester: Harvester,
) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")
    harvester("a")
    before = harvester.book.latest(["a"])["a"]
    harvester.server.instead["/a/info/refs"] = (503, {}, b"")

    for days in (1, 2):
        assert harvester("a", now=NOW + days * DAY)["a"].reason is Reason.UNREACHABLE

    standing = harvester.book.standings(["a"])["a"]
    assert harvester.book.latest(["a"])["a"] == before
    assert (standing.failing_since, standing.failures) == (NOW + DAY, 2)
    assert standing.due
    assert standing.due > NOW + 2 * DAY


def test_a_repository_that_was_emptied_keeps_its_last_snapshot(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")
    harvester("a")
    git(harvester.server.root / "a", "update-ref", "-d", "refs/heads/main")

    done = harvester("a", now=NOW + DAY)

    assert done["a"].result is Result.FAILED
    assert harvester.book.latest(["a"])["a"].snapshot.commit is not None


def test_a_broken_publiccode_leaves_what_the_last_good_one_said_and_mending_it_is_seen(
    harvester: Harvester,
) -> None:
    a_repository(harvester.server.root / "a", {"publiccode.yml": PUBLICCODE})
    harvester.know("a")
    harvester("a")

    def name() -> object:
        facts = harvester.book.latest(["a"])["a"].snapshot.facts_on(Question.NAME)
        return next((f.value for f in facts if f.voice is Voice.PUBLICCODE), None)

    commit(harvester.server, "a", {"publiccode.yml": "\x00\x01{{{ - :"})
    harvester("a", now=NOW + DAY)
    broken = harvester.book.latest(["a"])["a"].snapshot
    assert name() == "Mängelmelder"
    assert [gap.reason for gap in broken.gaps_on(Question.PUBLICCODE)] == [Reason.UNREADABLE]

    commit(harvester.server, "a", {"publiccode.yml": PUBLICCODE.replace("Mängelmelder", "Melder")})
    harvester("a", now=NOW + 2 * DAY)
    assert name() == "Melder"


def test_a_dry_run_looks_and_keeps_nothing(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")

    assert harvester("a", dry_run=True)["a"].result is Result.NEW

    assert harvester.book.latest(["a"]) == {}
    assert harvester.book.standings(["a"])["a"].last_attempt is None
    assert harvester.book.due(NOW) == ["a"]


def test_two_workers_never_look_at_the_same_repository_at_once(harvester: Harvester) -> None:
    names = [f"r{number}" for number in range(6)]
    for name in names:
        a_repository(harvester.server.root / name, {"LICENSE": MIT})
    harvester.know(*names)
    workers = [threading.Thread(target=harvester, args=names) for _ in range(3)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(harvester.looked_at) == sorted(harvester.server.url(name) for name in names)


def test_what_was_claimed_and_not_begun_is_let_go_when_the_harvest_is_stopped(
    harvester: Harvester,
) -> None:
    for name in ("a", "b", "c"):
        a_repository(harvester.server.root / name, {"LICENSE": MIT})
    harvester.know("a", "b", "c")
    harvester.door.stop.set()

    harvester("a", "b", "c")

    assert harvester.book.due(NOW) == ["a", "b", "c"]


def test_a_look_that_is_broken_off_by_a_stop_is_no_failure(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")

    def stop_it(handler: BaseHTTPRequestHandler) -> bool:
        harvester.door.stop.set()
        return False

    harvester.server.meddle = stop_it

    assert harvester("a") == {}
    standing = harvester.book.standings(["a"])["a"]
    assert (standing.failures, standing.failing_since) == (0, None)
    assert harvester.book.due(NOW) == ["a"]


def test_a_repository_that_breaks_our_program_is_one_failed_look(
    harvester: Harvester, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("good", "poison"):
        a_repository(harvester.server.root / name, {"LICENSE": MIT})
    harvester.know("good", "poison")

    def breaks(sighting: Sighting) -> Snapshot:
        if sighting.asked.endswith("poison"):
            raise RecursionError("Ada <ada@privat.example>")
        return snapshot_of(sighting)

    monkeypatch.setattr(refreshing, "snapshot_of", breaks)

    done = harvester("poison", "good")

    assert {key: one.result for key, one in done.items()} == {"good": Result.NEW, "poison": Result.FAILED}
    assert done["poison"].detail == "our program broke: RecursionError"
    assert harvester.book.standings(["poison"])["poison"].failures == 1
    assert "harvest broke key=poison" in caplog.text


def test_what_could_not_be_kept_is_let_go_at_once(
    harvester: Harvester, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")

    def is_busy(*_: object, **__: object) -> bool:
        raise StoreBusy("catalogue.db")

    monkeypatch.setattr(harvester.book, "keep", is_busy)

    with pytest.raises(StoreBusy):
        harvester("a")

    assert harvester.book.due(NOW) == ["a"]


def test_a_repository_that_somebody_else_looks_at_is_named(harvester: Harvester) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")
    harvester.book.claim("a", now=NOW, lease=timedelta(hours=1))

    done = harvester("a")

    assert done["a"].result is Result.TAKEN
    assert harvester.looked_at == []


def test_a_repository_that_leads_to_a_known_one_brings_none_of_its_own_words_along(book: HarvestBook) -> None:
    """The licence of a stranger's repository is not carried into that of the one it redirects to."""
    old, new = "https://git.example/old", "https://git.example/new"
    book.know({"git.example/old": (old, NOW), "git.example/new": (new, NOW)})

    def sees(*sightings: Sighting) -> dict[str, Refreshed]:
        outcomes = [Seen(sighting=one) for one in sightings]
        keys = [one.sighting.asked.removeprefix("https://") for one in outcomes]
        return {one.key: one for one in refresh(book, keys, lambda _a, _k: outcomes, now=lambda: NOW)}

    sees(
        a_sighting(files={"LICENSE": MIT}, address=old), a_sighting(files={"README.md": "# New"}, address=new)
    )
    told = sees(a_sighting(too_large=("LICENSE",), asked=old, address=new))

    assert told["git.example/old"].result is Result.CHANGED
    assert book.latest(["git.example/new"])["git.example/new"].snapshot.facts_on(Question.LICENCE) == ()


def test_a_limit_of_the_server_is_waited_for(book: HarvestBook) -> None:
    book.know({"a": ("https://git.example/a", NOW)})
    until = NOW + timedelta(hours=5)
    limited = Failed(
        asked="https://git.example/a", looked_at=NOW, reason=Reason.LIMITED, detail="slow down", until=until
    )

    list(refresh(book, ["a"], lambda _addresses, _known: [limited], now=lambda: NOW))

    assert book.standings(["a"])["a"].due == until


def test_contact_pages_are_looked_at_once_a_week(book: HarvestBook) -> None:
    there, gone = "https://town.example/contact", "https://town.example/old"
    asked: list[str] = []

    def exists(address: str) -> str:
        asked.append(address)
        return "gone" if address == gone else "there"

    assert refresh_pages(book, [there, gone, there], exists, now=NOW) == {there: "there", gone: "gone"}
    assert refresh_pages(book, [there, gone], exists, now=NOW + 6 * DAY) == {}
    refresh_pages(book, [there], exists, now=NOW + 7 * DAY)

    assert asked == [there, gone, there]
    assert book.pages()[gone].outcome == "gone"


def test_better_readers_reach_a_repository_without_new_commits_once(
    harvester: Harvester, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_repository(harvester.server.root / "a", {"LICENSE": MIT})
    harvester.know("a")
    harvester("a")
    monkeypatch.setattr("harvest.snapshot_of.VERSION", "next")
    harvester.server.forget()

    harvester("a", now=NOW + DAY)
    read_anew = len(harvester.server.asked)
    harvester.server.forget()
    harvester("a", now=NOW + 2 * DAY)

    assert read_anew > 2
    assert len(harvester.server.asked) == 2


def test_a_claim_outlives_the_slowest_batch_of_a_single_job() -> None:
    slowest = timedelta(seconds=USUAL.seconds + 5 * USUAL.request_seconds)  # Git, then the forge's questions

    assert BATCH * slowest <= LEASE


def test_more_repositories_than_are_claimed_together_are_all_looked_at(book: HarvestBook) -> None:
    keys = [f"git.example/{number}" for number in range(BATCH + 3)]
    book.know({key: (f"https://{key}", NOW) for key in keys})

    def look(addresses: Sequence[str], _known: Mapping[str, Known]) -> Iterator[Outcome]:
        for address in addresses:
            yield Failed(asked=address, looked_at=NOW, reason=Reason.UNREACHABLE, detail="no answer")

    assert sorted(done.key for done in refresh(book, keys, look, now=lambda: NOW)) == sorted(keys)
