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

# What a screen reader is told, one after the other.
WATCH_STATUS = """() => {
  window.said = [];
  new MutationObserver(() => said.push(document.getElementById("status").textContent))
    .observe(document.getElementById("status"), { childList: true });
}"""


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


def test_the_search_field_is_a_combobox_as_the_pattern_describes(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions")
        field = page.get_by_role("combobox", name="Lösungen suchen")
        options = page.locator("[role=option]")  # the order of results has options of its own
        field.focus()
        with page.expect_response(lambda answer: answer.url.endswith("?q=stadt")):
            page.keyboard.type("stadt")
        expect(options.first).to_be_visible()

        # Home and End stay in the field and move its cursor, whatever is marked in the list.
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
        assert field.evaluate("it => it.selectionStart") == 0
        page.keyboard.press("End")
        assert field.evaluate("it => it.selectionStart") == len("stadt")
        expect(field).to_be_focused()

        # Down past the last one and up past the first one is the field itself.
        for _ in range(options.count()):
            page.keyboard.press("ArrowDown")
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
        expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
        page.keyboard.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")

        # Each says what kind it is, and marks what was typed.
        expect(options.first).to_have_accessible_name(re.compile("Lösung$"))
        expect(options.first.locator("mark")).to_have_text(re.compile("^stadt$", re.IGNORECASE))

        # Tab goes on and closes the list; what was typed stays.
        page.keyboard.press("Tab")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field).to_have_attribute("aria-expanded", "false")
        expect(field).to_have_value("stadt")
        assert focused(page) == "Suchen"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_on_a_phone_a_word_of_the_index_completes_the_search(
    browser: Browser, live: Server, lang: str
) -> None:
    with visit(browser, live.url, size=PHONE, lang=lang) as page:
        page.goto(f"/{lang}/")
        page.locator("#q").focus()
        page.keyboard.type("freie baumka")
        option = page.get_by_role("option", name=re.compile("freie Baumkataster (Suche|Search)"))
        expect(option).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        option.click()
        expect(page).to_have_url(re.compile(rf"/{lang}/solutions\?q=freie(\+|%20)Baumkataster"))
        expect(page.locator(".solution-card__name").first).to_be_visible()


def test_a_corrected_search_can_be_made_as_typed_and_back(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions?q=Organigrammm")
        page.get_by_role("link", name="Genau nach „Organigrammm“ suchen").press("Enter")
        expect(page.locator("#count")).to_have_text("0 Lösungen")
        page.locator("#q").fill("Organigrammmm")
        page.locator("#q").press("Enter")
        expect(page.locator("#count")).to_have_text("1 Lösung")


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


def test_a_filter_is_applied_and_removed_by_keyboard_and_said_once(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions")
        page.evaluate(WATCH_STATUS)
        whole = page.locator("#count").inner_text()
        option = page.locator("input[name=licence][value=copyleft]")
        tab_to(page, "input[name=licence][value=copyleft]")
        top = "it => it.getBoundingClientRect().top"
        before = option.evaluate(top)
        page.keyboard.press("Space")

        expect(page).to_have_url(re.compile(r"/de/solutions[?]licence=copyleft$"))
        expect(option).to_be_focused()
        assert abs(option.evaluate(top) - before) < 2, "nothing jumps"
        count = page.locator("#count").inner_text()
        expect(page.locator("#status")).to_have_text(count)
        assert page.evaluate("said") == [count], "the number is said once"

        page.keyboard.press("Space")
        expect(page).to_have_url(re.compile(r"/de/solutions$"))
        expect(option).to_be_focused()
        expect(page.locator("#status")).to_have_text(whole)
        assert page.evaluate("said") == [count, whole]


def test_what_is_excluded_and_how_far_away_by_keyboard(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions")
        tab_to(page, "#facet-kind > summary")
        page.keyboard.press("Enter")
        tab_to(page, "#facet-kind-not > summary")
        page.keyboard.press("Enter")
        tab_to(page, "#not-kind")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#not-kind")).not_to_have_value("")
        expect(page, "arrow keys only look").to_have_url(re.compile("/de/solutions$"))
        tab_to(page, "#not-kind-add")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/de/solutions[?]not-kind=software$"))
        expect(page.locator("#not-kind-add")).to_be_focused()
        expect(page.locator(".chosen")).to_contain_text("Art: nicht Software")

        # A place of several: the page asks, says so, and the answer is a link.
        page.locator("#near").focus()
        page.keyboard.type("Halle")
        page.keyboard.press("Enter")
        expect(page.locator("#near-problem")).to_contain_text("Welchen Ort")
        expect(page.locator("#status")).to_contain_text("Welchen Ort meinen Sie mit „Halle“?")
        expect(page.locator("#near")).to_be_focused()
        page.get_by_role("link", name="Halle (Saale)", exact=True).first.press("Enter")
        expect(page.locator(".chosen")).to_contain_text("50 km um Halle (Saale)")
        expect(page.locator("#near")).to_have_value("Halle (Saale)")
        page.locator("#km").select_option("200")
        expect(page).to_have_url(re.compile("km=200"))

        page.go_back()
        expect(page.locator(".chosen")).to_contain_text("50 km um Halle (Saale)")
        page.go_back()
        page.go_back()
        page.go_back()
        expect(page).to_have_url(re.compile("/de/solutions$"))
        expect(page.locator(".chosen")).to_have_count(0)
        page.go_forward()
        expect(page.locator(".chosen")).to_contain_text("Art: nicht Software")


def test_going_back_changes_the_page_in_place(browser: Browser, live: Server) -> None:
    with visit(browser, live.url) as page:
        page.goto("/de/solutions?q=Stadt")
        page.evaluate("window.here = true")
        page.locator("input[name=topic]").first.check()
        expect(page.locator(".chosen")).to_be_visible()
        page.go_back()

        expect(page.locator(".chosen")).to_have_count(0)
        expect(page.locator("#q")).to_have_value("Stadt")
        assert page.evaluate("window.here"), "the page was not loaded anew"


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
        page.locator("#facet-licence-not > summary").click()
        page.locator("#not-licence").select_option(index=1)
        page.locator("#not-licence-add").click()
        expect(page).to_have_url(re.compile("not-licence=[a-z]"))
        page.locator("#near").fill("Berlin")
        page.locator("#km").select_option("200")
        page.locator("#near-submit").click()
        expect(page).to_have_url(re.compile("not-licence=[a-z]"))
        expect(page.locator(".chosen .tag")).to_have_count(3)
        for text in ("Berlin", "Liz" if lang == "de" else "Lic"):
            page.locator(".chosen .tag", has_text=text).click()
        expect(page.locator(".chosen .tag")).to_have_count(1)
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
