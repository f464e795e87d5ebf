"""What a repository says of itself, told from templates, badges and instructions."""

import json

import pytest
from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Question
from harvest.readers.described import read_described

CODEMETA_2 = "https://doi.org/10.5063/schema/codemeta-2.0"
CODEMETA_3 = "https://w3id.org/codemeta/3.0"


def said(path: str, content: str | bytes, question: Question) -> list[object]:
    return list(values(read_described(a_sighting(files={path: content})), question))


@pytest.mark.parametrize(
    ("readme", "name", "summary"),
    [
        (
            "# Thing\n\nA tool for towns to count their trees.\n",
            "Thing",
            "A tool for towns to count their trees.",
        ),
        (
            "Thing\n=====\nA tool for towns.\nIt counts their trees.\n",
            "Thing",
            "A tool for towns. It counts their trees.",
        ),
        ("# [![Build](https://x.org/b.svg)](https://x.org) Thing\n", "Thing", None),
        (
            "<h1>x</h1>\n# **Thing** :tree:\n![logo](a.png)\n\nA tool for *towns* that [count](b) trees.\n",
            "Thing",
            "A tool for towns that count trees.",
        ),
        ("# Willkommen zu Thing\n", "Thing", None),
        ("# README\n# Thing\n", "Thing", None),
        ("```\n# run this first\n```\n", None, None),  # a comment in code
        (
            "# Thing\n## About\nA tool for towns to count their trees.\n",
            "Thing",
            "A tool for towns to count their trees.",
        ),
        ("# Thing\n## Setup\nIt is recommended to use a virtual environment for it.\n", "Thing", None),
        ("# Thing\n\nTODO: write down what this is good for, one day.\n", "Thing", None),
        ("# Getting Started with Create React App\n\nRun it with npm, and look at it.\n", None, None),
        (
            "# Thing\nA tool for towns to count their trees. It does:\n- this\n",
            "Thing",
            "A tool for towns to count their trees.",
        ),
    ],
)
def test_title_and_first_paragraph_are_name_and_summary(readme, name, summary):
    assert said("README.md", readme, Question.NAME) == ([name] if name else [])
    assert said("README.md", readme, Question.SUMMARY) == ([summary] if summary else [])


def test_front_matter_speaks_before_the_text():
    readme = (
        "---\ntitle: Thing\ndescription: Counts trees\nversion: 1.10\n---\n# Other\n\nA text about it all.\n"
    )

    assert said("README.md", readme, Question.NAME) == ["Thing"]
    assert said("README.md", readme, Question.SUMMARY) == ["Counts trees"]
    assert said("README.md", readme, Question.VERSION) == ["1.10"]


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x]\nb: [*a, *a]\ntitle: T",
        "title: " + "[" * 500,
        "title: !!python/object/apply:os.system [x]",
        "title: T\ntitle: [",
    ],
)
def test_hostile_front_matter_says_nothing(front):
    assert said("README.md", f"---\n{front}\n---\n\n# Thing\n", Question.NAME) in (["Thing"], [])


def test_what_hides_or_turns_text_is_left_out():
    (name,) = said("README.md", "# T\u202eh\u200bi\x00ng <script>alert(1)</script>\n", Question.NAME)

    assert name == "Thing alert(1)"


def test_a_long_text_is_cut_at_a_word():
    (summary,) = said("README.md", "# T\n\n" + "tree " * 5000, Question.SUMMARY)

    assert len(summary) <= 400
    assert summary.endswith("tree…")


def test_a_citation_file_is_read_and_a_broken_one_is_unreadable():
    whole = "cff-version: 1.2.0\ntitle: Thing\nversion: 1.10\nurl: https://town.de/x\nauthors:\n  - name: A\n"

    assert said("CITATION.cff", whole, Question.CITATION) == ["CITATION.cff"]
    assert said("CITATION.cff", whole, Question.VERSION) == ["1.10"]
    assert said("CITATION.cff", whole, Question.HOMEPAGE) == ["https://town.de/x"]
    broken = list(read_described(a_sighting(files={"CITATION.cff": "title: ["})))
    assert reasons(broken, Question.CITATION) == ["unreadable"]
    assert reasons(read_described(a_sighting("README.md")), Question.CITATION) == ["absent"]


@pytest.mark.parametrize(
    ("document", "question", "expected"),
    [
        ({"@context": CODEMETA_2, "name": "Thing"}, Question.NAME, ["Thing"]),
        ({"@context": CODEMETA_3, "softwareVersion": "2", "version": "3"}, Question.VERSION, ["2"]),
        ({"@context": [CODEMETA_3], "version": "3"}, Question.VERSION, ["3"]),
        ({"@context": CODEMETA_3, "codemeta:developmentStatus": "beta"}, Question.MATURITY, ["beta"]),
        ({"@context": CODEMETA_3, "developmentStatus": "active"}, Question.MATURITY, []),  # of another list
        ({"@context": CODEMETA_3, "url": "javascript:alert(1)"}, Question.HOMEPAGE, []),
        ({"name": "Thing"}, Question.NAME, []),  # some other JSON
    ],
)
def test_codemeta_is_read_in_both_versions(document, question, expected):
    assert said("codemeta.json", json.dumps(document), question) == expected


def test_no_readme_is_absent_and_an_unread_one_is_not():
    assert reasons(read_described(a_sighting("LICENSE")), Question.SUMMARY) == ["absent"]
    assert reasons(read_described(a_sighting(too_large=["README.md"])), Question.SUMMARY) == ["too-large"]
