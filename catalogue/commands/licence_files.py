"""What `catalogue licence identify` says of files; loads no library, which takes longer than the work."""

import json
import os
import re
import stat
from collections.abc import Iterable

from catalogue.domain.licence_notes import sentence
from catalogue.standards.licence_text.identify import NOASSERTION, Identified, identify_file

LONGEST = 2_000_000  # bytes that are read of a file
_UNREADABLE = ("no-such-file", "not-readable")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINES = {"de": ("Zeile", "Zeilen"), "en": ("line", "lines")}


def answers(files: Iterable[str], *, as_json: bool, lang: str = "de") -> tuple[str, int]:
    """What is printed of these files, and the exit code: 1 where one cannot be read."""
    found = [(file, _identified(file)) for file in files]
    code = int(any(set(one.notes) & set(_UNREADABLE) for _, one in found))
    if as_json:
        return json.dumps([_row(file, one) for file, one in found], ensure_ascii=False, indent=1), code
    return "\n".join(_line(file, one, lang) for file, one in found), code


def _identified(file: str) -> Identified:
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


def _row(file: str, one: Identified) -> dict[str, object]:
    return {
        "file": file,
        "spdx": one.spdx,
        "confidence": one.confidence,
        "lines": list(one.lines),
        "notes": list(one.notes),
        "also": list(one.also),
    }


def _line(file: str, one: Identified, lang: str) -> str:
    name = _UNPRINTABLE.sub("\ufffd", file)
    parts = [f"{name}: {one.spdx}", f"{int(one.confidence * 100)} %"]
    first, last = one.lines
    if first:
        word = _LINES[lang][first != last]
        parts.append(f"{word} {first}" if first == last else f"{word} {first}–{last}")
    return ", ".join(parts) + "".join(f"; {sentence(note, lang)}" for note in one.notes)
