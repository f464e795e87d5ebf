"""The one place that turns trouble into pages."""

import logging

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from catalogue.services.errors import StoreError
from catalogue.web.blueprint import preferred_language

log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Give every kind of trouble a page in the reader's language."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreError, _store)
    app.register_error_handler(Exception, _bug)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 400:
        # Flask refuses a Host header that is none before it knows an address: no page can be made.
        text = gettext("Die Anfrage ließ sich nicht beantworten.")
        return Response(f"{text}\n", 400, mimetype="text/plain")
    words = {
        403: (
            gettext("Das geht nur von unserer Seite aus"),
            gettext("Öffnen Sie die Seite hier im Katalog und verwenden Sie dort die Schaltfläche."),
        ),
        404: (
            gettext("Diese Seite gibt es nicht"),
            gettext("Vielleicht hat sich die Adresse geändert, oder ein Buchstabe fehlt."),
        ),
        405: (gettext("So geht es hier nicht"), gettext("Diese Seite lässt sich nur lesen.")),
        414: (gettext("Die Adresse ist zu lang"), gettext("Bitte kürzen Sie Ihre Suche.")),
    }
    title, text = words.get(
        error.code, (gettext("Das hat nicht geklappt"), gettext("Die Anfrage ließ sich nicht beantworten."))
    )
    return _page(error.code, title, text)


def _store(error: Exception) -> ResponseReturnValue:
    log.error("catalogue not available path=%s error=%s", _where(), type(error).__name__)
    return _page(
        503,
        gettext("Der Katalog ist gerade nicht erreichbar"),
        gettext("Bitte versuchen Sie es in einigen Minuten noch einmal."),
    )


def _bug(error: Exception) -> ResponseReturnValue:
    log.exception("page failed path=%s", _where())
    return _page(
        500,
        gettext("Da ist uns ein Fehler unterlaufen"),
        gettext("Der Fehler ist vermerkt. Bitte versuchen Sie es später noch einmal."),
    )


def _where() -> str:
    """The path for the log; only its rule where the address may be somebody's secret."""
    rule = request.url_rule
    is_secret = rule is not None and ("secret" in rule.arguments or g.get("is_private"))
    return str(rule) if is_secret else request.path


def _page(code: int, title: str, text: str) -> ResponseReturnValue:
    g.lang = preferred_language()
    g.is_error = True  # a page that failed has no canonical address
    g.pop("catalogue", None)
    return render_template("pages/error.html", code=code, heading=title, text=text, noindex=True), code
