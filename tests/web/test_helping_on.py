"""Why something was found, what helps where nothing was, and the search as it was typed or meant."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from builders import as_file
from flask import Flask, g, request
from flask.testing import FlaskClient
from html_page import Node, Page, json_of
from page_checks import check_mail
from seen_repositories import published_with

from catalogue.services import browse
from catalogue.services.cards import Card
from catalogue.services.search import Hit, Reason, SearchQuery, SearchResult
from catalogue.web import pages
from catalogue.web.cards import card_shape
from catalogue.web.context import catalogue

GetPage = Callable[..., Page]


def total(page: Page) -> int:
    return int(page.one("h2", id="count").text.split()[0])


def number(node: Node) -> int:
    return int(re.findall(r"\d+", node.text)[-1])


def card_of(page: Page, name: str) -> Node:
    return next(card for card in page.cards() if card.all("h3")[0].text == name)


def why(card: Node) -> str:
    return " ".join(line.text for line in card.all("p", class_="solution-card__why"))


# --- Why it was found


def test_nothing_is_said_where_title_or_summary_say_the_word(get_page: GetPage) -> None:
    card = card_of(get_page("/solutions?q=Bürgerbeteiligung"), "DIPAS - Digitales Partizipationssystem")

    assert [mark.text for mark in card.all("mark")] == ["Bürgerbeteiligung"]
    assert not why(card)


@pytest.mark.parametrize(
    ("query", "name", "line"),
    [
        ("wer in Hessen", "Smart City Suite (trive.me)", "Anbieter: trive.me (EDAG), Hessen"),
        ("Python Sensoren", "Lautrer Wissen", "Technik: Python"),
        ("Hessen", "Masterportal", "Beteiligt: Frankfurt am Main, Hessen"),
        (
            "Radwegekataster",
            "TILDA (früher Radverkehrsatlas)",
            "Typische Fragen und Suchworte: Radwegekataster",
        ),
        ("Terminvereinbarung", "ZMS / eAppointment - Termin- und Wartemanagement", "Schlagwort: Termin"),
    ],
)
def test_one_line_says_where_a_word_stands_that_cannot_be_seen(
    get_page: GetPage, query: str, name: str, line: str
) -> None:
    assert line in why(card_of(get_page(f"/solutions?q={query}"), name))


def test_the_passage_shows_what_title_and_summary_do_not(get_page: GetPage) -> None:
    card = card_of(get_page("/solutions?q=Kataster"), "Gieß den Kiez")

    assert [mark.text for mark in card.all("mark")] == ["Baumkataster"]
    assert "Baumkataster" in card.one("ul", class_="solution-card__highlights").text


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        (Reason("synonym", "RIS", "Sitzungs<b>dienst"), "Gefunden über das Synonym „Sitzungs<b>dienst“"),
        (Reason("correction", "Bamu", "Baum"), "Schreibweise korrigiert: „Baum“"),
        (Reason("part", "Kataster", "Baumkataster"), "Im Wort „Baumkataster“"),
        (Reason("beginning", "Baumk", "Baumkataster"), "Im Wort „Baumkataster“"),
        (Reason("english", "tree", "trees"), "Im englischen Text: „trees“"),
        (Reason("meaning", "Baum"), "Ähnliche Bedeutung"),
        (Reason("name", "HAL-Plan", "HAL-Plan"), ""),
        (Reason("field", "Halle", "body"), ""),
        (Reason("of a later version", "x"), ""),
    ],
)
def test_each_kind_of_reason_has_its_words(app: Flask, reason: Reason, line: str) -> None:
    with app.test_request_context("/de/solutions"):
        card = replace(hal_plan(), reasons=(reason,), terms=frozenset({"=stadtplanung"}))

        assert card_shape(card)["why"] == line


def test_a_synonym_that_is_a_keyword_is_told_once(get_page: GetPage) -> None:
    page = get_page("/solutions?q=beim neuen Marktplatz mitreden")

    assert why(card_of(page, "Consul Democracy")) == "Gefunden über das Synonym „Bürgerbeteiligung“"


def test_another_spelling_is_said_once_above_the_list(get_page: GetPage) -> None:
    page = get_page("/solutions?q=Organigrammm")

    assert "Meinten Sie Organigramm? Sie sehen die Ergebnisse dafür." in page.main.text
    assert "Schreibweise" not in page.main.text


def hal_plan() -> Card:
    return browse.cards(catalogue(), ["hal-plan"])[0]


class WithNeighbours:
    """The index, with a solution that it finds by meaning."""

    def __init__(self, index: object) -> None:
        self.index = index

    def __getattr__(self, name: str) -> object:
        return getattr(self.index, name)

    def __len__(self) -> int:
        return 1

    def search(self, query: SearchQuery) -> SearchResult:
        result: SearchResult = self.index.search(query)  # type: ignore[attr-defined]
        near = Hit("hal-plan", 0.0, frozenset(), (Reason("meaning", "x"),), by="meaning")
        return replace(result, hits=(*result.hits, near))


@pytest.mark.parametrize(("query", "by_words"), [("Organigramm", 1), ("xyzzyqwert", 0)])
def test_what_is_found_by_meaning_stands_apart_and_is_not_counted(
    app: Flask, query: str, by_words: int
) -> None:
    with app.test_request_context(f"/de/solutions?q={query}"):
        request.view_args = {}
        g.catalogue = replace(catalogue(), index=WithNeighbours(catalogue().index))  # type: ignore[arg-type]
        page = Page(str(pages.solutions()), status=200, headers={}, address="")

    apart = page.section("by-meaning")
    assert total(page) == by_words
    assert len(page.cards()) == by_words
    assert [card.all("h4")[0].text for card in apart.all("article")] == ["HAL-Plan"]
    assert "ähnliche Bedeutung" in apart.text
    assert "nicht mitgezählt" in apart.text


# --- As it was typed, or as it was meant


def test_a_misspelt_word_can_be_searched_for_as_typed(get_page: GetPage) -> None:
    corrected = get_page("/solutions?q=Organigrammm&kind=software")
    typed = get_page(corrected.link("Genau nach „Organigrammm“ suchen").removeprefix("/de"))

    assert total(corrected) == 1
    assert parse_qs(urlsplit(typed.address).query)["exact"] == ["1"]
    assert total(typed) == 0
    assert "Meinten Sie Organigramm? Danach finden wir 1 Lösung." in typed.main.text
    again = get_page(typed.link("Organigramm").removeprefix("/de"))
    assert total(again) == 1
    assert "exact" not in again.address


def test_other_words_in_the_field_are_corrected_again(get_page: GetPage) -> None:
    typed = get_page("/solutions?q=Organigrammm&exact=1")

    kept = typed.one("form", id="filters").one("input", name="exact")["value"]

    assert kept == "Organigrammm"
    assert total(get_page(f"/solutions?q=Organigrammm&exact={kept}")) == 0
    assert total(get_page(f"/solutions?q=Organigrammmm&exact={kept}")) == 1


# --- Where nothing was found


def test_every_way_out_finds_as_many_as_it_says(get_page: GetPage) -> None:
    pages = [
        get_page("/solutions?q=Stadt&topic=mobility&licence=none"),
        get_page("/solutions?maturity=obsolete&licence=none&kind=concept"),
        get_page("/solutions?q=%22Wärmeplanung+Schule%22"),
        get_page("/solutions?q=Parken+-Stadt+-Parkplatz+-Daten&land=01"),
        get_page("/solutions?q=Stadt&maturity=obsolete&near=Berlin&km=25"),
        get_page("/solutions?q=Organigramm&not-kind=software"),
    ]

    ways = [way for page in pages for way in page.one("ul", class_="empty__ways").all("li")]

    assert len(ways) >= 5
    for way in ways:
        assert total(get_page(way.one("a")["href"].removeprefix("/de"))) == number(way) > 0


def test_fewer_filters_are_named(get_page: GetPage) -> None:
    page = get_page("/solutions?q=Stadt&topic=mobility&licence=none&list=hal-plan")

    assert "Mit diesen Filtern gibt es keine Lösung" in page.main.text
    link = page.link("ohne Lizenz „keine Lizenz erteilt“")
    assert parse_qs(urlsplit(link).query) == {"q": ["Stadt"], "topic": ["mobility"], "list": ["hal-plan"]}


@pytest.mark.parametrize(
    ("narrowed", "link", "left"),
    [
        ("near=Flensburg&km=25", "ohne Umkreis „25 km um Flensburg“", {}),
        ("near=Flensburg&km=25&kind=software", "ohne Umkreis „25 km um Flensburg“", {"kind": ["software"]}),
        ("not-kind=software", "ohne Ausschluss Art „Software“", {}),
        ("not-kind=software&near=Flensburg", "ohne alle Filter", {}),
    ],
)
def test_an_exclusion_and_a_distance_are_filters_too(
    get_page: GetPage, narrowed: str, link: str, left: dict[str, list[str]]
) -> None:
    page = get_page(f"/solutions?q=Organigramm&{narrowed}")

    assert total(page) == 0
    assert parse_qs(urlsplit(page.link(link)).query) == {"q": ["Organigramm"], **left}


def test_finding_nothing_helps_on(get_page: GetPage) -> None:
    page = get_page("/solutions?q=xyzzyqwert")

    assert "Dazu haben wir keine Lösung gefunden" in page.main.text
    assert page.links("Mobilität")
    assert page.links("Alle Lösungen ansehen")
    mail = check_mail(page.link("Bedarf melden"))
    assert "xyzzyqwert" in mail["body"]
    assert "katalog@example.org" in page.main.text


def test_topics_with_a_word_of_the_search_are_offered_and_no_others(get_page: GetPage) -> None:
    page = get_page("/solutions?q=xyzzyqwert+Energie&licence=none&maturity=obsolete")

    assert [tag.text for tag in page.one("div", class_="empty").all("a", class_="tag")] == ["Energie"]


# --- Around the list


def test_an_order_without_values_is_not_offered(
    get_page: GetPage, tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    folder = published_with(tmp_path, {"other": as_file(name="Other")}, ())  # nobody has looked anywhere
    client = make_app(folder).test_client()
    page = get_page("/solutions?q=Stadt&sort=last-activity", client=client)

    orders = [option["value"] for option in page.one("select", id="sort").all("option")]

    assert orders == ["", "name", "newest", "most-reused"]
    assert total(page) > 1


def test_a_word_of_many_towns_names_none(get_page: GetPage) -> None:
    assert "Seite der Kommune" not in get_page("/solutions?q=Stadt").main.text
    assert "Seite der Kommune: Magdeburg" in get_page("/solutions?q=Magdeburg").main.text
    assert "Seite der Kommune: Köln" in get_page("/solutions?q=05315000").main.text


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Software aus Köln", "Köln"),
        ("Apps der Stadt Köln?", None),  # no word says that they come from there
        ("was nutzt man in der Stadt Magdeburg?", "Magdeburg"),
        ("Sensoren in Echtzeit", None),
        ("Software aus Köl", None),  # half a name is no name
    ],
)
def test_a_town_that_something_is_said_to_be_from_has_a_page(
    get_page: GetPage, text: str, town: str | None
) -> None:
    shown = get_page(f"/solutions?q={quote_plus(text)}").main.text

    assert (f"Seite der Kommune: {town}" in shown) if town else ("Seite der Kommune" not in shown)


def test_the_last_word_typed_is_completed(client: FlaskClient) -> None:
    found = json_of(client.get("/de/suggest?q=freie+baumka").data)

    words = {item["label"]: item for item in found}
    assert {(item["label"], item["kind"]) for item in found} >= {("freie Baumkataster", "Suche")}
    assert all(label.startswith("freie Baumka") for label in words)
    word = words["freie Baumkataster"]
    assert parse_qs(urlsplit(word["url"]).query) == {"q": ["freie Baumkataster"]}
    assert word["parts"] == [["freie", True], [" ", False], ["Baumka", True], ["taster", False]]


def test_similar_solutions_say_what_both_have(get_page: GetPage) -> None:
    page = get_page("/solutions/consul")

    reasons = [line.text for line in page.section("similar").all("p", class_="similar__reason")]

    assert reasons
    assert reasons[0].startswith("Gemeinsam: Bürgerbeteiligung, ")
