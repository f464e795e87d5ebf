"""Repositories of every shape, from a real Git server: what can be told is told, the rest is unknown."""

import base64
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from git_server import GitServer, a_repository, git

from catalogue.domain.snapshot import Reason
from harvest.fetch import Door
from harvest.outcome import Failed, Outcome, Seen
from harvest.run import harvest
from harvest.sighting import Sighting

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FILES = {"README.md": "# A\n", "LICENSE": "EUPL\n", "src/app/main.py": "print()\n", "logo.png": b"\x89PNG"}


def look(server: GitServer, door: Door, base: Path, name: str = "a") -> Outcome:
    outcome = harvest(server.url(name), door, NOW, base=base)
    assert list(base.iterdir()) == [], "the throw-away folder is still there"
    return outcome


def seen(server: GitServer, door: Door, base: Path, name: str = "a") -> Sighting:
    outcome = look(server, door, base, name)
    assert isinstance(outcome, Seen), outcome
    return outcome.sighting


def failed(server: GitServer, door: Door, base: Path, name: str = "a") -> Failed:
    outcome = look(server, door, base, name)
    assert isinstance(outcome, Failed), outcome
    return outcome


def clone(server: GitServer, name: str, *options: str) -> Path:
    """A copy of a served repository, changed by its options."""
    folder = server.root / name
    git(server.root, "clone", "-q", "--bare", *options, f"file://{server.root / 'a'}", str(folder))
    git(folder, "config", "uploadpack.allowFilter", "true")
    return folder


def test_names_wanted_files_history_and_tags_are_told(server, door, base):
    a_repository(server.root / "a", FILES, commits=5, tags=("v1.0", "v1.1"))

    found = seen(server, door, base)

    assert found.branch == "main"
    assert found.commit == git(server.root / "a", "rev-parse", "main").decode().strip()
    assert found.committed_at == datetime(2024, 1, 5, 12, tzinfo=UTC)
    assert set(found.tree.paths) == {*FILES, "log.txt"}
    assert found.tree.files["LICENSE"] == b"EUPL\n"
    assert "logo.png" not in found.tree.files
    assert found.tree.is_whole
    assert found.history is not None
    assert [commit.when.day for commit in found.history.commits] == [5, 4, 3, 2, 1]
    assert {commit.organisation for commit in found.history.commits} == {"stadt-musterstadt.example"}
    assert sorted(tag.name for tag in found.history.tags) == ["v1.0", "v1.1"]
    assert found.history.is_whole


def test_no_name_and_no_address_of_a_person_is_left(server, door, base):
    a_repository(server.root / "a", FILES, commits=2)

    assert "ada" not in repr(seen(server, door, base)).lower()


@pytest.mark.parametrize("kind", ["protocol 0", "no filters", "protocol 0, no filters"])
def test_a_server_that_can_do_less_tells_the_same_files_and_at_least_the_newest_commits(
    server, make_door, base, kind
):
    folder = a_repository(server.root / "a", FILES, commits=9, tags=("v1",))
    git(folder, "tag", "-a", "-m", "x", "v0", "main~2")
    server.talks_v2 = "0" not in kind
    if "no filters" in kind:
        git(folder, "config", "uploadpack.allowFilter", "false")

    found = seen(server, make_door(commits_unfiltered=4), base)

    assert set(found.tree.paths) == {*FILES, "log.txt"}
    assert found.tree.files["README.md"] == b"# A\n"
    assert found.history is not None
    assert len(found.history.commits) == (4 if "no filters" in kind else 9)
    assert found.history.is_whole is ("no filters" not in kind)
    assert [tag.name for tag in found.history.tags] == ["v1", "v0"]


def test_an_empty_repository_has_no_commit_and_is_no_failure(server, door, base):
    a_repository(server.root / "a")

    found = seen(server, door, base)

    assert (found.commit, found.tree.paths, found.history.commits) == (None, (), ())


def test_a_head_that_leads_nowhere_is_replaced_by_a_usual_branch(server, door, base):
    folder = a_repository(server.root / "a", FILES)
    git(folder, "symbolic-ref", "HEAD", "refs/heads/gone")

    assert seen(server, door, base).branch == "main"

    git(folder, "branch", "-m", "main", "zulu")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/gone")
    assert seen(server, door, base).branch == "zulu"


def test_a_repository_with_tags_only_is_seen_at_the_last_of_them(server, door, base):
    folder = a_repository(server.root / "a", FILES, commits=3)
    git(folder, "tag", "v1.9", "main~2")
    git(folder, "tag", "-a", "-m", "x", "v1.10", "main~1")
    git(folder, "update-ref", "-d", "refs/heads/main")

    found = seen(server, door, base)

    assert found.branch is None
    assert found.commit == git(folder, "rev-parse", "v1.10^{}").decode().strip()
    assert len(found.history.commits) == 2


