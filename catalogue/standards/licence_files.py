"""Which files of a tree speak about its licence, and what they speak about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST = 40  # files of a tree that are asked
DEEPEST = 3  # folders above a file of source code whose header is read


class Kind(StrEnum):
    """What sort of file speaks, the strongest first."""

    TEXT = "text"  # LICENSE, COPYING and the like
    FOLDER = "folder"  # LICENSES/ as REUSE lays it out
    REUSE = "reuse"  # REUSE.toml, .reuse/dep5, NAME.license
    METADATA = "metadata"
    README = "readme"
    HEADER = "header"  # the first lines of source code


class Covers(StrEnum):
    """What a statement is about."""

    ALL = "all"
    CODE = "code"
    DOCUMENTATION = "documentation"
    DATA = "data"


METADATA = frozenset(
    ("pyproject.toml", "package.json", "composer.json", "pom.xml", "cargo.toml", "setup.cfg", "setup.py")
)
_TEXT = re.compile(
    r"^(?:licen[cs]es?|lizenz(?:en)?|licencia|licenza|licentie|copying|copyright|unlicen[cs]e|mit-licen[cs]e)"
    r"(?:[-_. ](?P<more>[\w.+-]{1,60}?))?(?:\.(?:txt|md|rst|html?|adoc))?$",
    re.I,
)
_README = re.compile(r"^(?:readme|liesmich)(?:\.[a-z]{2})?(?:\.(?:md|rst|txt|adoc|html?))?$", re.I)
_SOURCE = re.compile(r"\.(?:py|js|ts|tsx|java|kt|php|rb|rs|go|c|cc|cpp|h|cs|vue|sql|sh)$", re.I)
_NOT_OURS = re.compile(
    r"(?:^|/)(?:node_modules|vendor|third[-_]?party|dist|build|\.venv|site-packages)/", re.I
)
_DOCUMENTATION = re.compile(
    r"\b(?:docs?|documentation|dokumentation|handbuch|texts?|content|media|images?)\b", re.I
)
_DATA = re.compile(r"\b(?:data|daten|dataset|datasets|geodata|geodaten)\b", re.I)


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """A file that may speak about the licence."""

    path: str
    kind: Kind
    covers: Covers = Covers.ALL


def covers_of(words: str) -> Covers:
    """What a name, a path or a phrase is about."""
    spaced = re.sub(r"[-_./*]", " ", words)
    if _DOCUMENTATION.search(spaced):
        return Covers.DOCUMENTATION
    if _DATA.search(spaced):
        return Covers.DATA
    return Covers.CODE if re.search(r"\b(?:src|code|source|lib|app)\b", spaced, re.I) else Covers.ALL


def licence_files(paths: Sequence[str]) -> tuple[LicenceFile, ...]:
    """The files to ask, strongest first; a few source files stand for all headers."""
    found = [one for path in paths if (one := _licence_file(path))]
    order = list(Kind)
    found.sort(key=lambda one: (order.index(one.kind), one.path.count("/"), one.path))
    headers = [one for one in found if one.kind is Kind.HEADER][:3]
    others = [one for one in found if one.kind is not Kind.HEADER]
    return (*others[: MOST - len(headers)], *headers)


def _licence_file(path: str) -> LicenceFile | None:
    if _NOT_OURS.search(path) or len(path) > 500:
        return None
    parts = tuple(part for part in path.split("/") if part)
    if not parts:
        return None
    name, folders = parts[-1], parts[:-1]
    if folders in (("LICENSES",), ("LICENCES",)):
        return LicenceFile(path, Kind.FOLDER)
    if (
        name in ("REUSE.toml", ".licenserc.yaml")
        or parts[-2:] == (".reuse", "dep5")
        or name.endswith(".license")
    ):
        return LicenceFile(path, Kind.REUSE, covers_of(path) if name.endswith(".license") else Covers.ALL)
    if len(folders) <= 1 and (match := _TEXT.match(name)):
        return LicenceFile(path, Kind.TEXT, _covers_of_text(folders, match["more"] or ""))
    if not folders and name.lower() in METADATA:
        return LicenceFile(path, Kind.METADATA)
    if not folders and _README.match(name):
        return LicenceFile(path, Kind.README)
    if len(folders) <= DEEPEST and _SOURCE.search(name):
        return LicenceFile(path, Kind.HEADER, Covers.CODE)
    return None


def _covers_of_text(folders: tuple[str, ...], more: str) -> Covers:
    """A text in a folder covers that folder; a word in its name may say what it covers."""
    if not folders:
        return covers_of(more)
    about = covers_of(folders[0])
    return about if about is not Covers.ALL else Covers.CODE
