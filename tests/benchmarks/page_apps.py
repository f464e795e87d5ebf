"""Applications for the load test: the results page from memory, and an empty one."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Flask, Response, render_template, request, template_rendered
from flask.typing import ResponseReturnValue

from catalogue.app import create_app

VIEW = "pages.solutions"
PATHS = "CATALOGUE_TESTS_PATHS"  # a file with the addresses that will be asked for, one a line


def from_memory() -> Flask:
    """The catalogue, but the results pages' values were prepared before: what is left is the template."""
    app = create_app()
    prepared: dict[str, dict[str, object]] = {}
    rendered: list[tuple[str, dict[str, object]]] = []

    def keep(_: Flask, template: object, context: dict[str, object], **__: object) -> None:
        rendered.append((str(getattr(template, "name", "")), context))

    with template_rendered.connected_to(keep, app), app.test_client() as client:
        for path in Path(os.environ[PATHS]).read_text(encoding="utf-8").splitlines():
            rendered.clear()
            assert client.get(path).status_code == 200, path
            name, context = rendered[-1]
            text = parse_qs(urlsplit(path).query)["q"][0]
            prepared[text] = {"template_name_or_list": name, **_own(app, context)}

    def view() -> ResponseReturnValue:
        return render_template(**prepared[request.args["q"]])

    app.view_functions[VIEW] = view
    return app


def _own(app: Flask, context: dict[str, object]) -> dict[str, object]:
    """What the view itself gave; the rest comes with each request as it does on the page."""
    given = {"g", "request", "session", "lang", "locale", "other_lang_url", "page", "version"}
    return {name: value for name, value in context.items() if name not in given}


def hello() -> Flask:
    """An empty page."""
    app = Flask(__name__)

    @app.get("/")
    def index() -> Response:
        return Response("hello world", mimetype="text/plain")

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok", mimetype="text/plain")

    return app
