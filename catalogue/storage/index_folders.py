"""Index folders: built beside the old one, named at the end, swept when nobody reads them any more."""

import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from catalogue.storage.errors import writing

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
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir(parents=True)
            fill(building)
            _bring_to_disk(building)
            _rename(building, target)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise


def remove(folder: Path) -> None:
    """Remove a folder as far as possible; readers that have its files open keep them."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(data_folder: Path, *, keep: Collection[str]) -> list[str]:
    """Remove all index folders but those named in `keep`; returns the names of the removed ones."""
    folder = index_path(data_folder, "")
    swept = sorted(path.name for path in folder.iterdir() if path.name not in keep) if folder.is_dir() else []
    for name in swept:
        remove(folder / name)
    return swept


def _rename(building: Path, target: Path) -> None:
    broken = target.with_name(target.name + BROKEN)
    shutil.rmtree(broken, ignore_errors=True)
    if target.exists():
        target.rename(broken)
    building.rename(target)
    _sync(target.parent)
    shutil.rmtree(broken, ignore_errors=True)


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
