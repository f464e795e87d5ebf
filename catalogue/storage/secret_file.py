"""What other users of the machine may not read: the key of this installation, made once, and the database."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from catalogue.storage.errors import StoreNotWritable, make_folder

SECRET_FILE = "secret.key"  # noqa: S105  # the name of a file
_LENGTH = 32  # bytes


def load_key(given: str, data: Path) -> bytes:
    """The key of the settings, else the one in the data folder, which is made when it is first needed."""
    return given.encode() or load_secret(data / SECRET_FILE)


def find_key(given: str, data: Path) -> bytes | None:
    """As `load_key`, without making one."""
    with suppress(OSError):
        return given.encode() or (data / SECRET_FILE).read_bytes() or None
    return None


def load_secret(path: Path) -> bytes:
    """The key in this file; of several processes that make it at once, all get the same one.

    Raises `StoreNotWritable` where there is none and none can be made.
    """
    with suppress(OSError):
        if kept := path.read_bytes():
            return kept
    make_folder(path.parent)
    made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(_LENGTH).encode())
        with suppress(FileExistsError):
            os.link(made, path)  # whole at once, and never over another one
        return path.read_bytes()
    except OSError as error:
        raise StoreNotWritable(str(path)) from error
    finally:
        with suppress(OSError):  # a read-only disk says so also of what is not there
            made.unlink()


def hide_from_others(file: Path) -> None:
    """Leave a database to its owner and group: it holds addresses and hashes of passwords.

    What SQLite makes beside it gets the same mode. Where somebody else owns it, it stays as they want it.
    """
    for one in (file, *(file.with_name(f"{file.name}-{part}") for part in ("wal", "shm"))):
        with suppress(OSError):
            one.chmod(stat.S_IMODE(one.stat().st_mode) & ~stat.S_IRWXO)
