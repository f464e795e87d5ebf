"""Files of snapshots: one, a list or lines; what is wrong is named with its place, nothing is half-taken."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalogue.domain.snapshot import Snapshot
from catalogue.domain.snapshot_text import plain_from_snapshot
from catalogue.storage.snapshot_files import BadSnapshotFile, load_shipped, load_snapshots


def a_snapshot(name: str = "a") -> Snapshot:
    address = f"https://git.example/{name}"
    return Snapshot(
        asked=address, address=address, looked_at=datetime(2026, 11, 20, tzinfo=UTC), branch=None,
        commit=None, committed_at=None, refs="",
    )  # fmt: skip


def plain(name: str = "a") -> str:
    return json.dumps(plain_from_snapshot(a_snapshot(name)))


@pytest.mark.parametrize(
    "text",
    [
        f"[{plain('a')}, {plain('b')}]",
        f"{plain('a')}\n\n{plain('b')}\n",
        f"\ufeff{plain('a')}\n{plain('b')}",  # as an editor of another system saves it
    ],
)
def test_a_list_and_lines_are_read_alike(tmp_path: Path, text: str) -> None:
    file = tmp_path / "s.json"
    file.write_text(text, encoding="utf-8")

    assert load_snapshots(file) == (a_snapshot("a"), a_snapshot("b"))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"{", "s.json:1: is no JSON"),
        (f"{plain()}\nx".encode(), "s.json:2: is no JSON"),
        (b"[1]", "item 1: snapshot: is no map"),
        (f"[{plain()}, {{}}]".encode(), "item 2: format: is None"),
        (b"\xff\xfe", "is no UTF-8"),
        (b"[" * 100_000, "is no JSON"),
    ],
)
def test_a_bad_file_is_refused_with_its_place_and_a_way_to_mend_it(
    tmp_path: Path, data: bytes, named: str
) -> None:
    file = tmp_path / "s.json"
    file.write_bytes(data)

    with pytest.raises(BadSnapshotFile) as refused:
        load_snapshots(file)

    assert named in str(refused.value)


def test_shipped_snapshots_are_all_files_of_a_folder_and_none_where_there_is_no_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "b.json").write_text(plain("b"), encoding="utf-8")
    (tmp_path / "a.json").write_text(plain("a"), encoding="utf-8")
    (tmp_path / "SOURCE.md").write_text("x", encoding="utf-8")

    assert [one.asked for one in load_shipped(tmp_path)] == ["https://git.example/a", "https://git.example/b"]
    assert load_shipped(tmp_path / "nowhere") == ()
