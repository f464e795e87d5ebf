"""Logging in with OpenID Connect, against a real provider on the loopback, honest and not."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from office_login import NOON, Office, an_office, cookies_of, page_of
from oidc_provider import CLIENT, SECRET, FakeProvider, a_provider
from page_checks import check_page
from werkzeug.test import TestResponse

from catalogue.app import create_app
from catalogue.config import BadSetting, Settings
from catalogue.domain.access import Role
from catalogue.domain.reuse_report import SYSTEM
from catalogue.outside.oidc import Provider
from catalogue.storage.accounts import NewAccount

RULES = "groups:kts-lesen=reader groups:kts=editor groups:kts-chef=administrator"
HOME = "http://localhost"


@pytest.fixture(scope="module")
def running() -> Iterator[FakeProvider]:
    with a_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def shared(
    published: Path, tmp_path_factory: pytest.TempPathFactory, running: FakeProvider
) -> Iterator[Office]:
    folder = Path(shutil.copytree(published, tmp_path_factory.mktemp("office") / "var"))
    with an_office(
        folder,
        base_url=HOME,
        oidc_issuer=running.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_roles=RULES,
    ) as office:
        yield office


@pytest.fixture
def provider(running: FakeProvider, shared: Office) -> FakeProvider:
    """The provider as it should be, and Anna at it; the application has not asked it yet."""
    shared.empty()
    fresh = FakeProvider(rsa=running.rsa, ec=running.ec, stranger=running.stranger)
    running.__dict__.update({**fresh.__dict__, "url": running.url, "now": shared.now.timestamp()})
    running.claims = {"sub": "person-7", "preferred_username": "anna", "name": "Anna", "groups": ["kts"]}
    use_rules(shared, running, RULES)
    return running


@pytest.fixture
def office(shared: Office, provider: FakeProvider) -> Office:
    return shared


def use_rules(office: Office, provider: FakeProvider, rules: str) -> None:
    """Join the login service as the application does, with other rules."""
    environ = {
        "CATALOGUE_BASE_URL": HOME,
        "CATALOGUE_OIDC_ISSUER": provider.url,
        "CATALOGUE_OIDC_CLIENT_ID": CLIENT,
        "CATALOGUE_OIDC_CLIENT_SECRET": SECRET,
        "CATALOGUE_OIDC_ROLES": rules,
    }
    made = create_app(Settings.from_environ(environ)).extensions["login_service"]
    office.app.extensions["login_service"] = made


def come_back(client: FlaskClient, provider: FakeProvider, **query: str) -> TestResponse:
    """Follow the link, agree at the provider, come back."""
    gone = client.get("/de/login/service", query_string=query)
    assert gone.status_code == 303, gone.text
    back = provider.authorize(gone.location)
    return client.get(back.removeprefix(HOME))


def is_in(client: FlaskClient) -> bool:
    return client.get("/de/office/password").status_code == 200


def test_whoever_the_groups_let_in_is_logged_in_with_their_role(
    office: Office, provider: FakeProvider
) -> None:
    client = office.client()

    answer = come_back(client, provider, next="/en/office/password")

    account = office.store.accounts.find("anna")
    assert account is not None
    assert (answer.status_code, answer.location) == (303, "/en/office/password")
    assert (account.role, account.name, account.has_password) == (Role.EDITOR, "Anna", False)
    assert "Anna" in client.get("/en/office/password").text
    assert office.events() == [(SYSTEM, "made"), (f"office:{account.id}", "login")]


def test_a_signature_with_an_elliptic_curve_holds_too(office: Office, provider: FakeProvider) -> None:
    provider.algorithm = "ES256"

    assert come_back(office.client(), provider).status_code == 303


def test_the_page_of_the_login_offers_the_service_as_a_link(office: Office) -> None:
    page = page_of(office.client().get("/de/login?next=/de/office/password"))

    check_page(page, "de")
    links = [a["href"] for a in page.one("main").all("a") if "/login/service" in a["href"]]
    assert links == ["/de/login/service?next=/de/office/password"]


@pytest.mark.parametrize(
    ("lie", "why"),
    [
        ({"wrong": {"nonce": "another"}}, "a token of another login"),
        ({"wrong": {"nonce": None}}, "a token of no login"),
        ({"wrong": {"aud": "another-client"}}, "a token for another application"),
        ({"wrong": {"aud": ["another-client"]}}, "the same in a list"),
        ({"wrong": {"aud": [CLIENT, "another"], "azp": "another"}}, "made for another that names us too"),
        ({"wrong": {"iss": "https://evil.example"}}, "a token of another issuer"),
        ({"wrong": {"exp": 1}}, "expired long ago"),
        (
            {"wrong": {"exp": int(NOON.timestamp()) - 61}},
            "expired a minute ago, beyond what clocks may differ",
        ),
        ({"wrong": {"exp": None}}, "never expires"),
        ({"wrong": {"nbf": 4000000000}}, "not valid yet"),
        ({"wrong": {"sub": None}}, "about nobody"),
        ({"wrong": {"sub": ""}}, "about nobody"),
        ({"wrong": {"sub": ["person-7"]}}, "about no text"),
        ({"algorithm": "none"}, "not signed"),
        ({"algorithm": "HS256"}, "signed with a public key as a secret"),
        ({"algorithm": "RS512"}, "not an algorithm that we take"),
        ({"forged": True}, "signed by a stranger under a known key id"),
        ({"answers": {"/keys": (200, '{"keys": []}')}}, "no keys"),
        ({"answers": {"/keys": (200, "<html>")}}, "no JSON"),
        ({"answers": {"/keys": (302, "")}}, "sends elsewhere"),
        ({"answers": {"/token": (200, "{}")}}, "no token"),
        ({"answers": {"/token": (200, '{"access_token": "a", "token_type": "Bearer"}')}}, "no identity"),
        ({"answers": {"/token": (200, '{"access_token": "a", "id_token": 7}')}}, "no text"),
        ({"answers": {"/token": (200, "[]")}}, "no object"),
        ({"answers": {"/token": (500, "oops")}}, "broken"),
        ({"answers": {"/token": (302, "")}}, "sends the secret elsewhere"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_an_answer_that_does_not_hold_lets_nobody_in_and_is_a_page(
    office: Office, provider: FakeProvider, lie: dict[str, object], why: str
) -> None:
    client = office.client()
    for name, value in lie.items():
        setattr(provider, name, value)

    answer = come_back(client, provider)

    assert answer.status_code in (403, 502)
    check_page_of_login(answer)
    assert not is_in(client)
    assert office.store.accounts.all() == []


def check_page_of_login(answer: TestResponse) -> None:
    page = page_of(answer)
    assert page.heading == "Anmeldung der Koordinierungsstelle"
    assert page.headers["Cache-Control"] == "no-store"
    assert "office=" not in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://login.example/token"},  # a secret in the clear
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_service_that_says_odd_things_of_itself_is_not_believed(
    office: Office, provider: FakeProvider, discovery: dict[str, object]
) -> None:
    provider.discovery = discovery

    answer = office.client().get("/de/login/service")

    assert answer.status_code == 502
    check_page_of_login(answer)


@pytest.mark.parametrize("text", ["", "[]", "nothing", '{"issuer": 7}', "{" * 5000, " " * 1_000_001])
def test_a_service_whose_discovery_is_none_gives_a_page(
    office: Office, provider: FakeProvider, text: str
) -> None:
    provider.answers = {"/.well-known/openid-configuration": (200, text)}

    answer = office.client().get("/de/login/service")

    assert answer.status_code == 502
    check_page_of_login(answer)


def test_a_service_that_was_silent_is_asked_again_with_the_next_login(
    office: Office, provider: FakeProvider
) -> None:
    client = office.client()
    provider.answers = {"/.well-known/openid-configuration": (503, "")}
    silent = client.get("/de/login/service")
    provider.answers = {}

    assert silent.status_code == 502
    assert come_back(client, provider).status_code == 303


def test_a_service_that_nobody_runs_gives_a_page(office: Office) -> None:
    office.app.extensions["login_service"] = Provider(
        issuer="http://127.0.0.1:9", client_id=CLIENT, client_secret=SECRET, rules=()
    )

    answer = office.client().get("/de/login/service")

    assert answer.status_code == 502
    assert "antwortet gerade nicht" in answer.text


@pytest.mark.parametrize("query", ["error=access_denied&state={}", "state={}", "code=&state={}"])
def test_whoever_says_no_at_the_service_gets_a_page(
    office: Office, provider: FakeProvider, query: str
) -> None:
    client = office.client()
    state = urlsplit(client.get("/de/login/service").location).query.partition("state=")[2].partition("&")[0]

    answer = client.get(f"/login/return?{query.format(state)}")

    assert answer.status_code == 403
    assert "abgelehnt oder abgebrochen" in answer.text
    assert not is_in(client)


def test_a_return_that_another_browser_began_is_refused(office: Office, provider: FakeProvider) -> None:
    attacker, victim = office.client(), office.client()
    back = provider.authorize(attacker.get("/de/login/service").location)
    victim.get("/de/login/service")

    with_own_cookie = victim.get(back.removeprefix(HOME))
    without_cookie = office.client().get(back.removeprefix(HOME))

    for answer in (with_own_cookie, without_cookie):
        assert answer.status_code == 400
        check_page_of_login(answer)
    assert not is_in(victim)


def test_a_return_is_good_once_even_with_the_cookie_kept(office: Office, provider: FakeProvider) -> None:
    client = office.client()
    gone = client.get("/de/login/service")
    cookie = client.get_cookie("office-login", path="/login/return")
    assert cookie is not None
    back = provider.authorize(gone.location).removeprefix(HOME)

    first = client.get(back)
    provider.codes["code-0"] = provider.codes.get("code-0", {})  # even a service that takes a code twice
    thief = office.client()
    thief.set_cookie("office-login", cookie.value, path="/login/return")
    second = thief.get(back)

    assert (first.status_code, second.status_code) == (303, 400)
    assert provider.asked.count("/token") == 1
    assert not is_in(thief)


def test_a_login_that_was_begun_long_ago_has_to_begin_again(office: Office, provider: FakeProvider) -> None:
    client = office.client()
    back = provider.authorize(client.get("/de/login/service").location)
    office.wait(minutes=11)

    answer = client.get(back.removeprefix(HOME))

    assert answer.status_code == 400
    assert "abgelaufen" in answer.text


def test_what_the_browser_keeps_meanwhile_goes_to_one_path_and_ends_soon(
    office: Office, provider: FakeProvider
) -> None:
    client = office.client()

    gone = client.get("/de/login/service")
    back = client.get(provider.authorize(gone.location).removeprefix(HOME))

    kept, dropped = cookies_of(gone)["office-login"], cookies_of(back)["office-login"]
    assert {"HttpOnly", "Path=/login/return", "SameSite=Lax", "Max-Age=600"} <= {
        part.strip() for part in kept.split(";")
    }
    assert "Max-Age=0" in dropped
    assert gone.headers["Cache-Control"] == back.headers["Cache-Control"] == "no-store"


def test_nobody_is_led_to_another_site_after_coming_back(office: Office, provider: FakeProvider) -> None:
    answer = come_back(office.client(), provider, next="//evil.example/de/")

    assert answer.location.startswith("/de/office")


@pytest.mark.parametrize("groups", [[], ["sport"], "kts2", None])
def test_without_a_group_that_lets_in_there_is_no_access_and_no_account(
    office: Office, provider: FakeProvider, groups: object
) -> None:
    provider.claims["groups"] = groups
    client = office.client()

    answer = come_back(client, provider)

    assert answer.status_code == 403
    assert "nicht freigeschaltet" in answer.text
    assert office.store.accounts.all() == []


def test_another_group_is_another_role_with_the_next_login(office: Office, provider: FakeProvider) -> None:
    before, after = office.client(), office.client()
    come_back(before, provider)
    provider.claims["groups"] = ["kts-lesen"]

    come_back(after, provider)

    (account,) = office.store.accounts.all()
    assert account.role is Role.READER
    assert not is_in(before)
    assert is_in(after)
    assert (SYSTEM, "role-changed") in office.events(account.id)


def test_the_groups_count_even_for_the_last_administrator(office: Office, provider: FakeProvider) -> None:
    provider.claims["groups"] = ["kts-chef"]
    come_back(office.client(), provider)
    provider.claims["groups"] = ["kts-lesen"]

    come_back(office.client(), provider)

    assert [one.role for one in office.store.accounts.all()] == [Role.READER]


def test_whoever_left_the_groups_is_logged_out_everywhere(office: Office, provider: FakeProvider) -> None:
    before = office.client()
    come_back(before, provider)
    provider.claims["groups"] = []

    answer = come_back(office.client(), provider)

    assert answer.status_code == 403
    assert not is_in(before)


def test_a_disabled_account_stays_out_whatever_the_service_says(
    office: Office, provider: FakeProvider
) -> None:
    come_back(office.client(), provider)
    office.account()  # another administrator
    account = office.store.accounts.find("anna")
    assert account is not None
    office.store.accounts.disable(account.id, actor=SYSTEM, now=office.now)
    client = office.client()

    answer = come_back(client, provider)

    assert answer.status_code == 403
    assert not is_in(client)


def test_a_name_or_mail_address_that_somebody_claims_gives_no_account_of_another(
    office: Office, provider: FakeProvider
) -> None:
    mine = office.account(Role.ADMINISTRATOR, "anna")
    provider.claims |= {"sub": "stranger", "preferred_username": "anna", "email": "anna@stadt.example"}

    come_back(office.client(), provider)

    other = [one for one in office.store.accounts.all() if one.id != mine.id]
    assert [(one.role, one.login[:4]) for one in other] == [(Role.EDITOR, "sso-")]
    assert office.store.accounts.get(mine.id) == mine


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "anna@stadt.example", "name": "anna@stadt.example"},
        {"preferred_username": "<script>", "name": "<script>\n"},
        {"preferred_username": 7, "name": {"first": "Anna"}},
        {"preferred_username": None, "name": "x" * 500},
    ],
)
def test_what_the_service_calls_somebody_is_taken_only_where_it_may_be_shown(
    office: Office, provider: FakeProvider, claims: dict[str, object]
) -> None:
    provider.claims |= claims

    come_back(office.client(), provider)

    (account,) = office.store.accounts.all()
    assert "@" not in account.login + account.name
    assert len(account.name) <= 80


def test_without_rules_only_accounts_that_exist_may_enter_and_keep_their_role(
    office: Office, provider: FakeProvider
) -> None:
    use_rules(office, provider, "")
    unknown = come_back(office.client(), provider)
    office.store.accounts.add(
        NewAccount(login="anna", name="Anna", role=Role.READER, service_key=f"{provider.url} person-7"),
        actor=SYSTEM,
        now=office.now,
    )

    known = come_back(office.client(), provider)

    assert (unknown.status_code, known.status_code) == (403, 303)
    assert [one.role for one in office.store.accounts.all()] == [Role.READER]


def test_an_account_of_the_service_has_no_password_to_guess(office: Office, provider: FakeProvider) -> None:
    client = office.client()
    come_back(client, provider)

    page = client.get("/de/office/password").text

    assert "Sie melden sich mit dem Anmeldedienst an" in page
    assert 'name="old"' not in page


def test_without_a_login_service_there_is_no_way_to_one(data_folder: Path) -> None:
    with an_office(data_folder) as office:
        assert office.client().get("/de/login/service").status_code == 404
        assert office.client().get("/login/return").status_code == 404
        assert "/login/service" not in office.client().get("/de/login").text


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"OIDC_ROLES": "kts=editor"}, "CATALOGUE_OIDC_ROLES: 'kts=editor' is no rule"),
        ({"OIDC_ROLES": "groups:kts=boss"}, "'boss' is no role; write reader, editor, administrator"),
        ({"OIDC_CLIENT_ID": ""}, "needs CATALOGUE_OIDC_CLIENT_ID"),
        ({"BASE_URL": ""}, "needs CATALOGUE_BASE_URL"),
        ({"OIDC_ISSUER": "http://login.example"}, "begin it with https://"),
    ],
)
def test_settings_that_cannot_be_meant_stop_the_start_with_a_sentence(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    good = {
        "OIDC_ISSUER": "https://login.example",
        "OIDC_CLIENT_ID": "katalog",
        "BASE_URL": "https://katalog.example",
        "DATA": str(tmp_path),
    }
    environ = {f"CATALOGUE_{name}": value for name, value in {**good, **settings}.items()}

    with pytest.raises(BadSetting) as refused:
        create_app(Settings.from_environ(environ))

    assert says in str(refused.value)
