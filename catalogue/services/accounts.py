"""Logging in at the office, and what changes an account."""

import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from catalogue.domain.access import Role
from catalogue.domain.account import (
    LONGEST_PASSWORD,
    Account,
    BadAccount,
    check_password,
    parse_login,
    parse_name,
)
from catalogue.domain.login_service import Identity
from catalogue.domain.reuse_report import SYSTEM, office
from catalogue.storage.accounts import LastAdministrator, LoginTaken, NewAccount
from catalogue.storage.passwords import hash_password, is_password
from catalogue.storage.store import Store

__all__ = ["LastAdministrator", "LoginTaken"]

log = logging.getLogger(__name__)

_LONGEST_TYPED = 200  # characters of a login name that are looked at
MOST_WRONG = 10  # tries from an address
MOST_ANYWHERE = 100  # tries for an account, from all addresses that are not known to belong to it
WITHIN = timedelta(minutes=15)
_KNOWN_FOR = timedelta(days=2)  # an address from which an account has logged in; marks are kept no longer
_COUNTED = timedelta(days=2)  # failures before a login that its line of the audit trail tells of
_Changes = Mapping[str, tuple[object, object]]
_ACCOUNT, _ADDRESS, _KNOWN = "login of an account", "login from an address", "address of an account"
_OWN_PASSWORD = "own password of an account"  # noqa: S105  # what is counted


class Refused(StrEnum):
    """Why somebody was not let in."""

    WRONG = "wrong"  # no such account, not its password, or disabled: nobody is told which
    WAIT = "wait"  # too many wrong tries from this address, or far too many for this account
    NO_ACCESS = "no-access"  # the login service knows who it is, and the catalogue does not let them in


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A login that was opened; `secret` is for the browser alone."""

    account: Account
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who tries: the address of the network, and the key with which attempts are counted."""

    address: str
    key: bytes


def log_in(store: Store, login: str, password: str, caller: Caller, now: datetime) -> Entry | Refused:
    """Let somebody in with login and password.

    Each try is counted before it is judged, so that many at once get no more tries than one after the other;
    what was right is not counted. Whoever guesses from elsewhere cannot keep an account closed to the address
    from which it logs in. Whether there is such an account shows neither in the answer nor in the time it
    takes.
    """
    login = login.strip().lower()[:_LONGEST_TYPED]
    if not _may_log_in(store, login, caller, now):
        return Refused.WAIT
    kept = store.accounts.password_of(login)
    is_right = is_password(password[: LONGEST_PASSWORD + 1], kept)
    account = store.accounts.find(login)
    failed = store.limits.count(_ACCOUNT, login, within=_COUNTED, now=now, secret=caller.key) - 1
    if not is_right or account is None:
        _note_failures(store, account, login, caller, now)
        return Refused.WRONG
    store.limits.forget(_ACCOUNT, login, secret=caller.key)
    store.limits.give_back(_ADDRESS, caller.address, secret=caller.key)
    _remember_address(store, login, caller, now)
    changes = {"failed": (failed, 0)} if failed else {}
    return _open(store, account, now, changes)


def log_in_by_service(store: Store, identity: Identity, *, has_rules: bool, now: datetime) -> Entry | Refused:
    """Let somebody in whom the login service has named; with rules, groups give the role anew each time."""
    account = store.accounts.known_to_service(identity.key)
    if account and account.disabled:
        return Refused.NO_ACCESS
    if has_rules and identity.role is None:
        if account:  # no longer in any of the groups
            store.sessions.end_all_of(account.id)
        return Refused.NO_ACCESS
    if account is None:
        if identity.role is None:
            return Refused.NO_ACCESS
        account = _made_from(store, identity, identity.role, now)
    elif identity.role and identity.role is not account.role:
        account = store.accounts.follow_service(account.id, identity.role, actor=SYSTEM, now=now)
    return _open(store, account, now, {})


def who_is(store: Store, secret: str, now: datetime) -> Account | None:
    """The account that is logged in with this secret, if any."""
    return store.sessions.account(secret, now)


def log_out(store: Store, secret: str) -> None:
    """End a login."""
    store.sessions.end(secret)


