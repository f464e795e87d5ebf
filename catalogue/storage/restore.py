"""Puts a backup into the place of the database: into the file itself, so that whoever has it open sees it."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text, update

from catalogue.storage.backup import sqlite_trouble
from catalogue.storage.database import connect, url_of, writer
from catalogue.storage.errors import StoreBusy, StoreUnusable, make_folder, writing
from catalogue.storage.migrate import upgrade
from catalogue.storage.stored import find_state
from catalogue.storage.tables import CatalogueRow
from catalogue.storage.throw_away import throw_away

_PATIENCE = 30  # seconds for others to finish writing
_BESIDE = ("-wal", "-shm")


def make_ready(copy: Path, *, after: int, given: Mapping[str, int]) -> None:
    """Bring a copy up to date, and number its catalogue so that nobody takes it for one that they hold.

    `given` are the last numbers that were given out, by table: mails and receivers of webhooks know them, so
    nothing else gets one of them.
    """
    engine = connect(url_of(copy))
    try:
        upgrade(engine)
        with writer(engine).begin() as connection:
            state = find_state(connection)
            if state:
                revision = max(state.revision, after) + 1
                folder = f"{revision}-{state.content_hash[:8]}"
                values = {"revision": revision, "index_folder": folder}
                connection.execute(update(CatalogueRow).values(**values))
            for table, number in given.items():
                _go_on_after(connection, table, number)
    finally:
        engine.dispose()


def revision_of(file: Path) -> int:
    """The number of the catalogue that is published in a database, however old; 0 where it does not say."""
    if not file.is_file():
        return 0
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as connection:
            return int(connection.execute("SELECT coalesce(max(revision), 0) FROM catalogue").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


def numbers_of(file: Path) -> dict[str, int]:
    """The last numbers that a database has given out, by table; none where it does not say."""
    if not file.is_file():
        return {}
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as connection:
            rows = connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    except sqlite3.DatabaseError:
        return {}
    return {str(name): int(number) for name, number in rows}


def _go_on_after(connection: Connection, table: str, number: int) -> None:
    """Let the table give no number up to this one."""
    values = {"table": table, "number": number}
    known = connection.execute(
        text("UPDATE sqlite_sequence SET seq = max(seq, :number) WHERE name = :table"), values
    )
    if not known.rowcount and inspect(connection).has_table(table):
        connection.execute(text("INSERT INTO sqlite_sequence VALUES (:table, :number)"), values)


def put_aside(file: Path, stamp: str) -> Path | None:
    """Keep what is there under another name; None where nothing is.

    A sound database is copied, so that it stays in its place; the copy has its name only once it is whole. A
    damaged one is moved away: whoever has it open has to be started anew then.
    """
    if not file.exists():
        return None
    aside = _free(file, stamp)
    try:
        with writing(aside), throw_away(file.parent) as folder:
            copy = folder / file.name
            with sqlite_trouble(file), closing(sqlite3.connect(file, timeout=_PATIENCE)) as live:
                live.execute("VACUUM INTO ?", (str(copy),))
            copy.chmod(0o600)
            copy.rename(aside)
    except StoreUnusable:
        with writing(aside):
            file.rename(aside)
            for ending in _BESIDE:
                beside = file.with_name(file.name + ending)
                if beside.exists():
                    beside.rename(aside.with_name(aside.name + ending))
    return aside


def copy_into(copy: Path, file: Path) -> None:
    """Make the database hold what the copy holds, in one transaction. Raises `StoreBusy`."""
    make_folder(file.parent)
    with writing(file), suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640))
    with (
        sqlite_trouble(file),
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(file, timeout=_PATIENCE)) as target,
    ):
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.execute("PRAGMA journal_mode = WAL")  # readers go on with what they have begun to read
        source.backup(target, progress=_impatient(str(file)))


def replace_beside(taken: Path, place: Path, stamp: str) -> Path | None:
    """Put a file or folder of a backup into its place; where something else was kept, under which name."""
    aside = None
    with writing(place):
        if place.exists() and not _are_equal(taken, place):
            aside = _free(place, stamp)
            place.rename(aside)
        if not place.exists():
            shutil.move(taken, place)
    return aside


def _impatient(place: str) -> Callable[[int, int, int], None]:
    """SQLite itself would wait for ever for somebody who does not stop writing."""
    end = time.monotonic() + _PATIENCE

    def tell(_status: int, left: int, _total: int) -> None:
        if left and time.monotonic() > end:
            raise StoreBusy(place)

    return tell


def _free(place: Path, stamp: str) -> Path:
    """A name that nothing has yet."""
    wanted = place.with_name(f"{place.name}.before-restore-{stamp}")
    number = 1
    while os.path.lexists(wanted):
        number += 1
        wanted = place.with_name(f"{place.name}.before-restore-{stamp}-{number}")
    return wanted


def _are_equal(one: Path, other: Path) -> bool:
    if one.is_dir() and other.is_dir():
        names = sorted(path.name for path in one.iterdir())
        return names == sorted(path.name for path in other.iterdir()) and all(
            _are_equal(one / name, other / name) for name in names
        )
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
