"""Solutions side by side, on a page and as a table for a council paper."""

import csv
import io
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from html_page import Page
from page_checks import check_headers

GetPage = Callable[..., Page]
FIVE = ("hal-plan", "civitas-core", "masterportal", "consul", "bbnavi")


def path_of(*ids: str, file: str = "/compare") -> str:
    return f"{file}?{'&'.join(f'id={key}' for key in ids)}"


def columns(page: Page) -> list[str]:
    return [head.all("a")[0].text for head in page.one("thead").all("th")]


def rows_of(client: FlaskClient, *ids: str, lang: str = "de") -> list[list[str]]:
    answer = client.get(f"/{lang}{path_of(*ids, file='/compare.csv')}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_without_ids_the_page_says_how_to_begin(get_page: GetPage) -> None:
    page = get_page("/compare")

    assert "Noch ist nichts gemerkt" in page.main.text
    assert not page.all("table")
    assert page.is_noindex


def test_one_solution_asks_for_a_second(get_page: GetPage) -> None:
    page = get_page(path_of("hal-plan"))

    assert columns(page) == ["HAL-Plan"]
    assert "Zum Vergleichen fehlt noch eine zweite Lösung." in page.main.text
    assert page.link("Weitere Lösung hinzufügen") == "/de/solutions?list=hal-plan"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_solutions_stand_side_by_side_in_the_order_of_the_address(get_page: GetPage, count: int) -> None:
    page = get_page(path_of(*FIVE[:count]))

    links = [head.all("a")[0]["href"] for head in page.one("thead").all("th")]

    assert links == [f"/de/solutions/{key}" for key in FIVE[:count]]
    for row in page.one("tbody").all("tr"):
        assert len(row.all("td")) == count
        assert row.one("th")["scope"] == "row"


def test_a_fifth_solution_is_not_shown(get_page: GetPage) -> None:
    page = get_page(path_of(*FIVE))

    assert len(columns(page)) == 4
    assert "Nicht dabei: bbnavi" in page.main.text
    assert "Weitere Lösung hinzufügen" not in page.main.text


def test_a_solution_named_twice_stands_there_once(get_page: GetPage) -> None:
    assert columns(get_page(path_of("hal-plan", "hal-plan"))) == ["HAL-Plan"]


def test_unknown_ids_are_named_and_the_others_shown(get_page: GetPage) -> None:
    page = get_page(path_of("hal-plan", "no-such-thing", "civitas-core", "%3Cb%3E"))

    assert len(columns(page)) == 2
    assert "Nicht gefunden: no-such-thing, <b>" in page.main.text


def test_unknown_ids_take_no_place(get_page: GetPage, client: FlaskClient) -> None:
    ids = ("a", "b", "c", "d", "hal-plan", "civitas-core")

    assert len(columns(get_page(path_of(*ids)))) == 2
    assert len(rows_of(client, *ids)[0]) == 3


def test_the_fifth_moves_up_where_one_is_taken_away(get_page: GetPage) -> None:
    page = get_page(path_of(*FIVE))

    link = page.one("thead").all("th")[0].one("a", class_="compare__remove")["href"]

    assert parse_qs(urlsplit(link).query)["id"] == list(FIVE[1:])


def test_only_unknown_ids_are_no_error(get_page: GetPage) -> None:
    page = get_page(path_of("no-such-thing"))

    assert "Nicht gefunden: no-such-thing" in page.main.text
    assert "Noch ist nichts gemerkt" in page.main.text


def test_what_is_not_known_is_said(get_page: GetPage) -> None:
    page = get_page(path_of("hal-plan", "civitas-core"))

    licence = next(row for row in page.one("tbody").all("tr") if row.one("th").text == "Lizenz")

    assert licence.all("td")[0].text == "nicht bekannt"
    assert "EUPL-1.2" in licence.all("td")[1].text


def test_a_solution_can_be_taken_away(get_page: GetPage) -> None:
    page = get_page(path_of(*FIVE[:3]))

    link = page.one("thead").all("th")[1].one("a", class_="compare__remove")["href"]

    assert parse_qs(urlsplit(link).query)["id"] == ["hal-plan", "masterportal"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_table_can_be_taken_into_an_office_program(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}{path_of('hal-plan', 'civitas-core', file='/compare.csv')}")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    check_headers(answer.headers)
    rows = rows_of(client, "hal-plan", "civitas-core", lang=lang)
    assert rows[0][1] == "HAL-Plan"
    assert {len(row) for row in rows} == {3}
    assert len(rows) > 20


def test_page_and_table_say_the_same(get_page: GetPage, client: FlaskClient) -> None:
    page = get_page(path_of("hal-plan", "civitas-core"))
    table = {row[0]: row[1:] for row in rows_of(client, "hal-plan", "civitas-core")}

    assert page.link("Als Tabelle laden (CSV)") == "/de/compare.csv?id=hal-plan&id=civitas-core"
    for row in page.one("tbody").all("tr"):
        label = row.one("th").text
        for cell, text in zip(row.all("td"), table[label], strict=True):
            assert cell.text == "nicht bekannt" if text == "nicht bekannt" else text


@pytest.mark.parametrize("ids", [(), ("no-such-thing",)])
def test_a_table_of_nothing_is_not_there(client: FlaskClient, ids: tuple[str, ...]) -> None:
    assert client.get("/de" + path_of(*ids, file="/compare.csv")).status_code == 404
