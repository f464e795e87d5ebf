"""`catalogue search`: one question, a batch of them, and the measures of the graded ones."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from builders import an_entries_folder, as_file
from click.testing import CliRunner, Result

from catalogue.commands.search import search
from catalogue.config import Settings

PROGRAM = [sys.executable, "-c", "from catalogue.cli import main; main()"]
QUERIES = """- query: Zwilling
  kind: jargon
  relevant: {hal-plan: 2}
- query: Kataster
  kind: everyday
  relevant: {trees: 2, hal-plan: 1}
- query: xqzvw
  kind: nonsense
  relevant: {}
- query: Stadtplanung
  kind: nonsense
  relevant: {}
- query: Gehweg
  kind: everyday
  relevant: {trees: 1}
"""


class Desk:
    """Calls the command on a catalogue of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            "CATALOGUE_DATA": str(folder / "data"),
            "CATALOGUE_ENTRIES": str(folder / "entries"),
            "CATALOGUE_SEMANTIC": "off",
        }

    def run(self, *arguments: str, given: bytes | None = None) -> Result:
        """`catalogue search` with these arguments and this on standard input."""
        return CliRunner().invoke(
            search, list(arguments), input=given, obj=Settings.from_environ(self.environ)
        )

    def rows(self, given: bytes, *arguments: str) -> list[dict[str, object]]:
        """The answers to a batch."""
        result = self.run("--batch", "-", "--json", *arguments, given=given)
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    def queries(self, text: str = QUERIES, name: str = "queries.yml") -> str:
        """A file of graded queries."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture(scope="module")
def published_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two solutions, published."""
    desk = Desk(tmp_path_factory.mktemp("search"))
    trees = as_file(name="Baumkataster", summary={"de": "Ein Kataster aller Bäume der Stadt."})
    an_entries_folder(desk.folder / "entries", trees=trees)
    result = desk.run("Zwilling")
    assert result.exit_code == 0, result.output
    return desk


def test_what_is_not_published_yet_is_published_first(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    an_entries_folder(tmp_path / "entries", broken="no front matter")

    first, second = desk.run("Zwilling", "--json"), desk.run("Zwilling", "--json")

    assert json.loads(first.stdout)["hits"][0]["id"] == "hal-plan"
    assert "note: nothing is published yet" in first.stderr
    assert "note: refused, see catalogue check: broken" in first.stderr
    assert (second.stdout, second.stderr) == (first.stdout, "")


def test_without_entries_there_is_a_sentence(tmp_path: Path) -> None:
    result = Desk(tmp_path).run("Zwilling")

    assert result.exit_code == 1
    assert "is no folder; nothing was published" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Give one of these"),
        (("Baum", "--batch", "-", "--json"), "Give one of these"),
        (("--batch", "-"), "add --json"),
        (("Baum", "--worst", "3"), "--worst belongs to --evaluate"),
        (("--batch", "nowhere.txt", "--json"), "nowhere.txt"),
        (("--evaluate", "nowhere.yml"), "nowhere.yml"),
        (("Baum", "--limit", "0"), "--limit"),
    ],
)
def test_wrong_use_is_told(published_desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    result = published_desk.run(*arguments, given=b"Baum\n")

    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


def test_measuring_has_a_depth_of_its_own(published_desk: Desk) -> None:
    result = published_desk.run("--evaluate", published_desk.queries(), "--limit", "20")

    assert result.exit_code == 2
    assert "leave out --limit" in result.stderr


# --- Batch ------------------------------------------------------------------------------------------------


def test_each_line_of_a_batch_is_answered_in_its_order(published_desk: Desk) -> None:
    rows = published_desk.rows(b"Kataster\nxqzvw\nZwilling")

    assert [row["query"] for row in rows] == ["Kataster", "xqzvw", "Zwilling"]
    assert [row["total"] for row in rows] == [1, 0, 2]
    assert [[hit["id"] for hit in row["hits"]] for row in rows] == [["trees"], [], ["hal-plan", "trees"]]
    assert all(set(row) == {"query", "total", "hits"} for row in rows)
    assert all(set(hit) == {"id", "score"} for row in rows for hit in row["hits"])


def test_a_batch_may_be_a_file_and_has_a_limit(published_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text("Stadt\n", encoding="utf-8-sig")

    result = published_desk.run("--batch", str(file), "--json", "--limit", "1")

    row = json.loads(result.stdout)
    assert (row["query"], row["total"], len(row["hits"])) == ("Stadt", 2, 1)


def test_a_line_without_words_asks_for_nothing(published_desk: Desk) -> None:
    rows = published_desk.rows(b"\n   \n?!\n\r\n")

    assert rows == [{"query": text, "total": 0, "hits": []} for text in ("", "   ", "?!", "")]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"Hal\0Plan", id="null byte"),
        pytest.param(b"\xff\xfe Kataster \xc3", id="no UTF-8"),
        pytest.param("Kata\u2028ster\x85Kataster".encode(), id="other ends of lines"),
        pytest.param(b"Kataster " * 11_000, id="100,000 letters"),
        pytest.param(b"x" * 100_000, id="one long word"),
        pytest.param(b"(" * 2000, id="brackets"),
        pytest.param("\u202eKataster\u200f".encode(), id="right to left"),
        pytest.param(b'"Kataster', id="open quotation"),
        pytest.param(b"NOT * ? [a TO", id="operators"),
        pytest.param(b"\x1b[31m\x0c\x0b\x1e", id="control signs"),
    ],
)
def test_no_line_breaks_a_batch(published_desk: Desk, line: bytes) -> None:
    rows = published_desk.rows(b"Kataster\n" + line + b"\nKataster\n")

    assert len(rows) == 3
    assert rows[1]["query"] == line.decode("utf-8", "replace")
    assert rows[0] == rows[2]


