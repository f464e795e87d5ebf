"""Folders that go afterwards: for what must not lie about when the work on it was ended by force.

Whoever works in one holds it locked. The operating system lets go of a lock when its process ends, however
that happens, so what nobody holds any more is swept away by the next who comes.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from catalogue.storage.errors import writing

_PREFIX = ".catalogue-work-"
_NAME = re.compile(re.escape(_PREFIX) + r"\d+-[0-9a-f]{8}")


@contextmanager
def throw_away(beside: Path) -> Iterator[Path]:
    """A new folder in `beside` for its owner alone. Raises `StoreNotWritable`."""
    sweep(beside)
    folder, handle = _made(beside)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(beside: Path) -> int:
    """Delete what killed processes have left in `beside`; how much there was."""
    left = [path for path in beside.glob(f"{_PREFIX}*") if _NAME.fullmatch(path.name)]
    return sum(_swept(path) for path in left)


def _made(beside: Path) -> tuple[Path, int]:
    while True:
        folder = beside / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        with writing(folder):
            folder.mkdir(mode=0o700)
        with suppress(FileNotFoundError):  # somebody swept it away before it was held
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.exists():
                return folder, handle
            os.close(handle)


def _swept(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:  # gone, another's, or none of ours
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True
