"""Which addresses may be looked at: public ones only, looked up once and held to what was checked."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from catalogue.domain.snapshot import Reason
from catalogue.standards.address import BadAddress, parse_address
from harvest.asking import Trouble

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Number = ipaddress.IPv4Address | ipaddress.IPv6Address

KEPT_FOR = 600.0  # seconds: one harvest sees one set of addresses, though the name server changes its mind
_PORTS = {"https": 443, "http": 80}
_LONGEST = 2000
_SAFE = "/:@!$&'()*+,;=-._~%"

# Public by number, and yet not for us: they answer inside a cloud with secrets of the machine.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NEVER: tuple[Network, ...] = (
    ipaddress.IPv4Network("192.0.0.0/24"),  # for protocols; one cloud answers there with its secrets
    ipaddress.IPv4Network("192.88.99.0/24"),  # 6to4 relays, given up in 2015
    ipaddress.IPv6Network("::/96"),  # IPv4-compatible, given up in 2006
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 of one's own network
    ipaddress.IPv6Network("2001::/32"),  # Teredo: two IPv4 addresses inside, one of them turned over
    ipaddress.IPv6Network("2001:db8::/32"),  # documentation
    ipaddress.IPv6Network("3fff::/20"),  # documentation
    ipaddress.IPv6Network("5f00::/16"),  # segment routing, inside one network
    ipaddress.IPv6Network("fec0::/10"),  # site-local, given up in 2004
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A checked address, and the numbers that its host stands for."""

    text: str
    scheme: str
    host: str
    port: int
    numbers: tuple[str, ...]

    @property
    def origin(self) -> tuple[str, str, int]:
        """What two addresses share that may share a secret."""
        return self.scheme, self.host, self.port


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet, whatever other address it wraps."""
    return all(_is_public(one) for one in _unwrapped(ipaddress.ip_address(number.partition("%")[0])))


def _is_public(number: Number) -> bool:
    if number in _METADATA or any(number in net for net in _NEVER):  # never of another version
        return False
    return number.is_global and not (number.is_multicast or number.is_reserved or number.is_unspecified)


def _unwrapped(number: Number) -> list[Number]:
    """The address itself where it wraps none, else those that it wraps."""
    if isinstance(number, ipaddress.IPv4Address):
        return [number]
    if number.ipv4_mapped:
        return [number.ipv4_mapped]
    if number.sixtofour:
        return [number.sixtofour]
    last = ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF)
    if number in _NAT64:
        return [last]
    if (int(number) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return [number, last]
    return [number]


def _look_up(host: str) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


class Guard:
    """Checks addresses before anything is sent to them.

    `allow` opens networks of this machine's own (loopback only, for tests): to them http and any port are
    allowed as well. `look_up` gives the numbers of a host name.
    """

    def __init__(
        self,
        *,
        allow: Iterable[Network] = (),
        look_up: Callable[[str], list[str]] = _look_up,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allow = tuple(allow)
        if strange := [net for net in self._allow if not net.is_loopback]:
            raise ValueError(f"only loopback addresses can be allowed, not {strange[0]}")
        self._look_up = look_up
        self._clock = clock
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._lock = threading.Lock()

    def check(self, text: str) -> Target:
        """The address with the numbers of its host.

        Raises `Trouble`: REFUSED for what is no public https address, UNREACHABLE for a host without a
        number. One number that is not public refuses the host.
        """
        try:
            address = parse_address(text)
        except BadAddress as error:
            return self._near(text, error.code)
        if address.scheme != "https":
            return self._near(text, "address-scheme")
        host, numbers = address.host, self.numbers(address.host)
        if all(is_public(number) for number in numbers) or self._is_allowed(numbers):
            return Target(text=address.text, scheme="https", host=host, port=443, numbers=numbers)
        raise Trouble(Reason.REFUSED, "address-private")

    def numbers(self, host: str) -> tuple[str, ...]:
        """The numbers of a host, the same ones for ten minutes."""
        now = self._clock()
        with self._lock:
            until, numbers = self._known.get(host, (0.0, ()))
        if now < until:
            return numbers
        try:
            numbers = tuple(dict.fromkeys(self._look_up(host)))
        except (OSError, UnicodeError) as error:
            raise Trouble(Reason.UNREACHABLE, f"the host {host} has no address: {error}") from None
        if not numbers:
            raise Trouble(Reason.UNREACHABLE, f"the host {host} has no address")
        with self._lock:
            # Whoever came first is right: two answers of one name server may differ.
            until, earlier = self._known.get(host, (0.0, ()))
            if now < until:
                return earlier
            self._known[host] = (now + KEPT_FOR, numbers)
        return numbers

    def numbers_for(self, host: str, port: int) -> tuple[str, ...]:
        """The numbers to connect to, checked once more: nothing gets past by another way."""
        numbers = self._spelled_out(host) or self.numbers(host)
        if self._is_allowed(numbers) or (port == 443 and all(is_public(number) for number in numbers)):
            return numbers
        raise Trouble(Reason.REFUSED, "address-private")

    def _is_allowed(self, numbers: tuple[str, ...]) -> bool:
        return bool(numbers) and all(
            any(number in net for net in self._allow if net.version == number.version)
            for number in (ipaddress.ip_address(text.partition("%")[0]) for text in numbers)
        )

    def _near(self, text: str, code: str) -> Target:
        """An address that is allowed for tests only, or the reason why it is not."""
        refused = Trouble(Reason.REFUSED, code)
        if not self._allow or len(text) > _LONGEST or not text.isascii() or not text.isprintable():
            raise refused
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError:
            raise refused from None
        host = parts.hostname or ""
        if parts.scheme not in _PORTS or not host or "@" in parts.netloc or any(c in text for c in ' "\\'):
            raise refused
        numbers = self._spelled_out(host) or self.numbers(host)
        if not self._is_allowed(numbers):
            raise refused
        port = port or _PORTS[parts.scheme]
        shown = f"[{host}]" if ":" in host else host
        query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
        path = quote(parts.path, safe=_SAFE) or "/"
        return Target(
            text=f"{parts.scheme}://{shown}:{port}{path}{query}",
            scheme=parts.scheme,
            host=host,
            port=port,
            numbers=numbers,
        )

    def _spelled_out(self, host: str) -> tuple[str, ...]:
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            return ()
