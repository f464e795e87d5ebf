"""An entry as somebody wrote it: its values as text and the line where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]


class Severity(StrEnum):
    """An error keeps an entry out; a remark is advice."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: a code and its facts; `wording` turns it into sentences.

    `line` counts from 1; 0 means the file as a whole.
    """

    file: str
    line: int
    field: str
    code: str
    severity: Severity = Severity.ERROR
    facts: Mapping[str, str] = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of `entries/solutions/`, or one item of a list such as organisations.yml.

    `prefix` is where the item stands in its file; `lines` are those of the whole file.
    """

    id: str
    file: str
    fields: Mapping[str, Value]
    lines: Mapping[Path, int]
    text: str = ""
    text_en: str = ""
    text_line: int = 0
    pictures: frozenset[str] = frozenset()  # files beside the entry, by name
    prefix: Path = ()

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it that has one (1 at the least)."""
        whole = self.prefix + path
        while whole and whole not in self.lines:
            whole = whole[:-1]
        return self.lines.get(whole, 1)

    def problem(self, path: Path, code: str, *, severity: Severity = Severity.ERROR, **facts: str) -> Problem:
        """A problem at the place of `path`."""
        return Problem(
            file=self.file,
            line=self.line(path),
            field=dotted(self.prefix + path),
            code=code,
            severity=severity,
            facts=facts,
        )


def dotted(path: Path) -> str:
    """`("reuses", 0, "body")` -> `reuses[0].body`."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step[:80]}" if name else step[:80]
    return name
