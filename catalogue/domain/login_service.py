"""What a login service (OpenID Connect) tells of somebody, and which role that gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from catalogue.domain.access import Role

_ORDER = tuple(Role)  # each may do what the one before it may


class Trouble(StrEnum):
    """Why nobody was logged in."""

    REFUSED = "refused"  # the service says no, or the person did
    UNREACHABLE = "unreachable"  # the service does not answer, or not as the standard says
    UNBELIEVABLE = "unbelievable"  # its answer does not hold: signature, nonce, audience, expiry


class LoginFailed(Exception):
    """The login service gave no identity. The text is for the log and names nobody."""

    def __init__(self, trouble: Trouble, text: str) -> None:
        self.trouble = trouble
        super().__init__(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A login that was begun: where to go, and what must be the same when the browser comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is: `subject` is a name that the service at `issuer` gives to nobody else, ever.

    `login` and `name` are what it says beside that, perhaps empty; they identify nobody.
    """

    issuer: str
    subject: str
    login: str = ""
    name: str = ""
    role: Role | None = None  # that the rules give to the groups

    @property
    def key(self) -> str:
        """As accounts keep it."""
        return key_of(self.issuer, self.subject)


class LoginService(Protocol):
    """Logs somebody in elsewhere: `begin`, then the browser goes and comes back, then `finish`."""

    has_rules: bool  # groups give roles; else only accounts that exist already may enter

    def begin(self, came_back_at: str) -> Begun:
        """Start a login that comes back at this address. Raises `LoginFailed`."""

    def finish(self, begun: Begun, code: str, came_back_at: str, now: datetime) -> Identity:
        """Exchange the code for who it is. Raises `LoginFailed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """Whoever has this value in this claim has this role."""

    claim: str
    value: str
    role: Role


class BadRoleRule(ValueError):
    """A rule that cannot be meant; the text says which."""


def key_of(issuer: str, subject: str) -> str:
    """Issuer and subject as one text: a blank never stands in an address."""
    return f"{issuer.rstrip('/')} {subject}"


def parse_role_rules(text: str) -> tuple[RoleRule, ...]:
    """Rules such as `groups:kts-read=reader groups:kts=editor`. Raises `BadRoleRule`."""
    return tuple(_rule(part) for part in text.split())


def _rule(part: str) -> RoleRule:
    claim, colon, rest = part.partition(":")
    value, equals, role = rest.rpartition("=")
    if not (claim and colon and value and equals):
        raise BadRoleRule(f"{part!r} is no rule; write claim:value=role, such as groups:kts=editor")
    if role not in [known.value for known in Role]:
        raise BadRoleRule(f"{part!r}: {role!r} is no role; write {', '.join(Role)}")
    return RoleRule(claim=claim, value=value, role=Role(role))


def role_of(claims: Mapping[str, object], rules: tuple[RoleRule, ...]) -> Role | None:
    """The highest role that the rules give to these claims; None where no rule fits."""
    given = [rule.role for rule in rules if rule.value in set(_values(claims, rule.claim))]
    return max(given, key=_ORDER.index, default=None)


def _values(claims: Mapping[str, object], name: str) -> Iterator[str]:
    """The texts of a claim, alone or in a list; `realm_access.roles` looks inside of `realm_access`."""
    found = claims.get(name)
    first, dot, rest = name.partition(".")
    inner = claims.get(first)
    if found is None and dot and isinstance(inner, Mapping):
        yield from _values(inner, rest)
    elif isinstance(found, str):
        yield found
    elif isinstance(found, list | tuple):
        yield from (value for value in found if isinstance(value, str))
