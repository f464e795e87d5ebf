""" "This is not right": the form, what it refuses, and the office's page."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from office_login import log_in
from page_checks import check_page

from catalogue.domain.access import Role
from catalogue.domain.retention import Kept
from catalogue.storage.hints import Hint, HintClosed, HintState
from catalogue.storage.store import Store

FORM = "/de/solutions/hal-plan/hint"
GOOD = {"text": "Magdeburg betreibt das seit 2025 nicht mehr.", "place": "https://example.org/x", "email": ""}
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOSTILE = '"><script>alert(1)</script>\u202e=1+1'


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("hints") / "var"))


@pytest.fixture(scope="module")
def own_app(folder: Path, make_app: Callable[..., Flask]) -> Flask:
    made = make_app(folder, office_email="katalog@example.org")
    made.extensions["catalogue"].clock = lambda: made.extensions["now"]
    return made


@pytest.fixture
def app(own_app: Flask, folder: Path) -> Flask:
    """The application at noon, with no hint yet and nobody logged in."""
    own_app.extensions["now"] = NOW
    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        for table in ("hint", "attempt", "event"):
            database.execute(f"DELETE FROM {table}")
        database.commit()
    return own_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def store(app: Flask, folder: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{folder}/catalogue.db", migrate=False)
    yield opened
    opened.close()


def page_of(answer, status: int = 200, lang: str = "de") -> Page:
    assert answer.status_code == status
    page = Page(answer.text, status=status, headers=answer.headers, address=answer.request.path)
    check_page(page, lang)
    return page


def ticket(client: FlaskClient, path: str = FORM) -> str:
    return page_of(client.get(path)).all("input", name="ticket")[-1]["value"]


def send(client: FlaskClient, path: str = FORM, **changes: str):
    return client.post(path, data={"ticket": ticket(client, path), **GOOD, **changes})


def test_a_hint_reaches_the_office_without_an_account(client: FlaskClient, store: Store) -> None:
    answer = send(client, email="Rathaus@stadt.example.org")

    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert "Ihr Hinweis ist angekommen." in page_of(client.get(answer.headers["Location"])).main.text
    (hint,) = store.hints.open()
    assert (hint.solution, hint.body, hint.text) == ("hal-plan", "", GOOD["text"])
    assert (hint.place, hint.email, hint.made) == (GOOD["place"], "Rathaus@stadt.example.org", NOW)
    assert store.hints.count_open() == 1


def test_a_row_of_a_profile_leads_to_the_form_about_that_body(client: FlaskClient, store: Store) -> None:
    profile = page_of(client.get("/de/solutions/hal-plan"))
    (path,) = {link for link in profile.links("Das stimmt nicht") if link.endswith("body=15003000")}

    page = page_of(client.get(path))
    answer = send(client, path)

    assert "Magdeburg" in page.main.text
    assert answer.headers["Location"].endswith("body=15003000&sent=1")
    assert store.hints.open()[0].body == "15003000"


@pytest.mark.parametrize("body", ["99999999", "05315000", HOSTILE, "x" * 5000])
def test_a_body_that_the_profile_does_not_name_is_left_out(
    client: FlaskClient, store: Store, body: str
) -> None:
    send(client, body=body)

    assert store.hints.open()[0].body == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "was nicht stimmt"),
        ({"text": " \n\u200b "}, "was nicht stimmt"),  # nothing that can be seen
        ({"text": "x" * 3001}, "höchstens 3000 Zeichen"),
        ({"place": "x" * 301}, "höchstens 300 Zeichen"),
        ({"email": "rathaus"}, "keine Mailadresse"),
        ({"email": "a@b.de, c@d.de"}, "keine Mailadresse"),
        ({"email": "a@b.de\r\nBcc: c@d.de"}, "keine Mailadresse"),
        ({"ticket": ""}, "zu lange offen"),
        ({"ticket": "made.up"}, "zu lange offen"),
    ],
)
def test_what_is_wrong_is_named_and_all_that_was_typed_stays(
    client: FlaskClient, store: Store, change: dict[str, str], words: str
) -> None:
    page = page_of(send(client, **{"place": "Ratsbeschluss 7", **change}), 422)

    assert words in page.one("div", id="errors").text
    assert page.title.startswith("Fehler:")
    typed = {**GOOD, "place": "Ratsbeschluss 7", **change}
    assert page.one("textarea", id="text").text == " ".join(typed["text"].replace("\u200b", "").split())
    assert page.one("input", id="place")["value"] == typed["place"]
    assert store.hints.count_open() == 0
    for field in {link["href"].lstrip("#") for link in page.one("div", id="errors").all("a")}:
        assert page.one("input", "textarea", id=field)["aria-invalid"] == "true"


def test_a_ticket_that_is_too_old_keeps_the_text_and_gives_a_new_one(
    client: FlaskClient, app: Flask, store: Store
) -> None:
    old = ticket(client)
    app.extensions["now"] = NOW + timedelta(hours=13)

    page = page_of(client.post(FORM, data={**GOOD, "ticket": old}), 422)
    again = client.post(FORM, data={**GOOD, "ticket": page.one("input", name="ticket")["value"]})

    assert page.one("textarea", id="text").text == GOOD["text"]
    assert again.status_code == 303
    assert store.hints.count_open() == 1


def test_sending_twice_makes_one_hint(client: FlaskClient, store: Store) -> None:
    form = {"ticket": ticket(client), **GOOD}

    answers = [client.post(FORM, data=form).status_code for _ in range(7)]

    assert answers == [303] * 7
    assert store.hints.count_open() == 1


def test_what_fills_the_field_that_nobody_sees_is_thanked_and_dropped(
    client: FlaskClient, store: Store
) -> None:
    assert send(client, website="https://spam.example").status_code == 303
    assert store.hints.count_open() == 0


def test_one_reader_may_send_five_an_hour(client: FlaskClient, app: Flask, store: Store) -> None:
    for number in range(5):
        assert send(client, text=f"Hinweis Nummer {number}").status_code == 303

    page = page_of(send(client, text="Hinweis Nummer 6"), 429)
    app.extensions["now"] = NOW + timedelta(minutes=61)
    later = send(client, text="Hinweis Nummer 6")

    assert "schon mehrere Hinweise" in page.main.text
    assert page.one("textarea", id="text").text == "Hinweis Nummer 6"
    assert later.status_code == 303
    assert store.hints.count_open() == 6


def test_a_household_with_many_addresses_is_one_reader(client: FlaskClient, store: Store) -> None:
    for number in range(7):
        form = {"ticket": ticket(client), **GOOD, "text": f"Hinweis {number}"}
        client.post(FORM, data=form, environ_base={"REMOTE_ADDR": f"2001:db8::{number + 1:x}"})

    assert store.hints.count_open() == 5


def test_one_solution_gets_twenty_a_day_from_whomever(client: FlaskClient, store: Store) -> None:
    for number in range(20):
        form = {"ticket": ticket(client), **GOOD, "text": f"Hinweis {number}"}
        client.post(FORM, data=form, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})

    assert store.hints.count_open() == 20
    assert "sehr viele Hinweise" in page_of(send(client), 429).main.text
    assert send(client, "/de/solutions/civitas-core/hint").status_code == 303


def test_the_address_of_a_reader_is_nowhere_in_the_database(client: FlaskClient, folder: Path) -> None:
    form = {"ticket": ticket(client), **GOOD}
    client.post(FORM, data=form, environ_base={"REMOTE_ADDR": "192.0.2.77"})

    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        dump = "\n".join(database.iterdump())

    assert GOOD["text"] in dump
    assert "192.0.2.77" not in dump


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_another_site_cannot_send_it(client: FlaskClient, store: Store, headers: dict[str, str]) -> None:
    assert client.post(FORM, data={"ticket": ticket(client), **GOOD}, headers=headers).status_code == 403
    assert store.hints.count_open() == 0


def test_where_nothing_can_be_written_the_form_says_so_and_offers_a_mail(
    client: FlaskClient, folder: Path
) -> None:
    form = {"ticket": ticket(client), **GOOD}

    with closing(sqlite3.connect(folder / "catalogue.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # whoever wants to write has to wait, in vain
        page = page_of(client.post(FORM, data=form), 503)

    assert page.one("textarea", id="text").text == GOOD["text"]
    assert any(link.startswith("mailto:katalog@example.org?") for link in page.links())


def test_a_solution_that_is_not_there_has_no_form(client: FlaskClient) -> None:
    assert client.get("/de/solutions/nobody-knows/hint").status_code == 404
    assert client.post("/de/solutions/nobody-knows/hint", data=GOOD).status_code == 404


def test_robots_stay_away_from_forms(client: FlaskClient) -> None:
    assert "Disallow: /*/hint" in client.get("/robots.txt").text
    assert page_of(client.get(FORM)).is_noindex


# --- The office


@pytest.fixture
def number(store: Store) -> int:
    return store.hints.add(
        Hint(solution="hal-plan", body="15003000", text=f"{HOSTILE}\nzweite Zeile", email="a@b.de", made=NOW)
    ).number


def test_the_office_sees_what_was_said_as_text_only(app: Flask, client: FlaskClient, number: int) -> None:
    log_in(client, Role.EDITOR)

    page = page_of(client.get(f"/de/office/hints/{number}"))

    assert '"><script>alert(1)</script>' in page.main.text
    assert len(page.all("script")) == 1  # ours
    assert "mailto:a%40b.de" in page.links() or "mailto:a@b.de" in page.links()
    assert page.headers["Cache-Control"] == "no-store"


def test_a_reader_of_the_office_sees_no_address_and_closes_nothing(
    app: Flask, client: FlaskClient, store: Store, number: int
) -> None:
    log_in(client, Role.READER)

    page = page_of(client.get(f"/de/office/hints/{number}"))

    assert "a@b.de" not in page.html
    assert "Jemand möchte eine Antwort." in page.main.text
    assert [form.get("action") for form in page.main.all("form")] == ["/de/logout"]
    assert client.post(f"/de/office/hints/{number}", data={"state": "done"}).status_code == 403
    assert store.hints.count_open() == 1


def test_closing_deletes_the_address_and_stands_in_the_audit_trail(
    app: Flask, client: FlaskClient, store: Store, folder: Path, number: int
) -> None:
    account = log_in(client, Role.EDITOR)
    path = f"/de/office/hints/{number}"
    form = {"ticket": ticket(client, path), "state": "done", "reason": "Eintrag  geändert"}

    closed = client.post(path, data=form)
    again = client.post(path, data={**form, "state": "dismissed"})

    assert closed.headers["Location"] == f"{path}?done=1"
    assert again.headers["Location"] == f"{path}?late=1"
    kept = store.hints.find(number)
    assert (kept.state, kept.email) == (HintState.DONE, "")
    assert store.hints.open() == []
    with closing(sqlite3.connect(folder / "catalogue.db")) as database:
        rows = database.execute(
            "SELECT action, actor, reason, changes FROM event WHERE subject = 'hint' ORDER BY id"
        ).fetchall()
    assert [row[:3] for row in rows] == [
        ("submitted", "reader", ""),
        ("closed", f"office:{account.id}", "Eintrag geändert"),
    ]
    assert not re.search(r"a@b|zweite Zeile", str(rows))


@pytest.mark.parametrize("form", [{"state": "open"}, {"state": "x"}, {}])
def test_only_closing_is_a_decision(
    app: Flask, client: FlaskClient, store: Store, number: int, form: dict[str, str]
) -> None:
    log_in(client, Role.EDITOR)
    path = f"/de/office/hints/{number}"

    assert client.post(path, data={"ticket": ticket(client, path), **form}).status_code == 403
    assert client.post(path, data={"ticket": "x", "state": "done"}).status_code == 403
    assert store.hints.count_open() == 1


@pytest.mark.parametrize("number", ["999", "99999999999999999999", "x", "-1"])
def test_a_hint_that_is_not_there_is_not_found(app: Flask, client: FlaskClient, number: str) -> None:
    log_in(client, Role.EDITOR)

    assert client.get(f"/de/office/hints/{number}").status_code == 404


def test_after_a_year_closed_hints_and_addresses_are_deleted(store: Store) -> None:
    old, open_, young = (
        store.hints.add(Hint(solution="hal-plan", text=text, email="a@b.de", made=made))
        for text, made in (("alt", NOW), ("offen", NOW), ("jung", NOW + timedelta(days=300)))
    )
    store.hints.close(old.number, HintState.DISMISSED, "office:1", NOW)

    counts = store.purging.run(NOW + timedelta(days=366), b"key")

    assert (counts[Kept.HINTS], counts[Kept.HINT_ADDRESSES]) == (1, 1)

    assert store.hints.find(old.number) is None
    assert store.hints.find(open_.number).email == ""
    assert store.hints.find(young.number).email == "a@b.de"
    with pytest.raises(HintClosed):
        store.hints.close(old.number, HintState.DONE, "office:1", NOW)
