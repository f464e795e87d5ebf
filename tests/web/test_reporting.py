"""A report without an account: the form, its mail, its links; and what strangers try with it."""

import logging
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from html_page import Page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from page_checks import check_page
from werkzeug.test import TestResponse

from catalogue.app import create_app
from catalogue.config import Settings
from catalogue.domain.deciding import CannotDecide
from catalogue.domain.reporting import BY_NAME
from catalogue.domain.retention import PERIODS, Kept
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import Action, MailDomain, ReuseReport, State
from catalogue.log import hide_secrets
from catalogue.services import asking
from catalogue.services.deciding import Desk as OfficeDesk
from catalogue.services.deciding import Seen
from catalogue.storage.keys import digest_of
from catalogue.storage.precious import PRECIOUS
from catalogue.storage.store import Store
from catalogue.web.context import catalogue
from catalogue.web.report_form import TRAP, frame

START = datetime(2026, 11, 26, 12, tzinfo=UTC)
MAIL = "digital@magdeburg.de"
TYPED = {
    "solution": "HAL-Plan",
    "body": "Magdeburg",
    "stage": "trial",
    "since": "03.2024",
    "email": MAIL,
    "visibility": "public",
}


@dataclass
class Desk:
    """The application with a clock of its own, a reporter in front of it, and the mails that it wrote."""

    folder: Path
    now: datetime = START

    def __post_init__(self) -> None:
        environ = {
            "CATALOGUE_DATA": str(self.folder),
            "CATALOGUE_SEMANTIC": "off",
            "CATALOGUE_OFFICE_EMAIL": "kts@example.org",
        }
        self.app = create_app(Settings.from_environ(environ), clock=lambda: self.now)
        holder = self.app.extensions["catalogue"]  # what pages know; nothing is sent meanwhile
        holder.settings = replace(holder.settings, base_url="http://localhost")
        self.app.extensions["deliver_soon"] = []  # mails wait, so that they can be read
        self.client: FlaskClient = self.app.test_client(use_cookies=False)
        self.lang = "de"

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def get(self, path: str, status: int = 200) -> Page:
        return self.page(self.client.get(path), path, status)

    def page(self, answer: TestResponse, path: str, status: int = 200) -> Page:
        assert answer.status_code == status, f"{path}: {answer.status}"
        page = Page(answer.text, status=status, headers=answer.headers, address=path)
        check_page(page, path.split("/")[1])
        return page

    def ticket(self, path: str = "/de/reuse/report") -> str:
        return self.get(path).all("input", name="ticket")[0]["value"]

    def send(
        self, *, ticket: str = "", headers: dict[str, str] | None = None, ip: str = "", **typed: str
    ) -> TestResponse:
        """Fill in the form like a human and send it."""
        if not ticket:
            ticket = self.ticket(f"/{self.lang}/reuse/report")
            self.wait(seconds=40)
        form = {**TYPED, "ticket": ticket, **typed}
        environ = {"REMOTE_ADDR": ip} if ip else {}
        return self.client.post(
            f"/{self.lang}/reuse/report", data=form, headers=headers, environ_overrides=environ
        )

    def mails(self) -> list[tuple[str, str, str]]:
        """Address, title and text of all mails, first to last."""
        with sqlite3.connect(self.folder / "catalogue.db") as database:
            return database.execute("select address, title, text from outbox order by id").fetchall()

    def link(self, kind: str) -> str:
        """The last link of a kind that was mailed, without host."""
        found = [
            match
            for _, _, text in self.mails()
            for match in re.findall(rf"/(?:de|en)/reuse/{kind}/[\w-]+", text)
        ]
        return str(found[-1])

    def reports(self) -> list[ReuseReport]:
        store = Store.open(f"sqlite:///{self.folder}/catalogue.db", migrate=False)
        try:
            return store.reuse.about()
        finally:
            store.close()

    def report(self) -> ReuseReport:
        (report,) = self.reports()
        return report

    def actions(self, number: int = 1) -> list[Action]:
        store = Store.open(f"sqlite:///{self.folder}/catalogue.db", migrate=False)
        try:
            return [event.action for event in store.reuse.history(number)]
        finally:
            store.close()

    def confirmed_by_mail(self, **typed: str) -> str:
        """Report and confirm; the address of the receipt."""
        assert self.send(**typed).status_code == 303
        assert self.client.post(self.link("confirm")).status_code == 303
        return self.link("receipt")

    def confirmed_by_office(self) -> None:
        """As the office does it."""
        self.decide(State.CONFIRMED)

    def decide(self, state: State, reason: str = "") -> None:
        store = Store.open(f"sqlite:///{self.folder}/catalogue.db", migrate=False)
        from_now = self.report()
        changed = ReuseReport(
            **{
                **{name: getattr(from_now, name) for name in from_now.__slots__},
                "state": state,
                "reason": reason,
                "decided_at": self.now,
            }
        )
        store.reuse.keep(changed, action=Action(state.value), actor="office:1", now=self.now, reason=reason)
        store.close()

    def act(self, receipt: str, action: str, **typed: str) -> TestResponse:
        """Send one of the forms of the receipt page."""
        page = self.get(receipt)
        form = {
            "ticket": page.all("input", name="ticket")[0]["value"],
            "seen": page.all("input", name="seen")[0]["value"],
            "action": action,
            **typed,
        }
        return self.client.post(receipt, data=form)


