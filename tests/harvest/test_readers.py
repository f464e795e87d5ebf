"""All readers together: whatever strangers put into their files, a look ends with facts and gaps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sightings import a_sighting

from catalogue.domain.snapshot import Fact, Gap, Question, Snapshot
from catalogue.domain.snapshot_text import plain_from_snapshot, snapshot_from_plain
from harvest.readers import read
from harvest.readers.reading import LARGEST_DATA
from harvest.readers.wanted import wanted
from harvest.sighting import Sighting

FILES = (
    "README.md",
    "README.rst",
    "SECURITY.md",
    ".well-known/security.txt",
    ".github/CODEOWNERS",
    "CITATION.cff",
    "codemeta.json",
    "package.json",
    "composer.json",
    "pyproject.toml",
    "setup.py",
    "pom.xml",
    "Cargo.toml",
    "go.mod",
    "Gemfile",
    "requirements.txt",
    "build.gradle",
    "compose.yaml",
    "Dockerfile",
    "Chart.yaml",
    ".github/workflows/build.yml",
    ".gitlab-ci.yml",
    ".gitmodules",
    "docs/install.md",
    "a/metadata.txt",
    "galaxy.yml",
    "publiccode.yml",
    "LICENSE",
    "REUSE.toml",
    "src/a.py",
)
MOST_READ = ("README.md", "pom.xml", "package.json", "SECURITY.md", "publiccode.yml", "LICENSE", "REUSE.toml")
PIECES = (
    b"#",
    b"=",
    b" ",
    b"\n",
    b"\t",
    b"[",
    b"]",
    b"(",
    b")",
    b"{",
    b"}",
    b"<",
    b">",
    b"<!--",
    b"<build>",
    b"a",
    b"@",
    b".",
    b"https://",
    b"git+https://",
    b"mailto:",
    b"-",
    b"*",
    b":",
    b"'",
    b'"',
    b",",
    b"|",
    b"&a ",
    b"*a ",
    b"\x00",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"a@b.de ",
    b"](",
    b"- image: ",
    b"---\n",
    b"1",
    b"/",
    b"[at]",
)


def checked(sighting: Sighting) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
    """The facts and gaps, which survive being kept and hold nothing hidden."""
    facts, gaps = read(sighting)
    snapshot = Snapshot(
        asked=sighting.asked,
        address=sighting.address,
        looked_at=sighting.looked_at,
        branch=None,
        commit=None,
        committed_at=None,
        refs="",
        facts=facts,
        gaps=gaps,
    )
    assert snapshot_from_plain(plain_from_snapshot(snapshot)).facts_on(Question.NAME) == snapshot.facts_on(
        Question.NAME
    )
    assert "\\u202e" not in ascii([fact.value for fact in facts])
    assert "\\x00" not in ascii([fact.value for fact in facts])
    return facts, gaps


@settings(max_examples=60)
@given(
    some.sampled_from(FILES),
    some.binary(max_size=400) | some.lists(some.sampled_from(PIECES), max_size=60).map(b"".join),
)
def test_no_content_makes_a_reader_stumble(path, content):
    checked(a_sighting(files={path: content}))


@pytest.mark.parametrize("piece", PIECES)
def test_a_file_of_the_same_over_and_over_is_read_to_its_end(piece):
    content = piece * (200_000 // len(piece))

    facts, _ = checked(a_sighting(files=dict.fromkeys(MOST_READ, content)))

    assert len(repr(facts)) < 100_000


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", b'{"dependencies":' * 20_000),
        ("codemeta.json", b"[" * 100_000),
        ("pyproject.toml", b"a=" + b"[" * 50_000),
        ("pyproject.toml", b".".join([b"a"] * 30_000) + b"=1"),
        ("CITATION.cff", b"- " * 50_000),
        ("CITATION.cff", b"a: &a [x]\n" + b"b: [*a, *a]\n" * 100),
        ("package.json", b'{"name": 1' + b"0" * 10_000 + b"}"),
        ("README.md", "\u202e# Th\u200bing\n".encode("utf-16")),
        ("package.json", b" " * (LARGEST_DATA + 1)),
    ],
)
def test_what_is_deep_or_large_says_nothing_and_harms_nothing(path, content):
    checked(a_sighting(files={path: content}))


@given(some.lists(some.text(max_size=60), max_size=30))
def test_no_name_of_a_file_makes_a_reader_stumble(paths):
    checked(a_sighting(*paths))
    assert set(wanted(paths)) <= set(paths)


def test_nothing_in_a_repository_is_nothing_learned_but_a_reason_each():
    facts, gaps = read(a_sighting())

    assert facts == ()
    assert {gap.question for gap in gaps} >= {
        Question.CONTACT,
        Question.TESTS,
        Question.CHANGELOG,
        Question.PACKAGING,
        Question.ARCHIVED,
        Question.SUMMARY,
    }


def test_the_files_to_read_are_few_and_the_highest_in_the_tree():
    flood = [f"a{i}/package.json" for i in range(5000)] + [f"LICENSES/{i}.txt" for i in range(5000)]

    found = wanted(
        [*flood, "README.md", "package.json", "node_modules/x/package.json", "x/" * 200 + "README.md"]
    )

    assert len(found) < 200
    assert {"README.md", "package.json"} <= set(found)
    assert not any("node_modules" in path for path in found)
