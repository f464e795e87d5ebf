"""Addresses as the reference parser reads them: any scheme, any host, only their form counts.

Whether we would link to one is decided by `catalogue.standards.address`, which is far stricter.
"""

import re
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:<>\"\[\]-]|[^\x00-\x7f]|%(?:25|[89a-fA-F][0-9a-fA-F]))*")
_USER = re.compile(r"[A-Za-z0-9._:~!$&'()*+,;=%@-]*")
_URN = re.compile(
    r"urn:(?!urn:)[a-z0-9][a-z0-9-]{0,31}:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+", re.IGNORECASE
)


class NotAUrl(ValueError):
    """The text cannot be read as an address at all."""


@dataclass(frozen=True, slots=True)
class Url:
    """The parts that the rules ask for."""

    text: str
    scheme: str
    host: str
    path: str
    opaque: str
    fragment: str


def parse_url(text: str) -> Url:
    """The address or relative reference. Raises `NotAUrl`."""
    body, _, fragment = text.partition("#")
    if _BROKEN_ESCAPE.search(fragment):
        raise NotAUrl(text)
    return _parse(text, body, fragment)


def parse_request_uri(text: str) -> Url:
    """The address with a scheme, or the path from the root. Raises `NotAUrl` for anything relative."""
    url = _parse(text, text, "")
    if not url.scheme and not text.startswith("/") and text != "*":
        raise NotAUrl(text)
    return url


def _parse(text: str, body: str, fragment: str) -> Url:
    if _CONTROL.search(text) or body.startswith(":"):
        raise NotAUrl(text)
    match = _SCHEME.match(body)
    scheme = match["scheme"].lower() if match else ""
    rest = (body[match.end() :] if match else body).partition("?")[0]
    if not rest.startswith("/"):
        if scheme:
            return Url(text, scheme, "", "", rest, fragment)
        if ":" in rest.partition("/")[0]:
            raise NotAUrl(text)
    host = ""
    if rest.startswith("//") and (scheme or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        host, rest = _host(authority, text), slash + path
    if _BROKEN_ESCAPE.search(rest):
        raise NotAUrl(text)
    return Url(text, scheme, host, rest, "", fragment)


def _host(authority: str, text: str) -> str:
    user, at, host = authority.rpartition("@")
    if at and (not _USER.fullmatch(user) or _BROKEN_ESCAPE.search(user)):
        raise NotAUrl(text)
    if not _HOST.fullmatch(host):
        raise NotAUrl(text)
    if host.startswith("["):
        address, bracket, port = host.rpartition("]")
        if not bracket or not re.fullmatch(r"(:[0-9]*)?", port) or "]" in address:
            raise NotAUrl(text)
    elif ":" in host and not re.fullmatch(r"[0-9]*", host.rpartition(":")[2]):
        raise NotAUrl(text)
    return host


def is_url(url: Url) -> bool:
    """Whether it has a scheme and something behind it."""
    if url.scheme == "file":
        return url.path not in ("", "/")
    return bool(url.scheme and (url.host or url.fragment or url.opaque))


def is_http_url(url: Url) -> bool:
    """Whether it is a web address with a host."""
    return is_url(url) and url.scheme in ("http", "https") and bool(url.host)


def is_uri(text: str) -> bool:
    """Whether the text is a URL with a host, or a URN (RFC 2141)."""
    try:
        url = parse_request_uri(text)
    except NotAUrl:
        return False
    if url.scheme == "urn":
        return _URN.fullmatch(text) is not None
    return bool(url.scheme and url.host)
