"""`catalogue register`: bring the register of municipalities up to date."""

from datetime import UTC, datetime
from pathlib import Path

import click

from catalogue import places
from catalogue.config import Settings
from catalogue.domain.register_update import Update, UpdateBlocked
from catalogue.services.register import update as update_register
from catalogue.services.today import day_here
from catalogue.services.used_keys import used_keys
from catalogue.storage.register import RegisterFault


@click.group()
def register() -> None:
    """The register of municipalities and districts."""


@register.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--successors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Table old,new,date of merged municipalities.",
)
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), help="Folder to write (default: data folder)."
)
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.pass_obj
def update(settings: Settings, file: Path, successors: Path | None, into: Path | None, dry_run: bool) -> None:
    """Update from FILE: GV100AD or the Auszug aus dem Gemeindeverzeichnis (both of Destatis).

    A key that vanishes without successor and is used by an entry stops the update and is listed.
    """
    current = places.register_folder(settings.data)
    target = into or settings.data / "register"
    try:
        plan = update_register(
            current,
            target,
            file,
            successors,
            used_keys=used_keys(settings.entries or places.ENTRIES, settings.database_url),
            today=day_here(datetime.now(UTC)),
            dry_run=dry_run,
        )
    except (UpdateBlocked, RegisterFault) as error:
        raise click.ClickException(f"{error}\nNothing was changed.") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}; nothing was changed.") from None
    _show(plan, dry_run=dry_run)
    if not dry_run:
        click.echo(f"written: {target}\nPublish it with: catalogue publish")


def _show(plan: Update, *, dry_run: bool) -> None:
    rows = {
        "added": [row.key for row in plan.added],
        "renamed": [f"{before.name} -> {after.name}" for before, after in plan.renamed],
        "changed": [after.key for _, after in plan.changed],
        "merged": list(plan.vanished_with_successor),
        "vanished": list(plan.vanished_unused),
        "blocked": [f"{key} {plan.vanished_names[key]}" for key in plan.blocked],
    }
    for name, keys in rows.items():
        if keys:
            more = ", …" if len(keys) > 10 and name != "blocked" else ""
            shown = keys if name == "blocked" else keys[:10]
            click.echo(f"{name}: {len(keys)} ({', '.join(str(key) for key in shown)}{more})")
    if plan.looks_cut_off:
        click.echo("warning: more than a tenth of the register would vanish; is the file complete?")
    if dry_run:
        click.echo("dry run: nothing was written")
