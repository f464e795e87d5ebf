"""Real servers on free ports, and one browser for all journeys."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from servers import PROGRAMS, Server, Start, free_port, start_server

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Read when the tests are collected: later no setting of the catalogue is left in the environment.
IS_BROWSER_PROMISED = os.environ.get("CATALOGUE_TESTS_NEED_BROWSER") == "1"
# Nothing is looked up and nothing is asked but our own server.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `catalogue serve`, or another command, in a folder; everything is stopped at the end."""
    started: list[Server] = []

    def begin(folder: Path, *, command: list[str] | None = None, port: int = 0, **environ: str) -> Server:
        port = port or free_port()
        serve = [str(PROGRAMS / "catalogue"), "serve", "--port", str(port), "--workers", "1"]
        chosen = [part.replace("{port}", str(port)) for part in command or serve]
        server = start_server(chosen, folder, port=port, **environ)
        started.append(server)
        return server

    yield begin
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def live(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real entries behind a real server, for the browser."""
    folder = tmp_path_factory.mktemp("live")
    shutil.copytree(published, folder / "var")
    port = free_port()
    command = [
        str(PROGRAMS / "gunicorn"),
        "--config",
        "python:catalogue.server",
        "catalogue.app:create_app()",
    ]
    server = start_server(
        command,
        folder,
        port=port,
        PORT=str(port),
        WEB_CONCURRENCY="2",
        CATALOGUE_OFFICE_EMAIL="katalog@example.org",
    )
    try:
        yield server.wait()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; without one they are skipped, except where one is promised."""
    if CHROMIUM is None:
        text = "browser tests did not run: found no chromium, chromium-browser or google-chrome"
        if IS_BROWSER_PROMISED:
            pytest.fail(text)
        pytest.skip(text)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()
