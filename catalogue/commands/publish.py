"""`catalogue publish`: entries -> store -> index."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from catalogue import places
from catalogue.commands.progress import progress_bar
from catalogue.config import Settings
from catalogue.domain.entry import Problem, Severity
from catalogue.domain.wording import line_of
from catalogue.services.catalogue import index_format
from catalogue.services.check import check_folder
from catalogue.services.publish import Published, TooManyRemovals
from catalogue.services.publish import publish as publish_entries
from catalogue.services.today import day_here
from catalogue.storage.errors import StoreMissing, StoreOutdated
from catalogue.storage.register import load_register
from catalogue.storage.snapshot_files import load_shipped
from catalogue.storage.store import Store


@click.command()
@click.option(
    "--entries", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Entries folder."
)
@click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")
@click.option("--allow-removals", is_flag=True, help="Also remove more than a fifth of the catalogue.")
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.pass_obj
def publish(settings: Settings, entries: Path | None, dry_run: bool, allow_removals: bool, lang: str) -> None:
    """Publish the entries: plan, write the database, build the search index and switch to both at once.

    An entry with problems is refused, and its last good version stays. Exit code 1 if any was refused.
    """
    try:
        done = run(settings, entries=entries, dry_run=dry_run, allow_removals=allow_removals)
    except TooManyRemovals as error:
        raise click.ClickException(
            f"{error}; nothing was changed. Is the entries folder complete? If this is meant, add"
            f" --allow-removals.\n{', '.join(error.removed[:20])}"
        ) from None
    show(done, dry_run=dry_run, lang=lang)
    if done.plan.refused or done.plan.refused_lists:
        raise SystemExit(1)


def run(
    settings: Settings, *, entries: Path | None = None, dry_run: bool = False, allow_removals: bool = False
) -> Published:
    """Check and publish.

    Raises the store's errors, `TooManyRemovals`, and `click.ClickException` where there are no entries to
    publish; nothing has changed then.
    """
    folder = entries or settings.entries or places.ENTRIES
    if not folder.is_dir():
        raise click.ClickException(
            f"{folder} is no folder; nothing was published. Name the folder of the entries with"
            " CATALOGUE_ENTRIES or --entries."
        )
    register = load_register(places.register_folder(settings.data))
    now = datetime.now(UTC)
    checked = check_folder(folder, register, today=day_here(now))
    store = _open(settings, dry_run=dry_run)
    try:
        if not checked.folder.entries and not checked.folder.unreadable and store.find_state() is None:
            raise click.ClickException(
                f"{folder} has no entries (solutions/*.md); nothing was published. Is it the right folder?"
            )
        with progress_bar(len(checked.folder.entries), least=50, console=Console(stderr=True)) as bar:
            task = bar.add_task("index", total=len(checked.folder.entries))
            return publish_entries(
                store,
                checked,
                register,
                settings.data,
                index=index_format(semantic=settings.semantic),
                now=now,
                dry_run=dry_run,
                allow_removals=allow_removals,
                progress=lambda done: bar.update(task, completed=done),
                shipped=load_shipped(places.SNAPSHOTS),
            )
    finally:
        store.close()


def _open(settings: Settings, *, dry_run: bool) -> Store:
    """The store; a dry run before the first publication plans against an empty one in memory."""
    try:
        return Store.open(settings.database_url, migrate=not dry_run)
    except (StoreMissing, StoreOutdated):
        if not dry_run:
            raise
        return Store.open("sqlite://", migrate=True)


def show(done: Published, *, dry_run: bool, lang: str) -> None:
    """Print what was planned or done, and why entries were refused."""
    plan = done.plan
    for words, keys in (("added", plan.added), ("changed", plan.changed), ("removed", plan.removed)):
        _show_ids(words, keys)
    for kind, changes in plan.lists.items():
        _show_ids(f"{kind}s added", changes.added)
        _show_ids(f"{kind}s changed", changes.changed)
        _show_ids(f"{kind}s removed", changes.removed)
        if changes.is_reordered:
            click.echo(f"{kind}s: in another order")
    if plan.is_basis_new:
        click.echo(
            "the register of municipalities or the program has changed: counts and index are made anew"
        )
    if plan.is_seen_anew:
        click.echo("what was seen of repositories has changed")
    refused: Mapping[str, tuple[Problem, ...]] = {**plan.refused_lists, **plan.refused}
    for key, problems in refused.items():
        kept = "; its last good version stays" if key in plan.kept or key in plan.refused_lists else ""
        click.echo(f"refused: {key}{kept}", err=True)
        for problem in problems:
            if problem.severity is Severity.ERROR:
                click.echo(f"  {line_of(problem, 'en' if lang == 'en' else 'de')}", err=True)
    total = len(plan.added) + len(plan.changed) + len(plan.unchanged) + len(plan.kept)
    if dry_run:
        click.echo(f"dry run: nothing was changed; {total} solutions would be published")
    elif done.changed:
        click.echo(f"published: revision {done.revision}, {total} solutions")
    else:
        click.echo(f"nothing to do: revision {done.revision}, {total} solutions, unchanged")


def _show_ids(words: str, ids: Sequence[str]) -> None:
    if ids:
        shown = ", ".join(ids[:10]) + (", …" if len(ids) > 10 else "")
        click.echo(f"{words}: {len(ids)} ({shown})")
