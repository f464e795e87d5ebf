"""`catalogue licence identify`: one answer a file, whatever the file is."""

import json
import os
import re
import subprocess
import sys

from click.testing import CliRunner

from catalogue import places
from catalogue.cli import cli

EUPL = places.PACKAGE.parent / "LICENSES" / "EUPL-1.2.txt"


def identify(*arguments: object):
    return CliRunner().invoke(cli, ["licence", "identify", *map(str, arguments)])


def test_a_line_says_licence_confidence_and_lines_in_german(tmp_path):
    notice = tmp_path / "LICENSE"
    notice.write_text("Nachnutzung unter der EUPL gestattet\n", encoding="utf-8")

    done = identify(EUPL, notice)

    assert done.exit_code == 0
    assert re.search(
        r"EUPL-1\.2\.txt: EUPL-1\.2, (?:98|99|100) %, Zeilen \d+–\d+$", done.stdout, re.MULTILINE
    )
    assert f"{notice}: EUPL-1.2, 60 %, Zeile 1; die Fassung ist nicht genannt" in done.stdout


def test_programs_get_a_list_of_objects():
    done = identify(EUPL, "--json")

    (row,) = json.loads(done.stdout)
    assert (row["file"], row["spdx"]) == (str(EUPL), "EUPL-1.2")
    assert row["confidence"] >= 0.98
    assert row["lines"][0] < row["lines"][1]


def test_what_cannot_be_read_is_a_row_and_not_a_traceback(tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "picture").write_bytes(b"\x89PNG\0\0")
    os.mkfifo(tmp_path / "pipe")
    names = ["empty", "picture", "pipe", "missing", "."]

    done = identify(*(tmp_path / name for name in names), "--json")

    assert done.exit_code == 1
    answers = [(row["spdx"], row["notes"]) for row in json.loads(done.stdout)]
    assert answers == [
        ("NONE", ["empty"]),
        ("NOASSERTION", ["not-text"]),
        ("NOASSERTION", ["not-readable"]),
        ("NOASSERTION", ["no-such-file"]),
        ("NOASSERTION", ["not-readable"]),
    ]


def test_it_starts_without_the_web_the_store_and_the_index():
    code = (
        "import sys; from catalogue.cli import cli\n"
        "cli.main(['licence', 'identify', sys.argv[1]], standalone_mode=False)\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'flask', 'sqlmodel', 'whoosh', 'numpy'}))"
    )

    done = subprocess.run([sys.executable, "-c", code, str(EUPL)], capture_output=True, text=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "[]"
