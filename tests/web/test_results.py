"""Search, filters, order, pages and shortlist of the results, all of them in the address."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from html_page import Node, Page, json_of

GetPage = Callable[..., Page]


def total(page: Page) -> int:
    return int(page.one("h2", id="count").text.split()[0])


def options(page: Page, facet: str) -> dict[str, tuple[int, bool]]:
    """The values of a facet with their number and whether they are chosen."""
    group = page.one("details", id=f"facet-{facet}")
    return {
        box["value"]: (
            int(label.one("span", class_="facet__count").text.split()[-1]),
            "checked" in box.attributes,
        )
        for label in group.all("label")
        for box in label.all("input", name=facet)
        if box["value"]  # "any" is no value
    }


def test_a_clerk_finds_hal_plan_by_what_it_is(get_page: GetPage) -> None:
    page = get_page("/solutions?q=digitaler+Zwilling")

    assert "HAL-Plan" in page.card_names()[:3]
    card = next(card for card in page.cards() if card.all("h3")[0].text == "HAL-Plan")
    assert {"Digitaler", "Zwilling"} & {word for mark in card.all("mark") for word in mark.text.split()}
    assert card.all("a", href="/de/municipalities/15002000")
    assert "davon noch keine bestätigt" in card.text


def test_the_search_field_keeps_what_was_typed(get_page: GetPage) -> None:
    page = get_page("/solutions?q=%22Smart+City%22+%3Cb%3E+-Land")

    assert page.one("input", id="q")["value"] == '"Smart City" <b> -Land'
    assert page.is_noindex


def test_without_words_all_solutions_are_listed(get_page: GetPage) -> None:
    page = get_page("/solutions")

    assert total(page) == 74
    assert len(page.cards()) == 20
    assert not page.is_noindex


def test_several_values_of_one_filter_widen_and_several_filters_narrow(get_page: GetPage) -> None:
    mobility = get_page("/solutions?topic=mobility")
    climate = get_page("/solutions?topic=climate-environment")
    either = get_page("/solutions?topic=mobility&topic=climate-environment")
    narrowed = get_page("/solutions?topic=mobility&topic=climate-environment&open_source=yes")

    assert max(total(mobility), total(climate)) < total(either) <= total(mobility) + total(climate)
    assert 0 < total(narrowed) < total(either)
    assert options(either, "topic")["mobility"] == (total(mobility), True)
    assert options(either, "topic")["climate-environment"] == (total(climate), True)


def test_the_number_beside_a_filter_is_what_choosing_it_shows(get_page: GetPage) -> None:
    page = get_page("/solutions?q=Stadt")

    for facet in ("topic", "licence", "land", "kind"):
        value, (count, chosen) = next(iter(options(page, facet).items()))
        assert not chosen
        assert total(get_page(f"/solutions?q=Stadt&{facet}={value}")) == count


def test_a_chosen_value_stays_when_nothing_is_left_of_it(get_page: GetPage) -> None:
    page = get_page("/solutions?q=HAL-Plan&maturity=obsolete")

    assert options(page, "maturity")["obsolete"] == (0, True)
    chip = page.one("ul", class_="chosen")
    assert "eingestellt" in chip.text
    without = get_page(chip.all("a")[0]["href"].removeprefix("/de"))
    assert "HAL-Plan" in without.card_names()


def test_an_unknown_filter_value_is_left_out(get_page: GetPage) -> None:
    page = get_page("/solutions?topic=no-such-topic&maturity=%27%3B--&sort=no-such-order&page=-3")

    assert total(page) == 74
    assert not page.all("ul", class_="chosen")


def test_filters_can_all_be_taken_away_at_once(get_page: GetPage) -> None:
    page = get_page("/solutions?q=Stadt&topic=mobility&kind=software&list=hal-plan")

    cleared = get_page(page.link("Alle Filter entfernen").removeprefix("/de"))

    assert "topic" not in parse_qs(urlsplit(cleared.address).query)
    assert cleared.one("input", id="q")["value"] == "Stadt"
    assert [field["value"] for field in cleared.all("input", type="hidden", name="list")] == ["hal-plan"]


def test_solutions_can_be_sorted(get_page: GetPage) -> None:
    by_name = get_page("/solutions?sort=name")
    by_reuse = get_page("/solutions?sort=most-reused")

    names = [name.casefold() for name in by_name.card_names()]
    numbers = [int(node.text) for node in by_reuse.all("span", class_="reuse-count__number")]

    assert names[0][0] in "a0123456789"
    assert names == sorted(names, key=lambda n: n.translate(str.maketrans("äöü", "aou")))
    assert numbers == sorted(numbers, reverse=True)
    assert by_name.one("select", id="sort").one("option", selected="")["value"] == "name"


def test_pages_follow_each_other_without_gap_or_repetition(get_page: GetPage) -> None:
    names: list[str] = []
    path: str | None = "/solutions?kind=software&sort=name"
    while path:
        page = get_page(path)
        names += page.card_names()
        onward = [link["href"] for link in page.all("a", rel="next")]
        path = onward[0].removeprefix("/de") if onward else None

    assert len(names) == len(set(names)) == total(page)
    assert "kind=software" in page.address


def test_a_page_behind_the_last_one_says_so(get_page: GetPage) -> None:
    page = get_page("/solutions?page=400")

    assert "Diese Seite der Ergebnisse gibt es nicht" in page.main.text
    assert page.link("Zur ersten Seite") == "/de/solutions"


def test_the_shortlist_stands_in_the_address_and_survives_search_and_filter(get_page: GetPage) -> None:
    first = get_page("/solutions?q=Zwilling")
    one = get_page(shortlist_link(first, "HAL-Plan").removeprefix("/de"))
    other = next(name for name in one.card_names() if name != "HAL-Plan")
    two = get_page(shortlist_link(one, other).removeprefix("/de"))

    assert "1 Lösung gemerkt" in one.main.text
    assert len(parse_qs(urlsplit(two.link("Vergleichen")).query)["id"]) == 2
    assert parse_qs(urlsplit(two.link("Vergleichen")).query)["id"][0] == "hal-plan"
    hidden = [field["value"] for field in two.one("form", id="filters").all("input", type="hidden")]
    assert len(hidden) == 2
    assert two.one("input", id="q")["form"] == "filters"


def test_a_full_shortlist_takes_no_fifth_and_loses_none(get_page: GetPage) -> None:
    four = "list=bbnavi&list=civitas-core&list=masterportal&list=consul"
    page = get_page(f"/solutions?q=Zwilling&{four}")

    card = next(card for card in page.cards() if card.all("h3")[0].text == "HAL-Plan")

    assert "Ihr Merkzettel ist voll (4 von 4). Entfernen Sie zuerst eine Lösung." in page.main.text
    assert "Merkzettel ist voll" in card.text
    assert not card.all("a", class_="shortlist-link")
    assert len(parse_qs(urlsplit(page.link("Vergleichen")).query)["id"]) == 4


def test_what_the_catalogue_does_not_have_takes_no_place_on_the_shortlist(get_page: GetPage) -> None:
    page = get_page("/solutions?q=Zwilling&list=a&list=b&list=c&list=d&list=bbnavi")

    link = shortlist_link(page, "HAL-Plan")

    assert parse_qs(urlsplit(link).query)["list"] == ["bbnavi", "hal-plan"]
    assert urlsplit(link).fragment == "shortlist-hal-plan"


def test_a_very_long_search_is_cut_and_the_page_says_so(get_page: GetPage) -> None:
    page = get_page("/solutions?q=" + "x" * 501)

    assert page.one("input", id="q")["value"] == "x" * 500
    assert "Gesucht wurde nach den ersten 500 Zeichen." in page.main.text
    assert "Gesucht wurde" not in get_page("/solutions?q=" + "x" * 500).main.text


def test_words_without_a_result_are_named(get_page: GetPage) -> None:
    text = get_page("/solutions?q=Organigramm+xyzzyqwert").main.text

    assert "1 Lösung" in text
    assert "Dazu fanden wir nichts: xyzzyqwert" in text


def test_a_misspelt_word_is_understood(get_page: GetPage) -> None:
    page = get_page("/solutions?q=Terminvereinbahrung&list=hal-plan")

    assert page.cards()
    hint = page.one("div", class_="did-you-mean").all("a")[0]
    assert "list=hal-plan" in hint["href"]
    assert hint.text.casefold().startswith("termin")


def test_more_than_twenty_words_are_cut_and_the_page_says_so(get_page: GetPage) -> None:
    short = get_page("/solutions?q=" + "+".join(["Stadt"] * 20))
    long = get_page("/solutions?q=" + "+".join(["Stadt"] * 21))

    assert "nur die ersten 20 Wörter" not in short.main.text
    assert "nur die ersten 20 Wörter" in long.main.text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_suggestions_name_solutions_topics_and_municipalities(client: FlaskClient, lang: str) -> None:
    solutions = json_of(client.get(f"/{lang}/suggest?q=hal-p").data)
    towns = json_of(client.get(f"/{lang}/suggest?q=magdeb").data)

    assert {"label": "HAL-Plan", "url": f"/{lang}/solutions/hal-plan"}.items() <= solutions[0].items()
    assert f"/{lang}/municipalities/15003000" in [item["url"] for item in towns]
    for item in [*solutions, *towns]:
        assert set(item) == {"label", "url", "kind", "parts"}
        assert "".join(text for text, _ in item["parts"]) == item["label"]
        assert client.get(item["url"]).status_code == 200


def test_suggestions_ask_for_two_letters(client: FlaskClient) -> None:
    assert json_of(client.get("/de/suggest?q=h").data) == []
    assert json_of(client.get("/de/suggest").data) == []


def test_start_page_figures_are_those_of_the_lists(get_page: GetPage) -> None:
    start = get_page("/")

    figures = {
        figure.one("dt").text: figure.all("dd")[0].text for figure in start.all("div", class_="figure")
    }

    assert figures["Lösungen"] == str(total(get_page("/solutions"))) == "74"
    towns = get_page("/municipalities")
    shown = {figure.one("dt").text: figure.all("dd")[0].text for figure in towns.all("div", class_="figure")}
    assert figures["Städte und Gemeinden"] == shown["Städte und Gemeinden"]


def test_the_start_page_leads_everywhere(get_page: GetPage) -> None:
    page = get_page("/")

    assert page.one("form", class_="search--large")["action"] == "/de/solutions"
    assert len(page.section("topics").all("a", class_="tile")) >= 10
    assert len(page.section("newest").all("article")) == 3
    assert len(page.section("most-reused").all("article")) == 3
    assert "/de/solutions/hal-plan" in page.links()


@pytest.mark.parametrize("topic", ["digital-twin", "mobility"])
def test_a_topic_lists_its_solutions_most_reused_first(get_page: GetPage, topic: str) -> None:
    page = get_page(f"/topics/{topic}")
    filtered = get_page(f"/solutions?topic={topic}")

    numbers = [int(node.text) for node in page.all("span", class_="reuse-count__number")]

    assert len(page.cards()) == total(filtered)
    assert numbers == sorted(numbers, reverse=True)


def test_all_topics_are_listed_with_their_number(get_page: GetPage) -> None:
    page = get_page("/topics")

    links = {link for link in page.links() if re.fullmatch("/de/topics/[a-z-]+", link)}

    assert len(links) == 14


def shortlist_link(page: Page, name: str) -> str:
    card: Node = next(card for card in page.cards() if card.all("h3")[0].text == name)
    return card.one("a", class_="shortlist-link")["href"]
