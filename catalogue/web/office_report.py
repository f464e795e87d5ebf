"""One report with all that is known of it: its history, and what the office may do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from catalogue.domain.access import Right, may
from catalogue.domain.deciding import ASK_AGAIN, CannotDecide, Refusal, changes_to_check, find_undoable
from catalogue.domain.reuse_report import Action, Event, ReuseReport, State
from catalogue.services import deciding
from catalogue.services.asking import ask
from catalogue.services.deciding import Desk, Overtaken, Seen
from catalogue.services.office_lists import names_of_actors
from catalogue.services.work_list import known_of
from catalogue.standards.text import whole_number
from catalogue.web import labels
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import make_ticket
from catalogue.web.office_desk import (
    PURPOSE,
    Told,
    desk,
    own_ticket,
    publish_and_deliver,
    reason_in_form,
    seen_in,
)
from catalogue.web.office_frame import account, needs
from catalogue.web.office_shapes import (
    claim_rows,
    event_shapes,
    published_words,
    report_head,
)
from catalogue.web.office_words import ACTION, REFUSAL, STATE, changes_words, steps_words
from catalogue.web.report_form import frame
from catalogue.web.shapes import Shape

_LARGEST = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A form that could not be done: which one, what was typed, and what is wrong where it stands."""

    name: str
    reason: str
    into: str
    error: str = ""


def _into() -> str:
    """The number of the report that is to stay, as it was typed."""
    return request.form.get("into", "").strip().lstrip("#")[:20]


def _merge(desk: Desk, seen: Seen) -> object:
    into = whole_number(_into())
    if into is None:
        raise CannotDecide(Refusal.NOT_FOUND)
    return deciding.merge(desk, seen, into, reason_in_form())


def _revoke(desk: Desk, seen: Seen) -> object:
    if not may(account().role, Right.REVOKE):
        raise Forbidden
    return deciding.revoke_receipt(desk, seen)


# What each form of the page does, and the event by which sending it twice is noticed.
_ACTIONS: Mapping[str, tuple[Callable[[Desk, Seen], object], Action]] = {
    "confirm": (lambda desk, seen: deciding.confirm(desk, seen, reason_in_form()), Action.CONFIRMED),
    "reject": (lambda desk, seen: deciding.reject(desk, seen, reason_in_form()), Action.REJECTED),
    "accept": (lambda desk, seen: deciding.accept(desk, seen, reason_in_form()), Action.CONFIRMED),
    "revert": (lambda desk, seen: deciding.revert(desk, seen, reason_in_form()), Action.UNDONE),
    "affirm": (lambda desk, seen: deciding.affirm(desk, seen, reason_in_form()), Action.AFFIRMED),
    "undo": (lambda desk, seen: deciding.undo(desk, seen, reason_in_form()), Action.UNDONE),
    "ask": (lambda desk, seen: ask(desk, seen, frame()), Action.ASKED),
    "merge": (_merge, Action.MERGED),
    "revoke": (_revoke, Action.REVOKED),
}
_SILENT = frozenset({"ask", "revoke"})  # change nothing that is public
_DONE: Mapping[str, object] = {
    "confirm": lazy_gettext("Die Meldung ist bestätigt."),
    "reject": lazy_gettext("Die Meldung ist abgelehnt."),
    "accept": lazy_gettext("Die Änderung bleibt."),
    "revert": lazy_gettext("Die Änderung ist zurückgenommen."),
    "affirm": lazy_gettext("Vermerkt: Es gilt weiter."),
    "undo": lazy_gettext("Der letzte Schritt ist rückgängig gemacht."),
    "ask": lazy_gettext("Die Frage ist unterwegs."),
    "merge": lazy_gettext("Die Meldungen sind zusammengeführt."),
    "revoke": lazy_gettext("Der Link öffnet nichts mehr."),
    "correct": lazy_gettext("Die Meldung ist berichtigt."),
    "create": lazy_gettext("Die Meldung ist eingetragen und bestätigt."),
}


@pages.get(f"/office/reports/<int(max={_LARGEST}):number>")
@needs(Right.SEE_WORK)
def office_report(number: int) -> ResponseReturnValue:
    """A report, what is known beside it, its history, and the forms that this account may use."""
    return report_page(number, _told())


