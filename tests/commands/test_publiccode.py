"""`catalogue publiccode check`: what it prints and how it exits."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from publiccode_samples import VALID, changed

from catalogue.commands.publiccode import publiccode


def run(*arguments, stdin=None):
    return CliRunner().invoke(publiccode, ["check", *map(str, arguments)], input=stdin)


@pytest.fixture
def valid(tmp_path):
    path = tmp_path / "publiccode.yml"
    path.write_text(VALID, encoding="utf-8")
    return path


@pytest.fixture
def invalid(tmp_path):
    path = tmp_path / "invalid.yml"
    path.write_text(changed("stable", "ready") + "inputTypes: []\n", encoding="utf-8")
    return path


def test_a_valid_file_exits_with_0(valid):
    result = run(valid)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 Dateien geprüft, 0 ungültig, 0 Warnungen\n"


def test_each_problem_stands_on_a_line_with_place_key_and_remedy(invalid):
    result = run(invalid, "--lang", "en")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{invalid}:6:1: developmentStatus: error: “ready” is not allowed for “developmentStatus”;"
        " allowed are: concept, development, beta, stable, obsolete",
        f"{invalid}:24:1: inputTypes: warning: “inputTypes” is deprecated and will go;"
        " delete it; catalogues do not read it any more",
    ]


def test_german_is_the_default(invalid):
    assert "developmentStatus: Fehler: „ready“ ist bei" in run(invalid).stdout


def test_json_is_a_list_of_files(valid, invalid, tmp_path):
    absent = tmp_path / "absent.yml"

    result = run(valid, invalid, absent, tmp_path, "--format", "json")

    rows = json.loads(result.stdout)
    assert [(row["file"], row["valid"]) for row in rows] == [
        (str(valid), True),
        (str(invalid), False),
        (str(absent), False),
        (str(tmp_path), False),
    ]
    assert set(rows[1]["problems"][0]) == {"key", "severity", "code", "message", "line", "column"}
    assert [problem["severity"] for problem in rows[1]["problems"]] == ["error", "warning"]
    assert [problem["code"] for row in rows[2:] for problem in row["problems"]] == [
        "file-absent-here",
        "file-unreadable",
    ]


def test_standard_input_is_a_file(valid):
    assert run("-", stdin=VALID).exit_code == 0
    assert run("-", stdin="nothing").exit_code == 1


def test_files_beside_are_looked_at(valid, tmp_path):
    valid.write_text(VALID + "logo: logo.png\n", encoding="utf-8")
    assert "logo.png" in run(valid).stdout

    (tmp_path / "logo.png").write_bytes(b"no picture")
    assert "kein PNG-Bild" in run(valid).stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_beside_the_file_does_not_stop_the_check(valid, tmp_path):
    os.mkfifo(tmp_path / "logo.svg")
    valid.write_text(VALID + "logo: logo.svg\n", encoding="utf-8")

    assert run(valid).exit_code == 0


def test_what_a_stranger_wrote_cannot_move_the_cursor(invalid):
    invalid.write_text(changed("stable", '"\\e[2J\\r"'), encoding="utf-8")

    assert "\x1b" not in run(invalid).stdout


def test_the_command_needs_neither_pages_nor_database():
    code = (
        "import sys, catalogue.commands.publiccode;"
        " print(sorted({'flask', 'sqlmodel', 'whoosh'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert done.stdout == "[]\n"
