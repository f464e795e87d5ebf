""" "This is not right": the form for readers, without an account and without a cookie."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.solution import Solution
from catalogue.services import hints
from catalogue.services.errors import StoreError
from catalogue.services.hints import LONGEST, LONGEST_PLACE, Hint, Trouble
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue, secret_key
from catalogue.web.forms import make_ticket, read_ticket, require_own_form
from catalogue.web.hints import hint_mail_url
from catalogue.web.request import client
from catalogue.web.shapes import Shape

_PURPOSE = "hint"
TRAP = "website"  # a field that no person sees; programs fill it
# What is wrong -> the field that it is about (empty: none) and the sentence.
_WORDS: Mapping[Trouble | str, tuple[str, object]] = {
    Trouble.TEXT_MISSING: ("text", lazy_gettext("Schreiben Sie in ein, zwei Sätzen, was nicht stimmt.")),
    Trouble.TEXT_LONG: (
        "text",
        lazy_gettext("Bitte kürzen Sie Ihren Text auf höchstens %(most)s Zeichen.", most=LONGEST),
    ),
    Trouble.PLACE_LONG: (
        "place",
        lazy_gettext("Bitte kürzen Sie das auf höchstens %(most)s Zeichen.", most=LONGEST_PLACE),
    ),
    Trouble.EMAIL_WRONG: (
        "email",
        lazy_gettext(
            "Das ist keine Mailadresse. Schreiben Sie sie wie name@stadt.de, oder leeren Sie das Feld."
        ),
    ),
    Trouble.TOO_MANY: (
        "",
        lazy_gettext(
            "Von Ihrem Anschluss kamen in der letzten Stunde schon mehrere Hinweise. Bitte senden Sie diesen"
            " später ab, oder schreiben Sie uns eine Mail."
        ),
    ),
    Trouble.TOO_MANY_HERE: (
        "",
        lazy_gettext(
            "Zu dieser Lösung kamen heute schon sehr viele Hinweise. Bitte senden Sie Ihren morgen ab, oder"
            " schreiben Sie uns eine Mail."
        ),
    ),
    "old": (
        "",
        lazy_gettext(
            "Das Formular war zu lange offen. Ihr Text steht noch da: Bitte senden Sie es noch einmal ab."
        ),
    ),
    "store": (
        "",
        lazy_gettext(
            "Ihr Hinweis ließ sich gerade nicht speichern. Bitte versuchen Sie es in einigen Minuten noch"
            " einmal, oder schreiben Sie uns eine Mail."
        ),
    ),
}
_STATUS = {Trouble.TOO_MANY: 429, Trouble.TOO_MANY_HERE: 429, "store": 503}


@pages.get("/solutions/<key>/hint")
def hint(key: str) -> ResponseReturnValue:
    """The empty form, or thanks for what was sent."""
    solution, body = _what(key)
    return _page(_typed(solution.id, body), solution, is_sent=request.args.get("sent") == "1"), 200, _KEPT


@pages.post("/solutions/<key>/hint")
def send_hint(key: str) -> ResponseReturnValue:
    """Take what somebody says; whatever is wrong, all that was typed stays."""
    require_own_form()
    solution, body = _what(key)
    typed = _typed(solution.id, body)
    troubles = () if request.form.get(TRAP) else _troubles(typed)
    if troubles:
        return _page(typed, solution, troubles), _STATUS.get(troubles[0], 422), _KEPT
    return redirect(url_for("pages.hint", key=key, body=body or None, sent=1), 303)


_KEPT = {"Cache-Control": "no-store"}  # each form has a ticket of its own


def _troubles(typed: Hint) -> tuple[Trouble | str, ...]:
    if read_ticket(_PURPOSE) is None:
        return ("old",)
    try:
        return hints.submit(catalogue(), typed, reader=client(), secret=secret_key())
    except StoreError:
        return ("store",)


def _what(key: str) -> tuple[Solution, str]:
    """The solution, and the body whose reuse is meant, if one is."""
    stored = catalogue().store.solution(key)
    if stored is None:
        raise NotFound
    return stored.solution, hints.about(catalogue(), stored.solution, request.values.get("body", ""))


def _typed(solution: str, body: str) -> Hint:
    """What the form holds; signs that cannot be seen are left out."""
    form = request.form
    return Hint(
        solution=solution,
        body=body,
        text=_seen(form.get("text", "").replace("\r\n", "\n"), keep="\n"),
        place=_seen(form.get("place", "")),
        email=_seen(form.get("email", "")),
        made=catalogue().now(),
    )


def _seen(text: str, keep: str = "") -> str:
    return "".join(sign if sign.isprintable() or sign in keep else " " for sign in text).strip()


def _page(
    typed: Hint, solution: Solution, troubles: tuple[Trouble | str, ...] = (), *, is_sent: bool = False
) -> str:
    words = [(_WORDS[trouble][0], str(_WORDS[trouble][1])) for trouble in troubles]
    label = _label(typed.body)
    return render_template(
        "pages/hint.html",
        solution=solution,
        solution_url=url_for("pages.solution", key=solution.id),
        about=label,
        typed=typed,
        errors=[{"field": field, "text": text} for field, text in words],
        wrong=dict(words),
        is_sent=is_sent,
        ticket=make_ticket(_PURPOSE),
        trap=TRAP,
        longest=LONGEST,
        longest_place=LONGEST_PLACE,
        mail_url=hint_mail_url(solution, about=label),
        noindex=True,
    )


def _label(body: str) -> str:
    """The name of a body; one that is not named has none."""
    if not body:
        return ""
    found = catalogue().bodies.find(body)
    return found.label if found else str(gettext("nicht öffentlich genannte Stelle"))


def hint_shape(found: Hint) -> Shape:
    """A hint for the pages of the office, without its mail address."""
    stored = catalogue().store.solution(found.solution)
    return {
        "number": found.number,
        "solution": stored.solution.name if stored else found.solution,
        "solution_url": url_for("pages.solution", key=found.solution) if stored else "",
        "about": _label(found.body),
        "text": found.text,
        "place": found.place,
        "state": found.state.value,
        "made": found.made,
        "url": url_for("pages.office_hint", number=found.number),
    }
