"""The office decides on reports: load, ask the domain, keep with the event, tell the reporter."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.domain import deciding
from catalogue.domain.bodies import Bodies
from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.decision_mails import Decided, mail_of
from catalogue.domain.merging import MERGEABLE, merged
from catalogue.domain.reuse_report import Action, Claim, Event, ReuseReport, Source, after
from catalogue.storage.keys import Purpose, revoke_keys
from catalogue.storage.outbox import Message, Transaction, post
from catalogue.storage.reuse_book import Also, Overtaken, Reporter, expect_unchanged, keep_report
from catalogue.storage.store import Store

__all__ = ["Desk", "Overtaken", "Seen"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where somebody of the office decides: who and when, and what is needed to tell the reporter."""

    store: Store
    bodies: Bodies
    actor: str  # "office:<account>"
    now: datetime
    profile: Callable[[str, str], str]  # solution and language -> address of the profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A report as somebody saw it who now decides: who decides on something else is told."""

    number: int
    version: int


def load(desk: Desk, seen: Seen) -> ReuseReport:
    """The report that was seen. Raises `Overtaken` where it was changed since, `CannotDecide` without it."""
    report = desk.store.reuse.find(seen.number)
    if report is None:
        raise CannotDecide(Refusal.NOT_FOUND)
    if report.version != seen.version:
        raise Overtaken(str(seen.number))
    return report


def as_seen(desk: Desk, seen: Seen) -> ReuseReport | None:
    """The report as it was when somebody saw it who now decides; None where it never was so."""
    report: ReuseReport | None = None
    for event in desk.store.reuse.history(seen.number):
        report = after(report, event)
        if event.number == seen.version:
            return report
    return None


def same_as(desk: Desk, report: ReuseReport) -> list[ReuseReport]:
    """The other reports of this solution and body that it could be merged with."""
    body = desk.bodies.get(report.claim.body).key
    return [
        one
        for one in desk.store.reuse.about([report.claim.solution], states=MERGEABLE)
        if one.number != report.number and desk.bodies.get(one.claim.body).key == body
    ]


def was_done(desk: Desk, seen: Seen, action: Action) -> bool:
    """Whether the same account has just done this to what was seen: the button was pressed twice."""
    last = desk.store.reuse.history(seen.number)[-2:]
    return (
        len(last) == 2
        and last[0].number == seen.version
        and (last[1].actor, last[1].action) == (desk.actor, action)
    )


# --- Decisions. All raise what `load` raises, and `CannotDecide` where the domain says no.


def confirm(desk: Desk, seen: Seen, reason: str = "") -> ReuseReport:
    """The report is right: it counts; whoever reported is told."""
    report = deciding.confirmed(load(desk, seen), now=desk.now)
    return _keep(desk, report, Action.CONFIRMED, reason, also=_telling(desk, report, reason))


def reject(desk: Desk, seen: Seen, reason: str) -> ReuseReport:
    """The report is not believed; whoever reported is told why."""
    report = deciding.rejected(load(desk, seen), reason, now=desk.now)
    return _keep(desk, report, Action.REJECTED, report.reason, also=_telling(desk, report, report.reason))


def accept(desk: Desk, seen: Seen, reason: str = "") -> ReuseReport:
    """What the reporter has changed stays."""
    return _keep(desk, deciding.accepted(load(desk, seen), now=desk.now), Action.CONFIRMED, reason)


def revert(desk: Desk, seen: Seen, reason: str = "") -> ReuseReport:
    """What the reporter has changed is taken back."""
    report = load(desk, seen)
    before = deciding.reverted(report, desk.store.reuse.history(report.number), now=desk.now)
    return _keep(desk, before, Action.UNDONE, reason)


def correct(desk: Desk, seen: Seen, claim: Claim, reason: str = "") -> ReuseReport:
    """The office writes down what is right."""
    return _keep(desk, deciding.corrected(load(desk, seen), claim), Action.CORRECTED, reason)


def affirm(desk: Desk, seen: Seen, reason: str) -> ReuseReport:
    """Somebody entitled has told the office that it is still true; the reason says who and how."""
    if not reason.strip():
        raise CannotDecide(Refusal.REASON_MISSING)
    return _keep(desk, deciding.affirmed(load(desk, seen), now=desk.now), Action.AFFIRMED, reason.strip())


def undo(desk: Desk, seen: Seen, reason: str = "") -> ReuseReport:
    """The office's last step is taken back; again, and the one before it."""
    report = load(desk, seen)
    before = deciding.undone(report, desk.store.reuse.history(report.number))
    parted = _parted(desk, report) if before.merged_into != report.merged_into else None

    def also(connection: Transaction, _: ReuseReport) -> None:
        if parted:
            why = f"#{report.number}"
            keep_report(connection, parted, action=Action.UNDONE, actor=desk.actor, now=desk.now, reason=why)

    return _keep(desk, before, Action.UNDONE, reason, also=also)