def test_a_detached_head_is_seen_without_a_branch(server, door, base):
    folder = a_repository(server.root / "a", FILES, commits=3)
    git(folder, "update-ref", "--no-deref", "HEAD", "main~1")

    found = seen(server, door, base)

    assert (found.branch, len(found.history.commits)) == (None, 2)


def test_a_shallow_server_has_a_history_that_was_cut_off(server, door, base):
    a_repository(server.root / "a", FILES, commits=9)
    clone(server, "b", "--depth=3")

    found = seen(server, door, base, "b")

    assert len(found.history.commits) == 3
    assert not found.history.is_whole


def test_a_long_history_is_cut_off_at_the_limit(server, make_door, base):
    a_repository(server.root / "a", FILES, commits=30)

    found = seen(server, make_door(commits=10), base)

    assert len(found.history.commits) == 10
    assert not found.history.is_whole


def test_sha256_is_read_too(server, door, base):
    folder = server.root / "a"
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "--bare", "--object-format=sha256")
    git(folder, "config", "uploadpack.allowFilter", "true")
    tree = git(folder, "mktree", stdin=b"").decode().strip()
    commit = git(folder, "commit-tree", "-m", "x", tree).decode().strip()
    git(folder, "update-ref", "refs/heads/main", commit)

    found = seen(server, door, base)

    assert (found.commit, len(found.history.commits)) == (commit, 1)


# --- Names of files ---------------------------------------------------------------------------------------


def a_tree(folder: Path, *rows: bytes) -> str:
    """A repository whose head is a tree of these rows, as `git ls-tree -z` prints them; gives the commit."""
    tree = git(folder, "mktree", "-z", "--missing", stdin=b"".join(row + b"\0" for row in rows))
    commit = git(folder, "commit-tree", "-m", "x", tree.decode().strip()).decode().strip()
    git(folder, "update-ref", "refs/heads/main", commit)
    return commit


def test_strange_names_are_names_and_nothing_else(server, door, base):
    folder = a_repository(server.root / "a")
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=b"text").strip()
    names = [b"--upload-pack=touch x", b"-rf", b"README\nmd", b"\xff\xfe.md", b"a\tb", b"LICENSE", b"$(id)"]
    a_tree(folder, *(b"100644 blob %s\t%s" % (blob, name) for name in names))

    found = seen(server, door, base)

    assert set(found.tree.paths) == {name.decode("utf-8", "replace") for name in names}
    assert found.tree.files["LICENSE"] == b"text"
    assert not (server.root / "x").exists()


def test_links_and_submodules_are_not_files(server, door, base):
    folder = a_repository(server.root / "a")
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=b"/etc/passwd").strip()
    a_tree(
        folder,
        b"120000 blob %s\tLICENSE" % blob,
        b"160000 commit %s\tREADME.md" % (b"1" * 40),
        b"100644 blob %s\tNOTICE" % blob,
    )

    found = seen(server, door, base)

    assert (found.tree.paths, dict(found.tree.files)) == (("NOTICE",), {"NOTICE": b"/etc/passwd"})


def test_a_large_tree_is_read_whole_and_a_larger_one_is_cut_off(server, make_door, base):
    folder = a_repository(server.root / "a")
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=b"x").strip()
    rows = b"".join(b"100644 blob %s\tf%d\0" % (blob, n) for n in range(1000))
    many = git(folder, "mktree", "-z", stdin=rows)
    a_tree(folder, *(b"040000 tree %s\td%d" % (many.strip(), n) for n in range(100)))

    whole = seen(server, make_door(), base)
    cut = seen(server, make_door(paths=5000), base)

    assert (len(whole.tree.paths), whole.tree.is_whole) == (100_000, True)
    assert (len(cut.tree.paths), cut.tree.is_whole) == (5000, False)


def test_a_tree_that_unfolds_to_billions_of_names_is_cut_off(server, make_door, base):
    folder = a_repository(server.root / "a")
    inner = git(folder, "hash-object", "-w", "--stdin", stdin=b"x").strip()
    kind = b"100644 blob"
    for _ in range(10):
        rows = b"".join(b"%s %s\tn%d\0" % (kind, inner, number) for number in range(10))
        inner, kind = git(folder, "mktree", "-z", stdin=rows).strip(), b"040000 tree"
    a_tree(folder, b"040000 tree %s\tbomb" % inner)

    found = seen(server, make_door(paths=2000), base)

    assert (len(found.tree.paths), found.tree.is_whole) == (2000, False)


def test_names_that_are_too_deep_or_too_long_are_left_out(server, make_door, base):
    deep, long = "d/" * 20 + "README.md", "n" * 200
    a_repository(server.root / "a", {"README.md": "x", deep: "x", long: "x"})

    found = seen(server, make_door(depth=10, path_length=100), base)

    assert (found.tree.paths, found.tree.is_whole) == (("README.md",), False)


# --- Sizes ------------------------------------------------------------------------------------------------


