"""`catalogue check`: what it prints and how it exits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_reuse, an_entries_folder, as_file
from click.testing import CliRunner

from catalogue.commands.check import check
from catalogue.config import Settings

MAIN = [{"address": "https://github.com/halle/hal-plan", "role": "main"}]
BROKEN = as_file(
    licence={"expression": "EUPL", "source": "LICENSE"},
    reuses=[a_reuse("Madgeburg")],
    homepage="http://a.de/",
)


def run(*arguments):
    """The command as its group would call it."""
    return CliRunner().invoke(check, [str(one) for one in arguments], obj=Settings.from_environ({}))


@pytest.fixture
def folder(tmp_path):
    return an_entries_folder(tmp_path / "entries")


def test_a_clean_folder_exits_with_0(folder):
    result = run("--entries", folder, "--lang", "en")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "1 entries checked, 0 problems, 0 remarks\n"


def test_problems_exit_with_1_and_stand_on_a_line_each(folder):
    (folder / "solutions" / "a.md").write_text(BROKEN)
    path = folder / "solutions" / "a.md"

    result = run("--entries", folder, "--lang", "en")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{path}:8: licence.expression: “EUPL” is no SPDX expression; did you mean “EUPL-1.2”?",
        f"{path}:9: reuses[0].body: bodies are given by key only, not as “Madgeburg”;"
        " did you mean 15003000 (Magdeburg)?",
        f"{path}:10: remark: homepage: “http://a.de/” is not encrypted (http);"
        " use https if the page offers it",
    ]
    assert result.stderr == "2 entries checked, 2 problems, 1 remarks\n"


def test_german_is_the_default(folder):
    (folder / "solutions" / "a.md").write_text(BROKEN)

    lines = run("--entries", folder).stdout.splitlines()

    assert "„EUPL“ ist kein SPDX-Ausdruck; Meinten Sie „EUPL-1.2“?" in lines[0]
    assert ": Hinweis: homepage: " in lines[2]


def test_remarks_alone_exit_with_0(folder):
    (folder / "solutions" / "a.md").write_text(as_file(homepage="http://a.de/"))

    result = run("--entries", folder)

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--entries", "/no/such/folder"],
        ["/no/such/file.md"],
        ["--format", "xml"],
        ["--lang", "fr"],
        ["--xyz"],
    ],
)
def test_wrong_use_exits_with_2(arguments, folder):
    result = run("--entries", folder, *arguments)

    assert result.exit_code == 2
    assert result.stdout == ""


def test_json_has_all_that_a_program_needs(folder):
    (folder / "solutions" / "a.md").write_text(BROKEN)

    result = run("--entries", folder, "--format", "json", "--lang", "en")

    rows = json.loads(result.stdout)
    assert result.exit_code == 1
    assert rows[0] == {
        "file": str(folder / "solutions" / "a.md"),
        "line": 8,
        "field": "licence.expression",
        "severity": "error",
        "code": "licence-unknown-near",
        "message": "“EUPL” is no SPDX expression",
        "remedy": "did you mean “EUPL-1.2”?",
    }
    assert [row["severity"] for row in rows] == ["error", "error", "remark"]
    assert json.loads(run("--entries", folder, folder / "topics.yml", "--format", "json").stdout) == []


def test_github_annotations_name_file_line_and_level(folder):
    name = "a,b:c%.md"
    (folder / "solutions" / "a.md.txt").write_text("x")
    (folder / "solutions" / name).write_text(as_file(homepage="http://a.de/%0A"))

    result = run("--entries", folder, "--format", "github", "--lang", "en")

    path = f"{folder}/solutions/a%2Cb%3Ac%25.md"
    first, second, third = result.stdout.splitlines()
    assert first.startswith(f"::error file={path},line=2::“a,b:c%25” is no valid id")
    assert third.startswith(f"::error file={folder}/solutions/a.md.txt,line=1::")  # 0 would be no line
    assert second.startswith(f"::warning file={path},line=8::homepage: “http://a.de/%250A” is not encrypted")


def test_only_problems_of_path_are_shown(folder):
    (folder / "solutions" / "a.md").write_text(as_file(name=""))
    (folder / "solutions" / "b.md").write_text(as_file(kind="x"))

    only_a = run("--entries", folder, folder / "solutions" / "a.md", "--lang", "en")
    good = run("--entries", folder, folder / "solutions" / "hal-plan.md", "--lang", "en")
    below = run("--entries", folder, folder / "solutions", "--lang", "en")

    assert [line.split(":")[0] for line in only_a.stdout.splitlines()] == [str(folder / "solutions" / "a.md")]
    assert only_a.stderr == "1 entries checked, 1 problems, 0 remarks\n"
    assert (good.exit_code, good.stdout) == (0, "")
    assert len(below.stdout.splitlines()) == 2


def test_path_is_judged_against_the_whole_folder(folder, tmp_path):
    (folder / "solutions" / "other.md").write_text(as_file(repositories=MAIN))
    for name in ("aaa.md", "zzz.md"):  # before and after it by name
        new = tmp_path / name
        new.write_text(
            as_file(repositories=MAIN, based_on=["other"], model_projects=["halle"], topics=["xyz"])
        )

        result = run("--entries", folder, new, "--format", "json")

        assert {(row["file"], row["code"]) for row in json.loads(result.stdout)} == {
            (str(new), "repository-double"),
            (str(new), "topic-unknown"),
        }


def test_an_entry_of_the_folder_that_takes_anothers_repository_is_told_so(folder):
    (folder / "solutions" / "zzz.md").write_text(as_file(repositories=MAIN))
    new = folder / "solutions" / "aaa.md"
    new.write_text(as_file(repositories=MAIN))

    result = run("--entries", folder, new, "--lang", "en")

    assert result.exit_code == 1
    assert "is already the main one of “zzz”" in result.stdout


def test_lists_are_checked_too_wherever_they_lie(folder, tmp_path):
    (folder / "organisations.yml").write_text("x: {name: X, kind: xyz}\n")
    elsewhere = tmp_path / "organisations.yml"
    elsewhere.write_text("x: {name: X, kind: amt, land: '99'}\n")

    own = run("--entries", folder, folder / "organisations.yml", "--format", "json")
    other = run("--entries", folder, elsewhere, "--format", "json")

    assert [row["code"] for row in json.loads(own.stdout)] == ["choice-unknown"]
    assert [row["code"] for row in json.loads(other.stdout)] == ["land-unknown"]


def test_a_broken_link_is_a_problem_of_the_entry_not_wrong_use(folder):
    link = folder / "solutions" / "a.md"
    link.symlink_to("/no/such/file")

    result = run("--entries", folder, link)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{link}:1: Die Datei gibt es nicht")


def test_a_folder_of_elsewhere_is_checked_with_its_lists(folder, tmp_path):
    other = an_entries_folder(tmp_path / "other", b=as_file(topics=["xyz"]))
    (other / "README.md").write_text("# no entry\n")

    result = run("--entries", folder, other, "--format", "json")

    assert [row["code"] for row in json.loads(result.stdout)] == ["topic-unknown"]


def test_settings_name_the_folder(folder):
    (folder / "solutions" / "a.md").write_text(as_file(name=""))
    settings = Settings.from_environ({"CATALOGUE_ENTRIES": str(folder)})

    result = CliRunner().invoke(check, [], obj=settings)

    assert result.exit_code == 1


def test_names_that_are_no_text_can_be_printed_in_every_format(folder):
    for name in (b"\xff.md", b"a\n::error::b.md", b"\x1b[2J.md"):
        with open(os.path.join(os.fsencode(folder / "solutions"), name), "w") as stream:
            stream.write(as_file(**{"x\n::error::y": "z"}))

    for form in ("text", "json", "github"):
        result = run("--entries", folder, "--format", form)

        assert result.exit_code == 1
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "\x1b" not in result.stdout
        assert "\n::error::" not in result.stdout


def test_a_link_that_leads_to_itself_is_a_problem_of_the_entry(folder):
    link = folder / "solutions" / "a.md"
    link.symlink_to("a.md")

    result = run("--entries", folder, link)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{link}:1: ")


def test_a_link_out_of_the_folder_is_told_to_whoever_checks_the_folder(folder):
    (folder / "solutions" / "out.md").symlink_to("/etc/passwd")

    done = run(str(folder / "solutions"), "--entries", str(folder))

    assert done.exit_code == 1
    assert "out.md:1:" in done.output


@pytest.mark.parametrize("place", ["solutions/sub/nested.md", "solutions/.hidden.md", "stray.md"])
def test_a_file_that_is_never_read_is_not_called_clean(folder, place):
    path = folder / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_file(name=""))

    result = run("--entries", folder, path, "--format", "json")

    assert result.exit_code == 1
    assert [row["code"] for row in json.loads(result.stdout)] == ["file-place"]


@pytest.mark.parametrize("name", ["README.md", "schema.json", "solutions/a.png", "solutions/a.png.license"])
def test_a_file_that_belongs_beside_the_entries_is_no_problem(folder, name):
    (folder / name).write_text("x")

    result = run("--entries", folder, folder / name)

    assert (result.exit_code, result.stdout) == (0, "")


def test_a_folder_below_the_entries_is_not_called_clean(folder):
    (folder / "solutions" / "sub").mkdir()
    (folder / "solutions" / "sub" / "nested.md").write_text(as_file())

    result = run("--entries", folder, folder / "solutions" / "sub", "--format", "json")

    assert result.exit_code == 1
    assert "file-place" in [row["code"] for row in json.loads(result.stdout)]


def test_a_folder_in_which_nothing_is_read_is_wrong_use(folder, tmp_path):
    other = tmp_path / "other"
    an_entries_folder(other / "entries")

    result = run("--entries", folder, other)

    assert result.exit_code == 2
    assert "holds no entry" in result.stderr


def test_the_folder_around_the_entries_may_be_named(folder, tmp_path):
    (folder / "solutions" / "a.md").write_text(as_file(name=""))
    (tmp_path / "CHANGELOG.md").write_text("# no entry\n")

    result = run("--entries", folder, tmp_path, "--format", "json")

    assert [row["code"] for row in json.loads(result.stdout)] == ["field-empty"]


def test_a_missing_list_is_told_to_whoever_checks_one_entry(folder):
    (folder / "topics.yml").unlink()

    result = run("--entries", folder, folder / "solutions" / "hal-plan.md", "--format", "json")

    assert result.exit_code == 1
    assert [(Path(row["file"]).name, row["code"]) for row in json.loads(result.stdout)] == [
        ("topics.yml", "file-absent-here")
    ]


BODY = {"body": "Madgeburg", "relation": "uses"}
A_DOZEN = {
    "alias.md": "---\nname: &a x\nkind: *a\n---\n",
    "bomb.md": "---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
    "bom.md": b"\xef\xbb\xbf" + as_file().encode(),
    "deep.md": "---\nname: " + "[" * 5000 + "\n---\n",
    "double.md": "---\nname: a\nname: b\n---\n",
    "empty.md": "",
    "huge.md": b"x" * 10_000_000,
    "large.md": as_file(text="x" * 100_001),
    "latin.md": as_file(name="Köln").encode("latin-1"),
    "nul.md": as_file() + "\x00",
    "object.md": "---\nname: !!python/object/apply:os.system ['touch pwned']\n---\n",
    "octal.md": as_file().replace('"15002000"', "05315000"),  # fine: it stays text
    "open.md": "---\nname: x\n",
    "script.md": as_file(text="<script>alert(1)</script>\n\n[x](javascript:alert(1))"),
    "unknown.md": as_file(nmae="x", model_projects=["nobody"], depends_on=["nothing"]),
    "wrong.md": as_file(topics="x", summary=["y"], reviewed="30.2.2024", reuses=[BODY]),
    "zero.md": as_file(homepage="https://u:p@a.de/", demo="http://127.0.0.1/", documentation="javascript:x"),
}


def test_a_dozen_broken_files_are_all_explained_by_the_real_program(folder, tmp_path):
    for name, content in A_DOZEN.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / "solutions" / name).write_bytes(data)
    (folder / "solutions" / "out.md").symlink_to("/etc/passwd")

    done = _program("check", "--entries", folder, "--format", "json", cwd=tmp_path)

    rows = json.loads(done.stdout)
    named = {os.path.basename(row["file"]) for row in rows}
    assert done.returncode == 1
    assert named == set(A_DOZEN) - {"octal.md"} | {"out.md"}
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "pwned").exists()


def test_the_program_checks_the_real_entries_in_the_checkout(tmp_path):
    done = _program("check", "--lang", "en", cwd=Path(__file__).parents[2])

    assert done.returncode == 0, done.stdout
    assert "74 entries checked, 0 problems" in done.stderr


def test_the_program_exits_with_2_on_wrong_use(tmp_path):
    done = _program("check", "/no/such/file.md", cwd=tmp_path)

    assert done.returncode == 2
    assert "there is no such file" in done.stderr


def _program(*arguments, cwd):
    command = [sys.executable, "-c", "from catalogue.cli import main; main()", *map(str, arguments)]
    environ = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
