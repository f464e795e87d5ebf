"""The statistics: page and files say the same, filters are in the address, the office sees more."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from office_login import log_in
from openpyxl import load_workbook
from publishing import HALLE, MAGDEBURG
from reuse_rows import Fact, write

from catalogue.domain.access import Role
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import (
    Action,
    Claim,
    MailDomain,
    ReuseReport,
    State,
    Visibility,
    moved,
    office,
)
from catalogue.domain.statistics import Figure, OfficeFigure
from catalogue.domain.statistics_bases import Basis, Group, Language, basis_words
from catalogue.domain.statistics_words import figure_words
from catalogue.storage.store import Store

GetPage = Callable[..., Page]
KIEL, BERLIN = "01002000", "11000000"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for all tests of this module."""
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("statistics") / "var"))


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{folder}/catalogue.db", migrate=False)
    write(
        SimpleNamespace(store=store),  # type: ignore[arg-type]  # a desk without publishing
        [
            Fact(solution="hal-plan", body=MAGDEBURG, began={"in-use": "2025-03"}, affirmed="2026-03-01"),
            Fact(solution="hal-plan", body=KIEL, standing="stated", stage="trial"),
            Fact(solution="masterportal", body=BERLIN, standing="sourced"),
            Fact(solution="masterportal", body="~1"),
        ],
    )
    yield store
    store.close()


@pytest.fixture(scope="module")
def small(store: Store, folder: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """A catalogue with four reuses."""
    return make_app(folder, base_url="https://katalog.example").test_client(use_cookies=False)


def rows_of_csv(client: FlaskClient, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_page_says_how_many_and_how_sure(get_page: GetPage, small: FlaskClient) -> None:
    page = get_page("/statistics", client=small)

    text = " ".join(page.main.text.split())
    assert "Nachnutzungen 4 davon 3 bestätigt oder belegt" in text
    assert "3 dazu nicht öffentlich genannte: 1" in text
    assert "Stand: " in text
    assert "Katalogfassung 1" in text


def test_the_english_page_says_it_too(get_page: GetPage, small: FlaskClient) -> None:
    text = " ".join(get_page("/statistics", "en", client=small).main.text.split())

    assert "A reuse is one body and one solution" in text
    assert "not named publicly" in text


@pytest.mark.parametrize("query", ["", "?land=15", "?standing=confirmed&period=quarter&from=2025&to=2026"])
def test_csv_workbook_and_json_of_each_figure_hold_the_same(small: FlaskClient, query: str) -> None:
    def as_text(cell: object) -> str:
        """The same for a number however it is written."""
        text = "" if cell is None else str(cell)
        return f"{float(text):g}" if re.fullmatch(r"[0-9.]+", text) else text

    for figure in Figure:
        address = f"/de/statistics/{figure.value}"
        head, *rows = rows_of_csv(small, f"{address}.csv{query}")
        said = json.loads(small.get(f"{address}.json{query}").data)
        book = load_workbook(io.BytesIO(small.get(f"{address}.xlsx{query}").data))

        assert said["columns"] == head
        assert [[as_text(cell) for cell in row] for row in said["rows"]] == [
            [as_text(cell) for cell in row] for row in rows
        ]
        assert [[as_text(cell.value) for cell in row] for row in book.worksheets[0]] == [
            [as_text(cell) for cell in row] for row in (head, *rows)
        ]
        assert {row[0].value for row in book["Definition"]} >= {"Definition", "Stand", "Filter", "Quelle"}
        assert all(said["about"][label] for label in ("Definition", "Stand", "Lizenz"))


def test_page_and_file_say_the_same_numbers(get_page: GetPage, small: FlaskClient) -> None:
    page = get_page("/statistics", client=small)

    table = next(
        one for one in page.all("table") if "nach Bundesland (" in one.text and "Stellen" in one.text
    )
    shown = [[cell.text.strip() for cell in row.all("th", "td")] for row in table.all("tr")][1:]

    rows = rows_of_csv(small, "/de/statistics/lands.csv")[1:]
    assert shown == [[label, *numbers] for label, _, *numbers in rows]


def test_each_figure_has_a_definition_a_date_and_three_files_with_the_same_filters(
    get_page: GetPage, small: FlaskClient
) -> None:
    page = get_page("/statistics?land=15", client=small)

    for figure in Figure:
        shown = page.one("figure", id=figure.value)
        assert len(shown.one("span", class_="chart__definition").text) > 40
        assert "Stand" in shown.text
        files = [link["href"] for link in shown.all("a")]
        assert [file for file in files if "/statistics/" in file] == [
            f"/de/statistics/{figure.value}.{kind}?land=15" for kind in ("csv", "xlsx", "json")
        ]


def test_a_filter_counts_less_and_says_so(get_page: GetPage, small: FlaskClient) -> None:
    page = get_page("/statistics?land=15&solution=HAL-Plan&nonsense=1&size=giant", client=small)

    text = " ".join(page.main.text.split())
    assert "Gezählt wird nur: Land der nachnutzenden Stelle: Sachsen-Anhalt" in text
    assert "zählen hier nicht mit, weil gefiltert ist" in text
    chosen = [
        one for one in page.one("select", id="filter-land").all("option") if "selected" in one.attributes
    ]
    assert [option["value"] for option in chosen] == ["15"]
    assert page.is_noindex


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("solution=Masterportall", "Lösung: „Masterportall“"),
        ("size=giant&land=15", "Größe der nachnutzenden Stelle: „giant“"),
        ("from=19", "ab Jahr: „19“"),
        ("solution=%3Cb%3E" + "x" * 90, "Lösung: „<b>" + "x" * 57 + "“"),
    ],
)
def test_a_value_that_nothing_has_is_told_instead_of_counting_all_in_silence(
    get_page: GetPage, small: FlaskClient, query: str, said: str
) -> None:
    text = " ".join(get_page(f"/statistics?{query}", client=small).main.text.split())

    assert f"Gibt es nicht und wirkt deshalb nicht: {said}" in text


