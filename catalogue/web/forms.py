"""Forms that change something: whether they were sent from a page of ours, and only once.

Readers get no cookie. A form carries a signed ticket: when and for what it was made, and a number of its own
by which a second sending is noticed. Forms of the office also carry a mark of the login, which no other page
can know.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import g, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import Forbidden

from catalogue.standards.own_form import is_own_form
from catalogue.web.context import catalogue, secret_key
from catalogue.web.hints import base_url

FIELD = "ticket"
LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a form says of itself. `number` is the same however often the form is sent."""

    number: str
    age: timedelta


def make_ticket(purpose: str) -> str:
    """The value of the hidden field `ticket` of a form with this purpose."""
    made = int(catalogue().now().timestamp())
    return str(_serializer(purpose).dumps([secrets.token_urlsafe(12), made]))


def read_ticket(purpose: str) -> Ticket | None:
    """The ticket of the form that was sent; None where it is missing, of another purpose, or too old."""
    try:
        number, made = _serializer(purpose).loads(request.form.get(FIELD, ""))
    except BadSignature:
        return None
    age = timedelta(seconds=max(0, catalogue().now().timestamp() - made))
    return Ticket(number=str(number), age=age) if age <= LASTS else None


def require_own_form() -> None:
    """Raise Forbidden for a form that another site sent."""
    hosts = {request.host, base_url().partition("://")[2].partition("/")[0]} - {""}
    if not is_own_form(
        fetch_site=request.headers.get("Sec-Fetch-Site"), origin=request.headers.get("Origin"), hosts=hosts
    ):
        raise Forbidden


def _serializer(purpose: str) -> URLSafeSerializer:
    """Signs for one purpose and, at the office, for one login (`g.login_mark`)."""
    mark = str(g.get("login_mark", ""))
    salt = hmac.new(secret_key(), f"form\0{purpose}\0{mark}".encode(), hashlib.sha256).hexdigest()
    return URLSafeSerializer(secret_key(), salt=salt)
