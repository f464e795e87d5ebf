"""A real Git server and a door that may speak to this machine, with small limits and no pauses."""

import ipaddress
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from git_server import GitServer, git_server

from harvest.fetch import Door
from harvest.guard import Guard
from harvest.limits import Limits

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
MakeDoor = Callable[..., Door]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitServer]:
    with git_server(tmp_path / "served") as running:
        yield running


@pytest.fixture
def make_door() -> Iterator[MakeDoor]:
    """Doors with limits by name; `tokens` by host; closed at the end."""
    made: list[Door] = []

    def make(*, tokens: dict[str, str] | None = None, guard: Guard | None = None, **limits: float) -> Door:
        small = {"pause": 0, "retries": 0, "seconds": 60, "request_seconds": 10, **limits}
        door = Door(limits=Limits(**small), tokens=tokens, guard=guard or Guard(allow=LOOPBACK))  # type: ignore[arg-type]
        made.append(door)
        return door

    yield make
    for door in made:
        door.close()


@pytest.fixture
def door(make_door: MakeDoor) -> Door:
    return make_door()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Where throw-away folders are made; empty again after each look."""
    folder = tmp_path / "throw-away"
    folder.mkdir()
    return folder
