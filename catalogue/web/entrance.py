"""Addresses without a language: the root, short addresses, and those for machines."""

from flask import Blueprint, Response, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from catalogue.web.blueprint import LANGUAGES, preferred_language
from catalogue.web.context import catalogue
from catalogue.web.hints import base_url

entrance = Blueprint("entrance", __name__)


@entrance.get("/")
@entrance.get("/<path:rest>")
def choose_language(rest: str = "") -> ResponseReturnValue:
    """Lead to the same page in the reader's language; what is no page there is none here."""
    g.lang = preferred_language()
    target = f"/{g.lang}/{rest}"
    if rest.split("/")[0] in LANGUAGES or not _is_page(target):
        raise NotFound
    query = request.query_string.decode("latin-1")
    answer = redirect(f"{target}?{query}" if query else target, 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _is_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        endpoint, _ = adapter.match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return str(endpoint).startswith("pages.")


@entrance.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Whether this process can answer from the published catalogue; 503 where it cannot."""
    state = catalogue().state
    answer = Response(f'{{"status":"ok","revision":{state.revision}}}\n', mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@entrance.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """What search engines need not look at."""
    lines = [
        "User-agent: *",
        "Disallow: /*/compare",
        "Disallow: /*/suggest",
        "Disallow: /*/hint",
        "Disallow: /*?from=",
        "Disallow: /*&from=",
        "Disallow: /*/statistics/",
        "Disallow: /*/statistics?",
    ]
    if base := base_url():  # a sitemap needs whole addresses
        lines.append(f"Sitemap: {base}/sitemap.xml")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@entrance.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """Every page with content, in both languages."""
    known, base = catalogue(), base_url()
    if not base:
        raise NotFound
    paths = [
        "/",
        "/solutions",
        "/municipalities",
        "/model-projects",
        "/topics",
        "/map",
        "/network",
        "/changes",
        "/demand",
        "/harvest",
        "/statistics",
        "/about",
        "/how-reuse-works",
        "/submit",
    ]
    paths += [f"/solutions/{key}" for key in known.store.published()]
    paths += [f"/topics/{key}" for key in known.topics]
    paths += [f"/model-projects/{key}" for key in known.model_projects]
    paths += [
        f"/{'municipalities' if known.register.find(part.body) else 'organisations'}/{part.body}"
        for part in known.store.taking_part()
    ]
    rows = [f"<url><loc>{base}/{lang}{path}</loc></url>" for path in paths for lang in LANGUAGES]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
    return Response(text, mimetype="application/xml")