def test_an_answer_comes_before_the_next_question(published_desk: Desk) -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--batch", "-", "--json"],
        env=published_desk.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        assert program.stdin
        assert program.stdout
        for text in (b"Kataster", b"Zwilling"):
            program.stdin.write(text + b"\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["query"] == text.decode()
        program.stdin.close()
        assert program.wait(timeout=60) == 0


# --- Measuring --------------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_answers(published_desk: Desk) -> None:
    result = published_desk.run("--evaluate", published_desk.queries(), "--json")

    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)["files"]
    assert found["file"].endswith("queries.yml")
    assert list(found["kinds"]) == ["jargon", "everyday", "nonsense"]
    assert found["kinds"]["jargon"] == {
        "questions": 1,
        "ndcg": 1.0,
        "mrr": 1.0,
        "recall": 1.0,
        "success": 1.0,
        "no_answer": 0.0,
        "nonsense": 0,
        "refused": None,
    }
    assert found["kinds"]["everyday"]["questions"] == 2
    assert found["kinds"]["everyday"]["no_answer"] == 0.5  # nobody says Gehweg
    assert found["kinds"]["everyday"]["recall"] == 0.25
    assert found["kinds"]["nonsense"]["refused"] == 0.5  # somebody plans
    assert found["all"]["questions"] == 3
    assert found["all"]["success"] == pytest.approx(2 / 3)


def test_each_ingredient_is_left_out_once(published_desk: Desk) -> None:
    file = published_desk.queries(
        "- {query: Bäumen, kind: inflected, relevant: {trees: 2}}\n"
        "- {query: Katasster, kind: typo, relevant: {trees: 2}}\n"
    )

    result = published_desk.run("--evaluate", file, "--json")

    (found,) = json.loads(result.stdout)["files"]
    assert found["all"]["ndcg"] == 1
    without = found["without"]
    assert {"stems", "compounds", "synonyms", "correction"} <= set(without)
    assert without["correction"]["kinds"]["typo"]["no_answer"] == 1
    assert without["correction"]["kinds"]["inflected"]["ndcg"] == 1
    assert without["synonyms"]["all"] == found["all"]


def test_the_tables_have_a_line_for_each_kind_and_each_ingredient(published_desk: Desk) -> None:
    files = published_desk.queries(), published_desk.queries(name="other.yml")

    result = published_desk.run("--evaluate", files[0], "--evaluate", files[1])

    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.endswith(".yml")] == list(files)
    (jargon, *_), (total, *_) = ([line for line in lines if line.startswith(name)] for name in ("jar", "all"))
    assert jargon.split() == ["jargon", "1", "1.000", "1.000", "1.000", "1.000", "0.000", "-"]
    assert total.split()[1] == "3"
    assert sum(line.startswith("without stems") for line in lines) == 2


def test_the_worst_are_shown_with_what_they_got_and_what_was_wanted(published_desk: Desk) -> None:
    file = published_desk.queries()

    text = published_desk.run("--evaluate", file, "--worst", "2").stdout
    (found,) = json.loads(published_desk.run("--evaluate", file, "--worst", "9", "--json").stdout)["files"]

    assert "0.000  nonsense: Stadtplanung\n       got     hal-plan(0)\n       wanted  nothing" in text
    assert "0.000  everyday: Gehweg\n       got     nothing\n       wanted  trees(1)" in text
    assert [row["query"] for row in found["worst"]] == ["Stadtplanung", "Gehweg", "Kataster"]
    assert found["worst"][2]["wanted"] == {"trees": 2, "hal-plan": 1}


def test_it_says_when_meaning_could_not_be_measured(published_desk: Desk) -> None:
    result = published_desk.run("--evaluate", published_desk.queries())

    assert ("without meaning" in result.stdout) != ("meaning was not measured" in result.stdout)


def test_faults_of_the_file_are_told_with_line_and_field(published_desk: Desk) -> None:
    file = published_desk.queries("- query: a\n  kind: typo\n  relevant: {trees: 7}\n")

    result = published_desk.run("--evaluate", file)

    assert result.exit_code == 1
    assert f"{file}:3: [0].relevant.trees: a grade is 0, 1 or 2" in result.stderr
    assert not result.stdout


def test_what_is_graded_but_not_published_is_named(published_desk: Desk) -> None:
    file = published_desk.queries("- {query: Kataster, kind: typo, relevant: {trees: 2, gone: 2}}\n")

    result = published_desk.run("--evaluate", file)

    assert result.exit_code == 0
    assert "which counts as not found: gone" in result.stderr
