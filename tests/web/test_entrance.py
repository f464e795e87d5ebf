"""Addresses without a language, and those for machines."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page, json_of
from page_checks import check_headers

GetPage = Callable[..., Page]


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("de", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9,de;q=0.5", "en"),
        ("de-AT", "de"),
        ("fr,en;q=0.4", "en"),  # the best of what there is
        ("fr", "de"),  # German is the source language
        ("", "de"),
        ("*", "de"),
        ("en;q=0,de", "de"),
        (";;;=,q=x", "de"),  # nonsense
    ],
)
def test_the_root_leads_to_the_readers_language(client: FlaskClient, accepted: str, lang: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{lang}/"
    assert "Accept-Language" in answer.headers["Vary"]
    check_headers(answer.headers)


@pytest.mark.parametrize(
    "address",
    [
        "/solutions/hal-plan",
        "/solutions?q=B%C3%BCrger%20%26%20Stadt&topic=mobility&topic=health",
        "/compare?id=hal-plan&id=civitas-core",
        "/municipalities/15003000",
        "/about",
        "/solutions?q=%00%FF%zz",  # what makes no sense is handed on as it is
    ],
)
def test_a_short_address_leads_on_and_keeps_its_query(client: FlaskClient, address: str) -> None:
    answer = client.get(
        address.partition("?")[0],
        headers={"Accept-Language": "en"},
        environ_overrides={"QUERY_STRING": address.partition("?")[2]},
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en{address}"


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/de/nowhere", "/fr/solutions", "/de/de/solutions", "/\\evil.example", "/\r\nX: y", "/\x00"],
)
def test_what_is_no_page_leads_nowhere(client: FlaskClient, path: str, lang: str) -> None:
    answer = client.get("/", headers={"Accept-Language": lang}, environ_overrides={"PATH_INFO": path})

    assert answer.status_code == 404
    assert "Location" not in answer.headers
    page = Page(answer.text, status=404, headers=answer.headers, address=path)
    assert page.one("html")["lang"] == ("de" if path.startswith("/de") else lang)


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/de/", "///evil.example/solutions", "//solutions"]
)
def test_no_address_leads_to_another_host(client: FlaskClient, path: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path})

    assert answer.status_code in (302, 308, 404)
    target = urljoin("http://localhost/", answer.headers.get("Location", ""))
    assert urlsplit(target).netloc == "localhost"


def test_a_language_without_slash_is_its_start_page(client: FlaskClient) -> None:
    answer = client.get("/de", headers={"Host": "evil.example"})

    assert answer.status_code == 200
    assert b"evil.example" not in answer.data  # neither in a redirect nor in a link that a cache would keep


def test_health_says_which_revision_is_served(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert json_of(answer.data) == {"status": "ok", "revision": 1}
    assert answer.headers["Cache-Control"] == "no-store"
    check_headers(answer.headers)


def test_before_the_first_publication_pages_say_so_in_words(
    tmp_path: Path, make_app: Callable[..., Flask], get_page: GetPage
) -> None:
    client = make_app(tmp_path / "nothing-here").test_client()

    health = client.get("/healthz")
    german = get_page("/solutions", "de", 503, client=client)
    english = get_page("/", "en", 503, client=client)

    assert health.status_code == 503
    assert german.heading == "Der Katalog ist gerade nicht erreichbar"
    assert "einigen Minuten" in german.main.text
    assert english.one("html")["lang"] == "en"
    assert not (tmp_path / "nothing-here").exists(), "reading creates nothing"


def test_a_missing_page_is_missing_before_the_first_publication_too(
    tmp_path: Path, make_app: Callable[..., Flask], get_page: GetPage
) -> None:
    client = make_app(tmp_path).test_client()

    get_page("/no-such-page", "de", 404, client=client)
    get_page("/imprint", "de", 200, client=client)
