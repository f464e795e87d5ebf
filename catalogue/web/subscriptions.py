"""Subscriptions: the form, the link that confirms, and the page that changes or ends one."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest, NotFound

from catalogue.domain.solution import Solution
from catalogue.services import subscribing
from catalogue.services.errors import StoreError
from catalogue.services.links import NOWHERE, Links
from catalogue.services.subscribing import Answer, Form, Subscription, Typed
from catalogue.web.blueprint import LANGUAGES, current_language, pages
from catalogue.web.context import catalogue, secret_key, settings
from catalogue.web.forms import make_ticket, read_ticket, require_own_form
from catalogue.web.hints import base_url
from catalogue.web.outbox import CHANNEL, line_shape
from catalogue.web.report_form import TRAP
from catalogue.web.request import client
from catalogue.web.reuse_changed import deliver_soon
from catalogue.web.shapes import Shape

_LONGEST = 2000
_PURPOSE = "subscribe"


@pages.get("/solutions/<key>/subscribe")
def subscribe(key: str) -> ResponseReturnValue:
    """The form, or what to do next once it was sent."""
    return _form(_solution(key), Typed(channel="mail"), {}, is_sent="sent" in request.args)


@pages.post("/solutions/<key>/subscribe")
def take_subscription(key: str) -> ResponseReturnValue:
    """Somebody wants to be told; the answer is the same whether there is a subscription already."""
    require_own_form()
    solution, typed = _solution(key), _typed()
    ticket = read_ticket(_PURPOSE)
    problems = _problem_words(subscribing.check(typed, loopback=settings().harvest_loopback))
    if ticket is None:
        problems["form"] = gettext("Das Formular war zu lange offen. Bitte senden Sie es noch einmal ab.")
    if problems or ticket is None:
        return _form(solution, typed, problems), 422
    if not base_url():
        return _form(solution, typed, {"form": _closed_words()}), 503
    if request.form.get(TRAP):
        return _sent(key)
    try:
        answer = subscribing.subscribe(
            catalogue().store,
            solution.id,
            typed,
            Form(whom=client(), number=ticket.number, secret=secret_key(), now=catalogue().now()),
            language=current_language(),
            loopback=settings().harvest_loopback,
            links=_links(),
        )
    except StoreError:  # nothing is half-written, and nothing that was typed is lost
        words = gettext("Das ließ sich gerade nicht speichern. Bitte senden Sie es in einigen Minuten ab.")
        return _form(solution, typed, {"form": words}), 503
    if answer is Answer.TOO_MANY:
        words = gettext("Von Ihrem Anschluss kamen gerade viele Formulare. Bitte versuchen Sie es später.")
        return _form(solution, typed, {"form": words}), 429
    deliver_soon()
    return _sent(key)


def _sent(key: str) -> ResponseReturnValue:
    """The same answer for everybody."""
    return redirect(url_for("pages.subscribe", key=key, sent=1), 303)


@pages.route("/subscriptions/confirm/<secret>", methods=["GET", "POST"])
def confirm_subscription(secret: str) -> ResponseReturnValue:
    """The page behind the mailed link: it shows a button, and only that confirms."""
    g.is_private = True
    store, now = catalogue().store, catalogue().now()
    if request.method == "GET":
        return _confirmation(subscribing.waiting(store, secret, now))
    require_own_form()
    begun = subscribing.confirm(store, secret, _links(), now)
    if begun is None:
        # The button was pressed twice: what it has done is done, and what was shown once is not shown again.
        return _confirmation(None, is_done=subscribing.is_confirmed(store, secret))
    deliver_soon()
    manage_url = url_for("pages.subscription", secret=begun.key)
    return _confirmation(begun.subscription, is_done=True, manage_url=manage_url)


@pages.get("/subscriptions/<secret>")
def subscription(secret: str) -> ResponseReturnValue:
    """What a subscription is about, what was delivered, and how to change or end it."""
    g.is_private = True
    return _management(secret)


@pages.post("/subscriptions/<secret>")
def change_subscription(secret: str) -> ResponseReturnValue:
    """Change the language or the address of a webhook, make a new key, or end it."""
    g.is_private = True
    require_own_form()
    store, now = catalogue().store, catalogue().now()
    found = subscribing.managed(store, secret, now)
    if found is None:
        return _over(secret)
    act = request.form.get("do", "")
    if act == "stop":
        return stop_subscription(secret)
    if act == "renew":
        return _management(secret, key=subscribing.renew(store, found.number, now) or "")
    if act != "change":
        raise BadRequest
    language, hook = request.form.get("language", ""), request.form.get("hook", "").strip()[:_LONGEST]
    if language not in LANGUAGES:
        raise BadRequest
    loopback = settings().harvest_loopback
    problems = subscribing.change(store, found, now, language=language, hook=hook, loopback=loopback)
    if problems:
        return _management(secret, problems=_problem_words(problems), hook=hook)
    return redirect(url_for("pages.subscription", secret=secret, done=1), 303)


@pages.get("/subscriptions/<secret>/stop")
def ask_to_stop(secret: str) -> ResponseReturnValue:
    """Mail programs may open what they find: only a POST ends a subscription."""
    g.is_private = True
    return redirect(url_for("pages.subscription", secret=secret), 303)


@pages.post("/subscriptions/<secret>/stop")
def stop_subscription(secret: str) -> ResponseReturnValue:
    """End it, by the button or by a mail program with one click (RFC 8058); twice is like once."""
    g.is_private = True
    require_own_form()
    store, now = catalogue().store, catalogue().now()
    found = subscribing.managed(store, secret, now)
    if found:
        store.subscriptions.stop(found.number, now)
    return _over(secret)


def _solution(key: str) -> Solution:
    stored = catalogue().store.solution(key)
    if stored is None:
        raise NotFound
    return stored.solution


def _typed() -> Typed:
    value = request.form.get
    return Typed(
        channel=value("channel", ""),
        email=value("email", "").strip()[:_LONGEST],
        hook=value("hook", "").strip()[:_LONGEST],
    )


def _links() -> Links:
    known = settings()
    return Links(base_url() or NOWHERE, known.operator, known.office_email)


def _form(solution: Solution, typed: Typed, problems: dict[str, str], *, is_sent: bool = False) -> str:
    g.is_private = bool(problems or typed.email)
    return render_template(
        "pages/subscribe.html",
        solution=solution,
        typed=typed,
        problems=problems,
        is_sent=is_sent,
        ticket=make_ticket(_PURPOSE),
        trap=TRAP,
        feed_url=url_for("pages.solution_reuse_feed", key=solution.id),
        noindex=True,
    )


def _closed_words() -> str:
    words = gettext(
        "Wer diesen Katalog betreibt, hat seine öffentliche Adresse noch nicht eingetragen (Einstellung"
        " CATALOGUE_BASE_URL). Ohne sie können wir keine Links verschicken."
    )
    return str(words)


def _problem_words(problems: dict[str, str]) -> dict[str, str]:
    """A sentence for each field: what is wrong, and how to mend it."""
    words = {
        "channel": gettext("Wählen Sie, wie Sie es erfahren möchten."),
        "email": gettext("Geben Sie eine vollständige Mailadresse an, etwa digitales@stadt.example."),
        "hook": gettext(
            "Geben Sie eine öffentliche Adresse an, die mit https:// beginnt und keinen Port nennt."
        ),
    }
    return {field: words[field] for field in problems}


def _confirmation(
    found: Subscription | None, *, is_done: bool = False, manage_url: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "pages/subscription_confirm.html",
        subscription=_shape(found) if found else None,
        is_done=is_done,
        manage_url=manage_url,
        key=found.secret if found and is_done else "",
        noindex=True,
    )
    return page if found or is_done else (page, 404)


def _management(
    secret: str, *, problems: dict[str, str] | None = None, hook: str = "", key: str = ""
) -> ResponseReturnValue:
    store = catalogue().store
    found = subscribing.managed(store, secret, catalogue().now())
    if found is None:
        return _over(secret)
    page = render_template(
        "pages/subscription.html",
        subscription=_shape(found),
        lines=[line_shape(line) for line in subscribing.deliveries(store, found)],
        here=url_for("pages.subscription", secret=secret),
        problems=problems or {},
        hook=hook,
        key=key,
        is_changed="done" in request.args,
        noindex=True,
    )
    return (page, 422) if problems else page


def _over(secret: str) -> ResponseReturnValue:
    has_ended = subscribing.was_ended(catalogue().store, secret)
    page = render_template("pages/subscription_over.html", has_ended=has_ended, noindex=True)
    return page if has_ended else (page, 404)


def _shape(found: Subscription) -> Shape:
    """A subscription in words: of its address only the domain."""
    return {
        "name": subscribing.name_of(catalogue().store, found.solution),
        "url": url_for("pages.solution", key=found.solution),
        "channel": str(CHANNEL[found.channel.value]),
        "is_hook": found.channel.value == "webhook",
        "place": subscribing.place(found),
        "language": found.language,
    }
