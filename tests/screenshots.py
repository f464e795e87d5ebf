"""Pictures of pages for the docs: real entries, an office in the middle of its work, wide and narrow.

PYTHONPATH=.:tests python -m screenshots docs/screenshots
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from furnished_office import LOGIN, Furnished, furnish
from journeys.conftest import ARGUMENTS, CHROMIUM
from moving_server import Clock, MovingServer, moving_server
from office_login import PASSWORD, quick_hashes
from playwright.sync_api import Browser, Page, sync_playwright
from visits import DESKTOP, PHONE

from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.storage.store import Store

QUALITY = 60  # of JPEG: text stays sharp, and a picture has some 70 kB


def form_with_errors(page: Page) -> None:
    """Somebody sends the form with a town of which there are many, and without a mail address."""
    page.fill("#solution", "hal-plan")
    page.fill("#body", "Neustadt")
    page.locator("input[name=stage][value=in-use]").check()
    page.evaluate("document.querySelectorAll('main form [required]').forEach((one) => one.required = false)")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def nothing(_: Page) -> None:
    """The page as it comes."""


PAGES: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "start": ("/", nothing),
    "map": ("/map", nothing),
    "network": ("/network", nothing),
    "statistics": ("/statistics", nothing),
    "municipality": ("/municipalities/15003000", nothing),
    "form-with-errors": ("/reuse/report", form_with_errors),
    "work-list": ("/office", nothing),
    "report": ("/office/reports/{full}", nothing),
}


@dataclass(frozen=True)
class Wanted:
    """Which pages, where to, and whether all of each or what a window shows."""

    pages: Sequence[str]
    into: Path
    is_whole: bool


def photograph(browser: Browser, server: MovingServer, office: Furnished, wanted: Wanted) -> None:
    """The pages in both languages and widths, as `<page>-<width>-<language>`."""
    for width, height in (DESKTOP, PHONE):
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto("/de/login")
        page.fill("#login", LOGIN)
        page.fill("#password", PASSWORD)
        page.locator("main button").click()
        page.wait_for_url("**/de/office")
        for lang in ("de", "en"):
            for name in wanted.pages:
                path, then = PAGES[name]
                page.goto(f"/{lang}{path.format(full=office.full)}")
                then(page)
                file = wanted.into / f"{name}-{width}-{lang}"
                if wanted.is_whole:
                    page.screenshot(path=f"{file}.png", full_page=True)
                else:
                    page.screenshot(path=f"{file}.jpg", type="jpeg", quality=QUALITY)
        context.close()


def main() -> None:
    """Publish, furnish, photograph."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("into", type=Path)
    parser.add_argument("pages", nargs="*", help="all of them, unless some are named")
    parser.add_argument("--whole", action="store_true", help="whole pages as PNG, not what a window shows")
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, quick_hashes():
        data = Path(folder)
        run(Settings.from_environ({"CATALOGUE_DATA": folder, "CATALOGUE_SEMANTIC": "off"}))
        clock = Clock()
        store = Store.open(f"sqlite:///{data}/catalogue.db", migrate=True)
        office = furnish(store, clock())
        store.close()
        with moving_server(data, clock) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            photograph(browser, server, office, Wanted(chosen.pages or [*PAGES], chosen.into, chosen.whole))
            browser.close()


if __name__ == "__main__":
    main()
