"""The office's page of what leaves the house: who may see it, what it shows, and what each button does."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harvest_catalogue import open_store, publish
from html_page import Page
from office_login import log_in
from page_checks import check_page

from catalogue.config import Settings
from catalogue.domain.access import Role
from catalogue.storage.database import writer
from catalogue.storage.outbox import Channel, Message, Sending, post
from catalogue.storage.store import Store

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PATH = "/de/office/outbox"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("office")).data


@pytest.fixture
def data(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "var"))


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    opened = open_store(Settings.from_environ({"CATALOGUE_DATA": str(data)}))
    yield opened
    opened.close()


@pytest.fixture
def app(data: Path, make_app: Callable[..., Flask]) -> Flask:
    """Nothing is delivered by itself."""
    app = make_app(data)
    app.extensions["deliver_soon"] = []
    app.extensions["catalogue"].clock = lambda: NOW
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The browser of an administrator."""
    made = app.test_client()
    log_in(made)
    return made


def put(store: Store, **more: str) -> int:
    message = Message(
        **{
            "address": "amt@stadt.example",
            "title": "Bitte <b>bestätigen</b>",
            "text": "https://katalog.example/geheim",
            "subject": "report",
            "number": 7,
            **more,
        }
    )
    with writer(store._engine).begin() as connection:
        return post(connection, message, NOW)


def page_of(client: FlaskClient) -> Page:
    answer = client.get(PATH)
    assert answer.status_code == 200
    page = Page(answer.text, status=200, headers=answer.headers, address=PATH)
    check_page(page, "de")
    return page


def press(client: FlaskClient, message: object, do: str, **more: str):
    forms = page_of(client).all("form", action=PATH)
    ticket = forms[0].one("input", name="ticket")["value"] if forms else ""
    given = {"ticket": ticket, "message": str(message), "do": do, **more}
    return client.post(PATH, data=given)


@pytest.mark.parametrize(
    ("role", "status"), [(None, 303), (Role.READER, 403), (Role.EDITOR, 403), (Role.ADMINISTRATOR, 200)]
)
def test_only_administrators_see_the_page(app: Flask, role: Role | None, status: int) -> None:
    client = app.test_client()
    if role:
        log_in(client, role)

    assert client.get(PATH).status_code == status
    if status != 200:
        assert client.post(PATH, data={"message": "1", "do": "retry"}).status_code == 403


def test_it_shows_what_waits_what_failed_and_what_was_sent_without_addresses(
    client: FlaskClient, store: Store
) -> None:
    put(store)
    put(store, channel=Channel.WEBHOOK, address="https://hook.example/tokens/abc", title="reuse.new")
    store.outbox.failed(store.outbox.claim(Channel.WEBHOOK, NOW), NOW, "answered 500")
    put(store, address="rat@dorf.example", title="Ihr Beleg")
    store.outbox.later(store.outbox.claim(Channel.MAIL, NOW), NOW, "refused 450 4.2.1")
    store.outbox.sent(store.outbox.claim(Channel.MAIL, NOW, not_to=["amt@stadt.example"]), NOW)

    page = page_of(client)

    assert "stadt.example" in page.section("waiting").text
    assert "abgelehnt 450 4.2.1" in page.section("waiting").text
    assert "hook.example" in page.section("given-up").text
    assert "unerwartete Antwort 500" in page.section("given-up").text
    assert "dorf.example" in page.section("sent").text
    for secret in ("amt@", "rat@", "tokens", "geheim", "<b>bestätigen"):
        assert secret not in page.html
    assert page.headers["Cache-Control"] == "no-store"


def test_a_message_is_tried_again_and_that_is_in_the_audit_trail(
    client: FlaskClient, store: Store, data: Path
) -> None:
    number = put(store)
    store.outbox.failed(store.outbox.claim(Channel.MAIL, NOW), NOW, "refused 550")

    answer = press(client, number, "retry")

    assert answer.status_code == 303
    [line] = store.outbox_log.lines([Sending.WAITING], limit=9)
    assert (line.tries, line.trouble) == (0, "")
    with sqlite3.connect(data / "catalogue.db") as connection:
        rows = connection.execute("SELECT subject, number, actor, action FROM event").fetchall()
    assert [row for row in rows if row[0] == "message"] == [("message", number, "office:1", "retry")]


def test_a_message_is_given_up_once(client: FlaskClient, store: Store) -> None:
    number = put(store)

    assert press(client, number, "give-up").location.endswith("done=give-up")
    put(store)  # so that there is a form to press
    assert press(client, number, "give-up").location.endswith("done=no")
    assert press(client, number, "retry").location.endswith("done=no")


def test_only_the_own_form_counts(client: FlaskClient, store: Store) -> None:
    number = put(store)

    assert press(client, number, "retry", ticket="x").status_code == 400
    assert press(client, number, "burn").status_code == 404
    assert press(client, "1; DROP TABLE outbox", "retry").status_code == 404
    assert press(client, "9" * 30, "retry").status_code == 404
    assert client.post(PATH, data={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
