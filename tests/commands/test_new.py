"""`catalogue new` and `catalogue schema`."""

import json

import pytest
from builders import an_entries_folder
from click.testing import CliRunner

from catalogue.commands.check import check
from catalogue.commands.new import new, schema
from catalogue.config import Settings


def run(command, *arguments, entries=None):
    environ = {"CATALOGUE_ENTRIES": str(entries)} if entries else {}
    return CliRunner().invoke(command, [str(one) for one in arguments], obj=Settings.from_environ(environ))


@pytest.fixture
def folder(tmp_path):
    return an_entries_folder(tmp_path / "entries")


def test_new_writes_a_template_that_the_check_can_read(folder):
    made = run(new, "neue-loesung", "--name", "Neu: die Lösung", "--entries", folder)

    path = folder / "solutions" / "neue-loesung.md"
    problems = json.loads(run(check, path, "--entries", folder, "--format", "json").stdout)
    assert made.exit_code == 0
    assert str(path) in made.stdout
    assert path.read_text(encoding="utf-8").startswith('---\nname: "Neu: die Lösung"\n')
    assert {row["code"] for row in problems} <= {"field-empty", "contact-empty", "evidence-empty"}


def test_new_never_writes_over_a_file(folder):
    before = (folder / "solutions" / "hal-plan.md").read_text()

    result = run(new, "hal-plan", "--entries", folder)

    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (folder / "solutions" / "hal-plan.md").read_text() == before


@pytest.mark.parametrize("name", ["HAL", "../x", "a/b", "a b", "-a", "a" * 61, ""])
def test_new_takes_no_id_that_the_check_would_refuse(folder, name):
    result = run(new, "--entries", folder, "--", name)

    assert result.exit_code == 2
    assert len(list((folder / "solutions").iterdir())) == 1


def test_new_can_show_what_it_would_write(folder):
    result = run(new, "neu", "--entries", folder, "--dry-run")

    assert result.exit_code == 0
    assert result.stdout.startswith("---\nname: neu\n")
    assert not (folder / "solutions" / "neu.md").exists()


def test_new_says_so_where_it_cannot_write(tmp_path):
    (tmp_path / "solutions").write_text("a file in place of a folder")

    result = run(new, "neu", "--entries", tmp_path)

    assert result.exit_code == 1
    assert not isinstance(result.exception, OSError)


def test_schema_prints_the_json_schema_with_the_topics_of_the_folder(folder):
    result = run(schema, entries=folder)

    printed = json.loads(result.stdout)
    assert result.exit_code == 0
    assert printed["properties"]["topics"]["items"]["enum"] == ["digital-twin"]


def test_schema_is_written_and_compared(folder):
    missing = run(schema, "--check", entries=folder)
    written = run(schema, "--write", entries=folder)
    same = run(schema, "--check", entries=folder)
    (folder / "topics.yml").write_text("energy: {de: Energie, en: Energy}\n")
    old = run(schema, "--check", entries=folder)

    assert [missing.exit_code, written.exit_code, same.exit_code, old.exit_code] == [1, 0, 0, 1]
    assert "catalogue schema --write" in old.stderr
