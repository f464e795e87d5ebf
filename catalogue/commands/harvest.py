"""`catalogue harvest`: look at the repositories that entries name, and publish what was learned."""

import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from catalogue.commands import publish as publishing
from catalogue.commands.looking import Looking
from catalogue.commands.progress import progress_bar
from catalogue.config import BadSetting, Settings
from catalogue.domain.harvest_words import told
from catalogue.domain.snapshot import Snapshot
from catalogue.services.harvest_targets import (
    REFUSED,
    UnknownSolution,
    contact_pages,
    due_keys,
    import_snapshots,
    keys_of_solutions,
)
from catalogue.services.refresh import Refreshed, Result, refresh, refresh_pages
from catalogue.storage.snapshot_files import BadSnapshotFile, load_snapshots
from catalogue.storage.store import Store


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--due", is_flag=True, help="Only repositories whose time has come.")
@click.option("--jobs", type=click.IntRange(1, 32), help="Looks at the same time.  [default: setting]")
@click.option("--dry-run", is_flag=True, help="Look, say what came of it, and keep nothing.")
@click.option(
    "--import",
    "files",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    metavar="FILE",
    help="Take snapshots made elsewhere (python -m harvest ... --json) from this file and those named after"
    " it; looks at nothing.",
)
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.pass_obj
def harvest(
    settings: Settings,
    ids: tuple[str, ...],
    due: bool,
    jobs: int | None,
    dry_run: bool,
    files: tuple[Path, ...],
    lang: str,
) -> None:
    """Look at the repositories of these solutions (without ids: of all) and keep what was learned.

    A line for each repository: new, changed, unchanged, failed and why, or taken: somebody else looks at it
    now. What failed keeps its last good snapshot. Exit code 1 if a look failed, a file was refused, or the
    harvest was stopped before its end.
    """
    if files:
        files, ids = (*files, *map(Path, ids)), ()  # --import a.json b.json
    if files and (due or jobs or dry_run):
        raise click.UsageError("--import takes what the files hold and looks at nothing; leave all else out")
    store = Store.open(settings.database_url, migrate=not dry_run)
    try:
        failed = _import(store, files) if files else _harvest(settings, store, ids, due, jobs, dry_run, lang)
    except UnknownSolution as error:
        raise click.ClickException(f"{error}: no published solution has this id") from None
    except BadSetting as error:
        raise click.ClickException(str(error)) from None
    finally:
        store.close()
    if not dry_run:
        publishing.show(publishing.run(settings), dry_run=False, lang=lang)
    if failed:
        raise SystemExit(1)


def _harvest(
    settings: Settings,
    store: Store,
    ids: Sequence[str],
    due: bool,
    jobs: int | None,
    dry_run: bool,
    lang: str,
) -> bool:
    """Look and print; returns whether anything failed."""
    keys = keys_of_solutions(store, ids)
    if due:
        keys = due_keys(store, keys, datetime.now(UTC))
    counts: Counter[Result] = Counter()
    left = 0
    progress = progress_bar(len(keys), least=2, console=Console())
    with Looking(settings, jobs=jobs) as looking, _stopping(looking.stop), progress as bar:
        task = bar.add_task("harvest", total=len(keys))
        for done in refresh(store.harvest, keys, looking, now=_now, dry_run=dry_run):
            counts[done.result] += 1
            bar.update(task, advance=1)
            bar.console.print(line_of(done, lang), highlight=False, markup=False, soft_wrap=True)
        if looking.stop.is_set():
            left = len(keys) - counts.total()
        elif not dry_run and not ids:
            refresh_pages(store.harvest, contact_pages(store), looking.page, now=_now())
    shown = [result for result in Result if result is not Result.TAKEN or counts[result]]
    click.echo(", ".join(f"{result}: {counts[result]}" for result in shown))
    if left:
        click.echo(f"stopped before the end; not looked at: {left}")
    return bool(counts[Result.FAILED] or left)


def line_of(done: Refreshed, lang: str) -> str:
    """One look in one line: what came of it, where, and why it failed or what has happened."""
    if done.result is Result.FAILED:
        return f"failed: {done.address}: {told(done.reason, done.detail, lang)}"
    happened = ", ".join(change.kind for change in done.changes)
    return f"{done.result}: {done.address}" + (f" ({happened})" if happened else "")


def _import(store: Store, files: Sequence[Path]) -> bool:
    """Take over snapshots; a bad file is refused as a whole. Returns whether anything was."""
    snapshots: list[Snapshot] = []
    refused = False
    for file in files:
        try:
            snapshots += load_snapshots(file)
        except BadSnapshotFile as error:
            refused = True
            click.echo(f"refused: {error}", err=True)
    for snapshot, outcome in import_snapshots(store, snapshots, now=_now()):
        what, _, why = outcome.partition(": ")
        place = f"{snapshot.asked[:200]} ({snapshot.looked_at.date().isoformat()})"
        refused = refused or what == REFUSED
        click.echo(f"{what}: {place}" + (f": {why}" if why else ""), err=what == REFUSED)
    return refused


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """End what runs, and begin nothing new, when told to stop."""

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {sign: signal.signal(sign, on_signal) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
