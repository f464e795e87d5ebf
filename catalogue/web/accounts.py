"""The login of the coordination office, its end, and one's own password."""

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import Forbidden

from catalogue.domain.access import Right
from catalogue.domain.account import SHORTEST_PASSWORD, BadAccount
from catalogue.services.accounts import (
    Caller,
    Refused,
    change_own_password,
    log_in,
    log_out,
)
from catalogue.standards.own_path import own_path
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue, secret_key
from catalogue.web.forms import read_ticket, require_own_form
from catalogue.web.login_cookie import clear_login, is_safe_here, login_secret, set_login
from catalogue.web.office_frame import account, front_page, look_who_it_is, needs
from catalogue.web.request import client

_LOGIN, _LOGOUT, _PASSWORD = "login", "logout", "own-password"  # what tickets are for


@pages.get("/login")
def login() -> ResponseReturnValue:
    """The form in which accounts of the office log in."""
    if look_who_it_is() is not None:
        return redirect(target_of(next_page()), 303)
    notes = {"out": gettext("Sie sind abgemeldet.")}
    return login_page(note=notes.get(request.args.get("done", "")))


@pages.post("/login")
def send_login() -> ResponseReturnValue:
    """Log in with login name and password."""
    require_own_form()
    if not is_safe_here():
        return login_page(status=403)
    if read_ticket(_LOGIN) is None:
        text = gettext("Das Formular lag zu lange offen. Bitte melden Sie sich noch einmal an.")
        return login_page(error=text, status=400)
    known = catalogue()
    entered = log_in(
        known.store, request.form.get("login", ""), request.form.get("password", ""), caller(), known.now()
    )
    if isinstance(entered, Refused):
        return login_page(error=refused_words(entered), status=429 if entered is Refused.WAIT else 403)
    return let_in(entered.secret, target_of(next_page()))


@pages.post("/logout")
def logout() -> ResponseReturnValue:
    """End this login."""
    require_own_form()
    look_who_it_is()
    if read_ticket(_LOGOUT) is None:
        raise Forbidden
    log_out(catalogue().store, login_secret())
    answer = current_app.make_response(redirect(url_for("pages.login", done="out"), 303))
    clear_login(answer)
    return answer


@pages.route("/office/password", methods=["GET", "POST"])
@needs(Right.SEE_WORK)  # every role has it
def own_password() -> ResponseReturnValue:
    """The form in which an account changes its own password."""
    if request.method == "GET":
        return _password_page()
    require_own_form()
    form, known = request.form, catalogue()
    if read_ticket(_PASSWORD) is None:
        return _password_page(error=gettext("Das Formular lag zu lange offen."), status=400)
    if form.get("new", "") != form.get("again", ""):
        return _password_page(error=gettext("Die beiden neuen Kennwörter sind nicht gleich."), status=400)
    mine = known.store.accounts.get(account().account)
    if mine is None or not mine.has_password:
        raise Forbidden
    try:
        done = change_own_password(
            known.store, mine, form.get("old", ""), form.get("new", ""), caller(), known.now()
        )
    except BadAccount as error:
        return _password_page(error=bad_account_words(error), status=400)
    if isinstance(done, Refused):
        words = {Refused.WRONG: gettext("Das bisherige Kennwort stimmt nicht.")}
        return _password_page(error=words.get(done) or refused_words(done), status=403)
    return let_in(done, url_for("pages.own_password", done="1"))


def let_in(secret: str, target: str) -> ResponseReturnValue:
    """Go on with a new login; the one that this browser had before ends."""
    answer: Response = current_app.make_response(redirect(target, 303))
    if before := login_secret():
        log_out(catalogue().store, before)
    set_login(answer, secret)
    return answer


def caller() -> Caller:
    """Who tries something that is counted."""
    return Caller(address=client(), key=secret_key())


def refused_words(why: Refused) -> str:
    """Why somebody was not let in, without telling which accounts there are."""
    words = {
        Refused.WRONG: gettext(
            "Anmeldename und Kennwort passen nicht zusammen, oder das Konto ist gesperrt."
        ),
        Refused.WAIT: gettext(
            "Zu viele Versuche. Bitte warten Sie eine Viertelstunde; bis dahin hilft auch das richtige"
            " Kennwort nicht."
        ),
        Refused.NO_ACCESS: gettext(
            "Der Anmeldedienst kennt Sie, doch für den Katalog sind Sie nicht freigeschaltet. Wenden Sie sich"
            " an eine Administratorin oder einen Administrator der Koordinierungsstelle."
        ),
    }
    return str(words[why])


def bad_account_words(error: BadAccount) -> str:
    """What is wrong with a new password."""
    words = {
        "short": gettext("Ein Kennwort braucht mindestens %(count)s Zeichen.", count=SHORTEST_PASSWORD),
        "long": gettext("Dieses Kennwort ist zu lang."),
        "login-in-it": gettext("Das Kennwort ist der Anmeldename oder kaum mehr."),
        "common": gettext("Dieses Kennwort gehört zu denen, die zuerst ausprobiert werden."),
    }
    return str(words[error.code])


def next_page() -> str | None:
    """Where the login was asked for, if that is a page of ours."""
    return own_path(request.values.get("next", ""))


def target_of(wanted: str | None) -> str:
    """Where to go after the login."""
    return request.root_path + wanted if wanted else front_page()


def login_page(*, error: str = "", note: str | None = None, status: int = 200) -> ResponseReturnValue:
    """The page of the login, with what went wrong."""
    wanted = next_page()
    g.is_private = True
    return (
        render_template(
            "office/login.html",
            error=error,
            note=note,
            typed=request.form.get("login", "")[:200],
            next=wanted,
            service=current_app.extensions.get("login_service") is not None,
            is_safe=is_safe_here(),
            noindex=True,
        ),
        status,
    )


def _password_page(*, error: str = "", status: int = 200) -> ResponseReturnValue:
    mine = catalogue().store.accounts.get(account().account)
    return (
        render_template(
            "office/password.html",
            error=error,
            is_done=request.args.get("done") == "1" and not error,
            has_password=mine is not None and mine.has_password,
            shortest=SHORTEST_PASSWORD,
            noindex=True,
        ),
        status,
    )