def add_account(
    store: Store,
    *,
    login: str,
    name: str,
    role: Role,
    now: datetime,
    password: str = "",
    service_key: str | None = None,
) -> Account:
    """Make an account, with a password or for somebody whom the login service knows.

    Raises `BadAccount`, `LoginTaken`.
    """
    login = parse_login(login)
    hashed = ""
    if service_key is None:
        check_password(password, login)
        hashed = hash_password(password)
    new = NewAccount(
        login=login, name=parse_name(name or login), role=role, password=hashed, service_key=service_key
    )
    account = store.accounts.add(new, actor=SYSTEM, now=now)
    log.info("account made account=%s role=%s", account.id, role)
    return account


def set_password(store: Store, account: Account, password: str, *, actor: str, now: datetime) -> None:
    """Give an account another password; all its logins end. Raises `BadAccount`."""
    check_password(password, account.login)
    store.accounts.set_password(account.id, hash_password(password), actor=actor, now=now)


def change_own_password(
    store: Store, account: Account, old: str, new: str, caller: Caller, now: datetime
) -> str | Refused:
    """Change the password of whoever is logged in; the secret of a new login. Raises `BadAccount`."""
    if not _may_try(store, _ADDRESS, caller.address, caller, now) or not _may_try(
        store, _OWN_PASSWORD, account.login, caller, now
    ):
        return Refused.WAIT
    if not is_password(old[: LONGEST_PASSWORD + 1], store.accounts.password_of(account.login)):
        return Refused.WRONG
    store.limits.forget(_OWN_PASSWORD, account.login, secret=caller.key)
    store.limits.give_back(_ADDRESS, caller.address, secret=caller.key)
    set_password(store, account, new, actor=office(account.id), now=now)
    return store.sessions.open(account.id, now)


def _may_log_in(store: Store, login: str, caller: Caller, now: datetime) -> bool:
    """Count a try for the address, and for the account, which is never closed to an address that it knows."""
    is_known = store.limits.count(_KNOWN, _here(login, caller), within=_KNOWN_FOR, now=now, secret=caller.key)
    return _may_try(store, _ADDRESS, caller.address, caller, now) and _may_try(
        store, _ACCOUNT, login, caller, now, most=sys.maxsize if is_known else MOST_ANYWHERE
    )


def _may_try(
    store: Store, what: str, whom: str, caller: Caller, now: datetime, *, most: int = MOST_WRONG
) -> bool:
    return store.limits.take(what, whom, most=most, within=WITHIN, now=now, secret=caller.key)


def _remember_address(store: Store, login: str, caller: Caller, now: datetime) -> None:
    """The account has logged in from here: a keyed hash of both says so for a while."""
    here = _here(login, caller)
    store.limits.forget(_KNOWN, here, secret=caller.key)
    store.limits.take(_KNOWN, here, most=1, within=_KNOWN_FOR, now=now, secret=caller.key)


def _here(login: str, caller: Caller) -> str:
    return f"{login}\0{caller.address}"


def _note_failures(store: Store, account: Account | None, login: str, caller: Caller, now: datetime) -> None:
    """Tell the audit trail of each ten wrong passwords in a short time; how many, never from where."""
    count = store.limits.count(_ACCOUNT, login, within=WITHIN, now=now, secret=caller.key)
    if count and count % MOST_WRONG == 0:
        number = account.id if account else 0
        store.accounts.note(number, "throttled", actor=SYSTEM, now=now, changes={"failed": (0, count)})
        log.warning("login throttled account=%s", number)


def _open(
    store: Store, account: Account, now: datetime, changes: Mapping[str, tuple[object, object]]
) -> Entry:
    secret = store.sessions.open(account.id, now)
    store.accounts.note(account.id, "login", actor=office(account.id), now=now, changes=changes)
    log.info("login account=%s", account.id)
    return Entry(account=account, secret=secret)


def _made_from(store: Store, identity: Identity, role: Role, now: datetime) -> Account:
    """An account for somebody whom the groups let in, under the name that the login service says, if free."""
    short = f"sso-{sha256(identity.key.encode()).hexdigest()[:12]}"
    for wanted in (identity.login, short):
        try:
            login = parse_login(wanted)
            name = _name_of(identity, login)
            new = NewAccount(login=login, name=name, role=role, service_key=identity.key)
            return store.accounts.add(new, actor=SYSTEM, now=now)
        except (BadAccount, LoginTaken):
            continue
    found = store.accounts.known_to_service(identity.key)
    if found is None:
        raise LoginTaken(short)
    return found


def _name_of(identity: Identity, login: str) -> str:
    try:
        return parse_name(identity.name)
    except BadAccount:
        return login
