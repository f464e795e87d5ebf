"""The office's work list: what waits, and deciding on it from the list, one by one or several at once."""

from collections.abc import Callable, Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.exceptions import BadRequest, NotFound

from catalogue.domain.access import Right, may
from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.reuse_report import Action, ReuseReport
from catalogue.services import deciding
from catalogue.services.asking import ask
from catalogue.services.deciding import Desk, Overtaken, Seen
from catalogue.services.work_list import PAGE, Section, kinds_of, overview, work
from catalogue.standards.text import whole_number
from catalogue.web.addresses import page_in_address
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import make_ticket
from catalogue.web.labels import word
from catalogue.web.office_desk import (
    PURPOSE,
    Told,
    desk,
    own_ticket,
    publish_and_deliver,
    seen_in,
)
from catalogue.web.office_frame import account, needs
from catalogue.web.office_shapes import work_shape
from catalogue.web.office_words import REFUSAL
from catalogue.web.report_form import frame
from catalogue.web.shapes import page_links

FIRST_ROWS = 5  # of each section on the start page
FIRST_FINDINGS = 3  # of what the harvest found: there is less to do at once
_MOST_AT_ONCE = 100

Decide = Callable[[Desk, Seen], ReuseReport]
# What the buttons of a list do, and the event by which pressing one twice is noticed.
_DECISIONS: Mapping[str, tuple[Decide, Action]] = {
    "confirm": (deciding.confirm, Action.CONFIRMED),
    "accept": (deciding.accept, Action.CONFIRMED),
    "revert": (deciding.revert, Action.UNDONE),
    "ask": (lambda desk, seen: ask(desk, seen, frame()), Action.ASKED),
}
# Which of them a section offers: for the selection, and for each row.
_BUTTONS: Mapping[Section, tuple[str, ...]] = {
    Section.PENDING: ("confirm",),
    Section.TO_CHECK: ("accept", "revert"),
    Section.STALE: ("ask",),
}
_LABELS = {
    "confirm": lazy_gettext("Bestätigen"),
    "accept": lazy_gettext("So lassen"),
    "revert": lazy_gettext("Änderung zurücknehmen"),
    "ask": lazy_gettext("Nachfragen"),
}


@pages.get("/office")
@needs(Right.SEE_WORK)
def office() -> ResponseReturnValue:
    """What waits, how much of it, and the first rows of each section."""
    known = catalogue()
    found = overview(known, known.now(), rows=FIRST_ROWS, findings=FIRST_FINDINGS)
    return render_template(
        "office/work.html",
        sections=[_with_buttons(work_shape(one)) for one in found],
        told=_told(),
        **_frame(""),
    )