@pytest.fixture(scope="module")
def open_desk(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One application for all tests here: to open the catalogue takes seconds."""
    desk = Desk(Path(shutil.copytree(published, tmp_path_factory.mktemp("reporting") / "var")))
    yield desk
    if store := desk.app.extensions["catalogue"].store:
        store.close()


@pytest.fixture
def desk(open_desk: Desk) -> Desk:
    """It, with the clock at the beginning and nothing reported yet."""
    with sqlite3.connect(open_desk.folder / "catalogue.db") as database:
        for table in PRECIOUS:
            database.execute(f"delete from {table.__tablename__}")
        database.execute("delete from sqlite_sequence where name = 'report'")
    open_desk.now, open_desk.lang = START, "de"
    for name in ("reuse_changed", "deliver_soon"):  # what is sent is no longer in the outbox
        open_desk.app.extensions.pop(name, None)
    return open_desk


# --- The form


def test_whoever_comes_from_a_profile_finds_solution_and_town_filled_in(desk: Desk) -> None:
    page = desk.get("/de/reuse/report?solution=hal-plan&body=15003000")

    assert page.one("input", id="solution")["value"] == "HAL-Plan"
    assert page.one("input", id="body")["value"] == "Magdeburg"
    assert page.is_noindex


def test_the_page_of_a_town_leads_to_the_form_with_its_name(desk: Desk) -> None:
    links = desk.get("/de/municipalities/15003000").links("Nachnutzung melden")
    (link,) = {link for link in links if "body=" in link}

    assert desk.get(link).one("input", id="body")["value"] == "Magdeburg"


def test_where_nothing_can_be_written_all_that_was_typed_stays(desk: Desk) -> None:
    ticket = desk.ticket("/de/reuse/report")
    desk.wait(seconds=40)

    with closing(sqlite3.connect(desk.folder / "catalogue.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # whoever wants to write has to wait, in vain
        page = desk.page(desk.send(ticket=ticket, operator="IT der Stadt"), "/de/reuse/report", 503)

    assert page.one("input", id="operator")["value"] == "IT der Stadt"
    assert page.one("input", id="email")["value"] == MAIL
    assert desk.send(ticket=ticket).status_code == 303
    assert len(desk.reports()) == 1


def test_what_is_stored_stands_beside_the_form(desk: Desk) -> None:
    page = desk.get("/de/reuse/report")

    aside = page.all("aside")[0].text
    assert "Mailadresse" in aside
    for kept in (Kept.UNCONFIRMED, Kept.DECLINED, Kept.ATTEMPTS):
        assert f"{PERIODS[kept].days} Tage" in aside
    years, rest = divmod(PERIODS[Kept.ENDED].days, 365)
    assert f"{years} Jahre" in aside
    assert rest == 0  # the form says whole years
    assert "/de/privacy#reports" in page.links()


def test_a_report_waits_for_the_mailbox_and_nothing_is_public(desk: Desk) -> None:
    answer = desk.send(effort="drei Tage", what="module", part="Karte")

    assert answer.location == "/de/reuse/report/sent"
    page = desk.get(answer.location)
    assert page.heading == "Bitte sehen Sie in Ihr Postfach"
    assert MAIL not in page.html
    report = desk.report()
    assert (report.state, report.claim.body, report.mail_domain) == (
        State.UNCONFIRMED,
        "15003000",
        MailDomain.OWN,
    )
    assert desk.actions() == [Action.SUBMITTED]
    ((address, _, text),) = desk.mails()
    assert address == MAIL
    assert "HAL-Plan" in text
    assert "Magdeburg" in text


def test_a_report_in_english_gets_an_english_mail(desk: Desk) -> None:
    desk.lang = "en"

    assert desk.send().location == "/en/reuse/report/sent"
    assert "/en/reuse/confirm/" in desk.mails()[0][2]
    assert desk.get(desk.link("confirm")).one("html")["lang"] == "en"


def test_an_ambiguous_town_is_asked_back_and_then_understood(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.wait(seconds=40)

    page = desk.page(desk.send(ticket=ticket, body="Halle"), "/de/reuse/report", 422)

    choices = {radio["value"] for radio in page.all("input", name="body_choice")}
    assert {"15002000", "05754012"} <= choices
    asked_for = page.one("input", name="body_for")["value"]
    answer = desk.send(ticket=ticket, body="Halle", body_for=asked_for, body_choice="15002000")
    assert answer.status_code == 303
    assert desk.report().claim.body == "15002000"


def test_every_error_is_named_above_and_at_its_field(desk: Desk) -> None:
    answer = desk.send(solution="", since="gestern", email="a@b@c", address="ftp://x", stage="")

    page = desk.page(answer, "/de/reuse/report", 422)
    summary = page.one("div", id="errors")
    assert summary.get("role") == "alert"
    assert [link["href"] for link in summary.all("a")] == [
        *("#solution", "#stage", "#since", "#email", "#address"),
    ]
    for name in ("solution", "since", "email", "address"):
        field = page.one("input", id=name)
        assert field["aria-invalid"] == "true"
        described = [page.one("p", id=one).text for one in field["aria-describedby"].split()]
        assert [text for text in described if len(text) > 20]
    assert page.one("details", id="more").attributes.get("open") is not None
    assert page.title.startswith("Fehler im Formular")
    assert desk.mails() == []


def test_a_quick_correction_is_no_program(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.wait(seconds=40)
    page = desk.page(desk.send(ticket=ticket, since="gestern"), "/de/reuse/report", 422)

    again = page.one("input", name="ticket")["value"]
    desk.wait(seconds=1)
    desk.send(ticket=again)

    assert len(desk.mails()) == 1


HOSTILE = some.text(max_size=120) | some.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}",
        "\x00",
        "a" * 6000,
        "%(value)s %s",
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.fixed_dictionaries(
        {name: HOSTILE for name in BY_NAME if name not in ("stage", "what", "visibility")}
    )
)
def test_whatever_is_typed_is_still_there_after_an_error(desk: Desk, typed: dict[str, str]) -> None:
    ticket = desk.ticket()

    answer = desk.client.post("/de/reuse/report", data={**TYPED, **typed, "ticket": ticket, "email": "a@b@c"})

    page = desk.page(answer, "/de/reuse/report", 422)
    for name in ("solution", "body", "since", "part", "operator", "version"):
        assert page.one("input", id=name)["value"] == typed[name][:5000]
    assert page.one("input", id="email")["value"] == "a@b@c"
    assert not page.all("img", src="x")


def test_a_form_of_another_site_is_refused(desk: Desk) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert desk.send(headers=headers).status_code == 403
    assert desk.reports() == []


@pytest.mark.parametrize("ticket", ["", "forged", "WyJhIiwxXQ.xyz"])
def test_a_form_without_a_ticket_of_ours_comes_back_with_everything(desk: Desk, ticket: str) -> None:
    answer = desk.client.post("/de/reuse/report", data={**TYPED, "ticket": ticket})

    page = desk.page(answer, "/de/reuse/report", 400)
    assert page.one("input", id="solution")["value"] == "HAL-Plan"
    assert "lange offen" in page.main.text
    assert desk.reports() == []


def test_a_form_that_was_open_all_day_comes_back_and_can_be_sent(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.wait(hours=13)

    page = desk.page(desk.send(ticket=ticket), "/de/reuse/report", 400)

    assert page.one("input", id="email")["value"] == MAIL
    desk.wait(seconds=5)
    assert desk.send(ticket=page.one("input", name="ticket")["value"]).status_code == 303
    assert desk.report().state is State.UNCONFIRMED


# --- Sent twice, sent by programs


def test_a_double_click_makes_one_report_and_one_mail(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.wait(seconds=40)

    answers = [desk.send(ticket=ticket) for _ in range(3)]

    assert {answer.location for answer in answers} == {"/de/reuse/report/sent"}
    assert len(desk.reports()) == len(desk.mails()) == 1


def test_two_clicks_at_the_same_moment_make_one_report(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.wait(seconds=40)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: desk.send(ticket=ticket), range(4)))

    assert {answer.status_code for answer in answers} == {303}
    assert len(desk.reports()) == len(desk.mails()) == 1


def test_two_confirmations_at_the_same_moment_make_one_receipt(desk: Desk) -> None:
    desk.send()
    link = desk.link("confirm")

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: desk.client.post(link), range(4)))

    assert sorted("receipt" in answer.location for answer in answers) == [False, False, False, True]
    assert desk.actions() == [Action.SUBMITTED, Action.MAIL_CONFIRMED]


def test_a_form_as_large_as_a_book_is_not_read(desk: Desk) -> None:
    answer = desk.send(effort="x" * 200_000)

    assert answer.status_code == 413
    assert desk.reports() == []


def test_who_goes_back_and_corrects_the_solution_makes_a_report_of_its_own(desk: Desk) -> None:
    ticket = desk.ticket()
    desk.wait(seconds=40)

    desk.send(ticket=ticket)
    desk.send(ticket=ticket, solution="masterportal")

    assert [report.claim.solution for report in desk.reports()] == ["hal-plan", "masterportal"]


def test_the_same_report_again_is_sent_again_once_and_never_doubled(desk: Desk) -> None:
    desk.send()
    first = desk.link("confirm")
    desk.send()
    second = desk.link("confirm")
    desk.send()

    assert len(desk.reports()) == 1
    assert len(desk.mails()) == 2
    desk.get(first, 404)
    assert desk.get(second).heading == "Ist diese Meldung von Ihnen?"


@pytest.mark.parametrize("catch", ["trap", "speed"])
def test_a_program_is_told_the_same_and_nothing_happens(desk: Desk, catch: str) -> None:
    human = desk.send()
    ticket = desk.ticket()
    if catch == "trap":
        desk.wait(seconds=40)
    typed = {TRAP: "0800 123"} if catch == "trap" else {}

    program = desk.send(ticket=ticket, solution="masterportal", **typed)

    assert (program.status, program.location, program.data) == (human.status, human.location, human.data)
    assert len(desk.reports()) == len(desk.mails()) == 1


def test_nobody_sees_or_hears_the_trap(desk: Desk) -> None:
    trap = desk.get("/de/reuse/report").one("input", name=TRAP)

    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert any(node.get("aria-hidden") == "true" for node in trap.above)


# --- Limits


OTHERS = [
    "masterportal",
    "civitas-core",
    "integreat",
    "stadtpuls",
    "lorawan-suedwestfalen",
    "consul-democracy",
]


def test_a_stranger_cannot_be_mailed_again_and_again(desk: Desk) -> None:
    statuses = [
        desk.send(solution=solution, ip=f"203.0.113.{number}").status_code
        for number, solution in enumerate(["hal-plan", *OTHERS[:4]])
    ]
    for day in range(6):  # whatever the sender does, every day anew
        desk.wait(days=1)
        desk.send(solution=OTHERS[4], ip=f"198.51.100.{day}")
        desk.send(solution="hal-plan", ip=f"198.51.100.{100 + day}")

    assert statuses == [303, 303, 303, 429, 429]
    assert len(desk.mails()) <= 6


def test_who_confirms_may_go_on_reporting(desk: Desk) -> None:
    for solution in OTHERS[:4]:
        assert desk.send(solution=solution).status_code == 303
        desk.client.post(desk.link("confirm"))
        desk.wait(minutes=20)

    assert len(desk.reports()) == 4


def test_too_many_reports_from_one_address_wait_an_hour_and_lose_nothing(desk: Desk) -> None:
    for number in range(5):
        assert desk.send(solution=OTHERS[number], email=f"a{number}@stadt.example").status_code == 303

    answer = desk.send(email="b@stadt.example", effort="drei Tage")

    page = desk.page(answer, "/de/reuse/report", 429)
    assert page.one("textarea", id="effort").text == "drei Tage"
    assert "kts@example.org" in page.main.text
    assert desk.send(email="b@stadt.example", ip="203.0.113.9").status_code == 303
    desk.wait(hours=1)
    assert desk.send(email="c@stadt.example", effort="drei Tage").status_code == 303


def test_a_household_with_many_addresses_is_one_requester(desk: Desk) -> None:
    answers = [
        desk.send(solution=OTHERS[n % 5], email=f"a{n}@stadt.example", ip=f"2001:db8::{n + 1:x}")
        for n in range(7)
    ]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429] * 2


def test_one_reuse_cannot_be_reported_endlessly(desk: Desk) -> None:
    statuses = [desk.send(email=f"a{n}@stadt.example", ip=f"203.0.113.{n}").status_code for n in range(7)]

    assert statuses == [303] * 5 + [429] * 2


# --- The link in the mail


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_opening_the_link_confirms_nothing(desk: Desk, method: str) -> None:
    desk.send()

    for _ in range(3):
        desk.client.open(desk.link("confirm"), method=method)

    assert desk.report().state is State.UNCONFIRMED
    assert desk.actions() == [Action.SUBMITTED]


def test_the_page_shows_what_will_be_confirmed_and_is_kept_by_no_cache(desk: Desk) -> None:
    desk.send(operator="Dataport")

    page = desk.get(desk.link("confirm"))

    assert "Magdeburg" in page.main.text
    assert "erprobt seit März 2024" in page.main.text
    assert "Dataport" in page.main.text
    assert MAIL not in page.html
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.is_noindex


def test_the_button_makes_the_report_pending_and_sends_the_receipt(desk: Desk) -> None:
    desk.send()

    answer = desk.client.post(desk.link("confirm"))

    report = desk.report()
    assert (report.state, report.affirmed_at) == (State.PENDING, desk.now)
    assert desk.actions() == [Action.SUBMITTED, Action.MAIL_CONFIRMED]
    assert len(desk.mails()) == 2
    assert answer.location.partition("?")[0] == desk.link("receipt")
    assert "ist eingegangen" in desk.get(answer.location).main.text


def test_a_link_works_once_and_says_so_to_who_has_it(desk: Desk) -> None:
    desk.send()
    link = desk.link("confirm")
    desk.client.post(link)

    again = desk.client.post(link)

    assert again.location == link
    page = desk.get(link)
    assert page.heading == "Sie haben schon bestätigt"
    assert "HAL-Plan" not in page.main.text
    assert len(desk.mails()) == 2


def test_a_link_that_never_was_looks_like_one_that_is_over(desk: Desk) -> None:
    desk.send()
    link = desk.link("confirm")
    desk.wait(days=7, seconds=1)

    expired, unknown = desk.client.get(link), desk.client.get("/de/reuse/confirm/" + "x" * 43)
    wrong_kind = desk.client.get("/de/reuse/receipt/" + link.rpartition("/")[2])

    for other in (unknown, wrong_kind):
        assert normal(other.text) == normal(expired.text)
        assert other.status_code == expired.status_code == 404
    assert desk.client.post(link).location == link
    assert desk.report().state is State.UNCONFIRMED


def normal(html: str) -> str:
    """The page without what names its own address."""
    return re.sub(r"/reuse/(confirm|receipt)/[\w-]+", "/reuse/…", html)


def test_a_link_cannot_be_used_from_another_site(desk: Desk) -> None:
    desk.send()

    answer = desk.client.post(desk.link("confirm"), headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert desk.report().state is State.UNCONFIRMED


# --- The receipt


def test_the_receipt_shows_state_and_history_without_names(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    desk.decide(State.REJECTED, reason="Bitte Beleg nennen")

    page = desk.get(receipt)

    assert "abgelehnt" in page.main.text
    assert "Bitte Beleg nennen" in page.main.text
    assert [item.text.partition(" ")[2] for item in page.one("ol", class_="report__history").all("li")][:2]
    assert "office:1" not in page.html
    assert MAIL not in page.html
    assert page.headers["Cache-Control"] == "no-store"


def test_a_new_stage_of_a_confirmed_report_holds_at_once_and_is_looked_at(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    desk.confirmed_by_office()
    changed: list[list[str]] = []
    desk.app.extensions["reuse_changed"] = [lambda solutions: changed.append(list(solutions))]

    answer = desk.act(receipt, "step", stage="in-use", since="1.10.2026")

    report = desk.report()
    assert answer.status_code == 303
    assert [(step.stage, step.since) for step in report.claim.steps] == [
        (Stage.TRIAL, "2024-03"),
        (Stage.IN_USE, "2026-10-01"),
    ]
    assert (report.state, report.is_to_check, report.affirmed_at) == (State.CONFIRMED, True, desk.now)
    assert changed == [["hal-plan"]]
    assert "gespeichert" in desk.get(answer.location).main.text


def test_a_pending_report_stays_pending_whatever_changes(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()

    desk.act(receipt, "details", operator="Dataport", visibility="unnamed")

    report = desk.report()
    assert (report.state, report.is_to_check, report.claim.operator) == (State.PENDING, False, "Dataport")
    assert report.claim.visibility.value == "unnamed"


def test_a_rejected_report_that_is_corrected_is_looked_at_again(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    desk.decide(State.REJECTED, reason="Bitte Beleg nennen")

    desk.act(receipt, "details", evidence="https://magdeburg.de/beleg")

    assert desk.report().state is State.PENDING


def test_it_is_still_true_a_year_later(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    desk.confirmed_by_office()
    desk.wait(days=400)

    desk.act(receipt, "affirm")

    report = desk.report()
    assert (report.affirmed_at, report.is_to_check) == (desk.now, False)
    assert desk.actions()[-1] is Action.AFFIRMED


def test_a_reuse_ends_with_its_date(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail(stage="in-use")
    desk.confirmed_by_office()

    desk.act(receipt, "end", since="2026-11")

    assert desk.report().claim.stage is Stage.ENDED


def test_a_withdrawn_report_keeps_its_history_and_offers_nothing_more(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    desk.confirmed_by_office()

    desk.act(receipt, "withdraw")

    assert desk.report().state is State.WITHDRAWN
    assert desk.actions() == [
        *(Action.SUBMITTED, Action.MAIL_CONFIRMED, Action.CONFIRMED, Action.WITHDRAWN),
    ]
    assert desk.get(receipt).all("input", name="action") == []


@pytest.mark.parametrize(
    ("action", "typed", "field"),
    [
        ("step", {"stage": "in-use", "since": "2022"}, "step-since"),  # before the trial began
        ("step", {"stage": "in-use", "since": ""}, "step-since"),
        ("details", {"address": "http://localhost/"}, "address"),
    ],
)
def test_what_is_wrong_on_the_receipt_is_named_and_kept(
    desk: Desk, action: str, typed: dict[str, str], field: str
) -> None:
    receipt = desk.confirmed_by_mail()

    page = desk.page(desk.act(receipt, action, **typed), receipt, 422)

    assert f"#{field}" in page.one("div", id="errors").all("a")[0]["href"]
    assert page.one("input", id=field)["value"] == list(typed.values())[-1]
    assert desk.actions()[-1] is Action.MAIL_CONFIRMED


def test_what_a_browser_sends_of_the_details_is_what_was_typed_there(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail(version="2.4.1")
    page = desk.get(receipt)
    form = page.one("details", id="change-details").one("form")
    fields = [node for node in form.all("input", "textarea", "select") if node.get("type") != "radio"]

    names = [node["name"] for node in fields]
    assert len(names) == len(set(names)), "of two fields of one name the server reads the first"
    sent = {node["name"]: node.text if node.tag == "textarea" else node.get("value") for node in fields}
    sent |= {"visibility": "public", "what": "", "operator": "Dataport"}
    assert desk.client.post(receipt, data=sent).status_code == 303

    claim = desk.report().claim
    assert (claim.version, claim.operator) == ("2.4.1", "Dataport")


def test_who_was_overtaken_is_told_and_loses_nothing(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    page = desk.get(receipt)
    old = page.all("input", name="seen")[0]["value"]
    desk.confirmed_by_office()

    answer = desk.act(receipt, "details", seen=old, operator="Dataport")

    page = desk.page(answer, receipt, 409)
    assert "inzwischen geändert" in page.main.text
    assert page.one("input", id="operator")["value"] == "Dataport"
    assert page.all("input", name="seen")[0]["value"] != old
    assert desk.report().claim.operator == ""


def test_a_double_click_on_the_receipt_changes_once_and_alarms_nobody(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    page = desk.get(receipt)
    form = {
        "ticket": page.all("input", name="ticket")[0]["value"],
        "seen": page.all("input", name="seen")[0]["value"],
        "action": "affirm",
    }

    answers = [desk.client.post(receipt, data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert desk.actions().count(Action.AFFIRMED) == 1


def test_a_receipt_opens_for_two_years_and_not_once_revoked(desk: Desk) -> None:
    receipt = desk.confirmed_by_mail()
    desk.wait(days=729)
    assert desk.get(receipt)

    desk.wait(days=2)

    desk.get(receipt, 404)
    assert desk.client.post(receipt, data={"action": "withdraw"}).status_code == 404
    assert desk.report().state is State.PENDING


# --- New links, and the question whether it is still true


def test_new_links_come_by_mail_and_the_old_ones_close(desk: Desk) -> None:
    old = desk.confirmed_by_mail()

    answer = ask_for_links(desk, MAIL.upper())

    assert answer.location == "/de/reuse/renew/sent"
    new = desk.link("receipt")
    assert new != old
    desk.get(old, 404)
    assert desk.get(new).heading == "Ihre Meldung: HAL-Plan"


def test_nobody_learns_whether_an_address_has_reports(desk: Desk) -> None:
    desk.confirmed_by_mail()
    sent = len(desk.mails())

    known, unknown = ask_for_links(desk, MAIL), ask_for_links(desk, "nobody@example.org")

    assert (known.status, known.location, known.data) == (unknown.status, unknown.location, unknown.data)
    assert len(desk.mails()) == sent + 1


def test_an_unconfirmed_report_gives_no_links(desk: Desk) -> None:
    desk.send()

    ask_for_links(desk, MAIL)

    assert len(desk.mails()) == 1


def test_new_links_are_limited(desk: Desk) -> None:
    desk.confirmed_by_mail()

    statuses = [ask_for_links(desk, MAIL, ip=f"203.0.113.{n}").status_code for n in range(5)]

    assert statuses == [303] * 3 + [429] * 2


@pytest.mark.parametrize(
    "email", ["", "x", "a@b@c", "a@b.de\nBcc: c@d.de", "a@b.de, c@d.de", "<a@b.de>", "a@b.de\x00"]
)
def test_no_second_recipient_fits_into_an_address(desk: Desk, email: str) -> None:
    answer = ask_for_links(desk, email)

    if answer.status_code == 303:  # what is invisible fell away
        assert email == "a@b.de\x00"
    else:
        assert desk.page(answer, "/de/reuse/renew", 422).one("input", id="email")["aria-invalid"] == "true"
    assert desk.mails() == []


def ask_for_links(desk: Desk, email: str, ip: str = "203.0.113.1") -> TestResponse:
    return desk.client.post(
        "/de/reuse/renew",
        data={"ticket": desk.ticket("/de/reuse/renew"), "email": email},
        environ_overrides={"REMOTE_ADDR": ip},
    )


def test_the_question_brings_a_link_to_its_button(desk: Desk) -> None:
    old = desk.confirmed_by_mail()
    desk.confirmed_by_office()

    kept = ask(desk)

    assert kept.asked_at == desk.now
    assert desk.actions()[-1] is Action.ASKED
    assert "#still-true" in desk.mails()[-1][2]
    assert desk.get(desk.link("receipt")).one("section", id="still-true")
    assert desk.get(old)  # the reporter's own link goes on


def test_nobody_is_asked_where_there_is_nobody_to_ask(desk: Desk) -> None:
    desk.confirmed_by_mail()
    desk.confirmed_by_office()
    with sqlite3.connect(desk.folder / "catalogue.db") as database:
        database.execute("delete from reporter")

    with pytest.raises(CannotDecide, match="no-address"):
        ask(desk)


def test_without_a_reporter_the_functional_contact_is_asked(desk: Desk) -> None:
    desk.confirmed_by_mail(contact="geo@magdeburg.de")
    desk.confirmed_by_office()
    with sqlite3.connect(desk.folder / "catalogue.db") as database:
        database.execute("delete from reporter")

    ask(desk)

    assert desk.mails()[-1][0] == "geo@magdeburg.de"


def ask(desk: Desk) -> ReuseReport:
    with desk.app.test_request_context("/de/"):
        known = catalogue()
        report = known.store.reuse.find(1)
        assert report is not None
        office = OfficeDesk(
            store=known.store, bodies=known.bodies, actor="office:1", now=known.now(), profile=lambda *_: ""
        )
        return asking.ask(office, Seen(number=1, version=report.version), frame())


# --- What must not be seen anywhere


def test_neither_secrets_nor_addresses_reach_log_events_or_reports(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receipt = desk.confirmed_by_mail()
    desk.act(receipt, "details", operator="Dataport")
    ask_for_links(desk, MAIL)

    mailed = re.findall(r"/reuse/(?:confirm|receipt)/([\w-]+)", " ".join(text for *_, text in desk.mails()))
    with sqlite3.connect(desk.folder / "catalogue.db") as database:
        tables = {
            table: str(database.execute(f"select * from {table}").fetchall())
            for table in ("report", "event", "link_key", "attempt")
        }

    assert len(mailed) >= 3
    for secret in mailed:
        assert secret not in caplog.text
        assert not [table for table, text in tables.items() if secret in text]
    assert MAIL not in caplog.text
    assert not [table for table, text in tables.items() if MAIL in text]
    assert "127.0.0.1" not in "".join(tables.values())


def test_a_page_that_fails_logs_no_secret(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.send()
    link = desk.link("confirm")
    with sqlite3.connect(desk.folder / "catalogue.db") as database:
        database.execute("alter table link_key rename to lost")

    status = desk.client.get(link).status_code

    with sqlite3.connect(desk.folder / "catalogue.db") as database:
        database.execute("alter table lost rename to link_key")
    assert status == 500
    assert "page failed path=/<any(de, en):lang>/reuse/confirm/<secret>" in caplog.text
    assert link.rpartition("/")[2] not in caplog.text
    assert digest_of(link.rpartition("/")[2]) not in caplog.text


def test_whoever_logs_an_address_logs_no_secret() -> None:
    secret = secrets.token_urlsafe(32)
    line = logging.LogRecord(
        "x", logging.ERROR, "", 0, "failed %s of %s", (f"/de/reuse/confirm/{secret}?a=1", 3), None
    )

    assert hide_secrets(line)

    assert line.getMessage() == "failed /de/reuse/confirm/…?a=1 of 3"


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ({"Host": "evil.example"}, "127.0.0.1"),
        ({"Host": "localhost:4444"}, "203.0.113.9"),
        ({"Host": "localhost:4444", "X-Forwarded-For": "203.0.113.9"}, "127.0.0.1"),
    ],
)
def test_without_a_public_address_no_mail_is_sent_and_somebody_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], peer: str
) -> None:
    holder = desk.app.extensions["catalogue"]
    monkeypatch.setattr(holder, "settings", replace(holder.settings, base_url=""))

    page = desk.client.get("/de/reuse/report", headers=headers, environ_overrides={"REMOTE_ADDR": peer})
    ticket = re.findall(r'name="ticket" value="([^"]+)"', page.text)[0]
    desk.wait(seconds=40)
    form = {**TYPED, "ticket": ticket}
    answer = desk.client.post(
        "/de/reuse/report", data=form, headers=headers, environ_overrides={"REMOTE_ADDR": peer}
    )

    assert answer.status_code == 503
    assert "CATALOGUE_BASE_URL" in answer.text
    assert "HAL-Plan" in answer.text
    assert desk.mails() == []


# --- Suggestions


def test_towns_are_suggested_by_names_that_the_form_understands(desk: Desk) -> None:
    rows = desk.client.get("/de/suggest/municipalities?q=halle").get_json()

    labels = [row["label"] for row in rows]
    assert labels[:2] == ["Halle (Saale)", "Halle (Westf.)"]
    assert desk.send(body=labels[0]).status_code == 303
    assert desk.report().claim.body == "15002000"


def test_solutions_are_suggested_by_their_names(desk: Desk) -> None:
    rows = desk.client.get("/de/suggest/solutions?q=master").get_json()

    assert "masterportal" in [row["key"] for row in rows]
    assert desk.send(solution=rows[0]["label"]).status_code == 303
    assert desk.report().claim.solution == rows[0]["key"]
    assert desk.client.get("/de/suggest/solutions?q=m").get_json() == []


def test_the_day_of_today_is_that_of_germany_also_after_midnight(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    today, tomorrow = (desk.send(since=since).status_code for since in ("01.01.2027", "02.01.2027"))

    assert (today, tomorrow) == (303, 422)
