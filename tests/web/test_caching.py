"""What browsers may keep, and for how long."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from html_page import Page
from werkzeug.test import TestResponse

GetPage = Callable[..., Page]


def fetch(client: FlaskClient, address: str) -> TestResponse:
    """A static file; the server streams it, so the test client has to read and close it."""
    with client.get(address, buffered=True) as answer:
        answer.get_data()
        return answer


@pytest.mark.parametrize(
    "path", ["/de/", "/de/solutions?q=Stadt", "/en/solutions/hal-plan", "/de/compare.csv?id=hal-plan"]
)
def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(path, headers={"If-None-Match": '"something-else"'})

    assert again.status_code == 304
    assert again.data == b""
    assert "Content-Security-Policy" in again.headers
    assert other.status_code == 200
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_errors_are_not_kept(client: FlaskClient) -> None:
    answer = client.get("/de/no-such-page")

    assert "ETag" not in answer.headers
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_head_request_says_what_a_get_would(client: FlaskClient) -> None:
    head, get = client.head("/de/about"), client.get("/de/about")

    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]


def test_static_files_carry_their_hash_and_are_kept_for_a_year(
    get_page: GetPage, client: FlaskClient
) -> None:
    page = get_page("/")
    addresses = [node["href"] for node in page.all("link", rel="stylesheet")]
    addresses += [node["src"] for node in page.all("script", "img")]

    assert len(addresses) >= 4
    for address in addresses:
        assert re.match("/static/[0-9a-f]{12}/", address)
        answer = fetch(client, address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_style_sheets_ask_no_other_host(get_page: GetPage, client: FlaskClient) -> None:
    for link in get_page("/").all("link", rel="stylesheet"):
        text = fetch(client, link["href"]).text
        targets = re.findall(r"url\(\s*[\"']?([^)\"']+)", text) + re.findall(
            r"@import\s+[\"']([^\"']+)", text
        )
        for target in targets:
            assert target.startswith(("data:", "#")) or "//" not in target, (
                f"{link['href']} asks {target[:80]}"
            )
            if not target.startswith(("data:", "#")):
                base = link["href"].rpartition("/")[0]
                assert fetch(client, f"{base}/{target}").status_code == 200, f"{target} is missing"


@pytest.mark.parametrize(
    "name", ["catalogue.css", "../app.py", "..%2f..%2fapp.py", "nope.js", "vendor/", "", "%2e%2e/labels.py"]
)
def test_nothing_but_static_files_can_be_fetched_there(client: FlaskClient, name: str) -> None:
    assert fetch(client, f"/static/000000000000/{name}").status_code == 404
    assert fetch(client, f"/static/{name}").status_code == 404
