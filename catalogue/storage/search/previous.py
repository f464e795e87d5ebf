"""What an older index still holds of the catalogue as it is wanted now: one change is no new building."""

import os
import shutil
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.storage.search.facts import FILES, HOLE, Facts, IndexUnusable, facts_alone
from catalogue.storage.search.lexicon import Word
from catalogue.storage.search.postings import sizes_of
from catalogue.storage.search.semantic import VECTORS

_MOST_PARTS = 12  # segments of an index; each costs every new word a look
_MOST_CHANGES, _MOST_CHANGED = 20, 0.05  # so many, or this share, are worth no new index
_MOST_HOLES = 0.2  # share of removed documents
_MOST_HOLES_IN_HASTE = 0.5  # where somebody waits for a change


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """An older index to build on.

    `facts` are what is left of its own: the documents of the first `kept` segments under their old numbers,
    with a hole for each that is gone or has changed, then those of later segments, without holes. `numbers`
    are the old numbers of all of these, `removed` those of the new holes; `added` are the ids of what is to
    be added behind, and `digests` are of its files.
    """

    folder: Path
    facts: Facts
    kept: int
    numbers: Sequence[int]
    removed: tuple[int, ...]
    added: frozenset[str]
    digests: Mapping[str, str]


def find_base(folder: Path, stamps: Mapping[str, str], basis: str) -> Base | None:
    """The index in `folder` as a base for the documents of `stamps`, None where a new one is better.

    `stamps` say when each last changed; one without has always changed.
    """
    found = _facts(folder, basis)
    if found is None:
        return None
    old = found[0]
    same = {one.id for one in old.documents if one.id and stamps.get(one.id) == one.changed != ""}
    removed = tuple(n for n, one in enumerate(old.documents) if one.id and one.id not in same)
    added = frozenset(stamps.keys() - same)
    if len(removed) + len(added) > max(_MOST_CHANGES, _MOST_CHANGED * len(stamps)):
        return None
    return _base(folder, *found, removed, added, most_holes=_MOST_HOLES)


def find_changed(folder: Path, changed: Collection[str], basis: str) -> Base | None:
    """The index in `folder` as a base for one in which these documents alone are others than before."""
    found = _facts(folder, basis)
    if found is None:
        return None
    added = frozenset(changed)
    removed = tuple(number for number, one in enumerate(found[0].documents) if one.id in added)
    return _base(folder, *found, removed, added, most_holes=_MOST_HOLES_IN_HASTE)


def _facts(folder: Path, basis: str) -> tuple[Facts, dict[str, str]] | None:
    try:
        # Damage to the postings is found when the new index is opened: it keeps the digests of what it takes.
        old, digests = facts_alone(folder)
    except IndexUnusable:
        return None
    return (old, digests) if old.basis == basis else None


def _base(
    folder: Path,
    old: Facts,
    digests: Mapping[str, str],
    removed: tuple[int, ...],
    added: frozenset[str],
    *,
    most_holes: float,
) -> Base | None:
    try:
        sizes = sizes_of(folder)
    except Exception:  # Whoosh raises whatever its files make it raise
        return None
    gone = frozenset(removed)
    if sum(sizes) != len(old.documents):
        return None
    holes = len(gone) + sum(not one.id for one in old.documents)
    if holes > max(_MOST_CHANGES, most_holes * len(old.documents)):
        return None
    kept = _kept(sizes, len(added))
    documents = [HOLE if number in gone else one for number, one in enumerate(old.documents)]
    first = sum(sizes[:kept])
    numbers = [*range(first), *(n for n in range(first, len(documents)) if documents[n].id)]
    facts = replace(
        old,
        documents=tuple(documents[number] for number in numbers),
        having=_having(
            old, gone, {number: place for place, number in enumerate(numbers[first:], first)}, first
        ),
        parts=kept,
    )
    return Base(
        folder=folder, facts=facts, kept=kept, numbers=numbers, removed=removed, added=added, digests=digests
    )


def _kept(sizes: Sequence[int], added: int) -> int:
    """How many segments stay as they are where so many documents are added.

    Small ones behind join the new one, so that there are ever fewer the larger they are: a document is
    written again a few times at most, however many changes follow each other. The first one always stays.
    """
    kept, joined = len(sizes), added
    while kept > 1 and (sizes[kept - 1] <= joined or kept >= _MOST_PARTS):
        kept -= 1
        joined += sizes[kept]
    return kept


def _having(
    old: Facts, gone: frozenset[int], moved: Mapping[int, int], first: int
) -> Mapping[str, Mapping[str, Sequence[int]]]:
    """The numbers by facet and value without those that are gone; those from `first` on have moved."""

    def left(numbers: Sequence[int]) -> Sequence[int]:
        if numbers and numbers[-1] >= first:
            begin = bisect_left(numbers, first)
            later = (moved[number] for number in numbers[begin:] if number in moved)
            return [*(number for number in numbers[:begin] if number not in gone), *later]
        if gone.isdisjoint(numbers):
            return numbers
        return [number for number in numbers if number not in gone]

    return {
        name: {value: kept for value, numbers in values.items() if (kept := left(numbers))}
        for name, values in old.having.items()
    }


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
