"""The office's page of what leaves the house: what waits, what failed, what was sent; without addresses."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import BadRequest, NotFound

from catalogue.domain.access import Right
from catalogue.domain.delivery import Trouble
from catalogue.services.sending_log import Line, Move, Sending, decide, lines_in
from catalogue.standards.text import whole_number
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import make_ticket, read_ticket, require_own_form
from catalogue.web.office_frame import account, needs
from catalogue.web.office_words import moment
from catalogue.web.repository_status import moment_words
from catalogue.web.reuse_changed import deliver_soon
from catalogue.web.shapes import Shape

MOST_ROWS = 100
_ = lazy_gettext
CHANNEL = {"mail": _("Mail"), "webhook": _("Webhook")}
ABOUT = {
    "report": _("Meldung"),
    "subscription": _("Abonnement"),
    "digest": _("Abonnement"),
    "hint": _("Hinweis"),
    "account": _("Konto"),
}
TROUBLE = {
    Trouble.UNREACHABLE: _("nicht erreichbar"),
    Trouble.TIMEOUT: _("keine Antwort in der erlaubten Zeit"),
    Trouble.CERTIFICATE: _("das Zertifikat ließ sich nicht prüfen"),
    Trouble.NO_ENCRYPTION: _("der Mailserver bietet keine Verschlüsselung an"),
    Trouble.LOGIN: _("der Mailserver lehnt die Anmeldung ab"),
    Trouble.REFUSED: _("von der Gegenseite abgelehnt"),
    Trouble.ANSWERED: _("unerwartete Antwort"),
    Trouble.NOT_PUBLIC: _("keine öffentliche Adresse mit https"),
    Trouble.NOT_WELL_FORMED: _("nicht versendbar"),
    Trouble.INTERRUPTED: _("beim Senden unterbrochen"),
    Trouble.DROPPED: _("nicht mehr gewünscht"),
    Trouble.BROKEN: _("Fehler im Katalog"),
}


@pages.get("/office/outbox")
@needs(Right.SEE_OUTBOX)
def office_outbox() -> ResponseReturnValue:
    """What waits, what was given up, what was sent last."""
    store = catalogue().store
    done = request.args.get("done", "")
    return render_template(
        "office/outbox.html",
        groups=[
            {
                "id": state.value,
                "title": title,
                "rows": [_row(line) for line in lines_in(store, state, limit=MOST_ROWS)],
            }
            for state, title in (
                (Sending.WAITING, gettext("Wartet")),
                (Sending.GIVEN_UP, gettext("Nicht zugestellt")),
                (Sending.SENT, gettext("Zugestellt")),
            )
        ],
        notice={
            "retry": gettext("Die Nachricht wird jetzt noch einmal gesendet."),
            "give-up": gettext("Die Nachricht wird nicht mehr gesendet; ihr Text ist gelöscht."),
            "no": gettext("Das ging nicht mehr: Die Nachricht ist inzwischen gesendet oder aufgegeben."),
        }.get(done, ""),
        is_well=done != "no",
        most=MOST_ROWS,
        ticket=make_ticket("outbox"),
        noindex=True,
    )


@pages.post("/office/outbox")
@needs(Right.SEE_OUTBOX)
def change_outbox() -> ResponseReturnValue:
    """Try a message again at once, or give it up."""
    require_own_form()
    if read_ticket("outbox") is None:
        raise BadRequest
    number = whole_number(request.form.get("message", ""))
    move = Move.of(request.form.get("do", ""))
    if move is None or number is None:
        raise NotFound
    done = decide(catalogue().store, number, move, actor=account().actor, now=catalogue().now())
    deliver_soon()
    return redirect(url_for("pages.office_outbox", done=move.value if done else "no"), 303)


def _row(line: Line) -> Shape:
    """As `line_shape`, with moments to the minute: the office looks for what happened when."""
    return {**line_shape(line), "made": moment(line.made), "due": moment(line.due), "done": moment(line.done)}


def line_shape(line: Line) -> Shape:
    """A line of the log in words; `place` is a domain, never an address."""
    now = catalogue().now()
    return {
        "id": line.id,
        "channel": str(CHANNEL[line.channel.value]),
        "place": line.place,
        "title": line.title,
        "about": f"{ABOUT.get(line.subject, line.subject)} {line.number}",
        "made": moment_words(line.made, now),
        "due": moment_words(line.due, now),
        "done": moment_words(line.done, now) if line.done else "",
        "tries": line.tries,
        "trouble": trouble_words(line.trouble),
        "can_retry": line.has_text,
        "result": result_words(line),
    }


def result_words(line: Line) -> str:
    """What came of it in a few words."""
    said = {
        Sending.SENT: gettext("zugestellt"),
        Sending.WAITING: gettext("wartet"),
        Sending.GIVEN_UP: gettext("nicht zugestellt"),
    }[line.state]
    return (
        f"{said} ({trouble_words(line.trouble)})" if line.trouble and line.state is not Sending.SENT else said
    )


def trouble_words(trouble: str) -> str:
    """Why it was not delivered; a code of the other side stays as it is."""
    kind, _space, code = trouble.partition(" ")
    if kind not in [known.value for known in Trouble]:
        return ""
    return f"{TROUBLE[Trouble(kind)]} {code}".strip()
