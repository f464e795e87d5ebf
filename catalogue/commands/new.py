"""`catalogue new` and `catalogue schema`: help for those who write entries."""

import json
import sys
from pathlib import Path

import click

from catalogue import places
from catalogue.config import Settings
from catalogue.domain.entry_rules import ID, LONGEST_ID
from catalogue.domain.schema import json_schema, template
from catalogue.storage.entries import load_folder


@click.command()
@click.argument("solution_id", metavar="ID")
@click.option("--name", help="Name of the solution (default: the id).")
@click.option("--entries", type=click.Path(path_type=Path, file_okay=False), help="The entries folder.")
@click.option("--dry-run", is_flag=True, help="Print the template instead of writing it.")
@click.pass_obj
def new(settings: Settings, solution_id: str, name: str | None, entries: Path | None, dry_run: bool) -> None:
    """Write a template for a new entry, entries/solutions/ID.md; never over an existing file."""
    if not ID.fullmatch(solution_id) or len(solution_id) > LONGEST_ID:
        raise click.BadParameter(f"use small letters, digits and single hyphens, {LONGEST_ID} at most")
    text = template(name or solution_id)
    if dry_run:
        click.echo(text)
        return
    # Never into an installed package, where the next update would delete it.
    default = places.ENTRIES if places.IN_CHECKOUT else Path("entries")
    folder = (entries or settings.entries or default) / "solutions"
    path = folder / f"{solution_id}.md"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.ClickException(f"{path} exists already; nothing was changed") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None
    click.echo(f"{path}\nFill it in, then run: catalogue check {path}")


@click.command()
@click.option("--check", "compare", is_flag=True, help="Exit 1 if entries/schema.json is not up to date.")
@click.option("--write", is_flag=True, help="Write entries/schema.json.")
@click.pass_obj
def schema(settings: Settings, compare: bool, write: bool) -> None:
    """Print the JSON Schema of an entry's front matter, for editors."""
    folder = settings.entries or places.ENTRIES
    text = json.dumps(json_schema(list(load_folder(folder).topics)), ensure_ascii=False, indent=2) + "\n"
    path = folder / "schema.json"
    if write:
        path.write_text(text, encoding="utf-8")
    elif compare:
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            click.echo(f"{path} is not up to date; run: catalogue schema --write", err=True)
            sys.exit(1)
    else:
        click.echo(text, nl=False)
