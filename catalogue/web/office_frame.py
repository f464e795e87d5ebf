"""The frame of the office's pages: who is logged in, what they may, and the sections that they see."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.access import Right, Role, may
from catalogue.services.accounts import who_is
from catalogue.standards.own_path import own_path
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import make_ticket
from catalogue.web.login_cookie import login_secret, mark_of

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """The account of this request. `mark` is the same as long as the login lasts and known to nobody else."""

    account: int
    login: str
    name: str
    role: Role
    mark: str

    @property
    def actor(self) -> str:
        """As the audit trail names it."""
        return f"office:{self.account}"


# Each section of the office: endpoint, label, the right that it needs.
SECTIONS = (
    ("pages.office", lazy_gettext("Arbeitsliste"), Right.SEE_WORK),
    ("pages.office_reports", lazy_gettext("Alle Meldungen"), Right.SEE_WORK),
    ("pages.office_upload", lazy_gettext("Viele auf einmal"), Right.UPLOAD),
    ("pages.office_statistics", lazy_gettext("Statistik"), Right.SEE_WORK),
    ("pages.office_demand", lazy_gettext("Bedarf"), Right.SEE_WORK),
    ("pages.office_audit", lazy_gettext("Protokoll"), Right.SEE_WORK),
    ("pages.office_subscriptions", lazy_gettext("Abonnements"), Right.REVOKE),
    ("pages.office_outbox", lazy_gettext("Versand"), Right.SEE_OUTBOX),
    ("pages.office_accounts", lazy_gettext("Konten"), Right.MANAGE_ACCOUNTS),
)


def logged_in() -> LoggedIn | None:
    """Who is logged in, if anybody. Known on pages of the office only: `look_who_it_is` found out."""
    found: LoggedIn | None = g.get("logged_in")
    return found


def look_who_it_is() -> LoggedIn | None:
    """Find out who is logged in, from the cookie of this request.

    For views that are never the same for two readers: their answers are kept by no cache. Pages for readers
    do not ask, so that the cookie of an editor changes nothing about them.
    """
    g.is_private = True
    if "logged_in" not in g:
        g.logged_in = _found()
        g.login_mark = g.logged_in.mark if g.logged_in else ""
    return logged_in()


def _found() -> LoggedIn | None:
    secret = login_secret()
    found = who_is(catalogue().store, secret, catalogue().now()) if secret else None
    if found is None:
        return None
    return LoggedIn(
        account=found.id, login=found.login, name=found.name, role=found.role, mark=mark_of(secret)
    )


def needs(right: Right) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """A view of the office: leads to the login without one, and refuses with 403 where the right is missing.

    Stands below the route. What it answers is never kept by a cache.
    """

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            somebody = look_who_it_is()
            if somebody is None:
                return _to_login()
            if not may(somebody.role, right):
                return _refused()
            return view(*args, **kwargs)

        guarded.needs_right = right  # type: ignore[attr-defined]  # for the test that asks every route
        return guarded

    return decorate


def _to_login() -> ResponseReturnValue:
    """To the login and back; a form that was sent without one is lost, and a page says so."""
    here = own_path(request.full_path.rstrip("?"))
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("pages.login", next=here), 303)
    return _refused()


def _refused() -> ResponseReturnValue:
    here = own_path(request.path) if request.url_rule and "GET" in (request.url_rule.methods or ()) else None
    return render_template("office/refused.html", next=here, noindex=True), 403


def account() -> LoggedIn:
    """The account of this request, in a view that `needs` a right."""
    somebody = logged_in()
    if somebody is None:
        raise NotFound
    return somebody


def sections() -> list[dict[str, object]]:
    """The sections that this account may see, for the navigation of the office."""
    somebody = logged_in()
    return [
        {"label": str(label), "url": url_for(endpoint), "is_current": request.endpoint == endpoint}
        for endpoint, label, right in SECTIONS
        if somebody and may(somebody.role, right)
    ]


def front_page() -> str:
    """Where the office begins."""
    return url_for(SECTIONS[0][0])


@pages.app_context_processor
def _office_words() -> dict[str, object]:
    return {
        "office_sections": sections,
        "logged_in": logged_in,
        "make_ticket": make_ticket,
        "office_front": front_page,
    }