@pages.get("/office/work/<section>")
@needs(Right.SEE_WORK)
def office_work(section: str) -> ResponseReturnValue:
    """A section of the work list, page by page."""
    if section not in tuple(Section):
        raise NotFound
    asked = Section(section)
    page = page_in_address()
    found = work(catalogue(), asked, catalogue().now(), offset=(page - 1) * PAGE, limit=PAGE)
    last = max(1, -(-found.count // PAGE))
    if page > last:
        return redirect(url_for("pages.office_work", section=section, page=last), 303)
    kinds = sorted(kind.value for kind in kinds_of(asked))
    return render_template(
        "office/section.html",
        part=_with_buttons(work_shape(found)),
        pages=page_links(
            found.count, page, lambda number: url_for("pages.office_work", section=section, page=number), PAGE
        ),
        harvest_url=url_for("pages.harvest", kind=kinds) if kinds else "",
        told=_told(),
        **_frame(section),
    )


def _frame(section: str) -> dict[str, object]:
    role = account().role
    return {
        "ticket": make_ticket(PURPOSE),
        "may_decide": may(role, Right.DECIDE),
        "may_upload": may(role, Right.UPLOAD),
        "focus": _number("at"),
        "here": section,
        "page_number": page_in_address(),
        "noindex": True,
    }


def _with_buttons(section: dict[str, object]) -> dict[str, object]:
    names = _BUTTONS.get(Section(str(section["code"])), ())
    return {**section, "buttons": [{"code": name, "label": str(_LABELS[name])} for name in names]}


# --- Deciding from the list


@pages.post("/office/decide")
@needs(Right.DECIDE)
def office_decide() -> ResponseReturnValue:
    """Decide on one report by its button, or on all that are selected."""
    own_ticket()
    button = request.form.get("one", "")  # "confirm:12.345"
    name, _, one = button.partition(":") if button else (request.form.get("do", ""), "", "")
    if name not in _DECISIONS:
        raise BadRequest
    chosen = [seen_in(text) for text in ([one] if one else request.form.getlist("chosen"))]
    done, refused, overtaken = _decide_on(name, chosen[:_MOST_AT_ONCE])
    publish_and_deliver(set() if name == "ask" else {report.claim.solution for report in done})
    if overtaken and one:
        number = chosen[0].number
        return redirect(url_for("pages.office_report", number=number, seen=chosen[0].version), 303)
    return redirect(_back(name, done, refused, overtaken), 303)


def _decide_on(
    name: str, chosen: list[Seen]
) -> tuple[list[ReuseReport], list[tuple[int, Refusal]], list[Seen]]:
    """Each by itself: what was done, what could not be done, and what somebody else was quicker with."""
    decide, action = _DECISIONS[name]
    here = desk()
    done: list[ReuseReport] = []
    refused: list[tuple[int, Refusal]] = []
    overtaken: list[Seen] = []
    for seen in chosen:
        try:
            done.append(decide(here, seen))
        except Overtaken:
            if not deciding.was_done(here, seen, action):
                overtaken.append(seen)
        except CannotDecide as error:
            refused.append((seen.number, error.refusal))
    return done, refused, overtaken


def _back(
    name: str, done: list[ReuseReport], refused: list[tuple[int, Refusal]], overtaken: list[Seen]
) -> str:
    """The list again, with what was done and the row that is next."""
    section, page = request.form.get("here", ""), request.form.get("page", "")
    query: dict[str, object] = {
        "done": name,
        "n": len(done),
        "number": done[0].number if len(done) == 1 else None,
        "refused": [f"{number}.{refusal.value}" for number, refusal in refused] or None,
        "overtaken": [f"{seen.number}.{seen.version}" for seen in overtaken] or None,
        "at": request.form.get(f"after-{done[0].number}") if len(done) == 1 else None,
    }
    if section in tuple(Section):
        return url_for(
            "pages.office_work",
            section=section,
            page=page if page.isdecimal() else None,
            **query,  # type: ignore[arg-type]  # of a query
        )
    return url_for("pages.office", **query)  # type: ignore[arg-type]  # of a query


def _told() -> list[Told]:
    """What the form before this page has done."""
    told = []
    count, query = _number("n"), request.args
    refused, overtaken = query.getlist("refused")[:_MOST_AT_ONCE], query.getlist("overtaken")[:_MOST_AT_ONCE]
    name = request.args.get("done", "")
    if name in _DECISIONS and count:
        number = _number("number")
        url = url_for("pages.office_report", number=number) if number else ""
        told.append(Told(title=_done_words(name, count, number), url=url))
    elif name in _DECISIONS and not overtaken and not refused:
        told.append(Told(title=gettext("Nichts ausgewählt, oder es war schon getan."), tone="info"))
    return [*told, *filter(None, map(_refusal, refused)), *filter(None, map(_overtaken, overtaken))]


def _refusal(text: str) -> Told | None:
    """What could not be done, of "number.refusal"."""
    said, _, refusal = text.partition(".")
    number = whole_number(said)
    if number is None or refusal not in tuple(Refusal):
        return None
    about = gettext("Meldung %(number)s", number=number)
    return Told(
        title=f"{about}: {word(REFUSAL, Refusal(refusal))}",
        tone="warning",
        url=url_for("pages.office_report", number=number),
    )


def _overtaken(text: str) -> Told | None:
    """What somebody else was quicker with, of "number.version"."""
    number, _, version = (whole_number(part) for part in text.partition("."))
    if number is None or version is None:
        return None
    return Told(
        title=gettext(
            "Meldung %(number)s hat sich inzwischen geändert. Ihr Schritt wurde daran nicht ausgeführt.",
            number=number,
        ),
        tone="warning",
        url=url_for("pages.office_report", number=number, seen=version),
    )


def _done_words(name: str, count: int, number: int) -> str:
    """In one sentence, with the number where it is one report."""
    one = {
        "confirm": gettext("Meldung %(number)s ist bestätigt.", number=number),
        "accept": gettext("Die Änderung an Meldung %(number)s bleibt.", number=number),
        "revert": gettext("Die Änderung an Meldung %(number)s ist zurückgenommen.", number=number),
        "ask": gettext("Zu Meldung %(number)s ist nachgefragt.", number=number),
    }
    if count == 1 and number:
        return str(one[name])
    many = {
        "confirm": ngettext("%(num)s Meldung ist bestätigt.", "%(num)s Meldungen sind bestätigt.", count),
        "accept": ngettext("%(num)s Änderung bleibt.", "%(num)s Änderungen bleiben.", count),
        "revert": ngettext(
            "%(num)s Änderung ist zurückgenommen.", "%(num)s Änderungen sind zurückgenommen.", count
        ),
        "ask": ngettext(
            "Zu %(num)s Meldung ist nachgefragt.", "Zu %(num)s Meldungen ist nachgefragt.", count
        ),
    }
    return str(many[name])


def _number(name: str) -> int:
    return whole_number(request.args.get(name, "")) or 0
