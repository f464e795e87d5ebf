"""The one door to the network: guard, redirects, limits, rate limits, retries and tokens in one place."""

import json
import random
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urljoin

import httpx

from catalogue.domain.snapshot import Plain, Reason
from harvest.asking import Remembered, Trouble
from harvest.guard import Guard, Target
from harvest.limits import USUAL, Limits
from harvest.pace import Pace, rest_asked_for
from harvest.transport import FAULTS, OutOfTime, Transport, deadline
from harvest.unpacking import TooMuch, unpacked

AGENT = "reuse-catalogue-harvest/1 (looks at public repositories; one look a day)"
_PASSES = frozenset({500, 502, 503, 504})  # may be gone at the next try
_MOVED_FOR_GOOD = frozenset({301, 308})
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
# status -> what it means for whoever asked
_REASONS: Mapping[int, Reason] = {
    **dict.fromkeys((404, 410), Reason.ABSENT),
    **dict.fromkeys((401, 402, 403, 407, 451), Reason.REFUSED),
    429: Reason.LIMITED,
    413: Reason.TOO_LARGE,
}
# A host that answers on behalf of another: whoever has a token for that one means this one.
_SPEAKS_FOR = {"api.github.com": "github.com"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, from where in the end. `has_moved` where every redirect on the way was for good."""

    status: int
    target: Target
    headers: Mapping[str, str]
    content: bytes = b""
    has_moved: bool = False


class Page(StrEnum):
    """Whether a page is there. That one could not look is a `Trouble`, not a page."""

    THERE = "there"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    keeps_body: bool = True
    with_token: bool = False


class Door:
    """Asks strangers' servers on behalf of the harvest; one for all threads of a run.

    `tokens` are by host and sent to that host only. `transport` replaces the network in tests of adapters.
    """

    def __init__(
        self,
        *,
        limits: Limits = USUAL,
        tokens: Mapping[str, str] | None = None,
        guard: Guard | None = None,
        transport: httpx.BaseTransport | None = None,
        trust: ssl.SSLContext | None = None,
        stop: threading.Event | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.limits = limits
        self.guard = guard or Guard()
        self.stop = stop or threading.Event()
        self._tokens = {host.lower(): token for host, token in (tokens or {}).items()}
        self._transport = transport or Transport(
            self.guard, connect_seconds=limits.connect_seconds, trust=trust
        )
        self._pace = Pace(limits.pause)
        self._now = now

    def close(self) -> None:
        """Let go of all connections."""
        self._transport.close()

    def asking(self, remembered: Mapping[str, Remembered] | None = None) -> "Asking":
        """A way to ask forges for JSON, with what is kept of earlier answers."""
        return Asking(self, remembered or {})

    def read(self, address: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """What is behind an address, redirects followed. Raises `Trouble` for all but success."""
        return self._settled(self._ask(address, _Wish(headers=headers or {})))

    def read_json(self, address: str, *, headers: Mapping[str, str]) -> Answer:
        """The same with the token of the host; 304 is an answer too."""
        answer = self._ask(address, _Wish(headers=headers, with_token=True))
        return answer if answer.status == 304 else self._settled(answer)

    def send(self, address: str, content: bytes, *, headers: Mapping[str, str]) -> Answer:
        """The answer to something sent; a redirect is none."""
        return self._settled(self._ask(address, _Wish(method="POST", headers=headers, content=content)))

    def call(self, address: str, content: bytes, *, headers: Mapping[str, str]) -> Answer:
        """The answer to something sent, whatever its status; no redirect is followed and no body read."""
        wish = _Wish(method="POST", headers=headers, content=content, keeps_body=False)
        return self._try(self.guard.check(address), wish)

    def page_exists(self, address: str) -> Page:
        """Whether a page is there. Raises `Trouble` where one cannot look."""
        answer = self._ask(address, _Wish(keeps_body=False))
        if _REASONS.get(answer.status) is Reason.ABSENT:
            return Page.GONE
        self._settled(answer)
        return Page.THERE

    def rest(self, host: str, until: datetime | None = None) -> None:
        """Leave a host alone, as another program was told to."""
        self._pace.rest(host, until or self._now() + timedelta(minutes=1))

    def check_rest(self, host: str) -> None:
        """Raise `Trouble` where the host is to be left alone."""
        if until := self._pace.resting(host, self._now()):
            raise Trouble(Reason.LIMITED, f"{host} asks for a pause", until=until)

    def _settled(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        reason = _REASONS.get(answer.status, Reason.UNREACHABLE)
        raise Trouble(reason, f"{answer.target.host} answered {answer.status}")

    def _ask(self, address: str, wish: _Wish) -> Answer:
        """Follow the redirects; each step is an address like any other."""
        target = self.guard.check(address)
        for_good: list[bool] = []
        for _ in range(self.limits.redirects + 1):
            answer = self._try(target, wish)
            if answer.status not in _ELSEWHERE or not (goal := answer.headers.get("location")):
                return Answer(
                    status=answer.status,
                    target=target,
                    headers=answer.headers,
                    content=answer.content,
                    has_moved=bool(for_good) and all(for_good),
                )
            if wish.method != "GET":
                raise Trouble(Reason.REFUSED, f"{target.host} redirects what was sent to it")
            for_good.append(answer.status in _MOVED_FOR_GOOD)
            target = self.guard.check(urljoin(target.text, goal))
        raise Trouble(Reason.REFUSED, f"more than {self.limits.redirects} redirects")

    def _try(self, target: Target, wish: _Wish) -> Answer:
        """One address, several times where the trouble may pass."""
        for number in range(self.limits.retries + 1):
            is_last = number == self.limits.retries
            try:
                answer = self._once(target, wish)
            except FAULTS as error:
                if is_last:
                    said = str(error) or type(error).__name__
                    raise Trouble(Reason.UNREACHABLE, f"{target.host}: {said}") from None
            else:
                if is_last or answer.status not in _PASSES:
                    return answer
            self._sleep(2**number * random.uniform(0.25, 0.75))  # noqa: S311  # apart, not secret
        raise AssertionError("the last try returns or raises")

    def _once(self, target: Target, wish: _Wish) -> Answer:
        self.check_rest(target.host)
        self._sleep(self._pace.turn(target.host, time.monotonic()))
        self.check_rest(target.host)  # another thread may have been told meanwhile
        try:
            with deadline(self.limits.request_seconds):
                answer = self._exchange(target, wish)
        except OutOfTime:
            said = f"{target.host} took longer than {self.limits.request_seconds:g} seconds"
            raise Trouble(Reason.UNREACHABLE, said) from None
        except TooMuch:
            said = f"{target.host} sent more than {self.limits.answer} bytes"
            raise Trouble(Reason.TOO_LARGE, said) from None
        self._heed(target.host, answer)
        return answer

    def _exchange(self, target: Target, wish: _Wish) -> Answer:
        request = httpx.Request(
            wish.method, target.text, headers=self._headers(target, wish), content=wish.content or None
        )
        response = self._transport.handle_request(request)
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            content = b""
            if wish.keeps_body and response.status_code not in _ELSEWHERE:
                encoding = headers.get("content-encoding", "")
                content = unpacked(response.iter_raw(), encoding, self.limits.answer)
        finally:
            response.close()
        return Answer(status=response.status_code, target=target, headers=headers, content=content)

    def _headers(self, target: Target, wish: _Wish) -> dict[str, str]:
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip", **wish.headers}
        token = self._tokens.get(_SPEAKS_FOR.get(target.host, target.host))
        if token and wish.with_token:
            headers["Authorization"] = f"Bearer {token}"
        return headers

    def _heed(self, host: str, answer: Answer) -> None:
        """Let the host rest where it asks for it; a refused question is answered later."""
        now = self._now()
        until = rest_asked_for(answer.status, answer.headers, now, timedelta(0, self.limits.longest_rest))
        if until is None:
            return
        self._pace.rest(host, until)
        if answer.status in (403, 429, 503):
            raise Trouble(Reason.LIMITED, f"{host} asks for a pause", until=until)

    def _sleep(self, seconds: float) -> None:
        if self.stop.wait(seconds) if seconds > 0 else self.stop.is_set():
            raise Trouble(Reason.UNREACHABLE, "stopped")


class Asking:
    """`harvest.asking.Ask` over the door; `kept` are the answers to remember for the next time."""

    def __init__(self, door: Door, remembered: Mapping[str, Remembered]) -> None:
        self._door = door
        self._remembered = remembered
        self.kept: dict[str, Remembered] = {}

    def json(self, address: str, pick: Callable[[object], Plain]) -> Plain:
        """What `pick` takes from the JSON behind the address; see `Ask`."""
        earlier = self._remembered.get(address)
        headers = {"Accept": "application/json"} | ({"If-None-Match": earlier.etag} if earlier else {})
        answer = self._door.read_json(address, headers=headers)
        if answer.status == 304:
            if earlier is None:
                raise Trouble(Reason.UNREADABLE, f"{answer.target.host} says unchanged, and was never asked")
            self.kept[address] = earlier
            return earlier.value
        try:
            value = pick(json.loads(answer.content))
        except (LookupError, TypeError, ValueError, RecursionError):
            raise Trouble(Reason.UNREADABLE, f"{answer.target.host} answers in an unknown form") from None
        if etag := answer.headers.get("etag"):
            self.kept[address] = Remembered(etag=etag, value=value)
        return value
