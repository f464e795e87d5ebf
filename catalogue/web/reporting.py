"""Report a reuse without an account: the form, and what is said when it was sent."""

from datetime import timedelta
from functools import partial

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.domain.reporting import Form, FormProblem, check_report
from catalogue.services.errors import StoreError
from catalogue.services.naming import known_of
from catalogue.services.reporting import Answer, Submission, submit
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue, settings
from catalogue.web.forms import FIELD, Ticket, make_ticket, read_ticket, require_own_form
from catalogue.web.report_form import (
    TRAP,
    days_kept,
    error_links,
    field_shapes,
    frame,
    prefilled,
    requester,
    typed_form,
)
from catalogue.web.reuse_changed import deliver_soon

PURPOSE = "report"
FASTEST = timedelta(seconds=3)  # nobody reads and fills in the form in less
LARGEST = 100_000  # bytes of a form


@pages.get("/reuse/report")
def report_reuse() -> ResponseReturnValue:
    """The form; `solution` and `body` in the address fill in what is known."""
    form = prefilled(request.args.get("solution", "")[:200], request.args.get("body", "")[:200])
    return _never_shared(_form_page(form, make_ticket(PURPOSE)))


@pages.post("/reuse/report")
def send_report() -> ResponseReturnValue:
    """Check and keep a report; whoever is caught by a trap gets the same answer as everybody."""
    require_own_form()
    request.max_content_length = request.max_form_memory_size = LARGEST
    form = typed_form(request.form)
    ticket = read_ticket(PURPOSE)
    again = partial(_again, form, ticket)
    if ticket is None:
        return again("late", 400)
    if not frame().base:
        return again("closed", 503)
    checked = check_report(form, known_of(catalogue(), current_language()))
    if checked.claim is None:
        page = _form_page(form, _same_ticket(ticket), problems=checked.problems)
        return _never_shared(page, 422)
    if request.form.get(TRAP) or ticket.age < FASTEST:
        return _sent()
    sent = Submission(
        claim=checked.claim,
        email=checked.email,
        language=current_language(),
        ticket=ticket.number,
        requester=requester(),
    )
    try:
        answer = submit(catalogue(), sent, frame())
    except StoreError:  # nothing is half-written, and nothing that was typed is lost
        return again("store", 503)
    if answer is Answer.TOO_MANY:
        return again("too-many", 429)
    deliver_soon()
    return _sent()


@pages.get("/reuse/report/sent")
def report_sent() -> ResponseReturnValue:
    """Please look into your mailbox."""
    return render_template("pages/report_sent.html", settings=settings(), days=days_kept(), noindex=True)


def _sent() -> ResponseReturnValue:
    return redirect(url_for("pages.report_sent"), 303)


def _again(form: Form, ticket: Ticket | None, notice: str, status: int) -> Response:
    """The form once more with all that was typed, and why."""
    return _never_shared(_form_page(form, _same_ticket(ticket), notice=notice), status)


def _same_ticket(ticket: Ticket | None) -> str:
    """The ticket that was sent, while it is good: a quick correction must not look like a program's."""
    return request.form[FIELD] if ticket else make_ticket(PURPOSE)


def _form_page(form: Form, ticket: str, *, problems: tuple[FormProblem, ...] = (), notice: str = "") -> str:
    return render_template(
        "pages/report_reuse.html",
        fields=field_shapes(form, problems),
        errors=error_links(problems),
        notice=notice or ("" if frame().base else "closed"),
        ticket=ticket,
        trap=TRAP,
        settings=settings(),
        days=days_kept(),
        noindex=bool(request.args) or request.method == "POST",
    )


def _never_shared(page: str, status: int = 200) -> Response:
    """Each form has a ticket of its own, and what was typed is nobody else's."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
