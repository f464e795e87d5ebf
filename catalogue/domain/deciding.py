"""What the office may make of a report: confirm, reject, correct, affirm, ask, and take the last step back.

Each function returns the report as it would stand; nothing here changes what is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import (
    Action,
    Claim,
    Event,
    MailDomain,
    MoveNotAllowed,
    ReuseReport,
    Source,
    State,
    differences,
    moved,
    plain_of,
    report_from,
)

STALE_AFTER = timedelta(days=365)  # then somebody should be asked whether it is still true
ASK_AGAIN = timedelta(days=60)  # nobody is asked about the same report more often
_OPEN = frozenset({State.PENDING, State.CONFIRMED, State.REJECTED})  # may be corrected

Changes: TypeAlias = Mapping[str, tuple[object, object]]  # field -> (old, new), as in an event


class Refusal(StrEnum):
    """Why the office cannot do what it wanted to do."""

    REASON_MISSING = "reason-missing"
    NOT_FROM_HERE = "not-from-here"  # the report's state does not allow it
    NOTHING_CHANGED = "nothing-changed"
    NOTHING_TO_UNDO = "nothing-to-undo"
    CHANGED_SINCE = "changed-since"  # somebody else changed the report after it
    NOT_TO_CHECK = "not-to-check"
    ASKED_ALREADY = "asked-already"
    NOT_THE_SAME = "not-the-same"  # another solution or body, or the report itself
    CONTRARY = "contrary"  # one says that it is reused, the other that it is not
    OTHER_CLOSED = "other-closed"  # the report that should stay was rejected, withdrawn or merged itself
    CONFIRM_FIRST = "confirm-first"  # a confirmed report would vanish into one that is not
    NO_ADDRESS = "no-address"
    NOT_FOUND = "not-found"


class CannotDecide(Exception):
    """The office cannot do that with this report; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.value)


def confirmed(report: ReuseReport, *, now: datetime) -> ReuseReport:
    """The office has checked it: it counts from now on, and is as fresh as a statement can be."""
    return _moved(
        report, State.CONFIRMED,
        decided_at=now, affirmed_at=now, is_to_check=False, reason="", merged_into=0,
    )  # fmt: skip


def rejected(report: ReuseReport, reason: str, *, now: datetime) -> ReuseReport:
    """The office does not believe it; whoever reported reads why."""
    return _moved(report, State.REJECTED, decided_at=now, is_to_check=False, reason=_reason(reason))


def accepted(report: ReuseReport, *, now: datetime) -> ReuseReport:
    """The office has looked at what the reporter changed, and leaves it so."""
    _need(report.state is State.CONFIRMED and report.is_to_check, Refusal.NOT_TO_CHECK)
    return replace(report, is_to_check=False, decided_at=now)


def corrected(report: ReuseReport, claim: Claim) -> ReuseReport:
    """The office writes down what is right."""
    _need(report.state in _OPEN, Refusal.NOT_FROM_HERE)
    _need(report.claim != claim, Refusal.NOTHING_CHANGED)
    return replace(report, claim=claim)


def affirmed(report: ReuseReport, *, now: datetime) -> ReuseReport:
    """Somebody entitled has told the office that it is still true."""
    _need(report.state is State.CONFIRMED, Refusal.NOT_FROM_HERE)
    return replace(report, affirmed_at=now)


def asked(report: ReuseReport, *, now: datetime) -> ReuseReport:
    """The question whether it is still true goes out; not twice in sixty days."""
    _need(report.state is State.CONFIRMED, Refusal.NOT_FROM_HERE)
    _need(report.asked_at is None or now - report.asked_at >= ASK_AGAIN, Refusal.ASKED_ALREADY)
    return replace(report, asked_at=now)


def is_stale(report: ReuseReport, now: datetime) -> bool:
    """Whether nobody has said for a year that it is true; what has ended or never was needs no asking."""
    return (
        report.state is State.CONFIRMED
        and report.claim.stage not in (None, Stage.ENDED)
        and report.affirmed_at is not None
        and now - report.affirmed_at > STALE_AFTER
    )


