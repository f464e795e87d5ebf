"""`catalogue backup` and `catalogue restore`, beside a web server that goes on."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from office_login import NOON, Office, an_office
from servers import clean_environ
from werkzeug.test import TestResponse

from catalogue.commands.backup import backup, restore
from catalogue.config import Settings
from catalogue.storage.terms import Count, day_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(data_folder: Path) -> Path:
    return data_folder


def call(folder: Path, *arguments: str) -> Result:
    """The command, in a process of its own as in life: files are locked and opened by another one."""
    program = "from catalogue.cli import main; main()"
    environ = clean_environ(CATALOGUE_DATA=str(folder))
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environ, capture_output=True, text=True, timeout=120
    )
    return Result(CliRunner(), done.stdout.encode(), done.stderr.encode(), b"", None, done.returncode, None)


def test_a_running_web_server_shows_what_was_restored_without_a_new_start(
    folder: Path, tmp_path: Path
) -> None:
    file = str(tmp_path / "backup.zip")
    with an_office(folder) as office:
        office.account()
        client = office.client()
        before = client.get("/de/solutions/hal-plan")
        made = call(folder, "backup", file)
        _ruin(folder)
        browser = office.logged_in()
        ruined = _answer_of_the_new_catalogue(office)

        restored = call(folder, "restore", file)
        after = _answer_of_the_new_catalogue(office)

        assert made.exit_code == 0, made.stderr
        assert "1 accounts" in made.stdout
        assert restored.exit_code == 0, restored.stderr
        assert "kept: catalogue.db" in restored.stdout
        assert (before.status_code, ruined.status_code, after.status_code) == (200, 404, 200)
        assert after.text == before.text
        assert browser.get("/de/office/accounts").status_code == 303  # everybody is logged out
        assert [one.login for one in office.store.accounts.all()] == ["administrator"]


def test_a_backup_holds_no_search_term_that_may_not_outlive_its_day(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    today = date(2026, 11, 26)
    counts = {("frau meier", day_of(NOON)): Count(searches=9)}
    counts |= {("radverkehr", str(today - timedelta(days=day))): Count(searches=2) for day in range(3)}
    with an_office(folder) as office:
        office.store.terms.add(counts, now=NOON, secret=b"key")

        made = call(folder, "backup", str(file))

        assert made.exit_code == 0, made.stderr
        assert rows_of(folder / "catalogue.db") == {"frau meier", "radverkehr"}
    with zipfile.ZipFile(file) as archive:
        copy = Path(archive.extract("catalogue.db", tmp_path))
    assert rows_of(copy) == {"radverkehr"}
    assert b"frau meier" not in copy.read_bytes()


def rows_of(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {row[0] for row in connection.execute("select term from search_term")}


def _ruin(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "catalogue.db")) as connection:
        connection.execute("delete from solution where id = 'hal-plan'")
        connection.execute("delete from link where solution_id = 'hal-plan'")
        connection.execute("delete from provision where solution_id = 'hal-plan'")
        connection.execute("delete from reuse where solution_id = 'hal-plan'")
        connection.execute("update catalogue set revision = revision + 1")
        connection.execute("delete from account")
        connection.commit()


def _answer_of_the_new_catalogue(office: Office) -> TestResponse:
    """The server opens a new revision in the background and answers from the one before meanwhile."""
    holder = office.app.extensions["catalogue"]
    office.client().get("/de/")
    if holder.opening:
        holder.opening.join(60)
    return office.client().get("/de/solutions/hal-plan")


def test_a_backup_is_looked_into_without_a_change(folder: Path, tmp_path: Path) -> None:
    settings = Settings.from_environ({"CATALOGUE_DATA": str(folder)})
    file = str(tmp_path / "backup.zip")
    made = CliRunner().invoke(backup, [file], obj=settings)

    looked = CliRunner().invoke(restore, [file, "--dry-run"], obj=settings)

    assert made.exit_code == looked.exit_code == 0
    assert "nothing was changed" in looked.output
    assert not list(folder.glob("*before-restore*"))


def test_a_backup_is_looked_into_where_there_is_no_data_folder_and_none_is_made(
    folder: Path, tmp_path: Path
) -> None:
    file = str(tmp_path / "backup.zip")
    CliRunner().invoke(backup, [file], obj=Settings.from_environ({"CATALOGUE_DATA": str(folder)}))

    elsewhere = Settings.from_environ({"CATALOGUE_DATA": str(tmp_path / "new")})
    looked = CliRunner().invoke(restore, [file, "--dry-run"], obj=elsewhere)

    assert looked.exit_code == 0
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("command", [backup, restore])
def test_a_database_server_is_backed_up_with_its_own_means(
    tmp_path: Path, command: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.from_environ({"CATALOGUE_DATA": str(tmp_path)})
    object.__setattr__(settings, "database_url", "postgresql+psycopg://u:geheim@db.example/katalog")

    refused = CliRunner().invoke(command, [str(tmp_path / "b.zip")], obj=settings)  # type: ignore[arg-type]

    assert refused.exit_code == 1
    assert refused.output.count("pg_dump") == 2  # in both languages
    assert "geheim" not in refused.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_backup_is_named_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.zip"
    file.write_text("Dear Sir or Madam")

    refused = call(folder, "restore", str(file))

    assert refused.exit_code == 1
    assert f"catalogue: {file}: damaged, or no backup of this program" in refused.stderr
    assert "Traceback" not in refused.stderr
