"""Checks publiccode.yml files on disk, with the files that lie beside them. Nothing is fetched."""

import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from catalogue.standards.publiccode.beside import ENOUGH, Look
from catalogue.standards.publiccode.check import LARGEST, check_bytes, is_valid
from catalogue.standards.publiccode.problem import Problem

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The verdict on one file."""

    file: str
    problems: tuple[Problem, ...]

    @property
    def is_valid(self) -> bool:
        return is_valid(self.problems)


def check_file(file: str) -> CheckedFile:
    """The file, or standard input for `-`; one that cannot be read is a problem like any other."""
    folder = Path() if file == STANDARD_INPUT else Path(file).parent
    try:
        data = _bytes_of(file)
    except FileNotFoundError:
        return CheckedFile(file, (Problem(key="", code="file-absent-here"),))
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        return CheckedFile(file, (Problem(key="", code="file-unreadable", facts={"said": said}),))
    return CheckedFile(file, tuple(check_bytes(data, files_in(folder))))


def _bytes_of(file: str) -> bytes:
    """At most one byte more than the check reads, so that it notices what is too large."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(file).open("rb") as stream:
        return stream.read(LARGEST + 1)


def files_in(folder: Path) -> Look:
    """Answers for the files of a folder: their first bytes, None where there is none."""

    def look(path: str) -> bytes | None:
        try:
            kind = (folder / path).stat().st_mode
            if not stat.S_ISREG(kind):
                return b""  # a folder, say: it is there, and no picture
            with (folder / path).open("rb") as stream:
                return stream.read(ENOUGH)
        except PermissionError:
            return b""
        except (OSError, ValueError):
            return None

    return look
