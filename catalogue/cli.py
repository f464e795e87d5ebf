"""The command `catalogue`: reads arguments, calls one service each, prints."""

import contextlib
import errno
import io
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from catalogue.config import BadSetting, Settings
from catalogue.log import log_to_output
from catalogue.storage.errors import FileFault, StoreError

# Each command and where it is: only the one that is called is loaded, since some bring a whole web server.
COMMANDS = {
    "account": "catalogue.commands.account",
    "backup": "catalogue.commands.backup",
    "benchmark": "catalogue.commands.benchmark",
    "check": "catalogue.commands.check",
    "deliver": "catalogue.commands.deliver",
    "demo-data": "catalogue.commands.demo_data",
    "harvest": "catalogue.commands.harvest",
    "licence": "catalogue.commands.licence",
    "new": "catalogue.commands.new",
    "publiccode": "catalogue.commands.publiccode",
    "publish": "catalogue.commands.publish",
    "purge": "catalogue.commands.purge",
    "register": "catalogue.commands.register",
    "restore": "catalogue.commands.backup",
    "schema": "catalogue.commands.new",
    "search": "catalogue.commands.search",
    "serve": "catalogue.commands.serve",
    "worker": "catalogue.commands.worker",
}


class OnDemand(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        return command


@click.group(cls=OnDemand, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


def main() -> None:
    """Run the command line; trouble with the store or the disk becomes a sentence that says what to do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an old terminal lacks letters; a question mark will do
            stream.reconfigure(errors="replace")
    try:
        cli.main(standalone_mode=True)
    except StoreError as error:
        _fail(f"catalogue: {error.de}\ncatalogue: {error.en}")
    except FileFault as error:
        _fail(f"catalogue: {error}")
    except OSError as error:
        give_up(error)


def give_up(error: OSError) -> NoReturn:
    """End with a sentence about the disk; with none where nobody reads any more."""
    place = f"{error.filename}: " if error.filename else "cannot write: "
    _fail("" if error.errno == errno.EPIPE else f"catalogue: {place}{error.strerror or error}")


def _fail(sentence: str) -> NoReturn:
    if sentence:
        with contextlib.suppress(OSError):  # nobody can read it
            click.echo(sentence, err=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # What cannot be written would be tried again at the end, and replace the exit code.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(1)
