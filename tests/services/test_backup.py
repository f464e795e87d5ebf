"""Losing everything and getting it back: reports, decisions, accounts, addresses, terms."""

import hashlib
import json
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from publishing import INDEX, MAGDEBURG, NOW, Desk, an_entry

from catalogue.domain.access import Role
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import SYSTEM, Action, Claim, ReuseReport, State, moved, office
from catalogue.services.accounts import Caller, Entry, add_account, log_in
from catalogue.services.backup import build_index, look_into, restore
from catalogue.services.search_index import LOCK_FILE
from catalogue.storage.backup import EPHEMERAL, BackupFault, Manifest, write_backup
from catalogue.storage.database import connect, url_of
from catalogue.storage.errors import StoreBusy, StoreMissing, StoreUnusable
from catalogue.storage.invented import MARK, is_invented
from catalogue.storage.keys import Purpose, make_key
from catalogue.storage.locks import locked
from catalogue.storage.migrate import FOLDER, migrating
from catalogue.storage.precious import PRECIOUS
from catalogue.storage.reuse_book import Reporter, keep_reporter
from catalogue.storage.secret_file import SECRET_FILE, load_secret
from catalogue.storage.store import Store

PASSWORD = "drei Bäume am Fluss"
LATER = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def database(desk: Desk) -> Path:
    return Path(desk.store.place)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A catalogue with a row in every precious table."""
    desk.publish(an_entry("hal-plan"))
    load_secret(desk.data_folder / SECRET_FILE)
    store = desk.store
    admin = add_account(store, login="anna", name="Anna", role=Role.ADMINISTRATOR, now=NOW, password=PASSWORD)
    store.sessions.open(admin.id, NOW)
    store.limits.take("x", "y", most=1, within=LATER - NOW, now=NOW, secret=b"k")
    claim = Claim(solution="hal-plan", body=MAGDEBURG, steps=(Step(stage=Stage.IN_USE, since="2026-05"),))

    def also(connection: object, report: ReuseReport) -> None:
        reporter = Reporter(email="it@magdeburg.example", language="de")
        keep_reporter(connection, report.number, reporter, NOW)  # type: ignore[arg-type]
        make_key(connection, Purpose.RECEIPT, report.number, NOW)  # type: ignore[arg-type]

    report = store.reuse.keep(
        ReuseReport(claim=claim, state=State.PENDING, reported_at=NOW),
        action=Action.SUBMITTED,
        actor=SYSTEM,
        now=NOW,
        also=also,
    )
    confirmed = moved(report, State.CONFIRMED, decided_at=NOW)
    store.reuse.keep(confirmed, action=Action.CONFIRMED, actor=office(admin.id), now=NOW)
    with store._engine.begin() as connection:
        for statement in (
            "insert into hint (solution, body, text, place, email, state, made) values"
            " ('hal-plan', '', 'stimmt nicht', '', 'a@b.example', 'open', '2026-11-20 12:00:00')",
            "insert into subscription (solution, channel, address, contact, language, secret, state, made,"
            " told_until) values ('hal-plan', 'mail', 'a@b.example', 'a@b.example', 'de', 's', 'active',"
            " '2026-11-20 12:00:00', 0)",
            "insert into search_term values ('#5e5f', '2026-11-20', 7, 0, 0)",
            "insert into outbox (channel, address, title, text, headers, subject, number, made, due, tries,"
            " state, trouble) values ('mail', 'a@b.example', 't', 't', '{}', 'report', 1,"
            " '2026-11-20 12:00:00', '2026-11-20 12:00:00', 0, 'waiting', '')",
        ):
            connection.exec_driver_sql(statement)
    return desk


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but those that no backup keeps and the number of the catalogue."""
    with closing(sqlite3.connect(database)) as connection:
        names = [r[0] for r in connection.execute("select name from sqlite_master where type = 'table'")]
        found = {name: connection.execute(f"select * from {name}").fetchall() for name in names}
    kept = set(found) - {*EPHEMERAL, "catalogue", "sqlite_sequence"}
    return {name: sorted(found[name], key=repr) for name in kept}


