"""Logging in at the office: who gets in, for how long, and what is told to those who do not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from html_page import Page
from office_login import PASSWORD, Office, an_office, cookies_of, page_of, ticket_in, try_login
from page_checks import check_page

from catalogue.domain.access import Role
from catalogue.domain.reuse_report import SYSTEM
from catalogue.services.accounts import MOST_ANYWHERE, MOST_WRONG, Caller, Entry, Refused
from catalogue.services.accounts import log_in as enter
from catalogue.storage import passwords
from catalogue.storage.keys import digest_of


@pytest.fixture(scope="module")
def shared(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office") / "var"
    with an_office(Path(shutil.copytree(published, folder))) as office:
        yield office


@pytest.fixture
def office(shared: Office) -> Office:
    shared.empty()
    return shared


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_page_of_the_login_is_sound_and_no_search_engine_keeps_it(office: Office, lang: str) -> None:
    answer = office.client().get(f"/{lang}/login", headers={"Accept-Language": lang})

    page: Page = page_of(answer)
    check_page(page, lang)
    assert page.is_noindex
    assert page.headers["Cache-Control"] == "no-store"


def test_the_right_password_lets_in_and_leads_where_one_wanted_to_go(office: Office) -> None:
    office.account(Role.ADMINISTRATOR)
    client = office.client()

    sent_away = client.get("/de/office/accounts?page=2")
    entered = try_login(client, " Administrator ", next="/de/office/accounts?page=2")
    there = client.get("/de/office/accounts")

    assert (sent_away.status_code, sent_away.location) == (
        303,
        "/de/login?next=/de/office/accounts?page%3D2",
    )
    assert (entered.status_code, entered.location) == (303, "/de/office/accounts?page=2")
    assert "Angemeldet als Administrator" in there.text


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "/\\evil.example", "https://evil.example/de/", "/de/\t/"]
)
def test_nobody_is_led_to_another_site_after_the_login(office: Office, next_page: str) -> None:
    office.account()
    client = office.client()

    shown = client.get("/de/login", query_string={"next": next_page})
    entered = try_login(client, "administrator", next=next_page)
    again = client.get("/de/login", query_string={"next": next_page})

    assert "evil" not in page_of(shown).one("main").text + shown.text.partition("<main")[2]
    for answer in (entered, again):
        assert answer.status_code == 303
        assert answer.location.startswith("/de/office")


def test_the_cookie_is_for_this_host_and_for_no_script(office: Office) -> None:
    office.account()

    cookie = cookies_of(try_login(office.client(), "administrator"))["office"]

    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_behind_https_the_cookie_is_bound_to_host_and_encryption(data_folder: Path) -> None:
    with an_office(data_folder, base_url="https://katalog.example") as office:
        office.account()
        client = office.client()

        cookie = cookies_of(try_login(client, "administrator"))["__Host-office"]

        assert {part.strip() for part in cookie.split(";")[1:]} == {
            *("HttpOnly", "Path=/", "SameSite=Lax", "Secure"),
        }
        there = client.get("/de/office/accounts", base_url="https://katalog.example")
        assert there.status_code == 303  # the test's browser keeps Secure cookies to https alone
        secret = cookie.partition("=")[2].partition(";")[0]
        client.set_cookie("__Host-office", secret, domain="katalog.example", secure=True)
        assert client.get("/de/office/accounts", base_url="https://katalog.example").status_code == 200


def test_where_a_password_would_go_in_the_clear_no_form_is_shown_and_none_is_taken(office: Office) -> None:
    office.account()
    client = office.client()
    ticket = ticket_in(client.get("/de/login"), "/login")
    form = {"ticket": ticket, "login": "administrator", "password": PASSWORD}

    shown = client.get("/de/login", base_url="http://katalog.example")
    sent = client.post("/de/login", base_url="http://katalog.example", data=form)

    assert not page_of(shown).one("main").all("input")
    assert "nicht verschlüsselt" in shown.text
    assert sent.status_code == 403
    assert not cookies_of(sent)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("administrator", "drei Bäume am fluss"),
        ("administrator", ""),
        ("nobody", PASSWORD),
        ("", ""),
        ("administrator' or '1'='1", "x"),
        ("of-service", ""),  # an account of the login service has no password, not an empty one
        ("locked", PASSWORD),
        ("\x00", "\x00"),
        ("x" * 5000, "x" * 50_000),
    ],
)
def test_whoever_is_refused_is_told_the_same_whatever_the_reason(
    office: Office, login: str, password: str
) -> None:
    office.account()
    locked = office.account(Role.EDITOR, "locked")
    office.store.accounts.disable(locked.id, actor=SYSTEM, now=office.now)
    client = office.client()

    answer = try_login(client, login, password)

    assert answer.status_code == 403
    assert "passen nicht zusammen, oder das Konto ist gesperrt" in answer.text
    assert not cookies_of(answer)
    assert client.get("/de/office/accounts").status_code == 303


def test_the_time_does_not_tell_which_accounts_exist(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    # Counted, not timed: each login costs one look at one hash made with the same parameters.
    office.account()
    looked: list[str] = []
    real = passwords._HASHER

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            looked.append(kept.rpartition("$")[0].rpartition("$")[0])
            return bool(real.verify(kept, password))

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for login in ("administrator", "nobody", ""):
        try_login(office.client(), login, "falsch und falsch")

    assert len(looked) == 3
    assert len(set(looked)) == 1


def test_after_ten_wrong_tries_even_the_right_password_waits_a_quarter_of_an_hour(office: Office) -> None:
    admin = office.account()

    wrong = [try_login(office.client(), "administrator", "falsch").status_code for _ in range(10)]
    right = try_login(office.client(), "administrator")
    office.wait(minutes=14)
    too_early = try_login(office.client(), "administrator")
    office.wait(minutes=2)
    waited = try_login(office.client(), "administrator")

    assert wrong == [403] * 10
    assert (right.status_code, too_early.status_code, waited.status_code) == (429, 429, 303)
    assert "Viertelstunde" in right.text
    assert office.events(admin.id) == [
        (SYSTEM, "made"),
        (SYSTEM, "throttled"),
        (f"office:{admin.id}", "login"),
    ]


def test_an_account_that_does_not_exist_is_throttled_like_one_that_does(office: Office) -> None:
    answers = [try_login(office.client(), "nobody", "falsch").status_code for _ in range(11)]

    assert answers == [403] * 10 + [429]


def test_an_address_is_throttled_over_all_accounts_and_other_addresses_are_not(office: Office) -> None:
    office.account()
    client = office.client()
    for number in range(10):
        try_login(client, f"somebody-{number}", "falsch")

    same = try_login(client, "administrator")
    ticket = ticket_in(client.get("/de/login"), "/login")
    form = {"ticket": ticket, "login": "administrator", "password": PASSWORD}
    other = client.post("/de/login", data=form, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert (same.status_code, other.status_code) == (429, 303)


def test_addresses_of_one_ipv6_network_are_counted_as_one(office: Office) -> None:
    client = office.client()
    ticket = ticket_in(client.get("/de/login"), "/login")

    answers = [
        client.post(
            "/de/login",
            data={"ticket": ticket, "login": f"somebody-{number}", "password": "falsch"},
            environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"},
        ).status_code
        for number in range(11)
    ]

    assert answers == [403] * 10 + [429]


def entered(office: Office, address: str, password: str = "falsch") -> Entry | Refused:
    return enter(office.store, "administrator", password, Caller(address=address, key=b"k" * 32), office.now)


def test_who_guesses_from_elsewhere_does_not_close_an_account_to_others(office: Office) -> None:
    office.account()

    guesses = [entered(office, "198.51.100.1") for _ in range(3 * MOST_WRONG)]

    assert guesses == [Refused.WRONG] * MOST_WRONG + [Refused.WAIT] * 2 * MOST_WRONG
    assert isinstance(entered(office, "192.0.2.7", PASSWORD), Entry)


def test_who_guesses_from_everywhere_closes_an_account_but_not_to_where_it_logged_in(office: Office) -> None:
    office.account()
    entered(office, "192.0.2.7", PASSWORD)
    office.wait(days=1)

    guesses = [entered(office, f"2001:db8:{n // MOST_WRONG}::1") for n in range(2 * MOST_ANYWHERE)]

    assert guesses.count(Refused.WRONG) == MOST_ANYWHERE
    assert entered(office, "203.0.113.9", PASSWORD) is Refused.WAIT
    assert isinstance(entered(office, "192.0.2.7", PASSWORD), Entry)


def test_from_where_an_account_logged_in_nobody_may_guess_more_often_either(office: Office) -> None:
    office.account()
    entered(office, "192.0.2.7", PASSWORD)

    guesses = [entered(office, "192.0.2.7") for _ in range(2 * MOST_WRONG)]

    assert guesses == [Refused.WRONG] * MOST_WRONG + [Refused.WAIT] * MOST_WRONG


def test_a_clock_that_went_wrong_locks_nobody_out_until_the_day_that_it_showed(office: Office) -> None:
    office.account()
    office.wait(days=365)
    for _ in range(MOST_WRONG):
        entered(office, "192.0.2.7")
    locked = entered(office, "192.0.2.7", PASSWORD)
    office.wait(days=-365)

    assert locked is Refused.WAIT
    assert isinstance(entered(office, "192.0.2.7", PASSWORD), Entry)


def test_a_login_of_a_clock_that_went_wrong_does_not_last_until_the_day_that_it_showed(
    office: Office,
) -> None:
    office.wait(days=365)
    client = office.logged_in()
    office.wait(days=-365)

    assert client.get("/de/office/accounts").status_code == 303


def test_right_logins_count_for_nothing(office: Office) -> None:
    office.account()

    answers = [try_login(office.client(), "administrator").status_code for _ in range(12)]

    assert answers == [303] * 12


def test_failures_before_a_login_are_told_as_a_number_without_address(office: Office) -> None:
    admin = office.account()
    for _ in range(3):
        try_login(office.client(), "administrator", "geheimes Vertipptes")

    try_login(office.client(), "administrator")

    with office.store._engine.connect() as connection:
        rows = connection.exec_driver_sql("select * from event where subject = 'account'").all()
        dump = " ".join(str(row) for row in rows)
        attempts = str(connection.exec_driver_sql("select * from attempt").all())
    assert '"failed":[3,0]' in dump.replace(" ", "")
    assert str(admin.id) in dump
    assert "127.0.0.1" not in dump + attempts
    assert "Vertipptes" not in dump + attempts


def test_a_login_ends_after_an_hour_without_use(office: Office) -> None:
    client = office.logged_in()

    office.wait(minutes=59)
    used = client.get("/de/office/accounts")
    office.wait(minutes=59)
    used_again = client.get("/de/office/accounts")
    office.wait(minutes=61)
    unused = client.get("/de/office/accounts")

    assert (used.status_code, used_again.status_code, unused.status_code) == (200, 200, 303)


def test_a_login_ends_after_twelve_hours_however_much_it_is_used(office: Office) -> None:
    client = office.logged_in()

    answers = []
    for _ in range(13):
        office.wait(minutes=59)
        answers.append(client.get("/de/office/accounts").status_code)

    assert answers == [200] * 12 + [303]


def test_logging_out_ends_the_login_and_not_only_in_this_browser(office: Office) -> None:
    client = office.logged_in()
    page = client.get("/de/office/accounts")
    cookie = client.get_cookie("office")
    assert cookie is not None

    answer = client.post("/de/logout", data={"ticket": ticket_in(page, "/logout")})
    stolen = office.client()
    stolen.set_cookie("office", cookie.value)

    assert "Max-Age=0" in cookies_of(answer)["office"]
    assert "Sie sind abgemeldet" in client.get(answer.location).text
    assert stolen.get("/de/office/accounts").status_code == 303


def test_a_login_gets_a_secret_of_its_own_and_ends_the_one_before(office: Office) -> None:
    office.account()
    client = office.client()
    client.set_cookie("office", "chosen-by-somebody-else")

    first = cookies_of(try_login(client, "administrator"))["office"]
    client.get("/de/office/accounts")
    before = client.get_cookie("office")
    assert before is not None
    other = office.client()
    other.set_cookie("office", before.value)
    ticket = ticket_in(office.client().get("/de/login"), "/login")
    form = {"ticket": ticket, "login": "administrator", "password": PASSWORD}
    second = cookies_of(client.post("/de/login", data=form))["office"]

    assert "chosen" not in first
    assert first != second
    assert other.get("/de/office/accounts").status_code == 303


def test_the_database_holds_no_secret_of_a_login(office: Office) -> None:
    client = office.logged_in()
    cookie = client.get_cookie("office")
    assert cookie is not None

    with office.store._engine.connect() as connection:
        kept = str(connection.exec_driver_sql("select * from session").all())

    assert cookie.value not in kept
    assert digest_of(cookie.value) in kept
    assert len(cookie.value) >= 43  # 256 bits


@pytest.mark.parametrize("change", ["disabled", "role", "password"])
def test_what_is_taken_from_an_account_ends_all_its_logins_at_once(office: Office, change: str) -> None:
    office.account(Role.ADMINISTRATOR, "other")
    clients = [office.logged_in(), office.logged_in()]
    admin, accounts = office.account(), office.store.accounts
    stays = office.logged_in(Role.ADMINISTRATOR, "other")

    if change == "disabled":
        accounts.disable(admin.id, actor=SYSTEM, now=office.now)
        accounts.enable(admin.id, actor=SYSTEM, now=office.now)  # even then they stay ended
    elif change == "role":
        accounts.change_role(admin.id, Role.READER, actor=SYSTEM, now=office.now)
    else:
        accounts.set_password(admin.id, "x", actor=SYSTEM, now=office.now)

    assert [client.get("/de/office/password").status_code for client in clients] == [303, 303]
    assert stays.get("/de/office/password").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
@pytest.mark.parametrize("path", ["/de/login", "/de/logout", "/de/office/password", "/de/office/accounts"])
def test_a_form_of_another_site_is_refused(office: Office, path: str, headers: dict[str, str]) -> None:
    client = office.logged_in()
    ticket = ticket_in(office.client().get("/de/login"), "/login")

    answer = client.post(path, data={"ticket": ticket}, headers=headers)

    assert answer.status_code == 403
    assert client.get("/de/office/accounts").status_code == 200


def test_a_form_without_its_ticket_logs_nobody_in(office: Office) -> None:
    office.account()

    answer = office.client().post("/de/login", data={"login": "administrator", "password": PASSWORD})

    assert answer.status_code == 400
    assert page_of(answer).one("input", name="login")["value"] == "administrator"  # what was typed is kept
    assert "password" not in page_of(answer).one("input", name="password").attributes.get("value", "")


def test_pages_for_readers_are_the_same_with_and_without_a_login(office: Office) -> None:
    client = office.logged_in()

    for path in ("/de/", "/de/solutions/hal-plan", "/de/solutions?q=Stadt"):
        with_login, without = client.get(path), office.client().get(path)
        assert with_login.data == without.data
        assert with_login.headers["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in with_login.headers


def test_pages_for_readers_look_at_no_login(office: Office) -> None:
    # A broken table of logins is noticed by the office alone.
    client = office.logged_in()
    _rename(office, "session", "session_elsewhere")
    try:
        assert client.get("/de/solutions/hal-plan").status_code == 200
        assert client.get("/de/office/accounts").status_code == 500
    finally:
        _rename(office, "session_elsewhere", "session")


def _rename(office: Office, table: str, name: str) -> None:
    with office.store._engine.begin() as connection:
        connection.exec_driver_sql(f"alter table {table} rename to {name}")


def test_an_own_password_is_changed_and_every_other_browser_is_logged_out(office: Office) -> None:
    here, elsewhere = office.logged_in(Role.READER), office.logged_in(Role.READER)
    ticket = ticket_in(here.get("/de/office/password"), "/password")
    new = "vier Bäume am Fluss"

    form = {"ticket": ticket, "old": PASSWORD, "new": new, "again": new}
    answer = here.post("/de/office/password", data=form)

    assert answer.status_code == 303
    assert "Ihr Kennwort ist geändert" in here.get(answer.location).text
    assert elsewhere.get("/de/office/password").status_code == 303
    assert try_login(office.client(), "reader").status_code == 403
    assert try_login(office.client(), "reader", new).status_code == 303


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"old": "falsch"}, "bisherige Kennwort stimmt nicht"),
        ({"again": "etwas anderes"}, "nicht gleich"),
        ({"new": "kurz", "again": "kurz"}, "mindestens 12 Zeichen"),
        ({"new": "Passwort 1234", "again": "Passwort 1234"}, "zuerst ausprobiert"),
        ({"ticket": "x"}, "zu lange offen"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(office: Office, form: dict[str, str], says: str) -> None:
    client = office.logged_in(Role.READER)
    good = {
        "ticket": ticket_in(client.get("/de/office/password"), "/password"),
        "old": PASSWORD,
        "new": "vier Bäume am Fluss",
        "again": "vier Bäume am Fluss",
    }

    answer = client.post("/de/office/password", data={**good, **form})

    assert answer.status_code in (400, 403)
    assert says in answer.text
    check_page(page_of(answer), "de")
    assert try_login(office.client(), "reader").status_code == 303


def test_guessing_the_old_password_in_a_stolen_browser_is_throttled(office: Office) -> None:
    client = office.logged_in(Role.READER)
    new = "vier Bäume am Fluss"
    answers = []
    for number in range(11):
        ticket = ticket_in(client.get("/de/office/password"), "/password")
        form = {"ticket": ticket, "old": f"falsch {number}", "new": new, "again": new}
        answers.append("Viertelstunde" in client.post("/de/office/password", data=form).text)

    assert answers == [False] * 10 + [True]


@pytest.mark.parametrize("cookie", ["\xff\xfe", "", "x" * 4000, "%ed%a0%80", '"a\\000b"', "office=office"])
def test_a_cookie_that_is_none_of_ours_is_no_login(office: Office, cookie: str) -> None:
    headers = {"Cookie": f"office={cookie}"}

    answer = office.app.test_client(use_cookies=False).get("/de/office/accounts", headers=headers)

    assert answer.status_code == 303


def test_the_application_has_no_session_of_flask(app: Flask) -> None:
    assert app.secret_key is None
