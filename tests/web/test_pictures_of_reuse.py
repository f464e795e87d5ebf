"""Map, network, badge and the start page's story: what they show, and whom they never show."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page

from catalogue.domain.pairs import pair_rule
from catalogue.web.badge import Counts, badge_words
from catalogue.web.pictures.badge import draw_badge
from catalogue.web.pictures.metrics import text_width

GetPage = Callable[..., Page]
AACHEN, HALLE, MAGDEBURG = "05334002", "15002000", "15003000"


@pytest.fixture
def hidden(data_folder: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """A catalogue in which Aachen tries HAL-Plan, but only the office may know."""
    with sqlite3.connect(data_folder / "catalogue.db") as database:
        changed = database.execute(
            "UPDATE reuse SET body = '~7', land = '', size = '' WHERE solution_id = 'hal-plan' AND body = ?",
            (AACHEN,),
        )
        assert changed.rowcount == 1
    return make_app(data_folder).test_client()


def picture(page: Page) -> ElementTree.Element:
    """The map's picture, which must be well-formed XML."""
    (svg,) = re.findall(r'<svg class="map__picture".*?</svg>\s*<figcaption', page.html, re.DOTALL)
    return ElementTree.fromstring(svg.removesuffix("<figcaption").rstrip())


def names(page: Page) -> set[str]:
    """What the links of the map are called."""
    return {element.get("aria-label", "") for element in picture(page).iter("a")}


def test_the_map_says_of_every_land_how_much_is_reused_there(get_page: GetPage) -> None:
    page = get_page("/map")

    assert "Sachsen-Anhalt: 7 Nachnutzungen" in names(page)
    assert "Thüringen: 0 Nachnutzungen" in names(page)
    assert len([name for name in names(page) if "Nachnutzung" in name]) == 16
    assert "Magdeburg: 2 Lösungen" in names(page)


def test_the_list_beside_the_map_has_everybody_whom_the_map_has(get_page: GetPage) -> None:
    page = get_page("/map")

    listed = {link["href"] for link in page.section("bodies").all("a")}
    drawn = {
        link.get("href") for link in picture(page).iter("a") if "/municipalities/" in link.get("href", "")
    }
    assert drawn
    assert drawn <= listed


def test_lines_lead_from_the_provider_to_everybody_with_a_place(get_page: GetPage) -> None:
    page = get_page("/map?solution=hal-plan")

    lines = [e for e in picture(page).iter("path") if "map__arc" in e.get("class", "")]
    assert "Halle (Saale): stellt bereit" in names(page)
    assert "Magdeburg: im Betrieb" in names(page)
    assert len(lines) == 10  # of twelve who use or try it, two organisations have no place
    assert "KielRegion" in page.section("elsewhere").text


def test_a_stage_that_is_not_chosen_is_not_shown(get_page: GetPage) -> None:
    page = get_page("/map?solution=hal-plan&stage=in-use")

    assert "Magdeburg: im Betrieb" in names(page)
    assert not any("Aachen" in name for name in names(page))


def test_the_provider_is_always_named_on_the_map(get_page: GetPage) -> None:
    written = [e.text for e in picture(get_page("/map?solution=hal-plan")).iter("text")]

    assert "Halle (Saale)" in written


def test_the_map_of_a_land_has_its_districts(get_page: GetPage) -> None:
    page = get_page("/map?land=15")

    parts = [e for e in picture(page).iter("path") if "map__part" in e.get("class", "")]
    assert len(parts) == 14  # 11 districts and 3 independent cities
    assert not any("Nordrhein" in name for name in names(page))


def test_whose_boundaries_they_are_and_under_which_licence_is_said(get_page: GetPage) -> None:
    for path in ("/map", "/", "/solutions/hal-plan"):
        text = get_page(path).main.text
        assert "GeoBasis-DE / BKG 2021" in text
        assert "dl-de/by-2-0" in text


@pytest.mark.parametrize("query", ["solution=nobody-knows", "solution=%00", "solution=../x"])
def test_a_solution_that_is_not_there_has_no_map(client: FlaskClient, query: str) -> None:
    assert client.get(f"/de/map?{query}").status_code == 404


@pytest.mark.parametrize("query", ["land=99", "land=xx", "stage=nonsense", "topic=x", "provider=~7"])
def test_choices_that_do_not_exist_are_no_choice(client: FlaskClient, query: str) -> None:
    assert client.get(f"/de/map?{query}").status_code == 200
    assert client.get(f"/de/network?{query}").status_code == 200


