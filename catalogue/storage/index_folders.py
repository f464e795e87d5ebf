"""Index folders: built beside the old one, named at the end, swept when nobody reads them any more."""

import os
import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from catalogue.storage.errors import make_folder, writing

BUILDING = ".building"
BROKEN = ".broken"


def index_path(data_folder: Path, name: str) -> Path:
    """Where the index folder of that name lies; the store says which name is the present one."""
    return data_folder / "index" / name


def build_beside(target: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` build a new folder and give it the name `target` when it is complete and on the disk.

    What was there under that name before stays usable until then. When anything fails, nothing is left
    behind. Raises `StoreNotWritable`, and whatever `fill` raises.
    """
    building = target.with_name(target.name + BUILDING)
    with writing(target):
        try:
            remove(building)
            make_folder(target.parent)
            building.mkdir()
            fill(building)
            _bring_to_disk(building)
            _rename(building, target)
        except BaseException:
            remove(building)
            raise


def remove(path: Path) -> None:
    """Remove a folder, or whatever lies in its place, as far as possible; open files stay readable."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def sweep(data_folder: Path, *, keep: Collection[str]) -> list[str]:
    """Remove all index folders but those named in `keep`; returns the names of the removed ones."""
    folder = index_path(data_folder, "")
    swept = sorted(path.name for path in folder.iterdir() if path.name not in keep) if folder.is_dir() else []
    for name in swept:
        remove(folder / name)
    return swept


def sweep_unfinished(data_folder: Path) -> list[str]:
    """Remove what killed builds have left; returns the names. Only for whoever holds the lock."""
    folder = index_path(data_folder, "")
    left = (
        sorted(path.name for path in folder.iterdir() if path.suffix in (BUILDING, BROKEN))
        if folder.is_dir()
        else []
    )
    for name in left:
        remove(folder / name)
    return left


def _rename(building: Path, target: Path) -> None:
    broken = target.with_name(target.name + BROKEN)
    remove(broken)
    if target.exists() or target.is_symlink():
        target.rename(broken)
    building.rename(target)
    _sync(target.parent)
    remove(broken)


def _bring_to_disk(folder: Path) -> None:
    """After a power cut a name may exist whose content does not, unless the content went first."""
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
