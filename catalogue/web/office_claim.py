"""The form of a report's content: to correct a report, or to enter one that the office knows of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.access import Right, may
from catalogue.domain.claim_reading import DENIED, LONGEST, STAGE_FIELDS, Fault, read_claim, texts_of
from catalogue.domain.claim_words import heading, sentence
from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.reuse_report import Action, Claim, Visibility, differences
from catalogue.services import deciding
from catalogue.services.deciding import Desk, Overtaken, Seen
from catalogue.services.office_lists import finders
from catalogue.services.today import day_here
from catalogue.web import labels
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue, secret_key
from catalogue.web.findings import language
from catalogue.web.forms import Ticket, make_ticket
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
from catalogue.web.office_words import REFUSAL, VISIBILITY, WHAT, changes_words, worth_showing
from catalogue.web.shapes import Shape

_FIELDS = ("solution", "body", "stage", *STAGE_FIELDS.values(), "what", "visibility", *LONGEST)
_STEPS = ("stage", *STAGE_FIELDS.values())
_LARGEST = 2**53
_ONCE = timedelta(days=1)  # a form is sent within twelve hours


@pages.get(f"/office/reports/<int(max={_LARGEST}):number>/correct")
@needs(Right.DECIDE)
def office_report_correct(number: int) -> ResponseReturnValue:
    """The form with what the report says today."""
    report = catalogue().store.reuse.find(number)
    if report is None:
        raise NotFound
    return _form(texts_of(report.claim), number=number, seen=f"{number}.{report.version}")


@pages.post(f"/office/reports/<int(max={_LARGEST}):number>/correct")
@needs(Right.DECIDE)
def office_report_correct_send(number: int) -> ResponseReturnValue:
    """Keep what is right; what was typed stays where something is wrong."""
    own_ticket()
    typed, here, seen = _typed(), desk(), seen_in(request.form.get("seen", ""))
    report = here.store.reuse.find(number)
    if report is None or seen.number != number:
        raise NotFound
    read = read_claim(typed, finders(catalogue()), day_here(here.now))
    again = {"number": number, "seen": f"{number}.{report.version}"}
    if not isinstance(read, Claim):
        return _form(typed, faults=read, **again)  # type: ignore[arg-type]  # as above
    known = texts_of(report.claim)
    if all(typed.get(name, "") == known.get(name, "") for name in _STEPS):
        # A form knows each stage once; a reuse that began twice keeps its steps.
        read = replace(read, steps=report.claim.steps)
    try:
        kept = deciding.correct(here, seen, read, reason_in_form())
    except Overtaken:
        was_sent_twice = deciding.was_done(here, seen, Action.CORRECTED) and read == report.claim
        if not was_sent_twice:
            return _anew(here, seen, typed)
        kept = report
    except CannotDecide as error:
        return _form(typed, told=[_refused(error)], **again)  # type: ignore[arg-type]  # as above
    publish_and_deliver({report.claim.solution, kept.claim.solution})
    return redirect(url_for("pages.office_report", number=number, done="correct"), 303)


def _anew(desk: Desk, seen: Seen, typed: Mapping[str, str]) -> ResponseReturnValue:
    """The form once more where somebody else was quicker: with what was typed, and in all other fields with
    what the report says now.
    """
    before, now = deciding.as_seen(desk, seen), desk.store.reuse.find(seen.number)
    if before is None or now is None:
        raise NotFound
    old, new = texts_of(before.claim), texts_of(now.claim)
    joined = {
        name: typed[name] if typed[name] != old.get(name, "") else new.get(name, "") for name in _FIELDS
    }
    sees_mail = may(account().role, Right.SEE_MAIL)
    told = Told(
        title=gettext("Noch nicht gespeichert: Die Meldung hat sich inzwischen geändert."),
        tone="warning",
        text=gettext(
            "Was Sie geändert haben, steht noch im Formular; alle anderen Felder zeigen, was jetzt gilt."
            " Prüfen Sie das und senden Sie das Formular noch einmal. Das hat jemand anderes geändert:"
        ),
        changes=worth_showing(changes_words(differences(before, now), hides_mail=not sees_mail)),
    )
    return _form(joined, told=[told], number=now.number, seen=f"{now.number}.{now.version}", status=409)


@pages.get("/office/reports/new")
@needs(Right.DECIDE)
def office_report_new() -> ResponseReturnValue:
    """An empty form; solution and body may stand in the address."""
    given = {name: request.args.get(name, "")[:200] for name in ("solution", "body")}
    return _form({**given, "visibility": Visibility.PUBLIC.value})


@pages.post("/office/reports/new")
@needs(Right.DECIDE)
def office_report_new_send() -> ResponseReturnValue:
    """Enter what the office knows of itself: confirmed at once."""
    ticket, typed, here = own_ticket(), _typed(), desk()
    read = read_claim(typed, finders(catalogue()), day_here(here.now))
    if not isinstance(read, Claim):
        return _form(typed, faults=read)
    if not reason_in_form():
        error = CannotDecide(Refusal.REASON_MISSING)
        return _form(typed, told=[_refused(error)], wrong_reason=labels.word(REFUSAL, error.refusal))
    if not _is_first(ticket):
        return redirect(url_for("pages.office_reports"), 303)
    kept = deciding.create(here, read, reason_in_form())
    publish_and_deliver({kept.claim.solution})
    return redirect(url_for("pages.office_report", number=kept.number, done="create"), 303)


def _is_first(ticket: Ticket) -> bool:
    """Whether this form has not been sent before; of two at once only one is the first."""
    known = catalogue()
    return known.store.limits.take(
        "office report", ticket.number, most=1, within=_ONCE, now=known.now(), secret=secret_key()
    )


def _refused(error: CannotDecide) -> Told:
    return Told(title=labels.word(REFUSAL, error.refusal), tone="danger")


def _typed() -> dict[str, str]:
    """The fields as they were sent, none much longer than it may be."""
    return {name: request.form.get(name, "").strip()[: LONGEST.get(name, 200) + 100] for name in _FIELDS}


def _form(
    texts: Mapping[str, str],
    *,
    faults: Sequence[Fault] = (),
    told: Sequence[Told] = (),
    number: int = 0,
    seen: str = "",
    status: int = 400,
    wrong_reason: str = "",
) -> ResponseReturnValue:
    """The form; `status` is of the answer where there is something to mend or to tell."""
    lang = language()
    by_field: dict[str, str] = {}
    for fault in faults:
        by_field.setdefault(fault.field, sentence(fault, lang))
    page = render_template(
        "office/claim.html",
        fields={name: _field(name, texts.get(name, ""), by_field.get(name, "")) for name in _FIELDS},
        dates=[_field(name, texts.get(name, ""), by_field.get(name, "")) for name in STAGE_FIELDS.values()],
        whats=[("", gettext("nicht bekannt")), *((code, str(word)) for code, word in WHAT.items())],
        visibilities=[(code, str(word)) for code, word in VISIBILITY.items()],
        denied=DENIED,
        number=number,
        seen=seen,
        told=told,
        has_faults=bool(faults),
        reason=reason_in_form() if request.method == "POST" else "",
        wrong_reason=wrong_reason,
        ticket=make_ticket(PURPOSE),
        noindex=True,
    )
    return page, status if faults or told else 200


def _field(name: str, value: str, error: str) -> Shape:
    label = gettext("Was genutzt wird") if name == "what" else heading(name, language())
    return {"name": name, "id": f"field-{name}", "label": label, "value": value, "error": error}