def test_the_map_of_a_profile_leads_to_the_large_one(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")

    small = page.one("figure", **{"class": "map map--small"})
    assert "/de/map?solution=hal-plan" in small.one("a")["href"]


def test_a_solution_that_nobody_reuses_has_no_map_on_its_profile(get_page: GetPage) -> None:
    assert not get_page("/solutions/stadtpuls").main.all("figure", **{"class": "map map--small"})


def test_pages_with_a_map_stay_small(client: FlaskClient) -> None:
    for path in ("/map", "/map?land=09", "/map?solution=hal-plan", "/network", "/", "/solutions/hal-plan"):
        assert len(client.get(f"/de{path}").data) < 150_000, path


# --- The network


def test_many_pairs_are_shown_by_land_and_few_by_name(get_page: GetPage) -> None:
    everything, one = get_page("/network"), get_page(f"/network?provider={HALLE}")

    def drawn(page: Page) -> set[str]:
        return {node.text for node in page.one("figure", **{"class": "network"}).all("text")}

    assert "Hamburg" in drawn(everything)
    assert "Magdeburg" not in drawn(everything)
    assert {"Halle (Saale)", "Magdeburg"} <= drawn(one)


def test_the_table_has_every_pair_and_says_what_crosses_a_border(get_page: GetPage) -> None:
    page = get_page(f"/network?provider={HALLE}")

    rows = {row.all("td")[1].text: row.all("td")[3].text for row in page.section("pairs").all("tr")[1:]}
    assert rows["Magdeburg"] == "–"
    assert rows["Aachen"] == "ja"
    lines = [path.get("class") for path in page.one("figure", **{"class": "network"}).all("path")]
    assert len(lines) == len(rows) == 12
    assert sum("--marked" in line for line in lines) == sum(value == "ja" for value in rows.values())


def csv_rows(client: FlaskClient, path: str) -> list[list[str]]:
    text = client.get(f"/de{path}").data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]


def test_network_and_statistics_count_the_same_pairs_of_the_real_entries(
    get_page: GetPage, client: FlaskClient
) -> None:
    network, statistics = get_page("/network"), get_page("/statistics")

    total, across = map(int, re.findall(r"\d+", network.one("h2", id="picture").text))
    matrix = csv_rows(client, "/statistics/land-pairs.csv")
    listed = csv_rows(client, "/statistics/body-pairs.csv")
    assert across > 30
    assert sum(int(cell) for row in matrix for cell in row[2:]) == total
    assert sum(int(row[-1]) for row in listed) == across
    assert f"{total} Paare aus anbietender und nachnutzender Stelle, {across} davon über Landesgrenzen" in (
        " ".join(statistics.main.text.split())
    )
    pages = (network, get_page("/network?page=2"))
    table = [row.all("td")[3].text for page in pages for row in page.section("pairs").all("tr")[1:]]
    assert (len(table), table.count("ja")) == (total, across)
    assert pair_rule("de") in " ".join(network.one("figcaption").text.split())
    assert pair_rule("de") in " ".join(statistics.main.text.split())


def test_with_more_pairs_than_a_page_holds_the_table_has_pages(get_page: GetPage) -> None:
    first, last = get_page("/network"), get_page("/network?page=2")

    def rows(page: Page) -> list[str]:
        return [" ".join(row.text.split()) for row in page.section("pairs").all("tr")[1:]]

    total = int(first.one("h2", id="picture").text.split()[0])
    assert len(rows(first)) == 50
    assert len({*rows(first), *rows(last)}) == total
    assert f"Zeile 51 bis {total} von {total}" in last.section("pairs").text
    links = first.one("nav", **{"class": "pagination"}).all("a")
    assert "/de/network?page=2#pairs" in [link["href"] for link in links]
    assert rows(get_page("/network?page=999")) == rows(last)


def test_pages_of_the_table_keep_what_was_chosen(data_folder: Path, make_app: Callable[..., Flask]) -> None:
    with sqlite3.connect(data_folder / "catalogue.db") as database:
        database.execute("INSERT OR IGNORE INTO link SELECT id, 'topic', 'mobility' FROM solution")

    text = make_app(data_folder).test_client().get("/de/network?topic=mobility").text

    assert "/de/network?topic=mobility&amp;page=2#pairs" in text


# --- Who is not named


@pytest.mark.parametrize(
    "path", ["/map", "/map?solution=hal-plan", "/map?land=05&solution=hal-plan", f"/network?provider={HALLE}"]
)
def test_who_is_not_named_is_counted_and_nothing_else(hidden: FlaskClient, path: str) -> None:
    shown = hidden.get(f"/de{path}").text

    main = shown[shown.index("<main") :]
    assert "nicht öffentlich genannt" in main
    assert "~7" not in main
    if "hal-plan" in path or "provider" in path:
        assert "Aachen" not in main.replace("Städteregion Aachen: 0 Nachnutzungen", "")
        assert AACHEN not in main


