"""A server on the loopback that answers byte by byte as a test tells it to: slow, endless, broken."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = Callable[[socket.socket], None]


@dataclass
class Hostile:
    """A running server; `requests` are the heads of what it was asked."""

    port: int
    requests: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def reply(status: str = "200 OK", body: bytes = b"", **headers: str) -> Answer:
    """A whole answer; `content_type="..."` is a header."""
    given = {"Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())

    def send(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return send


@contextmanager
def hostile_server(answer: Callable[[str, Hostile], Answer]) -> Iterator[Hostile]:
    """A server for the block; `answer` gets the head of each request and gives what is sent."""
    listening = socket.create_server(("0.0.0.0", 0), backlog=64)
    listening.settimeout(0.1)
    made = Hostile(listening.getsockname()[1])

    def serve() -> None:
        while not made.over.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threading.Thread(target=handle, args=(connection,), daemon=True).start()

    def handle(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(20)
            head = b""
            while b"\r\n\r\n" not in head:
                if not (piece := connection.recv(65536)):
                    return
                head += piece
            text = head.decode("latin-1")
            made.requests.append(text)
            answer(text, made)(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        thread.join(5)
        listening.close()
