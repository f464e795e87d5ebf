"""gunicorn with our limits; as a configuration for the Procfile and as a server for `catalogue serve`."""

import logging
import os
import socket
import struct
import threading
from contextlib import suppress
from functools import partial

from flask import Flask

try:
    from gunicorn.app.base import BaseApplication
    from gunicorn.workers import gthread
    from gunicorn.workers.base import Worker
except ValueError:  # gunicorn reads the variable as soon as it is imported
    raise SystemExit(
        f"catalogue: WEB_CONCURRENCY: {os.environ.get('WEB_CONCURRENCY')!r} is no number of processes;"
        " write a whole number from 1 up, or remove it"
    ) from None

from catalogue.app import create_app
from catalogue.config import Settings
from catalogue.log import hide_secrets, log_to_output
from catalogue.storage.errors import StoreError
from catalogue.web.context import Holder
from catalogue.web.warming import warm

FIRST_WAIT = 0.2  # seconds for the first byte before a connection is put aside
SLOWEST = 3  # seconds without a byte of a begun request, or without one taken of the answer

# The names are gunicorn's: this module is its configuration (gunicorn -c python:catalogue.server).
limit_request_line = 8190  # its greatest value: a query of 8 kB fits
limit_request_fields = 60
limit_request_field_size = 8190
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "catalogue.server.PatientWorker"
threads = 8
keepalive = 5
forwarder_headers = ""  # SCRIPT_NAME and PATH_INFO are ours to decide, whoever asks
timeout = 30
graceful_timeout = 20
max_requests = 20000
max_requests_jitter = 2000
accesslog = None
control_socket_disable = True


def post_worker_init(worker: Worker) -> None:
    """gunicorn's hook: configure logging in each worker, however the server was started, and open early."""
    log_to_output()
    logging.getLogger("gunicorn.error").addFilter(_is_our_trouble)
    logging.getLogger("gunicorn.error").addFilter(hide_secrets)
    holder = worker.wsgi.extensions.get("catalogue")
    if holder:
        script_name = os.environ.get("SCRIPT_NAME", "")  # as gunicorn reads it
        holder.opened = partial(warm, worker.wsgi, script_name=script_name)
        threading.Thread(target=_open, args=(holder,), daemon=True).start()
        worker.wsgi.extensions["demand"].start()  # deletes what may not be kept, even where nobody searches


def _open(holder: Holder) -> None:
    """Open the catalogue before the first request; what is wrong with it a request will say."""
    with suppress(StoreError):
        holder.current()


def _is_our_trouble(record: logging.LogRecord) -> bool:
    """Not the slow client's: whoever runs into `SLOWEST` is worth no page of log."""
    return not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError))


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """Threads, so that an idle connection blocks nobody; and a limit for those who dribble their request.

    Browsers open spare connections, and with one request at a time per process two of them would stop the
    site. gunicorn itself puts silent connections aside; a half-sent request would hold its thread for ever.
    """

    def handle(self, conn: gthread.TConn) -> object:
        """Answer a connection; each wait for its next bytes is bounded."""
        if not conn.initialized and not conn.data_ready and not conn.wait_for_data(FIRST_WAIT):
            return gthread._DEFER
        # The kernel's own limits: gunicorn makes the socket blocking again before it reads.
        limit = struct.pack("ll", SLOWEST, 0)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        return super().handle(conn)


class Server(BaseApplication):  # type: ignore[misc]
    """The catalogue under gunicorn, without a configuration file."""

    def __init__(self, settings: Settings, *, bind: str, workers: int) -> None:
        self.settings = settings
        self.chosen = {
            "bind": bind,
            "workers": workers,
            "worker_class": worker_class,
            "threads": threads,
            "keepalive": keepalive,
            "forwarder_headers": forwarder_headers,
            "limit_request_line": limit_request_line,
            "limit_request_fields": limit_request_fields,
            "limit_request_field_size": limit_request_field_size,
            "timeout": timeout,
            "graceful_timeout": graceful_timeout,
            "loglevel": "warning",
            "post_worker_init": post_worker_init,
            "control_socket_disable": control_socket_disable,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self.settings)
