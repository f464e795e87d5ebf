"""`catalogue licence`: which licence a file grants."""

import json
import os
import re
import stat
import sys
from pathlib import Path

import click

from catalogue.domain.licence_notes import sentence
from catalogue.standards.licence_text.identify import NOASSERTION, Identified, identify_file

LONGEST = 2_000_000  # bytes that are read of a file
_UNREADABLE = ("no-such-file", "not-readable")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINES = {"de": ("Zeile", "Zeilen"), "en": ("line", "lines")}


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
    found = [(file, _identified(file)) for file in files]
    if as_json:
        click.echo(json.dumps([_row(file, one) for file, one in found], ensure_ascii=False, indent=1))
    else:
        for file, one in found:
            click.echo(_line(file, one, lang))
    if any(set(one.notes) & set(_UNREADABLE) for _, one in found):
        sys.exit(1)


def _identified(file: Path) -> Identified:
    try:
        # A pipe or a device would never end.
        if not stat.S_ISREG(os.stat(file).st_mode):
            return Identified(NOASSERTION, 0.0, notes=("not-readable",))
        with open(file, "rb") as opened:
            return identify_file(opened.read(LONGEST))
    except FileNotFoundError:
        return Identified(NOASSERTION, 0.0, notes=("no-such-file",))
    except (OSError, ValueError):  # ValueError: a name with a null character
        return Identified(NOASSERTION, 0.0, notes=("not-readable",))


def _row(file: Path, one: Identified) -> dict[str, object]:
    return {
        "file": str(file),
        "spdx": one.spdx,
        "confidence": one.confidence,
        "lines": list(one.lines),
        "notes": list(one.notes),
        "also": list(one.also),
    }


def _line(file: Path, one: Identified, lang: str) -> str:
    name = _UNPRINTABLE.sub("\ufffd", str(file))
    parts = [f"{name}: {one.spdx}", f"{int(one.confidence * 100)} %"]
    first, last = one.lines
    if first:
        word = _LINES[lang][first != last]
        parts.append(f"{word} {first}" if first == last else f"{word} {first}–{last}")
    return ", ".join(parts) + "".join(f"; {sentence(note, lang)}" for note in one.notes)