def test_who_is_not_named_counts_on_the_badge(hidden: FlaskClient) -> None:
    assert "12 Stellen" in hidden.get("/solutions/hal-plan/badge.svg").text


def test_the_start_page_does_not_name_them(hidden: FlaskClient) -> None:
    assert "~7" not in hidden.get("/de/").text


# --- The badge


@pytest.mark.parametrize(
    ("counts", "german"),
    [
        (Counts(), "noch keine gemeldet"),
        (Counts(in_use=1), "1 Kommune nutzt es"),
        (Counts(in_use=12), "12 Kommunen nutzen es"),
        (Counts(in_use=1234), "1.234 Kommunen nutzen es"),
        (Counts(trial=1), "1 Kommune erprobt es"),
        (Counts(trial=2), "2 Kommunen erproben es"),
        (Counts(in_use=1, trial=1), "2 Kommunen nutzen oder erproben es"),
        (Counts(in_use=1, others=1), "1 Stelle nutzt es"),
        (Counts(in_use=3, others=1), "3 Stellen nutzen es"),
        (Counts(trial=1, others=1), "1 Stelle erprobt es"),
        (Counts(trial=5, others=5), "5 Stellen erproben es"),
        (Counts(in_use=1, trial=11, others=2), "12 Stellen nutzen oder erproben es"),
    ],
)
def test_the_badge_says_it_in_good_german(app: Flask, counts, german) -> None:
    with app.test_request_context("/de/"):
        assert badge_words(counts) == german


@pytest.mark.parametrize("text", ["1 Kommune nutzt es", "1.234 Stellen nutzen oder erproben es"])
def test_the_badge_is_as_wide_as_its_words(text: str) -> None:
    badge = draw_badge("Nachnutzung", text, is_empty=False)

    fields = [one for one in badge.inside if one.tag == "text"]
    words = sum(text_width(one.text, 11) for one in fields)
    assert float(badge.get("width")) == pytest.approx(words + 4 * 7, abs=0.1)
    assert [float(one.get("textLength")) for one in fields] == pytest.approx(
        [text_width(one.text, 11) for one in fields], abs=0.01
    )


def test_a_readme_elsewhere_may_show_the_badge(client: FlaskClient) -> None:
    answer = client.get("/solutions/hal-plan/badge.svg", headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "12 Stellen nutzen oder erproben es" in answer.text  # one address, one language
    svg = ElementTree.fromstring(answer.text)
    assert svg.find("{http://www.w3.org/2000/svg}title") is not None
    same = client.get("/solutions/hal-plan/badge.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304


def test_nothing_else_may_be_shown_elsewhere(client: FlaskClient) -> None:
    assert client.get("/de/map").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_solution_that_is_not_there_has_no_badge(client: FlaskClient) -> None:
    assert client.get("/solutions/nobody-knows/badge.svg").status_code == 404
    assert client.get("/en/solutions/nobody-knows/badge.svg").status_code == 404


def test_the_profile_has_the_line_for_the_readme(get_page: GetPage) -> None:
    line = get_page("/solutions/hal-plan").one("textarea", id="badge-markdown").text

    assert re.fullmatch(
        r"\[!\[Nachnutzung\]\((http\S+/badge\.svg)\)\]\(http\S+/de/solutions/hal-plan\)", line
    )


# --- The start page


def test_the_story_says_how_it_stands_today(get_page: GetPage) -> None:
    story = get_page("/").section("example")

    assert "im Betrieb" in story.text
    assert "von der Stadt noch nicht bestätigt" in story.text
    links = {link["href"] for link in story.all("a")}
    assert {
        f"/de/municipalities/{HALLE}",
        f"/de/municipalities/{MAGDEBURG}",
        "/de/solutions/hal-plan",
    } <= links


def test_the_latest_reuses_are_told_with_body_solution_stage_and_date(get_page: GetPage) -> None:
    items = get_page("/").section("latest").all("li")

    assert len(items) == 6
    assert all(len(item.all("a")) >= 1 and re.search(r"20\d\d", item.text) for item in items)


def test_no_picture_needs_a_style_of_its_own(client: FlaskClient) -> None:
    for path in ("/", "/map", "/map?land=15", "/network", "/solutions/hal-plan"):
        assert " style=" not in client.get(f"/de{path}").text
