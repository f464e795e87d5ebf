"""Files of graded queries: what is read, and how a fault is told."""

from pathlib import Path

import pytest

from catalogue.domain.relevance import Question
from catalogue.storage.questions import QuestionsFault, load_questions

GOOD = """# A comment
- query: "Wo parke ich?"
  kind: question
  relevant: {parkapi: 2, stadtnavi: 1, wegue: 0}
- query: 01067
  kind: place
  relevant: {}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "queries.yml"


def lines_of(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsFault) as caught:
        load_questions(file)
    assert str(caught.value) == "\n".join(caught.value.lines)
    return [line.removeprefix(f"{file}:") for line in caught.value.lines]


def test_questions_are_read_in_their_order_and_their_text_stays_text(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8-sig")

    first, second = load_questions(file)

    assert first == Question("Wo parke ich?", "question", {"parkapi": 2, "stadtnavi": 1})
    assert second == Question("01067", "place", {})
    assert second.is_nonsense


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["1: a list of queries is wanted, each with query, kind and relevant"]),
        ("query: a\n", ["1: a list of queries is wanted, each with query, kind and relevant"]),
        ("- a\n", ["1: [0]: a query is written as query, kind and relevant"]),
        (
            "- query: a\n  kind: typo\n  relevant: {x: 2}\n  grade: 1\n",
            ["4: [0].grade: there is no such field; there are query, kind, relevant"],
        ),
        (
            "- query: ' '\n  relevant: {x: 2}\n",
            ["1: [0].query: a text is wanted here", "1: [0].kind: a text is wanted here"],
        ),
        (
            "- query: a\n  kind: typo\n  relevant: [x]\n",
            ["3: [0].relevant: grades by id are wanted here, {} where nothing answers"],
        ),
        (
            "- query: a\n  kind: typo\n  relevant: {x: 3, y: yes}\n",
            ["3: [0].relevant.x: a grade is 0, 1 or 2", "3: [0].relevant.y: a grade is 0, 1 or 2"],
        ),
        (
            "- query: a\n  kind: typo\n  relevant: {}\n- query: A\n  kind: typo\n  relevant: {}\n",
            ["4: [1].query: the same query stands on line 1 already"],
        ),
    ],
)
def test_each_fault_is_told_with_line_and_field(file: Path, text: str, lines: list[str]) -> None:
    assert lines_of(file, text) == lines


def test_faults_of_the_yaml_itself_are_told_likewise(file: Path) -> None:
    assert lines_of(file, "- query: a\n  kind: typo\n  kind: name\n  relevant: {}\n")[0].startswith(
        "3: [0].kind: “kind” stands twice"
    )
    assert lines_of(file, "- query: [a\n")[0].startswith("1: this is not valid YAML")


def test_a_file_that_is_no_text_is_told(file: Path) -> None:
    file.write_bytes(b"- query: a\n  kind: \xff\n")

    with pytest.raises(QuestionsFault, match=":2: this is not UTF-8"):
        load_questions(file)
