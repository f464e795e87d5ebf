"""What the environment says to the harvest: tokens of forges, and whether tests may use this machine."""

import ipaddress
from collections.abc import Mapping

from harvest.forges import BadKind, find_forge
from harvest.guard import Network

FORGES = "CATALOGUE_FORGES"
TOKENS = "CATALOGUE_FORGE_TOKENS"
LOOPBACK = "CATALOGUE_HARVEST_LOOPBACK"


class BadSetting(ValueError):
    """A value that cannot be meant; the text says how to mend it."""


def tokens_from(text: str) -> dict[str, str]:
    """Tokens by host from `github.com=TOKEN gitlab.example=TOKEN`. No token is ever part of an error."""
    tokens: dict[str, str] = {}
    for number, part in enumerate(text.split(), start=1):
        host, _, token = part.partition("=")
        if not host or not token or "/" in host or not part.isascii() or not part.isprintable():
            raise BadSetting(f"{TOKENS}: part {number} is not HOST=TOKEN, such as github.com=abc")
        tokens[host.lower()] = token
    return tokens


def kinds_from(text: str) -> dict[str, str]:
    """Kinds of forges by host from `git.example=forgejo code.example=gitlab/folder`."""
    kinds: dict[str, str] = {}
    for number, part in enumerate(text.split(), start=1):
        host, _, kind = part.partition("=")
        try:
            found = find_forge(host.lower(), {host.lower(): kind}) if host and kind else None
        except BadKind as error:
            raise BadSetting(f"{FORGES}: {error}") from None
        if found is None or "/" in host:
            raise BadSetting(f"{FORGES}: part {number} is not HOST=KIND, such as git.example=forgejo")
        kinds[host.lower()] = kind
    return kinds


def loopback_from(text: str) -> tuple[Network, ...]:
    """The addresses of this machine that tests open, such as `127.0.0.1` or `127.0.0.0/8 ::1`."""
    try:
        found = tuple(ipaddress.ip_network(part) for part in text.split())
    except ValueError:
        found = (ipaddress.ip_network("0.0.0.0/0"),)
    if not all(network.is_loopback for network in found):
        raise BadSetting(f"{LOOPBACK}: only addresses of this machine can stand here, such as 127.0.0.1")
    return found


def door_settings(environ: Mapping[str, str]) -> tuple[dict[str, str], tuple[Network, ...]]:
    """Tokens and opened networks from the environment. Raises `BadSetting`."""
    return tokens_from(environ.get(TOKENS, "")), loopback_from(environ.get(LOOPBACK, ""))
