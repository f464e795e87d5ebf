"""The demand radar on the pages: what counts as a search, what the public sees, what the office sees."""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from office_login import log_in
from page_checks import check_page

from catalogue.domain.access import Role
from catalogue.services.demand import Radar

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TERM = "hundesteuerbefreiungsantrag"  # finds nothing


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("demand") / "var"))


@pytest.fixture(scope="module")
def own_app(folder: Path, make_app: Callable[..., Flask]) -> Flask:
    made = make_app(folder, office_email="katalog@example.org", base_url="http://localhost")
    made.extensions["catalogue"].clock = lambda: made.extensions["now"]
    return made


@pytest.fixture
def app(own_app: Flask, folder: Path) -> Iterator[Flask]:
    """The application at noon, before anybody has searched for anything."""
    holder = own_app.extensions["catalogue"]
    own_app.extensions["now"] = NOW
    own_app.extensions["demand"] = Radar(
        lambda: holder.store, holder.secret_key, lambda: own_app.extensions["now"], every=3600
    )
    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        database.execute("DELETE FROM search_term")
        database.commit()
    yield own_app
    own_app.extensions["demand"].stop()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, path: str, *, reader: str = "192.0.2.1", **headers: str):
    given = {"User-Agent": FIREFOX, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return client.get(path, headers=given, environ_base={"REMOTE_ADDR": reader})


def page_of(answer) -> Page:
    assert answer.status_code == 200
    page = Page(answer.text, status=200, headers=answer.headers, address=answer.request.path)
    check_page(page, "de")
    return page


def rows(app: Flask, folder: Path) -> dict[str, tuple[int, int, int]]:
    """What was counted: searches, found, opened, by term."""
    app.extensions["demand"].flush()
    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        found = database.execute(
            "SELECT term, sum(searches), max(found), sum(opened) FROM search_term GROUP BY term"
        )
        return {row[0]: row[1:] for row in found}


def search_for_days(app: Flask, client: FlaskClient, term: str, *, days: int = 3, readers: int = 2) -> None:
    for _ in range(days):
        for reader in range(readers):
            assert ask(client, f"/de/solutions?q={term}", reader=f"192.0.2.{reader}").status_code == 200
        app.extensions["demand"].flush()
        app.extensions["now"] += DAY


# --- What counts


def test_a_search_counts_once_with_what_it_found(app: Flask, client: FlaskClient, folder: Path) -> None:
    page = page_of(ask(client, "/de/solutions?q=%20Digitaler%20ZWILLING"))
    ask(client, "/en/solutions?q=digitaler+zwilling")

    found = len(page.cards())
    assert found > 5
    searches, total, opened = rows(app, folder)["digitaler zwilling"]
    assert (searches, opened) == (1, 0)  # the same reader, in another language
    assert total >= found


def test_a_misspelt_search_counts_for_what_was_meant(app: Flask, client: FlaskClient, folder: Path) -> None:
    ask(client, "/de/solutions?q=Terminvereinbahrung")

    assert rows(app, folder).keys() == {"terminvereinbarung"}


@pytest.mark.parametrize(
    "path",
    [
        "/de/solutions?q=baum&page=2",
        "/de/solutions?q=baum&topic=mobility",
        "/de/solutions?q=baum&not-kind=concept",
        "/de/solutions?q=baum&near=15002000",
        "/de/solutions",
        "/de/solutions.json?q=baum",
        "/de/solutions.atom?q=baum",
        "/de/suggest?q=baum",
    ],
)
def test_pages_filters_and_programs_are_no_searches(
    app: Flask, client: FlaskClient, folder: Path, path: str
) -> None:
    ask(client, path)

    assert rows(app, folder) == {}


def test_another_order_of_the_same_search_is_no_new_one(
    app: Flask, client: FlaskClient, folder: Path
) -> None:
    before = "http://localhost/de/solutions?q=Baum&topic=mobility"
    ask(client, "/de/solutions?q=baum&sort=name", Referer=before)
    ask(client, "/de/solutions?q=brunnen", Referer=before)
    ask(client, "/de/solutions?q=wald", Referer="http://evil.example/de/solutions?q=wald")
    ask(client, "/de/solutions?q=wiese", Referer="http://[")

    assert rows(app, folder).keys() == {"brunnen", "wald", "wiese"}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
        {"User-Agent": "Mozilla/5.0 (compatible; YandexBot/3.0)"},
        {"User-Agent": "Mozilla/5.0 AppleWebKit/537.36 HeadlessChrome/120 Safari/537.36"},
        {"User-Agent": "curl/8.0"},
        {"User-Agent": "python-requests/2"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
    ],
)
def test_crawlers_programs_and_prefetches_count_nothing(
    app: Flask, client: FlaskClient, folder: Path, headers: dict[str, str]
) -> None:
    for path in ("/de/solutions?q=baum", "/de/solutions/hal-plan?from=baum"):
        answer = client.get(path, headers={"User-Agent": FIREFOX, **headers})
        assert answer.status_code == 200

    client.head("/de/solutions?q=baum", headers={"User-Agent": FIREFOX})
    client.head("/de/solutions/hal-plan?from=baum", headers={"User-Agent": FIREFOX})
    assert rows(app, folder) == {}


