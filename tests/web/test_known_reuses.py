"""What pages show of reuse: who says so, how far it is, and those who want no name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from builders import MAGDEBURG
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from html_page import Node, Page
from reports import WHEN, confirm, report

from catalogue.commands.worker import worker
from catalogue.config import Settings
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import Action, Visibility
from catalogue.storage.store import Store
from catalogue.web.reuse_changed import reuse_changed

GetPage = Callable[..., Page]
STENDAL = "15090"
EVIL = "<script>alert(1)</script> {{ 7*7 }}"
SECRET = "Wernigerode"  # of a town that is named nowhere else on the pages asked here
SECRET_KEY = "15085370"


@pytest.fixture
def app(data_folder: Path, make_app: Callable[..., Flask]) -> Flask:
    """An application on a catalogue of its own."""
    return make_app(data_folder, office_email="katalog@example.org")


@pytest.fixture
def titles() -> dict[tuple[str, str], str]:
    """The titles of this catalogue's pages."""
    return {}


@pytest.fixture
def store(app: Flask, client: FlaskClient) -> Store:
    """The store that the application has open."""
    assert client.get("/de/").status_code == 200
    found: Store = app.extensions["catalogue"].store
    return found


@pytest.fixture
def tell(app: Flask) -> Callable[..., None]:
    """What the office's click does after its transaction."""

    def told(*solutions: str) -> None:
        with app.test_request_context("/de/"):
            reuse_changed(solutions or ("hal-plan",))

    return told


def row_of(page: Page, name: str) -> Node:
    rows = page.all("li", class_="reuse")
    return next(row for row in rows if row.one("p", class_="reuse__body").text == name)


def test_a_confirmed_report_is_seen_on_the_next_page_with_all_that_the_town_tells(
    store: Store, tell: Callable[..., None], get_page: GetPage
) -> None:
    confirm(
        store,
        MAGDEBURG,
        steps=(Step(stage=Stage.TRIAL, since="2025-06"), Step(stage=Stage.IN_USE, since="2026-03-01")),
        what=What.MODULE,
        part="nur die Karte",
        version="2.1",
        operator="KID Magdeburg",
        address="https://plan.magdeburg.example/karte",
        effort="zwei Wochen",
        obstacles=EVIL,
        contact="digital@magdeburg.example",
        evidence="https://magdeburg.example/vorlage",
    )
    tell()

    page = get_page("/solutions/hal-plan")
    row = row_of(page, "Magdeburg")

    assert "bestätigt am 22.11.2026" in row.text
    assert row.all("span", class_="reuse__confirmed--yes")
    assert [step.text for step in row.one("ol", class_="reuse__steps").all("li")] == [
        "erprobt seit Juni 2025",
        "im Betrieb seit 01.03.2026",
    ]
    for words in ("einen Teil davon, nur die Karte", "2.1", "KID Magdeburg", "zwei Wochen", EVIL):
        assert words in row.text
    running = row.one("a", href="https://plan.magdeburg.example/karte")
    assert set(running["rel"].split()) == {"noopener", "nofollow"}
    assert row.all("a", href="mailto:digital@magdeburg.example")
    sources = [link["href"] for link in row.one("p", class_="provenance").all("a")]
    assert sources[0] == "https://magdeburg.example/vorlage"
    assert "https://www.kommune21.de/?p=125243" in sources
    assert not page.all("script", string=EVIL)
    assert "bestätigt am 22.11.2026" in get_page(f"/municipalities/{MAGDEBURG}").main.text
    assert "confirmed" in get_page("/solutions/hal-plan", "en").main.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://127.0.0.1/", "kein Link", EVIL])
def test_an_address_that_we_would_not_link_to_is_not_shown(
    store: Store, tell: Callable[..., None], get_page: GetPage, address: str
) -> None:
    confirm(store, MAGDEBURG, address=address, contact="a@b.example?bcc=c@d.example")
    tell()

    row = row_of(get_page("/solutions/hal-plan"), "Magdeburg")

    assert "Läuft unter" not in row.text
    assert "bcc" not in row.text


def test_every_list_and_count_follows_the_report(
    store: Store, tell: Callable[..., None], get_page: GetPage, client: FlaskClient
) -> None:
    before = client.get("/de/solutions.json?q=hal-plan&confirmed_at_least=1").json
    assert "hal-plan" not in [one["id"] for one in before["hits"]]
    confirm(store, MAGDEBURG)
    tell()

    after = client.get("/de/solutions.json?q=hal-plan&confirmed_at_least=1").json

    assert "hal-plan" in [one["id"] for one in after["hits"]]
    assert after["total"] == before["total"] + 1
    assert "davon 1 bestätigt" in get_page("/compare?id=hal-plan&id=masterportal").main.text