def _parted(desk: Desk, gone: ReuseReport) -> ReuseReport | None:
    """The report that stands for both without what the merge gave it, unless somebody changed it since."""
    survivor = desk.store.reuse.find(gone.merged_into)
    events = desk.store.reuse.history(gone.merged_into) if survivor else []
    last = deciding.find_undoable(events)
    if survivor is None or last is None or last.reason != _why_merged(gone.number, survivor.number):
        return None
    return deciding.undone(survivor, events)


def _why_merged(gone: int, into: int) -> str:
    """The reason in the history of the report that stands for both."""
    return f"#{gone} → #{into}"


def merge(desk: Desk, seen: Seen, into: int, reason: str = "") -> tuple[ReuseReport, ReuseReport]:
    """The report says the same as another one: what went, and what stands for both."""
    other, survivor = load(desk, seen), desk.store.reuse.find(into)
    if survivor is None:
        raise CannotDecide(Refusal.NOT_FOUND)
    gone, both = merged(other, survivor, canonical=lambda key: desk.bodies.get(key).key, now=desk.now)
    why = _why_merged(gone.number, both.number)

    def also(connection: Transaction, _: ReuseReport) -> None:
        if both == survivor:
            expect_unchanged(connection, survivor)
        else:
            keep_report(connection, both, action=Action.CORRECTED, actor=desk.actor, now=desk.now, reason=why)

    return _keep(desk, gone, Action.MERGED, reason, also=also), both


def create(desk: Desk, claim: Claim, reason: str) -> ReuseReport:
    """The office enters a reuse by itself, confirmed at once; the reason says how it knows."""
    if not reason.strip():
        raise CannotDecide(Refusal.REASON_MISSING)
    report = deciding.of_the_office(claim, Source.OFFICE, now=desk.now, is_confirmed=True)
    return _keep(desk, report, Action.CONFIRMED, reason.strip())


def take_over(desk: Desk, claims: Sequence[Claim], *, reason: str, is_confirmed: bool) -> list[ReuseReport]:
    """Many reports at once, all or none: confirmed with a reason, or to be confirmed one by one."""
    if is_confirmed and not reason.strip():
        raise CannotDecide(Refusal.REASON_MISSING)
    kept = desk.store.reuse.keep_new(
        [
            deciding.of_the_office(claim, Source.UPLOAD, now=desk.now, is_confirmed=is_confirmed)
            for claim in claims
        ],
        action=Action.CONFIRMED if is_confirmed else Action.SUBMITTED,
        actor=desk.actor,
        now=desk.now,
        reason=reason.strip(),
    )
    log.info("reuse reports uploaded count=%s confirmed=%s", len(kept), is_confirmed)
    return kept


def revoke_receipt(desk: Desk, seen: Seen) -> ReuseReport:
    """The reporter's link opens nothing any more; the trail says who took it away."""
    return _keep(
        desk,
        load(desk, seen),
        Action.REVOKED,
        "",
        also=lambda connection, kept: _ignore(
            revoke_keys(connection, Purpose.RECEIPT, kept.number, desk.now)
        ),
    )


def history(store: Store, number: int) -> list[Event]:
    """What was done to a report, the first event first."""
    return store.reuse.history(number)


# --- Small parts


def _keep(
    desk: Desk, report: ReuseReport, action: Action, reason: str, also: Also | None = None
) -> ReuseReport:
    kept = desk.store.reuse.keep(
        report, action=action, actor=desk.actor, now=desk.now, reason=reason.strip(), also=also
    )
    log.info("reuse report decided number=%s action=%s state=%s", kept.number, action, kept.state)
    return kept


def _telling(desk: Desk, report: ReuseReport, reason: str) -> Also | None:
    """What puts the mail to the reporter into the outbox; None where nobody can be told."""
    reporter = desk.store.reuse.reporter(report.number)
    if reporter is None:
        return None
    message = _message(desk, report, reporter, reason)
    return lambda connection, _: post(connection, message, desk.now)


def _message(desk: Desk, report: ReuseReport, reporter: Reporter, reason: str) -> Message:
    solution = report.claim.solution
    names = desk.store.report_lists.solution_names([solution])
    title, text = mail_of(
        Decided(
            state=report.state,
            number=report.number,
            solution=names.get(solution, solution),
            body=desk.bodies.get(report.claim.body).label,
            address=desk.profile(solution, reporter.language),
            reason=reason,
        ),
        reporter.language,
    )
    return Message(address=reporter.email, title=title, text=text, subject="report", number=report.number)


def _ignore(_: object) -> None:
    """A callback returns nothing."""
