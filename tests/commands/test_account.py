"""`catalogue account`: who may enter the office, from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalogue.commands.account import account
from catalogue.config import Settings
from catalogue.storage.passwords import is_password
from catalogue.storage.store import Store

PASSWORD = "drei Bäume am Fluss"
Run = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environ({"CATALOGUE_DATA": str(tmp_path / "var")})


@pytest.fixture
def run(settings: Settings) -> Run:
    """Call the command; `typed` is standard input."""

    def call(*arguments: str, typed: str = f"{PASSWORD}\n", more: dict[str, str] | None = None) -> Result:
        given = {"CATALOGUE_DATA": str(settings.data), **(more or {})}
        return CliRunner().invoke(account, arguments, obj=Settings.from_environ(given), input=typed)

    return call


def test_an_account_is_made_before_anything_is_published(run: Run, settings: Settings) -> None:
    made = run("add", "Anna", "--role", "administrator", "--password-stdin")
    listed = run("list")

    store = Store.open(settings.database_url, migrate=False)
    assert made.exit_code == 0, made.output
    assert "anna\tadministrator\tpassword\tenabled\tnever\tanna" in listed.output
    assert is_password(PASSWORD, store.accounts.password_of("anna"))
    store.close()


def test_a_password_is_asked_twice_and_shown_nowhere(run: Run) -> None:
    same = run("add", "anna", typed=f"{PASSWORD}\n{PASSWORD}\n")
    other = run("add", "bert", typed=f"{PASSWORD}\nanother one\n")

    assert same.exit_code == 0
    assert other.exit_code == 1
    assert PASSWORD not in same.output + other.output


@pytest.mark.parametrize(
    ("arguments", "typed", "says"),
    [
        (("add", "anna@stadt.example"), PASSWORD, "take no mail address"),
        (("add", "anna"), "kurz", "at least 12 characters"),
        (("add", "anna"), "", "at least 12 characters"),
        (("add", "anna.maier"), "anna.maier.1", "is the login name"),
        (("add", "anna"), "passwort1234", "tried first"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_made(
    run: Run, arguments: tuple[str, ...], typed: str, says: str
) -> None:
    refused = run(*arguments, "--password-stdin", typed=f"{typed}\n")

    assert refused.exit_code == 1
    assert says in refused.output
    assert run("list").output == ""


def test_a_login_is_given_once(run: Run) -> None:
    run("add", "anna", "--password-stdin")

    again = run("add", "ANNA", "--password-stdin")

    assert again.exit_code == 1
    assert "there is an account anna already" in again.output


def test_role_password_and_lock_are_changed(run: Run, settings: Settings) -> None:
    run("add", "anna", "--role", "administrator", "--password-stdin")
    run("add", "bert", "--role", "administrator", "--password-stdin")

    done = [
        run("role", "anna", "editor"),
        run("password", "anna", "--password-stdin", typed="vier Bäume am Fluss\n"),
        run("disable", "anna"),
    ]
    disabled = run("list").output
    done.append(run("enable", "anna"))

    store = Store.open(settings.database_url, migrate=False)
    assert [one.exit_code for one in done] == [0] * 4
    assert "anna\teditor\tpassword\tdisabled" in disabled
    assert is_password("vier Bäume am Fluss", store.accounts.password_of("anna"))
    store.close()


@pytest.mark.parametrize("arguments", [("role", "anna", "reader"), ("disable", "anna")])
def test_the_last_administrator_stays(run: Run, arguments: tuple[str, ...]) -> None:
    run("add", "anna", "--role", "administrator", "--password-stdin")

    refused = run(*arguments)

    assert refused.exit_code == 1
    assert "make another administrator first" in refused.output
    assert "administrator\tpassword\tenabled" in run("list").output


@pytest.mark.parametrize(
    "arguments", [("disable", "nobody"), ("role", "nobody", "reader"), ("enable", "nobody")]
)
def test_an_account_that_there_is_not_is_named(run: Run, arguments: tuple[str, ...]) -> None:
    run("add", "anna", "--password-stdin")

    missing = run(*arguments)

    assert missing.exit_code == 1
    assert "there is no account 'nobody'" in missing.output


def test_an_account_of_the_login_service_is_known_by_its_subject_and_has_no_password(
    run: Run, settings: Settings
) -> None:
    service = {
        "CATALOGUE_OIDC_ISSUER": "https://login.example",
        "CATALOGUE_OIDC_CLIENT_ID": "katalog",
        "CATALOGUE_BASE_URL": "https://katalog.example",
    }

    too_early = run("add", "anna", "--oidc", "person-7")
    made = run("add", "anna", "--oidc", "person-7", typed="", more=service)
    again = run("add", "other", "--oidc", "person-7", typed="", more=service)
    password = run("password", "anna", "--password-stdin", more=service)

    store = Store.open(settings.database_url, migrate=False)
    known = store.accounts.known_to_service("https://login.example person-7")
    assert (too_early.exit_code, made.exit_code, again.exit_code, password.exit_code) == (2, 0, 1, 1)
    assert known is not None
    assert (known.login, known.has_password) == ("anna", False)
    assert "has no password here" in password.output
    store.close()
