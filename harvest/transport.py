"""Connections to checked numbers only, with an end to every wait: what `harvest.fetch` speaks through."""

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from harvest.guard import Guard

CONNECTIONS = 32
_now = threading.local()


class OutOfTime(Exception):
    """The whole answer took longer than it may, though each piece of it came in time."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Within the block, this thread waits for the network no longer than that in all."""
    _now.until = time.monotonic() + seconds
    try:
        yield
    finally:
        _now.until = None


def _left(wanted: float | None) -> float:
    until = getattr(_now, "until", None)
    left = 60.0 if until is None else until - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return left if wanted is None else min(left, wanted)


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends with the deadline: a server that sends a byte now and then holds nobody."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Pinned(httpcore.NetworkBackend):
    """Connects to the numbers that the guard has checked, never by a name looked up anew."""

    def __init__(self, guard: Guard, seconds: float) -> None:
        self._guard = guard
        self._seconds = seconds
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for number in self._guard.numbers_for(host, port):
            try:
                stream = self._plain.connect_tcp(
                    number, port, _left(self._seconds), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream)
        raise failed

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """HTTP/1.1 over checked connections. No proxy, no cookies, no redirects: whoever calls follows those."""

    def __init__(self, guard: Guard, *, connect_seconds: float, trust: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust or ssl.create_default_context(),
            max_connections=CONNECTIONS,
            keepalive_expiry=15,
            network_backend=_Pinned(guard, connect_seconds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still to be read."""
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()


# What a request may raise because of the other side or the way there.
FAULTS = (
    httpx.TransportError,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    OSError,
)