@pages.post(f"/office/reports/<int(max={_LARGEST}):number>")
@needs(Right.DECIDE)
def office_report_decide(number: int) -> ResponseReturnValue:
    """Do with the report what one of its forms says."""
    own_ticket()
    name, seen = request.form.get("do", ""), seen_in(request.form.get("seen", ""))
    if name not in _ACTIONS or seen.number != number:
        raise BadRequest
    act, action = _ACTIONS[name]
    here = desk()
    failed = Failed(name=name, reason=reason_in_form(), into=_into())
    try:
        act(here, seen)
    except Overtaken:
        if not (deciding.was_done(here, seen, action) and _is_as_wanted(here, seen, name)):
            return report_page(number, [_overtaken(seen)], failed=failed, status=409)
    except CannotDecide as error:
        words = labels.word(REFUSAL, error.refusal)
        return report_page(
            number, [Told(title=words, tone="danger")], failed=replace(failed, error=words), status=400
        )
    report = here.store.reuse.find(number)
    publish_and_deliver({report.claim.solution} if report and name not in _SILENT else set())
    return redirect(url_for("pages.office_report", number=number, done=name), 303)


def _is_as_wanted(desk: Desk, seen: Seen, name: str) -> bool:
    """Whether what the button did the first time is what it should do now: merging names another report."""
    report = desk.store.reuse.find(seen.number)
    return name != "merge" or (report is not None and str(report.merged_into) == _into())


def _told() -> list[Told]:
    name = request.args.get("done", "")
    if name in _DONE:
        return [Told(title=labels.word(_DONE, name))]
    version = whole_number(request.args.get("seen", ""))  # where the list was overtaken
    if version is None or request.view_args is None:
        return []
    seen = Seen(number=request.view_args["number"], version=version)
    return [told] if (told := _overtaken(seen)).text else []


def _overtaken(seen: Seen) -> Told:
    """That a step was not done, and what somebody else has done since the form was shown."""
    store = catalogue().store
    events = [event for event in deciding.history(store, seen.number) if event.number > seen.version]
    shapes = event_shapes(events, names_of_actors(store, (event.actor for event in events)), sees_mail=False)
    return Told(
        title=gettext("Ihr Schritt wurde nicht ausgeführt: Die Meldung hat sich inzwischen geändert.")
        if shapes
        else gettext("Ihr Schritt wurde nicht ausgeführt: Die andere Meldung hat sich gerade geändert."),
        tone="warning",
        text="; ".join(f"{one['when']}, {one['actor']}: {one['action']}" for one in reversed(shapes)),
    )


def report_page(
    number: int, told: list[Told], *, failed: Failed | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of a report; with the form that could not be done as it was typed."""
    known, role = catalogue(), account().role
    report = known.store.reuse.find(number)
    if report is None:
        raise NotFound
    events = deciding.history(known.store, number)
    names = names_of_actors(known.store, (event.actor for event in events))
    sees_mail = may(role, Right.SEE_MAIL)
    reporter = known.store.reuse.reporter(number)
    (beside,) = known_of(known, [report])
    actions = _actions(report, events) if may(role, Right.DECIDE) else {}
    return render_template(
        "office/report.html",
        report=report_head(beside),
        told=told,
        rows=claim_rows(report.claim, sees_mail=sees_mail),
        published=[published_words(reuse) for reuse in beside.published],
        history=event_shapes(events, names, sees_mail=sees_mail),
        email=reporter.email if reporter and sees_mail else "",
        has_reporter=reporter is not None,
        actions=actions,
        to_check=changes_words(changes_to_check(report, events), hides_mail=True),
        mergeable=[_mergeable(one) for one in deciding.same_as(desk(), report)] if beside.same else [],
        may_revoke=may(role, Right.REVOKE) and reporter is not None,
        merged_into=report.merged_into,
        reason_of_rejection=report.reason,
        failed=failed,
        ticket=make_ticket(PURPOSE),
        noindex=True,
    ), status


def _actions(report: ReuseReport, events: list[Event]) -> Shape:
    """Which forms make sense with the report as it stands."""
    undoable = find_undoable(events)
    is_confirmed = report.state is State.CONFIRMED
    now = catalogue().now()
    return {
        "waits": report.state is State.UNCONFIRMED,
        "confirm": report.state not in (State.CONFIRMED, State.UNCONFIRMED),
        "reject": report.state not in (State.REJECTED, State.UNCONFIRMED, State.MERGED),
        "review": is_confirmed and report.is_to_check,
        "affirm": is_confirmed,
        "ask": is_confirmed and (report.asked_at is None or now - report.asked_at >= ASK_AGAIN),
        "correct": report.state in (State.PENDING, State.CONFIRMED, State.REJECTED),
        "merge": report.state in (State.PENDING, State.CONFIRMED),
        "undo": labels.word(ACTION, undoable.action) if undoable else "",
    }


def _mergeable(report: ReuseReport) -> Shape:
    """A report that another one may be merged with, in a line."""
    return {
        "number": report.number,
        "url": url_for("pages.office_report", number=report.number),
        "words": f"{steps_words(report.claim.steps)}, {labels.word(STATE, report.state)}",
    }
