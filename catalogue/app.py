"""create_app(settings): the one place where the floors are joined into a web application."""

import hashlib
import os
from collections.abc import Callable, Iterable, MutableMapping
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, g, request, url_for
from flask_babel import Babel, get_locale, get_translations
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from catalogue import places
from catalogue.commands.carriers import carriers_from
from catalogue.config import BadSetting, Settings
from catalogue.domain.login_service import BadRoleRule, LoginService, parse_role_rules
from catalogue.services.courier import Courier
from catalogue.services.demand import Radar
from catalogue.services.links import NOWHERE, Links
from catalogue.services.search import FACETS
from catalogue.services.sending import send_round
from catalogue.web import (
    accounts,
    badge,
    bodies,
    changes,
    demand,
    dev_mail,
    feeds,
    harvest,
    hint_form,
    login_service,
    maps,
    network,
    office,
    office_accounts,
    office_audit,
    office_claim,
    office_hints,
    office_report,
    office_reports,
    office_statistics,
    office_subscriptions,
    office_upload,
    outbox,
    receipts,
    reporting,
    results,
    reuse_feed,
    statistics,
    status,
    subscriptions,
    suggestions,
    texts,
)
from catalogue.web import pages as solution_pages
from catalogue.web.addresses import FROM, LONGEST_TEXT, NOT
from catalogue.web.blueprint import LANGUAGES, LOCALES, current_language, pages
from catalogue.web.context import Holder, shows_invented_data
from catalogue.web.drawn_charts import chart_shape
from catalogue.web.entrance import entrance
from catalogue.web.errors import register_errors
from catalogue.web.hints import base_url
from catalogue.web.request import AnyBytesRequest
from catalogue.web.statistics_selection import FIELDS as STATISTICS
from catalogue.web.template_words import TextsOfRequest, text

# Modules whose views register themselves with the blueprint when they are imported.
VIEWS = (
    *(solution_pages, results, suggestions, feeds, bodies, texts, status, changes, harvest),
    *(subscriptions, reuse_feed, outbox, dev_mail),
    *(accounts, login_service, office_accounts),
    *(hint_form, office_hints, demand, office_subscriptions),
    statistics,
    office_statistics,
    *(maps, network, badge),
    *(reporting, receipts),
    *(office, office_reports, office_report, office_claim, office_audit, office_upload),
)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# What belongs to the canonical address of a page; anything else in a query makes no other page.
CANONICAL = {
    "pages.solutions": (
        *("q", "sort", "near", "km", "who"),
        *(prefix + facet.name for facet in FACETS for prefix in ("", NOT)),
    ),
    "pages.compare": ("id",),
    "pages.municipalities": ("q", "land"),
    "pages.changes": ("kind", "solution"),
    "pages.harvest": ("kind",),
    "pages.statistics": STATISTICS,
    "pages.map": ("solution", "land"),
    "pages.network": ("topic", "land", "provider"),
}
YEAR = 365 * 24 * 3600
LARGEST_FORM = 200_000  # bytes; the upload of the office alone allows itself more


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(settings: Settings | None = None, *, clock: Callable[[], datetime] = _now) -> Flask:
    """The web application. Opens nothing yet: the catalogue is opened with the first request.

    `clock` tells the moment, aware, for which pages are made and by which limits and links expire.
    """
    settings = settings or Settings.from_environ(os.environ)
    app = Flask(__name__, template_folder=str(places.TEMPLATES), static_folder=None)
    app.request_class = AnyBytesRequest
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    holder = Holder(settings, lambda: places.register_folder(settings.data), clock)
    app.extensions["catalogue"] = holder
    app.extensions["reuse_changed"] = [holder.reuse_changed]
    _send_in_background(app, holder)
    app.extensions["login_service"] = login_service_of(settings)
    app.extensions["demand"] = Radar(lambda: holder.store, holder.secret_key, lambda: holder.clock())
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    babel = Babel(
        app,
        default_locale="de",
        default_translation_directories=str(places.TRANSLATIONS),
        locale_selector=lambda: LOCALES[current_language()],
    )
    babel.domain_instance = TextsOfRequest()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # comes with the extension
        lambda text: get_translations().ugettext(text),
        lambda one, many, count: get_translations().ungettext(one, many, count),
        newstyle=True,
    )
    # Flask-Babel and Jinja look for each of the 100 texts of a page anew.
    app.jinja_env.globals["_"] = text
    app.jinja_env.globals["chart_shape"] = chart_shape
    app.jinja_env.globals["small_map"] = maps.small_map
    app.jinja_env.globals["badge_shape"] = badge.badge_shape
    _serve_static(app)
    app.register_blueprint(pages)
    if settings.proxies:
        proxies = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    register_errors(app)
    app.after_request(_finish)
    app.context_processor(_words_for_templates)
    app.register_blueprint(entrance)
    return app


