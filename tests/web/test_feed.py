"""The Atom feed of a search: RFC 4287, the same results as the page, harmless whatever was asked."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from html_page import Page

GetPage = Callable[..., Page]
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client: FlaskClient, query: str = "", lang: str = "de") -> ElementTree.Element:
    answer = client.get(f"/{lang}/solutions.atom{query}")
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def text(node: ElementTree.Element, name: str) -> str:
    found = node.findall(ATOM + name)
    assert len(found) == 1, f"{len(found)} {name}"
    return found[0].text or ""


def links(node: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in node.findall(ATOM + "link")}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("query", ["", "?q=Beteiligung&topic=participation", "?q=xyzzyqwert"])
def test_a_feed_has_what_the_standard_asks_for(client: FlaskClient, lang: str, query: str) -> None:
    feed = feed_of(client, query, lang)

    assert feed.tag == f"{ATOM}feed"
    assert text(feed, "id").startswith("urn:uuid:")
    assert text(feed, "title")
    assert text(feed.find(f"{ATOM}author") or feed, "name")
    assert links(feed)["self"] == f"http://localhost/{lang}/solutions.atom{query}"
    assert links(feed)["alternate"] == f"http://localhost/{lang}/solutions{query}"
    entries = feed.findall(f"{ATOM}entry")
    moments = [datetime.fromisoformat(text(entry, "updated")) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert all(moment.tzinfo for moment in [*moments, datetime.fromisoformat(text(feed, "updated"))])
    assert len({text(entry, "id") for entry in entries}) == len(entries) <= 50
    for entry in entries:
        assert text(entry, "title")
        assert text(entry, "summary")
        assert urlsplit(links(entry)["alternate"]).path.startswith(f"/{lang}/solutions/")


def test_a_feed_has_what_the_page_shows(client: FlaskClient, get_page: GetPage) -> None:
    page = get_page("/solutions?q=Terminvereinbahrung&kind=software&list=hal-plan")
    link = page.one("head").one("link", type="application/atom+xml")

    feed = feed_of(client, "?" + urlsplit(link["href"]).query)

    assert urlsplit(link["href"]).path == "/de/solutions.atom"
    assert "list=" not in link["href"]
    assert page.link("Als Atom-Feed abonnieren") == link["href"]
    assert {text(entry, "title") for entry in feed.findall(f"{ATOM}entry")} == set(page.card_names())
    assert text(feed, "title") == "Nachnutzungskatalog – „Terminvereinbahrung“, Art: Software"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("near=Berlin&km=25", "Umkreis: 25 km um Berlin"),
        ("q=Stadt&not-kind=software", "„Stadt“, nicht Art: Software"),
    ],
)
def test_a_feed_keeps_to_distances_and_exclusions(
    client: FlaskClient, get_page: GetPage, query: str, title: str
) -> None:
    page, feed = get_page(f"/solutions?{query}"), feed_of(client, f"?{query}")

    assert text(feed, "title") == f"Nachnutzungskatalog – {title}"
    assert len(page.card_names()) > 0
    assert {text(entry, "title") for entry in feed.findall(f"{ATOM}entry")} >= set(page.card_names())
    assert str(len(feed.findall(f"{ATOM}entry"))) == page.one("h2", id="count").text.split()[0]


def test_an_entry_keeps_its_id_whatever_was_searched_for(client: FlaskClient) -> None:
    def hal_plan(query: str) -> str:
        entries = feed_of(client, query).findall(f"{ATOM}entry")
        return next(text(entry, "id") for entry in entries if text(entry, "title") == "HAL-Plan")

    assert hal_plan("?q=HAL-Plan") == hal_plan("?q=digitaler+Zwilling")


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/de/solutions.atom?q=Stadt")

    again = client.get("/de/solutions.atom?q=Stadt", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert not again.data


@pytest.mark.parametrize(
    "asked",
    [
        "<script>alert(1)</script>",
        "]]> & <!-- \" '",
        "\x00\x08\x0b\x1f\ufffe x",
        "\u202e\U0001f333",
        "%(a)s {0}",
    ],
)
def test_hostile_words_are_only_words(client: FlaskClient, asked: str) -> None:
    feed = feed_of(client, f"?q={quote(asked)}&topic={quote(asked)}")

    kept = "".join(sign for sign in asked.strip() if sign.isprintable() or sign == "\u202e")
    assert kept in text(feed, "title")
    assert not feed.findall(".//script")
