"""`catalogue account`: who may enter the office."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from catalogue.config import Settings
from catalogue.domain.access import Role
from catalogue.domain.account import Account, BadAccount
from catalogue.domain.login_service import key_of
from catalogue.domain.reuse_report import SYSTEM
from catalogue.services.accounts import add_account, set_password
from catalogue.storage.accounts import LastAdministrator, LoginTaken
from catalogue.storage.store import Store

_ROLES = click.Choice([role.value for role in Role])
_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def account() -> None:
    """Accounts of the coordination office."""


@account.command()
@click.argument("login")
@click.option("--role", type=_ROLES, default=Role.READER.value, show_default=True, help="What it may do.")
@click.option("--name", default="", help="Name that is shown (default: the login name).")
@click.option(
    "--oidc", metavar="SUBJECT", default="", help="No password: for whom the login service calls SUBJECT."
)
@_stdin
@click.pass_obj
def add(settings: Settings, login: str, role: str, name: str, oidc: str, password_stdin: bool) -> None:
    """Make an account with a password, or for somebody whom the login service knows."""
    if oidc and not settings.oidc_issuer:
        raise click.UsageError("--oidc: set CATALOGUE_OIDC_ISSUER first; a subject belongs to its issuer")
    password = "" if oidc else _password(password_stdin)
    with _store(settings, migrate=True) as store:
        made = add_account(
            store,
            login=login,
            name=name,
            role=Role(role),
            now=_now(),
            password=password,
            service_key=key_of(settings.oidc_issuer, oidc) if oidc else None,
        )
    click.echo(f"made: {made.login}, {made.role}")


@account.command("list")
@click.pass_obj
def list_accounts(settings: Settings) -> None:
    """List all accounts: login name, role, way of login, last login, name."""
    with _store(settings, migrate=False) as store:
        for one in store.accounts.all():
            way = "service" if one.is_of_service else "password"
            last = one.last_login.date().isoformat() if one.last_login else "never"
            state = "disabled" if one.disabled else "enabled"
            click.echo(f"{one.login}\t{one.role}\t{way}\t{state}\t{last}\t{one.name}")


@account.command()
@click.argument("login")
@click.argument("role", type=_ROLES, metavar="ROLE")
@click.pass_obj
def role(settings: Settings, login: str, role: str) -> None:
    """Give an account another role; it is logged out everywhere."""
    with _found(settings, login) as (store, one):
        store.accounts.change_role(one.id, Role(role), actor=SYSTEM, now=_now())
    click.echo(f"{one.login}: {role}")


@account.command()
@click.argument("login")
@_stdin
@click.pass_obj
def password(settings: Settings, login: str, password_stdin: bool) -> None:
    """Give an account another password; it is logged out everywhere."""
    with _found(settings, login) as (store, one):
        if one.is_of_service:
            raise click.ClickException(f"{one.login} logs in at the login service and has no password here")
        set_password(store, one, _password(password_stdin), actor=SYSTEM, now=_now())
    click.echo(f"{one.login}: password changed")


@account.command()
@click.argument("login")
@click.pass_obj
def disable(settings: Settings, login: str) -> None:
    """Let nobody in with an account any more; it is logged out everywhere."""
    with _found(settings, login) as (store, one):
        store.accounts.disable(one.id, actor=SYSTEM, now=_now())
    click.echo(f"{one.login}: disabled")


@account.command()
@click.argument("login")
@click.pass_obj
def enable(settings: Settings, login: str) -> None:
    """Let an account in again."""
    with _found(settings, login) as (store, one):
        store.accounts.enable(one.id, actor=SYSTEM, now=_now())
    click.echo(f"{one.login}: enabled")


@contextmanager
def _store(settings: Settings, *, migrate: bool) -> Iterator[Store]:
    store = Store.open(settings.database_url, migrate=migrate)
    try:
        yield store
    except (BadAccount, LoginTaken, LastAdministrator) as error:
        raise click.ClickException(_sentence(error)) from None
    finally:
        store.close()


@contextmanager
def _found(settings: Settings, login: str) -> Iterator[tuple[Store, Account]]:
    with _store(settings, migrate=False) as store:
        one = store.accounts.find(login.strip().lower())
        if one is None:
            raise click.ClickException(f"there is no account {login!r}; see: catalogue account list")
        yield store, one


def _sentence(error: BadAccount | LoginTaken | LastAdministrator) -> str:
    if isinstance(error, BadAccount):
        return f"{error}. Nothing was changed."
    if isinstance(error, LoginTaken):
        return f"there is an account {error} already, or one of this subject; see: catalogue account list"
    return "this is the last account that may manage accounts; make another administrator first"


def _password(from_stdin: bool) -> str:
    """From the terminal, typed twice and not shown, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("password", hide_input=True, confirmation_prompt="once more"))


def _now() -> datetime:
    return datetime.now(UTC)
