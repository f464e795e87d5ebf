"""Accounts of the office: what is known of one, and what a login name and a password must be like."""

import re
from dataclasses import dataclass
from datetime import datetime

from catalogue.domain.access import Role

SHORTEST_PASSWORD = 12  # characters
LONGEST_PASSWORD = 200
LONGEST_NAME = 80
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?")
# Of the commonest passwords of the published lists, those that are long enough, as `_bare` writes them.
_COMMONEST = frozenset(
    (
        *("password1234", "passwort1234", "password12345", "passwort12345", "passwordpassword"),
        *("passwortpasswort", "123456789012", "1234567890123", "12345678901234", "123456789012345"),
        *("1234567891011", "123412341234", "123123123123", "012345678910", "0987654321098", "qwertzuiopasdf"),
        *("qwertyuiop12", "qwertyuiop123", "qwertzuiop12", "qwertzuiop123", "qwertyuiopasdf", "1qaz2wsx3edc"),
        *("1q2w3e4r5t6y", "1q2w3e4r5t6z", "abcdefghijkl", "abcdefghijklm", "abc123abc123", "abcd1234abcd"),
        *(
            "iloveyou1234",
            "ichliebedich",
            "administrator",
            "administrator1",
            "changemechangeme",
            "changeme1234",
        ),
        *(
            "willkommen12",
            "willkommen123",
            "willkommen1234",
            "welcome12345",
            "sommer202412",
            "hallohallohallo",
        ),
        *("hallo1234567", "letmeinletmein", "geheimgeheim", "geheim123456", "koordinierungsstelle"),
        *("nachnutzungskatalog", "nachnutzung123", "smartcity123", "smartcity2026", "startwort123"),
    )
)


class BadAccount(ValueError):
    """A login name, name or password that cannot be taken. `code` says why (see `CODES`)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(CODES[code])


CODES = {
    "login": "a login name has 1 to 32 small letters, digits, dots, hyphens and underscores, and begins and"
    " ends with a letter or digit; it is shown, so take no mail address",
    "name": f"a name has 1 to {LONGEST_NAME} characters on one line, and is no mail address",
    "short": f"a password has at least {SHORTEST_PASSWORD} characters",
    "long": f"a password has at most {LONGEST_PASSWORD} characters",
    "login-in-it": "the password is the login name, or little more",
    "common": "this password is among those that are tried first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of the office, without its password."""

    id: int
    login: str
    name: str
    role: Role
    has_password: bool
    is_of_service: bool  # the login service (OpenID Connect) knows it
    made: datetime
    disabled: datetime | None = None
    last_login: datetime | None = None


def parse_login(text: str) -> str:
    """A login name as it is kept: small letters. Raises `BadAccount`."""
    login = text.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise BadAccount("login")
    return login


def parse_name(text: str) -> str:
    """The name of an account on one line. Raises `BadAccount`."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or "@" in name or not name.isprintable():
        raise BadAccount("name")
    return name


def check_password(password: str, login: str) -> None:
    """Raise `BadAccount` for a password that would be guessed."""
    if len(password) < SHORTEST_PASSWORD:
        raise BadAccount("short")
    if len(password) > LONGEST_PASSWORD:
        raise BadAccount("long")
    bare = _bare(password)
    rest = bare.replace(_bare(login), "") if _bare(login) else bare
    if len(rest) < len(bare) and len(rest) < SHORTEST_PASSWORD // 2:
        raise BadAccount("login-in-it")
    if bare in _COMMONEST or len(set(password.lower())) <= 3:
        raise BadAccount("common")


def _bare(text: str) -> str:
    """Small letters and digits alone: whoever guesses tries the usual ornaments too."""
    return "".join(sign for sign in text.lower() if sign.isalnum())
