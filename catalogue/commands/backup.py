"""`catalogue backup` and `catalogue restore`: everything that cannot be made anew, in one file."""

from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from catalogue import places
from catalogue.config import Settings
from catalogue.services.backup import build_index, look_into
from catalogue.services.backup import restore as restore_backup
from catalogue.services.catalogue import index_format
from catalogue.storage.backup import Manifest, write_backup
from catalogue.storage.database import database_file
from catalogue.storage.register import load_register

_SHOWN = {"solution": "solutions", "report": "reports", "event": "events", "account": "accounts"}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def backup(settings: Settings, file: Path, force: bool) -> None:
    """Write database, key and register into one FILE, while the catalogue runs.

    The file holds personal data (addresses, accounts) and the key of this installation: keep it as such.
    """
    manifest = write_backup(
        _database(settings),
        settings.data,
        file.absolute(),
        program=_version(),
        now=datetime.now(UTC),
        overwrite=force,
    )
    click.echo(f"written: {file} ({_counts(manifest)})")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Check the file and say what it holds; change nothing.")
@click.pass_obj
def restore(settings: Settings, file: Path, dry_run: bool) -> None:
    """Put a backup into its place. What is there is kept under another name, and everybody is logged out.

    A running web server shows the restored catalogue by itself.
    """
    database = _database(settings)
    if dry_run:
        manifest = look_into(file, settings.data)
        click.echo(f"sound: {file}, made {manifest.made} ({_counts(manifest)}); nothing was changed")
        return
    done = restore_backup(file, database, settings.data, now=datetime.now(UTC))
    for name, kept in done.kept.items():
        click.echo(f"kept: {name} as it was before, as {kept}")
    click.echo(f"restored: {file}, made {done.manifest.made} ({_counts(done.manifest)})")
    if not done.is_published:
        click.echo("nothing was published when it was made; run: catalogue publish")
        return
    register = load_register(places.register_folder(settings.data))
    index = index_format(semantic=settings.semantic)
    build_index(settings.database_url, settings.data, register, index=index)


def _database(settings: Settings) -> Path:
    file = database_file(settings.database_url)
    if file is None:
        raise click.ClickException(
            "diese Datenbank ist keine Datei; sichern Sie PostgreSQL mit pg_dump und die Datei secret.key im"
            " Datenordner dazu\n"
            "this database is no file; back up PostgreSQL with pg_dump, and the file secret.key of the data"
            " folder with it"
        )
    return file.absolute()


def _counts(manifest: Manifest) -> str:
    return ", ".join(f"{manifest.counts.get(table, 0)} {words}" for table, words in _SHOWN.items())


def _version() -> str:
    try:
        return version("reuse-catalogue")
    except PackageNotFoundError:
        return "unknown"
