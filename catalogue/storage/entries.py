"""Files under entries/ -> entries as written, with every fault of the file itself as a problem."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypedDict

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from catalogue.domain.bodies import ModelProject, Organisation, Topic
from catalogue.domain.entry import Entry, Problem, Value, dotted
from catalogue.domain.lists import model_project_of, organisation_of, synonym_group_of, topic_of
from catalogue.domain.synonyms import SynonymGroup
from catalogue.standards.yaml_text import Document, Fault, read_yaml

LARGEST = 100_000  # bytes of one entry
LARGEST_LIST = 2_000_000  # bytes of organisations.yml and its like
LARGEST_PICTURE = 1_000_000
ENGLISH = re.compile(r"^<!--[ \t]*en[ \t]*-->[ \t]*$", re.MULTILINE | re.IGNORECASE)
ENDINGS = (".md", ".yml", ".yaml")
LISTS = {
    "organisation": "organisations.yml",
    "topic": "topics.yml",
    "model-project": "model-projects.yml",
    "synonym": "synonyms.yml",
}
MAY_BE_ABSENT = frozenset({"synonym"})  # nothing refers to it
_LIST_KINDS = {name: kind for kind, name in LISTS.items()}
# The value of a YAML block scalar begins on the line below its key.
_BLOCK = re.compile(r":[ \t]+[|>][0-9+-]*[ \t]*(#.*)?$")
_MAGIC = {".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesFolder:
    """All that could be read, and what could not. Files of unreadable entries are in `unreadable` by id."""

    entries: tuple[Entry, ...] = ()
    items: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)  # by kind: LISTS
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    model_projects: Mapping[str, ModelProject] = field(default_factory=dict)
    synonyms: Mapping[str, SynonymGroup] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


class _TextHandler(YAMLHandler):
    """Front matter whose scalars stay text; keeps the document with its lines and faults."""

    def __init__(self, closing: int, first_line: int) -> None:
        super().__init__()
        self.closing = closing  # index of the closing line `---`
        self.first_line = first_line
        self.document = Document(None, {}, ())

    def split(self, text: str) -> tuple[str, str]:
        # The library's own boundary also takes `-----` and swallows blank lines, so that lines shift.
        lines = text.split("\n")
        return "\n".join(lines[1 : self.closing]), "\n".join(lines[self.closing + 1 :])

    def load(self, fm: str, **kwargs: object) -> Any:
        self.document = read_yaml(fm, first_line=self.first_line)
        return dict(self.document.value) if isinstance(self.document.value, Mapping) else {}


class _Unreadable(Exception):
    """A file that cannot be taken as text; `code` and `facts` say why."""

    def __init__(self, code: str, line: int = 1, **facts: str) -> None:
        super().__init__(code)
        self.code, self.line, self.facts = code, line, facts


def load_folder(folder: Path) -> EntriesFolder:
    """Read the solutions and lists of an entries folder. Never raises for what stands in the files."""
    problems: list[Problem] = []
    items: dict[str, tuple[Entry, ...]] = {}
    for kind, name in LISTS.items():
        is_there = kind not in MAY_BE_ABSENT or os.path.lexists(folder / name)
        items[kind], found = load_list(folder / name) if is_there else ((), [])
        problems += found
    problems += _check_endings(folder / "solutions")
    entries: list[Entry] = []
    unreadable: set[str] = set()
    for path in solution_files(folder):
        entry, found = load_entry(path, root=folder)
        problems += found
        if entry is not None:
            entries.append(entry)
        else:
            unreadable.add(path.stem)
    return EntriesFolder(
        entries=tuple(sorted(entries, key=lambda entry: entry.id)),
        items=items,
        **_by_id(items),
        unreadable=frozenset(unreadable),
        problems=tuple(problems),
    )


def with_list(folder: EntriesFolder, path: Path) -> EntriesFolder:
    """The folder with one of its lists replaced by a file of that name. Raises KeyError for other names."""
    found, problems = load_list(path)
    items = {**folder.items, _LIST_KINDS[path.name]: found}
    return replace(folder, items=items, problems=(*folder.problems, *problems), **_by_id(items))


class _ById(TypedDict):
    organisations: Mapping[str, Organisation]
    topics: Mapping[str, Topic]
    model_projects: Mapping[str, ModelProject]
    synonyms: Mapping[str, SynonymGroup]


def _by_id(items: Mapping[str, Sequence[Entry]]) -> _ById:
    return {
        "organisations": {item.id: organisation_of(item) for item in items["organisation"]},
        "topics": {item.id: topic_of(item) for item in items["topic"]},
        "model_projects": {item.id: model_project_of(item) for item in items["model-project"]},
        "synonyms": {item.id: synonym_group_of(item) for item in items["synonym"]},
    }


def solution_files(folder: Path) -> list[Path]:
    """The files of `solutions/` that are entries, in order of their names."""
    return [path for path in _files(folder / "solutions") if path.name.endswith(ENDINGS)]


def _check_endings(folder: Path) -> list[Problem]:
    """Nothing lies beside the entries that was meant to be one (`parkapi.md.txt`, `parkapi.MD`)."""
    known = (*ENDINGS, *_MAGIC, ".license")
    return [
        Problem(file=str(path), line=0, field="", code="file-ending", facts={"value": path.name[:80]})
        for path in _files(folder)
        if not path.name.endswith(known)
    ]


def _files(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in sorted(os.listdir(folder)) if not name.startswith(".")]
    except OSError:
        return []


def load_entry(path: Path, *, root: Path | None = None) -> tuple[Entry | None, list[Problem]]:
    """One solution, or None with the problems that keep it from being read.

    `root` is the folder that a symbolic link must not lead out of.
    """
    file = str(path)
    try:
        text = _read_text(path, root or path.parent, LARGEST)
        return _entry_from(path, text) if path.suffix == ".md" else _plain_entry_from(path, text)
    except _Unreadable as error:
        return None, [Problem(file=file, line=error.line, field="", code=error.code, facts=error.facts)]


def _entry_from(path: Path, text: str) -> tuple[Entry, list[Problem]]:
    first_line = _leading_lines(text) + 1
    lines = text.strip().split("\n")
    if lines[0].rstrip() != "---":
        raise _Unreadable("front-matter-missing", first_line)
    closing = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if closing is None:
        raise _Unreadable("front-matter-open", first_line)
    handler = _TextHandler(closing, first_line + 1)
    _, body = frontmatter.parse(text, handler=handler)
    above = (i for i, line in enumerate(lines[closing + 1 :], closing + 1) if line.strip())
    return _checked_entry(path, handler.document, body, first_line + next(above, closing))


def _leading_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _plain_entry_from(path: Path, text: str) -> tuple[Entry, list[Problem]]:
    document = read_yaml(text)
    fields = dict(document.value) if isinstance(document.value, Mapping) else {}
    body = fields.pop("text", None)
    line = document.lines.get(("text",), 1)
    if _BLOCK.search(text.split("\n")[line - 1]):
        line += 1
    if isinstance(document.value, Mapping):
        document = Document(fields, document.lines, document.faults)
    return _checked_entry(path, document, body if isinstance(body, str) else "", line)


def _checked_entry(
    path: Path,
    document: Document,
    body: str,
    text_line: int,
) -> tuple[Entry, list[Problem]]:
    problems = [_problem_of(str(path), fault) for fault in document.faults]
    if not isinstance(document.value, Mapping):
        if problems:
            raise _Unreadable(problems[0].code, problems[0].line, **problems[0].facts)
        raise _Unreadable("front-matter-empty", 1)
    marker = ENGLISH.search(body)
    german, english = (body[: marker.start()], body[marker.end() :]) if marker else (body, "")
    lines = {**document.lines, ("text",): text_line}
    if marker:
        lines[("text_en",)] = text_line + body.count("\n", 0, marker.end()) + _leading_lines(english)
    entry = Entry(
        id=path.stem,
        file=str(path),
        fields=document.value,
        lines=lines,
        text=german.strip(),
        text_en=english.strip(),
        text_line=text_line,
        pictures=_pictures(path.parent, document.value.get("screenshots")),
    )
    return entry, problems


def _problem_of(file: str, fault: Fault) -> Problem:
    return Problem(file=file, line=fault.line, field=dotted(fault.path), code=fault.code, facts=fault.facts)


def load_list(path: Path) -> tuple[tuple[Entry, ...], list[Problem]]:
    """The items of a list such as organisations.yml, each as an entry of its own."""
    file = str(path)
    try:
        document = read_yaml(_read_text(path, path.parent, LARGEST_LIST))
    except _Unreadable as error:
        return (), [Problem(file=file, line=error.line, field="", code=error.code, facts=error.facts)]
    problems = [_problem_of(file, fault) for fault in document.faults]
    if not isinstance(document.value, Mapping):
        return (), problems or [Problem(file=file, line=1, field="", code="list-empty")]
    items = []
    for key, fields in document.value.items():
        if isinstance(fields, Mapping):
            items.append(Entry(id=key, file=file, fields=fields, lines=document.lines, prefix=(key,)))
        else:
            line = document.lines.get((key,), 1)
            problems.append(
                Problem(file=file, line=line, field=key[:80], code="item-not-a-map", facts={"name": key[:80]})
            )
    return tuple(items), problems


def _read_text(path: Path, root: Path, largest: int) -> str:
    """The text of a regular file inside `root`. Raises `_Unreadable`."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve()):
            raise _Unreadable("file-link")
        if not stat.S_ISREG(real.stat().st_mode):
            raise _Unreadable("file-kind")
        with real.open("rb") as stream:
            data = stream.read(largest + 1)
    except FileNotFoundError:
        raise _Unreadable("file-absent-here") from None
    except (OSError, RuntimeError) as error:
        raise _Unreadable("file-unreadable", said=getattr(error, "strerror", None) or "?") from None
    if len(data) > largest:
        raise _Unreadable("file-large", largest=f"{largest // 1000} kB")
    if not data.strip():
        raise _Unreadable("file-empty")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _Unreadable("file-bom")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unreadable("file-encoding", data[: error.start].count(b"\n") + 1) from None
    if "\x00" in text:
        raise _Unreadable("file-binary", text[: text.index("\x00")].count("\n") + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _pictures(folder: Path, rows: Value) -> frozenset[str]:
    """Those of the named screenshots that are real pictures beside the entry."""
    if isinstance(rows, str) or not isinstance(rows, Sequence):
        return frozenset()
    names = [row.get("file") for row in rows if isinstance(row, Mapping)]
    return frozenset(
        name
        for name in names
        if isinstance(name, str) and Path(name).name == name and is_picture(folder / name)
    )


def is_picture(path: Path) -> bool:
    """Whether the file is a picture of the kind that its name says, no link, and not too large."""
    try:
        if path.suffix not in _MAGIC:
            return False
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_PICTURE:
            return False
        with path.open("rb") as stream:
            return stream.read(16).startswith(_MAGIC[path.suffix])
    except OSError:
        return False
