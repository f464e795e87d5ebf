"""Index folders: complete under their name, or not there."""

import errno
from pathlib import Path

import pytest

from catalogue.storage.errors import StoreNotWritable
from catalogue.storage.index_folders import build_beside, index_path, remove, sweep, sweep_unfinished


def fill(text: str):
    """Write one file."""
    return lambda folder: (folder / "file").write_text(text) and None


def test_a_folder_gets_its_name_when_it_is_complete(tmp_path: Path) -> None:
    target = index_path(tmp_path, "1-abc")

    build_beside(target, lambda folder: fill("x")(folder) or _assert_absent(target))

    assert (target / "file").read_text() == "x"


def _assert_absent(folder: Path) -> None:
    assert not folder.exists()


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (OSError(errno.ENOSPC, "full"), StoreNotWritable),
        (OSError(errno.EROFS, "read-only"), StoreNotWritable),
        (ValueError("a bug"), ValueError),  # a bug is left to crash
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_trouble_leaves_nothing_new_and_the_old_as_it_was(tmp_path: Path, trouble, expected) -> None:
    build_beside(tmp_path / "index", fill("old"))

    def fail(folder: Path) -> None:
        (folder / "file").write_text("half")
        raise trouble

    with pytest.raises(expected):
        build_beside(tmp_path / "index", fail)

    assert [path.name for path in tmp_path.iterdir()] == ["index"]
    assert (tmp_path / "index" / "file").read_text() == "old"


def test_a_folder_of_the_same_name_is_replaced_and_open_files_stay_readable(tmp_path: Path) -> None:
    build_beside(tmp_path / "index", fill("old"))

    with (tmp_path / "index" / "file").open() as reader:
        build_beside(tmp_path / "index", fill("new"))
        seen = reader.read()

    assert seen == "old"
    assert (tmp_path / "index" / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_leftovers_of_a_killed_build_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "index.building").mkdir()
    (tmp_path / "index.building" / "old").touch()

    build_beside(tmp_path / "index", fill("new"))

    assert [path.name for path in (tmp_path / "index").iterdir()] == ["file"]


def test_sweeping_keeps_what_is_named(tmp_path: Path) -> None:
    for name in ("1-a", "2-b", "3-c", "4-d.building"):
        index_path(tmp_path, name).mkdir(parents=True)

    assert sweep(tmp_path, keep=["2-b", "3-c"]) == ["1-a", "4-d.building"]
    assert sweep(tmp_path / "nowhere", keep=[]) == []


@pytest.mark.parametrize("name", ["index", "index.building", "index.broken"])
def test_a_file_or_a_link_in_the_place_of_a_folder_gives_way(tmp_path: Path, name: str) -> None:
    for put in (Path.touch, lambda path: path.symlink_to("nowhere")):
        remove(tmp_path / "index")
        put(tmp_path / name)

        build_beside(tmp_path / "index", fill("new"))

        assert (tmp_path / "index" / "file").read_text() == "new"
        assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_removing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "link").symlink_to("precious")

    remove(tmp_path / "link")
    remove(tmp_path / "nothing")

    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_only_what_was_never_finished_is_swept_as_unfinished(tmp_path: Path) -> None:
    for name in ("1-a", "2-b.building", "3-c.broken"):
        index_path(tmp_path, name).mkdir(parents=True)

    assert sweep_unfinished(tmp_path) == ["2-b.building", "3-c.broken"]
    assert sweep_unfinished(tmp_path / "nowhere") == []
    assert [path.name for path in index_path(tmp_path, "").iterdir()] == ["1-a"]