def test_who_wants_no_name_is_counted_and_named_nowhere(
    store: Store, tell: Callable[..., None], get_page: GetPage, client: FlaskClient, data_folder: Path
) -> None:
    count = store.reuse_counts(["hal-plan"])["hal-plan"].count
    kept = confirm(
        store,
        SECRET_KEY,
        visibility=Visibility.UNNAMED,
        operator=f"IT von {SECRET}",
        contact="it@wernigerode.example",
        evidence="https://wernigerode.example/",
    )
    tell()

    page = get_page("/solutions/hal-plan")
    group = page.section("reuse-unnamed")

    assert "im Betrieb 1 Stelle" in group.text
    assert not group.all("a")
    assert store.reuse_counts(["hal-plan"])["hal-plan"].count == count + 1
    asked = [
        *("/de/solutions/hal-plan", "/en/solutions/hal-plan", "/de/compare?id=hal-plan&id=masterportal"),
        *(
            "/de/solutions.json?q=hal-plan",
            "/de/solutions.atom?q=hal-plan",
            "/de/changes",
            "/de/municipalities",
        ),
        *("/de/compare.csv?id=hal-plan&id=masterportal", "/de/solutions/hal-plan/status"),
    ]
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "wernigerode" not in answer.text.casefold(), address
        assert SECRET_KEY not in answer.text, address
        assert f"~{kept.number}" not in answer.text, address
    assert SECRET_KEY not in client.get("/sitemap.xml").text
    assert "1 nicht öffentlich genannt" in client.get(asked[2]).text
    town = get_page(f"/municipalities/{SECRET_KEY}")
    assert not town.all("section", **{"aria-labelledby": "reuses"})
    assert "bei Ihnen noch nicht eingetragen" in town.section("like-us").text  # others are known to use it
    assert "hal-plan" not in [one["id"] for one in client.get(f"/de/solutions.json?q={SECRET}").json["hits"]]
    index = data_folder / "index" / store.state().index_folder
    assert not any(
        SECRET_KEY.encode() in file.read_bytes() for file in index.iterdir() if file.name == "facts.json"
    )
    assert client.get(f"/de/municipalities/~{kept.number}").status_code == 404


def test_a_plan_is_for_a_time_and_an_end_is_at_one(
    store: Store, tell: Callable[..., None], get_page: GetPage, client: FlaskClient
) -> None:
    confirm(store, STENDAL, steps=(Step(stage=Stage.PLANNED, since="2028"),))
    ended = (Step(stage=Stage.IN_USE, since="2024"), Step(stage=Stage.ENDED, since="2026-10"))
    confirm(store, MAGDEBURG, steps=ended)
    tell()

    page = get_page("/solutions/hal-plan")
    town = get_page(f"/municipalities/{STENDAL}").main.text
    feed = client.get("/de/solutions/hal-plan/reuse.atom").text

    assert "geplant für 2028" in town
    steps = row_of(page, "Magdeburg").one("ol", class_="reuse__steps").all("li")
    assert [step.text for step in steps][-2:] == ["im Betrieb seit 2024", "beendet Oktober 2026"]
    assert "geplant für 2028" in feed
    assert "beendet seit Oktober 2026" in feed


def test_every_page_says_the_same_number(
    store: Store, tell: Callable[..., None], get_page: GetPage, client: FlaskClient
) -> None:
    confirm(store, SECRET_KEY, visibility=Visibility.UNNAMED)
    confirm(store, MAGDEBURG, steps=(Step(stage=Stage.ENDED, since="2026-10"),))
    confirm(store, STENDAL, steps=(Step(stage=Stage.PLANNED, since="2028"),))
    confirm(store, STENDAL, solution="masterportal")
    tell("hal-plan", "masterportal")
    rows = client.get("/de/statistics/solutions.json").json["rows"]
    cards = get_page("/solutions?sort=most-reused").cards()

    for _, key, count, *_ in rows[:5]:
        (card,) = (card for card in cards if card.all("a", href=f"/de/solutions/{key}"))
        glance = get_page(f"/solutions/{key}").all("dd", class_="glance__answer")
        said = [
            card.one("span", class_="reuse-count__number").text,
            *(text for node in glance if (text := node.text).partition(" ")[2].startswith("Nachnutzung")),
            get_page(f"/map?solution={key}").one("h2", id="bodies").text,
            client.get(f"/solutions/{key}/badge.svg").text.partition("Nachnutzung: ")[2],
        ]
        assert [text.split(" ")[0] for text in said] == [str(count)] * 4, key
    figures = dict(zip(*_figures(get_page("/").section("figures")), strict=True))
    assert get_page("/map").one("h2", id="bodies").text.split(" ")[0] == figures["Nachnutzungen"]
    assert str(client.get("/de/statistics/totals.json").json["rows"][0][1]) == figures["Nachnutzungen"]


