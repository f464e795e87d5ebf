"""Two reports that say the same: one stands for both, and takes over what it lacks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime

from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import (
    Claim,
    MoveNotAllowed,
    ReuseReport,
    State,
    Visibility,
    moved,
)

MERGEABLE = frozenset({State.PENDING, State.CONFIRMED})  # what may stand for two, or go into another one
_RANK = {stage: rank for rank, stage in enumerate(Stage)}
_LACKED = tuple(
    f.name for f in fields(Claim) if f.name not in ("solution", "body", "steps", "visibility")
)  # taken over where the surviving report says nothing


def merged(
    other: ReuseReport, into: ReuseReport, *, canonical: Callable[[str], str], now: datetime
) -> tuple[ReuseReport, ReuseReport]:
    """The report that goes, and the one that stands for both; `canonical` tells the key of today of a body.

    Of two dates of the same stage that of `into` holds; the other stays in the report that goes. Where one
    of them is not to be named, the body is not named.
    """
    _check(other, into, canonical)
    try:
        gone = moved(other, State.MERGED, merged_into=into.number, decided_at=now, is_to_check=False)
    except MoveNotAllowed as error:
        raise CannotDecide(Refusal.NOT_FROM_HERE) from error
    return gone, replace(into, claim=merged_claim(into.claim, other.claim))


def _check(other: ReuseReport, into: ReuseReport, canonical: Callable[[str], str]) -> None:
    about = [(one.claim.solution, canonical(one.claim.body)) for one in (other, into)]
    if about[0] != about[1] or other.number == into.number:
        raise CannotDecide(Refusal.NOT_THE_SAME)
    if other.claim.is_denial != into.claim.is_denial:
        raise CannotDecide(Refusal.CONTRARY)
    if into.state not in MERGEABLE:
        raise CannotDecide(Refusal.OTHER_CLOSED)
    if other.state is State.CONFIRMED and into.state is not State.CONFIRMED:
        raise CannotDecide(Refusal.CONFIRM_FIRST)


def merged_claim(into: Claim, other: Claim) -> Claim:
    """What both say, where they differ what `into` says."""
    lacked = {name: getattr(other, name) for name in _LACKED if not getattr(into, name)}
    is_unnamed = Visibility.UNNAMED in (into.visibility, other.visibility)
    return replace(
        into,
        **lacked,
        steps=merged_steps(into.steps, other.steps),
        visibility=Visibility.UNNAMED if is_unnamed else Visibility.PUBLIC,
    )


def merged_steps(into: Sequence[Step], others: Sequence[Step]) -> tuple[Step, ...]:
    """The steps of both in the order of their beginnings, each stage once as `into` has it."""
    steps = list(into)
    for step in others:
        place = next((i for i, known in enumerate(steps) if known.stage is step.stage), None)
        if place is None:
            steps.insert(_place(steps, step), step)
        elif steps[place].since is None and step.since is not None:
            del steps[place]
            steps.insert(_place(steps, step), step)
    return tuple(steps)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps of different stages in the order of their beginnings; the last one is of today."""
    return merged_steps((), tuple(steps))


def _place(steps: Sequence[Step], new: Step) -> int:
    """Before the first step that began later; where a date is missing the order of the stages decides."""
    return next((i for i, step in enumerate(steps) if _is_later(step, new)), len(steps))


def _is_later(step: Step, new: Step) -> bool:
    if step.since and new.since and step.since[: len(new.since)] != new.since[: len(step.since)]:
        return step.since > new.since
    return _RANK[step.stage] > _RANK[new.stage]