def of_the_office(claim: Claim, source: Source, *, now: datetime, is_confirmed: bool) -> ReuseReport:
    """A report that the office makes itself: confirmed at once, or to be confirmed later."""
    report = ReuseReport(
        state=State.PENDING, source=source, claim=claim, mail_domain=MailDomain.UNKNOWN, reported_at=now
    )
    return confirmed(report, now=now) if is_confirmed else report


# --- Taking back

# What the office decides by itself; a question that went out, or a link taken away, cannot be taken back.
UNDOABLE = frozenset({Action.CONFIRMED, Action.REJECTED, Action.MERGED, Action.CORRECTED, Action.AFFIRMED})


# Neither of the office's judgement nor of the reporter's: a reform gave the body another key.
_ASIDE = frozenset({Action.ASKED, Action.REVOKED, Action.MOVED})


def find_undoable(events: Sequence[Event]) -> Event | None:
    """The step of the office that undoing takes back; None where there is none or somebody came after it."""
    try:
        return _last_of_office(events)
    except CannotDecide:
        return None


def undone(report: ReuseReport, events: Sequence[Event]) -> ReuseReport:
    """The report as before the office's last step; undoing again takes the step before it back."""
    return _with_old_values(report, [_last_of_office(events)])


def _last_of_office(events: Sequence[Event]) -> Event:
    """Walk back over what was undone already: each UNDONE stands for one step before it."""
    undone_since = 0
    for event in reversed(events):
        if event.action in _ASIDE:
            continue
        if event.action is Action.UNDONE:
            undone_since += 1
        elif not _is_of_office(event):
            raise CannotDecide(Refusal.CHANGED_SINCE if _has_office(events) else Refusal.NOTHING_TO_UNDO)
        elif undone_since:
            undone_since -= 1
        elif _made_it(event):
            break
        else:
            return event
    raise CannotDecide(Refusal.NOTHING_TO_UNDO)


def _is_of_office(event: Event) -> bool:
    return event.actor.startswith("office:") and event.action in UNDOABLE


def _has_office(events: Sequence[Event]) -> bool:
    return any(_is_of_office(event) for event in events)


def _made_it(event: Event) -> bool:
    """Whether the report begins with this event: before it there is nothing to go back to."""
    return event.changes.get("state", ("", ""))[0] is None


def reverted(report: ReuseReport, events: Sequence[Event], *, now: datetime) -> ReuseReport:
    """The report as the office last knew it: what the reporter has changed since is taken back."""
    _need(report.state is State.CONFIRMED and report.is_to_check, Refusal.NOT_TO_CHECK)
    since = list(_since_last_look(events))
    _need(bool(since), Refusal.NOTHING_TO_UNDO)
    before = _with_old_values(report, since)
    return replace(report, claim=before.claim, is_to_check=False, decided_at=now)


def changes_to_check(report: ReuseReport, events: Sequence[Event]) -> Changes:
    """What the reporter has changed in a confirmed report since the office last looked."""
    if report.state is not State.CONFIRMED or not report.is_to_check:
        return {}
    changes = differences(_with_old_values(report, _since_last_look(events)), report)
    return {name: pair for name, pair in changes.items() if name.startswith("claim.")}


def _since_last_look(events: Sequence[Event]) -> Iterable[Event]:
    """The changes since the one that set `is_to_check`, the latest first."""
    for event in reversed(events):
        yield event
        if event.changes.get("is_to_check") == (False, True):
            return


def _with_old_values(report: ReuseReport, latest_first: Iterable[Event]) -> ReuseReport:
    plain = plain_of(report)
    for event in latest_first:
        plain.update({name: old for name, (old, _) in event.changes.items()})
    return report_from(plain, number=report.number, version=report.version)


# --- Small parts


def _moved(report: ReuseReport, to: State, **changes: object) -> ReuseReport:
    """As `moved`, in the words of this module."""
    if report.state is to:
        raise CannotDecide(Refusal.NOT_FROM_HERE)
    try:
        return moved(report, to, **changes)
    except MoveNotAllowed as error:
        raise CannotDecide(Refusal.NOT_FROM_HERE) from error


def _reason(text: str) -> str:
    _need(bool(text.strip()), Refusal.REASON_MISSING)
    return text.strip()


def _need(is_so: bool, refusal: Refusal) -> None:
    if not is_so:
        raise CannotDecide(refusal)
