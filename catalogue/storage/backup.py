"""The file of a backup: a ZIP archive with the database, the key, the register, and a manifest over them.

The database is copied at one moment while others go on writing. Logins and counted attempts stay out: whoever
restores has to log in anew. So do search terms that may not be kept longer than their day.
"""

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from catalogue.storage.database import connect, meaning, url_of
from catalogue.storage.errors import FileFault, StoreMissing, StoreUnusable, writing
from catalogue.storage.invented import MARK
from catalogue.storage.precious import TermRow
from catalogue.storage.register import ALIASES, DISTRICTS, MUNICIPALITIES, SOURCE
from catalogue.storage.secret_file import SECRET_FILE
from catalogue.storage.terms import forget_rare
from catalogue.storage.throw_away import throw_away

FORMAT = 1
DATABASE, MANIFEST = "catalogue.db", "manifest.json"
REGISTER = "register"
EPHEMERAL = ("session", "attempt")
_TERMS = str(TermRow.__tablename__)
NAMES = (
    DATABASE,
    SECRET_FILE,
    MARK,
    *(f"{REGISTER}/{name}" for name in (MUNICIPALITIES, DISTRICTS, ALIASES, SOURCE)),
)


class BackupFault(FileFault):
    """A file that cannot be written over, or is no backup that could be restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One file of a backup."""

    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `counts`: rows of each table; `migration`: state of the tables."""

    made: str
    program: str
    migration: str
    counts: Mapping[str, int]
    files: Mapping[str, Content]
    format: int = FORMAT


def write_backup(
    database: Path, data_folder: Path, target: Path, *, program: str, now: datetime, overwrite: bool
) -> Manifest:
    """Write a backup under this name, whole or not at all, readable by its owner alone.

    Raises `BackupFault` where there is such a file and `overwrite` is not said, `StoreMissing`,
    `StoreUnusable` where the database is damaged, and `StoreNotWritable`.
    """
    if target.exists() and not overwrite:
        raise BackupFault(f"{target}: there is such a file; name another one, or say --force")
    if not database.is_file():
        raise StoreMissing(str(database))
    with writing(target), throw_away(target.parent) as folder:
        copy = folder / DATABASE
        _copy_whole(database, copy)
        counts, migration = _cleaned(copy)
        sources = {DATABASE: copy, **_beside(data_folder)}
        manifest = Manifest(
            made=now.isoformat(timespec="seconds"),
            program=program,
            migration=migration,
            counts=counts,
            files={name: _content_of(path) for name, path in sources.items()},
        )
        archive = folder / "archive"
        archive.touch(mode=0o600)
        _pack(archive, manifest, sources)
        _name(archive, target, overwrite=overwrite)
    return manifest


def _copy_whole(database: Path, copy: Path) -> None:
    """Copy a database as it is at one moment, also from a disk that is full or read-only."""
    engine = connect(url_of(database), read=True)
    try:
        with sqlite_trouble(database), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(copy),))
    finally:
        engine.dispose()


def _beside(data_folder: Path) -> dict[str, Path]:
    """What lies beside the database and cannot be made anew."""
    wanted = {name: data_folder / name for name in NAMES if name != DATABASE}
    return {name: path for name, path in wanted.items() if path.is_file()}


def _cleaned(copy: Path) -> tuple[dict[str, int], str]:
    """Take out of a copy what does not outlive it; the rows of each table, and the state of the tables."""
    with sqlite_trouble(copy), closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        for table in EPHEMERAL:
            if _has(connection, table):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  # one of two names of ours
        if _has(connection, _TERMS):
            engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            with engine.begin() as known:
                forget_rare(known)
        return examined(connection, copy)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return found is not None


def examined(connection: sqlite3.Connection, place: Path) -> tuple[dict[str, int], str]:
    """The rows of each table and the state of the tables of a sound database. Raises `StoreUnusable`."""
    connection.execute("PRAGMA trusted_schema = OFF")
    if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        raise StoreUnusable(str(place))
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    counts = {}
    for (name,) in tables:
        quoted = name.replace('"', '""')
        counts[name] = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608
    if not counts.get("alembic_version"):
        raise StoreMissing(str(place))
    migration = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return counts, str(migration)


def _content_of(path: Path) -> Content:
    with path.open("rb") as file:
        return Content(sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=path.stat().st_size)


def _pack(file: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
        for name, path in sources.items():
            archive.write(path, name)


def _name(archive: Path, target: Path, *, overwrite: bool) -> None:
    with archive.open("rb") as file:
        os.fsync(file.fileno())
    if overwrite:
        archive.replace(target)
        return
    try:
        os.link(archive, target)  # whole at once, and never over another one
    except FileExistsError:
        raise BackupFault(f"{target}: there is such a file; name another one, or say --force") from None


@contextmanager
def sqlite_trouble(place: Path) -> Iterator[None]:
    """Around bare SQLite: its errors become those of the store."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        kind = meaning(error.orig if isinstance(error, DBAPIError) and error.orig else error)
        if kind is None:
            raise
        raise kind(str(place)) from error
