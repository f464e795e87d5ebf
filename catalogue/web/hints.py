"""Ways to the office: the form for "this is not right", and prefilled mails for all else."""

from ipaddress import ip_address
from urllib.parse import quote, urlencode, urlsplit

from flask import request, url_for
from flask_babel import gettext

from catalogue.domain.solution import Solution
from catalogue.web.context import settings

# An address that cannot exist (RFC 2606), until the operator sets one; the imprint says that it is missing.
PLACEHOLDER = "hinweise@katalog.example"
# What says that somebody else stands between the browser and us.
_OF_PROXIES = (
    *("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"),
    *("X-Forwarded-Server", "X-Real-IP", "Via"),
)


def mail_url(subject: str, text: str) -> str:
    """A mail to the coordination office with subject and text (RFC 6068)."""
    query = urlencode({"subject": subject, "body": text.replace("\n", "\r\n")}, quote_via=quote)
    return f"mailto:{quote(settings().office_email or PLACEHOLDER, safe='@')}?{query}"


def hint_url(solution: Solution, *, body: str = "") -> str:
    """The form for "this is not right": about a profile, or about the reuse of one body (its key) on it."""
    return url_for("pages.hint", key=solution.id, body=body or None)


def hint_mail_url(solution: Solution, *, about: str = "") -> str:
    """The same as a mail, where no form is possible or wanted; `about` is the label of a body."""
    page = base_url() + url_for("pages.solution", key=solution.id)
    subject = f"{solution.name} – {about}" if about else solution.name
    text = gettext(
        "Guten Tag,\n\nzu dieser Angabe habe ich einen Hinweis:\n%(about)s\n%(page)s\n\n"
        "Was nicht stimmt:\n\n\nWas richtig ist, und woher ich das weiß:\n\n",
        about=subject,
        page=page,
    )
    return mail_url(gettext("Hinweis zu: %(about)s", about=subject), text)


def report_url(*, solution: str = "", body: str = "") -> str:
    """Where somebody reports that a body uses a solution, with what is known filled in."""
    return url_for("pages.report_reuse", solution=solution or None, body=body or None)


def question_url(wanted: str) -> str:
    """Somebody looks for a solution that the catalogue does not have."""
    text = gettext(
        "Guten Tag,\n\nwir suchen eine Lösung und haben im Katalog nichts Passendes gefunden.\n\n"
        "Gesucht: %(wanted)s\nUnsere Kommune:\nWofür wir sie brauchen:\n\n",
        wanted=wanted[:200],
    )
    return mail_url(gettext("Wir suchen eine Lösung"), text)


def demand_url(wanted: str) -> str:
    """A town needs what nobody offers yet."""
    text = gettext(
        "Guten Tag,\n\nwir möchten einen Bedarf melden, zu dem der Katalog noch keine Lösung hat.\n\n"
        "Gesucht: %(wanted)s\nUnsere Kommune:\nWofür wir sie brauchen:\n"
        "Würden wir bei einer gemeinsamen Entwicklung mitmachen (ja, vielleicht, nein):\n"
        "Funktionspostfach für Rückfragen:\n\n",
        wanted=wanted[:200],
    )
    return mail_url(gettext("Bedarf melden"), text)


def base_url() -> str:
    """The public address without a slash at the end; empty where nobody has set it.

    What a request says of its host is believed of this machine only, and from this machine only: anybody can
    send any Host header, and what it says would end in canonical links, mails and caches.
    """
    if settings().base_url:
        return settings().base_url
    own = urlsplit(request.url_root)
    is_near = own.hostname in ("localhost", "127.0.0.1", "::1") and is_asked_from_here()
    return request.url_root.rstrip("/") if is_near else ""


def is_asked_from_here() -> bool:
    """Whether whoever asks sits at this machine, and no proxy stands between."""
    before_proxies = request.environ.get("werkzeug.proxy_fix.orig", {})
    peer = before_proxies.get("REMOTE_ADDR") or request.environ.get("REMOTE_ADDR", "")
    try:
        is_near = ip_address(str(peer)).is_loopback
    except ValueError:
        return False
    return is_near and not any(name in request.headers for name in _OF_PROXIES)
