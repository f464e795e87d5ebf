"""Throw-away folders are removed whatever happens, and the living are left alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harvest.workspace import size_of, sweep, throw_away


def test_a_folder_is_removed_at_the_end_and_after_an_error(tmp_path):
    with throw_away(tmp_path) as folder:
        (folder / "a").write_text("x")

    def broken() -> None:
        with throw_away(tmp_path) as folder:
            (folder / "deep" / "er").mkdir(parents=True)
            raise KeyError

    with pytest.raises(KeyError):
        broken()

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_uses_is_not(tmp_path):
    code = (
        "import sys, time, pathlib, harvest.workspace as w\nwith w.throw_away(pathlib.Path(sys.argv[1])):\n"
    )
    code += " print('made', flush=True)\n time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"made\n"
    (folder,) = tmp_path.iterdir()
    long_ago = time.time() - 3600
    os.utime(folder, (long_ago, long_ago))

    assert sweep(tmp_path) == 0
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()

    assert sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_being_made_and_a_link_are_not_swept(tmp_path):
    (tmp_path / "reuse-harvest-new").mkdir()
    (tmp_path / "reuse-harvest-new" / "lock").touch()
    other = tmp_path / "other"
    other.mkdir()
    (other / "lock").touch()
    (tmp_path / "reuse-harvest-link").symlink_to(other)

    sweep(tmp_path)

    assert (other / "lock").exists()
    assert (tmp_path / "reuse-harvest-new").exists()


def test_the_size_is_that_of_all_files_and_of_no_link(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(b"x" * 300)
    (tmp_path / "d").write_bytes(b"x" * 20)
    (tmp_path / "e").symlink_to("/")

    assert 320 <= size_of(tmp_path) < 400
    assert size_of(Path("/nowhere")) == 0
