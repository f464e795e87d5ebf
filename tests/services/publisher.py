"""A publisher in a process of its own, for tests that end it at the worst moment or take its disk away.

Arguments: data folder, name that all entries get, the moment to die at (a step, "building", "for-ever"
to publish without end, "never"), and optionally the largest file in bytes that it may write.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from publishing import INDEX, Desk, an_entry, build

from catalogue.services.publish import Step
from catalogue.services.search_index import Contents
from catalogue.storage.errors import StoreError

ENTRIES = 12


def main(data_folder: Path, name: str, moment: str, largest: int | None = None) -> None:
    """Publish once, or without end."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def on_step(step: Step) -> None:
        if step == moment:
            die()

    def dying_build(
        folder: Path,
        contents: Contents,
        progress: Callable[[int], None] | None,
        previous: Path | None = None,
    ) -> None:
        build(folder, contents, progress, previous)
        (folder / "complete.json").unlink()
        die()

    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    desk = Desk(data_folder)
    index = replace(INDEX, build=dying_build) if moment == "building" else INDEX
    for number in count() if moment == "for-ever" else [0]:
        text = name if moment != "for-ever" else f"{name} {number}"
        entries = [an_entry(f"e{n}", name=text, text="Text " * 2000) for n in range(ENTRIES)]
        desk.publish(*entries, index=index, on_step=on_step)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
    except StoreError as error:
        sys.exit(f"{type(error).__name__}: {error.en}")
