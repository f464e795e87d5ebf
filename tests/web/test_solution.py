"""The profile of a solution."""

from collections.abc import Callable

import pytest
from html_page import Node, Page
from page_checks import check_mail

GetPage = Callable[..., Page]


def reuse_row(page: Page, name: str) -> Node:
    """The row of this body in the list of reuses."""
    rows = [row for row in page.all("li", class_="reuse") if row.one("p", class_="reuse__body").text == name]
    assert len(rows) == 1, f"{len(rows)} rows of {name}"
    return rows[0]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_hal_plan_is_reused_in_magdeburg_which_nobody_has_confirmed(get_page: GetPage, lang: str) -> None:
    page = get_page("/solutions/hal-plan", lang)

    row = reuse_row(page, "Magdeburg")

    assert row.one("p", class_="reuse__body").one("a")["href"] == f"/{lang}/municipalities/15003000"
    assert row.one("p", class_="reuse__land").text == ("Sachsen-Anhalt" if lang == "de" else "Saxony-Anhalt")
    funding = {"de": "nicht im Programm gefördert", "en": "not funded by the programme"}
    assert row.one("p", class_="reuse__programme").text == funding[lang]
    assert row.one("span", class_="stage--in-use")
    assert not row.all("span", class_="reuse__confirmed--yes")
    sources = [link["href"] for link in row.one("p", class_="provenance").all("a")]
    assert "https://www.kommune21.de/?p=125243" in sources
    if lang == "de":
        assert row.one("span", class_="stage--in-use").text == "im Betrieb"
        assert "von der Kommune noch nicht bestätigt" in row.text
        assert "genannt für 2025" in row.text


