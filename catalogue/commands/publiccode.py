"""`catalogue publiccode`: check descriptions of software in the publiccode.yml standard."""

import json
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from catalogue.config import BadSetting, Settings
from catalogue.services.publiccode import STANDARD_INPUT, CheckedFile, check_file, with_network
from catalogue.standards.publiccode.problem import Problem, Severity
from catalogue.standards.publiccode.wording import Language, one_line, sentences

_SEVERITIES = {
    "de": {Severity.ERROR: "Fehler", Severity.WARNING: "Warnung"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning"},
}


@click.group()
def publiccode() -> None:
    """Descriptions of software in the publiccode.yml standard."""


@publiccode.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--network", is_flag=True, help="Also look whether the web addresses in the files are there.")
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.pass_obj
def check(settings: Settings, files: tuple[str, ...], form: str, network: bool, lang: Language) -> None:
    """Check publiccode.yml files against version 0.7, as strictly as the standard's own parser.

    FILE is a path, or - for standard input. Files beside it are looked at, web addresses only with --network.
    Exit code: 0 all valid (warnings do not count), 1 a file is invalid, 2 wrong use.
    """
    checked = [check_file(file) for file in files]
    if network:
        checked = _with_network(settings, checked)
    (_print_json if form == "json" else _print_text)(checked, lang)
    if not all(one.is_valid for one in checked):
        sys.exit(1)


def _with_network(settings: Settings, checked: Sequence[CheckedFile]) -> list[CheckedFile]:
    """The same with addresses looked at, through the harvest's guarded door."""
    # Loaded when asked for only: HTTP is more than half of the time that a check takes.
    looking = import_module("catalogue.commands.looking")
    try:
        made = looking.Looking(settings)
    except BadSetting as error:
        raise click.ClickException(str(error)) from None
    with made as door:
        return [one if one.file == STANDARD_INPUT else with_network(one, door.address) for one in checked]


def _print_text(checked: Sequence[CheckedFile], lang: Language) -> None:
    for one in checked:
        for problem in one.problems:
            key = f"{one_line(problem.key)}: " if problem.key else ""
            place = f"{one_line(one.file)}:{problem.line}:{problem.column}"
            severity = _SEVERITIES[lang][problem.severity]
            click.echo(f"{place}: {key}{severity}: {_sentence(problem, lang)}")
    invalid = sum(not one.is_valid for one in checked)
    warnings = sum(p.severity is Severity.WARNING for one in checked for p in one.problems)
    said = {
        "de": f"{len(checked)} Dateien geprüft, {invalid} ungültig, {warnings} Warnungen",
        "en": f"{len(checked)} files checked, {invalid} invalid, {warnings} warnings",
    }
    click.echo(said[lang], err=True)


def _print_json(checked: Sequence[CheckedFile], lang: Language) -> None:
    rows = [
        {
            "file": one_line(one.file),
            "valid": one.is_valid,
            "problems": [
                {
                    "key": one_line(problem.key),
                    "severity": problem.severity.value,
                    "code": problem.code,
                    "message": _sentence(problem, lang),
                    "line": problem.line,
                    "column": problem.column,
                }
                for problem in one.problems
            ],
        }
        for one in checked
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


def _sentence(problem: Problem, lang: Language) -> str:
    return "; ".join(sentences(problem, lang))
