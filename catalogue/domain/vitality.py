"""Signs of life in a repository: the level that follows from small questions, by one table.

Judged when read: from the dates and counts that a snapshot stores, and from `now`. What nobody could look
at is unknown; unknown is never counted as no, and it never helps to the top level either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from catalogue.domain.snapshot import Snapshot
from catalogue.domain.vitality_signs import ASK, Answered, Look, Outcome, Sign, months_before

STALE_AFTER = 12  # months after which a look says nothing about today


class Level(StrEnum):
    """How alive a repository is, as far as its history tells."""

    LIVELY = "lively"
    MAINTAINED = "maintained"
    QUIET = "quiet"
    DORMANT = "dormant"
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitality:
    """The level, the day it is judged for, the day of the look, the last commit, and every question."""

    level: Level
    as_of: date
    looked_on: date
    last: date | None  # the last commit of a person
    questions: tuple[Answered, ...]

    def answer(self, sign: Sign) -> Answered:
        """The answer to one question."""
        return next(answered for answered in self.questions if answered.sign is sign)


# Best first: a commit within so many months (None: however old), and what must be answered with yes.
LEVELS: tuple[tuple[Level, int | None, tuple[Sign, ...]], ...] = (
    (Level.LIVELY, 6, (Sign.COMMIT_6, Sign.PEOPLE_12, Sign.RELEASE_12)),
    (Level.MAINTAINED, 12, ()),
    (Level.QUIET, 36, ()),
    (Level.DORMANT, None, ()),
)
RANK: Mapping[Level, int] = {level: i for i, level in enumerate(
    (Level.UNKNOWN, Level.ARCHIVED, Level.DORMANT, Level.QUIET, Level.MAINTAINED, Level.LIVELY)
)}  # fmt: skip


def judge(snapshot: Snapshot, now: datetime, *, shipped: bool) -> Vitality:
    """How alive the repository is. A shipped snapshot is judged as of its own day.

    Level unknown: no history was seen, or the look is more than twelve months old.
    """
    looked_on = snapshot.looked_at.date()
    as_of = looked_on if shipped else max(now.date(), looked_on)
    look = Look(snapshot, as_of)
    questions = tuple(ask(look, sign) for sign, ask in ASK.items())
    is_stale = looked_on < months_before(now.date(), STALE_AFTER)
    level = Level.UNKNOWN if is_stale else _level(look, {one.sign: one.outcome for one in questions})
    return Vitality(level=level, as_of=as_of, looked_on=looked_on, last=look.last, questions=questions)


def _level(look: Look, outcomes: Mapping[Sign, Outcome]) -> Level:
    if outcomes[Sign.OPEN] is Outcome.NO:
        return Level.ARCHIVED
    if look.last is None:
        return Level.UNKNOWN
    for level, months, needed in LEVELS:
        is_recent = months is None or look.is_within(look.last, months)
        if is_recent and all(outcomes[sign] is Outcome.YES for sign in needed):
            return level
    return Level.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionVitality:
    """The vitality of a solution: the repository it is judged by, and whether work goes on elsewhere.

    `goes_on_in` is the address of a living main repository where another main one is archived.
    """

    vitality: Vitality
    by: Snapshot
    goes_on_in: str | None = None


def judge_all(looks: Sequence[tuple[str, Snapshot, bool]], now: datetime) -> SolutionVitality | None:
    """Judge a solution by the best of its main repositories; None where there is no snapshot.

    `looks` are (role, snapshot, whether it was shipped). Where no main repository was seen, components and
    adaptations speak, then mirrors and copies: a copy that is not kept up says little about the original.
    """
    for roles in (("main",), ("component", "adaptation"), ("mirror", "copy")):
        judged = [
            (judge(snapshot, now, shipped=shipped), snapshot)
            for role, snapshot, shipped in looks
            if role in roles
        ]
        if judged:
            return _best(judged)
    return None


def _best(judged: Sequence[tuple[Vitality, Snapshot]]) -> SolutionVitality:
    vitality, by = max(judged, key=lambda pair: RANK[pair[0].level])
    has_archived = any(other.level is Level.ARCHIVED for other, _ in judged)
    goes_on = has_archived and RANK[vitality.level] > RANK[Level.ARCHIVED]
    return SolutionVitality(vitality=vitality, by=by, goes_on_in=by.address if goes_on else None)
