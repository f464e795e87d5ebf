"""Filters: chosen, excluded and near, on the page, in the address, and the same for programs."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Node, Page, json_of
from seen_repositories import published_with

from catalogue.services.search import FACETS
from catalogue.web import labels
from catalogue.web.addresses import NOT, ResultsAddress, read_results_address

GetPage = Callable[..., Page]
MOST_SHOWN = 60  # of a facet, on the page; rarer values are said to be there
Answer = dict[str, object]


def total(page: Page) -> int:
    return int(page.one("h2", id="count").text.split()[0])


def chips(page: Page) -> dict[str, str]:
    """What narrows the results down, with the address without it."""
    return {
        link.text.removeprefix("Filter entfernen: "): link["href"]
        for link in page.all("a", class_="tag--chosen")
    }


def sent(page: Page) -> set[tuple[str, str]]:
    """What the form sends as it stands."""
    fields = [node for node in page.elements() if node.get("form") == "filters"]
    fields += page.one("form", id="filters").all("input", "select")
    values = set()
    for node in fields:
        is_box = node.get("type") in ("checkbox", "radio")
        if node.tag == "input" and (not is_box or "checked" in node.attributes):
            values.add((node["name"], node.get("value")))
    for node in fields:
        if node.tag == "select":
            chosen = node.all("option", selected="") or node.all("option")
            values.add((node["name"], chosen[0].get("value")))
    return {(name, value) for name, value in values if value}


def ask(client: FlaskClient, query: str, lang: str = "de") -> Answer:
    answer = client.get(f"/{lang}/solutions.json?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    found = json_of(answer.data)
    assert isinstance(found, dict)
    return found


ALL = (
    "q=Stadt&topic=climate-environment&topic=mobility&not-licence=unclear&not-kind=concept"
    "&reused_at_least=1&quick=confirmed&near=Berlin&km=200&who=reusers&sort=name&list=hal-plan"
)


def test_the_form_sends_what_the_address_says(get_page: GetPage) -> None:
    page = get_page(f"/solutions?{ALL}")

    assert sent(page) == set(parse_qsl(ALL))
    assert page.is_noindex


def test_every_filter_has_a_chip_that_takes_only_itself_away(get_page: GetPage) -> None:
    page = get_page(f"/solutions?{ALL}")
    kept = {name: parse_qsl(urlsplit(url).query) for name, url in chips(page).items()}
    removed = {name: set(parse_qsl(ALL)) - set(pairs) for name, pairs in kept.items()}

    assert [removed.pop(f"Thema: {name}") for name in ("Klima und Umwelt", "Mobilität")] == [
        {("topic", "climate-environment")},
        {("topic", "mobility")},
    ]
    assert removed.pop("Nachgenutzt von: mindestens einer Stelle") == {("reused_at_least", "1")}
    assert removed.pop("Schnellfilter: Bestätigt nachgenutzt") == {("quick", "confirmed")}
    assert removed.pop("Umkreis: 200 km um Berlin, dort genutzt") == {
        ("near", "Berlin"),
        ("km", "200"),
        ("who", "reusers"),
    }
    assert sorted(map(str, removed.values())) == ["{('not-kind', 'concept')}", "{('not-licence', 'unclear')}"]
    assert all(": nicht " in name for name in removed)


def test_taking_all_filters_away_keeps_words_and_shortlist(get_page: GetPage) -> None:
    page = get_page(f"/solutions?{ALL}")

    cleared = urlsplit(page.link("Alle Filter entfernen"))

    assert set(parse_qsl(cleared.query)) == {("q", "Stadt"), ("sort", "name"), ("list", "hal-plan")}


def test_an_excluded_value_says_what_it_would_bring_back(get_page: GetPage) -> None:
    before = get_page("/solutions?topic=mobility")
    page = get_page("/solutions?topic=mobility&not-licence=copyleft")
    group = page.one("details", id="facet-licence")

    box = group.one("input", name="not-licence", value="copyleft")
    row = next(above for above in box.above if above.tag == "label")
    assert "checked" in box.attributes
    assert int(row.one("span", class_="facet__count").text.split("+")[1]) == total(before) - total(page) > 0
    assert not group.all("input", name="licence", value="copyleft")
    assert "open" in page.one("details", id="facet-licence-not").attributes


def test_what_is_excluded_is_not_chosen_too(get_page: GetPage) -> None:
    page = get_page("/solutions?kind=software&not-kind=software")

    assert list(chips(page)) == ["Art: nicht Software ausgeschlossene Treffer: +" + str(74 - total(page))]
    assert 0 < total(page) < 74


def test_of_values_that_include_each_other_one_is_chosen(get_page: GetPage) -> None:
    page = get_page("/solutions?reused_at_least=3&reused_at_least=1&reused_at_least=10")
    radios = page.one("details", id="facet-reused_at_least").all("input", type="radio")

    assert [radio["value"] for radio in radios if "checked" in radio.attributes] == ["3"]
    assert [radio["value"] for radio in radios][:3] == ["", "1", "3"]
    assert total(page) == total(get_page("/solutions?reused_at_least=3"))


def test_a_parent_finds_all_of_its_parts(get_page: GetPage) -> None:
    whole, part = get_page("/solutions?topic=climate-environment"), get_page("/solutions?topic=energy")
    both = get_page("/solutions?topic=climate-environment&topic=energy")
    rows = whole.one("details", id="facet-topic").all("li", class_="facet__part")

    assert total(whole) == total(both) > total(part) > 0
    assert [row.one("input")["value"] for row in rows] == ["energy"]
    assert len(get_page("/topics/climate-environment").cards()) == total(whole)
    tile = next(link for link in get_page("/").all("a", class_="tile") if "Klima und Umwelt" in link.text)
    assert str(total(whole)) in tile.text


def test_quick_filters_narrow_each_further(get_page: GetPage) -> None:
    one = get_page("/solutions?quick=confirmed")
    two = get_page("/solutions?quick=confirmed&quick=small-towns")

    assert 0 < total(two) < total(one)
    assert total(two) <= total(get_page("/solutions?quick=small-towns"))


def test_what_nobody_knows_yet_is_no_filter(
    get_page: GetPage, tmp_path: Path, make_app: Callable[..., Flask]
) -> None:
    folder = published_with(tmp_path, {}, ())  # an entry without a repository
    client = make_app(folder).test_client()
    page = get_page("/solutions?vitality=lively&last_activity=1-year&quick=ready", client=client)

    names = {box["name"] for box in page.one("form", id="filters").all("input") if "name" in box.attributes}
    assert not {"vitality", "last_activity"} & names
    assert not page.all("input", name="quick", value="ready", type="checkbox") or total(page) == 0


def test_the_first_three_groups_are_open_and_those_in_use(get_page: GetPage) -> None:
    groups = get_page("/solutions?land=15").all("details", class_="facet")

    opened = [group["id"] for group in groups if "open" in group.attributes]
    assert opened == ["facet-topic", "facet-licence", "facet-size", "facet-land"]


def test_near_a_place_are_solutions_that_somebody_there_offers_or_reuses(get_page: GetPage) -> None:
    near = get_page("/solutions?near=Halle+(Saale)&km=25&sort=name")
    farther = get_page("/solutions?near=15002000&km=100&sort=name")

    assert 0 < total(near) < total(farther) < 74
    assert "HAL-Plan" in near.card_names()
    assert {page.one("input", id="near")["value"] for page in (near, farther)} == {"Halle (Saale)"}
    assert chips(farther).keys() == {"Umkreis: 100 km um Halle (Saale)"}


def test_near_a_place_are_those_who_run_it_or_those_who_offer_it_as_chosen(get_page: GetPage) -> None:
    magdeburg = "/solutions?near=15003000&km=25&sort=name"
    anybody, reusers, providers, nonsense = (
        get_page(magdeburg + more) for more in ("", "&who=reusers", "&who=providers", "&who=x")
    )

    assert "HAL-Plan" in reusers.card_names()  # Magdeburg runs it
    assert "HAL-Plan" not in providers.card_names()  # it comes from Halle
    assert set(anybody.card_names()) == {*reusers.card_names(), *providers.card_names()}
    assert nonsense.card_names() == anybody.card_names()
    assert chips(reusers).keys() == {"Umkreis: 25 km um Magdeburg, dort genutzt"}
    assert reusers.one("select", id="who").one("option", selected="")["value"] == "reusers"


def test_a_name_of_several_places_asks_which_and_narrows_nothing(get_page: GetPage) -> None:
    page = get_page("/solutions?near=Halle&km=100&topic=mobility&list=hal-plan")

    assert total(page) == total(get_page("/solutions?topic=mobility"))
    assert "Welchen Ort meinen Sie mit „Halle“?" in page.one("span", id="near-problem").text
    field = page.one("input", id="near")
    assert (field["value"], field["aria-describedby"]) == ("Halle", "near-problem")
    assert "Umkreis" not in " ".join(chips(page))
    chosen = page.link("Halle (Saale)").removesuffix("#results")
    assert parse_qs(urlsplit(chosen).query) == {
        "near": ["15002000"], "km": ["100"], "topic": ["mobility"], "list": ["hal-plan"]
    }  # fmt: skip


def test_a_place_that_nobody_knows_is_named_and_narrows_nothing(get_page: GetPage) -> None:
    german = get_page("/solutions?near=xyzzyqwert%25s%3Cb%3E")
    english = get_page("/solutions?near=xyzzyqwert", "en")

    assert total(german) == 74
    assert "Einen Ort „xyzzyqwert%s<b>“ kennen wir nicht." in german.main.text
    assert "We do not know a place “xyzzyqwert”." in english.main.text


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "query", ["", "q=Stadt", "q=Stadt&topic=mobility&not-kind=concept&near=Berlin&km=200"]
)
def test_programs_get_the_filters_of_the_page(
    client: FlaskClient, get_page: GetPage, query: str, lang: str
) -> None:
    page, answer = get_page(f"/solutions?{query}", lang), ask(client, query, lang)

    assert answer["total"] == total(page)
    assert set(answer) == {"query", "corrected", "near", "total", "hits", "facets", "next"}
    assert [hit["name"] for hit in rows(answer, "hits")] == page.card_names()
    for facet in rows(answer, "facets"):
        assert set(facet) == {"name", "label", "hint", "choice", "values"}
        group = page.one("details" if facet["name"] != "quick" else "fieldset", id=f"facet-{facet['name']}")
        for value in rows(facet, "values")[:MOST_SHOWN]:
            name = (NOT if value["excluded"] else "") + str(facet["name"])
            box = group.one("input", name=name, value=str(value["value"]))
            label = next(above for above in box.above if above.tag == "label")
            assert str(value["label"]) in label.text
            assert label.one("span", class_="facet__count").text.split()[-1].strip("+") == str(value["count"])
            assert ("checked" in box.attributes) == (value["chosen"] or value["excluded"])


def rows(answer: Answer, name: str) -> list[Answer]:
    found = answer[name]
    assert isinstance(found, list)
    return found


def test_programs_can_follow_to_the_last_result(client: FlaskClient) -> None:
    answer = ask(client, "kind=software&sort=name")
    ids = [hit["id"] for hit in rows(answer, "hits")]
    while answer["next"]:
        parts = urlsplit(str(answer["next"]))
        assert parts.path == "/de/solutions.json"
        answer = ask(client, parts.query)
        ids += [hit["id"] for hit in rows(answer, "hits")]

    assert len(ids) == len(set(ids)) == answer["total"]
    assert rows(ask(client, "page=4000"), "hits") == []


def test_a_hit_says_where_its_profile_is(client: FlaskClient) -> None:
    answer = ask(client, "q=HAL-Plan&near=15002000&km=25")
    hit = rows(answer, "hits")[0]

    assert (hit["id"], hit["name"], hit["by"]) == ("hal-plan", "HAL-Plan", "words")
    assert hit["url"] == "/de/solutions/hal-plan"
    assert isinstance(hit["score"], float)
    assert isinstance(hit["reasons"], list)
    assert answer["near"] == {"key": "15002000", "label": "Halle (Saale)", "km": 25, "who": "anybody"}
    assert ask(client, "near=Halle")["near"] is None


def test_the_address_says_the_same_again(app: Flask) -> None:
    with app.test_request_context(f"/de/solutions?{ALL}"):
        address = read_results_address()
        again = urlsplit(address.url()).query
    with app.test_request_context(f"/de/solutions?{again}"):
        assert read_results_address() == address

    assert set(parse_qsl(again)) == set(parse_qsl(ALL))


def test_what_is_usual_stays_out_of_the_address(app: Flask) -> None:
    with app.test_request_context("/de/solutions"):
        assert ResultsAddress(chosen={}, near="Halle").url() == "/de/solutions?near=Halle"
        assert ResultsAddress(chosen={}, km=200).url() == "/de/solutions"


@pytest.mark.parametrize("km", ["", "0", "-1", "1e9", "٥٠", "51", "x" * 999])
def test_a_distance_that_is_no_choice_is_the_usual_one(app: Flask, km: str) -> None:
    with app.test_request_context("/de/solutions", query_string={"near": "Halle", "km": km}):
        assert read_results_address().km == 50


def test_every_facet_and_every_value_of_a_closed_list_has_words() -> None:
    for facet in FACETS:
        assert facet.name in labels.FACET
        for value in facet.order:
            assert value in labels.FACET_VALUES[facet.name], f"{facet.name}: {value}"


def test_groups_of_many_values_keep_those_to_exclude_in_a_list(get_page: GetPage) -> None:
    page = get_page("/solutions?technology=Python")
    choices: Node = page.one("select", id="not-technology")

    offered = [option["value"] for option in choices.all("option")]
    assert offered[0] == ""
    assert len(offered) > 10
    assert "Python" not in offered
    page.one("button", id="not-technology-add", type="submit")
