"""`catalogue check`: every problem of the entries at once."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from catalogue import places
from catalogue.config import Settings
from catalogue.domain.entry import Problem, Severity
from catalogue.domain.wording import Language, line_of, one_line, sentences
from catalogue.services.check import CheckedFolder, check_folder, files_read
from catalogue.services.today import day_here
from catalogue.storage.entries import LISTS, solution_files
from catalogue.storage.register import load_register


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--entries", type=click.Path(path_type=Path), help="The whole entries folder (default: entries/)."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.pass_obj
def check(
    settings: Settings, paths: tuple[Path, ...], entries: Path | None, form: str, lang: Language
) -> None:
    """Check entries, organisations, model projects, topics and synonyms; no database is needed.

    With PATH, only problems of those files or folders are shown, judged against the whole entries
    folder. Exit code: 0 clean (remarks do not count), 1 problems, 2 wrong use.
    """
    folder = entries or settings.entries or _default_folder()
    if not folder.is_dir():
        raise click.BadParameter(f"{folder}: there is no such folder", param_hint="--entries")
    for path in paths:
        # A broken link is a problem of the entry; a path that is not there is wrong use.
        if not os.path.lexists(path):
            raise click.BadParameter(f"{path}: there is no such file or folder", param_hint="PATH")
        if not _entry_files(path) and not any(_is_below(file, [path]) for file in files_read(folder)):
            raise click.BadParameter(f"{path}: holds no entry and no list", param_hint="PATH")
    register = load_register(places.register_folder(settings.data))
    # Of a folder around the entries, such as a checkout, only these are meant.
    inner = [path for path in paths if not _is_below(folder, [path])]
    extra = [file for path in inner for file in _entry_files(path)]
    checked = check_folder(folder, register, today=day_here(datetime.now(UTC)), extra=extra)
    given = {file.name for file in extra}
    lists = {folder / name for name in LISTS.values() if name not in given}
    absent = {str(path) for path in lists if not os.path.lexists(path)}
    # Without a list nothing can be judged, whatever was asked for.
    problems = [
        p for p in checked.problems if not paths or p.file in absent or _is_below(Path(p.file), paths)
    ]
    _PRINTERS[form](problems, lang, _count(checked, paths))
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)


def _default_folder() -> Path:
    here = Path("entries")
    return here if here.is_dir() else places.ENTRIES


def _entry_files(path: Path) -> list[Path]:
    """Files that could be entries or lists: the path itself, or what lies below it or its `solutions/`."""
    if not path.is_dir():
        return [path]
    lists = [path / name for name in LISTS.values() if (path / name).is_file()]
    entries = [
        file for file in path.glob("*.md") if file.name != "README.md" and not file.name.startswith(".")
    ]
    return sorted([*lists, *entries, *solution_files(path)])


def _is_below(file: Path, paths: Sequence[Path]) -> bool:
    # os.path.realpath: Path.resolve of Python 3.11 and 3.12 raises where a link leads to itself.
    # And a link out of the folder lies in it all the same.
    lies_at = (Path(os.path.abspath(file)), Path(os.path.realpath(file)))
    return any(
        place.is_relative_to(below)
        for place in lies_at
        for path in paths
        for below in (os.path.abspath(path), os.path.realpath(path))
    )


def _count(checked: CheckedFolder, paths: Sequence[Path]) -> int:
    if not paths:
        return len(checked.folder.entries) + len(checked.folder.unreadable)
    looked_at = {entry.file for entry in checked.folder.entries}
    looked_at |= {p.file for p in checked.problems if Path(p.file).stem in checked.folder.unreadable}
    return sum(_is_below(Path(file), paths) for file in looked_at)


def _print_text(problems: Sequence[Problem], lang: Language, count: int) -> None:
    remark = {"de": "Hinweis: ", "en": "remark: "}[lang]
    for problem in problems:
        line = line_of(problem, lang)
        if problem.severity is Severity.REMARK:
            place, _, rest = line.partition(": ")
            line = f"{place}: {remark}{rest}"
        click.echo(line)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    remarks = len(problems) - errors
    said = {
        "de": f"{count} Einträge geprüft, {errors} Beanstandungen, {remarks} Hinweise",
        "en": f"{count} entries checked, {errors} problems, {remarks} remarks",
    }
    click.echo(said[lang], err=True)


def _print_json(problems: Sequence[Problem], lang: Language, count: int) -> None:
    rows = []
    for problem in problems:
        what, remedy = sentences(problem, lang)
        rows.append(
            {
                "file": one_line(problem.file),
                "line": problem.line,
                "field": one_line(problem.field),
                "severity": problem.severity.value,
                "code": problem.code,
                "message": what,
                "remedy": remedy,
            }
        )
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


def _print_github(problems: Sequence[Problem], lang: Language, count: int) -> None:
    """Annotations as GitHub's and Forgejo's runners read them (workflow commands)."""
    for problem in problems:
        level = "error" if problem.severity is Severity.ERROR else "warning"
        what, remedy = sentences(problem, lang)
        field = f"{problem.field}: " if problem.field else ""
        message = _escape(one_line(f"{field}{what}; {remedy}"))
        file = _escape(one_line(problem.file)).replace(":", "%3A").replace(",", "%2C")
        click.echo(f"::{level} file={file},line={max(problem.line, 1)}::{message}")


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_PRINTERS: Mapping[str, Callable[[Sequence[Problem], Language, int], None]] = {
    "text": _print_text,
    "json": _print_json,
    "github": _print_github,
}
