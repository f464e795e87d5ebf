"""Reuse: a body, a solution, a dated stage, and who says so."""

from dataclasses import dataclass
from enum import StrEnum

UNNAMED = "~"  # begins the key of a body that is counted but not named; no real key begins so


def unnamed_key(report: int) -> str:
    """The key that stands for the body of a report whose name only the office sees."""
    return f"{UNNAMED}{report}"


class Relation(StrEnum):
    """How a body stands to a solution."""

    USES = "uses"
    PARTNER = "partner"
    DEVELOPS = "develops"


class Stage(StrEnum):
    """How far a reuse is."""

    INTERESTED = "interested"
    PLANNED = "planned"
    TRIAL = "trial"
    IN_USE = "in-use"
    ENDED = "ended"


class What(StrEnum):
    """What exactly a body reuses."""

    WHOLE = "whole"
    MODULE = "module"
    ADAPTED = "adapted"


class Standing(StrEnum):
    """How sure a reuse is: who says so."""

    STATED = "stated"  # the entry or publiccode.yml names the body; the body has not said so itself
    SOURCED = "sourced"  # a source of the body's own confirms what the entry says
    CONFIRMED = "confirmed"  # the body reported it and the office checked the report


class Origin(StrEnum):
    """Where a reuse comes from."""

    ENTRY = "entry"
    USED_BY = "used-by"  # publiccode.yml of the repository
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where something is said: a web address, or a source without one."""

    address: str | None = None
    source: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage and when it began: YYYY, YYYY-MM or YYYY-MM-DD, None where nobody knows."""

    stage: Stage
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """One body, one solution: as an entry states it, or as `known_reuses` joins all that is said of it.

    Dates are YYYY, YYYY-MM or YYYY-MM-DD. `confirmed` is True for the standings sourced and confirmed. Of a
    reuse that is not named, `body` is a key that finds no body (`unnamed_key`).
    """

    body: str
    relation: Relation
    stage: Stage | None
    confirmed: bool
    scope: str | None = None
    since: str | None = None
    until: str | None = None
    seen: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    standing: Standing = Standing.STATED
    origin: Origin = Origin.ENTRY
    steps: tuple[Step, ...] = ()  # dated, in order; empty where only `stage` is known
    what: What | None = None
    part: str | None = None
    version: str | None = None
    operator: str | None = None
    address: str | None = None
    effort: str | None = None
    obstacles: str | None = None
    contact: str | None = None
    affirmed: str | None = None  # YYYY-MM-DD: when somebody entitled last said that it is true
    report: int | None = None  # number of the report that says so

    @property
    def is_named(self) -> bool:
        """Whether readers see who it is."""
        return not self.body.startswith(UNNAMED)

    @property
    def counts(self) -> bool:
        """Whether it is part of "reused by n": uses, and on trial or in use."""
        return self.relation is Relation.USES and self.stage in (Stage.TRIAL, Stage.IN_USE)

    @property
    def latest(self) -> str:
        """The latest date that the row names, for sorting; empty where it names none."""
        return max(self.since or "", self.until or "", self.seen or "")
