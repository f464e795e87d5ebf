"""The state of the harvest: figures, the work list, and the same as CSV."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harvest_catalogue import (
    DAY,
    FORK,
    FORK_KEY,
    LICENCE,
    NOW,
    TOOL,
    a_snapshot,
    fact,
    fail,
    keep,
    open_store,
    publish,
)
from html_page import Page
from page_checks import check_page

from catalogue.config import Settings
from catalogue.domain.snapshot import Question, Voice
from catalogue.storage.store import Store

CONTACT_PAGE = "https://example.org/kontakt"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return publish(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def client(settings: Settings, make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(settings.data, entries=str(settings.entries)).test_client(use_cookies=False)


def page_of(client: FlaskClient, path: str = "/de/harvest", lang: str = "de") -> Page:
    answer = client.get(path)
    assert answer.status_code == 200
    page = Page(answer.text, status=200, headers=answer.headers, address=path)
    check_page(page, lang)
    return page


def rows_of(client: FlaskClient, query: str = "") -> list[list[str]]:
    answer = client.get(f"/de/harvest.csv{query}")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def figures(page: Page) -> list[str]:
    return [node.text for figure in page.all(class_="figure") for node in figure.all("dd")]


def test_before_anybody_has_looked_the_page_says_so_and_there_is_nothing_to_do(client: FlaskClient) -> None:
    page = page_of(client)

    assert figures(page) == ["2", "0", "0", "2"]
    assert "Der Katalog hat noch nie selbst nachgesehen." in page.main.text
    assert "Nichts zu tun" in page.main.text
    assert len(rows_of(client)) == 1  # the heading
    assert page_of(client, "/en/harvest", "en").heading


def test_figures_count_what_was_looked_at_and_what_fails(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot())
    fail(store, when=NOW - 5 * DAY, key=FORK_KEY)

    assert figures(page_of(client)) == ["2", "1", "1", "0"]


def test_findings_stand_by_kind_with_what_to_do(client: FlaskClient, store: Store) -> None:
    origin = fact(Question.ORIGIN, {"kind": "mirror", "address": TOOL}, Voice.FORGE)
    keep(store, a_snapshot(LICENCE))
    keep(store, a_snapshot(LICENCE, origin, asked=FORK), key=FORK_KEY)
    store.harvest.keep_pages({CONTACT_PAGE: "there"}, now=NOW - 30 * DAY)
    store.harvest.keep_pages({CONTACT_PAGE: "gone"}, now=NOW - DAY)

    page = page_of(client)

    headings = [node.text for node in page.main.all("h3")]
    assert headings == [
        "Kontaktseite verschwunden (5)",  # every entry of this catalogue names it
        "Verschiedene Lizenzen genannt (1)",
        "Kopie einer anderen Lösung im Katalog (1)",
    ]
    assert "zuletzt da am" in page.main.text
    assert "/de/solutions/tool/status" in page.links()


def test_a_kind_in_the_address_narrows_page_and_csv(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(LICENCE))
    fail(store, when=NOW - 9 * DAY, key=FORK_KEY)

    page, rows = page_of(client, "/de/harvest?kind=licence&kind=x"), rows_of(client, "?kind=licence")

    assert [node.text for node in page.main.all("h3")] == ["Verschiedene Lizenzen genannt (1)"]
    assert "/de/harvest.csv?kind=licence" in page.links()
    assert page.is_noindex
    assert [row[1] for row in rows[1:]] == ["Werkzeug"]
    assert len(rows_of(client)) == 3


def test_a_kind_that_was_not_found_says_so(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(LICENCE))

    assert "Davon wurde nichts gefunden" in page_of(client, "/de/harvest?kind=archived").main.text


def test_a_cell_never_begins_like_a_formula(client: FlaskClient, store: Store) -> None:
    fail(store, when=NOW - 9 * DAY, detail="=HYPERLINK(1)")
    evil = fact(Question.LICENCE, '=cmd|"/c calc"!A1', Voice.PUBLICCODE, "publiccode.yml")
    keep(store, a_snapshot(LICENCE, evil, asked=FORK), key=FORK_KEY)

    cells = [cell for row in rows_of(client) for cell in row]

    assert any("=HYPERLINK(1)" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_what_strangers_write_is_only_text(client: FlaskClient, store: Store) -> None:
    fail(store, when=NOW - 9 * DAY, detail="<script>alert(1)</script>" * 50)
    evil = fact(Question.LICENCE, "<script>alert(2)</script>", Voice.PUBLICCODE, "javascript:alert(1)")
    keep(store, a_snapshot(LICENCE, evil, asked=FORK, address="https://x.example/<b>"), key=FORK_KEY)

    page = page_of(client)

    assert len(page.all("script")) == 1
    assert not [link for link in page.links() if link.startswith("javascript:")]


def test_every_page_leads_to_changes_and_harvest(client: FlaskClient) -> None:
    links = page_of(client, "/de/about").links()

    assert {"/de/changes", "/de/harvest"} <= set(links)
