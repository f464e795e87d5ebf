"""Asks whoever reported a reuse whether it is still true: a mail with a fresh link that answers it."""

import logging
from collections.abc import Callable

from catalogue.domain import deciding
from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.decision_mails import question_of
from catalogue.domain.reuse_report import Action, ReuseReport
from catalogue.services.deciding import Desk, Seen, load
from catalogue.storage.keys import Purpose, make_key
from catalogue.storage.outbox import Message, post
from catalogue.storage.reuse_book import Reporter

log = logging.getLogger(__name__)
Link = Callable[[str, str], str]  # secret and language -> address of the receipt


def ask(desk: Desk, seen: Seen, link: Link) -> ReuseReport:
    """Send the question, with a new receipt; not twice in sixty days.

    Raises `Overtaken`, and `CannotDecide` where it cannot be asked or nobody's address is known.
    """
    report = deciding.asked(load(desk, seen), now=desk.now)
    whom = addressee(desk, report)
    if whom is None:
        raise CannotDecide(Refusal.NO_ADDRESS)
    kept = desk.store.reuse.keep(
        report,
        action=Action.ASKED,
        actor=desk.actor,
        now=desk.now,
        also=lambda connection, kept: post(
            connection,
            _question(
                desk,
                kept,
                whom,
                link(make_key(connection, Purpose.RECEIPT, kept.number, desk.now), whom.language),
            ),
            desk.now,
        ),
    )
    log.info("reuse report asked number=%s", kept.number)
    return kept


def addressee(desk: Desk, report: ReuseReport) -> Reporter | None:
    """Whom to ask: whoever reported, else the functional contact of the report."""
    reporter = desk.store.reuse.reporter(report.number)
    if reporter is None and report.claim.contact:
        return Reporter(email=report.claim.contact, language="de")
    return reporter


def _question(desk: Desk, report: ReuseReport, whom: Reporter, address: str) -> Message:
    solution = report.claim.solution
    names = desk.store.report_lists.solution_names([solution])
    title, text = question_of(
        solution=names.get(solution, solution),
        body=desk.bodies.get(report.claim.body).label,
        affirmed=report.affirmed_at.date().isoformat() if report.affirmed_at else "",
        address=address,
        language=whom.language,
    )
    return Message(address=whom.email, title=title, text=text, subject="report", number=report.number)
