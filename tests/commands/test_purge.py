"""`catalogue purge`: says what it would delete, deletes it, and the worker does so once an hour."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from catalogue.cli import cli
from catalogue.commands.purge import Hourly
from catalogue.domain.reuse_report import Action, Claim, ReuseReport
from catalogue.storage.store import Store
from catalogue.storage.terms import Count, day_of
from catalogue.storage.upload_files import Upload, Uploads

OLD = datetime.now(UTC) - timedelta(days=30)


def test_a_dry_run_says_and_a_run_does(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True)
    report = ReuseReport(claim=Claim(solution="hal-plan", body="15003000"), reported_at=OLD)
    store.reuse.keep(report, action=Action.SUBMITTED, actor="reporter", now=OLD)

    dry = run(tmp_path, "--dry-run")
    left = len(store.reuse.about())
    real = run(tmp_path, "--lang", "en")
    again = run(tmp_path)

    assert "dry run: nothing was deleted" in dry.output
    assert "     1 Meldung, deren Mailadresse niemand bestätigt hat" in dry.output
    assert left == 1
    assert "     1 report whose mail address nobody confirmed" in real.output
    assert "     0 Meldung, deren" in again.output
    assert store.reuse.about() == []
    store.close()


def test_a_dry_run_counts_search_terms_and_leaves_them(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True)
    store.terms.add({("frau meier", day_of(OLD)): Count(searches=1)}, now=OLD, secret=b"another")

    dry = run(tmp_path, "--dry-run")
    assert "     1 Suchbegriff, nach dem weniger als fünf Mal" in dry.output
    assert b"frau meier" in (tmp_path / "catalogue.db").read_bytes() + wal(tmp_path)

    run(tmp_path)
    store.close()
    assert b"frau meier" not in (tmp_path / "catalogue.db").read_bytes() + wal(tmp_path)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True)
    store.terms.add({("frau meier", day_of(OLD)): Count(searches=1)}, now=OLD, secret=b"another")
    store.close()
    before = contents(tmp_path)

    run(tmp_path, "--dry-run")

    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_uploaded_and_not_taken_over_goes(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True).close()
    uploads = Uploads(tmp_path)
    old, new = (
        uploads.keep(Upload(account=1, name="a.csv", made=datetime.now(UTC), rows=[["it@stadt.example"]]))
        for _ in range(2)
    )
    made = OLD.timestamp()
    os.utime(tmp_path / "uploads" / f"{old}.json", (made, made))

    dry = run(tmp_path, "--dry-run")
    left = len(list((tmp_path / "uploads").iterdir()))
    real = run(tmp_path)

    assert all("     1 Tabelle mit Meldungen, die jemand hochgeladen" in done.output for done in (dry, real))
    assert left == 2
    assert [path.stem for path in (tmp_path / "uploads").iterdir()] == [new]


def wal(folder: Path) -> bytes:
    log = folder / "catalogue.db-wal"
    return log.read_bytes() if log.exists() else b""


def run(folder: Path, *arguments: str) -> Result:
    result = CliRunner(env={"CATALOGUE_DATA": str(folder)}).invoke(cli, ["purge", *arguments])
    assert result.exit_code == 0, result.output
    return result


def test_the_worker_clears_once_an_hour() -> None:
    hourly = Hourly()

    assert hourly.is_due(OLD)
    assert not hourly.is_due(OLD + timedelta(minutes=59))
    assert hourly.is_due(OLD + timedelta(hours=1))
    assert not hourly.is_due(OLD + timedelta(hours=1, minutes=1))


def test_the_worker_clears_when_the_clock_was_put_back() -> None:
    hourly = Hourly()
    hourly.is_due(OLD + timedelta(days=365))

    assert hourly.is_due(OLD)
