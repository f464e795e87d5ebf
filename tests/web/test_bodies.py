"""Pages about municipalities, districts, organisations and model projects."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from html_page import Page

from catalogue.places import REGISTER
from catalogue.storage.register import load_register

GetPage = Callable[..., Page]
EMPTY = "09479111"


def test_magdeburg_reuses_hal_plan(get_page: GetPage) -> None:
    page = get_page("/municipalities/15003000")

    row = next(
        row
        for row in page.section("reuses").all("li", class_="reuse")
        if row.one("p", class_="reuse__body").text == "HAL-Plan"
    )

    assert page.heading == "Magdeburg"
    assert row.all("a", href="/de/solutions/hal-plan")
    assert "im Betrieb" in row.text
    assert "von der Kommune noch nicht bestätigt" in row.text
    assert row.one("p", class_="provenance").all("a")
    assert not page.is_noindex
    assert "15003000" in page.main.text


def test_halle_provides_hal_plan_and_has_a_model_project(get_page: GetPage) -> None:
    page = get_page("/municipalities/15002000")

    assert page.section("provides").all("a", href="/de/solutions/hal-plan")
    assert page.section("projects").all("a", href="/de/model-projects/halle")
    assert page.section("neighbours").all("a")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_town_without_anything_is_not_indexed_and_invites_a_report(get_page: GetPage, lang: str) -> None:
    page = get_page(f"/municipalities/{EMPTY}", lang)

    assert page.is_noindex
    assert f"/{lang}/reuse/report?body={EMPTY}" in page.links()
    assert f"/{lang}/submit" in page.links()
    assert page.section("alike").all("a"), "towns like it can be asked"


def test_every_body_of_the_register_has_a_page(get_page: GetPage) -> None:
    keys = [town.key for town in load_register(REGISTER)]

    assert len(keys) > 11_000
    for key in keys[:: len(keys) // 25]:
        page = get_page(f"/municipalities/{key}")
        assert key in page.main.text


@pytest.mark.parametrize(("old", "new"), [("07132074", "07132502"), ("03153007", "03153019")])
def test_the_key_of_a_merged_town_leads_to_its_successor(client: FlaskClient, old: str, new: str) -> None:
    answer = client.get(f"/en/municipalities/{old}")

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/en/municipalities/{new}"


def test_a_district_names_what_it_reuses(get_page: GetPage) -> None:
    page = get_page("/municipalities/03154")

    assert page.heading == "Landkreis Helmstedt"
    assert page.section("reuses").all("a", href="/de/solutions/hal-plan")
    assert "03154" in page.main.text


def test_a_town_leads_to_its_district(get_page: GetPage) -> None:
    page = get_page("/municipalities/07132502")

    assert "/de/municipalities/07132" in page.links()


@pytest.mark.parametrize(
    "key", ["99999999", "1500300", "15003000x", "magdeburg", "15", "%00", "١٥٠٠٣٠٠٠", "0" * 299]
)
def test_an_unknown_key_is_not_found(get_page: GetPage, key: str) -> None:
    get_page(f"/municipalities/{key}", status=404)
    get_page(f"/organisations/{key}", status=404)


def test_a_town_is_no_organisation_and_an_organisation_no_town(get_page: GetPage) -> None:
    get_page("/organisations/15003000", status=404)
    get_page("/municipalities/kielregion", status=404)


def test_municipalities_that_take_part_are_listed_by_land(get_page: GetPage) -> None:
    page = get_page("/municipalities")
    saxony_anhalt = get_page("/municipalities?land=15")

    assert "/de/municipalities/15003000" in page.links()
    assert "/de/organisations/kielregion" in page.links()
    assert "/de/municipalities/15003000" in saxony_anhalt.links()
    assert "/de/municipalities/05774032" not in saxony_anhalt.links()
    assert saxony_anhalt.one("select", id="land").one("option", selected="")["value"] == "15"


@pytest.mark.parametrize("text", ["Magdeburg", "magdeb", "39104", "15003000", "MAGDEBURG"])
def test_any_municipality_can_be_looked_up(get_page: GetPage, text: str) -> None:
    page = get_page(f"/municipalities?q={text}")

    assert page.section("found").all("a", href="/de/municipalities/15003000")
    assert page.is_noindex


def test_umlauts_can_be_typed_as_two_letters(get_page: GetPage) -> None:
    assert get_page("/municipalities?q=Koeln").section("found").all("a", href="/de/municipalities/05315000")


def test_a_search_without_result_helps(get_page: GetPage) -> None:
    page = get_page("/municipalities?q=xyzzyqwert&land=nonsense")

    assert "gibt es keine Kommune" in page.main.text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_organisation_shows_what_it_uses_and_who_belongs_to_it(get_page: GetPage, lang: str) -> None:
    page = get_page("/organisations/kielregion", lang)

    assert page.heading == "KielRegion"
    assert f"/{lang}/solutions/hal-plan" in page.links()


def test_all_model_projects_are_listed_by_round(get_page: GetPage) -> None:
    page = get_page("/model-projects")

    links = {link for link in page.links() if link.startswith("/de/model-projects/")}

    assert len(links) == 73
    assert "73" in page.one("p", class_="page-head__lead").text
    assert [page.section(f"round-{year}").one("h2").text for year in (2019, 2020, 2021)]


def test_a_model_project_names_its_members_and_measures(get_page: GetPage) -> None:
    page = get_page("/model-projects/halle")

    assert "/de/municipalities/15002000" in page.links()
    assert page.section("measures").all("a", href="/de/solutions/hal-plan")


def test_what_members_of_a_project_use_is_apart_from_its_measures(get_page: GetPage) -> None:
    page = get_page("/model-projects/bamberg")

    measures = {link["href"] for link in page.section("measures").all("a")}
    others = {link["href"] for link in page.section("others").all("a") if "/solutions/" in link["href"]}

    assert others
    assert not measures & others


def test_unknown_projects_and_topics_are_not_found(get_page: GetPage) -> None:
    get_page("/model-projects/nobody-knows", status=404)
    get_page("/topics/nobody-knows", status=404)
