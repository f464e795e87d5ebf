"""The page on which administrators see all accounts, change their roles and lock them."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest, NotFound

from catalogue.domain.access import Right, Role, may
from catalogue.domain.account import Account
from catalogue.services.accounts import LastAdministrator
from catalogue.web import labels
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.forms import read_ticket, require_own_form
from catalogue.web.office_frame import account, needs
from catalogue.web.office_words import ROLE
from catalogue.web.shapes import Shape, date_words


@pages.get("/office/accounts")
@needs(Right.MANAGE_ACCOUNTS)
def office_accounts() -> ResponseReturnValue:
    """All accounts, each with its role and whether it may log in."""
    return _page()


@pages.post("/office/accounts")
@needs(Right.MANAGE_ACCOUNTS)
def send_office_accounts() -> ResponseReturnValue:
    """Change the role of an account, lock or unlock it."""
    require_own_form()
    meant = _meant()
    if read_ticket(f"account {meant.id}") is None:
        return _page(error=gettext("Das Formular lag zu lange offen. Es wurde nichts geändert."), status=400)
    if request.form.get("was", _standing(meant)) != _standing(meant):
        text = gettext(
            "%(name)s hat inzwischen jemand anderes geändert; Sie sehen jetzt, was gilt. Ihr Schritt wurde"
            " nicht ausgeführt.",
            name=meant.name,
        )
        return _page(error=text, status=409)
    try:
        done = _ACTIONS[request.form["action"]](meant)
    except LastAdministrator:
        text = gettext(
            "Das ist das letzte Konto, das Konten verwalten darf. Geben Sie zuerst einem anderen Konto diese"
            " Rolle. Es wurde nichts geändert."
        )
        return _page(error=text, status=409)
    return redirect(url_for("pages.office_accounts", done=done, about=meant.id), 303)


def _meant() -> Account:
    number = request.form.get("account", "")
    if request.form.get("action") not in _ACTIONS or not (number.isascii() and number.isdecimal()):
        raise BadRequest
    found = catalogue().store.accounts.get(int(number[:9]))
    if found is None:
        raise NotFound
    return found


def _standing(one: Account) -> str:
    """Role and lock of an account, by which a form knows whether somebody else was quicker."""
    return f"{one.role.value}.{'locked' if one.disabled else 'open'}"


def _change_role(meant: Account) -> str:
    role = request.form.get("role", "")
    if role not in [known.value for known in Role]:
        raise BadRequest
    accounts, now = catalogue().store.accounts, catalogue().now()
    accounts.change_role(meant.id, Role(role), actor=account().actor, now=now)
    return "role"


def _disable(meant: Account) -> str:
    catalogue().store.accounts.disable(meant.id, actor=account().actor, now=catalogue().now())
    return "disable"


def _enable(meant: Account) -> str:
    catalogue().store.accounts.enable(meant.id, actor=account().actor, now=catalogue().now())
    return "enable"


_ACTIONS: dict[str, Callable[[Account], str]] = {
    "role": _change_role,
    "disable": _disable,
    "enable": _enable,
}


def role_words(role: Role) -> str:
    """A role as pages name it."""
    return labels.word(ROLE, role)


def right_words(right: Right) -> str:
    """A right as the table of roles names it."""
    words = {
        Right.SEE_WORK: gettext("Arbeitsliste, Meldungen und Statistik sehen"),
        Right.SEE_MAIL: gettext("Mailadressen der Meldenden sehen"),
        Right.DECIDE: gettext("Meldungen bestätigen, ablehnen, berichtigen, zusammenführen"),
        Right.UPLOAD: gettext("Viele Meldungen auf einmal hochladen"),
        Right.REVOKE: gettext("Links sperren und Abonnements beenden"),
        Right.EXPORT_AUDIT: gettext("Das Protokoll herunterladen"),
        Right.MANAGE_ACCOUNTS: gettext("Konten verwalten"),
        Right.SEE_OUTBOX: gettext("Den Versand sehen"),
    }
    return str(words[right])


def _page(*, error: str = "", status: int = 200) -> ResponseReturnValue:
    accounts = catalogue().store.accounts.all()
    return (
        render_template(
            "office/accounts.html",
            accounts=[_shape(one) for one in accounts],
            roles=[{"value": role.value, "label": role_words(role)} for role in Role],
            rights=[{"label": right_words(one), "may": [may(role, one) for role in Role]} for one in Right],
            error=error,
            done="" if error else _done_words(accounts),
            noindex=True,
        ),
        status,
    )


def _done_words(accounts: list[Account]) -> str:
    """What the form before this page did."""
    about = next((one for one in accounts if str(one.id) == request.args.get("about")), None)
    if about is None:
        return ""
    words = {
        "role": gettext(
            "%(name)s hat jetzt die Rolle „%(role)s“.", name=about.name, role=role_words(about.role)
        ),
        "disable": gettext("%(name)s ist gesperrt und abgemeldet.", name=about.name),
        "enable": gettext("%(name)s darf sich wieder anmelden.", name=about.name),
    }
    return str(words.get(request.args.get("done", ""), ""))


def _shape(one: Account) -> Shape:
    return {
        "id": one.id,
        "login": one.login,
        "name": one.name,
        "role": one.role.value,
        "was": _standing(one),
        "is_me": one.id == account().account,
        "way": gettext("Anmeldedienst") if one.is_of_service else gettext("Kennwort"),
        "last_login": date_words(one.last_login.date().isoformat()) if one.last_login else "",
        "is_disabled": one.disabled is not None,
    }
