"""What comes of one look: something seen, nothing new, or a failure that says when to come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalogue.domain.snapshot import Reason
from harvest.asking import Remembered
from harvest.sighting import ForgeSays, Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is kept of the last good look at a repository; nothing where there was none."""

    refs: str = ""
    has_commits: bool = False
    remembered: Mapping[str, Remembered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A look that saw something new; `remembered` are answers of forges to keep for the next one."""

    sighting: Sighting
    remembered: Mapping[str, Remembered] = field(default_factory=dict)

    @property
    def asked(self) -> str:
        """The address that somebody wrote."""
        return self.sighting.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """Git has nothing new. The forge was asked all the same: only it knows of archiving or a new name."""

    asked: str
    address: str
    looked_at: datetime
    refs: str
    forge: ForgeSays | None = None
    remembered: Mapping[str, Remembered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """One could not look, or there was nothing to see; what was known before stays."""

    asked: str
    looked_at: datetime
    reason: Reason
    detail: str
    until: datetime | None = None  # when the host may be asked again


Outcome = Seen | Unchanged | Failed
