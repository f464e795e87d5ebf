"""The frame of the office's pages: who is logged in, what they may, and the sections that they see."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import Forbidden, NotFound

from catalogue.domain.access import Right, Role, may
from catalogue.web.blueprint import pages

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
    ("pages.office_outbox", lazy_gettext("Versand"), Right.SEE_OUTBOX),
    ("pages.office_accounts", lazy_gettext("Konten"), Right.MANAGE_ACCOUNTS),
)


def logged_in() -> LoggedIn | None:
    """Who is logged in, if anybody; `catalogue.web.accounts` finds out before each page of the office."""
    found: LoggedIn | None = g.get("logged_in")
    return found


def needs(right: Right) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """A view of the office: leads to the login without one, and raises Forbidden where the right is missing.

    Stands below the route. What it answers is never kept by a cache.
    """

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            g.is_private = True
            somebody = logged_in()
            if somebody is None:
                if request.method != "GET":
                    raise Forbidden
                return redirect(url_for("pages.login", next=request.full_path.rstrip("?")), 303)
            if not may(somebody.role, right):
                raise Forbidden
            return view(*args, **kwargs)

        return guarded

    return decorate


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


@pages.app_context_processor
def _office_words() -> dict[str, object]:
    return {"office_sections": sections, "logged_in": logged_in}
