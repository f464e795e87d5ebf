"""From one catalogue to the next: an index is built beside the published one, one transaction names it."""

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from catalogue.storage.errors import StoreError
from catalogue.storage.index_folders import build_beside, index_path, remove, sweep, sweep_unfinished
from catalogue.storage.store import Store


class Step(StrEnum):
    """How far a publication has come."""

    LOCKED = "locked"
    BUILT = "built"  # the new index lies complete under its name, the old catalogue is still published
    WRITTEN = "written"  # the new catalogue is published
    SWEPT = "swept"


OnStep = Callable[[Step], None]
# Fills an empty folder with the new index; told the folder of the one before, where there is any.
Fill = Callable[[Path, Path | None], None]


def switch(
    store: Store,
    data_folder: Path,
    *,
    folder: str,
    fill: Fill,
    write: Callable[[], int],
    on_step: OnStep = lambda step: None,
) -> int:
    """Let `fill` build the index `folder`, `write` name it as published, sweep; returns the new revision.

    Only for whoever holds the lock of the publication. Whoever dies on the way leaves one of the two
    catalogues, whole.
    """
    before = store.find_state()
    sweep_unfinished(data_folder)  # first, since they may be what fills the disk
    target = index_path(data_folder, folder)
    previous = index_path(data_folder, before.index_folder) if before else None
    build_beside(target, lambda building: fill(building, previous))
    on_step(Step.BUILT)
    try:
        revision = write()
    except BaseException:
        _withdraw(store, target)
        raise
    on_step(Step.WRITTEN)
    # Readers may still open the folder of the catalogue before this one.
    sweep(data_folder, keep={folder, *([before.index_folder] if before else [])})
    on_step(Step.SWEPT)
    return revision


def _withdraw(store: Store, folder: Path) -> None:
    """Remove an index that no catalogue names. Where the store cannot say so, the next sweep does it."""
    with suppress(StoreError):
        state = store.find_state()
        if state is None or state.index_folder != folder.name:
            remove(folder)
