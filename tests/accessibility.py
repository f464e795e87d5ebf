"""What axe and a ruler find on a page in the browser."""

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# What can look different in the dark; all else was judged in the light on the very same page.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Widths of the desktop: 1280 pixels at 100, 200 and 400 percent (WCAG 1.4.10), and where the layout changes.
DESKTOP_WIDTHS = (1280, 1000, 800, 640, 320)
PHONE_WIDTH = 360


def unfold(page: Page) -> None:
    """Open whatever is folded away, and bring axe along."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))


def violations(page: Page) -> list[str]:
    """What axe finds on an unfolded page, a line each: rule, where, why."""
    return _violations(page, {"type": "tag", "values": LEVELS})


def violations_in_the_dark(page: Page) -> list[str]:
    """What axe finds wrong with the colours of the dark mode; it stays dark."""
    page.emulate_media(color_scheme="dark")
    return _violations(page, {"type": "rule", "values": COLOUR_RULES})


def _violations(page: Page, only: dict[str, object]) -> list[str]:
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
