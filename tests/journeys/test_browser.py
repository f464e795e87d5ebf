"""Ways of a reader through the catalogue, in a real browser, mostly by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from servers import Server
from visits import PHONE, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOST_TABS = 150
# On the element itself, or around the box that a field and its button share.
SHOWS_FOCUS = """it => [it, it.parentElement, it.closest("li")].some((node) => {
  const style = node && getComputedStyle(node);
  return style && (style.outlineStyle !== "none" || style.boxShadow !== "none");
})"""


def focused(page: Page) -> str:
    """The words, or else the value or name, of what has the focus."""
    words = page.evaluate("document.activeElement.innerText || document.activeElement.tagName")
    return str(words).strip()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first element of `selector` has the focus, and see that the focus shows."""
    target = page.locator(selector).first
    expect(target).to_be_attached()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            assert target.evaluate(SHOWS_FOCUS), f"nobody sees that {selector} has the focus"
            assert target.evaluate("it => it.getBoundingClientRect().height > 0"), (
                f"{selector} cannot be seen"
            )
            return
    raise AssertionError(f"{MOST_TABS} times Tab never reached {selector}; now at {focused(page)}")


def test_a_clerk_finds_compares_and_reads_by_keyboard_alone(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        # The start page: first of all the way past the navigation, then the search.
        page.goto("/")
        expect(page).to_have_url(re.compile("/de/$"))
        page.keyboard.press("Tab")
        assert focused(page) == "Zum Inhalt springen"
        page.keyboard.press("Enter")
        tab_to(page, "#q")
        page.keyboard.type("digitaler Zwilling")
        page.keyboard.press("Enter")

        # Results: HAL-Plan is there. A filter applies at once, and the focus stays on it.
        expect(page).to_have_url(re.compile(r"/de/solutions\?q=digitaler"))
        expect(page.locator(".solution-card__name", has_text="HAL-Plan")).to_be_visible()
        before = page.locator("#count").inner_text()
        tab_to(page, "input[name=topic][value=digital-twin]")
        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile("topic=digital-twin"))
        expect(page.locator(".chosen")).to_contain_text("Digitaler Zwilling")
        expect(page.locator("input[name=topic][value=digital-twin]")).to_be_focused()
        assert int(page.locator("#count").inner_text().split()[0]) <= int(before.split()[0])
        expect(page.locator("#status")).to_have_text(page.locator("#count").inner_text())

        # Two on the shortlist.
        for number in (1, 2):
            tab_to(page, ".shortlist-link:has-text('Zum Vergleich merken')")
            page.keyboard.press("Enter")
            expect(page.locator(".shortlist-bar")).to_contain_text(f"{number} Lösung")
        tab_to(page, ".shortlist-bar a")
        page.keyboard.press("Enter")

        # Side by side; the table can be moved with the arrow keys.
        expect(page).to_have_url(re.compile(r"/de/compare\?id=.+&id="))
        expect(page.locator("thead th")).to_have_count(2)
        tab_to(page, "[role=region][tabindex='0']")

        # The other language keeps the comparison.
        page.locator("body").press("Home")
        tab_to(page, "a[hreflang=en]")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/en/compare\?id=.+&id="))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("thead th")).to_have_count(2)

        # To the profile.
        tab_to(page, "thead a[href$='/solutions/hal-plan']")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/en/solutions/hal-plan"))
        expect(page.locator("h1")).to_have_text("HAL-Plan")
        expect(page.locator(".reuse__body", has_text="Magdeburg")).to_be_visible()