def back_up(desk: Desk, target: Path, **more: object) -> Manifest:
    options = {"program": "1", "now": NOW, "overwrite": False, **more}
    return write_backup(Path(desk.store.place), desk.data_folder, target, **options)  # type: ignore[arg-type]


def bring_back(desk: Desk, file: Path) -> None:
    """As the command does it."""
    url = f"sqlite:///{desk.store.place}"
    restore(file, Path(desk.store.place), desk.data_folder, now=LATER)
    build_index(url, desk.data_folder, desk.register, index=INDEX)


def test_a_full_catalogue_has_a_row_in_every_precious_table(full: Desk, database: Path) -> None:
    counted = {name: len(found) for name, found in rows(database).items()}

    precious = {str(kind.__tablename__) for kind in PRECIOUS} - set(EPHEMERAL)
    assert {name for name in precious if not counted[name]} == set()


def test_after_losing_the_whole_folder_everything_is_back(full: Desk, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "backup.zip"
    file.parent.mkdir()
    before, key = rows(database), load_secret(full.data_folder / SECRET_FILE)
    manifest = back_up(full, file)
    full.store.close()
    shutil.rmtree(full.data_folder / "index")
    for path in (*database.parent.glob("catalogue.db*"), full.data_folder / SECRET_FILE):
        path.unlink()

    bring_back(full, file)

    assert rows(database) == before
    assert load_secret(full.data_folder / SECRET_FILE) == key
    assert (full.data_folder / SECRET_FILE).stat().st_mode & 0o077 == 0
    assert full.assert_whole() == {"Hal-Plan"}
    assert manifest.counts["report"] == 1
    assert not list(database.parent.glob("*before-restore*"))  # nothing was there to be kept
    assert {path.stat().st_mode & 0o007 for path in database.parent.glob("catalogue.db*")} == {0}
    caller = Caller(address="192.0.2.1", key=b"k")
    assert isinstance(log_in(full.store, "anna", PASSWORD, caller, LATER), Entry)


def test_after_changing_everything_everything_is_back_and_the_change_is_kept_beside(
    full: Desk, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    before = rows(database)
    back_up(full, file)
    full.publish(an_entry("other", name="Anderes"), allow_removals=True)
    admin = full.store.accounts.find("anna")
    assert admin is not None
    full.store.accounts.set_password(admin.id, "x", actor=SYSTEM, now=NOW)
    with full.store._engine.begin() as connection:
        connection.exec_driver_sql("delete from report")
        connection.exec_driver_sql("delete from search_term")
    changed = rows(database)

    bring_back(full, file)

    (aside,) = database.parent.glob("catalogue.db.before-restore-*")
    assert rows(database) == before
    assert full.assert_whole() == {"Hal-Plan"}
    assert aside.name == "catalogue.db.before-restore-20270102T030405Z"
    assert rows(aside) == changed
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_whoever_has_the_database_open_sees_what_was_restored(
    full: Desk, database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    back_up(full, file)
    full.publish(an_entry("other", name="Anderes"), allow_removals=True)
    server = Store.open(f"sqlite:///{database}", migrate=False)
    names = {stored.solution.name for stored in server.all_solutions()}
    held = server.state().revision
    figures = server.figures()

    with server._engine.connect() as reading:  # even in the middle of reading
        reading.exec_driver_sql("select * from solution").fetchone()
        bring_back(full, file)

    assert names == {"Anderes"}
    assert {stored.solution.name for stored in server.all_solutions()} == {"Hal-Plan"}
    assert server.state().revision > held  # so that no server takes it for the one that it holds
    assert server.figures() is not figures
    server.close()


def test_a_restored_catalogue_is_published_into_as_ever(full: Desk, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    full.publish(an_entry("hal-plan"))  # with the report that was confirmed
    back_up(full, file)
    bring_back(full, file)

    again = full.publish(an_entry("hal-plan"))
    more = full.publish(an_entry("hal-plan"), an_entry("second"))

    assert (again.changed, more.changed) == (False, True)
    assert full.assert_whole() == {"Hal-Plan", "Second"}


def test_a_number_that_was_given_since_the_backup_is_given_to_nothing_else(
    full: Desk, tmp_path: Path
) -> None:
    def report() -> ReuseReport:
        claim = Claim(solution="hal-plan", body=MAGDEBURG, steps=(Step(stage=Stage.TRIAL, since="2026"),))
        new = ReuseReport(claim=claim, state=State.PENDING, reported_at=NOW)
        return full.store.reuse.keep(new, action=Action.SUBMITTED, actor=SYSTEM, now=NOW)

    file = tmp_path / "backup.zip"
    back_up(full, file)
    lost = report()

    bring_back(full, file)
    again = report()

    assert again.number > lost.number
    assert again.version > lost.version


def test_everybody_is_logged_out_by_a_restoration(full: Desk, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(full, file)
    admin = full.store.accounts.find("anna")
    assert admin is not None
    secret = full.store.sessions.open(admin.id, NOW)

    bring_back(full, file)

    assert full.store.sessions.account(secret, NOW) is None


def test_a_backup_is_of_one_moment_while_others_write(full: Desk, tmp_path: Path) -> None:
    # Each transaction adds one hint and one term: a copy of one moment has as many of each.
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with full.store._engine.begin() as connection:
                connection.exec_driver_sql(
                    "insert into hint (solution, body, text, place, email, state, made)"
                    " values ('h', '', 't', '', '', 'open', '2026-11-20 12:00:00')"
                )
                connection.exec_driver_sql(f"insert into search_term values ('#t{number}', 'd', 1, 0, 0)")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(full, tmp_path / f"{number}.zip").counts for number in range(3)]
    finally:
        stop.set()
        writer.join()

    assert all(counts["hint"] == counts["search_term"] for counts in made)
    assert made[-1]["hint"] > 1


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(full: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    back_up(full, folder / "backup.zip")

    assert [path.name for path in folder.iterdir()] == ["backup.zip"]
    assert stat.S_IMODE((folder / "backup.zip").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_written_over_only_where_that_is_said(full: Desk, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("precious")

    with pytest.raises(BackupFault, match="--force"):
        back_up(full, file)
    untouched = file.read_text()
    back_up(full, file, overwrite=True)

    assert untouched == "precious"
    assert look_into(file, full.data_folder).counts["report"] == 1


def test_logins_are_in_no_backup_even_as_leftovers(full: Desk, tmp_path: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (digest,) = connection.execute("select digest from session").fetchone()
    file = tmp_path / "backup.zip"

    back_up(full, file)

    with zipfile.ZipFile(file) as archive:
        assert digest.encode() not in archive.read("catalogue.db")


def test_an_updated_register_comes_back_too(full: Desk, tmp_path: Path) -> None:
    register = full.data_folder / "register"
    register.mkdir()
    (register / "gemeinden.csv").write_text("one")
    file = tmp_path / "backup.zip"
    back_up(full, file)
    (register / "gemeinden.csv").write_text("another")

    bring_back(full, file)

    (aside,) = full.data_folder.glob("register.before-restore-*")
    assert (register / "gemeinden.csv").read_text() == "one"
    assert (aside / "gemeinden.csv").read_text() == "another"


# --- What is no backup ------------------------------------------------------------------------------------


@pytest.fixture
def backup(full: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "good.zip"
    back_up(full, file)
    return file


@pytest.fixture
def unchanged(full: Desk, database: Path) -> Iterator[None]:
    """Whatever is refused changes nothing."""

    def state() -> object:
        names = {path.name for path in full.data_folder.rglob("*") if "catalogue.db-" not in path.name}
        return rows(database), full.store.state(), names - {LOCK_FILE}

    before = state()
    yield
    assert state() == before


def packed(file: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def changed_members(backup: Path, change: Callable[[dict[str, bytes], dict[str, object]], None]) -> Path:
    """The backup with changed members and a changed manifest."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    change(members, manifest)
    members["manifest.json"] = json.dumps(manifest).encode()
    file = backup.with_name("changed.zip")
    packed(file, members)
    return file


def stated(data: bytes) -> dict[str, object]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def with_database(statement: str) -> Callable[[dict[str, bytes], dict[str, object]], None]:
    """Another database, with a manifest that tells the truth about its bytes."""

    def change(members: dict[str, bytes], manifest: dict[str, object]) -> None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.deserialize(members["catalogue.db"])
            connection.executescript(statement)
            members["catalogue.db"] = connection.serialize()
        manifest["files"]["catalogue.db"] = stated(members["catalogue.db"])  # type: ignore[index]

    return change


def smuggled(name: str) -> Callable[[dict[str, bytes], dict[str, object]], None]:
    def change(members: dict[str, bytes], manifest: dict[str, object]) -> None:
        members[name] = b"evil"
        manifest["files"][name] = stated(b"evil")  # type: ignore[index]

    return change


def without_database(members: dict[str, bytes], manifest: dict[str, object]) -> None:
    del members["catalogue.db"]
    del manifest["files"]["catalogue.db"]  # type: ignore[attr-defined]


WRONG: dict[str, Callable[[dict[str, bytes], dict[str, object]], None]] = {
    "a path that leads out": smuggled("../evil"),
    "a path from the root": smuggled("/tmp/evil"),
    "a name that is none of ours": smuggled("catalogue.db-wal"),
    "a member that the manifest does not name": lambda members, _: members.update(extra=b"x"),
    "a member that is missing": lambda members, _: members.__delitem__(SECRET_FILE),
    "no database": without_database,
    "other bytes than were written": lambda members, _: members.update({SECRET_FILE: b"x" * 64}),
    "more bytes than were said": lambda members, _: members.update({SECRET_FILE: b"x" * 5_000_000}),
    "a size that is none": lambda _, manifest: manifest["files"][SECRET_FILE].update(size="x"),  # type: ignore[index]
    "a manifest of another form": lambda _, manifest: manifest.__delitem__("counts"),
    "a format that is none": lambda _, manifest: manifest.update(format="1"),
    "rows that are missing": with_database("delete from report"),
    "a database of another program": with_database("drop table alembic_version"),
    "a trigger": with_database("create trigger t after insert on account begin delete from report; end"),
    "a view": with_database("create view v as select 1"),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_was_changed_is_refused(full: Desk, backup: Path, database: Path, wrong: str) -> None:
    file = changed_members(backup, WRONG[wrong])

    with pytest.raises(BackupFault, match="nothing was changed"):
        restore(file, database, full.data_folder, now=LATER)

    assert not Path("/tmp/evil").exists()
    assert not (full.data_folder.parent / "evil").exists()


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("change", ["format", "migration"])
def test_a_backup_of_a_newer_program_is_refused_as_such(
    full: Desk, backup: Path, database: Path, change: str
) -> None:
    def newer(members: dict[str, bytes], manifest: dict[str, object]) -> None:
        if change == "format":
            manifest["format"] = 2
            return
        with_database("update alembic_version set version_num = '9999'")(members, manifest)
        manifest["migration"] = "9999"

    file = changed_members(backup, newer)

    with pytest.raises(BackupFault, match="newer version"):
        restore(file, database, full.data_folder, now=LATER)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("part", [0, 1, 100, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused(full: Desk, backup: Path, database: Path, part: float) -> None:
    data = backup.read_bytes()
    size = int(len(data) * part) if isinstance(part, float) else part
    backup.write_bytes(data[:size])

    with pytest.raises(BackupFault, match="nothing was changed"):
        restore(backup, database, full.data_folder, now=LATER)


@pytest.mark.usefixtures("unchanged")
def test_any_flipped_byte_of_the_contents_is_noticed(full: Desk, backup: Path, database: Path) -> None:
    data = backup.read_bytes()
    for place in range(60, len(data) - 2000, max(1, len(data) // 25)):
        backup.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with pytest.raises(BackupFault):
            restore(backup, database, full.data_folder, now=LATER)


@pytest.mark.usefixtures("unchanged")
def test_a_file_that_is_not_there_is_named(full: Desk, database: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match=r"nowhere\.zip: there is no such file"):
        restore(tmp_path / "nowhere.zip", database, full.data_folder, now=LATER)


@pytest.mark.usefixtures("unchanged")
def test_nothing_is_restored_while_somebody_publishes(full: Desk, backup: Path, database: Path) -> None:
    with locked(full.data_folder / LOCK_FILE, seconds=0), pytest.raises(StoreBusy):
        restore(backup, database, full.data_folder, now=LATER)


@pytest.mark.usefixtures("unchanged")
def test_looking_into_a_backup_changes_nothing(full: Desk, backup: Path) -> None:
    manifest = look_into(backup, full.data_folder)

    assert (manifest.counts["account"], manifest.counts["report"], manifest.program) == (1, 1, "1")


def test_invented_data_are_never_taken_for_real_ones_nor_real_ones_for_invented(
    full: Desk, database: Path, tmp_path: Path
) -> None:
    real, invented = tmp_path / "real.zip", tmp_path / "invented.zip"
    back_up(full, real)
    (full.data_folder / MARK).write_text("x")
    back_up(full, invented)

    bring_back(full, real)
    is_real = not is_invented(full.data_folder)
    bring_back(full, invented)

    assert is_real
    assert is_invented(full.data_folder)


def test_a_backup_of_an_older_state_is_brought_up_to_date(full: Desk, database: Path, tmp_path: Path) -> None:
    old, file = tmp_path / "old.db", tmp_path / "old.zip"
    engine = connect(url_of(old))
    with migrating(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql(
            "insert into repository (key, address, failures, detail, remembered)"
            " values ('git.example/a', 'https://git.example/a', 3, '', '{}')"
        )
    engine.dispose()
    manifest = write_backup(old, tmp_path / "nowhere", file, program="0", now=NOW, overwrite=False)

    restore(file, database, full.data_folder, now=LATER)

    store = Store.open(url_of(database), migrate=False)
    assert manifest.migration == "0002"
    assert store.accounts.all() == []
    assert [row[0] for row in rows(database)["repository"]] == ["git.example/a"]
    store.close()


def test_a_damaged_database_is_moved_away_and_the_backup_put_in_its_place(
    full: Desk, backup: Path, database: Path
) -> None:
    before = rows(database)
    full.store.close()
    database.write_bytes(b"no database" * 1000)

    bring_back(full, backup)

    (aside,) = database.parent.glob("catalogue.db.before-restore-*")
    assert aside.read_bytes().startswith(b"no database")
    assert rows(database) == before


def test_a_damaged_database_is_not_backed_up_as_if_it_were_sound(
    full: Desk, database: Path, tmp_path: Path
) -> None:
    full.store.close()
    database.write_bytes(b"no database" * 1000)

    with pytest.raises(StoreUnusable):
        back_up(full, tmp_path / "backup.zip")

    assert not (tmp_path / "backup.zip").exists()


def test_where_there_is_no_database_nothing_is_backed_up(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        write_backup(
            tmp_path / "none.db", tmp_path, tmp_path / "b.zip", program="1", now=NOW, overwrite=False
        )

    assert list(tmp_path.iterdir()) == []
