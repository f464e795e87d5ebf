"""WCAG 2.2 A and AA on every kind of page of the office, by somebody who is logged in and has work to do."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from accessibility import (
    DESKTOP_WIDTHS,
    PHONE_WIDTH,
    sideways,
    unfold,
    violations,
    violations_in_the_dark,
)
from furnished_office import BAD_TABLE, LOGIN, Furnished, furnish
from moving_server import Clock, MovingServer, moving_server
from office_login import PASSWORD, quick_hashes
from playwright.sync_api import Browser, Cookie, Page
from visits import DESKTOP, PHONE, visit

from catalogue.services.work_list import Section
from catalogue.storage.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The path stands after the language; numbers are those of `Furnished`.
KINDS: Mapping[str, str] = {
    "work list": "/office",
    **{f"work list, {section}": f"/office/work/{section}" for section in Section},
    "something was done": "/office?done=confirm&n=1&number={full}",
    "report with everything": "/office/reports/{full}",
    "report that waits": "/office/reports/{waiting}",
    "report that was rejected": "/office/reports/{rejected}",
    "somebody else was quicker": "/office/reports/{full}?seen={first}",
    "correct": "/office/reports/{full}/correct",
    "enter": "/office/reports/new",
    "all reports": "/office/reports",
    "no reports": "/office/reports?q=xyzzyqwert",
    "upload": "/office/upload",
    "statistics": "/office/statistics",
    "demand": "/office/demand",
    "audit trail": "/office/audit",
    "nothing in the audit trail": "/office/audit?number=999999",
    "subscriptions": "/office/subscriptions",
    "outbox": "/office/outbox",
    "accounts": "/office/accounts",
    "hint": "/office/hints/{hint}",
    "own password": "/office/password",
}


def reject_without_a_reason(page: Page, lang: str, office: Furnished) -> None:
    page.goto(f"/{lang}/office/reports/{office.waiting}")
    unfold(page)
    page.locator("form:has(input[value=reject]) button").click()


def merge_with_nothing(page: Page, lang: str, office: Furnished) -> None:
    page.goto(f"/{lang}/office/reports/{office.waiting}")
    unfold(page)
    page.locator("#merge-into").fill("999999")
    page.locator("form:has(input[value=merge]) button").click()


def correct_wrongly(page: Page, lang: str, office: Furnished) -> None:
    page.goto(f"/{lang}/office/reports/{office.waiting}/correct")
    page.fill("#field-body", "Neustadt")
    page.fill("#field-in_use", "bald")
    page.fill("#field-address", "intranet")
    page.locator("main .office-form button").click()


def upload_nothing(page: Page, lang: str, office: Furnished) -> None:
    page.goto(f"/{lang}/office/upload")
    page.locator("main .office-form button").click()


def upload_bad_rows(page: Page, lang: str, office: Furnished) -> None:
    page.goto(f"/{lang}/office/upload")
    table = {"name": "umfrage.csv", "mimeType": "text/csv", "buffer": BAD_TABLE.encode()}
    page.set_input_files("#file", table)  # type: ignore[arg-type]  # a dict of the right kind
    page.locator("main .office-form button").click()


def log_in_wrongly(page: Page, lang: str, office: Furnished) -> None:
    page.goto(f"/{lang}/login")
    page.fill("#login", LOGIN)
    page.fill("#password", "falsch")
    page.locator("main button").click()


# What somebody must do to see it: how, and how the catalogue answers.
STEPS: Mapping[str, tuple[Callable[[Page, str, Furnished], None], int]] = {
    "rejected without a reason": (reject_without_a_reason, 400),
    "merged with nothing": (merge_with_nothing, 400),
    "corrected wrongly": (correct_wrongly, 400),
    "no file uploaded": (upload_nothing, 400),
    "bad rows uploaded": (upload_bad_rows, 200),
    "logged in wrongly": (log_in_wrongly, 403),
}
ENGLISH = (
    *("work list", "report with everything", "outbox", "accounts", "hint", "all reports"),
    *("rejected without a reason", "corrected wrongly", "bad rows uploaded", "logged in wrongly"),
)


@dataclass(frozen=True)
class Running:
    """A server with a furnished office, and the cookies of an administrator."""

    server: MovingServer
    office: Furnished
    cookies: Sequence[Cookie]


@pytest.fixture(scope="module")
def running(browser: Browser, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder, clock = tmp_path_factory.mktemp("office") / "var", Clock()
    shutil.copytree(published, folder)
    with quick_hashes():
        store = Store.open(f"sqlite:///{folder}/catalogue.db", migrate=True)
        office = furnish(store, clock())
        store.close()
        with moving_server(folder, clock) as server:
            yield Running(server, office, log_in(browser, server))


def log_in(browser: Browser, server: MovingServer) -> Sequence[Cookie]:
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/de/login")
    page.fill("#login", LOGIN)
    page.fill("#password", PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/de/office")
    found = context.cookies()
    context.close()
    return found


def show(page: Page, kind: str, lang: str, office: Furnished) -> None:
    if kind in KINDS:
        page.goto(f"/{lang}{KINDS[kind]}".format(**asdict(office)))
    else:
        with page.expect_navigation():
            STEPS[kind][0](page, lang, office)
    unfold(page)


@pytest.mark.parametrize("kind", [*KINDS, *STEPS])
def test_every_kind_of_page_of_the_office_is_accessible(
    browser: Browser, running: Running, kind: str
) -> None:
    status = STEPS[kind][1] if kind in STEPS else 200
    cookies = () if kind == "logged in wrongly" else running.cookies
    with visit(browser, running.server.url, size=DESKTOP, expected_status=status, cookies=cookies) as page:
        show(page, kind, "de", running.office)

        light, too_wide = violations(page), sideways(page, (*DESKTOP_WIDTHS, PHONE_WIDTH))
        narrow, dark = violations(page), violations_in_the_dark(page)

        assert not light, "\n".join(light)
        assert not narrow, "\n".join(narrow)
        assert not dark, "\n".join(dark)
        assert not too_wide, "there is something to scroll sideways"


@pytest.mark.parametrize("kind", ENGLISH)
def test_its_english_pages_fit_on_a_phone(browser: Browser, running: Running, kind: str) -> None:
    status = STEPS[kind][1] if kind in STEPS else 200
    cookies = () if kind == "logged in wrongly" else running.cookies
    with visit(
        browser, running.server.url, size=PHONE, lang="en", expected_status=status, cookies=cookies
    ) as page:
        show(page, kind, "en", running.office)

        found, too_wide = violations(page), sideways(page, (PHONE_WIDTH,))

        assert not found, "\n".join(found)
        assert not too_wide, "there is something to scroll sideways"
