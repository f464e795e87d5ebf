"""The program as a whole: whatever surrounds it, it ends with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import an_entries_folder, as_file

PROGRAM = [sys.executable, "-c", "from catalogue.cli import main; main()"]


def run(*arguments: object, cwd: Path, stdout: object = subprocess.PIPE, **environ: str):
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **environ},
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


def test_an_output_that_lacks_letters_gets_question_marks(tmp_path):
    folder = an_entries_folder(tmp_path / "entries", a=as_file(kind="łó中"))

    done = run("check", "--entries", folder, cwd=tmp_path, PYTHONIOENCODING="latin-1")

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b": kind: ??\xf3?? ist kein erlaubter Wert" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full device")
@pytest.mark.parametrize("arguments", [["new", "x", "--dry-run"], ["--help"]])
def test_a_full_disk_behind_the_output_is_a_sentence(tmp_path, arguments):
    with open("/dev/full", "w") as full:
        done = run(*arguments, cwd=tmp_path, stdout=full)

    assert done.returncode == 1
    assert done.stderr.startswith(b"catalogue: cannot write: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("number", ["abc", "", "1.5"])
def test_a_number_of_processes_that_is_none_is_a_sentence(tmp_path, number):
    done = run("serve", cwd=tmp_path, WEB_CONCURRENCY=number)

    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"catalogue: WEB_CONCURRENCY: {number!r} is no number")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("setting", ["CATALOGUE_BASE_URL", "CATALOGUE_DATABASE_URL", "CATALOGUE_XYZ"])
def test_a_setting_that_cannot_be_meant_is_a_sentence(tmp_path, setting):
    done = run("check", cwd=tmp_path, **{setting: "http://[x"})

    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"Error: {setting}: ")
