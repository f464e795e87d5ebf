"""For all tests: no way out to the network, and the real entries published once per process."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings

from catalogue.app import create_app
from catalogue.commands.publish import run
from catalogue.config import Settings

# A busy machine is no fault of the code.
hypothesis_settings.register_profile("catalogue", deadline=None)
hypothesis_settings.load_profile("catalogue")


class NoNetwork(AssertionError):
    """A test tried to speak to another machine."""


def _refuse_strangers(address: object) -> None:
    if not isinstance(address, tuple):
        return  # a socket of this machine
    host = str(address[0])
    if host == "localhost":
        return
    try:
        is_near = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        is_near = False
    if not is_near:
        raise NoNetwork(f"tests speak to this machine only, not to {host}")


@pytest.fixture(scope="session", autouse=True)
def no_settings() -> Iterator[None]:
    """Whoever runs the tests may have settings of a catalogue of their own."""
    patch = pytest.MonkeyPatch()
    for name in [name for name in os.environ if name.startswith("CATALOGUE_")]:
        patch.delenv(name)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Sockets to anywhere but the loopback are closed, and no name is looked up."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: object, real: Callable[..., object] = real) -> object:
            _refuse_strangers(address)
            return real(self, address)

        patch.setattr(socket.socket, name, guarded)
    real_lookup = socket.getaddrinfo

    def lookup(host: object, *args: object, **more: object) -> object:
        if host is not None:
            _refuse_strangers((host.decode() if isinstance(host, bytes) else host,))
        return real_lookup(host, *args, **more)

    patch.setattr(socket, "getaddrinfo", lookup)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the real entries are published. Copy it, never write into it."""
    folder = tmp_path_factory.mktemp("published")
    done = run(Settings.from_environ({"CATALOGUE_DATA": str(folder), "CATALOGUE_SEMANTIC": "off"}))
    assert not done.plan.refused
    return folder


@pytest.fixture
def data_folder(published: Path, tmp_path: Path) -> Path:
    """A copy of it for one test to do with as it likes."""
    return Path(shutil.copytree(published, tmp_path / "var"))


@pytest.fixture(scope="session")
def make_app() -> Iterator[Callable[..., Flask]]:
    """Applications on a data folder, with settings by name; closed at the end."""
    made: list[Flask] = []

    def make(folder: Path, **settings: str) -> Flask:
        given = {"data": str(folder), "semantic": "off", **settings}
        environ = {f"CATALOGUE_{name.upper()}": value for name, value in given.items()}
        app = create_app(Settings.from_environ(environ))
        made.append(app)
        return app

    yield make
    for app in made:
        if store := app.extensions["catalogue"].store:
            store.close()
