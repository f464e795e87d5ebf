"""`python -m harvest` as somebody at a terminal meets it."""

import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from git_server import a_repository

from catalogue.domain.snapshot_text import snapshot_from_plain

ROOT = Path(__file__).parents[2]
FILES = {"README.md": "# A\n", "LICENSE": "EUPL\n"}


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOGUE_")}
    return {
        **kept,
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "CATALOGUE_HARVEST_LOOPBACK": "127.0.0.1",
        **more,
    }


def run(tmp_path: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harvest", *words]
    return subprocess.run(
        command, capture_output=True, text=True, env=environ(tmp_path, **more), cwd=tmp_path, timeout=120
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def test_an_address_prints_one_snapshot_and_leaves_nothing(server, folder):
    a_repository(server.root / "a", FILES, commits=3, tags=("v1.0",))

    done = run(folder, server.url("a"), "--json")

    assert done.returncode == 0, done.stderr
    snapshot = snapshot_from_plain(json.loads(done.stdout))
    assert (snapshot.address, snapshot.branch, snapshot.activity.commits) == (server.url("a"), "main", 3)
    assert list(folder.iterdir()) == []


def test_a_folder_is_read_on_behalf_of_its_public_address(folder, tmp_path):
    copy = a_repository(tmp_path / "copy", FILES)

    done = run(folder, str(copy), "--as", "https://git.example.org/a", "--lang", "en")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("address: https://git.example.org/a\n")
    assert "1 commits by people" in done.stdout


def test_german_is_the_first_language(folder, tmp_path):
    done = run(folder, str(a_repository(tmp_path / "copy", FILES)))

    assert "Zweig: main" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["https://10.0.0.1/a"], 1, "führt in ein internes Netz"),
        (["http://127.0.0.1:1/a"], 1, "konnten nicht nachsehen"),
        (["/nowhere/at/all"], 1, "kein öffentliches Git-Repositorium"),
        (["https://user:secret@git.example.org/a"], 1, "Löschen Sie alles vor dem @"),
        (["https://git.example.org/a", "--as", "https://git.example.org/b"], 2, "--as"),
        (["/tmp", "--as", "https://127.0.0.1/a"], 2, "führt in ein internes Netz"),
        ([], 2, "ADDRESS_OR_PATH"),
        (["a", "--nonsense"], 2, "--nonsense"),
    ],
)
def test_what_cannot_be_said_is_said_in_a_sentence(folder, words, code, said):
    done = run(folder, *words)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_meant_stops_it(folder):
    done = run(folder, "https://git.example.org/a", CATALOGUE_HARVEST_LOOPBACK="10.0.0.0/8")

    assert done.returncode == 2
    assert "CATALOGUE_HARVEST_LOOPBACK" in done.stderr


def test_ended_from_outside_it_leaves_nothing_behind(server, folder):
    a_repository(server.root / "a", FILES)

    def meddle(handler: BaseHTTPRequestHandler) -> bool:
        if sum(asked.startswith("POST") for asked in server.asked) < 2:
            return False
        time.sleep(20)
        return True

    server.meddle = meddle
    process = subprocess.Popen(
        [sys.executable, "-m", "harvest", server.url("a")], env=environ(folder), stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 30
    while len(server.asked) < 4 and time.monotonic() < end:
        time.sleep(0.05)
    assert len(list(folder.iterdir())) == 1

    process.send_signal(signal.SIGTERM)

    assert process.wait(15) == 128 + signal.SIGTERM
    assert list(folder.iterdir()) == []


def test_it_loads_neither_the_web_nor_the_database_nor_the_index():
    code = "import sys, harvest.__main__, harvest.run\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )

    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & {"flask", "sqlmodel", "sqlalchemy", "whoosh", "werkzeug"} == set()
    assert "harvest" in loaded


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("",), 2, "name an address or a folder"),
        (("loop",), 1, "there is no folder"),
        (("copy", "--as", ""), 2, "the address is empty"),
        (("copy", "--as", "town/tool"), 2, "write an address that begins with https://"),
        (("copy", "--as", "http://git.example.org/a"), 2, "is not encrypted (http). use https"),
        (("copy", "--on", "yesterday"), 2, "'yesterday' is no day, such as 2026-11-30"),
        (("copy", "--on", "0001-01-01"), 2, "there was no Git yet"),
        (("http://git.example.org/a",), 1, "is not encrypted (http). use https"),
        (("https://user:pw@git.example.org/a",), 1, "delete everything before the @"),
        (("a\nb\x1b[31m",), 1, "a\ufffdb\ufffd[31m"),
    ],
)
def test_what_cannot_be_meant_is_told_in_a_sentence(
    folder: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    a_repository(folder / "copy", FILES)
    (folder / "loop").symlink_to("loop")

    done = run(folder, *words, "--lang", "en", CATALOGUE_HARVEST_LOOPBACK="")

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_whose_name_is_no_text_is_read(folder: Path) -> None:
    place = os.fsdecode(os.fsencode(folder) + b"/n\xe4me")
    a_repository(Path(place), FILES)

    done = run(folder, place, "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["asked"].endswith("n\ufffdme")


def test_a_full_disk_is_told_in_a_sentence(folder: Path) -> None:
    a_repository(folder / "copy", FILES)
    command = [sys.executable, "-m", "harvest", "copy"]

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, env=environ(folder), cwd=folder
        )

    assert (done.returncode, done.stderr) == (1, "harvest: cannot write: No space left on device\n")