@pytest.mark.parametrize(
    "typed",
    [
        "erika.mustermann%40stadt.de",
        "0391+5401234",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "https://stadt.example.org/",
        "%00baum",
        "%FF%FE",
        "x" * 400,
    ],
)
def test_what_may_point_at_somebody_is_not_counted_at_all(
    app: Flask, client: FlaskClient, folder: Path, typed: str
) -> None:
    page = page_of(ask(client, f"/de/solutions?q={typed}"))
    ask(client, f"/de/solutions/hal-plan?from={typed}")

    assert rows(app, folder) == {}
    assert not [link for link in page.links() if "from=" in link]


# --- Opening results


def test_opening_a_result_counts_for_its_term(app: Flask, client: FlaskClient, folder: Path) -> None:
    results = page_of(ask(client, "/de/solutions?q=HAL-Plan&list=civitas-core&near=15002000&km=100"))
    card = next(card for card in results.cards() if "HAL-Plan" in card.text)
    link = card.one("h3").one("a")

    for _ in range(3):
        profile = page_of(ask(client, link["href"]))
    ask(client, link["href"], reader="192.0.2.2")

    assert link["rel"] == "nofollow"
    assert parse_qs(urlsplit(link["href"]).query) == {
        "from": ["hal-plan"],
        "list": ["civitas-core"],
        "near": ["15002000"],
        "km": ["100"],
    }
    assert rows(app, folder) == {"hal-plan": (0, 0, 2)}  # two readers; the search itself had a filter
    kept = [
        profile.one("link", rel="canonical")["href"],
        *(link["href"] for link in profile.all("link", rel="alternate")),
        *profile.links(),
        *(button["data-copy"] for button in profile.all("button") if "data-copy" in button.attributes),
    ]
    assert not [address for address in kept if "from=" in address]


def test_what_a_search_finds_by_its_meaning_carries_the_term_too_and_a_list_without_words_none(
    client: FlaskClient,
) -> None:
    page = page_of(ask(client, "/de/solutions"))

    assert page.cards()
    assert not [link for link in page.links() if "from=" in link]
    assert "rel" not in page.cards()[0].one("h3").one("a").attributes


