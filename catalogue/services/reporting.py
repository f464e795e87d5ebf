"""A reuse is reported without an account: sent, confirmed by mail, then pending at the office.

Whoever reports gets the same answer whatever is known already. No function here logs a mail address, a secret
or what was typed.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalogue.domain.mail_domains import judge_domain
from catalogue.domain.mail_frame import Frame
from catalogue.domain.report_mails import Letter, confirm_mail, language_of, receipt_mail
from catalogue.domain.reuse_report import REPORTER, Action, Claim, ReuseReport, State, moved
from catalogue.services.catalogue import Catalogue
from catalogue.services.naming import named
from catalogue.services.report_limits import MOST_LINKS, Requester, is_unanswered, may_report
from catalogue.storage.events import Subject
from catalogue.storage.keys import Purpose, SentBefore, digest_of, make_key, use_key, use_ticket
from catalogue.storage.outbox import Message, post
from catalogue.storage.reuse_book import Overtaken, Reporter, keep_reporter
from catalogue.storage.transactions import Transaction

log = logging.getLogger(__name__)


class Answer(StrEnum):
    """What becomes of a form that was sent."""

    TAKEN = "taken"  # whether or not a mail goes out: nobody learns what was known
    TOO_MANY = "too-many"


class LinkState(StrEnum):
    """Whether a link to confirm still opens."""

    OPEN = "open"
    DONE = "done"  # who has it has confirmed already
    CLOSED = "closed"  # unknown, expired or revoked: nobody learns which


class LinkClosed(Exception):
    """The link does not open: it is unknown, used up, expired or revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A checked form. `ticket` is the number of the form that was sent."""

    claim: Claim
    email: str
    language: str
    ticket: str
    requester: Requester


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a link leads to, and the secret of the link that the reporter keeps."""

    report: ReuseReport
    secret: str


def submit(catalogue: Catalogue, sent: Submission, frame: Frame) -> Answer:
    """Keep a report as unconfirmed, and ask the mailbox whether it made it."""
    now, store = catalogue.now(), catalogue.store
    ticket = _form_key(sent)
    if store.keys.find(Purpose.TICKET, ticket):
        return Answer.TAKEN
    claim, waiting = sent.claim, _waiting(catalogue, sent)
    if (not waiting and is_unanswered(store, sent.email)) or not may_report(
        store, sent.requester, email=sent.email, solution=claim.solution, body=claim.body, now=now
    ):
        log.info("reuse report refused: too many")
        return Answer.TOO_MANY
    if waiting:
        _send_again(catalogue, waiting, sent, frame, ticket)
        return Answer.TAKEN
    _keep_new(catalogue, sent, frame, ticket)
    return Answer.TAKEN


def _keep_new(catalogue: Catalogue, sent: Submission, frame: Frame, ticket: str) -> None:
    """The report, the address, the link and the mail: all in one transaction, or nothing."""
    now, claim = catalogue.now(), sent.claim
    body = catalogue.bodies.get(claim.body)
    judged = judge_domain(sent.email, body, catalogue.bodies)
    report = ReuseReport(claim=claim, mail_domain=judged, reported_at=now)

    def also(connection: Transaction, kept: ReuseReport) -> None:
        use_ticket(connection, ticket, kept.number, now)
        reporter = Reporter(email=sent.email, language=sent.language)
        keep_reporter(connection, kept.number, reporter, now)
        secret = make_key(connection, Purpose.CONFIRM, kept.number, now)
        letter = confirm_mail(
            named(claim, catalogue.store, catalogue.bodies), frame, language_of(sent.language), secret
        )
        post(connection, message_of(letter, kept.number, sent.email), now)

    try:
        kept = catalogue.store.reuse.keep(report, action=Action.SUBMITTED, actor=REPORTER, now=now, also=also)
    except SentBefore:  # by a second click, at the same moment
        return
    log.info("reuse report submitted number=%s", kept.number)


