"""Subscriptions from the form to the last mail: confirmed by a button, told daily, ended with one click."""

import hashlib
import hmac
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from builders import HALLE, MAGDEBURG
from harvest_catalogue import open_store, publish
from html_page import Page
from page_checks import check_page

from catalogue.app import create_app
from catalogue.config import Settings
from catalogue.domain.retention import Kept
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Action, Claim, ReuseReport, State, Visibility, moved
from catalogue.services.links import Links
from catalogue.storage.outbox import Sending
from catalogue.storage.store import Store

START = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ADDRESS = "digitales@stadt.example"


class House:
    """A catalogue with its mails as files, and a clock that a test moves."""

    def __init__(self, folder: Path, **more: str) -> None:
        environ = {
            "CATALOGUE_DATA": str(folder / "var"),
            "CATALOGUE_ENTRIES": str(folder / "entries"),
            "CATALOGUE_SEMANTIC": "off",
            **more,
        }
        self.now = START
        self.settings = Settings.from_environ(environ)
        self.app = create_app(self.settings, clock=lambda: self.now)
        self.client = self.app.test_client(use_cookies=False)
        self.store: Store = open_store(self.settings)

    def wait(self) -> None:
        """Until all is sent that was asked for."""
        [courier] = self.app.extensions["deliver_soon"]
        assert courier.join(30)

    def deliver(self) -> None:
        with self.app.test_request_context():
            for told in self.app.extensions["deliver_soon"]:
                told()
        self.wait()

    def mails(self) -> list[tuple[str, str, str, str]]:
        """Number, to, subject, text; in the order in which they were made."""
        self.wait()
        files = sorted((self.settings.data / "mail").glob("*.eml"), key=lambda path: int(path.stem))
        found = [message_from_bytes(path.read_bytes(), policy=default) for path in files]
        return [(m["To"], m["Subject"], m.get_content(), m["List-Unsubscribe"]) for m in found]

    def page(self, path: str, lang: str = "de", status: int = 200) -> Page:
        answer = self.client.get(path)
        assert answer.status_code == status
        page = Page(answer.text, status=status, headers=answer.headers, address=path)
        check_page(page, lang)
        return page

    def form(self, key: str = "tool", lang: str = "de") -> dict[str, str]:
        page = self.page(f"/{lang}/solutions/{key}/subscribe", lang)
        return {node["name"]: node["value"] for node in page.all("input", type="hidden")}

    def ask(self, email: str = ADDRESS, *, channel: str = "mail", hook: str = "", lang: str = "de", **more):
        data = {**self.form(lang=lang), "email": email, "channel": channel, "hook": hook, **more}
        return self.client.post(f"/{lang}/solutions/tool/subscribe", data=data)

    def link(self) -> str:
        """The link of the latest mail, as a path."""
        return re.findall(r"https?://[^/\s]+(/\S*subscriptions/\S+)", self.mails()[-1][2])[-1]

    def confirmed(self, **more: str) -> Page:
        assert self.ask(**more).status_code == 303
        path = self.link()
        answer = self.client.post(path)
        assert answer.status_code == 200
        return Page(answer.text, status=200, headers=answer.headers, address=path)

    def report(self, body: str = MAGDEBURG, *, visibility: Visibility = Visibility.PUBLIC) -> ReuseReport:
        """A report that the office has confirmed."""
        steps = (Step(stage=Stage.TRIAL, since="2026-03"),)
        claim = Claim(solution="tool", body=body, steps=steps, visibility=visibility)
        made = ReuseReport(claim=claim, reported_at=self.now, state=State.PENDING)
        kept = self.store.reuse.keep(made, action=Action.SUBMITTED, actor="reporter", now=self.now)
        return self.keep(moved(kept, State.CONFIRMED), Action.CONFIRMED)

    def keep(self, report: ReuseReport, action: Action) -> ReuseReport:
        return self.store.reuse.keep(report, action=action, actor="office:1", now=self.now)

    def reach(self, report: ReuseReport, stage: Stage, since: str) -> ReuseReport:
        steps = (*report.claim.steps, Step(stage=stage, since=since))
        return self.keep(replace(report, claim=replace(report.claim, steps=steps)), Action.CHANGED)

    def kept(self) -> str:
        with sqlite3.connect(self.settings.data / "catalogue.db") as connection:
            return "\n".join(connection.iterdump())


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small catalogue, published once for all tests of this file."""
    folder = tmp_path_factory.mktemp("house")
    publish(folder)
    return folder


@pytest.fixture
def make_house(tmp_path: Path, made_once: Path) -> Iterator[Callable[..., House]]:
    made: list[House] = []

    def make(**more: str) -> House:
        made.append(House(Path(shutil.copytree(made_once, tmp_path / "house")), **more))
        return made[-1]

    yield make
    for house in made:
        house.wait()
        house.store.close()
        if store := house.app.extensions["catalogue"].store:
            store.close()


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house()


# --- The form and the confirmation ------------------------------------------------------------------------


def test_where_nothing_can_be_written_what_was_typed_stays(house: House) -> None:
    form = {**house.form(), "email": ADDRESS, "channel": "mail"}

    with closing(sqlite3.connect(house.settings.data / "catalogue.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # whoever wants to write has to wait, in vain
        answer = house.client.post("/de/solutions/tool/subscribe", data=form)

    assert answer.status_code == 503
    page = Page(answer.text, status=503, headers=answer.headers, address="")
    assert page.one("input", id="email")["value"] == ADDRESS


def test_a_link_is_mailed_and_only_the_button_behind_it_confirms(house: House) -> None:
    answer = house.ask()
    assert answer.status_code == 303
    assert "Bitte sehen Sie in Ihr Postfach" in house.page(answer.location).main.text
    [(to, subject, _text, unsubscribe)] = house.mails()
    assert (to, unsubscribe) == (ADDRESS, None)
    assert "Werkzeug" in subject

    path = house.link()
    for _ in range(3):  # mail scanners open links
        page = house.page(path)
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert ADDRESS not in page.html
    assert house.store.subscriptions.active(behind=99) == []

    assert house.client.post(path).status_code == 200
    [active] = house.store.subscriptions.active(behind=99)
    assert (active.solution, active.address, active.language) == ("tool", ADDRESS, "de")


def test_a_link_confirms_once_and_a_second_press_says_that_it_is_done(house: House) -> None:
    house.confirmed()
    path = house.link()

    assert "schon bestätigt" in house.client.post(path).text
    assert house.page(path, status=404).heading == "Dieser Link gilt nicht mehr"
    assert len(house.store.subscriptions.active(behind=99)) == 1


def test_a_link_expires_after_seven_days_and_the_address_goes(house: House) -> None:
    house.ask()
    path = house.link()
    house.now += 7 * DAY + HOUR

    assert house.client.post(path).status_code == 404
    assert house.store.purging.run(house.now, b"key")[Kept.SUBSCRIPTIONS] == 1
    assert ADDRESS not in house.kept()


@pytest.mark.parametrize("secret", ["x", "x" * 43, "confirm", "%00", "ä" * 20])
def test_nobody_finds_a_subscription_by_guessing(house: House, secret: str) -> None:
    house.confirmed()
    for path in (f"/de/subscriptions/{secret}", f"/de/subscriptions/confirm/{secret}"):
        assert house.client.get(path).status_code == 404
        assert house.client.post(path, data={"do": "stop"}).status_code in (404, 405)
    assert len(house.store.subscriptions.active(behind=99)) == 1


def test_errors_keep_what_was_typed_and_say_how_to_mend_it(house: House) -> None:
    answer = house.ask("Amt <amt@stadt>", channel="webhook", hook="http://10.0.0.1/x")

    page = Page(answer.text, status=422, headers=answer.headers, address="/de/")
    check_page(page, "de")
    assert answer.status_code == 422
    assert page.one("input", id="email")["value"] == "Amt <amt@stadt>"
    assert page.one("input", id="hook")["value"] == "http://10.0.0.1/x"
    assert "checked" in page.one("input", id="channel-webhook").attributes
    assert {"#email", "#hook"} <= set(page.links())
    assert page.one("input", id="email")["aria-invalid"] == "true"
    assert page.title.startswith("Fehler")
    assert house.mails() == []


def test_what_fills_the_field_that_nobody_sees_is_thanked_and_dropped(house: House) -> None:
    trap = house.page("/de/solutions/tool/subscribe").one("div", class_="trap").one("input")["name"]

    assert house.ask(**{trap: "https://spam.example"}).status_code == 303
    assert house.mails() == []


def test_where_nobody_knows_the_public_address_no_link_is_mailed(house: House) -> None:
    far = {"REMOTE_ADDR": "192.0.2.7"}  # what its request says of the host is not believed
    data = {**house.form(), "email": ADDRESS, "channel": "mail"}

    answer = house.client.post("/de/solutions/tool/subscribe", data=data, environ_overrides=far)

    page = Page(answer.text, status=503, headers=answer.headers, address="/de/")
    assert answer.status_code == 503
    assert "CATALOGUE_BASE_URL" in page.main.text
    assert page.one("input", id="email")["value"] == ADDRESS
    assert house.mails() == []


def test_what_is_typed_is_never_run(house: House) -> None:
    answer = house.ask('"><script>alert(1)</script>', hook="javascript:alert(1)", channel="<b>")

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert house.mails() == []


def test_a_form_that_is_sent_twice_makes_one_subscription_and_one_mail(house: House) -> None:
    data = {**house.form(), "email": ADDRESS, "channel": "mail"}

    answers = [house.client.post("/de/solutions/tool/subscribe", data=data) for _ in range(3)]

    assert {(answer.status_code, answer.location) for answer in answers} == {
        (303, "/de/solutions/tool/subscribe?sent=1")
    }
    assert len(house.mails()) == 1


def test_who_goes_back_and_corrects_the_address_gets_the_mail(house: House) -> None:
    form = {**house.form(), "channel": "mail"}

    for email in ("tippfehler@stadt.example", ADDRESS, ADDRESS):
        house.client.post("/de/solutions/tool/subscribe", data={**form, "email": email})

    assert [address for address, *_ in house.mails()] == ["tippfehler@stadt.example", ADDRESS]


def test_the_answer_is_the_same_whether_there_is_a_subscription_or_not(house: House) -> None:
    first = house.ask()
    house.client.post(house.link())
    again = house.ask("Digitales@Stadt.example")

    assert (first.status_code, first.location, first.text) == (again.status_code, again.location, again.text)
    assert "besteht schon" in house.mails()[-1][2]
    assert house.client.get(house.link()).status_code == 200  # and may be ended with that mail
    assert len(house.store.subscriptions.active(behind=99)) == 1


def test_a_stranger_is_not_written_to_more_than_three_times_a_day(house: House) -> None:
    answers = {house.ask().status_code for _ in range(6)}

    assert answers == {303}  # and nobody learns why nothing comes
    assert len(house.mails()) == 3
    house.now += DAY + HOUR
    house.ask()
    assert len(house.mails()) == 4


def test_one_requester_cannot_write_to_many(house: House) -> None:
    answers = [house.ask(f"a{number}@stadt.example").status_code for number in range(12)]

    assert answers == [303] * 10 + [429] * 2
    assert len(house.mails()) == 10


def test_a_household_with_many_addresses_is_one_requester(make_house: Callable[..., House]) -> None:
    house = make_house(CATALOGUE_BASE_URL="https://katalog.example")
    for number in range(12):
        data = {**house.form(), "email": f"a{number}@stadt.example", "channel": "mail"}
        of_household = {"REMOTE_ADDR": f"2001:db8::{number + 1:x}"}
        house.client.post("/de/solutions/tool/subscribe", data=data, environ_overrides=of_household)

    assert len(house.mails()) == 10


def test_other_sites_cannot_send_the_form(house: House) -> None:
    data = {**house.form(), "email": ADDRESS, "channel": "mail"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = house.client.post("/de/solutions/tool/subscribe", data=data, headers=headers)
        assert answer.status_code == 403
    del data["ticket"]
    assert house.client.post("/de/solutions/tool/subscribe", data=data).status_code == 422
    assert house.mails() == []


def test_there_is_no_form_for_a_solution_that_is_not_there(house: House) -> None:
    assert house.client.get("/de/solutions/nobody/subscribe").status_code == 404
    assert house.client.post("/de/solutions/nobody/subscribe").status_code == 404


def test_no_address_stands_anywhere_but_where_it_belongs(house: House, caplog) -> None:
    caplog.set_level("INFO")
    house.confirmed()
    house.report()
    house.now += DAY
    house.deliver()

    kept = [line for line in house.kept().splitlines() if ADDRESS in line]
    assert len(kept) == 1
    assert kept[0].startswith('INSERT INTO "subscription"')
    assert ADDRESS not in caplog.text
    assert "/subscriptions/" not in caplog.text


# --- Being told -------------------------------------------------------------------------------------------


def test_a_digest_comes_once_a_day_and_only_when_something_happened(house: House) -> None:
    house.confirmed()
    before = len(house.mails())
    report = house.report()
    house.deliver()
    assert len(house.mails()) == before + 1

    report = house.reach(report, Stage.IN_USE, "2026-12-01")
    house.now += 23 * HOUR
    house.deliver()
    assert len(house.mails()) == before + 1  # not yet

    house.reach(report, Stage.ENDED, "2026-12-02")
    house.now += HOUR
    house.deliver()
    house.deliver()
    [first, second] = house.mails()[before:]
    assert "- Magdeburg: neue Nachnutzung, Stufe: erprobt (seit März 2026)" in _flat(first[2])
    # Of two changes of one day the mail tells what came of them.
    assert "Nachnutzung beendet (2. Dezember 2026)" in _flat(second[2])
    assert "im Betrieb" not in second[2]

    house.now += 10 * DAY
    house.deliver()
    assert len(house.mails()) == before + 2


def _flat(text: str) -> str:
    return text.replace("\r\n", "\n")


def test_what_happened_before_is_not_told(house: House) -> None:
    house.report()
    house.confirmed()
    before = len(house.mails())
    house.now += DAY
    house.deliver()

    assert len(house.mails()) == before


def test_what_readers_do_not_see_is_not_told(house: House) -> None:
    house.confirmed()
    before = len(house.mails())
    claim = Claim(solution="tool", body=MAGDEBURG, steps=(Step(stage=Stage.TRIAL),))
    made = ReuseReport(claim=claim, reported_at=house.now, state=State.PENDING)
    kept = house.store.reuse.keep(made, action=Action.SUBMITTED, actor="reporter", now=house.now)
    house.keep(moved(kept, State.REJECTED), Action.REJECTED)
    denial = replace(made, claim=replace(claim, steps=(), body=HALLE))
    kept = house.store.reuse.keep(denial, action=Action.SUBMITTED, actor="reporter", now=house.now)
    house.keep(moved(kept, State.CONFIRMED), Action.CONFIRMED)
    house.now += DAY
    house.deliver()

    assert len(house.mails()) == before


def test_who_is_not_named_is_not_named_in_mails_either(house: House) -> None:
    house.confirmed()
    house.report(visibility=Visibility.UNNAMED)
    named = house.report(HALLE)
    house.keep(
        replace(named, claim=replace(named.claim, visibility=Visibility.UNNAMED)), Action.CHANGED
    )  # thought better of it before the mail was made
    house.now += DAY
    house.deliver()

    text = house.mails()[-1][2]
    assert text.count("Eine Stelle, die nicht öffentlich genannt wird") == 2
    assert "Magdeburg" not in text
    assert "Halle" not in text


def test_mails_speak_the_language_of_the_form(house: House) -> None:
    house.confirmed(lang="en")
    house.report()
    house.now += DAY
    house.deliver()

    (_, subject, text, unsubscribe) = house.mails()[-1]
    assert subject == "News about the reuse of Werkzeug"
    assert "new reuse, stage: on trial (since March 2026)" in text
    assert "/en/subscriptions/" in unsubscribe


def test_a_mail_program_ends_it_with_one_click_and_twice_is_like_once(house: House) -> None:
    house.confirmed()
    report = house.report()
    house.deliver()
    mail = house.mails()[-1]
    path = re.fullmatch(r"<http://localhost:8000(/\S+)>", mail[3]).group(1)

    assert house.client.get(path).status_code == 303  # scanners open it, and nothing ends
    assert len(house.store.subscriptions.active(behind=99)) == 1
    for _ in range(2):
        answer = house.client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Das Abonnement ist beendet" in answer.text
    assert ADDRESS not in house.kept()

    count = len(house.mails())
    house.reach(report, Stage.ENDED, "2027-01-01")
    house.now += 2 * DAY
    house.deliver()
    assert len(house.mails()) == count


def test_a_subscription_is_changed_and_ended_on_its_page(house: House) -> None:
    path = house.confirmed().link("Abonnement ansehen, ändern oder beenden")
    page = house.page(path)
    assert ADDRESS not in page.html
    assert "stadt.example" in page.main.text

    assert house.client.post(path, data={"do": "change", "language": "en"}).status_code == 303
    [changed] = house.store.subscriptions.active(behind=99)
    assert changed.language == "en"
    assert house.client.post(path, data={"do": "change", "language": "fr"}).status_code == 400
    assert (
        house.client.post(path, data={"do": "stop"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 403
    )

    assert "beendet" in house.client.post(path, data={"do": "stop"}).text
    assert house.store.subscriptions.active(behind=99) == []
    assert house.page(path).heading == "Das Abonnement ist beendet"


def test_addresses_made_without_a_request_lead_to_pages(house: House) -> None:
    links = Links("https://katalog.example")
    adapter = house.app.url_map.bind("katalog.example")
    found = {
        endpoint: adapter.match(url.removeprefix("https://katalog.example"))
        for endpoint, url in {
            "pages.solution": links.solution("de", "tool"),
            "pages.confirm_subscription": links.confirm_subscription("en", "s"),
            "pages.subscription": links.subscription("de", "s"),
            "pages.ask_to_stop": links.stop_subscription("de", "s"),
        }.items()
    }

    assert {endpoint: match[0] for endpoint, match in found.items()} == {name: name for name in found}


# --- Webhooks ---------------------------------------------------------------------------------------------


class Receiver(ThreadingHTTPServer):
    """Takes calls and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.status = 204
        self.calls: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver = self.server
        assert isinstance(receiver, Receiver)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.calls.append((dict(self.headers), body))
        self.send_response(receiver.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def a_receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join(5)


def test_a_webhook_is_called_at_once_with_a_signature_that_its_key_verifies(
    make_house: Callable[..., House],
) -> None:
    house = make_house(CATALOGUE_HARVEST_LOOPBACK="127.0.0.1")
    with a_receiver() as receiver:
        page = house.confirmed(channel="webhook", hook=receiver.url)
        key = page.one("code").text
        report = house.report()
        house.deliver()
        house.reach(report, Stage.IN_USE, "2026-12")
        house.reach(house.report(HALLE, visibility=Visibility.UNNAMED), Stage.ENDED, "2026-12")
        house.deliver()
        house.deliver()

    assert len(key) == 43
    assert key not in house.page(house.link()).html  # it was shown once
    for headers, body in receiver.calls:
        stamp = headers["X-Catalogue-Timestamp"]
        wanted = hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        assert headers["X-Catalogue-Signature"] == f"sha256={wanted}"
    told = [json.loads(body) for _, body in receiver.calls]
    assert [(one["event"], (one.get("body") or {}).get("name"), one.get("stage")) for one in told] == [
        ("subscribed", None, None),
        ("reuse.new", "Magdeburg", "trial"),
        ("reuse.stage", "Magdeburg", "in-use"),
        ("reuse.new", None, "trial"),
        ("reuse.ended", None, "ended"),
    ]
    assert "Halle" not in "".join(body.decode() for _, body in receiver.calls)
    assert len({headers["X-Catalogue-Delivery"] for headers, _ in receiver.calls}) == 5


def test_the_log_of_a_webhook_says_when_how_often_and_with_what_result(
    make_house: Callable[..., House],
) -> None:
    house = make_house(CATALOGUE_HARVEST_LOOPBACK="127.0.0.1")
    with a_receiver() as receiver:
        receiver.status = 500
        house.confirmed(channel="webhook", hook=receiver.url)
        path = house.link()
        house.wait()
        assert "wartet (unerwartete Antwort 500)" in house.page(path).section("log").text
        receiver.status = 200
        house.now += HOUR
        house.deliver()

    row = house.page(path).section("log").all("tr")[1]
    assert [cell.text for cell in row.all("td")][1:] == ["subscribed", "2", "zugestellt"]
    assert receiver.calls[0][0]["X-Catalogue-Delivery"] == receiver.calls[1][0]["X-Catalogue-Delivery"]
    assert "/hook" not in house.page(path).html


def test_a_receiver_that_says_gone_is_not_called_again(make_house: Callable[..., House]) -> None:
    house = make_house(CATALOGUE_HARVEST_LOOPBACK="127.0.0.1")
    with a_receiver() as receiver:
        house.confirmed(channel="webhook", hook=receiver.url)
        house.wait()
        receiver.status = 410
        report = house.report()
        house.deliver()
        house.reach(report, Stage.IN_USE, "2026-12")
        house.deliver()

    assert len(receiver.calls) == 2
    assert house.store.subscriptions.active(behind=99) == []
    assert ADDRESS not in house.kept()


def test_the_key_of_a_webhook_can_be_made_anew(make_house: Callable[..., House]) -> None:
    house = make_house(CATALOGUE_HARVEST_LOOPBACK="127.0.0.1")
    with a_receiver() as receiver:
        old = house.confirmed(channel="webhook", hook=receiver.url).one("code").text
        path = house.link()
        answer = house.client.post(path, data={"do": "renew"})
        new = Page(answer.text, status=200, headers=answer.headers, address=path).one("code").text
        house.report()
        house.deliver()

    headers, body = receiver.calls[-1]
    message = headers["X-Catalogue-Timestamp"].encode() + b"." + body
    assert new != old
    assert (
        headers["X-Catalogue-Signature"]
        == f"sha256={hmac.new(new.encode(), message, hashlib.sha256).hexdigest()}"
    )


def test_who_has_a_webhook_reads_how_to_verify_a_call(make_house: Callable[..., House]) -> None:
    house = make_house(CATALOGUE_HARVEST_LOOPBACK="127.0.0.1")
    with a_receiver() as receiver:
        confirmed = house.confirmed(channel="webhook", hook=receiver.url)
        own = house.page(house.link())

    for page in (confirmed, own):
        for said in ("X-Catalogue-Signature", "X-Catalogue-Timestamp", "X-Catalogue-Delivery", "410"):
            assert said in page.one("details", id="webhook-help").text


@pytest.mark.parametrize(
    "hook",
    ["http://127.0.0.1:1/", "https://127.0.0.1/", "https://10.0.0.1/", "https://amt.local/", "ftp://x.y/"],
)
def test_no_inner_address_is_taken_as_a_webhook(house: House, hook: str) -> None:
    assert house.ask(channel="webhook", hook=hook).status_code == 422
    assert house.mails() == []


def test_every_mail_is_a_file_that_only_its_owner_reads(house: House) -> None:
    house.ask()
    house.wait()
    [path] = (house.settings.data / "mail").iterdir()

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    [line] = house.store.outbox_log.lines([Sending.SENT], limit=9)
    assert path.name == f"{line.id}.eml"
