"""`catalogue demo-data`: a data folder of its own with invented solutions, reuses and reports."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from catalogue import places
from catalogue.benchmark.corpus import SEED
from catalogue.benchmark.invented import Invented
from catalogue.commands.progress import progress_bar
from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.domain.entry import Entry, Value
from catalogue.storage.bulk_reports import write_reports
from catalogue.storage.entries import LISTS, load_folder
from catalogue.storage.invented import FolderInUse, begin_invented
from catalogue.storage.store import Store


@click.command("demo-data")
@click.option("--solutions", type=click.IntRange(1, 100_000), default=200, show_default=True)
@click.option("--reuses", type=click.IntRange(0, 1_000_000), default=1_000, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed makes the same data.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new folder.")
@click.pass_obj
def demo_data(settings: Settings, solutions: int, reuses: int, seed: int, into: Path) -> None:
    """Make a data folder with invented solutions, reuses and reports, and publish it.

    Every page that shows it says that it is invented. Never writes into a folder that holds anything.
    """
    folder = into.absolute()
    if folder.resolve() == settings.data.resolve():
        raise click.ClickException(f"{folder} is the data folder of the settings; name another one")
    try:
        begin_invented(folder)
    except FolderInUse:
        raise click.ClickException(f"{folder} is not empty; name a new folder") from None
    invented = Invented(solutions, reuses, seed=seed)
    entries = folder / "entries"
    with progress_bar(solutions, least=50, console=Console(stderr=True)) as bar:
        task = bar.add_task("entries", total=solutions)
        _write_entries(entries, bar.track(invented.entries(), task_id=task, total=solutions))
    own = replace(settings, data=folder, entries=entries, database_url=f"sqlite:///{folder / 'catalogue.db'}")
    store = Store.open(own.database_url, migrate=True)
    try:
        written = write_reports(store, invented.reports())
    finally:
        store.close()
    done = run(own)
    if done.plan.refused or done.plan.refused_lists:
        raise click.ClickException(
            f"refused: {', '.join([*done.plan.refused_lists, *done.plan.refused][:10])}"
        )
    click.echo(f"{solutions} solutions, {reuses} reuses, {written} of them by reports; all invented")
    click.echo(f"CATALOGUE_DATA={folder} CATALOGUE_ENTRIES={entries} catalogue serve")


def _write_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """An entries folder: the entries, and the lists that they refer to."""
    solutions = folder / "solutions"
    solutions.mkdir(parents=True)
    for name in LISTS.values():
        if (places.ENTRIES / name).is_file():
            shutil.copy(places.ENTRIES / name, folder / name)
    projects = load_folder(places.ENTRIES).items["model-project"]
    without = {item.id: {k: v for k, v in item.fields.items() if k != "solutions"} for item in projects}
    (folder / LISTS["model-project"]).write_text(_yaml(without), encoding="utf-8")
    for entry in entries:
        text = f"---\n{_yaml(entry.fields)}---\n\n{entry.text}\n\n<!-- en -->\n\n{entry.text_en}\n"
        (solutions / f"{entry.id}.md").write_text(text, encoding="utf-8")


def _yaml(fields: Mapping[str, Value] | Mapping[str, dict[str, Value]]) -> str:
    """Each field on a line, its value as JSON, which is YAML too."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
