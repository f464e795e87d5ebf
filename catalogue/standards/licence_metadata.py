"""What package metadata and REUSE files say about licences. Broken or hostile files say nothing."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from catalogue.standards.licence_files import Covers, covers_of
from catalogue.standards.toml_text import parse_toml

LONGEST = 400_000  # characters of a file that are read
MOST = 50  # statements taken from one file

# A statement: what it says, in which line, about what.
Said = tuple[str, int, Covers]

_POM_NAME = re.compile(r"<name>([^<]{1,300})</name>")
_CLASSIFIER = re.compile(r"License\s*::\s*(?:OSI Approved\s*::\s*)?([^\n\"']{2,120})")
_SETUP = re.compile(r"^\s*license\s*=\s*[\"']?([^\"'\n,]{2,120})", re.M)


def statements(name: str, text: str) -> list[Said]:
    """All statements of a file, by the name of the file; none where it cannot be read."""
    reader = _READERS.get(name.lower())
    if reader is None or len(text) > LONGEST:
        return []
    try:
        return [said for _, said in zip(range(MOST), reader(text), strict=False)]
    except (ValueError, RecursionError):  # not JSON, not TOML, or nested without end
        return []


def _line(text: str, part: str) -> int:
    place = text.find(part)
    return text.count("\n", 0, place) + 1 if place >= 0 else 1


def _pyproject(text: str) -> Iterator[Said]:
    data = parse_toml(text)
    for table in (data.get("project"), _at(data, "tool", "poetry")):
        if not isinstance(table, Mapping):
            continue
        stated = table.get("license")
        if isinstance(stated, Mapping):
            stated = stated.get("text")
        if isinstance(stated, str) and stated.strip():
            yield stated, _line(text, "license"), Covers.ALL
        classifiers = table.get("classifiers")
        for one in classifiers if isinstance(classifiers, list) else ():
            if isinstance(one, str) and (match := _CLASSIFIER.match(one)):
                yield match.group(1), _line(text, one), Covers.ALL


def _cargo(text: str) -> Iterator[Said]:
    stated = _at(parse_toml(text), "package", "license")
    if isinstance(stated, str):
        yield stated.replace("/", " OR "), _line(text, "license"), Covers.ALL


def _package(text: str) -> Iterator[Said]:
    data = json.loads(text)
    if not isinstance(data, Mapping):
        return
    stated = data.get("license", data.get("licenses"))
    found = [
        str(one.get("type", "")) if isinstance(one, Mapping) else one
        for one in (stated if isinstance(stated, list) else [stated])
    ]
    names = [one for one in found if isinstance(one, str) and one.strip()]
    if names:  # composer and npm alike: of several one may choose
        yield " OR ".join(names), _line(text, '"license'), Covers.ALL


def _pom(text: str) -> Iterator[Said]:
    """By patterns: a parser of XML would resolve what a stranger declares in it."""
    for block in _between(_without_comments(text), "<licenses>", "</licenses>"):
        for match in _POM_NAME.finditer(block):
            name = unescape(match.group(1)).strip()
            yield name, _line(text, match.group()), Covers.ALL


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
    """What stands between two marks. No pattern: one that looks for an end everywhere takes for ever."""
    end = 0
    while (start := text.find(opening, end)) >= 0 and (end := text.find(closing, start)) >= 0:
        yield text[start + len(opening) : end]


def _without_comments(text: str) -> str:
    kept: list[str] = []
    for part in text.split("<!--") if "-->" in text else [text]:
        kept.append(part.partition("-->")[2] if kept else part)
    return "".join(kept)


def _setup(text: str) -> Iterator[Said]:
    for pattern in (_SETUP, _CLASSIFIER):
        for match in pattern.finditer(text):
            if not match.group(1).strip().startswith(("file", "open(")):
                yield match.group(1).strip(), text.count("\n", 0, match.start(1)) + 1, Covers.ALL


def _reuse(text: str) -> Iterator[Said]:
    annotations = parse_toml(text).get("annotations")
    for one in annotations if isinstance(annotations, list) else ():
        if not isinstance(one, Mapping):
            continue
        path, stated = one.get("path"), one.get("SPDX-License-Identifier")
        paths = [part for part in (path if isinstance(path, list) else [path]) if isinstance(part, str)]
        covers = (
            Covers.ALL if any(part in ("**", "*", "**/*") for part in paths) else covers_of(" ".join(paths))
        )
        for licence in stated if isinstance(stated, list) else [stated]:
            if isinstance(licence, str):
                yield licence, _line(text, licence), covers


def _dep5(text: str) -> Iterator[Said]:
    for block in re.split(r"\n\s*\n", text):
        files = re.search(r"^Files:[ \t]*([^\n]{1,500})", block, re.M)
        licence = re.search(r"^License:[ \t]*([^\n]{1,200})", block, re.M)
        if files and licence:
            covers = Covers.ALL if files.group(1).strip() in ("*", "**") else covers_of(files.group(1))
            yield licence.group(1).strip(), _line(text, licence.group()), covers


def _at(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


_READERS: Mapping[str, Callable[[str], Iterator[Said]]] = {
    "pyproject.toml": _pyproject,
    "cargo.toml": _cargo,
    "package.json": _package,
    "composer.json": _package,
    "pom.xml": _pom,
    "setup.cfg": _setup,
    "setup.py": _setup,
    "reuse.toml": _reuse,
    "dep5": _dep5,
}
