"""A real SMTP server on the loopback that answers as a test tells it to, and keeps what it was given."""

import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What a running server was given; `answers` replaces its answer to a command, such as RCPT."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    greeting: str = "220 mail.example ready"
    extensions: tuple[str, ...] = ("8BITMIME",)
    tls: ssl.SSLContext | None = None  # for STARTTLS, or from the first byte on
    is_encrypted: bool = False
    mails: list[tuple[str, list[str], str]] = field(default_factory=list)  # from, to, data
    commands: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [data for _, _, data in self.mails]


class _Talk(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self) -> None:
        with suppress(OSError):  # a client that hangs up is no news
            self.talk(self.server.box)  # type: ignore[attr-defined]

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def encrypt(self, tls: ssl.SSLContext) -> None:
        self.connection = tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]

    def talk(self, box: Mailbox) -> None:
        if box.tls and box.is_encrypted:
            self.encrypt(box.tls)
        self.say(box.greeting)
        sender, to = "", []
        while line := self.rfile.readline():
            said = line.decode("utf-8", "replace").strip()
            verb = said.split(" ")[0].upper()
            box.commands.append(said)
            if verb in box.answers:
                self.say(box.answers[verb])
                continue
            if verb == "EHLO":
                lines = ["mail.example", *box.extensions]
                for number, extension in enumerate(lines):
                    self.say(f"250{'-' if number < len(lines) - 1 else ' '}{extension}")
            elif verb == "STARTTLS" and box.tls:
                self.say("220 go on")
                self.encrypt(box.tls)
            elif verb == "MAIL":
                sender, to = said, []
                self.say("250 ok")
            elif verb == "RCPT":
                to.append(said)
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                data = b""
                while (piece := self.rfile.readline()) not in (b".\r\n", b""):
                    data += piece
                end = box.answers.get("END", "250 taken")
                if end.startswith("250"):
                    box.mails.append((sender, to, data.decode("utf-8", "replace")))
                if end == "HANG-UP":
                    return
                self.say(end)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(answers: Mapping[str, str] | None = None, **more: object) -> Iterator[Mailbox]:
    """A server for the block."""
    box = Mailbox(answers=dict(answers or {}), **more)  # type: ignore[arg-type]
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join(5)
