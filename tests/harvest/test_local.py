"""Copies on this machine: bare, with a work tree, shallow, partial, and with settings that mean no good."""

import hashlib
import os
import shutil
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from git_server import a_repository, git

from catalogue.domain.snapshot import Reason
from catalogue.standards.address import BadAddress
from harvest.outcome import Failed, Seen
from harvest.run import harvest, harvest_copy
from harvest.sighting import Sighting

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FILES = {"README.md": "# A\n", "LICENSE": "EUPL\n", "src/main.py": "x\n"}


def seen(path: Path) -> Sighting:
    outcome = harvest_copy(path, NOW)
    assert isinstance(outcome, Seen), outcome
    return outcome.sighting


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return a_repository(tmp_path / "bare", FILES, commits=6, tags=("v1", "v2"))


def clone(bare: Path, *options: str) -> Path:
    folder = bare.parent / "clone"
    git(bare.parent, "clone", "-q", *options, f"file://{bare}", str(folder))
    return folder


def test_a_copy_is_read_as_the_server_would_tell_it(server, door, base):
    folder = a_repository(server.root / "a", FILES, commits=6, tags=("v1", "v2"))

    there, here = harvest(server.url("a"), door, NOW, base=base).sighting, seen(folder)

    assert (here.refs, here.commit, here.committed_at) == (there.refs, there.commit, there.committed_at)
    assert (here.tree, here.history) == (there.tree, there.history)


def test_a_work_tree_is_read_at_its_last_commit(bare):
    folder = clone(bare)
    (folder / "LICENSE").write_text("changed and not committed")

    found = seen(folder)

    assert (found.branch, found.tree.files["LICENSE"]) == ("main", b"EUPL\n")
    assert len(found.history.commits) == 6


def test_a_second_work_tree_is_read_too(bare):
    folder = clone(bare)
    git(folder, "worktree", "add", "-q", "-b", "other", str(bare.parent / "second"), "main~2")

    found = seen(bare.parent / "second")

    assert (found.branch, len(found.history.commits)) == ("other", 4)


def test_a_shallow_copy_has_a_history_that_was_cut_off(bare):
    found = seen(clone(bare, "--depth=2"))

    assert len(found.history.commits) == 2
    assert not found.history.is_whole
    assert found.tree.files["LICENSE"] == b"EUPL\n"


def test_files_that_a_partial_copy_lacks_are_unread_and_not_absent(bare):
    found = seen(clone(bare, "--bare", "--filter=blob:none"))

    assert set(found.tree.paths) == {*FILES, "log.txt"}
    assert dict(found.tree.files) == {}
    assert found.tree.unread == set(FILES)
    assert len(found.history.commits) == 6


def test_names_that_a_partial_copy_lacks_are_a_gap_and_no_empty_tree(bare):
    found = seen(clone(bare, "--bare", "--filter=tree:0"))

    assert (found.tree.paths, found.tree.is_whole) == ((), False)
    assert {gap.reason for gap in found.gaps} == {Reason.UNREADABLE}
    assert len(found.history.commits) == 6


def test_a_copy_whose_commits_are_lost_has_an_unknown_history(bare):
    git(bare, "gc", "-q")
    for pack in (bare / "objects" / "pack").iterdir():
        pack.unlink()

    outcome = harvest_copy(bare, NOW)

    assert isinstance(outcome, Seen)
    assert outcome.sighting.history is None
    assert not outcome.sighting.tree.is_whole


def test_folders_in_folders_without_end_are_cut_off(tmp_path):
    """A hundred thousand folders deep: more than Git itself can walk."""
    folder = a_repository(tmp_path / "deep")
    objects, inner, mode = [(3, b"x")], hashlib.sha1(b"blob 1\0x").digest(), b"100644 README.md"
    for _ in range(100_000):
        data = mode + b"\0" + inner
        objects.append((2, data))
        inner, mode = hashlib.sha1(b"tree %d\0%s" % (len(data), data)).digest(), b"40000 d"
    git(folder, "index-pack", "--stdin", stdin=a_pack(objects))
    commit = git(folder, "commit-tree", "-m", "x", inner.hex()).decode().strip()
    git(folder, "update-ref", "refs/heads/main", commit)

    found = seen(folder)

    assert (found.tree.paths, found.tree.is_whole) == ((), False)
    assert len(found.history.commits) == 1


def a_pack(objects: list[tuple[int, bytes]]) -> bytes:
    """A pack of small objects (gitformat-pack)."""
    parts = [b"PACK" + struct.pack(">II", 2, len(objects))]
    for kind, data in objects:
        first, rest = len(data) & 15, len(data) >> 4
        parts.append(bytes([kind << 4 | first | (128 if rest else 0), *([rest] if rest else [])]))
        parts.append(zlib.compress(data, 1))
    pack = b"".join(parts)
    return pack + hashlib.sha1(pack).digest()


def test_an_empty_copy_has_no_commit(tmp_path):
    assert seen(a_repository(tmp_path / "empty")).commit is None


def test_settings_and_hooks_of_a_copy_are_not_used(bare, tmp_path):
    mark = tmp_path / "ran"
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {mark}\n")
    evil.chmod(0o755)
    folder = clone(bare, "--filter=blob:none", "--no-checkout")
    keys = ("core.fsmonitor", "core.sshCommand", "core.pager", "gpg.program", "diff.external", "core.askPass")
    for key in (*keys, "uploadpack.packObjectsHook", "alias.log", "core.alternateRefsCommand"):
        git(folder, "config", key, str(evil))
    git(folder, "config", "log.showSignature", "true")
    git(folder, "config", "protocol.ext.allow", "always")
    git(folder, "config", "remote.origin.url", f"ext::{evil}")
    before = sorted(str(path) for path in folder.rglob("*"))

    found = seen(folder)

    assert found.tree.unread == set(FILES)
    assert not mark.exists()
    assert sorted(str(path) for path in folder.rglob("*")) == before  # read, not written


def test_a_copy_of_somebody_else_is_read(bare):
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    for path in (bare, *bare.rglob("*")):
        os.chown(path, 12345, 12345)

    assert seen(bare).branch == "main"


def test_a_folder_inside_a_repository_is_none(bare):
    folder = clone(bare)

    for path in (folder / "src", bare.parent, folder / "README.md"):
        outcome = harvest_copy(path, NOW)
        assert isinstance(outcome, Failed)
        assert outcome.reason is Reason.ABSENT


def test_a_folder_with_a_strange_name_is_read(bare):
    folder = bare.parent / 'a "strange"\\name\nwith: lines'
    shutil.move(bare, folder)

    assert seen(folder).tree.files["LICENSE"] == b"EUPL\n"


def test_a_copy_speaks_for_its_public_address(bare):
    outcome = harvest_copy(bare, NOW, address="https://Git.Example.org/a/b")

    assert outcome.sighting.address == "https://git.example.org/a/b"
    with pytest.raises(BadAddress):
        harvest_copy(bare, NOW, address="https://127.0.0.1/a")
