"""WCAG 2.2 A and AA on every kind of page, wide and narrow, light and dark; nothing to scroll sideways."""

import hashlib
import re
from pathlib import Path
from typing import Any, Protocol

import pytest
from page_kinds import KINDS
from playwright.sync_api import Browser, Page
from visits import DESKTOP, PHONE, visit

from catalogue.places import PACKAGE

AXE = Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# What can look different in the dark; all else was judged in the light on the very same page.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SIZES = {"desktop": DESKTOP, "phone": PHONE}


class Live(Protocol):
    """The running server."""

    @property
    def url(self) -> str: ...


def violations(page: Page, only: dict[str, object]) -> list[str]:
    """What axe finds, a line each: rule, where, why."""
    found: list[dict[str, Any]] = page.evaluate(
        "async (only) => (await axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations",
        only,
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"][:4]
    ]


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible(browser: Browser, live: Live, kind: str, size: str) -> None:
    # Both languages are judged: one on the desktop, the other on the phone.
    lang = "de" if size == "desktop" else "en"
    with visit(browser, live.url, size=SIZES[size], lang=lang) as page:
        page.goto(f"/{lang}{KINDS[kind]}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        light = violations(page, {"type": "tag", "values": LEVELS})
        page.emulate_media(color_scheme="dark")
        dark = violations(page, {"type": "rule", "values": COLOUR_RULES})
        width = page.evaluate("document.documentElement.scrollWidth")

        assert not light, "\n".join(light)
        assert not dark, "\n".join(dark)
        assert width <= SIZES[size][0], f"{width} pixels wide"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_that_is_missing_is_accessible(browser: Browser, live: Live, dark: bool) -> None:
    with pytest.raises(AssertionError, match="404"), visit(browser, live.url, size=PHONE, dark=dark) as page:
        page.goto("/de/no-such-page")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = violations(page, {"type": "tag", "values": LEVELS})
        if found:
            pytest.fail("\n".join(found))


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_open_suggestions_are_accessible(browser: Browser, live: Live, dark: bool) -> None:
    with visit(browser, live.url, dark=dark) as page:
        page.goto("/de/")
        page.locator("#q").focus()
        page.keyboard.type("stadt")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        found = violations(page, {"type": "tag", "values": LEVELS})

        assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_nothing_scrolls_sideways_at_320_pixels_or_with_letters_twice_as_large(browser: Browser, live: Live) -> None:
    too_wide = {}
    with visit(browser, live.url, size=(320, 700)) as page:
        for kind, path in KINDS.items():
            page.set_viewport_size({"width": 320, "height": 700})
            page.goto(f"/de{path}")
            if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
                too_wide[f"{kind} at 320"] = width
            page.set_viewport_size({"width": 1280, "height": 900})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if (width := page.evaluate("document.documentElement.scrollWidth")) > 1280:
                too_wide[f"{kind} at 1280 with large letters"] = width

    assert not too_wide


def test_axe_is_the_file_that_the_docs_name() -> None:
    docs = (PACKAGE.parent / "docs" / "vendored.md").read_text(encoding="utf-8")

    named = re.search(r"`tests/vendor/axe/axe\.min\.js` \| `([0-9a-f]{64})`", docs)

    assert named
    assert named.group(1) == hashlib.sha256(AXE.read_bytes()).hexdigest()
