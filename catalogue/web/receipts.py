"""The links of a report: confirm it, see and change it later, and get new links by mail.

Each address here is a secret of its holder: nothing of it is kept by a cache, sent on as a referrer, or
logged. What cannot be opened looks the same whether it never was, is over, or was revoked.
"""

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.domain.reporting import FormProblem, check_details, check_step
from catalogue.domain.reuse import Stage
from catalogue.services import receipts
from catalogue.services.naming import named
from catalogue.services.receipts import Held, Overtaken, find_held
from catalogue.services.reporting import Answer, LinkClosed, LinkState, confirm, link_state
from catalogue.services.today import day_here
from catalogue.standards.mail_address import BadMailAddress, parse_mail_address
from catalogue.standards.typed_text import typed_line
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue, settings
from catalogue.web.forms import make_ticket, read_ticket, require_own_form
from catalogue.web.receipt_shapes import claim_rows, receipt_shape
from catalogue.web.report_form import (
    TRAP,
    days_kept,
    error_links,
    field_shapes,
    form_of_claim,
    frame,
    requester,
    stage_shapes,
    typed_form,
)
from catalogue.web.report_words import problem_words
from catalogue.web.reuse_changed import deliver_soon, reuse_changed

RECEIPT, RENEW = "receipt", "renew"
NEXT_STAGES = (Stage.INTERESTED, Stage.PLANNED, Stage.TRIAL, Stage.IN_USE)


@pages.get("/reuse/confirm/<secret>")
def confirm_report(secret: str) -> ResponseReturnValue:
    """What will be confirmed, and a button. Opening the page changes nothing: mail scanners open links."""
    g.is_private = True
    state, report = link_state(catalogue(), secret)
    if report is None:
        return _closed()
    names = named(report.claim, catalogue().store, catalogue().bodies)
    return make_response(
        render_template(
            "pages/report_confirm.html",
            is_done=state is LinkState.DONE,
            rows=claim_rows(names) if state is LinkState.OPEN else [],
            settings=settings(),
            noindex=True,
        )
    )


@pages.post("/reuse/confirm/<secret>")
def confirm_report_now(secret: str) -> ResponseReturnValue:
    """The button: the report is pending, and the receipt opens."""
    g.is_private = True
    require_own_form()
    try:
        receipt = confirm(catalogue(), secret, frame())
    except LinkClosed:
        return redirect(url_for("pages.confirm_report", secret=secret), 303)
    deliver_soon()
    return redirect(url_for("pages.reuse_receipt", secret=receipt.secret, done="confirmed"), 303)


@pages.get("/reuse/receipt/<secret>")
def reuse_receipt(secret: str) -> ResponseReturnValue:
    """The report, how it stands, its history, and the forms that change it."""
    g.is_private = True
    held = find_held(catalogue(), secret)
    return _receipt(held) if held else _closed()


@pages.post("/reuse/receipt/<secret>")
def change_receipt(secret: str) -> ResponseReturnValue:
    """Another stage, other details, still true, ended, withdrawn: whichever form was sent."""
    g.is_private = True
    require_own_form()
    held = find_held(catalogue(), secret)
    if held is None:
        return _closed()
    ticket = read_ticket(RECEIPT)
    seen = request.form.get("seen", "")  # not "version": that is a detail of the report
    if ticket is None or not seen.isdecimal():
        return _receipt(held, notice="late", status=400)
    sent = receipts.Sent(version=int(seen[:15]), ticket=ticket.number)
    try:
        problems = _act(held, sent)
    except Overtaken:
        return _receipt(find_held(catalogue(), secret) or held, notice="overtaken", status=409)
    if problems:
        return _receipt(held, problems=problems, status=422)
    if held.report.is_public:
        reuse_changed([held.report.claim.solution])
    return redirect(url_for("pages.reuse_receipt", secret=secret, done=_action()), 303)


@pages.get("/reuse/renew")
def renew_links() -> ResponseReturnValue:
    """Ask for new links to the reports of a mail address."""
    return _renewal()


@pages.post("/reuse/renew")
def send_links() -> ResponseReturnValue:
    """Send them where there are any; the answer is the same where there are none."""
    require_own_form()
    if read_ticket(RENEW) is None:
        return _renewal(notice="late", status=400)
    try:
        email = parse_mail_address(typed_line(request.form.get("email", ""))[:300])
    except BadMailAddress as error:
        code = "missing" if error.code == "mail-empty" else error.code
        return _renewal(problem=problem_words(FormProblem(field="email", code=code)), status=422)
    if not frame().base:
        return _renewal(notice="closed", status=503)
    if not request.form.get(TRAP):
        answer = receipts.renew(catalogue(), email, current_language(), requester(), frame())
        if answer is Answer.TOO_MANY:
            return _renewal(notice="too-many", status=429)
        deliver_soon()
    return redirect(url_for("pages.links_sent"), 303)


@pages.get("/reuse/renew/sent")
def links_sent() -> ResponseReturnValue:
    """Please look into your mailbox, if there is something to look for."""
    return render_template("pages/renew_sent.html", noindex=True)


def _action() -> str:
    return request.form.get("action", "")


def _act(held: Held, sent: receipts.Sent) -> tuple[FormProblem, ...]:
    """Do what the form asks for; returns what is wrong with it. Raises `Overtaken`."""
    known, action, form = catalogue(), _action(), typed_form(request.form)
    if action == "affirm":
        receipts.affirm(known, held, sent)
    elif action == "withdraw":
        receipts.withdraw(known, held, sent)
    elif action in ("step", "end"):
        asked = {**form, "stage": Stage.ENDED.value} if action == "end" else form
        steps, problems = check_step(asked, held.report.claim.steps, day_here(known.now()))
        if problems:
            return problems
        receipts.change_steps(known, held, steps, sent)
    elif action == "details":
        details, problems = check_details(form)
        if problems:
            return problems
        receipts.change_details(known, held, details, sent)
    return ()


def _receipt(
    held: Held, *, problems: tuple[FormProblem, ...] = (), notice: str = "", status: int = 200
) -> Response:
    """The page; after a form that could not be taken, with all that was typed into it."""
    typed = typed_form(request.form) if status != 200 else {}
    action = _action() if status != 200 else ""
    details = typed if action == "details" else form_of_claim(held.report.claim)
    of_details = problems if action == "details" else ()
    page = render_template(
        "pages/report_receipt.html",
        receipt=receipt_shape(held, named(held.report.claim, catalogue().store, catalogue().bodies)),
        fields=field_shapes(details, of_details),
        typed=typed,
        action=action,
        problems={problem.field: problem_words(problem) for problem in problems},
        errors=error_links(problems),
        stages=stage_shapes(NEXT_STAGES),
        notice=notice,
        done=request.args.get("done", "") if status == 200 else "",
        ticket=make_ticket(RECEIPT),
        settings=settings(),
        days=days_kept(),
        noindex=True,
    )
    return make_response(page, status)


def _closed() -> Response:
    """The one answer for every link that does not open."""
    return make_response(render_template("pages/link_closed.html", settings=settings(), noindex=True), 404)


def _renewal(*, problem: str = "", notice: str = "", status: int = 200) -> Response:
    page = render_template(
        "pages/renew.html",
        value=request.form.get("email", "")[:300],
        problem=problem,
        notice=notice,
        trap=TRAP,
        ticket=make_ticket(RENEW),
        settings=settings(),
        noindex=True,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
