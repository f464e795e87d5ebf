"""`catalogue publish`, `worker` and `search`: what they print and how they exit."""

import logging
from pathlib import Path

import click
import pytest
from builders import TOPICS, an_entries_folder, as_file, as_yaml
from click.testing import CliRunner, Result

from catalogue.commands.publish import publish
from catalogue.commands.search import search
from catalogue.commands.worker import worker
from catalogue.config import Settings


class Desk:
    """Calls commands as their group would."""

    def __init__(self, folder: Path) -> None:
        self.entries = folder / "entries"
        self.data = folder / "data"

    def run(self, command: click.Command, *arguments: str) -> Result:
        """One command with these settings."""
        environ = {
            "CATALOGUE_DATA": str(self.data),
            "CATALOGUE_ENTRIES": str(self.entries),
            "CATALOGUE_SEMANTIC": "off",
            "CATALOGUE_HARVEST": "off",
        }
        return CliRunner().invoke(command, arguments, obj=Settings.from_environ(environ))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder of one entry, nothing published."""
    an_entries_folder(tmp_path / "entries")
    return Desk(tmp_path)


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_entries_that_are_no_folder_publish_nothing(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.entries /= "nowhere"

    result = desk.run(publish, *arguments)

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {desk.entries} is no folder; nothing was published.")
    assert not desk.data.exists()


def test_a_first_publication_of_nothing_publishes_nothing(desk: Desk) -> None:
    (desk.entries / "solutions" / "hal-plan.md").unlink()

    result = desk.run(publish)

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {desk.entries} has no entries")
    assert not (desk.data / "index").exists()


def test_the_worker_says_so_and_goes_on(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.entries /= "nowhere"

    with caplog.at_level(logging.INFO):
        result = desk.run(worker, "--once")

    assert result.exit_code == 0
    assert any("is no folder" in record.getMessage() for record in caplog.records)
    assert caplog.records[-1].getMessage() == "worker stopped"


def test_a_dry_run_says_what_changes_in_the_lists(desk: Desk) -> None:
    desk.run(publish)
    topics = {"mobility": {"de": "Mobilität", "en": "Mobility"}, **TOPICS}
    (desk.entries / "topics.yml").write_text(as_yaml(topics), encoding="utf-8")

    result = desk.run(publish, "--dry-run")

    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "topics added: 1 (mobility)\ndry run: nothing was changed; 1 solutions would be published\n"
    )


def test_what_is_published_is_found_though_its_index_was_replaced_by_a_file(desk: Desk) -> None:
    (desk.entries / "solutions" / "other.md").write_text(as_file(name="Anderes"), encoding="utf-8")
    desk.run(publish)
    (folder,) = (desk.data / "index").iterdir()
    folder.rename(desk.data / "elsewhere")
    folder.touch()

    result = desk.run(search, "Anderes")

    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[1].split()[1:] == ["other", "Anderes"]


def test_searching_needs_no_lock_and_writes_nothing(desk: Desk) -> None:
    desk.run(publish)
    lock = desk.data / "publish.lock"
    lock.unlink()
    lock.mkdir()  # holds for root too: the lock can no longer be had
    before = {path: path.stat().st_mtime_ns for path in (desk.data / "index").rglob("*")}

    result = desk.run(search, "Zwilling")

    assert result.exit_code == 0, result.output
    assert {path: path.stat().st_mtime_ns for path in (desk.data / "index").rglob("*")} == before
