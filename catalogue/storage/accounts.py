"""The book of accounts: who may enter the office. Each change is a line of the audit trail.

Every method is a transaction of its own and raises the errors of `catalogue.storage.errors`. Whatever takes
something from an account (disabled, another role, another password) ends all of its logins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlmodel import col

from catalogue.domain.access import Role
from catalogue.domain.account import Account
from catalogue.storage.database import writer
from catalogue.storage.events import Entered, Subject, enter
from catalogue.storage.precious import AccountRow, SessionRow

_COLUMNS = AccountRow.__table__  # type: ignore[attr-defined]  # of a table model


class LoginTaken(Exception):
    """There is an account with this login name, or of this subject, already."""


class LastAdministrator(Exception):
    """Nobody would be left who may manage accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an account is made of; `password` is a hash, `service_key` as in `login_service.Identity`."""

    login: str
    name: str
    role: Role
    password: str = ""
    service_key: str | None = None


class Accounts:
    """All accounts of the office. Threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    # --- Reading

    def all(self) -> list[Account]:
        """All accounts by their login."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_COLUMNS).order_by(col(AccountRow.login))).mappings()
            return [account_of(dict(row)) for row in rows]

    def find(self, login: str) -> Account | None:
        """The account with this login name, or None."""
        return self._find(login=login)

    def get(self, number: int) -> Account | None:
        """The account with this number, or None."""
        return self._find(id=number)

    def known_to_service(self, key: str) -> Account | None:
        """The account of somebody whom the login service knows by this key, or None."""
        return self._find(oidc_subject=key)

    def password_of(self, login: str) -> str:
        """The hash of the password of an account that may log in; empty where there is none."""
        query = select(col(AccountRow.password)).where(
            col(AccountRow.login) == login, col(AccountRow.disabled).is_(None)
        )
        with self._engine.connect() as connection:
            return connection.scalar(query) or ""

    def _find(self, **wanted: object) -> Account | None:
        query = select(_COLUMNS).filter_by(**wanted)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return account_of(dict(row)) if row else None

    # --- Writing

    def add(self, new: NewAccount, *, actor: str, now: datetime) -> Account:
        """Keep a new account. Raises `LoginTaken`."""
        with writer(self._engine).begin() as connection:
            taken = col(AccountRow.login) == new.login
            if new.service_key is not None:
                taken |= col(AccountRow.oidc_subject) == new.service_key
            if connection.execute(select(col(AccountRow.id)).where(taken)).first():
                raise LoginTaken(new.login)
            number = connection.execute(
                insert(AccountRow)
                .values(
                    login=new.login,
                    name=new.name,
                    role=new.role.value,
                    password=new.password,
                    oidc_subject=new.service_key,
                    made=now,
                )
                .returning(_COLUMNS.c.id)
            ).scalar_one()
            changes = {"login": (None, new.login), "role": (None, new.role.value)}
            _enter(connection, number, "made", actor, now, changes)
            return _locked(connection, number)

    def change_role(self, number: int, role: Role, *, actor: str, now: datetime) -> Account:
        """Give an account another role. Raises `LastAdministrator`."""
        with writer(self._engine).begin() as connection:
            if role is not Role.ADMINISTRATOR:
                _leave_an_administrator(connection, number)
            return _set_role(connection, number, role, actor, now)

    def follow_service(self, number: int, role: Role, *, actor: str, now: datetime) -> Account:
        """Give an account the role that its login service says, even where no administrator is left."""
        with writer(self._engine).begin() as connection:
            return _set_role(connection, number, role, actor, now)

    def set_password(self, number: int, password: str, *, actor: str, now: datetime) -> Account:
        """Keep another hash of a password."""
        with writer(self._engine).begin() as connection:
            _update(connection, number, password=password)
            _enter(connection, number, "password-changed", actor, now)
            end_sessions(connection, number)
            return _locked(connection, number)

    def disable(self, number: int, *, actor: str, now: datetime) -> Account:
        """Let nobody in with this account any more. Raises `LastAdministrator`."""
        with writer(self._engine).begin() as connection:
            before = _locked(connection, number)
            if before.disabled:
                return before
            _leave_an_administrator(connection, number)
            _update(connection, number, disabled=now)
            _enter(connection, number, "disabled", actor, now)
            end_sessions(connection, number)
            return _locked(connection, number)

    def enable(self, number: int, *, actor: str, now: datetime) -> Account:
        """Let an account in again."""
        with writer(self._engine).begin() as connection:
            if _locked(connection, number).disabled:
                _update(connection, number, disabled=None)
                _enter(connection, number, "enabled", actor, now)
            return _locked(connection, number)

    def note(
        self,
        number: int,
        action: str,
        *,
        actor: str,
        now: datetime,
        changes: Mapping[str, tuple[object, object]] | None = None,
    ) -> None:
        """Add a line about an account to the audit trail; number 0: about logins that no account has."""
        with writer(self._engine).begin() as connection:
            _enter(connection, number, action, actor, now, changes)


def account_of(row: Mapping[str, object]) -> Account:
    """An account from a row of its table."""
    return Account(
        id=int(str(row["id"])),
        login=str(row["login"]),
        name=str(row["name"]),
        role=Role(str(row["role"])),
        has_password=bool(row["password"]),
        is_of_service=row["oidc_subject"] is not None,
        made=row["made"],  # type: ignore[arg-type]  # a Moment
        disabled=row["disabled"],  # type: ignore[arg-type]
        last_login=row["last_login"],  # type: ignore[arg-type]
    )


def end_sessions(connection: Connection, number: int) -> None:
    """End all logins of an account."""
    connection.execute(delete(SessionRow).where(col(SessionRow.account) == number))


def _locked(connection: Connection, number: int) -> Account:
    query = select(_COLUMNS).where(col(AccountRow.id) == number).with_for_update()
    return account_of(dict(connection.execute(query).mappings().one()))


def _set_role(connection: Connection, number: int, role: Role, actor: str, now: datetime) -> Account:
    before = _locked(connection, number)
    if before.role is role:
        return before
    _update(connection, number, role=role.value)
    _enter(connection, number, "role-changed", actor, now, {"role": (before.role.value, role.value)})
    end_sessions(connection, number)
    return _locked(connection, number)


def _leave_an_administrator(connection: Connection, number: int) -> None:
    """Raise `LastAdministrator` where this account is the only administrator that may log in."""
    query = select(col(AccountRow.id)).where(
        col(AccountRow.role) == Role.ADMINISTRATOR.value, col(AccountRow.disabled).is_(None)
    )
    # Locked, so that of two administrators who disable each other at once the second is stopped.
    if connection.scalars(query.with_for_update()).all() == [number]:
        raise LastAdministrator(str(number))


def _update(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(AccountRow).where(col(AccountRow.id) == number).values(**values))


def _enter(
    connection: Connection,
    number: int,
    action: str,
    actor: str,
    now: datetime,
    changes: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    enter(
        connection,
        Entered(
            subject=Subject.ACCOUNT, number=number, at=now, actor=actor, action=action, changes=changes or {}
        ),
    )
