"""Where the office decides, for one request: who, when, and the addresses that mails need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from werkzeug.exceptions import BadRequest, Forbidden

from catalogue.services.deciding import Desk, Seen
from catalogue.standards.text import whole_number
from catalogue.web.context import catalogue
from catalogue.web.forms import Ticket, read_ticket, require_own_form
from catalogue.web.hints import base_url
from catalogue.web.office_frame import account
from catalogue.web.reuse_changed import deliver_soon, reuse_changed

PURPOSE = "office"  # of all tickets of these pages
_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message above a page: what was done, or why not."""

    title: str
    tone: str = "success"
    text: str = ""
    changes: Sequence[Mapping[str, str]] = ()  # what somebody else has changed meanwhile
    url: str = ""  # where to look at it, or take it back


def desk() -> Desk:
    """The desk of this request."""
    known = catalogue()
    return Desk(
        store=known.store, bodies=known.bodies, actor=account().actor, now=known.now(), profile=_profile
    )


def own_ticket() -> Ticket:
    """The ticket of a form of this login. Raises Forbidden without one."""
    require_own_form()
    ticket = read_ticket(PURPOSE)
    if ticket is None:
        raise Forbidden
    return ticket


def seen_in(text: str) -> Seen:
    """The report that a form speaks of, as "number.version". Raises BadRequest."""
    number, _, version = (whole_number(part) for part in text.partition("."))
    if number is None or version is None:
        raise BadRequest
    return Seen(number=number, version=version)


def reason_in_form() -> str:
    """The reason that somebody typed, on one line."""
    return " ".join(request.form.get("reason", "").split())[:_LONGEST_REASON]


def publish_and_deliver(solutions: Collection[str]) -> None:
    """What was decided is seen, and mails are on their way; once a request."""
    if solutions:
        reuse_changed(frozenset(solutions))
    deliver_soon()


def _profile(solution: str, language: str) -> str:
    lang = "en" if language == "en" else "de"
    return base_url() + url_for("pages.solution", key=solution, lang=lang)
