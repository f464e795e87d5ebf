"""Reading goes on where nothing can be written: on a full disk and in a read-only folder."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from publishing import NOW, Desk, an_entry

from catalogue.storage.backup import write_backup
from catalogue.storage.errors import StoreNotWritable
from catalogue.storage.secret_file import load_secret
from catalogue.storage.store import Store

# Root may write everywhere, unless it gives that up before the program starts (man 7 capabilities).
READ_ONLY = """
import ctypes, os, sys
for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
FULL = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
READER = """
import sys
from catalogue.storage.store import Store
store = Store.open(sys.argv[1], migrate=False)
sys.stdout.write(f"{store.state().revision} {sorted(store.published())}")
"""
WRITER = """
import sys
from catalogue.storage.errors import StoreNotWritable
from catalogue.storage.store import Store
try:
    Store.open(sys.argv[1], migrate=True)
except StoreNotWritable:
    sys.stdout.write("not writable")
"""
Run = Callable[[str, str, Path], str]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Runs a program on a database under a hindrance, where /proc tells that it is Linux."""
    if not Path("/proc/self").is_dir():
        pytest.skip("only Linux can take rights from root")

    def run(hindrance: str, program: str, file: Path) -> str:
        if hindrance == READ_ONLY:
            file.parent.chmod(0o555)
            for path in file.parent.glob("catalogue.db*"):
                path.chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-B", "-c", hindrance, "-B", "-c", program, f"sqlite:///{file}"],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        # A full disk takes no output to a file, a pipe does.
        return done.stdout + done.stderr

    yield run
    tmp_path.chmod(0o755)


def publish_and_leave(desk: Desk, *ids: str) -> Path:
    """As a publisher that has ended: nothing but the database is left."""
    desk.publish(*(an_entry(key) for key in ids))
    desk.store.close()
    file = desk.data_folder / "catalogue.db"
    assert not file.with_name("catalogue.db-wal").exists()
    return file


@pytest.mark.parametrize("hindrance", [READ_ONLY, FULL], ids=["read-only", "full"])
def test_what_is_published_can_be_read_where_nothing_can_be_written(
    desk: Desk, run: Run, hindrance: str
) -> None:
    file = publish_and_leave(desk, "a", "b")
    before = file.read_bytes()

    assert run(hindrance, READER, file) == "1 ['a', 'b']"
    assert run(hindrance, WRITER, file) == "not writable"
    assert file.read_bytes() == before


def test_a_database_is_backed_up_from_a_disk_that_cannot_be_written(desk: Desk) -> None:
    file = publish_and_leave(desk, "a")
    file.with_name("catalogue.db-shm").symlink_to("nowhere/at all")  # as on a full disk: it cannot be made
    target = desk.data_folder / "backup.zip"

    made = write_backup(file, desk.data_folder, target, program="1", now=NOW, overwrite=False)

    assert made.counts["solution"] == 1


@pytest.mark.parametrize("error", [errno.EROFS, errno.ENOSPC])
def test_a_key_that_cannot_be_made_is_trouble_with_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "unlink", refuse)  # a read-only disk says so whether or not there is a file

    with pytest.raises(StoreNotWritable):
        load_secret(tmp_path / "secret.key")


@pytest.mark.parametrize("hindrance", [READ_ONLY, FULL], ids=["read-only", "full"])
def test_commits_that_wait_in_the_log_are_never_overlooked(desk: Desk, run: Run, hindrance: str) -> None:
    publish_and_leave(desk, "a")
    desk.publish(an_entry("a"), an_entry("b"))  # stays open: its last commit stands in the log alone
    file = desk.data_folder / "catalogue.db"
    assert file.with_name("catalogue.db-wal").stat().st_size

    assert run(hindrance, READER, file) == "2 ['a', 'b']"


def test_a_log_that_cannot_be_read_is_no_reason_to_show_an_old_catalogue(
    desk: Desk, run: Run, tmp_path: Path
) -> None:
    desk.publish(an_entry("a"))
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("catalogue.db", "catalogue.db-wal"):  # as a backup without the shared memory
        (copy / name).write_bytes((desk.data_folder / name).read_bytes())

    seen = run(READ_ONLY, READER, copy / "catalogue.db")

    copy.chmod(0o755)
    assert StoreNotWritable.__name__ in seen


def test_who_read_on_a_full_disk_sees_what_is_published_when_there_is_room_again(desk: Desk) -> None:
    file = publish_and_leave(desk, "a")
    shared_memory = file.with_name("catalogue.db-shm")
    shared_memory.symlink_to("nowhere")  # holds for root too: what has to be written cannot be
    reader = Store.open(f"sqlite:///{file}", migrate=False)
    before = reader.published().keys()

    shared_memory.unlink()
    desk.publish(an_entry("a"), an_entry("b"))

    assert (before, reader.published().keys()) == ({"a"}, {"a", "b"})
    reader.close()


def test_reading_on_takes_any_name_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "100 % süß #1"
    folder.mkdir()
    file = publish_and_leave(Desk(folder), "a")
    file.with_name("catalogue.db-shm").symlink_to("nowhere")

    reader = Store.open(f"sqlite:///{folder}/catalogue.db", migrate=False)

    assert reader.published().keys() == {"a"}
    reader.close()