def test_where_every_value_counts_nothing_is_said_to_be_left_out(small: FlaskClient) -> None:
    assert "wirkt deshalb nicht" not in small.get("/de/statistics?land=15&solution=HAL-Plan&from=2025").text


def test_a_chart_of_one_land_leaves_out_the_others_and_its_table_does_not(
    get_page: GetPage, small: FlaskClient
) -> None:
    everything, one = (get_page(path, client=small) for path in ("/statistics", "/statistics?land=15"))

    def drawn(page: Page) -> set[str]:
        return {text.text for text in page.one("figure", id="lands").one("svg", role="img").all("text")}

    assert {"Sachsen-Anhalt", "Thüringen", "nicht öffentlich genannt"} <= drawn(everything)
    assert "Sachsen-Anhalt" in drawn(one)
    assert not {"Thüringen", "nicht öffentlich genannt"} & drawn(one)
    assert "Thüringen" in one.one("figure", id="lands").one("table").text


def test_a_solution_is_chosen_by_its_name_or_its_id(small: FlaskClient) -> None:
    by_id = rows_of_csv(small, "/de/statistics/solutions.csv?solution=masterportal")
    by_name = rows_of_csv(small, "/de/statistics/solutions.csv?solution=%20MASTERPORTAL")

    assert by_id == by_name
    assert by_id[1][1:3] == ["masterportal", "1"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_several_figures_share_is_said_once_and_each_of_them_leads_there(
    get_page: GetPage, small: FlaskClient, lang: Language
) -> None:
    page = get_page("/statistics", lang, client=small)

    text = " ".join(page.main.text.split())
    for basis in Basis:
        assert text.count(basis_words(basis, lang).text) == 1
        assert basis_words(basis, lang).text in " ".join(page.one("div", id=basis.value).text.split())
    for figure in Figure:
        wanted = {f"#{basis.value}" for basis in figure_words(figure, lang).bases}
        shown = page.one("figure", id=figure.value).one("span", class_="chart__definition")
        assert {link["href"] for link in shown.all("a")} == wanted


def test_the_contents_lead_to_every_part_and_figure(get_page: GetPage, small: FlaskClient) -> None:
    page = get_page("/statistics", client=small)

    links = [link["href"] for link in page.one("nav", **{"aria-labelledby": "contents"}).all("a")]
    assert sorted(links) == sorted(f"#{one.value}" for one in (*Group, *Figure))
    assert all(page.main.all(id=link[1:]) for link in links)


def test_a_figure_that_is_cut_says_how_much_more_its_files_have(
    client: FlaskClient, get_page: GetPage
) -> None:
    page = get_page("/statistics")

    for name in ("solutions", "measures", "unused", "districts", "body-pairs"):
        figure = page.one("figure", id=name)
        rows = len(figure.all("tr")) - 1
        left_out = int(re.findall(r"(\d+) weitere Zeilen? steh", figure.text)[0])
        assert rows + left_out == len(rows_of_csv(client, f"/de/statistics/{name}.csv")) - 1


def test_the_citation_names_day_revision_and_address(get_page: GetPage, small: FlaskClient) -> None:
    said = get_page("/statistics?land=15", client=small).one("p", class_="statistic__citation").text

    assert re.search(r"Stand: \d{2}\.\d{2}\.20\d\d, Katalogfassung 1", said)
    assert "https://katalog.example/de/statistics?land=15" in said
    assert "CC0" in said


def test_the_file_of_all_reuses_names_nobody_who_does_not_want_it(small: FlaskClient) -> None:
    head, *rows = rows_of_csv(small, "/de/statistics/reuses.csv")

    by_body = {row[head.index("Nachnutzende Stelle (ID)")]: row for row in rows}
    assert by_body.keys() == {MAGDEBURG, KIEL, BERLIN, ""}
    assert by_body[""][0] == ""
    assert by_body[""][2] == "nicht öffentlich genannt"
    assert by_body[MAGDEBURG][head.index("im Betrieb seit")] == "2025-03"


def test_the_workbook_of_all_reuses_has_dates_that_can_be_sorted_and_says_what_it_holds(
    small: FlaskClient,
) -> None:
    book = load_workbook(io.BytesIO(small.get("/de/statistics/reuses.xlsx").data))

    head, *rows = [[cell.value for cell in row] for row in book.worksheets[0]]
    by_body = {row[head.index("Nachnutzende Stelle (ID)")]: row for row in rows}
    assert by_body[MAGDEBURG][head.index("zuletzt bestätigt")] == datetime(2026, 3, 1)
    assert by_body[MAGDEBURG][head.index("im Betrieb seit")] == "2025-03"  # no day is made up
    about = {row[0].value: row[1].value for row in book["Definition"]}
    assert "eine Stelle und eine Lösung" in about["Definition"]
    assert isinstance(about["Stand"], datetime)


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("de", ["Definition", "Einheit", "Stand", "Katalogfassung", "Filter"]),
        ("en", ["Definition", "Unit", "as of", "Catalogue revision", "Filters"]),
    ],
)
def test_a_file_says_in_its_language_what_it_is_about(
    small: FlaskClient, lang: str, labels: list[str]
) -> None:
    about = json.loads(small.get(f"/{lang}/statistics/lands.json").data)["about"]

    assert list(about)[:5] == labels
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", about[labels[2]])