def test_hal_plan_shows_who_else_tries_and_develops_it(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")

    assert "erprobt" in reuse_row(page, "KielRegion").text
    assert "bis 2025" in reuse_row(page, "KielRegion").text
    assert reuse_row(page, "KielRegion").all("a", href="/de/organisations/kielregion")
    assert reuse_row(page, "Paderborn") in page.section("reuse-partners").all("li")
    assert "durch Quelle belegt" in reuse_row(page, "Paderborn").text
    assert "11 Kommunen im Testwettbewerb" in page.section("reuse-reach").text


def test_hal_plan_says_what_is_not_known_about_its_licence(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")

    answer = page.section("permission")

    assert answer.one("h3").text == "Das ist nicht geklärt"
    assert answer.one("div", class_="permission--unclear")
    assert "kein öffentliches Repository" in answer.text
    assert "keine Rechtsberatung" in answer.text
    assert "Lizenz nicht bekannt" in page.section("glance").text
    assert "Lizenz und Ort des Quelltextes" in page.section("unconfirmed").text


def test_hal_plan_names_its_contact_operation_and_evidence(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")

    assert page.section("contact").all("a", href="https://www.smartes.halle.de")
    assert "Wirtschaftsförderung" in page.section("transfer").text
    assert page.section("evidence").all("a")
    assert "22.11.2026" in page.section("standing").text
    assert "11.02.2026" in page.section("timeline").text
    assert page.section("similar").all("article")


def test_dates_and_numbers_are_written_as_the_reader_writes_them(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan", "en")

    assert "22 Nov" in page.section("standing").text or "Nov 22, 2026" in page.section("standing").text


def test_german_text_on_an_english_page_is_marked(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan", "en")

    doubts = page.section("unconfirmed").one("ul")
    note = reuse_row(page, "Magdeburg").one("p", class_="reuse__text")

    assert doubts["lang"] == "de"
    assert note["lang"] == "de"
    assert "lang" not in page.one("p", class_="page-head__lead").attributes  # the summary is in English


def test_whoever_sees_a_mistake_can_write_without_an_account(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")
    row = reuse_row(page, "Magdeburg")

    about_the_row = row.one("p", class_="reuse__report").one("a")["href"]
    about_the_page = page.section("standing").one("a")["href"]

    assert about_the_row == "/de/solutions/hal-plan/hint?body=15003000"
    assert about_the_page == "/de/solutions/hal-plan/hint"


@pytest.mark.parametrize(
    ("path", "about"), [("hint", "HAL-Plan"), ("hint?body=15003000", "HAL-Plan – Magdeburg")]
)
def test_whoever_sees_a_mistake_can_write_a_mail_instead(get_page: GetPage, path: str, about: str) -> None:
    page = get_page(f"/solutions/hal-plan/{path}")

    (mail,) = [link for link in page.main.all("a") if link["href"].startswith("mailto:katalog@example.org?")]
    written = check_mail(mail["href"])

    assert written["subject"] == f"Hinweis zu: {about}"
    assert "/de/solutions/hal-plan\r\n" in written["body"]


def test_every_reuse_row_has_evidence_and_a_way_to_object(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan")

    rows = page.all("li", class_="reuse")

    assert len(rows) == 13
    for row in rows:
        assert row.one("p", class_="provenance").text
        assert row.one("p", class_="reuse__report").one("a")


@pytest.mark.parametrize(
    ("path", "badge", "notice"),
    [
        ("stadtpuls", "Eingestellt", "Diese Lösung ist eingestellt."),
        (
            "lorawan-suedwestfalen",
            "Nur Konzept, keine Software",
            "Das ist ein Konzept und keine fertige Software.",
        ),
        ("hal-plan", "Open Source angekündigt", "Open Source ist angekündigt, aber noch nicht belegt."),
    ],
)
def test_what_is_not_plainly_reusable_says_so_on_card_and_profile(
    get_page: GetPage, path: str, badge: str, notice: str
) -> None:
    profile = get_page(f"/solutions/{path}")
    name = profile.heading

    found = get_page(f"/solutions?q={name.replace(' ', '+').replace('&', '%26')}")
    card = next(card for card in found.cards() if card.all("h3")[0].text == name)

    assert badge in profile.one("div", class_="page-head__badges").text
    assert notice in [alert.text for alert in profile.all("p", class_="alert__title")]
    assert badge in card.one("div", class_="badges").text


def test_what_nobody_confirms_as_open_source_says_so(get_page: GetPage) -> None:
    listed = get_page("/solutions?open_source=not-confirmed")

    cards = listed.cards()
    for card in cards:
        assert "Open Source nicht bestätigt" in card.one("div", class_="badges").text
    profile = get_page(cards[0].all("h3")[0].one("a")["href"].removeprefix("/de"))
    assert "Es ist nicht bestätigt, dass diese Lösung Open Source ist." in profile.main.text
    badges = profile.one("div", class_="page-head__badges").all("span", class_="badge")
    assert "Open Source" not in [badge.text for badge in badges]


def test_a_profile_can_be_put_on_the_shortlist_and_taken_off_again(get_page: GetPage) -> None:
    page = get_page("/solutions/hal-plan?list=civitas-core")

    put = get_page(page.link("Zum Vergleich merken").removeprefix("/de"))
    off = get_page(put.link("Nicht mehr merken").removeprefix("/de"))

    assert put.link("Gemerkte vergleichen") == "/de/compare?id=civitas-core&id=hal-plan"
    assert off.address.partition("#")[0] == "/de/solutions/hal-plan?list=civitas-core"


def test_an_unknown_solution_is_not_found(get_page: GetPage) -> None:
    get_page("/solutions/HAL-PLAN", status=404)
    get_page("/solutions/..%2f..%2fetc%2fpasswd", status=404)
    get_page("/solutions/" + "a" * 400, status=404)


def test_the_licence_decides_what_a_town_may_do(get_page: GetPage) -> None:
    permissive = get_page("/solutions?licence=permissive&open_source=yes")
    copyleft = get_page("/solutions?licence=copyleft&open_source=yes")

    easy = get_page(permissive.cards()[0].all("h3")[0].one("a")["href"].removeprefix("/de"))
    shared = get_page(copyleft.cards()[0].all("h3")[0].one("a")["href"].removeprefix("/de"))

    assert easy.section("permission").one("h3").text == "Ja, mit wenigen Pflichten"
    assert shared.section("permission").one("h3").text == "Ja, mit Pflichten beim Weitergeben"


def test_a_profile_shows_a_few_of_the_words_in_which_people_ask_for_it(get_page: GetPage) -> None:
    german, english = get_page("/solutions/hal-plan"), get_page("/solutions/hal-plan", "en")

    (row,) = [fact for fact in german.all("div", class_="fact") if "Typische Fragen" in fact.text]
    assert len(row.all("li")) == 8
    assert "die Stadt von oben am Bildschirm ansehen" in row.text
    (row,) = [fact for fact in english.all("div", class_="fact") if "Typical questions" in fact.text]
    assert "3D city model" in row.text
