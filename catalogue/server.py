"""gunicorn with our limits; as a configuration for the Procfile and as a server for `catalogue serve`."""

import logging
import os
import sys

from flask import Flask
from gunicorn.app.base import BaseApplication

from catalogue.app import create_app
from catalogue.config import Settings

# The names are gunicorn's: this module is its configuration (gunicorn -c python:catalogue.server).
limit_request_line = 8190  # its greatest value: a query of 8 kB fits
limit_request_fields = 60
limit_request_field_size = 8190
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"  # threads wait for each other around SQLite; see docs/decisions
timeout = 30
graceful_timeout = 20
max_requests = 20000
max_requests_jitter = 2000
accesslog = None
control_socket_disable = True


def log_to_output() -> None:
    """One line per finished unit of work, to standard error; other people's chatter from warnings up."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def post_worker_init(worker: object) -> None:
    """gunicorn's hook: configure logging in each worker, however the server was started."""
    log_to_output()


class Server(BaseApplication):  # type: ignore[misc]
    """The catalogue under gunicorn, without a configuration file."""

    def __init__(self, settings: Settings, *, bind: str, workers: int) -> None:
        self.settings = settings
        self.chosen = {
            "bind": bind,
            "workers": workers,
            "worker_class": worker_class,
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