def _send_in_background(app: Flask, holder: Holder) -> None:
    """Mails and calls leave as soon as a request has made them, while nobody waits for it."""
    settings, carriers = holder.settings, carriers_from(holder.settings, clock=holder.clock)

    def work() -> None:
        known = holder.current()
        send_round(known.store, known.bodies, Links(settings.base_url or NOWHERE), carriers, holder.clock)

    courier = Courier(work)
    app.extensions.setdefault("deliver_soon", []).append(courier)
    app.extensions.setdefault("reuse_changed", []).append(lambda solutions: courier())


def login_service_of(settings: Settings) -> LoginService | None:
    """The login service of the settings; loaded only where there is one, since it brings its own library.

    Raises `BadSetting`.
    """
    try:
        rules = parse_role_rules(settings.oidc_roles)
    except BadRoleRule as error:
        raise BadSetting(f"CATALOGUE_OIDC_ROLES: {error}") from None
    if not settings.oidc_issuer:
        return None
    service: LoginService = import_module("catalogue.outside.oidc").Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        rules=rules,
    )
    return service


def _serve_static(app: Flask) -> None:
    """Static files under an address that holds their hash, so that browsers may keep them for a year."""
    prefix = f"static/{_hash_of(places.STATIC)}"
    noise = WhiteNoise(
        app.wsgi_app,
        root=str(places.STATIC),
        prefix=prefix,
        max_age=YEAR,
        immutable_file_test=lambda path, url: True,
        allow_all_origins=False,
        add_headers_function=_static_headers,
    )
    app.wsgi_app = noise  # type: ignore[method-assign]
    app.jinja_env.globals["asset"] = lambda name: f"/{prefix}/{name}"


def _static_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = POLICY


def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _words_for_templates() -> dict[str, object]:
    return {
        "lang": current_language(),
        "locale": get_locale(),
        "other_lang_url": _other_language_url,
        "page": _page(),
        "version": _version(),
        "is_invented": shows_invented_data(),
    }


@cache
def _version() -> str:
    try:
        return version("reuse-catalogue")
    except PackageNotFoundError:
        return ""


def _page() -> dict[str, object]:
    """Canonical and alternate addresses of this page; none for errors."""
    if not request.endpoint or not request.endpoint.startswith("pages.") or g.get("is_error"):
        return {}
    base = base_url()
    if not base:
        return {}
    meant = CANONICAL.get(request.endpoint, ())
    kept = [(name, value) for name, value in request.args.items(multi=True) if name in meant and value]
    addresses = {lang: base + _here(lang, kept) for lang in LANGUAGES}
    return {"canonical": addresses[current_language()], "alternates": addresses}


def _other_language_url() -> str:
    other = "en" if current_language() == "de" else "de"
    if not request.endpoint or not request.endpoint.startswith("pages."):
        return url_for("pages.home", lang=other)
    # The same page once more is not another result that somebody opened.
    left_out = FROM if request.endpoint == "pages.solution" else None
    return _here(other, [pair for pair in request.args.items(multi=True) if pair[0] != left_out])


def _here(lang: str, arguments: Iterable[tuple[str, str]]) -> str:
    """This page in a language, with these arguments; by hand, since a reader may call one `endpoint`."""
    base = url_for(str(request.endpoint), **dict(request.view_args or {}), lang=lang)
    query = urlencode([(name, value[:LONGEST_TEXT]) for name, value in arguments if name])
    return f"{base}?{query}" if query else base


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", current_language())
    if response.status_code >= 400:
        # Error pages speak the reader's language where the address names none.
        response.headers["Cache-Control"] = "no-store"
    if g.get("is_private"):  # pages behind a login or a secret link
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"  # with none, browsers send no Origin
    elif response.status_code == 200 and request.method in ("GET", "HEAD") and not response.is_streamed:
        response.headers.setdefault("Cache-Control", "public, no-cache")
        response.add_etag()
        response.make_conditional(request)
    return response
