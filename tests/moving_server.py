"""The catalogue on a real port of this machine, in this process, with a clock that a test moves."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from servers import free_port
from werkzeug.serving import WSGIRequestHandler, make_server

from catalogue.app import create_app
from catalogue.commands.carriers import carriers_from
from catalogue.config import Settings
from catalogue.services.links import NOWHERE, Links
from catalogue.services.purge import purge
from catalogue.services.sending import send_round


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # as browsers and our own server speak it

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@dataclass
class Clock:
    """The time of the server, which stands still until it is moved."""

    now: datetime = datetime(2026, 11, 26, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@dataclass
class MovingServer:
    """A running server. `mails` of the settings go where these say."""

    app: Flask
    settings: Settings
    clock: Clock
    port: int
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settle(self) -> None:
        """Wait until all that pages left to be sent has been sent."""
        for courier in self.app.extensions["deliver_soon"]:
            assert courier.join(30)

    def work(self) -> None:
        """What the worker does at this hour: send what is due, and delete what is no longer needed."""
        self.settle()
        known = self.app.extensions["catalogue"].current()
        carriers = carriers_from(self.settings, clock=self.clock)
        links = Links(self.settings.base_url or NOWHERE)
        send_round(known.store, known.bodies, links, carriers, self.clock)
        purge(known.store, self.settings.data, self.clock(), self.app.extensions["catalogue"].secret_key())

    def later(self, **how_long: float) -> None:
        """Some time later; the worker has gone round since."""
        self.clock.move(**how_long)
        self.work()


@contextmanager
def moving_server(
    folder: Path, clock: Clock, *, is_public: bool = True, **settings: str
) -> Iterator[MovingServer]:
    """A server on a data folder; `is_public` says that the operator has set its address."""
    port = free_port()
    given = {"data": str(folder), "semantic": "off", **settings}
    if is_public:
        given["base_url"] = f"http://127.0.0.1:{port}"
    parsed = Settings.from_environ({f"CATALOGUE_{name.upper()}": value for name, value in given.items()})
    app = create_app(parsed, clock=clock)
    http = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    server = MovingServer(app, parsed, clock, port)
    try:
        yield server
        server.settle()
    finally:
        http.shutdown()
        thread.join(10)
        http.server_close()
        if store := app.extensions["catalogue"].store:
            store.close()
