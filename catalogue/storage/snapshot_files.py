"""Snapshots in files: those that ship with the catalogue, and those that a harvest elsewhere has printed."""

import json
from collections.abc import Iterator
from pathlib import Path

from catalogue.domain.snapshot import Snapshot
from catalogue.domain.snapshot_text import BadSnapshot, snapshot_from_plain

LARGEST = 5_000_000  # bytes


class BadSnapshotFile(ValueError):
    """A file that holds no snapshots; the text names the place, what is wrong and how to mend it."""


def load_snapshots(file: Path) -> tuple[Snapshot, ...]:
    """The snapshots of a file: one JSON object, a list of them, or one a line.

    Raises `BadSnapshotFile`, and then nothing of the file is to be used.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)  # a device never ends, and says that it has no size
        if len(data) > LARGEST:
            raise BadSnapshotFile(f"{file}: larger than {LARGEST} bytes; import it in parts")
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadSnapshotFile(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise BadSnapshotFile(f"{file}: is no UTF-8; save it again in this encoding") from None
    return tuple(_snapshots(file, text))


def load_shipped(folder: Path) -> tuple[Snapshot, ...]:
    """All snapshots of a folder, in the order of its files' names. Raises `BadSnapshotFile`."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return tuple(snapshot for file in files for snapshot in load_snapshots(file))


def _snapshots(file: Path, text: str) -> Iterator[Snapshot]:
    for place, item in _items(file, text):
        try:
            yield snapshot_from_plain(item)
        except BadSnapshot as error:
            raise BadSnapshotFile(
                f"{place}: {error}; write the file with `python -m harvest ADDRESS --json`"
            ) from None


def _items(file: Path, text: str) -> Iterator[tuple[str, object]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(file, text)
        return
    if isinstance(whole, list):
        yield from ((f"{file}: item {number}", item) for number, item in enumerate(whole, start=1))
    else:
        yield str(file), whole


def _lines(file: Path, text: str) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield f"{file}:{number}", json.loads(line)
            except (ValueError, RecursionError):
                raise BadSnapshotFile(
                    f"{file}:{number}: is no JSON; write the file with `python -m harvest ADDRESS --json`"
                ) from None
