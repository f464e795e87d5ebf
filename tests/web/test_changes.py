"""What has happened in repositories: the page by month, and feeds that name each event once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harvest_catalogue import FORK, FORK_KEY, NOW, TOOL_KEY, a_snapshot, keep, open_store, publish
from html_page import Page
from page_checks import check_page

from catalogue.config import Settings
from catalogue.domain.snapshot import Voice
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.storage.store import Store

ATOM = "{http://www.w3.org/2005/Atom}"
K = ChangeKind
HOSTILE = "<script>alert(1)</script>\x00 %(x)s " + "x" * 900
LICENCE = Change(
    kind=K.LICENCE, on=date(2026, 10, 3), before="MIT", after="EUPL-1.2", voice=Voice.LICENCE_FILE
)
RELEASE = Change(kind=K.RELEASE, on=date(2026, 11, 2), after="v2.0", voice=Voice.HISTORY)


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


def page_of(client: FlaskClient, path: str = "/de/changes", lang: str = "de") -> Page:
    answer = client.get(path)
    assert answer.status_code == 200
    page = Page(answer.text, status=200, headers=answer.headers, address=path)
    check_page(page, lang)
    return page


def feed_of(client: FlaskClient, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def texts(feed: ElementTree.Element, name: str) -> list[str]:
    return [entry.findtext(ATOM + name) or "" for entry in feed.findall(f"{ATOM}entry")]


def test_before_anything_has_happened_the_page_says_why_it_is_empty(client: FlaskClient) -> None:
    assert "Ab dem zweiten Blick sehen wir, was sich ändert" in page_of(client).main.text
    assert feed_of(client, "/de/changes.atom").findall(f"{ATOM}entry") == []


def test_changes_stand_by_month_with_the_solution_and_the_evidence(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(), LICENCE, RELEASE)

    page = page_of(client)

    assert [node.text for node in page.main.all("h2")] == ["November 2026", "Oktober 2026"]
    assert "Werkzeug: Neue Version: v2.0." in page.main.text
    assert "Werkzeug: Lizenz geändert von MIT zu EUPL-1.2 (Lizenzdatei)." in page.main.text
    assert {"/de/solutions/tool", "/de/solutions/tool/status"} <= set(page.links())
    assert page.one("head").one("link", type="application/atom+xml")["href"] == "/de/changes.atom"


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_is_a_sentence(client: FlaskClient, store: Store, kind: ChangeKind) -> None:
    keep(store, a_snapshot(), Change(kind=kind, on=date(2026, 11, 1), before="beta", after="stable"))

    row = page_of(client).main.one("ul", class_="change-list")

    assert row.text.partition("Werkzeug: ")[2].split(" http")[0].endswith(".")
    assert "%(" not in row.text
    assert "None" not in row.text


def test_a_kind_and_a_solution_in_the_address_narrow_page_and_feed(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(), LICENCE, RELEASE)
    keep(store, a_snapshot(asked=FORK), RELEASE, key=FORK_KEY)

    by_kind = page_of(client, "/de/changes?kind=licence&kind=nonsense")
    by_solution = page_of(client, "/de/changes?solution=fork")

    assert "v2.0" not in by_kind.main.text
    assert "Werkzeug" not in by_solution.main.text
    assert by_solution.heading == "Was sich getan hat: Gabel"
    assert len(texts(feed_of(client, "/de/changes.atom?kind=licence"), "id")) == 1
    assert len(texts(feed_of(client, "/de/changes.atom?solution=tool"), "id")) == 2
    assert len(texts(feed_of(client, "/de/solutions/fork/changes.atom"), "id")) == 1


@pytest.mark.parametrize(
    "path", ["/de/changes?solution=x", "/de/changes.atom?solution=x", "/de/solutions/x/changes.atom"]
)
def test_a_solution_that_is_not_there_has_no_changes(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_feed_has_what_the_standard_asks_for(client: FlaskClient, store: Store, lang: str) -> None:
    keep(store, a_snapshot(), LICENCE, RELEASE)

    feed = feed_of(client, f"/{lang}/changes.atom?kind=release&kind=licence")

    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost/{lang}/changes.atom?kind=release&kind=licence"
    assert links["alternate"] == f"http://localhost/{lang}/changes?kind=release&kind=licence"
    assert (feed.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    ids, updated = texts(feed, "id"), [datetime.fromisoformat(text) for text in texts(feed, "updated")]
    assert len(set(ids)) == len(ids) == 2
    assert updated == sorted(updated, reverse=True)
    assert all(moment.tzinfo for moment in updated)
    assert all(texts(feed, "title") + texts(feed, "summary"))


def test_an_event_keeps_its_id_in_every_feed_and_after_a_move(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(), LICENCE)
    before = texts(feed_of(client, "/de/changes.atom"), "id")

    keep(store, a_snapshot(address="https://github.com/town/toolbox", when=NOW))

    assert texts(feed_of(client, "/de/changes.atom?solution=tool"), "id") == before
    assert texts(feed_of(client, "/en/solutions/tool/changes.atom"), "id") == before


def test_one_event_seen_twice_is_one_entry(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(), LICENCE, LICENCE)
    keep(store, a_snapshot(when=NOW + timedelta(minutes=1)), LICENCE)

    assert len(texts(feed_of(client, "/de/changes.atom"), "id")) == 1


def test_what_strangers_write_is_only_text(client: FlaskClient, store: Store) -> None:
    evil = Change(kind=K.RELEASE, on=date(2026, 11, 1), after=HOSTILE, voice=Voice.HISTORY)
    moved = Change(kind=K.MOVED, on=date(2026, 11, 1), before="javascript:alert(1)", after=HOSTILE)
    keep(store, a_snapshot(), evil, moved)

    page, feed = page_of(client), feed_of(client, "/de/changes.atom")

    assert len(page.all("script")) == 1
    assert not [link for link in page.links() if link.startswith("javascript:")]
    assert not feed.findall(".//script")
    assert all(len(title) < 500 for title in texts(feed, "title"))


def test_changes_of_repositories_that_no_entry_names_are_not_shown(client: FlaskClient, store: Store) -> None:
    store.harvest.know({"git.example/other": ("https://git.example/other", NOW)})
    other = a_snapshot(asked="https://git.example/other")
    keep(store, other, RELEASE, key="git.example/other")

    assert "v2.0" not in page_of(client).main.text
    assert TOOL_KEY in store.harvest.standings()
