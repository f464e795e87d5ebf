"""The office in a browser: login by password and at a login service, under the strict policy."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from oidc_provider import CLIENT, SECRET, FakeProvider, a_provider
from playwright.sync_api import Browser, Page
from servers import PROGRAMS, Server, free_port, start_server
from visits import DESKTOP, PHONE

from catalogue.domain.access import Role
from catalogue.domain.reuse_report import SYSTEM
from catalogue.storage.accounts import NewAccount
from catalogue.storage.passwords import hash_password
from catalogue.storage.store import Store

PASSWORD = "drei Bäume am Fluss"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    with a_provider() as provider:
        provider.now = time.time()
        provider.claims = {"sub": "7", "preferred_username": "berta", "name": "Berta", "groups": ["kts"]}
        yield provider


@pytest.fixture(scope="module")
def server(
    published: Path, tmp_path_factory: pytest.TempPathFactory, provider: FakeProvider
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(published, folder / "var")
    store = Store.open(f"sqlite:///{folder}/var/catalogue.db", migrate=True)
    new = NewAccount(login="anna", name="Anna", role=Role.ADMINISTRATOR, password=hash_password(PASSWORD))
    store.accounts.add(new, actor=SYSTEM, now=store.state().published_at)
    store.close()
    port = free_port()
    server = start_server(
        [
            *(str(PROGRAMS / "gunicorn"), "--config", "python:catalogue.server", "--workers", "1"),
            "catalogue.app:create_app()",
        ],
        folder,
        port=port,
        PORT=str(port),
        CATALOGUE_BASE_URL=f"http://127.0.0.1:{port}",
        CATALOGUE_OIDC_ISSUER=provider.url,
        CATALOGUE_OIDC_CLIENT_ID=CLIENT,
        CATALOGUE_OIDC_CLIENT_SECRET=SECRET,
        CATALOGUE_OIDC_ROLES="groups:kts=editor",
    )
    try:
        yield server.wait()
    finally:
        server.stop()


@pytest.fixture(params=["desktop", "phone without JavaScript"])
def page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new visitor; whatever the policy stops or a script says is noted."""
    is_phone = request.param != "desktop"
    width, height = PHONE if is_phone else DESKTOP
    context = browser.new_context(
        base_url=server.url,
        locale="de-DE",
        viewport={"width": width, "height": height},
        java_script_enabled=not is_phone,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    context.close()
    assert [text for text in trouble if "status of 403" not in text] == []


def test_the_office_logs_in_looks_around_and_logs_out(page: Page) -> None:
    page.goto("/de/office/accounts")
    page.fill("#login", "anna")
    page.fill("#password", "falsch")
    page.get_by_role("button", name="Anmelden").click()
    wrong = page.locator("[role=alert]").inner_text()
    kept = page.input_value("#login")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/de/office/accounts")
    (cookie,) = page.context.cookies()
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/de/login?done=out")

    assert "passen nicht zusammen" in wrong
    assert kept == "anna"
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("office", True, "Lax")
    assert page.context.cookies() == []


def test_the_login_service_leads_there_and_back_under_the_policy(page: Page) -> None:
    page.goto("/de/office/password")
    page.get_by_role("link", name="Mit dem Anmeldedienst anmelden").click()
    page.wait_for_url("**/de/office/password")

    assert "Angemeldet als Berta" in page.locator("main").inner_text()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["office"]
