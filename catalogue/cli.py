"""The command `catalogue`: reads arguments, calls one service each, prints."""

import contextlib
import io
import os
import sys
from typing import NoReturn

import click

from catalogue.commands.benchmark import benchmark
from catalogue.commands.check import check
from catalogue.commands.new import new, schema
from catalogue.commands.publiccode import publiccode
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


for command in (benchmark, check, new, publiccode, publish, register, schema, search, serve, worker):
    cli.add_command(command)


def main() -> None:
    """Run the command line; trouble with the store or the disk becomes a sentence that says what to do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an old terminal lacks letters; a question mark will do
            stream.reconfigure(errors="replace")
    try:
        cli.main(standalone_mode=True)
    except StoreError as error:
        _fail(f"catalogue: {error.de}\ncatalogue: {error.en}")
    except RegisterFault as error:
        _fail(f"catalogue: {error}")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else "cannot write: "
        _fail(f"catalogue: {place}{error.strerror or error}")


def _fail(sentence: str) -> NoReturn:
    with contextlib.suppress(OSError):  # nobody can read it
        click.echo(sentence, err=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # What cannot be written would be tried again at the end, and replace the exit code.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(1)
