"""`catalogue harvest` and the harvest of `catalogue worker`: what they print, keep and leave alone."""

import json
import socket
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
import pytest
from builders import an_entries_folder, as_file
from click.testing import CliRunner, Result

from catalogue.commands.harvest import harvest
from catalogue.commands.publish import publish
from catalogue.commands.worker import worker
from catalogue.config import Settings
from catalogue.domain.snapshot import Fact, Gap, Question, Reason, Snapshot, Voice, Where
from catalogue.domain.snapshot_text import plain_from_snapshot
from catalogue.storage.store import Store

ADDRESS = "https://git.nowhere.example/town/tool"
KEY = "git.nowhere.example/town/tool"


class Desk:
    """Calls commands as their group would, in a folder of one entry that names a repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        text = as_file(repositories=[{"address": ADDRESS, "role": "main"}])
        self.entries = an_entries_folder(folder / "entries", **{"hal-plan": text})

    def run(self, command: click.Command, *arguments: str, **more: str) -> Result:
        environ = {
            "CATALOGUE_DATA": str(self.folder / "data"),
            "CATALOGUE_ENTRIES": str(self.entries),
            "CATALOGUE_SEMANTIC": "off",
            **more,
        }
        return CliRunner().invoke(command, arguments, obj=Settings.from_environ(environ))

    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.folder / 'data' / 'catalogue.db'}", migrate=False)

    def a_file(self, *snapshots: Snapshot) -> str:
        path = self.folder / "snapshots.json"
        path.write_text("\n".join(json.dumps(plain_from_snapshot(s)) for s in snapshots), encoding="utf-8")
        return str(path)


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows the name of any host."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    assert made.run(publish).exit_code == 0
    return made


def a_snapshot(day: int = 20, licence: str = "EUPL-1.2", address: str = ADDRESS) -> Snapshot:
    fact = Fact(
        question=Question.LICENCE, value=licence, voice=Voice.LICENCE_FILE,
        where=Where(path="LICENSE", first_line=1, last_line=9),
    )  # fmt: skip
    looked = datetime(2026, 11, day, 6, tzinfo=UTC)
    return Snapshot(
        asked=address, address=address, looked_at=looked, branch="main", commit="c" * 40,
        committed_at=looked, refs="r", facts=(fact,),
    )  # fmt: skip


def test_a_repository_that_cannot_be_reached_fails_with_a_sentence_and_nothing_is_lost(desk: Desk) -> None:
    desk.run(harvest, "--import", desk.a_file(a_snapshot()))

    result = desk.run(harvest)

    assert result.exit_code == 1
    assert (
        f"failed: {ADDRESS}: Wir konnten nicht nachsehen. Wir versuchen es später noch einmal."
        in result.output
    )
    assert "new: 0, changed: 0, unchanged: 0, failed: 1" in result.output
    store = desk.store()
    assert store.harvest.latest([KEY])[KEY].snapshot.facts == a_snapshot().facts
    assert store.harvest.standings([KEY])[KEY].failing_since
    store.close()


def test_an_import_publishes_what_was_seen_and_an_older_one_changes_nothing(desk: Desk) -> None:
    first = desk.run(harvest, "--import", desk.a_file(a_snapshot(20)))
    older = desk.run(harvest, "--import", desk.a_file(a_snapshot(19, "MIT")))

    assert (first.exit_code, older.exit_code) == (0, 0)
    assert f"new: {ADDRESS} (2026-11-20)" in first.output
    assert "published: revision 2" in first.output
    assert f"older: {ADDRESS} (2026-11-19)" in older.output
    assert "nothing to do: revision 2" in older.output


def test_a_snapshot_that_no_entry_names_is_not_kept(desk: Desk) -> None:
    result = desk.run(harvest, "--import", desk.a_file(a_snapshot(address="https://git.example/other")))

    assert "unnamed: https://git.example/other (2026-11-20)" in result.output
    store = desk.store()
    assert list(store.harvest.standings()) == [KEY]
    store.close()


def test_a_bad_file_is_refused_with_its_place_while_a_good_one_is_taken(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": 1}', encoding="utf-8")

    result = desk.run(harvest, "--import", str(bad), "--import", desk.a_file(a_snapshot()))

    assert result.exit_code == 1
    assert "refused:" in result.output
    assert "bad.json: snapshot.asked: is missing" in result.output
    assert f"new: {ADDRESS}" in result.output


def test_a_snapshot_of_the_future_or_of_an_open_address_is_refused(desk: Desk) -> None:
    future = replace(a_snapshot(), looked_at=datetime(2099, 1, 1, tzinfo=UTC))
    unencrypted = a_snapshot(address=ADDRESS.replace("https", "http"))

    result = desk.run(harvest, "--import", desk.a_file(future, unencrypted))

    assert result.exit_code == 1
    assert f"refused: {ADDRESS} (2099-01-01): its look or its commit lies in the future" in result.output
    assert "asked is no public https address" in result.output
    store = desk.store()
    assert store.harvest.latest([KEY]) == {}
    assert store.harvest.standings([KEY])[KEY].address == ADDRESS
    store.close()


def test_an_import_that_saw_less_takes_nothing_away(desk: Desk) -> None:
    unread = Gap(question=Question.LICENCE, reason=Reason.UNREACHABLE, voice=Voice.LICENCE_FILE)
    desk.run(harvest, "--import", desk.a_file(a_snapshot(20)))

    less = desk.run(harvest, "--import", desk.a_file(replace(a_snapshot(21), facts=(), gaps=(unread,))))
    empty = desk.run(harvest, "--import", desk.a_file(replace(a_snapshot(22), facts=(), commit=None)))

    assert f"new: {ADDRESS} (2026-11-21)" in less.output
    assert f"older: {ADDRESS} (2026-11-22)" in empty.output
    store = desk.store()
    kept = store.harvest.latest([KEY])[KEY].snapshot
    assert [(fact.value, fact.seen) for fact in kept.facts] == [("EUPL-1.2", date(2026, 11, 20))]
    store.close()


def test_an_import_takes_no_other_option_with_it(desk: Desk) -> None:
    result = desk.run(harvest, "--dry-run", "--import", desk.a_file(a_snapshot()))

    assert result.exit_code == 2
    store = desk.store()
    assert store.harvest.latest([KEY]) == {}
    store.close()


@pytest.mark.parametrize("content", ["[" * 100_000, '{"format": 1, "facts": ' + "[" * 900 + "]" * 900 + "}"])
def test_a_file_that_is_nested_without_end_is_refused(desk: Desk, tmp_path: Path, content: str) -> None:
    (tmp_path / "deep.json").write_text(content, encoding="utf-8")

    result = desk.run(harvest, "--import", str(tmp_path / "deep.json"))

    assert result.exit_code == 1
    assert "refused:" in result.output


def test_a_file_without_end_is_refused(desk: Desk) -> None:
    result = desk.run(harvest, "--import", "/dev/zero")

    assert result.exit_code == 1
    assert "larger than 5000000 bytes" in result.output


def test_who_else_looks_is_told(desk: Desk) -> None:
    store = desk.store()
    store.harvest.claim(KEY, now=datetime.now(UTC), lease=timedelta(hours=1))
    store.close()

    result = desk.run(harvest)

    assert result.exit_code == 0
    assert f"taken: {ADDRESS}" in result.output
    assert "failed: 0, taken: 1" in result.output


def test_a_moved_repository_is_known_under_its_new_address(desk: Desk) -> None:
    new = "https://git.nowhere.example/town/toolbox"
    desk.run(harvest, "--import", desk.a_file(replace(a_snapshot(20), address=new)))

    result = desk.run(harvest, "--import", desk.a_file(a_snapshot(21, "MIT", new)))

    assert f"new: {new} (2026-11-21)" in result.output


def test_a_setting_that_cannot_be_meant_is_told_in_a_sentence(desk: Desk) -> None:
    result = desk.run(harvest, CATALOGUE_FORGES="foo")

    assert result.exit_code == 1
    assert "Error: CATALOGUE_FORGES: part 1 is not HOST=KIND" in result.output


def test_an_unknown_id_is_named(desk: Desk) -> None:
    result = desk.run(harvest, "hal-plan", "no-such-thing")

    assert result.exit_code == 1
    assert "no-such-thing: no published solution has this id" in result.output


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    result = desk.run(harvest, "--dry-run")

    assert "failed: 1" in result.output
    store = desk.store()
    assert store.harvest.standings([KEY])[KEY].last_attempt is None
    store.close()


def test_only_what_is_due_is_looked_at(desk: Desk) -> None:
    desk.run(harvest)

    result = desk.run(harvest, "--due")

    assert "new: 0, changed: 0, unchanged: 0, failed: 0" in result.output


def test_the_worker_looks_at_what_is_due_and_goes_on_where_that_fails(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        result = desk.run(worker, "--once")

    assert result.exit_code == 0
    assert f"harvested key={KEY} result=failed reason=unreachable" in caplog.text
    assert "worker stopped" in caplog.text


def test_the_worker_asks_nobody_where_the_harvest_is_off(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        desk.run(worker, "--once", CATALOGUE_HARVEST="off")

    assert "harvested" not in caplog.text


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ({"CATALOGUE_FORGE_TOKENS": "geheim"}, "CATALOGUE_FORGE_TOKENS: part 1 is not HOST=TOKEN"),
        ({"CATALOGUE_FORGES": "git.example=svn"}, "'svn' is no kind of forge"),
        ({"CATALOGUE_HARVEST_LOOPBACK": "10.0.0.0/8"}, "only addresses of this machine"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_start_and_shows_no_token(
    desk: Desk, setting: dict[str, str], named: str
) -> None:
    result = desk.run(worker, "--once", **setting)

    assert result.exit_code == 1
    assert named in result.output
    assert "geheim" not in result.output


def test_files_named_behind_the_first_one_are_taken_too(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(plain_from_snapshot(a_snapshot(21, "MIT"))), encoding="utf-8")

    result = desk.run(harvest, "--import", desk.a_file(a_snapshot(20)), str(other), str(tmp_path / "none"))

    assert f"new: {ADDRESS} (2026-11-21)" in result.output
    assert "none: cannot be read" in result.output
    assert result.exit_code == 1
