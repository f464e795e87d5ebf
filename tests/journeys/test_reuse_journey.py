"""One reuse from its report to its end, and through the loss of everything, with mails and a moved clock."""

import csv
import email
import email.policy
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from mail_server import Mailbox, mail_server
from moving_server import Clock, MovingServer, moving_server
from playwright.sync_api import Browser, Locator, Page, expect
from servers import PROGRAMS, clean_environ
from visits import PHONE, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TOWN, TOWN_KEY, SOLUTION = "Magdeburg", "15003000", "HAL-Plan"
REPORTER, SUBSCRIBER = "digitales@magdeburg.de", "smartcity@halle.de"
LOGIN, PASSWORD = "editha", "drei Bäume am Fluss"
PROFILE = "/de/solutions/hal-plan"
PATIENCE = 60_000  # milliseconds: a decision publishes before it answers, and machines may be busy


@dataclass
class World:
    """All that takes part: the server, the mailboxes that it sends to, and its data folder."""

    box: Mailbox
    data: Path
    browser: Browser
    clock: Clock = field(default_factory=Clock)
    read: dict[str, int] = field(default_factory=dict)  # how many mails somebody has looked at
    running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start the server."""
        settings = {"smtp": f"smtp://127.0.0.1:{self.box.port}", "mail_from": "katalog@katalog.example"}
        self.server: MovingServer = self.running.enter_context(
            moving_server(self.data, self.clock, **settings)
        )

    def stop(self) -> None:
        """Stop the server."""
        self.running.close()

    @contextmanager
    def visit(self, **more: object) -> Iterator[Page]:
        """A new reader."""
        with visit(self.browser, self.server.url, **more) as page:  # type: ignore[arg-type]
            page.context.set_default_timeout(PATIENCE)
            yield page

    @contextmanager
    def office(self) -> Iterator[Page]:
        """Somebody of the office, logged in with the password."""
        context = self.browser.new_context(base_url=self.server.url, locale="de-DE", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("/de/login")
        page.fill("#login", LOGIN)
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="Anmelden").click()
        page.wait_for_url("**/de/office")
        try:
            yield page
        finally:
            context.close()

    def new_mail(self, whom: str) -> str:
        """Title and text of the one mail that somebody got since this was last asked."""
        self.server.settle()
        mails = [data for _, to, data in self.box.mails if any(whom in one for one in to)]
        found, self.read[whom] = mails[self.read.get(whom, 0) :], len(mails)
        assert len(found) == 1, f"{len(found)} mails to {whom}"
        message = email.message_from_string(found[0], policy=email.policy.default)
        assert isinstance(message, email.message.EmailMessage)
        return f"{message['Subject']}\n\n{message.get_content()}"

    def fetch(self, path: str) -> str:
        """What anybody gets without a browser."""
        with urlopen(self.server.url + path, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    def counted(self) -> dict[str, int]:
        """What the downloads of the statistics count: all, what bodies confirm, and HAL-Plan's alone."""
        totals = json.loads(self.fetch("/de/statistics/totals.json"))["rows"]
        solutions = json.loads(self.fetch("/de/statistics/solutions.json"))["rows"]
        (own,) = (row for row in solutions if row[1] == "hal-plan")
        return {"all": totals[0][1], "confirmed": totals[0][2], "own": own[2], "own confirmed": own[3]}


