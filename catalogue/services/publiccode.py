"""Checks publiccode.yml files on disk, with the files that lie beside them; the network only when asked."""

import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.standards.publiccode.beside import ENOUGH, Look
from catalogue.standards.publiccode.check import LARGEST, check_bytes, is_valid
from catalogue.standards.publiccode.problem import Problem, Severity
from catalogue.standards.publiccode.read import read_publiccode
from catalogue.standards.publiccode.reading import Stated

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


# Looks whether a page is there: None where it is, else the code of the problem and what was said.
LookOut = Callable[[str], tuple[str, str] | None]


def with_network(checked: CheckedFile, look: LookOut) -> CheckedFile:
    """The same verdict with the addresses looked at: gone is an error, could-not-look a warning."""
    try:
        said = read_publiccode(_bytes_of(checked.file))
    except (OSError, ValueError):
        return checked
    found = [problem for one in said.addresses()[:MOST_ADDRESSES] if (problem := _looked(one, look))]
    return replace(checked, problems=(*checked.problems, *found))


def _looked(stated: Stated, look: LookOut) -> Problem | None:
    outcome = look(stated.text)
    if outcome is None:
        return None
    code, said = outcome
    severity = Severity.ERROR if code == "address-gone" else Severity.WARNING
    facts = {"value": stated.text, "said": said}
    return Problem(key=stated.key, code=code, severity=severity, line=stated.line, column=1, facts=facts)


MOST_ADDRESSES = 100


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
