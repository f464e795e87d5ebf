"""Reports of reuse for tests that publish them."""

from dataclasses import replace
from datetime import UTC, datetime

from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Action, Claim, ReuseReport, State, moved, office
from catalogue.storage.store import Store

WHEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
OFFICE = office(1)


def a_report(
    body: str, *, solution: str = "hal-plan", since: str = "2026-03", **claim: object
) -> ReuseReport:
    """A report that the office has confirmed: in use since March."""
    steps = (Step(stage=Stage.IN_USE, since=since),)
    return ReuseReport(
        state=State.CONFIRMED,
        claim=Claim(**{"solution": solution, "body": body, "steps": steps, **claim}),
        reported_at=WHEN,
        decided_at=WHEN,
        affirmed_at=WHEN,
    )


def confirm(store: Store, body: str, **claim: object) -> ReuseReport:
    """Keep such a report, confirmed by the office."""
    return store.reuse.keep(a_report(body, **claim), action=Action.CONFIRMED, actor=OFFICE, now=WHEN)


def report(store: Store, body: str, **claim: object) -> ReuseReport:
    """Keep one that the office has not looked at yet."""
    waiting = replace(a_report(body, **claim), state=State.PENDING)
    return store.reuse.keep(waiting, action=Action.SUBMITTED, actor="reporter", now=WHEN)


def move(store: Store, report: ReuseReport, to: State, action: Action) -> ReuseReport:
    """Decide on a report."""
    return store.reuse.keep(moved(report, to), action=action, actor=OFFICE, now=WHEN)
