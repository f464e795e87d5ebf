"""The command `catalogue`: reads arguments, calls one service each, prints."""

import os
import sys

import click

from catalogue.commands.check import check
from catalogue.commands.new import new, schema
from catalogue.commands.publish import publish, worker
from catalogue.commands.register import register
from catalogue.commands.search import search
from catalogue.commands.serve import serve
from catalogue.config import BadSetting, Settings
from catalogue.server import log_to_output
from catalogue.storage.errors import StoreError
from catalogue.storage.register import RegisterFault


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reuse-catalogue")
@click.pass_context
def cli(context: click.Context) -> None:
    """The open-source reuse catalogue for municipalities.

    Settings are environment variables CATALOGUE_*; docs/settings.md lists them.
    """
    log_to_output()
    try:
        context.obj = Settings.from_environ(os.environ)
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


for command in (check, new, publish, register, schema, search, serve, worker):
    cli.add_command(command)


def main() -> None:
    """Run the command line; trouble with the store becomes a sentence that says what to do."""
    try:
        cli.main(standalone_mode=True)
    except StoreError as error:
        click.echo(f"catalogue: {error.de}\ncatalogue: {error.en}", err=True)
        sys.exit(1)
    except RegisterFault as error:
        click.echo(f"catalogue: {error}", err=True)
        sys.exit(1)
