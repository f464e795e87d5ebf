"""Whatever befalls a publisher, the catalogue is the old one or the new one, whole."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from publishing import INDEX, Desk, an_entry

from catalogue.services.publish import Step
from catalogue.services.search_index import ensure_index

PUBLISHER = Path(__file__).with_name("publisher.py")
TESTS = PUBLISHER.parent.parent


def command(desk: Desk, *arguments: str) -> list[str]:
    """The command line of a publisher in a process of its own."""
    path = f"import sys, runpy; sys.path.insert(0, {str(TESTS)!r}); sys.argv.pop(0)"
    run = f"{path}; runpy.run_path(sys.argv[0], run_name='__main__')"
    return [sys.executable, "-c", run, str(PUBLISHER), str(desk.data_folder), *arguments]


def old_entries() -> list:
    """What was published before."""
    return [an_entry(f"e{number}", name="Alt") for number in range(12)]


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (Step.LOCKED, "Alt"),
        ("building", "Alt"),
        (Step.BUILT, "Alt"),
        (Step.WRITTEN, "Neu"),
        (Step.SWEPT, "Neu"),
    ],
)
def test_whoever_is_killed_leaves_the_old_or_the_new_catalogue(desk: Desk, moment: str, found: str) -> None:
    desk.publish(*old_entries())

    done = subprocess.run(command(desk, "Neu", moment), check=False, timeout=60)

    assert done.returncode == -9
    assert desk.assert_whole() == {found}
    assert subprocess.run(command(desk, "Neu", "never"), check=False, timeout=60).returncode == 0
    assert desk.assert_whole() == {"Neu"}


def test_killed_at_random_moments_it_never_leaves_half_a_catalogue(desk: Desk) -> None:
    desk.publish(*old_entries())
    chance = random.Random(2026)

    for number in range(8):
        publisher = subprocess.Popen(command(desk, f"Neu {number}", "for-ever"))
        started = desk.store.state().revision
        deadline = time.monotonic() + 30
        while desk.store.state().revision == started and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        publisher.kill()
        publisher.wait()

        assert len(desk.assert_whole()) == 1

    assert len(desk.index_names) <= 4  # present, previous, and what the last one left


@pytest.mark.parametrize("largest", [100, 4_000, 40_000, 150_000])
def test_a_full_disk_says_so_and_changes_nothing(desk: Desk, largest: int) -> None:
    desk.publish(*old_entries())
    names = desk.index_names

    done = subprocess.run(
        command(desk, "Neu", "never", str(largest)), check=False, timeout=60, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "StoreNotWritable" in done.stderr
    assert "Traceback" not in done.stderr
    assert desk.index_names == names
    assert desk.assert_whole() == {"Alt"}


def test_a_new_catalogue_on_a_full_disk_says_so(desk: Desk) -> None:
    desk.data_folder /= "new"

    done = subprocess.run(
        command(desk, "Neu", "never", "100"), check=False, timeout=60, capture_output=True, text=True
    )

    assert "StoreNotWritable" in done.stderr
    assert "Traceback" not in done.stderr


def test_readers_see_a_whole_catalogue_while_others_are_published(desk: Desk) -> None:
    desk.publish(*old_entries())
    publisher = subprocess.Popen(command(desk, "Neu", "for-ever"))
    seen = set()

    until = time.monotonic() + 60  # however slow the machine: five revisions are enough
    while len(seen) < 5 and time.monotonic() < until:
        folder = ensure_index(desk.store, desk.data_folder, desk.register, index=INDEX)
        names = {stored.solution.name for stored in desk.store.all_solutions()}
        assert len(names) == 1
        seen.add(folder.name)
    publisher.kill()
    publisher.wait()

    assert len(seen) >= 5
