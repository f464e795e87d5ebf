"""What an older index still holds of the catalogue as it is wanted now: one change is no new building."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.storage.search.facts import FILES, HOLE, Facts, IndexUnusable, facts_alone
from catalogue.storage.search.lexicon import Word
from catalogue.storage.search.semantic import VECTORS

_MOST_PARTS = 12  # segments of an index; each costs every new word a look
_MOST_CHANGES, _MOST_CHANGED = 20, 0.05  # so many, or this share, are worth no new index
_MOST_HOLES = 0.2  # share of removed documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """An older index to build on: its facts (with a hole for each document that is gone or has changed), the
    numbers of the new holes, the ids of what is to be added behind, and the digests of its files."""

    folder: Path
    facts: Facts
    removed: tuple[int, ...]
    added: frozenset[str]
    digests: Mapping[str, str]


def find_base(folder: Path, stamps: Mapping[str, str], basis: str) -> Base | None:
    """The index in `folder` as a base for the documents of `stamps`, None where a new one is better.

    `stamps` say when each last changed; one without has always changed.
    """
    try:
        # Damage to the postings is found when the new index is opened: it keeps the digests of what it takes.
        old, digests = facts_alone(folder)
    except IndexUnusable:
        return None
    if old.basis != basis or old.parts >= _MOST_PARTS:
        return None
    same = {one.id for one in old.documents if one.id and stamps.get(one.id) == one.changed != ""}
    removed = tuple(n for n, one in enumerate(old.documents) if one.id and one.id not in same)
    added = frozenset(stamps.keys() - same)
    holes = len(old.documents) - len(same)
    if len(removed) + len(added) > max(_MOST_CHANGES, _MOST_CHANGED * len(stamps)):
        return None
    if holes > max(_MOST_CHANGES, _MOST_HOLES * len(old.documents)):
        return None
    documents = tuple(one if one.id in same else HOLE for one in old.documents)
    gone = frozenset(removed)
    having = {
        name: {
            value: kept
            for value, numbers in values.items()
            if (kept := [number for number in numbers if number not in gone])
        }
        for name, values in old.having.items()
    }
    facts = replace(old, documents=documents, having=having)
    return Base(folder=folder, facts=facts, removed=removed, added=added, digests=digests)


def joined(old: Facts, new: Facts) -> Facts:
    """The facts of an index that has the documents of `new` behind those of `old`.

    Words that only a removed document had stay until the index is built anew; they lead nowhere.
    """
    having = {name: dict(values) for name, values in old.having.items()}
    for name, values in new.having.items():
        for value, numbers in values.items():
            having.setdefault(name, {})[value] = [*having.get(name, {}).get(value, ()), *numbers]
    words = {word.form: word for word in old.words}
    for word in new.words:
        before = words.get(word.form)
        words[word.form] = Word(word.form, before.text, before.count + word.count) if before else word
    return replace(
        new,
        documents=(*old.documents, *new.documents),
        having=having,
        words=tuple(words.values()),
        parts=old.parts + 1,
    )


def copy_files(source: Path, target: Path) -> frozenset[str]:
    """Take over the files of postings, which never change and are shared, and return their names."""
    names = {path.name for path in source.iterdir()} - {*FILES, *VECTORS}
    for name in names:
        try:
            os.link(source / name, target / name)
        except OSError:  # another disk, or one that knows no links
            shutil.copy2(source / name, target / name)
    return frozenset(names)
