"""Checks entries: reads the files, asks the rules, gathers every problem."""

import itertools
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from catalogue.domain.bodies import Bodies
from catalogue.domain.checks import Known
from catalogue.domain.entry import Entry, Problem, Severity
from catalogue.domain.entry_rules import (
    check_entry,
    check_model_project,
    check_organisation,
    check_together,
    check_topic,
    check_topics_together,
)
from catalogue.domain.register import Municipality, Register
from catalogue.domain.synonym_rules import check_synonym_group, check_synonyms_together
from catalogue.storage.entries import (
    ENDINGS,
    LISTS,
    EntriesFolder,
    load_entry,
    load_folder,
    solution_files,
    with_list,
)
from catalogue.storage.search.tokens import tokenise

MOST_SUGGESTIONS = 50  # a file, of 20 to 40 ms each
_BESIDE = ("README.md", "schema.json")  # of the entries folder; these are no entries and meant to be there
_BESIDE_ENDINGS = (".license", ".png", ".jpg", ".jpeg", ".webp")
_CHECKS = {
    "organisation": check_organisation,
    "topic": check_topic,
    "model-project": check_model_project,
    "synonym": check_synonym_group,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFolder:
    """An entries folder with all its problems; `bad_ids` may not be published, nor lists in `bad_lists`."""

    folder: EntriesFolder
    problems: tuple[Problem, ...]
    bad_ids: frozenset[str]
    bad_lists: frozenset[str]


def check_folder(
    folder_path: Path, register: Register, *, today: date, extra: Iterable[Path] = ()
) -> CheckedFolder:
    """Check a whole entries folder.

    `extra` are files of elsewhere that are judged as if they stood in it, in place of an entry with the
    same id or a list of the same name. Those that lie in the folder where nothing is read are problems.
    """
    folder = _with_extra(load_folder(folder_path), folder_path, [*extra, *_strays(folder_path)])
    known = Known(
        bodies=Bodies(register, folder.organisations),
        suggest=_patient(register),
        topics=frozenset(folder.topics),
        solutions=frozenset(entry.id for entry in folder.entries) | folder.unreadable,
        model_projects=frozenset(folder.model_projects),
        today=today,
    )
    problems = list(folder.problems)
    for kind, check in _CHECKS.items():
        patient = replace(known, suggest=_patient(register))
        for item in folder.items.get(kind, ()):
            problems += check(item, patient)
    problems += check_topics_together(folder.items.get("topic", ()))
    for entry in folder.entries:
        problems += check_entry(entry, replace(known, suggest=_patient(register)))
    problems += check_together(folder.entries)
    problems += check_synonyms_together(folder.items.get("synonym", ()), _as_searched)
    errors = {problem.file for problem in problems if problem.severity is Severity.ERROR}
    return CheckedFolder(
        folder=folder,
        problems=tuple(
            sorted(_without_repetitions(problems), key=lambda p: (p.file, p.line, p.field, p.code))
        ),
        bad_ids=folder.unreadable
        | {entry.id for entry in folder.entries if entry.file in errors or _lacks_a_list(entry, folder)},
        bad_lists=frozenset(kind for kind, name in LISTS.items() if str(folder_path / name) in errors),
    )


def _lacks_a_list(entry: Entry, folder: EntriesFolder) -> bool:
    """Whether it cannot be judged, because a list that it refers to is missing. That is said at the list."""
    lists = {"topics": folder.topics, "model_projects": folder.model_projects}
    return any(name in entry.fields and not items for name, items in lists.items())


def _patient(register: Register) -> Callable[[str], Municipality | None]:
    """Suggestions for the first wrong names of a file: one full of them must not keep the check busy."""
    asked = itertools.count()

    def suggest(name: str) -> Municipality | None:
        if next(asked) >= MOST_SUGGESTIONS:
            return None
        return next(iter(register.suggest(name, limit=1)), None)

    return suggest


def _as_searched(word: str) -> str:
    """A word, or several, as the search compares them."""
    return " ".join(token.form for token in tokenise(word))


def _without_repetitions(problems: Iterable[Problem]) -> Iterable[Problem]:
    """The same remark on the same line says nothing new; another value on that line does."""
    kept = {(p.file, p.line, p.field, p.code, *sorted(p.facts.items())): p for p in problems}
    return kept.values()


def files_read(folder_path: Path) -> list[Path]:
    """The files of an entries folder that are looked at, whether they are good or not."""
    return [*(folder_path / name for name in LISTS.values()), *solution_files(folder_path)]


def _strays(folder_path: Path) -> list[Path]:
    """Files beside the lists that look like entries or lists and are neither."""
    try:
        names = sorted(os.listdir(folder_path))
    except OSError:
        return []
    return [folder_path / name for name in names if name.endswith(ENDINGS) and not name.startswith(".")]


def _with_extra(folder: EntriesFolder, folder_path: Path, extra: Iterable[Path]) -> EntriesFolder:
    # os.path.realpath: Path.resolve of Python 3.11 and 3.12 raises where a link leads to itself.
    root = os.path.realpath(folder_path)
    files = (*map(str, files_read(folder_path)), *(problem.file for problem in folder.problems))
    read = {os.path.realpath(file) for file in files} | {os.path.join(root, name) for name in _BESIDE}
    for path in sorted(extra, key=lambda path: path.name not in LISTS.values()):
        real = os.path.realpath(path)
        if real in read:
            continue
        if Path(real).is_relative_to(root):
            if not path.name.endswith(_BESIDE_ENDINGS):
                misplaced = Problem(file=str(path), line=0, field="", code="file-place")
                folder = replace(folder, problems=(*folder.problems, misplaced))
            continue
        if path.name in LISTS.values():
            folder = with_list(folder, path)
            continue
        entry, found = load_entry(path)
        others = tuple(known for known in folder.entries if known.id != path.stem)
        folder = replace(
            folder,
            entries=(*others, entry) if entry else others,
            unreadable=folder.unreadable if entry else folder.unreadable | {path.stem},
            problems=(*folder.problems, *found),
        )
    return folder
