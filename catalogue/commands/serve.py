"""`catalogue serve`: publish what has changed, then answer with gunicorn."""

import click

from catalogue.app import login_service_of
from catalogue.commands.carriers import carriers_from
from catalogue.commands.publish import run, show
from catalogue.config import BadSetting, Settings
from catalogue.server import Server
from catalogue.services.publish import TooManyRemovals
from catalogue.storage.errors import StoreError, StoreNotWritable
from catalogue.storage.store import Store


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Publish the entries if anything changed, and serve the catalogue."""
    try:
        # Said here once, not by each process that fails to start.
        carriers_from(settings)
        login_service_of(settings)
    except BadSetting as error:
        raise click.ClickException(str(error)) from None
    try:
        show(run(settings), dry_run=False, lang="de")
    except TooManyRemovals as error:
        click.echo(
            f"warning: {error}; the published catalogue stays. See: catalogue publish --help", err=True
        )
    except StoreNotWritable as error:
        if not _is_published(settings):
            raise
        click.echo(f"warning: {error.en} What is published is served meanwhile.", err=True)
    if not settings.office_email:
        click.echo("note: CATALOGUE_OFFICE_EMAIL is not set; hints and reports have no mailbox yet", err=True)
    click.echo(f"http://{host}:{port}")
    Server(settings, bind=f"{host}:{port}", workers=workers).run()


def _is_published(settings: Settings) -> bool:
    try:
        store = Store.open(settings.database_url, migrate=False)
    except StoreError:
        return False
    is_published = store.find_state() is not None
    store.close()
    return is_published
