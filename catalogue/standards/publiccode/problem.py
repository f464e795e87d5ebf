"""One thing that is wrong with a publiccode.yml: a code with facts, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error makes a file invalid; a warning is advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A code and its facts; `wording` turns it into sentences.

    `key` is the path of the key as the standard's reference parser writes it
    (`dependsOn.open[0].name`). Line and column count from 1; 0 means that there is no place.
    """

    key: str
    code: str
    severity: Severity = Severity.ERROR
    line: int = 0
    column: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
