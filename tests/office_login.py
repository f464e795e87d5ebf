"""The office for tests: an application with a clock of its own, accounts, and browsers that are logged in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from werkzeug.test import TestResponse

from catalogue.app import create_app
from catalogue.config import Settings
from catalogue.domain.access import Role
from catalogue.domain.account import Account
from catalogue.domain.reuse_report import SYSTEM
from catalogue.storage import passwords
from catalogue.storage.accounts import NewAccount
from catalogue.storage.store import Store

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PASSWORD = "drei Bäume am Fluss"


@cache
def hashed(password: str = PASSWORD) -> str:
    return passwords.hash_password(password)


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Passwords hashed with little work: real ones take a tenth of a second on purpose, each."""
    patch = pytest.MonkeyPatch()
    patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    patch.setattr(passwords, "NOBODY", passwords.hash_password("nobody has this password"))
    hashed.cache_clear()
    yield
    patch.undo()
    hashed.cache_clear()


def log_in(client: FlaskClient, role: Role = Role.ADMINISTRATOR, login: str = "") -> Account:
    """Log an account in, in this browser; it is called like its role unless a login is named."""
    holder = client.application.extensions["catalogue"]
    store, now = holder.store or Store.open(holder.settings.database_url, migrate=False), holder.clock()
    account = an_account(store, role, login or role.value, now)
    client.set_cookie("office", store.sessions.open(account.id, now))
    if store is not holder.store:
        store.close()
    return account


def an_account(store: Store, role: Role, login: str, now: datetime) -> Account:
    """An account, made when it is first asked for."""
    new = NewAccount(login=login, name=login.title(), role=role, password=hashed())
    return store.accounts.find(login) or store.accounts.add(new, actor=SYSTEM, now=now)


@dataclass
class Office:
    """An application; `now` is moved by hand. Accounts are called like their role unless a login is named."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    now: datetime = NOON

    def __post_init__(self) -> None:
        given = {"data": str(self.folder), "semantic": "off", **self.settings}
        environ = {f"CATALOGUE_{name.upper()}": value for name, value in given.items()}
        parsed = Settings.from_environ(environ)
        self.store = Store.open(parsed.database_url, migrate=True)
        self.app: Flask = create_app(parsed, clock=lambda: self.now)

    def empty(self) -> None:
        """Forget everything about accounts: as cheap a fresh office as can be had."""
        with self.store._engine.begin() as connection:
            for table in ("session", "account", "attempt", "event"):
                connection.exec_driver_sql(f"delete from {table}")
        self.now = NOON

    def wait(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def account(self, role: Role = Role.ADMINISTRATOR, login: str = "") -> Account:
        """An account, made when it is first asked for."""
        return an_account(self.store, role, login or role.value, self.now)

    def client(self) -> FlaskClient:
        """A browser of somebody who is not logged in."""
        return self.app.test_client()

    def logged_in(self, role: Role = Role.ADMINISTRATOR, login: str = "") -> FlaskClient:
        """A browser in which an account is logged in."""
        client, account = self.client(), self.account(role, login)
        client.set_cookie("office", self.store.sessions.open(account.id, self.now))
        return client

    def events(self, number: int | None = None) -> list[tuple[str, str]]:
        """Actor and action of what was done to accounts."""
        with self.store._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "select number, actor, action from event where subject = 'account' order by id"
            ).all()
        return [(row[1], row[2]) for row in rows if number is None or row[0] == number]

    def close(self) -> None:
        self.store.close()
        if opened := self.app.extensions["catalogue"].store:
            opened.close()


@contextmanager
def an_office(folder: Path, **settings: str) -> Iterator[Office]:
    """An office on a data folder that is its own."""
    office = Office(folder, settings)
    try:
        with quick_hashes():
            yield office
    finally:
        office.close()


def page_of(answer: TestResponse) -> Page:
    return Page(answer.text, status=answer.status_code, headers=answer.headers, address=answer.request.path)


def ticket_in(answer: TestResponse, action: str) -> str:
    """The ticket of the first form that is sent to an address that ends like this."""
    forms = [form for form in page_of(answer).all("form") if form.get("action").endswith(action)]
    return forms[0].one("input", name="ticket")["value"]


def try_login(client: FlaskClient, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fetch the form and send it."""
    ticket = ticket_in(client.get("/de/login"), "/login")
    return client.post("/de/login", data={"ticket": ticket, "login": login, "password": password, **more})


def cookies_of(answer: TestResponse) -> dict[str, str]:
    """The cookies that an answer sets, each with its attributes as they were sent."""
    sent = answer.headers.getlist("Set-Cookie")
    return {re.split("[=;]", cookie)[0]: cookie for cookie in sent}
