"""Throw-away folders, always removed: at the end, on errors, and those that a killed process left behind."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_START = "reuse-harvest-"
_LOCK = "lock"
_JUST_MADE = 60  # seconds


@contextmanager
def throw_away(base: Path | None = None) -> Iterator[Path]:
    """An empty folder for the block."""
    folder = Path(tempfile.mkdtemp(prefix=_START, dir=base))
    handle = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        inside = folder / "in"
        inside.mkdir()
        yield inside
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(base: Path | None = None) -> int:
    """Remove the folders of processes that are no more; how many there were.

    A living process holds the lock in its folder, from a moment after it made it.
    """
    swept = 0
    for folder in Path(base or tempfile.gettempdir()).glob(f"{_START}*"):
        with suppress(OSError):
            if time.time() - folder.lstat().st_mtime < _JUST_MADE:
                continue
            handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                swept += 1
            finally:
                os.close(handle)
    return swept


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder, as far as they can be seen while somebody writes there."""
    total = 0
    waiting = [str(folder)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as found:
            for item in found:
                with suppress(OSError):
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(item.path)
                    else:
                        total += item.stat(follow_symlinks=False).st_size
    return total
