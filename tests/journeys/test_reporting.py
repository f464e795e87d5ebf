"""The form of a report in a browser: a town is picked with the keyboard, and errors are seen first."""

import pytest
from playwright.sync_api import Browser
from servers import Server
from visits import PHONE, visit


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_town_is_picked_with_the_keyboard_and_the_form_stays(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/reuse/report?solution=hal-plan")
        page.locator("#body").focus()
        page.keyboard.type("halle")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        assert page.input_value("#body") == "Halle (Saale)"
        assert page.input_value("#solution") == "HAL-Plan"
        assert page.url.endswith("/de/reuse/report?solution=hal-plan")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("javascript", [True, False])
def test_errors_come_first_and_lead_to_their_fields(browser: Browser, live: Server, javascript: bool) -> None:
    with visit(browser, live.url, size=PHONE, javascript=javascript, expected_status=422) as page:
        page.goto("/de/reuse/report")
        page.fill("#body", "Halle")
        page.fill("#email", "digital@halle")
        page.get_by_role("button", name="Meldung absenden").click()
        page.locator("#errors").wait_for()

        assert page.input_value("#email") == "digital@halle"
        page.locator("#errors").get_by_role("link", name="Mailadresse").click()
        assert page.url.endswith("#email")
        page.get_by_label("Halle (Westf.)").check()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_date_of_the_beginning_is_asked_only_for_what_has_ended(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/reuse/report")
        began = page.locator("#in_use_since")

        assert not began.is_visible()
        page.get_by_label("beendet", exact=False).first.check()
        assert began.is_visible()
