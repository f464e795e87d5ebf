"""Asks whoever reported a reuse whether it is still true: a mail with a fresh link that answers it."""

import logging

from catalogue.domain import deciding
from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.mail_frame import Frame
from catalogue.domain.report_mails import language_of, still_true_mail
from catalogue.domain.reuse_report import Action, ReuseReport
from catalogue.services.deciding import Desk, Seen, load
from catalogue.services.naming import named
from catalogue.services.reporting import message_of
from catalogue.storage.keys import Purpose, make_key
from catalogue.storage.outbox import post
from catalogue.storage.reuse_book import Reporter
from catalogue.storage.transactions import Transaction

log = logging.getLogger(__name__)


def ask(desk: Desk, seen: Seen, frame: Frame) -> ReuseReport:
    """Send the question, with a new receipt beside those that there are; not twice in sixty days.

    Raises `Overtaken`, and `CannotDecide` where it cannot be asked or nobody's address is known.
    """
    report = deciding.asked(load(desk, seen), now=desk.now)
    whom = addressee(desk, report)
    if whom is None:
        raise CannotDecide(Refusal.NO_ADDRESS)

    def also(connection: Transaction, kept: ReuseReport) -> None:
        secret = make_key(connection, Purpose.RECEIPT, kept.number, desk.now)
        claim = named(kept.claim, desk.store, desk.bodies)
        letter = still_true_mail(claim, frame, language_of(whom.language), secret)
        post(connection, message_of(letter, kept.number, whom.email), desk.now)

    kept = desk.store.reuse.keep(report, action=Action.ASKED, actor=desk.actor, now=desk.now, also=also)
    log.info("reuse report asked number=%s", kept.number)
    return kept


def addressee(desk: Desk, report: ReuseReport) -> Reporter | None:
    """Whom to ask: whoever reported, else the functional contact of the report."""
    reporter = desk.store.reuse.reporter(report.number)
    if reporter is None and report.claim.contact:
        return Reporter(email=report.claim.contact, language="de")
    return reporter
