"""Web addresses from strangers: public, https (or http with a remark), nothing hidden in them."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

LONGEST = 2000
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER_HOST = re.compile(r"(0x[0-9a-f]+|[0-9]+)(\.(0x[0-9a-f]+|[0-9]+)){0,3}\.?")
_PRIVATE_ENDINGS = (
    ".local", ".localhost", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa",
    ".invalid", ".onion", ".fritz.box",
)  # fmt: skip
# White space and control characters, what belongs into no address, text that runs backwards, lone surrogates.
_FORBIDDEN = re.compile(r'[\x00-\x20\x7f<>"\\^`{|}\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_SAFE = "/:@!$&'()*+,;=-._~%?#[]"


class BadAddress(ValueError):
    """The text is no address that we would link to; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address: `text` is normalised, `host` in its ASCII form."""

    text: str
    scheme: str
    host: str
    path: str

    @property
    def is_encrypted(self) -> bool:
        return self.scheme == "https"


def parse_address(text: str) -> Address:
    """The address, normalised: lower-case host, no default port, no white space.

    Raises `BadAddress` with one of the codes address-empty, address-long, address-characters,
    address-scheme, address-credentials, address-host, address-private, address-port.
    """
    if not text.strip():
        raise BadAddress("address-empty")
    if len(text) > LONGEST:
        raise BadAddress("address-long")
    if _FORBIDDEN.search(text):
        raise BadAddress("address-characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise BadAddress("address-port" if "ort" in str(error) else "address-host") from None
    if parts.scheme.lower() not in ("https", "http"):
        raise BadAddress("address-scheme")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise BadAddress("address-credentials")
    host = _host(parts)
    if port not in (None, 80 if parts.scheme.lower() == "http" else 443):
        raise BadAddress("address-port")
    scheme = parts.scheme.lower()
    path = quote(parts.path, safe=_SAFE)
    query, fragment = quote(parts.query, safe=_SAFE), quote(parts.fragment, safe=_SAFE)
    return Address(urlunsplit((scheme, host, path or "/", query, fragment)), scheme, host, path)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise BadAddress("address-host")
    if "[" in parts.netloc or _NUMBER_HOST.fullmatch(host):
        # A bare number is never the public name of a town's page; it is how one reaches inner networks.
        _refuse_private(host)
        raise BadAddress("address-host")
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadAddress("address-host") from None
    if f".{ascii_host}".endswith(_PRIVATE_ENDINGS):
        raise BadAddress("address-private")
    if _NUMBER_HOST.fullmatch(ascii_host):
        # Full-width digits and other dots become a number only now.
        _refuse_private(ascii_host)
        raise BadAddress("address-host")
    labels = ascii_host.split(".")
    if (
        not 2 <= len(labels) <= 127
        or not all(_LABEL.fullmatch(label) for label in labels)
        or not labels[-1][0].isalpha()
    ):
        raise BadAddress("address-host")
    return ascii_host


def _refuse_private(host: str) -> None:
    """Raise address-private where a numeric host, in any of its spellings, is not public."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        try:
            found = ipaddress.ip_address(_number_of(host))
        except ValueError:
            return
    if not found.is_global:
        raise BadAddress("address-private")


def _number_of(host: str) -> int:
    """The value of `127.1`, `0x7f.1`, `017700000001`, `2130706433`: the forms that inet_aton takes."""
    parts = [
        int(part, 16)
        if part.startswith("0x")
        else int(part, 8)
        if part.startswith("0") and part != "0"
        else int(part)
        for part in host.split(".")
    ]
    value = 0
    for part in parts[:-1]:
        value = value * 256 + part
    return value * (1 << 8 * (5 - len(parts))) + parts[-1]


def same_repository(text: str) -> str:
    """One spelling for all addresses of the same repository, to find entries that name it twice."""
    address = parse_address(text)
    path = re.sub("/{2,}", "/", address.path).rstrip("/").removesuffix(".git").lower()
    return address.host.removeprefix("www.") + path
