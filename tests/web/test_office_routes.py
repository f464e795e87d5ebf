"""Every page of the office, of today and of later: who may see it, and that no cache keeps it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from office_login import Office, an_office, page_of, ticket_in
from page_checks import check_page
from werkzeug.routing import Rule

from catalogue.domain.access import Right, Role, may
from catalogue.domain.reuse_report import SYSTEM
from catalogue.web.office_frame import SECTIONS

FREE = {"pages.login", "pages.logout", "pages.login_service"}  # what leads in and out


@pytest.fixture(scope="module")
def shared(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office") / "var"
    with an_office(Path(shutil.copytree(published, folder))) as office:
        yield office


@pytest.fixture
def office(shared: Office) -> Office:
    shared.empty()
    return shared


def guarded(app: Flask) -> list[tuple[Rule, Right]]:
    """All routes whose view needs a right."""
    rules = app.url_map.iter_rules()
    found = ((rule, getattr(app.view_functions[rule.endpoint], "needs_right", None)) for rule in rules)
    return [(rule, right) for rule, right in found if right is not None]


def address(office: Office, rule: Rule) -> str:
    """An address of a route, with values that lead nowhere."""
    known = {"lang": "de", "kind": "csv"}
    values = {name: known.get(name, 7) for name in rule.arguments}
    with office.app.test_request_context():
        return str(office.app.url_map.bind("localhost").build(rule.endpoint, values))


def test_every_route_of_the_office_needs_a_right(app: Flask) -> None:
    needing = {rule.endpoint for rule, _ in guarded(app)}
    of_office = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("pages.office") or "/office" in rule.rule
    }

    assert of_office - needing == set()
    assert needing >= {"pages.office_accounts", "pages.send_office_accounts", "pages.own_password"}


def test_no_route_without_a_right_shows_who_is_logged_in(app: Flask) -> None:
    assert {rule.endpoint for rule, _ in guarded(app)}.isdisjoint(FREE)


def test_without_a_login_every_page_leads_to_the_login_and_no_form_is_taken(office: Office) -> None:
    client = office.client()

    for rule, _ in guarded(office.app):
        path = address(office, rule)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(path, method=method)

            assert answer.headers["Cache-Control"] == "no-store", path
            assert answer.headers["Referrer-Policy"] == "same-origin"
            if method == "GET":
                assert answer.status_code == 303, path
                assert answer.location.startswith("/de/login?next=/de/"), path
            else:
                assert answer.status_code == 403, path
                assert "Sie sind nicht mehr angemeldet" in answer.text


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_right_is_refused_and_told_so(office: Office, role: Role) -> None:
    client = office.logged_in(role)

    for rule, right in guarded(office.app):
        path = address(office, rule)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(path, method=method)

            assert answer.headers["Cache-Control"] == "no-store", path
            is_refused = answer.status_code == 403 and "Das darf Ihr Konto nicht" in answer.text
            assert is_refused is not may(role, right), f"{role} {method} {path}"
            if method == "GET" and may(role, right):
                assert answer.status_code in (200, 303, 404), path
                assert "/login" not in answer.headers.get("Location", ""), path


@pytest.mark.parametrize("role", Role)
def test_the_navigation_shows_a_role_what_it_may_see_and_nothing_else(office: Office, role: Role) -> None:
    page = page_of(office.logged_in(role).get("/de/office/password"))

    shown = [link["href"] for link in page.one("nav", class_="office__nav").all("a")]
    with office.app.test_request_context("/de/"):
        assert shown == [
            office.app.url_for(endpoint, lang="de")
            for endpoint, _, right in SECTIONS
            if may(role, right) and endpoint in office.app.view_functions
        ]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", ["/office/accounts", "/office/password"])
def test_pages_about_accounts_are_sound(office: Office, path: str, lang: str) -> None:
    office.account(Role.EDITOR)
    page = page_of(office.logged_in().get(f"/{lang}{path}", headers={"Accept-Language": lang}))

    check_page(page, lang)
    assert page.is_noindex


def test_no_mail_address_stands_on_the_page_of_accounts(office: Office) -> None:
    assert "@" not in page_of(office.logged_in().get("/de/office/accounts")).one("main").text


def send(office: Office, client_role: Role, login: str, **form: str) -> tuple[int, str]:
    """An administrator (or whoever) sends the form of an account."""
    client = office.logged_in(client_role, f"{client_role.value}-acting")
    account = office.store.accounts.find(login)
    assert account is not None
    page = page_of(client.get("/de/office/accounts"))
    forms = [f for f in page.all("form") if f.all("input", name="account", value=str(account.id))]
    ticket = forms[0].one("input", name="ticket")["value"]
    data = {"ticket": ticket, "account": str(account.id), **form}
    answer = client.post("/de/office/accounts", data=data)
    return answer.status_code, client.get(answer.location).text if answer.location else answer.text


def test_an_administrator_changes_a_role_and_the_audit_trail_knows_who_it_was(office: Office) -> None:
    editor = office.account(Role.EDITOR)

    status, text = send(office, Role.ADMINISTRATOR, "editor", action="role", role="reader")

    acting = office.store.accounts.find("administrator-acting")
    assert acting is not None
    assert status == 303
    assert "hat jetzt die Rolle „Lesen“" in text
    assert office.events(editor.id) == [(SYSTEM, "made"), (f"office:{acting.id}", "role-changed")]


def test_two_administrators_do_not_overwrite_each_other(office: Office) -> None:
    meant, path = office.account(Role.READER), "/de/office/accounts"
    first, second = office.logged_in(), office.logged_in(login="zweite")
    forms = []
    for client in (first, second):
        (form,) = [f for f in page_of(client.get(path)).all("form") if f.all("input", value=str(meant.id))]
        forms.append({field["name"]: field["value"] for field in form.all("input")})

    done = first.post(path, data={**forms[0], "action": "role", "role": "editor"})
    late = second.post(path, data={**forms[1], "action": "disable"})

    assert (done.status_code, late.status_code) == (303, 409)
    assert "hat inzwischen jemand anderes geändert" in page_of(late).one("div", role="alert").text
    kept = office.store.accounts.get(meant.id)
    assert kept is not None
    assert (kept.role, kept.disabled) == (Role.EDITOR, None)


def test_an_administrator_locks_and_unlocks_an_account(office: Office) -> None:
    browser = office.logged_in(Role.EDITOR)

    locked = send(office, Role.ADMINISTRATOR, "editor", action="disable")
    meanwhile = browser.get("/de/office/password").status_code
    unlocked = send(office, Role.ADMINISTRATOR, "editor", action="enable")

    assert "ist gesperrt und abgemeldet" in locked[1]
    assert meanwhile == 303
    assert "darf sich wieder anmelden" in unlocked[1]


@pytest.mark.parametrize("form", [{"action": "disable"}, {"action": "role", "role": "editor"}])
def test_the_last_administrator_can_be_neither_locked_nor_lowered(
    office: Office, form: dict[str, str]
) -> None:
    office.account(Role.EDITOR)
    locked = office.account(Role.ADMINISTRATOR, "locked")  # does not count: nobody can log in with it
    office.account(Role.ADMINISTRATOR, "administrator-acting")
    office.store.accounts.disable(locked.id, actor=SYSTEM, now=office.now)

    status, text = send(office, Role.ADMINISTRATOR, "administrator-acting", **form)

    assert status == 409
    assert "das letzte Konto" in text
    assert (
        office.logged_in(Role.ADMINISTRATOR, "administrator-acting").get("/de/office/accounts").status_code
        == 200
    )


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"action": "delete"}, 400),
        ({"action": "role", "role": "boss"}, 400),
        ({"action": "role"}, 400),
        ({"action": "disable", "account": "0"}, 404),
        ({"action": "disable", "account": "x"}, 400),
        ({"action": "disable", "account": "9" * 40}, 404),
        ({"action": "disable", "ticket": ""}, 400),
    ],
)
def test_a_form_that_no_page_of_ours_sends_changes_nothing(
    office: Office, form: dict[str, str], status: int
) -> None:
    before = office.account(Role.EDITOR)

    answered, _ = send(office, Role.ADMINISTRATOR, "editor", **form)

    assert answered == status
    assert office.store.accounts.find("editor") == before


def test_a_ticket_of_one_account_or_one_login_is_none_for_another(office: Office) -> None:
    editor, other = office.account(Role.EDITOR), office.account(Role.READER)
    mine, theirs = office.logged_in(), office.logged_in(Role.ADMINISTRATOR, "another")
    page = page_of(mine.get("/de/office/accounts"))
    form = next(f for f in page.all("form") if f.all("input", name="account", value=str(editor.id)))
    ticket = form.one("input", name="ticket")["value"]
    wrong = {"ticket": ticket, "action": "disable", "account": str(other.id)}
    right = {**wrong, "account": str(editor.id)}

    answers = [mine.post("/de/office/accounts", data=wrong), theirs.post("/de/office/accounts", data=right)]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert mine.post("/de/office/accounts", data=right).status_code == 303


def test_logging_out_needs_its_ticket(office: Office) -> None:
    client = office.logged_in()

    refused = client.post(
        "/de/logout", data={"ticket": ticket_in(office.client().get("/de/login"), "/login")}
    )

    assert refused.status_code == 403
    assert client.get("/de/office/accounts").status_code == 200
