"""Locks between processes: one publishes at a time."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from catalogue.storage.errors import StoreBusy, make_folder, writing

PAUSE = 0.1  # seconds between two tries


@contextmanager
def locked(file: Path, *, seconds: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Hold `file` alone; the operating system lets go of it when the process ends, however that happens.

    Waits up to `seconds`. Raises `StoreBusy` then, and `StoreNotWritable` where the file cannot be made.
    """
    make_folder(file.parent)
    with writing(file):
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _wait_for(handle, file, seconds, sleep)
        yield
    finally:
        os.close(handle)  # the file stays: removing it would let two hold "it" at once


def _wait_for(handle: int, file: Path, seconds: float, sleep: Callable[[float], None]) -> None:
    tries = max(1, round(seconds / PAUSE) + 1)
    for attempt in range(tries):
        if attempt:
            sleep(PAUSE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return
    raise StoreBusy(str(file.parent))
