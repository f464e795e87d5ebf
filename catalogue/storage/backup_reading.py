"""Reads a backup: takes out only what we put in, under names of ours, and checks it before it is used."""

import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from catalogue.storage.backup import (
    DATABASE,
    FORMAT,
    MANIFEST,
    NAMES,
    BackupFault,
    Content,
    Manifest,
    examined,
)
from catalogue.storage.database import connect, url_of
from catalogue.storage.errors import StoreError, make_folder, writing
from catalogue.storage.migrate import Standing, standing
from catalogue.storage.throw_away import throw_away

_CHUNK = 1 << 20
_LARGEST_MANIFEST = 1_000_000  # bytes
# What zipfile raises for archives that are cut off, altered, locked, or packed in another way.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError)


@contextmanager
def unpacked(file: Path, beside: Path) -> Iterator[tuple[Manifest, Path]]:
    """What a backup says, and a folder with its files, each checked; the folder goes afterwards.

    The folder is made in `beside`. Raises `BackupFault` and `StoreNotWritable`.
    """
    make_folder(beside)
    with throw_away(beside) as folder:
        with writing(folder):
            manifest = _unpack(file, folder)
        _examine(manifest, folder / DATABASE, file)
        yield manifest, folder


def _unpack(file: Path, folder: Path) -> Manifest:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            for name, content in manifest.files.items():
                _take_out(archive, name, content, folder / name)
    except FileNotFoundError:
        raise BackupFault(f"{file}: there is no such file") from None
    except _BROKEN as error:
        raise _damaged(file) from error
    return manifest


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    """The manifest, where it names what is in the archive and nothing but what belongs into a backup."""
    with archive.open(MANIFEST) as member:
        said = json.loads(member.read(_LARGEST_MANIFEST))
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise _damaged(file)
    if said["format"] > FORMAT:
        raise _too_new(file)
    files, counts = said["files"], said["counts"]
    manifest = Manifest(
        made=str(said["made"]),
        program=str(said["program"]),
        migration=str(said["migration"]),
        counts={str(table): int(count) for table, count in dict(counts).items()},
        files={str(name): _content(stated) for name, stated in dict(files).items()},
    )
    is_ours = set(manifest.files) <= set(NAMES) and DATABASE in manifest.files
    if not is_ours or sorted(archive.namelist()) != sorted((MANIFEST, *manifest.files)):
        raise _damaged(file)
    return manifest


def _content(stated: object) -> Content:
    if not isinstance(stated, dict):
        raise ValueError("no content")
    return Content(sha256=str(stated["sha256"]), size=int(stated["size"]))


def _take_out(archive: zipfile.ZipFile, name: str, content: Content, target: Path) -> None:
    """Write one file as large as it is said to be, and no larger; `name` is one of `NAMES`."""
    target.parent.mkdir(exist_ok=True)
    digest, left = hashlib.sha256(), content.size
    with archive.open(name) as source, target.open("xb") as file:
        target.chmod(0o600)
        while piece := source.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                break
            digest.update(piece)
            file.write(piece)
    if left or digest.hexdigest() != content.sha256:
        raise ValueError(name)


def _examine(manifest: Manifest, database: Path, file: Path) -> None:
    """The database is sound, ours, of a state that we know, and holds what the manifest says."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            foreign = connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')")
            if foreign.fetchone():
                raise _damaged(file)
            found = examined(connection, database)
    except (sqlite3.Error, StoreError) as error:
        raise _damaged(file) from error
    if found != (dict(manifest.counts), manifest.migration):
        raise _damaged(file)
    engine = connect(url_of(database))
    try:
        if standing(engine) is Standing.NEWER:
            raise _too_new(file)
    finally:
        engine.dispose()


def _damaged(file: Path) -> BackupFault:
    return BackupFault(
        f"{file}: damaged, or no backup of this program; nothing was changed. Take another one."
    )


def _too_new(file: Path) -> BackupFault:
    return BackupFault(
        f"{file}: made by a newer version of this program; nothing was changed. Install that version first."
    )