def test_a_file_of_invented_data_says_so(
    folder: Path, tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "var"))
    (copy / "INVENTED.txt").touch()

    about = json.loads(make_app(copy).test_client().get("/de/statistics/lands.json").data)["about"]

    assert about["Hinweis"].startswith("Erfundene Daten")


@pytest.mark.parametrize(
    "path", ["/statistics/nothing.csv", "/statistics/lands.pdf", "/statistics/reports.csv"]
)
def test_a_file_of_something_else_is_not_there(small: FlaskClient, path: str) -> None:
    assert small.get(f"/de{path}").status_code == 404


def test_the_page_is_new_when_the_day_is(store: Store, folder: Path, make_app: Callable[..., Flask]) -> None:
    app = make_app(folder)
    days = [datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 3, 2, tzinfo=UTC)]
    client = app.test_client(use_cookies=False)
    fresh = []
    for day in days:
        app.extensions["catalogue"].clock = lambda day=day: day
        app.extensions["catalogue"].catalogue = None  # opened anew, as after a restart
        fresh.append(rows_of_csv(client, "/de/statistics/freshness.csv")[1][1])

    assert fresh == ["1", "0"]


# --- The office


@pytest.fixture(scope="module")
def reports(store: Store) -> None:
    """Two confirmed reports, one of them not named, and one that waits since yesterday."""
    for place, (state, visibility, domain) in enumerate(
        [
            (State.CONFIRMED, Visibility.PUBLIC, MailDomain.OWN),
            (State.CONFIRMED, Visibility.UNNAMED, MailDomain.FREE),
            (State.PENDING, Visibility.PUBLIC, MailDomain.OWN),
        ]
    ):
        claim = Claim(
            solution="hal-plan",
            body=(MAGDEBURG, KIEL, HALLE)[place],
            steps=(Step(stage=Stage.IN_USE, since="2025"),),
            visibility=visibility,
        )
        report = ReuseReport(claim=claim, state=State.PENDING, mail_domain=domain, reported_at=NOON)
        kept = store.reuse.keep(report, action=Action.SUBMITTED, actor="reporter", now=NOON)
        if state is State.CONFIRMED:
            later = NOON.replace(month=4, day=1 + place * 20)
            confirmed = moved(kept, State.CONFIRMED, decided_at=later)
            store.reuse.keep(confirmed, action=Action.CONFIRMED, actor=office(1), now=later)