def run_command(data: Path, *arguments: str, given: str = "") -> str:
    """What a command of the catalogue says; it must succeed."""
    done = subprocess.run(
        [str(PROGRAMS / "catalogue"), *arguments],
        env=clean_environ(CATALOGUE_DATA=str(data)),
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def link_in(mail: str, kind: str) -> str:
    """The path of the link of this kind that a mail holds."""
    (found,) = set(re.findall(rf"https?://[^/\s]+(/\w\w/{kind}/[\w-]{{43}})(?![\w-])", mail))
    return str(found)


@pytest.fixture
def world(browser: Browser, data_folder: Path) -> Iterator[World]:
    with mail_server() as box:
        expect.set_options(timeout=PATIENCE)
        world = World(box, data_folder, browser)
        world.start()
        yield world
        world.stop()
        expect.set_options()


def test_a_reuse_is_reported_confirmed_seen_asked_about_and_ended_and_survives_the_loss_of_all(
    world: World, tmp_path: Path
) -> None:
    before = world.counted()
    rows_of_badge = world.fetch("/solutions/hal-plan/badge.svg")
    add = ("account", "add", LOGIN, "--role", "administrator", "--name", "Editha Beispiel")
    run_command(world.data, *add, "--password-stdin", given=f"{PASSWORD}\n")
    subscribe(world)

    report(world)
    assert world.counted() == before, "nobody has confirmed it"
    confirm_at_the_office(world)
    confirmed = {"all": 0, "confirmed": 1, "own": 0, "own confirmed": 1}  # the entry had named the town
    assert world.counted() == {name: before[name] + more for name, more in confirmed.items()}
    assert world.fetch("/solutions/hal-plan/badge.svg") == rows_of_badge
    see_it_everywhere(world)
    assert TOWN in world.new_mail(SUBSCRIBER)

    sent = len(world.box.mails)
    world.server.later(days=1)
    assert len(world.box.mails) == sent, "nothing has happened since"
    world.server.later(days=395)
    asked = ask_whether_it_is_still_true(world)
    world.server.later(days=365)
    end(world, asked)
    ended = {"all": -1, "confirmed": 0, "own": -1, "own confirmed": 0}
    assert world.counted() == {name: before[name] + more for name, more in ended.items()}
    see_that_it_has_ended(world)
    assert "beendet" in world.new_mail(SUBSCRIBER)

    trail = read_the_trail(world)
    shown = state_of(world)
    backup = tmp_path / "backup.zip"
    run_command(world.data, "backup", str(backup))
    lose_everything_and_restore(world, backup)
    assert state_of(world) == shown
    assert read_the_trail(world) == trail
    with world.visit() as page:
        page.goto(asked)
        expect(page.get_by_role("heading", level=1)).to_contain_text(SOLUTION)


def subscribe(world: World) -> None:
    """Halle wants to know by mail who reuses what it provides."""
    with world.visit() as page:
        page.goto(PROFILE)
        page.get_by_role("link", name="Nachnutzung abonnieren").first.click()
        page.fill("#email", SUBSCRIBER)
        page.get_by_role("button", name="Abonnieren").click()
        expect(page.locator("main")).to_contain_text("Bitte sehen Sie in Ihr Postfach")
        page.goto(link_in(world.new_mail(SUBSCRIBER), "subscriptions/confirm"))
        page.get_by_role("button", name="Ja, ich möchte das Abonnement").click()
        expect(page.locator("h1")).to_have_text("Das Abonnement ist bestätigt")


def report(world: World) -> None:
    """Magdeburg confirms on the profile what others say of it."""
    with world.visit() as page:
        page.goto(PROFILE)
        row_of_the_town(page).get_by_role("link", name="Ihre Stelle? Bestätigen oder berichtigen").click()
        expect(page.locator("#solution")).to_have_value(SOLUTION)
        expect(page.locator("#body")).to_have_value(TOWN)
        page.get_by_label("im Betrieb", exact=False).first.check()
        page.fill("#since", "03.2026")
        page.fill("#email", REPORTER)
        world.clock.move(minutes=2)
        page.get_by_role("button", name="Meldung absenden").click()
        expect(page.locator("h1")).to_have_text("Bitte sehen Sie in Ihr Postfach")
        link = link_in(world.new_mail(REPORTER), "reuse/confirm")
        for _ in range(2):  # as a mail scanner does
            assert "Ist diese Meldung von Ihnen?" in world.fetch(link)
        page.goto(link)
        page.get_by_role("button", name="Ja, das stimmt: bestätigen").click()
        expect(page.locator(".alert--success")).to_contain_text("Ihre Meldung ist eingegangen")
        receipt = link_in(world.new_mail(REPORTER), "reuse/receipt")
        page.goto(receipt)
        expect(page.locator("#state")).to_contain_text("wird geprüft")


def row_of_the_town(page: Page) -> Locator:
    """What a profile says of Magdeburg."""
    return page.locator(".reuse", has=page.locator(".reuse__body", has_text=TOWN))


def confirm_at_the_office(world: World) -> None:
    """The work list shows what is known of the report; one click confirms it."""
    with world.office() as page:
        row = page.locator("section.work", has=page.locator("#pending")).locator(".work-row")
        expect(row).to_have_count(1)
        expect(row).to_contain_text(f"{TOWN} – {SOLUTION}")
        expect(row).to_contain_text("Mail der Kommune")
        expect(row).to_contain_text("Eintrag")
        row.get_by_role("button", name="Bestätigen").click()
        expect(page.locator(".told")).to_contain_text("ist bestätigt")
        expect(page.locator("#pending")).to_have_count(0)
    assert "ist bestätigt" in world.new_mail(REPORTER)


def see_it_everywhere(world: World) -> None:
    """Profile, page of the town, map, statistics and feed of this moment."""
    with world.visit() as page:
        page.goto(PROFILE)
        row = row_of_the_town(page)
        expect(row).to_contain_text("bestätigt am 26.11.2026")
        expect(row).to_contain_text("im Betrieb")
        page.goto(f"/de/municipalities/{TOWN_KEY}")
        expect(page.locator(".reuse", has_text=SOLUTION)).to_contain_text("bestätigt am 26.11.2026")
        page.goto("/de/map?solution=hal-plan")
        expect(page.locator(".map__label", has_text=TOWN)).to_be_visible()
        page.goto("/de/statistics?solution=hal-plan")
        expect(page.locator("main")).to_contain_text("im Betrieb")
    feed = world.fetch(f"{PROFILE}/reuse.atom")
    assert f"{TOWN} – im Betrieb" in feed
    assert "zuletzt bestätigt am 26.11.2026" in feed


def ask_whether_it_is_still_true(world: World) -> str:
    """After a year one click asks; the answer needs one more. Returns the address of the new receipt."""
    with world.office() as page:
        row = page.locator("section.work", has=page.locator("#stale")).locator(".work-row")
        expect(row).to_contain_text(f"{TOWN} – {SOLUTION}")
        expect(row).to_contain_text("zuletzt bestätigt am 26.11.2026")
        row.get_by_role("button", name="Nachfragen").click()
        expect(page.locator(".told")).to_contain_text("nachgefragt")
    asked = link_in(world.new_mail(REPORTER), "reuse/receipt")
    with world.visit(size=PHONE) as page:
        page.goto(asked)
        page.get_by_role("button", name="Ja, es stimmt noch").click()
        expect(page.locator(".alert--success")).to_contain_text("dass es noch stimmt")
        page.goto(PROFILE)
        row = row_of_the_town(page)
        expect(row).to_contain_text("bestätigt am 27.12.2027")
    with world.office() as page:
        expect(page.locator("#stale")).to_have_count(0)
    return asked


def end(world: World, receipt: str) -> None:
    """The town no longer uses it."""
    with world.visit() as page:
        page.goto(receipt)
        page.fill("#end-since", "11.2028")
        page.get_by_role("button", name="Ende speichern").click()
        expect(page.locator(".alert--success")).to_have_text(re.compile("Das Ende ist gespeichert"))


def see_that_it_has_ended(world: World) -> None:
    """It stays to be seen, and is on no map any more."""
    with world.visit() as page:
        page.goto(PROFILE)
        row = row_of_the_town(page)
        expect(row).to_contain_text("beendet")
        page.goto("/de/map?solution=hal-plan")
        expect(page.locator("main")).not_to_contain_text(TOWN)
    assert f"{TOWN} – beendet" in world.fetch(f"{PROFILE}/reuse.atom")


def read_the_trail(world: World) -> list[list[str]]:
    """The audit trail of the report as it is exported: every step in order, no mail address."""
    with world.office() as page:
        page.goto("/de/office/audit?subject=report")
        number = (page.locator(".trail a").first.get_attribute("href") or "").rpartition("/")[2]
        page.goto(f"/de/office/audit?subject=report&number={number}")
        with page.expect_download() as download:
            page.get_by_role("link", name="Als CSV herunterladen").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
    assert "@" not in text
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    steps = list(dict.fromkeys((row[0], row[1], row[4]) for row in rows[1:]))
    assert [(when[:10], who, what) for when, who, what in steps] == [
        ("2026-11-26", "meldende Stelle", "gemeldet"),
        ("2026-11-26", "meldende Stelle", "Mailadresse bestätigt"),
        ("2026-11-26", "Editha Beispiel", "bestätigt"),
        ("2027-12-27", "Editha Beispiel", "nachgefragt"),
        ("2027-12-27", "meldende Stelle", "gilt weiter"),
        ("2028-12-26", "meldende Stelle", "geändert"),
    ]
    return rows


def state_of(world: World) -> dict[str, object]:
    """What is shown to everybody and to the office, without the number of the revision."""
    with world.visit() as page:
        page.goto(PROFILE)
        profile = page.locator(".reuse-list").all_inner_texts()
        page.goto(f"/de/municipalities/{TOWN_KEY}")
        town = page.locator(".reuse-list").all_inner_texts()
    with world.office() as page:
        work = page.locator(".work-index").inner_text()
    return {"profile": profile, "town": town, "work": work, "counted": world.counted()}


def lose_everything_and_restore(world: World, backup: Path) -> None:
    """The data folder is gone, and comes back."""
    world.stop()
    shutil.rmtree(world.data)
    run_command(world.data, "restore", str(backup))
    world.start()


def test_without_javascript_on_a_phone_a_report_is_made_confirmed_and_read(
    browser: Browser, data_folder: Path
) -> None:
    clock = Clock()
    with (
        moving_server(data_folder, clock, is_public=False) as server,
        visit(browser, server.url, size=PHONE, javascript=False) as page,
    ):
        page.set_default_timeout(PATIENCE)
        page.goto("/de/")
        page.get_by_role("link", name="Nachnutzung melden").first.click()
        page.fill("#solution", SOLUTION)
        page.fill("#body", "Dessau-Roßlau")
        page.get_by_label("erprobt", exact=False).first.check()
        page.fill("#since", "2026")
        page.fill("#email", "digital@dessau-rosslau.de")
        clock.move(minutes=3)
        fits(page)
        page.get_by_role("button", name="Meldung absenden").click()
        page.wait_for_url("**/reuse/report/sent")
        fits(page)

        server.settle()
        page.goto("/de/dev/mail")
        fits(page)
        page.locator("a[href*='/reuse/confirm/']").click()
        fits(page)
        page.get_by_role("button", name="Ja, das stimmt: bestätigen").click()
        page.wait_for_url("**/reuse/receipt/*")
        assert "Dessau-Roßlau" in page.locator(".page-head").inner_text()
        fits(page)

        page.get_by_label("im Betrieb", exact=False).first.check()
        page.fill("#step-since", "10.2026")
        page.get_by_role("button", name="Stufe speichern").click()
        page.wait_for_url("**/reuse/receipt/*done=step")
        assert "seit Oktober 2026" in page.locator(".claim").inner_text()


def fits(page: Page) -> None:
    """Nothing to scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], page.url
