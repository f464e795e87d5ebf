"""Logging in at the login service (OpenID Connect): there and back.

It begins with a link, not a form: `form-action 'self'` would stop the redirect after a form in some browsers.
What must be the same when the browser comes back stands in a signed cookie that goes to one path only, lasts
ten minutes, and is good for one return.
"""

import hashlib
import logging
from datetime import timedelta

from flask import Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import NotFound

from catalogue.domain.login_service import Begun, LoginFailed, LoginService, Trouble
from catalogue.services.accounts import Refused, log_in_by_service
from catalogue.standards.own_path import own_path
from catalogue.web.accounts import let_in, login_page, next_page, refused_words, target_of
from catalogue.web.blueprint import LANGUAGES, pages
from catalogue.web.context import catalogue, secret_key, settings
from catalogue.web.entrance import entrance
from catalogue.web.hints import base_url

log = logging.getLogger(__name__)

_COOKIE = "office-login"
_LASTS = timedelta(minutes=10)
_SALT = "login service"


@pages.get("/login/service")
def login_service() -> ResponseReturnValue:
    """To the login service."""
    g.is_private = True
    service = _service()
    try:
        begun = service.begin(_return_address())
    except LoginFailed as failed:
        return _failed(failed)
    answer: Response = current_app.make_response(redirect(begun.address, 303))
    now = int(catalogue().now().timestamp())
    kept = [begun.state, begun.nonce, begun.verifier, g.lang, next_page() or "", now]
    _set_cookie(answer, str(_serializer().dumps(kept)), _LASTS)
    return answer


@entrance.get("/login/return")
def login_return() -> ResponseReturnValue:
    """Back from the login service; the address is the same in every language, since the service knows it."""
    g.is_private = True
    answer = current_app.make_response(_come_back(_service()))
    _set_cookie(answer, "", timedelta(0))
    return answer


def _come_back(service: LoginService) -> ResponseReturnValue:
    kept = _kept()
    if kept is None:
        text = gettext(
            "Diese Anmeldung ist abgelaufen oder begann nicht hier. Bitte beginnen Sie noch einmal."
        )
        return login_page(error=text, status=400)
    begun, lang, wanted = kept
    g.lang = lang
    if request.args.get("error") or not request.args.get("code"):
        return _failed(LoginFailed(Trouble.REFUSED, "the service sent no code"))
    known = catalogue()
    try:
        identity = service.finish(begun, request.args["code"], _return_address(), known.now())
    except LoginFailed as failed:
        return _failed(failed)
    entered = log_in_by_service(known.store, identity, has_rules=service.has_rules, now=known.now())
    if isinstance(entered, Refused):
        return login_page(error=refused_words(entered), status=403)
    return let_in(entered.secret, target_of(wanted))


def _kept() -> tuple[Begun, str, str | None] | None:
    """What this browser began; None where that was nothing, something else or too long ago, or is used up."""
    try:
        state, nonce, verifier, lang, wanted, made = _serializer().loads(request.cookies.get(_COOKIE, ""))
    except (BadSignature, ValueError):
        return None
    known = catalogue()
    now = known.now()
    if state != request.args.get("state") or now.timestamp() - made > _LASTS.total_seconds():
        return None
    if not known.store.limits.take("login state", state, most=1, within=_LASTS, now=now, secret=secret_key()):
        return None
    begun = Begun(address="", state=state, nonce=nonce, verifier=verifier)
    return begun, lang if lang in LANGUAGES else "de", own_path(wanted)


def _failed(failed: LoginFailed) -> ResponseReturnValue:
    log.warning("login service: %s (%s)", failed, failed.trouble)
    words = {
        Trouble.REFUSED: gettext("Der Anmeldedienst hat die Anmeldung abgelehnt oder abgebrochen."),
        Trouble.UNREACHABLE: gettext(
            "Der Anmeldedienst antwortet gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal."
        ),
        Trouble.UNBELIEVABLE: gettext(
            "Die Antwort des Anmeldedienstes ließ sich nicht bestätigen. Bitte beginnen Sie noch einmal."
        ),
    }
    return login_page(error=words[failed.trouble], status=403 if failed.trouble is Trouble.REFUSED else 502)


def _service() -> LoginService:
    service: LoginService | None = current_app.extensions.get("login_service")
    if service is None:
        raise NotFound
    return service


def _return_address() -> str:
    return base_url() + url_for("entrance.login_return")


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(secret_key(), salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})


def _set_cookie(answer: Response, value: str, lasts: timedelta) -> None:
    """Goes to the return address alone."""
    answer.set_cookie(
        _COOKIE,
        value,
        max_age=lasts,
        path=url_for("entrance.login_return"),
        secure=request.is_secure or settings().base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
