"""Who is like us, and who is near: on the pages of municipalities, on results and on profiles."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from html_page import Node, Page

GetPage = Callable[..., Page]


def shared(page: Page) -> dict[str, Node]:
    return {
        item.one("h3").text: item for item in page.section("like-us").one("ol", class_="shared").all("li")
    }


def test_a_town_learns_what_its_neighbours_have_in_common_and_whether_it_has_it_too(
    get_page: GetPage,
) -> None:
    items = shared(get_page("/municipalities/15003000"))  # Magdeburg

    name, first = next(iter(items.items()))
    assert name == "HAL-Plan"
    assert first.one("strong").text.startswith("6 vergleichbare Kommunen nutzen oder erproben sie.")
    assert "3 davon liegen in Ihrer Nähe." in first.text
    assert first.all("a", href="/de/municipalities/15086015"), "whom to ask"
    assert "Burg (Jerichower Land) (22 km)" in first.text
    assert "bei Ihnen: im Betrieb" in first.text
    assert first.all("a", href="/de/solutions/hal-plan?near=15003000")
    assert first.all("a", href="/de/solutions/hal-plan?near=15003000#contact")
    assert "bei Ihnen noch nicht eingetragen" in items["CIVITAS/CORE"].text


def test_what_a_town_provides_itself_is_said_so(get_page: GetPage) -> None:
    halle = shared(get_page("/municipalities/15002000"))

    assert "stellen Sie selbst bereit" in halle["HAL-Plan"].text


def test_each_town_is_listed_with_reason_distance_size_and_what_it_runs(get_page: GetPage) -> None:
    page = get_page("/municipalities/15003000")

    rows = page.section("like-us").one("ul", class_="body-list").all("li", class_="body-row")
    burg = next(row for row in rows if row.all("a", href="/de/municipalities/15086015"))

    assert 1 < len(rows) <= 12
    assert "(22 km)" in burg.text
    assert "22.109 Einwohner · Sachsen-Anhalt" in burg.text
    assert "in der Nähe · dasselbe Bundesland" in burg.text
    assert "HAL-Plan erprobt" in burg.text
    assert not page.section("like-us").all("a", href="/de/municipalities/15003000"), "not itself"


@pytest.mark.parametrize("key", ["09479111", "03154", "11000000"])  # a village, a district, a city
@pytest.mark.parametrize("lang", ["de", "en"])
def test_any_municipality_and_district_is_compared(get_page: GetPage, key: str, lang: str) -> None:
    section = get_page(f"/municipalities/{key}", lang).section("like-us")

    assert section.one("ol", class_="shared").all("li")
    assert not section.all("a", href=f"/{lang}/municipalities/{key}")


def test_an_organisation_is_compared_with_nobody(get_page: GetPage) -> None:
    assert not get_page("/organisations/kielregion").all(id="like-us")


# --- Near


def nearby_of(page: Page) -> dict[str, str]:
    return {
        card.one("h3").text: card.one("p", class_="solution-card__near").text
        for card in page.cards()
        if card.all("p", class_="solution-card__near")
    }


def test_a_result_says_who_near_the_place_runs_it(get_page: GetPage) -> None:
    words = nearby_of(get_page("/solutions?q=HAL-Plan&near=15003000&km=50"))

    assert words["HAL-Plan"].startswith("In Ihrer Nähe genutzt: Magdeburg, Burg (Jerichower Land) (22 km)")


def test_a_result_says_who_near_the_place_offers_it_where_nobody_runs_it(get_page: GetPage) -> None:
    words = nearby_of(get_page("/solutions?q=HAL-Plan&near=15002000&km=25"))

    assert words["HAL-Plan"] == "In Ihrer Nähe angeboten: Halle (Saale)"


def test_without_a_place_nothing_is_near(get_page: GetPage) -> None:
    assert nearby_of(get_page("/solutions?q=HAL-Plan")) == {}
    assert nearby_of(get_page("/solutions?q=HAL-Plan&near=Halle")) == {}  # of several


def test_a_profile_says_who_is_near_the_place_of_its_address(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan?near=15002000&km=100&list=civitas-core")
    section = page.section("nearby")

    rows = [row.text for row in section.one("ul").all("li")]
    assert "Magdeburg (75 km) nutzt oder erprobt sie" in rows
    assert rows[-1].startswith(("Halle (Saale)", "und "))
    assert "Höchstens 100 km von Halle (Saale) entfernt" in section.text
    form = section.one("form")
    assert form.one("input", id="near")["value"] == "Halle (Saale)"
    assert form.one("input", name="list")["value"] == "civitas-core"
    toggle = page.one("a", id="shortlist")
    assert parse_qs(urlsplit(toggle["href"]).query)["near"] == ["15002000"]


def test_a_profile_names_the_nearest_where_nobody_is_near(get_page: GetPage) -> None:
    text = get_page("/solutions/hal-plan?near=09479111&km=25").section("nearby").text

    assert "Im Umkreis von 25 km um Bad Alexandersbad ist noch niemand bekannt" in text
    assert "Am nächsten ist:" in text


def test_a_profile_asks_which_place_is_meant_or_says_that_it_knows_none(get_page: GetPage) -> None:
    several = get_page("/solutions/hal-plan?near=Halle").section("nearby")
    none = get_page("/solutions/hal-plan?near=%3Cb%3Exyzzyqwert").section("nearby")
    empty = get_page("/solutions/hal-plan").section("nearby")

    assert several.all("a", href="/de/solutions/hal-plan?near=15002000#nearby")
    assert "Einen Ort „<b>xyzzyqwert“ kennen wir nicht." in none.text
    assert empty.one("input", id="near")["value"] == ""
    assert not empty.all("ul")


def test_the_place_is_in_no_cookie_and_in_no_canonical_address(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan?near=15002000&km=100")

    assert "Set-Cookie" not in page.headers
    assert page.one("link", rel="canonical")["href"].endswith("/de/solutions/hal-plan")
