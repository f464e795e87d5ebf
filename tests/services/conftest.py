"""A fresh store for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from publishing import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A store into which nothing was published yet."""
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()
