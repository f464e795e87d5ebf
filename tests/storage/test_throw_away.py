"""Folders that go afterwards: also those of processes that were killed, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from catalogue.storage.throw_away import sweep, throw_away

_WORK = """
import sys
from pathlib import Path
from catalogue.storage.throw_away import throw_away
with throw_away(Path(sys.argv[1])) as folder:
    (folder / "catalogue.db").write_text("it@stadt.example")
    print(flush=True)
    sys.stdin.read()
"""


def test_a_folder_is_for_its_owner_and_goes_afterwards(tmp_path: Path) -> None:
    with throw_away(tmp_path) as folder:
        (folder / "file").write_text("x")
        assert folder.stat().st_mode & 0o777 == 0o700

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_has_left_goes_and_what_is_worked_in_stays(tmp_path: Path) -> None:
    works = [
        subprocess.Popen(
            [sys.executable, "-c", _WORK, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for _ in range(2)
    ]
    try:
        for work in works:
            assert work.stdout
            assert work.stdout.readline()
        works[0].kill()
        works[0].wait()

        assert sweep(tmp_path) == 1
        assert len(list(tmp_path.iterdir())) == 1
    finally:
        for work in works:
            work.kill()
            work.communicate()


def test_a_folder_of_somebody_else_stays_whatever_it_is_called(tmp_path: Path) -> None:
    names = (
        ".backup-2026",
        ".catalogue-work-mine",
        ".catalogue-work-1-0123456z",
        "catalogue-work-1-01234567",
    )
    for name in names:
        (tmp_path / name).mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / ".catalogue-work-1-01234567").symlink_to(tmp_path / "kept")

    assert sweep(tmp_path) == 0

    assert len(list(tmp_path.iterdir())) == len(names) + 2
