"""Makes a backup while the catalogue runs, and restores one."""

import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from catalogue.domain.register import Register
from catalogue.services.search_index import LOCK_FILE, IndexFormat, ensure_index
from catalogue.storage.backup import DATABASE, REGISTER, Manifest
from catalogue.storage.backup_reading import unpacked
from catalogue.storage.invented import MARK
from catalogue.storage.locks import locked
from catalogue.storage.restore import (
    copy_into,
    make_ready,
    numbers_of,
    put_aside,
    replace_beside,
    revision_of,
)
from catalogue.storage.secret_file import SECRET_FILE
from catalogue.storage.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of it. `kept`: what was there before -> under which name it is kept."""

    manifest: Manifest
    kept: Mapping[str, Path] = field(default_factory=dict)
    is_published: bool = False  # the restored database names a catalogue


def look_into(file: Path, data_folder: Path) -> Manifest:
    """Check a whole backup and say what it holds; changes nothing. Raises `BackupFault`.

    It is unpacked in the data folder; where that cannot be written, among the temporary files.
    """
    is_there = data_folder.is_dir() and os.access(data_folder, os.W_OK)
    with unpacked(file, data_folder if is_there else Path(tempfile.gettempdir())) as (manifest, _):
        return manifest


def restore(file: Path, database: Path, data_folder: Path, *, now: datetime) -> Restored:
    """Check a backup, put aside what is there, and put the backup into its place.

    Raises `BackupFault` and `StoreBusy` (somebody publishes): nothing has changed then.
    """
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    kept: dict[str, Path] = {}
    with unpacked(file, data_folder) as (manifest, folder):
        with locked(data_folder / LOCK_FILE, seconds=0):
            make_ready(folder / DATABASE, after=revision_of(database), given=numbers_of(database))
            if aside := put_aside(database, stamp):
                kept[database.name] = aside
            copy_into(folder / DATABASE, database)
        if MARK not in manifest.files:
            (data_folder / MARK).unlink(missing_ok=True)
        for name in (SECRET_FILE, REGISTER, MARK):
            if (folder / name).exists() and (
                aside := replace_beside(folder / name, data_folder / name, stamp)
            ):
                kept[name] = aside
    log.info("backup restored made=%s reports=%s", manifest.made, manifest.counts.get("report", 0))
    return Restored(manifest=manifest, kept=kept, is_published=manifest.counts.get("catalogue", 0) > 0)


def build_index(url: str, data_folder: Path, register: Register, *, index: IndexFormat) -> None:
    """Build the search index of what was restored. Raises the store's errors."""
    store = Store.open(url, migrate=False)
    try:
        ensure_index(store, data_folder, register, index=index)
    finally:
        store.close()