def test_robots_are_asked_not_to_open_results(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text

    assert "Disallow: /*?from=" in text
    assert "Disallow: /*&from=" in text


def test_a_search_is_answered_where_nothing_can_be_counted(
    app: Flask, client: FlaskClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["demand"].start = lambda: None  # nothing is written beside what this test writes
    with closing(sqlite3.connect(folder / "catalogue.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = ask(client, f"/de/solutions?q={TERM}")
        with caplog.at_level(logging.DEBUG):
            app.extensions["demand"].flush()
        other.execute("ROLLBACK")

    assert answer.status_code == 200
    assert "demand not kept error=StoreBusy" in caplog.text
    assert TERM not in caplog.text
    assert rows(app, folder) == {TERM: (1, 0, 0)}  # later it could


# --- What is shown


def test_a_rare_term_is_on_no_page_and_after_its_day_in_no_table(
    app: Flask, client: FlaskClient, folder: Path
) -> None:
    search_for_days(app, client, TERM, days=2, readers=2)
    app.extensions["demand"].flush()
    log_in(client, Role.ADMINISTRATOR)

    for path in ("/de/demand", "/de/office/demand?months=12", "/de/office/demand.csv?months=12"):
        assert TERM not in ask(client, path).text
    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        assert TERM not in "\n".join(database.iterdump())


def test_everybody_sees_what_is_often_searched_for_and_not_found(app: Flask, client: FlaskClient) -> None:
    search_for_days(app, client, TERM)
    search_for_days(app, client, "stadt")

    page = page_of(ask(client, "/de/demand"))

    (row,) = page.one("table").one("tbody").all("tr")
    assert [cell.text for cell in row.all("td")] == ["6", "3", "28.11.2026"]
    assert row.one("a", href=f"/de/solutions?q={TERM}")["rel"] == "nofollow"
    assert "mindestens 3 Tagen mindestens 5 Mal" in page.main.text
    assert "Stand: 02.12.2026" in page.main.text
    assert any(link.startswith("mailto:katalog@example.org") for link in page.links("Bedarf melden"))


def test_the_statistics_show_it_too(app: Flask, client: FlaskClient) -> None:
    search_for_days(app, client, TERM)
    app.extensions["demand"].flush()

    page = page_of(ask(client, "/de/statistics"))

    assert TERM in page.section("unmet").text
    assert "/de/demand" in page.links("Gesucht und nicht gefunden")


def test_the_office_sees_what_nobody_found_and_what_nobody_opened(app: Flask, client: FlaskClient) -> None:
    search_for_days(app, client, TERM)
    search_for_days(app, client, "stadt")
    search_for_days(app, client, "karte")
    ask(client, "/de/solutions/hal-plan?from=karte")
    app.extensions["demand"].flush()
    log_in(client, Role.READER)

    page = page_of(ask(client, "/de/office/demand"))

    def terms(section: str) -> list[str]:
        return [row.one("th").text for row in page.section(section).all("tbody")[0].all("tr")]

    assert terms("unmet") == [TERM]
    assert terms("unopened") == ["stadt"]
    assert sorted(terms("terms")) == sorted([TERM, "stadt", "karte"])
    assert page.section("unused").all("a", href="/de/solutions/stadtpuls")
    assert page.section("empty-topics").text
    assert [form.get("action") for form in page.main.all("form")] == ["/de/logout"]  # a reader hides nothing
    assert client.post("/de/office/demand", data={"term": TERM}).status_code == 403


def test_the_office_can_hide_a_term_from_the_public(app: Flask, client: FlaskClient) -> None:
    search_for_days(app, client, TERM)
    log_in(client, Role.EDITOR)
    form = page_of(ask(client, "/de/office/demand")).section("unmet").one("form")
    data = {field["name"]: field["value"] for field in form.all("input")}

    hidden = client.post(form["action"], data={**data, "do": "hide"})
    without = ask(client, "/de/demand").text
    client.post(form["action"], data={**data, "do": "show"})

    assert hidden.status_code == 303
    assert TERM not in without
    trail = page_of(ask(client, "/de/office/audit?subject=demand")).main
    assert "ausgeblendet · Suchbegriff" in trail.text
    assert "wieder gezeigt · Suchbegriff" in trail.text
    assert TERM not in trail.text  # the trail lasts, and what is hidden may be a name
    assert TERM in ask(client, "/de/demand").text
    assert client.post(form["action"], data={**data, "ticket": "x"}).status_code == 403
    assert client.post(form["action"], data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_file_for_spreadsheets_holds_all_counts_and_no_formula(app: Flask, client: FlaskClient) -> None:
    search_for_days(app, client, TERM)
    search_for_days(app, client, "%3D1%2B1+cmd")
    log_in(client, Role.READER)

    answer = ask(client, "/de/office/demand.csv")

    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("Suchbegriff;Suchvorgänge;Tage;")
    assert f"{TERM};6;3;0;0;2026-11-26;2026-11-28" in lines
    assert not [cell for line in lines for cell in line.split(";") if cell.startswith(("=", "+", "-", "@"))]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_office_page_needs_a_login(app: Flask, client: FlaskClient) -> None:
    for path in ("/de/office/demand", "/de/office/demand.csv"):
        assert ask(client, path).status_code in (302, 303)


# --- Topics without a solution


@pytest.fixture
def without_energy(data_folder: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """A catalogue in which nothing is about energy, and an office that is logged in."""
    with closing(sqlite3.connect(data_folder / "catalogue.db")) as database:
        assert database.execute("DELETE FROM link WHERE kind = 'topic' AND target = 'energy'").rowcount
        database.commit()
    client = make_app(data_folder).test_client()
    log_in(client, Role.READER)
    return client


@pytest.mark.parametrize("page", ["statistics", "demand", "office/demand"])
@pytest.mark.parametrize(("lang", "name"), [("de", "Energie"), ("en", "Energy")])
def test_a_topic_without_any_solution_is_named_and_leads_to_its_page(
    without_energy: FlaskClient, page: str, lang: str, name: str
) -> None:
    answer = without_energy.get(f"/{lang}/{page}")

    shown = Page(answer.text, status=200, headers=answer.headers, address=page).section("empty-topics")
    assert [(link.text.strip(), link["href"]) for link in shown.all("a")] == [
        (name, f"/{lang}/topics/energy")
    ]
    assert without_energy.get(f"/{lang}/topics/energy").status_code == 200


@pytest.mark.parametrize("page", ["statistics", "demand"])
def test_where_each_topic_has_a_solution_there_is_no_empty_list_of_topics(
    client: FlaskClient, page: str
) -> None:
    assert "empty-topics" not in client.get(f"/de/{page}").text
