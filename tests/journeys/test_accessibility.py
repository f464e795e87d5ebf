"""WCAG 2.2 A and AA on every kind of page, wide and narrow, light and dark; nothing to scroll sideways."""

import hashlib
import re

import pytest
from accessibility import (
    AXE,
    DESKTOP_WIDTHS,
    PHONE_WIDTH,
    sideways,
    unfold,
    violations,
    violations_in_the_dark,
)
from page_kinds import KINDS
from playwright.sync_api import Browser
from servers import Server
from visits import DESKTOP, PHONE, visit

from catalogue.places import PACKAGE

SIZES = {"desktop": DESKTOP, "phone": PHONE}
WIDTHS = {"desktop": DESKTOP_WIDTHS, "phone": (PHONE_WIDTH,)}


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible(browser: Browser, live: Server, kind: str, size: str) -> None:
    # Both languages are judged: one on the desktop, the other on the phone.
    lang = "de" if size == "desktop" else "en"
    with visit(browser, live.url, size=SIZES[size], lang=lang) as page:
        page.goto(f"/{lang}{KINDS[kind]}")
        unfold(page)

        light, dark, too_wide = violations(page), violations_in_the_dark(page), sideways(page, WIDTHS[size])

        assert not light, "\n".join(light)
        assert not dark, "\n".join(dark)
        assert not too_wide, "there is something to scroll sideways"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_that_is_missing_is_accessible(browser: Browser, live: Server, dark: bool) -> None:
    with visit(browser, live.url, size=PHONE, dark=dark, expected_status=404) as page:
        page.goto("/de/no-such-page")
        unfold(page)

        found = violations(page)

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

        found = violations(page)

        assert not found, "\n".join(found)


def test_axe_is_the_file_that_the_docs_name() -> None:
    docs = (PACKAGE.parent / "docs" / "vendored.md").read_text(encoding="utf-8")

    named = re.search(r"`tests/vendor/axe/axe\.min\.js` \| `([0-9a-f]{64})`", docs)

    assert named
    assert named.group(1) == hashlib.sha256(AXE.read_bytes()).hexdigest()