def _figures(section: Node) -> tuple[list[str], list[str]]:
    """Labels and numbers."""
    figures = section.all("div", class_="figure")
    return [one.one("dt").text for one in figures], [one.all("dd")[0].text for one in figures]


def test_a_report_that_nobody_has_checked_shows_nowhere(
    store: Store, tell: Callable[..., None], get_page: GetPage
) -> None:
    report(store, SECRET_KEY)
    tell()

    assert SECRET not in get_page("/solutions/hal-plan").main.text
    assert store.state().revision == 1


def test_a_town_that_says_no_is_not_named_any_more(
    store: Store, tell: Callable[..., None], get_page: GetPage
) -> None:
    assert row_of(get_page("/solutions/hal-plan"), "Magdeburg")
    kept = confirm(store, MAGDEBURG)
    denial = replace(kept, claim=replace(kept.claim, steps=()))
    store.reuse.keep(denial, action=Action.CHANGED, actor="reporter", now=WHEN)
    tell()

    names = [
        row.one("p", class_="reuse__body").text
        for row in get_page("/solutions/hal-plan").all("li", class_="reuse")
    ]

    assert "Magdeburg" not in names


def test_of_bodies_of_which_nobody_knows_whether_the_programme_pays_nothing_is_claimed(
    store: Store, tell: Callable[..., None], get_page: GetPage
) -> None:
    confirm(store, STENDAL)
    confirm(store, SECRET_KEY)
    tell()
    page = get_page("/solutions/hal-plan")

    words = {
        name: row_of(page, name).one("p", class_="reuse__programme").text
        for name in ("Landkreis Stendal", SECRET)
    }

    assert words["Landkreis Stendal"] == "Zugehörigkeit zum Programm nicht bekannt"
    assert words[SECRET] == "nicht im Programm gefördert"
    english = row_of(get_page("/solutions/hal-plan", "en"), "Landkreis Stendal")
    assert "not funded" not in english.text


def test_where_the_town_may_confirm_what_others_say_it_is_asked_to(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")

    asked = f"/de/reuse/report?solution=hal-plan&body={MAGDEBURG}"
    assert row_of(page, "Magdeburg").one("p", class_="reuse__confirm").all("a", href=asked)
    assert not row_of(page, "Paderborn").all("p", class_="reuse__confirm")
    assert page.section("reuse").all("a", href="/de/reuse/report?solution=hal-plan")


def test_what_could_not_be_published_at_once_is_published_by_the_worker(
    store: Store, data_folder: Path, get_page: GetPage
) -> None:
    confirm(store, SECRET_KEY)
    assert SECRET not in get_page("/solutions/hal-plan").main.text

    environ = {"CATALOGUE_DATA": str(data_folder), "CATALOGUE_SEMANTIC": "off", "CATALOGUE_HARVEST": "off"}
    done = CliRunner().invoke(worker, ["--once"], obj=Settings.from_environ(environ))

    assert done.exit_code == 0
    assert store.published_reuse.of(["hal-plan"])["hal-plan"][-1].body == SECRET_KEY


def test_the_worker_publishes_reports_though_the_entries_cannot_be(
    store: Store, data_folder: Path, tmp_path: Path
) -> None:
    confirm(store, SECRET_KEY)
    (tmp_path / "entries" / "solutions").mkdir(parents=True)

    environ = {
        "CATALOGUE_DATA": str(data_folder),
        "CATALOGUE_ENTRIES": str(tmp_path / "entries"),
        "CATALOGUE_SEMANTIC": "off",
        "CATALOGUE_HARVEST": "off",
    }
    CliRunner().invoke(worker, ["--once"], obj=Settings.from_environ(environ))

    assert store.state().revision == 2
    assert store.published_reuse.of(["hal-plan"])["hal-plan"][-1].body == SECRET_KEY
