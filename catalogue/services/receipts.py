"""What a reporter does with the link of the receipt: see, change, affirm, end, withdraw; new links by mail.

What is changed on a confirmed report holds at once and is marked for the office to look at.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalogue.domain.mail_frame import Frame
from catalogue.domain.report_mails import language_of, renewal_mail
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import REPORTER, Action, Claim, Event, ReuseReport, State, moved
from catalogue.services.catalogue import Catalogue
from catalogue.services.naming import named
from catalogue.services.report_limits import Requester, may_renew
from catalogue.services.reporting import Answer, message_of
from catalogue.storage.keys import Purpose, SentBefore, use_ticket
from catalogue.storage.outbox import post
from catalogue.storage.reuse_book import Overtaken
from catalogue.storage.transactions import Transaction

__all__ = ["Overtaken"]

log = logging.getLogger(__name__)

LIVING = frozenset({State.PENDING, State.CONFIRMED})  # can be affirmed
CHANGEABLE = LIVING | {State.REJECTED}  # a rejected report that was corrected is looked at again


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A report with its history, for who holds the link."""

    report: ReuseReport
    history: tuple[Event, ...]

    @property
    def can_change(self) -> bool:
        """Whether stage and details can be changed."""
        return self.report.state in CHANGEABLE

    @property
    def can_affirm(self) -> bool:
        """Whether it can be said that it is still true: something that goes on."""
        return self.report.state in LIVING and self.report.claim.stage not in (None, Stage.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form of the receipt page: the version of the report that it showed, and its number."""

    version: int
    ticket: str


def find_held(catalogue: Catalogue, secret: str) -> Held | None:
    """What the link of a receipt leads to; None where it does not open, whyever."""
    key = catalogue.store.keys.find(Purpose.RECEIPT, secret)
    if key is None or not key.opens(catalogue.now()):
        return None
    report = catalogue.store.reuse.find(key.subject)
    if report is None:
        return None
    return Held(report=report, history=tuple(catalogue.store.reuse.history(report.number)))


def change_steps(catalogue: Catalogue, held: Held, steps: tuple[Step, ...], sent: Sent) -> None:
    """Another stage, or another date of it. Raises `Overtaken`."""
    claim = replace(held.report.claim, steps=steps)
    _keep_change(catalogue, held, claim, sent)


def change_details(catalogue: Catalogue, held: Held, details: Mapping[str, object], sent: Sent) -> None:
    """Other details. Raises `Overtaken`."""
    claim = replace(held.report.claim, **details)  # type: ignore[arg-type]  # as check_details returns them
    _keep_change(catalogue, held, claim, sent)


def affirm(catalogue: Catalogue, held: Held, sent: Sent) -> None:
    """It is still true. Raises `Overtaken`."""
    if held.can_affirm:
        changed = replace(held.report, affirmed_at=catalogue.now())
        _keep(catalogue, changed, Action.AFFIRMED, sent)


def withdraw(catalogue: Catalogue, held: Held, sent: Sent) -> None:
    """The reporter takes the report back; its history stays. Raises `Overtaken`."""
    if held.can_change:
        withdrawn = moved(held.report, State.WITHDRAWN, is_to_check=False)
        _keep(catalogue, withdrawn, Action.WITHDRAWN, sent)


def renew(catalogue: Catalogue, email: str, language: str, requester: Requester, frame: Frame) -> Answer:
    """One mail with new links to all reports of an address, if there are any; the old ones open no more."""
    now, store = catalogue.now(), catalogue.store
    if not may_renew(store, requester, email=email, now=now):
        return Answer.TOO_MANY
    numbers = store.reporters.reports_of(email, sorted(CHANGEABLE | {State.WITHDRAWN, State.MERGED}))
    if numbers:
        lang = language_of(language)
        found = (store.reuse.find(number) for number in numbers)
        claims = {
            report.number: named(report.claim, catalogue.store, catalogue.bodies)
            for report in found
            if report
        }

        def also(connection: Transaction, secrets: Mapping[int, str]) -> None:
            letter = renewal_mail([(claims[n], secret) for n, secret in secrets.items()], frame, lang)
            post(connection, message_of(letter, numbers[0], email), now)

        store.keys.renew(Purpose.RECEIPT, list(claims), now=now, also=also)
        log.info("links renewed reports=%s", len(claims))
    return Answer.TAKEN


def _keep_change(catalogue: Catalogue, held: Held, claim: Claim, sent: Sent) -> None:
    report, now = held.report, catalogue.now()
    if not held.can_change or claim == report.claim:
        return
    changed = replace(report, claim=claim, affirmed_at=now)
    if report.state is State.CONFIRMED:
        changed = replace(changed, is_to_check=True)
    elif report.state is State.REJECTED:
        changed = moved(changed, State.PENDING)
    _keep(catalogue, changed, Action.CHANGED, sent)


def _keep(catalogue: Catalogue, changed: ReuseReport, action: Action, sent: Sent) -> None:
    """Keep what the reporter did on the page as it stood there; a second sending of the form does nothing."""
    now = catalogue.now()
    ticket = f"receipt\0{sent.ticket}"

    def also(connection: Transaction, kept: ReuseReport) -> None:
        use_ticket(connection, ticket, kept.number, now)

    if catalogue.store.keys.find(Purpose.TICKET, ticket):
        return
    try:
        kept = catalogue.store.reuse.keep(
            replace(changed, version=sent.version), action=action, actor=REPORTER, now=now, also=also
        )
    except SentBefore:
        return
    log.info("reuse report changed by its reporter number=%s action=%s", kept.number, action)
