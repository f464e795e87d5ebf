"""The blueprint of all pages: language first, `/<lang>/...`."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

LANGUAGES = ("de", "en")
LOCALES = {"de": "de", "en": "en_GB"}  # British dates: 22 Nov 2026
pages = Blueprint("pages", __name__, url_prefix="/<any(de, en):lang>")


@pages.url_value_preprocessor
def _take_language(endpoint: str | None, values: dict[str, str] | None) -> None:
    g.lang = values.pop("lang") if values else preferred_language()


@pages.url_defaults
def _give_language(endpoint: str, values: dict[str, str]) -> None:
    values.setdefault("lang", current_language())


@pages.before_request
def _refuse_long_queries() -> ResponseReturnValue | None:
    if len(request.path) > 300:
        raise NotFound
    return None


def current_language() -> str:
    """The language of the page: that of the address, else the reader's choice."""
    return getattr(g, "lang", None) or preferred_language()


def preferred_language() -> str:
    """The best language for the reader: that of the address if it names one, else Accept-Language."""
    first = request.path.split("/")[1] if request.path.startswith("/") else ""
    if first in LANGUAGES:
        return first
    return request.accept_languages.best_match(LANGUAGES) or "de"
