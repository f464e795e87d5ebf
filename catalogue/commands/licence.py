"""`catalogue licence`: which licence a file grants."""

import sys
from pathlib import Path

import click

from catalogue.commands.licence_files import answers


@click.group()
def licence() -> None:
    """Identify licences from their texts."""


@licence.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print file, spdx, confidence, lines, notes and also.")
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
def identify(files: tuple[Path, ...], as_json: bool, lang: str) -> None:
    """Say for each FILE which licence it grants: an SPDX id or expression, and how sure that is.

    NONE: no licence is granted. NOASSERTION: it cannot be told. LicenseRef-...: a licence that is not on
    SPDX's list, or an altered one. Exit code: 1 where a file cannot be read.
    """
    text, code = answers(map(str, files), as_json=as_json, lang=lang)
    click.echo(text)
    if code:
        sys.exit(code)
