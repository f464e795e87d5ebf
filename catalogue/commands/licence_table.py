"""`python -m catalogue.commands.licence_table`: makes the table of licence texts that we ship.

`catalogue/data/licences/SOURCE.md` says where the texts come from.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from catalogue import places
from catalogue.standards.licence_text.pack import Text, pack
from catalogue.standards.licence_text.words import words_of

# Ids whose text another id has too, and ids that are no longer used: one text, one answer.
_OTHER_NAMES = re.compile(
    r"-or-later$|\+$|-(?:no-)?invariants-|-(?:no-)?RFN$|-no-copyleft-exception$"
    r"|^(?:A|L)?GPL-[\d.]+$|^GFDL-[\d.]+$|^GPL-.*-with-|^(?:eCos-2\.0|Nunit|StandardML-NJ|wxWindows|bzip2-1\.0\.5)$"
    r"|^(?:BSD-2-Clause-FreeBSD|BSD-2-Clause-NetBSD|Net-SNMP)$"
)
# Parts that often stand alone: name of the part, whose text, from where, up to where.
_PARTS = (
    ("terms", r"^(?:Apache-2\.0|L?GPL-|AGPL-)", r"\A", r"END OF TERMS AND CONDITIONS"),
    ("alone", r"^LGPL-3\.0", r"\A", r"GNU GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007"),
    ("alone", r"^CC0-1\.0", r"Statement of Purpose", r"\Z"),
    ("terms", r"^CC-BY.*-4\.0$", r"By exercising the Licensed Rights", r"Creative Commons is not a party"),
    ("terms", r"^CC-BY.*-[123]\.\d$", r"THE WORK \(AS DEFINED BELOW\)", r"Creative Commons is not a party"),
    ("terms", r"^(?:MPL|EPL|CDDL|CPL)-", r"\A", r"(?:Exhibit|EXHIBIT) A\b"),
    ("terms", r"^EUPL-", r"\A", r"\n\s*Appendix\b"),
)


def _wanted(folder: Path) -> Iterator[tuple[str, str]]:
    known = {path.stem: path for path in folder.glob("*.json")}
    for name in sorted(known):
        if _OTHER_NAMES.search(name) and not (name.endswith("-or-later") and _only(name) not in known):
            continue
        yield name, json.loads(known[name].read_text(encoding="utf-8"))["licenseText"]


def _only(name: str) -> str:
    return name.replace("-or-later", "-only")


def texts_of(spdx: Path, translations: Path | None) -> Iterator[Text]:
    """Every text of SPDX's list once, the parts of some, then the translations of the EUPL."""
    for name, text in _wanted(spdx):
        yield Text(name, text)
        for part, whose, start, end in _PARTS:
            if not re.search(whose, name) or not (first := re.search(start, text)):
                continue
            rest = text[first.start() :]
            last = re.search(end, rest[200:])
            cut = rest[: 200 + last.start()] if last and end != r"\Z" else rest
            if len(cut) < len(text):
                yield Text(name, cut, part=part)
    if translations:
        for path in sorted(translations.glob("*.*.txt")):
            name, language, _ = path.name.rsplit(".", 2)
            yield Text(name, path.read_text(encoding="utf-8-sig"), language=language)


@click.command()
@click.argument("spdx", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--translations", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--version", required=True, help="Of SPDX's list.")
def main(spdx: Path, translations: Path | None, version: str) -> None:
    """Write the table from the folder SPDX (`licenses/` of the package spdx-license-list).

    Translations are files such as EUPL-1.2.de.txt.
    """
    texts = [text for text in texts_of(spdx, translations) if len(words_of(text.text).tokens) > 1]
    target = places.PACKAGE / "data" / "licences" / "texts.bin"
    target.write_bytes(pack(texts, version))
    click.echo(f"{target}: {len(texts)} texts, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