@pytest.fixture(scope="module")
def inside(reports: None, folder: Path, make_app: Callable[..., Flask]) -> FlaskClient:
    """Somebody of the office, who may read."""
    app = make_app(folder)
    client = app.test_client()
    log_in(client, Role.READER)
    return client


def test_nobody_outside_the_office_sees_its_figures(small: FlaskClient) -> None:
    for path in ("/de/office/statistics", "/de/office/statistics/unnamed.csv"):
        answer = small.get(path)
        assert answer.status_code != 200
        assert "Kiel" not in answer.text


def test_the_office_reads_states_waits_mail_domains_and_names(inside: FlaskClient) -> None:
    states = rows_of_csv(inside, "/de/office/statistics/reports.csv")
    waits = dict(rows_of_csv(inside, "/de/office/statistics/decisions.csv")[1:])
    domains = dict(rows_of_csv(inside, "/de/office/statistics/mail-domains.csv")[1:])
    (unnamed,) = rows_of_csv(inside, "/de/office/statistics/unnamed.csv")[1:]

    assert states[0] == [
        *("Zeitraum", "Mail nicht bestätigt", "offen", "bestätigt"),
        *("abgelehnt", "zurückgezogen", "zusammengeführt"),
    ]
    assert states[1:3] == [
        ["2026-03", "0", "3", "0", "0", "0", "0"],
        ["2026-04", "0", "1", "2", "0", "0", "0"],
    ]
    assert (waits["bis 30 Tage"], waits["länger"], waits["noch offen"]) == ("1", "1", "1")
    assert domains["Domain der Stelle"] == "2"
    assert domains["Maildienst für alle"] == "1"
    assert unnamed[2:4] == ["Kiel", KIEL]


def test_the_page_of_the_office_has_its_own_figures_and_the_public_ones(inside: FlaskClient) -> None:
    answer = inside.get("/de/office/statistics")

    page = Page(answer.text, status=200, headers=answer.headers, address="/de/office/statistics")
    assert {figure["id"] for figure in page.all("figure")} >= {one.value for one in (*OfficeFigure, *Figure)}
    assert answer.headers["Cache-Control"] == "no-store"
