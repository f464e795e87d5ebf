"""What is true of every page; `get_page` checks it, here it is sent everywhere."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from page_kinds import KINDS, NOT_FOUND

GetPage = Callable[..., Page]
PARTS = 6  # of the site map, so that several processes can share it


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_sound(get_page: GetPage, kind: str, lang: str) -> None:
    page = get_page(KINDS[kind], lang)

    assert "%(" not in page.html, "a placeholder was not filled"
    assert not re.search(r"\bNone\b(?! of)", page.main.text), "an absent value is shown as None"


@pytest.mark.parametrize("kind", KINDS)
def test_the_link_to_the_other_language_leads_to_the_same_page(get_page: GetPage, kind: str) -> None:
    german = get_page(KINDS[kind], "de")
    switch = german.one("a", hreflang="en")

    english = get_page(switch["href"].removeprefix("/en"), "en")
    back = english.one("a", hreflang="de")

    assert (switch["lang"], back["lang"]) == ("en", "de")
    assert parse_qsl(urlsplit(back["href"]).query) == parse_qsl(urlsplit(german.address).query)
    assert urlsplit(back["href"]).path == urlsplit(german.address).path


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_the_site_map_is_there_with_a_title_of_its_own(
    get_page: GetPage, client: FlaskClient, part: int
) -> None:
    seen: dict[str, str] = {}

    for path in site_map(client)[part::PARTS]:
        page = get_page(path)

        assert not page.is_noindex, f"{path} is in the site map and noindex"
        assert page.description not in seen, f"{path} is described like {seen[page.description]}"
        seen[page.description] = path


def test_every_profile_is_there_in_english(get_page: GetPage, client: FlaskClient) -> None:
    for path in site_map(client):
        if path.startswith("/solutions/"):
            get_page(path, "en")


def test_the_site_map_holds_every_solution_project_and_topic_in_both_languages(client: FlaskClient) -> None:
    text = client.get("/sitemap.xml").text

    assert text.count("/de/solutions/") == text.count("/en/solutions/") == 74
    assert text.count("/de/model-projects/") == text.count("/en/model-projects/") == 73
    assert text.count("/de/topics/") == 14
    assert "/de/municipalities/15003000<" in text


def test_robots_may_look_at_everything_but_endless_lists(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text

    assert "Disallow: /*/compare" in text
    assert "Disallow: /\n" not in text
    assert re.search(r"^Sitemap: https?://[^/]+/sitemap\.xml$", text, re.MULTILINE)


def test_no_link_within_the_catalogue_is_dead(get_page: GetPage, client: FlaskClient) -> None:
    links = (urlsplit(link) for path in KINDS.values() for link in get_page(path).links())
    targets = {link.path for link in links if link.path and not link.scheme}

    dead = {target for target in sorted(targets) if client.get(unquote(target)).status_code != 200}

    assert len(targets) > 100
    assert dead <= {"/de/compare.csv"}  # without ids it is none


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "path", [NOT_FOUND, "/solutions/nobody-knows", "/municipalities/99999999", "/topics/x"]
)
def test_a_missing_page_helps_in_the_readers_language(get_page: GetPage, path: str, lang: str) -> None:
    page = get_page(path, lang, 404)

    assert page.is_noindex
    assert not page.all("link", rel="canonical")
    assert page.main.one("form")["action"] == f"/{lang}/solutions"
    for target in ("/", "/solutions", "/topics", "/municipalities"):
        assert f"/{lang}{target}" in page.links()


def test_pages_can_only_be_read(client: FlaskClient) -> None:
    answer = client.post("/de/solutions", data={"q": "x"})

    assert answer.status_code == 405
    assert "Set-Cookie" not in answer.headers
    page = Page(answer.text, status=405, headers=answer.headers, address="/de/solutions")
    assert page.heading == "So geht es hier nicht"


def test_a_public_address_is_used_wherever_an_absolute_one_is_needed(
    published: Path, make_app: Callable[..., Flask]
) -> None:
    client = make_app(published, base_url="https://katalog.example/stadt/").test_client()

    page = client.get("/de/solutions/hal-plan", headers={"Host": "evil.example"})

    assert 'rel="canonical" href="https://katalog.example/stadt/de/solutions/hal-plan"' in page.text
    assert "evil.example" not in page.text


def site_map(client: FlaskClient) -> list[str]:
    """The paths of the site map without language."""
    found = re.findall(r"<loc>https?://[^/]+/de(/[^<]*)</loc>", client.get("/sitemap.xml").text)
    assert len(found) > 200
    return found