def test_suggestions_are_chosen_with_the_arrow_keys(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/")
        field = page.get_by_role("combobox", name="Wonach suchen Sie?")
        field.focus()
        page.keyboard.type("hal-p")
        options = page.get_by_role("option")
        expect(options.first).to_be_visible()
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(page.locator("#status")).to_contain_text("Vorschl")

        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
        page.keyboard.press("ArrowUp")
        expect(options.first).to_have_attribute("aria-selected", "false")
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field).to_have_value("hal-p")
        expect(field).to_have_attribute("aria-expanded", "false")

        page.keyboard.type("l")
        expect(options.first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/de/solutions/hal-plan$"))


def test_enter_without_choosing_a_suggestion_searches(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/")
        page.locator("#q").focus()
        page.keyboard.type("magdeburg")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/de/solutions\?q=magdeburg"))


def test_what_changes_one_thing_keeps_place_and_focus(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions?topic=mobility")
        page.locator("input[name=licence]").first.check()
        expect(page.locator("a[hreflang=en]")).to_have_attribute("href", re.compile("licence="))
        expect(page.locator("link[rel=canonical]")).to_have_attribute("href", re.compile("licence="))

        # On the shortlist: the focus stays on the same link, the page says how many there are.
        link = page.locator(".shortlist-link").nth(2)
        name = link.get_attribute("id")
        link.press("Enter")
        expect(page.locator("#status")).to_have_text("Gemerkt, 1 von 4")
        expect(page.locator(f"#{name}")).to_be_focused()
        expect(page.locator(f"#{name}")).to_contain_text("entfernen")
        expect(page.locator(".site-header__tools")).to_contain_text("Merkzettel (1)")

        # A filter taken away: the focus goes to the next one, at last to the number of results.
        page.locator(".chosen .tag").first.press("Enter")
        expect(page.locator(".chosen .tag")).to_have_count(1)
        expect(page.locator(".chosen .tag")).to_be_focused()
        page.locator(".chosen .tag").press("Enter")
        expect(page.locator("#count")).to_be_focused()
        expect(page).to_have_url(re.compile("/de/solutions[?]list="))


def test_going_back_brings_the_filters_back(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions?q=Stadt")
        before = page.locator("#count").inner_text()
        page.locator("input[name=topic]").first.check()
        expect(page.locator(".chosen")).to_be_visible()
        page.locator("#sort").select_option("name")
        expect(page).to_have_url(re.compile("sort=name"))

        page.go_back()
        expect(page).not_to_have_url(re.compile("sort=name"))
        expect(page.locator("input[name=topic]:checked")).to_have_count(1)
        page.go_back()
        expect(page).not_to_have_url(re.compile("topic="))
        expect(page.locator("#count")).to_have_text(before)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_everything_works_without_javascript(browser: Browser, live: Server, lang: str) -> None:
    with visit(browser, live.url, javascript=False, lang=lang) as page:
        page.goto("/")
        expect(page).to_have_url(re.compile(f"/{lang}/$"))
        page.locator("#q").fill("digitaler Zwilling")
        page.locator("#q").press("Enter")
        expect(page.locator(".solution-card__name", has_text="HAL-Plan")).to_be_visible()
        page.locator("input[name=topic][value=digital-twin]").check()
        page.locator(".facets__submit").click()
        expect(page).to_have_url(
            re.compile("q=digitaler.Zwilling.*topic=digital-twin|topic=digital-twin.*q=digitaler")
        )
        expect(page.locator(".chosen")).to_be_visible()
        page.locator("#sort").select_option("name")
        page.locator(".result-bar button").click()
        expect(page).to_have_url(re.compile("sort=name"))
        for _ in range(2):
            page.locator(".shortlist-link[href*='list=']:not(:has(.kern-icon--check))").first.click()
        page.locator(".shortlist-bar a").click()
        expect(page.locator("thead th")).to_have_count(2)
        expect(page.locator("[data-copy]:visible, [data-print]:visible")).to_have_count(0)


def test_on_a_phone_menu_and_filters_open_and_close(browser: Browser, live: Server) -> None:
    with visit(browser, live.url, size=PHONE) as page:
        page.goto("/de/solutions")
        expect(page.locator(".site-nav__list")).to_be_hidden()
        page.locator(".site-menu > summary").press("Enter")
        expect(page.locator(".site-nav__list a").first).to_be_visible()
        page.locator(".site-menu > summary").press("Enter")

        expect(page.locator("#filters")).to_be_hidden()
        page.locator("#facets > summary").press("Enter")
        page.locator("input[name=topic][value=mobility]").press("Space")
        expect(page.locator(".chosen")).to_be_visible()
        expect(page.locator("#filters"), "the panel stays open after a choice").to_be_visible()


def test_a_profile_prints_without_what_cannot_be_clicked_on_paper(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions/hal-plan")
        page.emulate_media(media="print")

        expect(page.locator(".site-nav__list")).to_be_hidden()
        expect(page.locator("[data-print]")).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".reuse__body", has_text="Magdeburg")).to_be_visible()
