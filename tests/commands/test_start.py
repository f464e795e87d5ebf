"""The program `catalogue`: licences at once, everything else through click, the same answers either way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from catalogue import places
from catalogue.start import plain_names

EUPL = places.PACKAGE.parent / "LICENSES" / "EUPL-1.2.txt"
AT_ONCE = "from catalogue.start import main; main()"
BY_CLICK = "from catalogue.cli import main; main()"


def run(program: str, *arguments: object, cwd: Path | None = None, **settings: str):
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CATALOGUE_")}
    root = str(places.PACKAGE.parent)
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=cwd,
        env={**outside, "PYTHONPATH": root, **settings},
        capture_output=True,
        timeout=60,
    )


@pytest.fixture
def files(tmp_path) -> Path:
    (tmp_path / "LICENSE").write_bytes(EUPL.read_bytes())
    (tmp_path / "NOTICE").write_text("Nachnutzung unter der EUPL gestattet\n", encoding="utf-8")
    (tmp_path / "empty ü").touch()
    (tmp_path / "picture").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("LICENSE", "NOTICE", "empty ü", "picture", "--json"),
        ("--json", "LICENSE"),
        ("LICENSE", "NOTICE", "empty ü"),
        ("folder", "--json"),
        ("LICENSE", "missing", "--json"),
        ("./LICENSE", "folder/../NOTICE", "--json"),
        ("LICENSE", "--lang", "en"),
        ("LICENSE", "--no-such-option"),
        ("--help",),
        (),
    ],
    ids=" ".join,
)
def test_both_ways_answer_the_same(files, arguments):
    at_once, by_click = (
        run(program, "licence", "identify", *arguments, cwd=files) for program in (AT_ONCE, BY_CLICK)
    )

    assert (at_once.returncode, at_once.stdout, at_once.stderr) == (
        by_click.returncode,
        by_click.stdout,
        by_click.stderr,
    )
    assert at_once.stdout or at_once.stderr


def test_a_licence_is_identified_before_any_library_is_loaded(files):
    code = (
        "import sys; from catalogue.start import main; main()\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'click', 'logging', 'dataclasses'}))"
    )

    done = run(code, "licence", "identify", "LICENSE", cwd=files)

    assert done.stdout.decode().splitlines()[-1] == "[]", done.stderr


def test_a_setting_that_cannot_be_meant_is_told_here_too(files):
    done = run(AT_ONCE, "licence", "identify", "LICENSE", cwd=files, CATALOGUE_NONSENSE="1")

    assert done.returncode == 1
    assert b"CATALOGUE_NONSENSE: there is no such setting" in done.stderr


def test_whoever_stops_reading_gets_no_traceback(files):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody_reads:
        done = subprocess.run(
            [sys.executable, "-c", AT_ONCE, "licence", "identify", str(files / "LICENSE")],
            env={**os.environ, "PYTHONPATH": str(places.PACKAGE.parent)},
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            timeout=60,
        )

    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "LICENSE"),
        ("licence", "--help"),
        ("licence", "identify", "-"),
        ("licence", "identify", "no/such/file"),
        ("licence", "identify", "./LICENSE"),
        ("licence", "identify", ""),
    ],
)
def test_what_is_not_plain_is_left_to_click(files, monkeypatch, arguments):
    monkeypatch.chdir(files)

    assert plain_names(arguments) == []
    assert plain_names(("licence", "identify", "LICENSE", "--json")) == ["LICENSE"]
