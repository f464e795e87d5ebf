"""WCAG 2.2 A and AA on every kind of page, wide and narrow, light and dark; nothing to scroll sideways."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from page_kinds import KINDS
from playwright.sync_api import Browser, Page
from servers import Server
from visits import DESKTOP, PHONE, visit

from catalogue.places import PACKAGE

AXE = Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# What can look different in the dark; all else was judged in the light on the very same page.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# 1280 pixels at 100, 200 and 400 percent (WCAG 1.4.10), widths where the layout changes, and the phone.
WIDTHS = {"desktop": (1280, 1000, 800, 640, 320), "phone": (360,)}


def violations(page: Page, only: dict[str, object]) -> list[str]:
    """What axe finds, a line each: rule, where, why."""
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    nodes = ((rule["id"], node) for rule in found for node in rule["nodes"][:4])
    return [f"{name}: {node['target']} {node['failureSummary']}" for name, node in nodes]


def sideways(page: Page, widths: Iterable[int]) -> dict[int, int]:
    """Widths of the window at which the page is wider than it, with its own."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            found[width] = needed
    return found


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible(browser: Browser, live: Server, kind: str, size: str) -> None:
    # Both languages are judged: one on the desktop, the other on the phone.
    lang = "de" if size == "desktop" else "en"
    with visit(browser, live.url, size=SIZES[size], lang=lang) as page:
        page.goto(f"/{lang}{KINDS[kind]}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        light = violations(page, {"type": "tag", "values": LEVELS})
        page.emulate_media(color_scheme="dark")
        dark = violations(page, {"type": "rule", "values": COLOUR_RULES})
        too_wide = sideways(page, WIDTHS[size])

        assert not light, "\n".join(light)
        assert not dark, "\n".join(dark)
        assert not too_wide, "there is something to scroll sideways"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_that_is_missing_is_accessible(browser: Browser, live: Server, dark: bool) -> None:
    with visit(browser, live.url, size=PHONE, dark=dark, expected_status=404) as page:
        page.goto("/de/no-such-page")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        found = violations(page, {"type": "tag", "values": LEVELS})

        assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_open_suggestions_are_accessible(browser: Browser, live: Server, dark: bool) -> None:
    with visit(browser, live.url, dark=dark) as page:
        page.goto("/de/")
        page.locator("#q").focus()
        page.keyboard.type("stadt")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        found = violations(page, {"type": "tag", "values": LEVELS})

        assert not found, "\n".join(found)


def test_axe_is_the_file_that_the_docs_name() -> None:
    docs = (PACKAGE.parent / "docs" / "vendored.md").read_text(encoding="utf-8")

    named = re.search(r"`tests/vendor/axe/axe\.min\.js` \| `([0-9a-f]{64})`", docs)

    assert named
    assert named.group(1) == hashlib.sha256(AXE.read_bytes()).hexdigest()