def test_a_file_that_is_too_large_is_named_and_not_read(server, make_door, base):
    a_repository(server.root / "a", {"README.md": b"x" * 5000, "LICENSE": "EUPL"})

    found = seen(server, make_door(file=1000), base)

    assert found.tree.too_large == {"README.md"}
    assert dict(found.tree.files) == {"LICENSE": b"EUPL"}


def test_files_that_are_too_large_together_are_read_in_the_order_of_their_weight(server, make_door, base):
    a_repository(server.root / "a", {f"{name}.md": b"x" * 600 for name in ("README", "SECURITY", "SUPPORT")})

    found = seen(server, make_door(files_together=1300), base)

    assert "README.md" in found.tree.files
    assert (len(found.tree.files), len(found.tree.too_large)) == (2, 1)


def test_a_compressed_bomb_of_a_file_does_not_go_off(server, make_door, base):
    a_repository(server.root / "a", {"README.md": b"\0" * 20_000_000, "LICENSE": "EUPL"})

    found = seen(server, make_door(), base)

    assert found.tree.too_large == {"README.md"}
    assert found.tree.files["LICENSE"] == b"EUPL"


def test_files_that_are_too_much_together_are_read_as_far_as_they_go(server, make_door, base):
    a_repository(server.root / "a", {"README.md": os.urandom(3_000_000), "LICENSE": "EUPL"})

    found = seen(server, make_door(wire=4_000_000, file=1_000_000), base)

    assert found.tree.files["LICENSE"] == b"EUPL"
    assert found.tree.unread == {"README.md"}
    assert found.history is not None


def test_a_history_that_is_too_large_is_cut_off_before_it_arrives(server, make_door, base):
    """Instead of 1 GB against 300 MB it is 9 MB of commits against 3 MB."""
    folder = a_repository(server.root / "a", FILES)
    last = git(folder, "rev-parse", "main").decode().strip()
    tree = git(folder, "rev-parse", "main^{tree}").decode().strip()
    for _ in range(6):
        message = base64.b64encode(os.urandom(1_500_000))
        last = git(folder, "commit-tree", "-p", last, tree, stdin=message).decode().strip()
    git(folder, "update-ref", "refs/heads/main", last)
    server.forget()

    found = seen(server, make_door(wire=3_000_000), base)

    assert found.tree.is_whole
    assert found.history is None
    assert {gap.reason for gap in found.gaps} == {Reason.TOO_LARGE}


def test_a_server_without_filters_and_with_large_files_is_too_large(server, make_door, base):
    folder = a_repository(server.root / "a", {"README.md": "x", "data.bin": os.urandom(5_000_000)})
    git(folder, "config", "uploadpack.allowFilter", "false")

    found = seen(server, make_door(wire=2_000_000), base)

    assert not found.tree.is_whole
    assert {gap.reason for gap in found.gaps} == {Reason.TOO_LARGE}


def test_too_many_branches_are_too_large(server, make_door, base):
    folder = a_repository(server.root / "a", FILES)
    head = git(folder, "rev-parse", "main").strip()
    git(
        folder,
        "update-ref",
        "--stdin",
        stdin=b"".join(b"create refs/heads/b%d %s\n" % (n, head) for n in range(50)),
    )

    assert failed(server, make_door(names=20), base).reason is Reason.TOO_LARGE


# --- Broken -----------------------------------------------------------------------------------------------


def test_invalid_utf_8_and_impossible_dates_in_commits_are_no_trouble(server, door, base):
    folder = a_repository(server.root / "a")
    tree = git(folder, "mktree", stdin=b"").strip()
    dates = [b"0 +0000", b"99999999999999999999 +9999", b"4102444800 +0000", b"abc", b"1700000000 +0000"]
    parent = b""
    for date in dates:
        who = b"\xff\xfe <\xe4@b\xff.de> " + date
        text = b"tree %s\n%sauthor %s\ncommitter %s\n\n\xff\n" % (tree, parent, who, who)
        commit = git(
            folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=text
        ).strip()
        parent = b"parent %s\n" % commit
    git(folder, "update-ref", "refs/heads/main", commit.decode())

    found = seen(server, door, base)

    assert len(found.history.commits) == len(dates)
    assert found.committed_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_a_server_that_lost_objects_is_a_failure_and_no_empty_tree(server, door, base):
    folder = a_repository(server.root / "a", FILES)
    tree = git(folder, "rev-parse", "main:src").decode().strip()
    (folder / "objects" / tree[:2] / tree[2:]).unlink()

    assert failed(server, door, base).reason in (Reason.UNREACHABLE, Reason.UNREADABLE)


def test_settings_of_whoever_runs_it_do_not_count(server, door, base, tmp_path, monkeypatch):
    a_repository(server.root / "a", FILES)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text('[url "http://127.0.0.1:9/"]\n\tinsteadOf = http://127.0.0.1\n')
    (home / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "http.proxy")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "http://127.0.0.1:9")
    monkeypatch.setenv("GIT_SSL_NO_VERIFY", "1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert seen(server, door, base).branch == "main"
