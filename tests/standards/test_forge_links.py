"""Links to files lead to the forge's page of that file, and nowhere else."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.standards.forge_links import commit_link, file_link, usual_kind

COMMIT = "0123456789abcdef0123456789abcdef01234567"
KINDS = ("github", "gitlab", "forgejo", "bitbucket")


@pytest.mark.parametrize(
    ("kind", "address", "path", "lines", "expected"),
    [
        ("github", "https://github.com/a/b", "x.py", (), f"https://github.com/a/b/blob/{COMMIT}/x.py"),
        ("github", "https://github.com/a/b", "x.py", (3,), f"https://github.com/a/b/blob/{COMMIT}/x.py#L3"),
        (
            *("github", "https://github.com/a/b.git", "src/x.py", (3, 7)),  # the suffix is for Git only
            f"https://github.com/a/b/blob/{COMMIT}/src/x.py#L3-L7",
        ),
        (
            *("github", "https://github.com/a/b", "README.md", (3, 7)),  # rendered, lines need the source
            f"https://github.com/a/b/blob/{COMMIT}/README.md?plain=1#L3-L7",
        ),
        (
            *("github", "https://github.com/a/b", "README.md", ()),
            f"https://github.com/a/b/blob/{COMMIT}/README.md",
        ),
        (
            *("gitlab", "https://gitlab.opencode.de/bund/amt/x/", "LICENSE", (1, 2)),  # groups in groups
            f"https://gitlab.opencode.de/bund/amt/x/-/blob/{COMMIT}/LICENSE#L1-2",
        ),
        (
            *("forgejo", "https://git.example.org/gitea/a/b", "docs/a.md", (4, 5)),  # a forge in a folder
            f"https://git.example.org/gitea/a/b/src/commit/{COMMIT}/docs/a.md?display=source#L4-L5",
        ),
        (
            *("bitbucket", "https://bitbucket.org/a/b", "x.py", (1, 2)),
            f"https://bitbucket.org/a/b/src/{COMMIT}/x.py#lines-1:2",
        ),
        (
            *("github", "https://github.com/a/b", "x.py", (7, 3)),  # lines in a wrong order
            f"https://github.com/a/b/blob/{COMMIT}/x.py#L7",
        ),
        ("github", "https://github.com/a/b", "x.py", (0, 3), f"https://github.com/a/b/blob/{COMMIT}/x.py"),
        (
            *("github", "https://github.com/a/b?tab=readme#top", "x.py", ()),  # the page, not the repository
            f"https://github.com/a/b/blob/{COMMIT}/x.py",
        ),
        (
            *("github", "https://github.com/a/b", "Über uns/50%/a#b?.txt", ()),
            f"https://github.com/a/b/blob/{COMMIT}/%C3%9Cber%20uns/50%25/a%23b%3F.txt",
        ),
    ],
)
def test_a_file_has_a_link_as_its_forge_spells_it(kind, address, path, lines, expected):
    assert file_link(kind, address, COMMIT, path, *lines) == expected


@pytest.mark.parametrize(
    ("kind", "address", "commit", "path"),
    [
        (None, "https://example.org/a/b", COMMIT, "x"),  # no forge was asked
        ("sourcehut", "https://example.org/a/b", COMMIT, "x"),  # a forge that we do not know
        ("github", "javascript:alert(1)", COMMIT, "x"),
        ("github", "https://127.0.0.1/a/b", COMMIT, "x"),
        ("github", "https://github.com/", COMMIT, "x"),  # no repository
        ("github", "https://github.com/a/b", None, "x"),  # a repository without commits
        ("github", "https://github.com/a/b", "main", "x"),  # a branch moves, a commit does not
        ("github", "https://github.com/a/b", COMMIT + "\n", "x"),
        ("github", "https://github.com/a/b", COMMIT, ""),
        ("github", "https://github.com/a/b", COMMIT, "../../../c"),
        ("github", "https://github.com/a/b", COMMIT, "a//b"),
        ("github", "https://github.com/a/b", COMMIT, "/etc/passwd"),
        ("github", "https://github.com/a/b", COMMIT, "\udcff.txt"),  # a name that is no UTF-8
    ],
)
def test_what_has_no_page_gets_no_link(kind, address, commit, path):
    assert file_link(kind, address, commit, path) is None


@given(some.sampled_from(KINDS), some.text(max_size=40), some.none() | some.integers(), some.integers())
def test_whatever_a_file_is_called_its_link_stays_in_the_repository(kind, path, first, last):
    link = file_link(kind, "https://example.org/a/b", COMMIT, path, first, last)

    if link is not None:
        parts = urlsplit(link)
        assert link.isascii()
        assert parts.netloc == "example.org"
        assert unquote(parts.path).startswith("/a/b/")
        assert unquote(parts.path).endswith(f"{COMMIT}/{path}")
        assert ".." not in parts.path.split("/")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://github.com/town/tool", "github"),
        ("https://www.github.com/town/tool", "github"),
        ("https://gitlab.opencode.de/town/tool", "gitlab"),
        ("https://bitbucket.org/town/tool", "bitbucket"),
        ("https://github.com.evil.example/town/tool", None),
        ("https://git.town.example/tool", None),  # nobody knows what it runs
        ("no address", None),
    ],
)
def test_the_name_of_a_host_tells_its_kind_where_everybody_knows_it(address: str, kind: str | None) -> None:
    assert usual_kind(address) == kind


@pytest.mark.parametrize(
    ("kind", "address", "commit", "expected"),
    [
        ("github", "https://github.com/a/b.git", "c0ffee1", "https://github.com/a/b/commit/c0ffee1"),
        ("gitlab", "https://g.example/a/b/", "c0ffee1", "https://g.example/a/b/-/commit/c0ffee1"),
        ("forgejo", "https://codeberg.org/a/b", "c0ffee1", "https://codeberg.org/a/b/commit/c0ffee1"),
        (None, "https://git.example/a/b", "c0ffee1", None),  # nobody knows how this host spells it
        ("github", "https://github.com/a/b", "../../evil", None),
        ("github", "javascript:alert(1)", "c0ffee1", None),
        ("github", "https://github.com/a/b", None, None),
    ],
)
def test_a_commit_has_a_page_where_the_forge_is_known(
    kind: str | None, address: str, commit: str | None, expected: str | None
) -> None:
    assert commit_link(kind, address, commit) == expected