def link_state(catalogue: Catalogue, secret: str) -> tuple[LinkState, ReuseReport | None]:
    """Whether a link to confirm opens, and the report that it confirms. Changes nothing."""
    key = catalogue.store.keys.find(Purpose.CONFIRM, secret)
    report = catalogue.store.reuse.find(key.subject) if key else None
    if key is None or report is None:
        return LinkState.CLOSED, None
    if key.used:
        return LinkState.DONE, report
    is_open = key.opens(catalogue.now()) and report.state is State.UNCONFIRMED
    return (LinkState.OPEN, report) if is_open else (LinkState.CLOSED, None)


def confirm(catalogue: Catalogue, secret: str, frame: Frame) -> Receipt:
    """The reporter has the mailbox: the report is pending, and the receipt is on its way.

    Raises `LinkClosed` where the link does not open, also for the second of two at once.
    """
    now, store = catalogue.now(), catalogue.store
    state, report = link_state(catalogue, secret)
    if state is not LinkState.OPEN or report is None:
        raise LinkClosed
    reporter = store.reuse.reporter(report.number)
    receipt: list[str] = []

    def also(connection: Transaction, kept: ReuseReport) -> None:
        if use_key(connection, Purpose.CONFIRM, secret, now) != kept.number:
            raise LinkClosed
        receipt.append(make_key(connection, Purpose.RECEIPT, kept.number, now))
        if reporter:
            lang = language_of(reporter.language)
            letter = receipt_mail(
                named(kept.claim, catalogue.store, catalogue.bodies), frame, lang, receipt[0]
            )
            post(connection, message_of(letter, kept.number, reporter.email), now)

    pending = moved(report, State.PENDING, affirmed_at=now)
    try:
        kept = store.reuse.keep(pending, action=Action.MAIL_CONFIRMED, actor=REPORTER, now=now, also=also)
    except Overtaken:
        raise LinkClosed from None
    log.info("reuse report confirmed by mail number=%s", kept.number)
    return Receipt(report=kept, secret=receipt[0])


def message_of(letter: Letter, report: int, email: str) -> Message:
    """A mail about a report, ready for the outbox."""
    return Message(
        address=email, title=letter.title, text=letter.text, subject=Subject.REPORT.value, number=report
    )


def _form_key(sent: Submission) -> str:
    """The same for the same form with the same content: who goes back and corrects something sends anew."""
    content = digest_of(repr((sent.claim, sent.email)))
    return f"report\0{sent.ticket}\0{content}"


def _waiting(catalogue: Catalogue, sent: Submission) -> ReuseReport | None:
    """A report that says exactly this, from the same address, and waits for its confirmation."""
    found = catalogue.store.reuse.about(
        [sent.claim.solution], states=[State.UNCONFIRMED], body=sent.claim.body
    )
    own = set(catalogue.store.reporters.reports_of(sent.email, [State.UNCONFIRMED]))
    return next((report for report in found if report.number in own and report.claim == sent.claim), None)


def _send_again(
    catalogue: Catalogue, report: ReuseReport, sent: Submission, frame: Frame, ticket: str
) -> None:
    """The mail once more, with a new link, at most `MOST_LINKS` times in all."""
    now, store = catalogue.now(), catalogue.store
    if store.keys.count(Purpose.CONFIRM, report.number) >= MOST_LINKS:
        return
    number = report.number

    def also(connection: Transaction, secrets: Mapping[int, str]) -> None:
        use_ticket(connection, ticket, number, now)
        lang = language_of(sent.language)
        letter = confirm_mail(
            named(report.claim, catalogue.store, catalogue.bodies), frame, lang, secrets[number]
        )
        post(connection, message_of(letter, number, sent.email), now)

    try:
        store.keys.renew(Purpose.CONFIRM, [number], now=now, also=also)
    except SentBefore:
        return
    log.info("reuse report: mail sent again number=%s", number)
