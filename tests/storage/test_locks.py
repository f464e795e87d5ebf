"""One at a time, and nobody waits for ever."""

from pathlib import Path

import pytest

from catalogue.storage.errors import StoreBusy, StoreNotWritable
from catalogue.storage.locks import PAUSE, locked


def test_a_second_one_waits_and_then_gives_up(tmp_path: Path) -> None:
    pauses: list[float] = []

    with (
        locked(tmp_path / "lock", seconds=0),
        pytest.raises(StoreBusy),
        locked(tmp_path / "lock", seconds=1, sleep=pauses.append),
    ):
        pass

    assert sum(pauses) == pytest.approx(1)


def test_a_second_one_goes_on_as_soon_as_the_first_is_done(tmp_path: Path) -> None:
    first = locked(tmp_path / "lock", seconds=0)
    first.__enter__()

    with locked(tmp_path / "lock", seconds=9, sleep=lambda _: first.__exit__(None, None, None)):
        pass


def test_the_lock_is_free_again_after_trouble(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path / "lock", seconds=0):
        raise RuntimeError

    with locked(tmp_path / "lock", seconds=0):
        pass


def test_a_lock_in_a_folder_that_cannot_be_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "var").touch()

    with pytest.raises(StoreNotWritable), locked(tmp_path / "var" / "lock", seconds=PAUSE):
        pass
