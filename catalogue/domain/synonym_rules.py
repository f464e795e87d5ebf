"""Rules for the synonyms: the form of a group and of its words, and no word in two groups."""

from collections.abc import Callable, Iterator, Sequence

from catalogue.domain.checks import Known, check_fields
from catalogue.domain.entry import Entry, Path, Problem
from catalogue.domain.entry_rules import check_evidence, check_id
from catalogue.domain.fields import SYNONYM_FIELDS

SHORTEST_WORD = 2  # characters
LONGEST_SHOWN = 80


def check_synonym_group(entry: Entry, known: Known) -> Iterator[Problem]:
    """A group has an id, fields of the table, evidence, and words enough to say that two mean the same."""
    yield from check_id(entry)
    yield from check_fields(entry, SYNONYM_FIELDS, known)
    yield from check_evidence(entry)
    words = [word for _, word in _words(entry, "words")]
    if len(words) == 1 and "asked" not in entry.fields:
        yield entry.problem(("words",), "words-few", value=words[0][:LONGEST_SHOWN])
    for path, word in (*_words(entry, "words"), *_words(entry, "asked")):
        if len(word) < SHORTEST_WORD or not any(sign.isalpha() for sign in word):
            yield entry.problem(path, "word-form", value=word[:LONGEST_SHOWN])


def check_synonyms_together(groups: Sequence[Entry], spelling: Callable[[str], str]) -> Iterator[Problem]:
    """No word stands twice in a group, nor among the `words` of two; `spelling` is what the search compares.

    Everyday words of questions may lead to several groups.
    """
    taken: dict[str, tuple[Entry, int]] = {}
    for group in groups:
        words: dict[str, str] = {}
        for path, word in _words(group, "words"):
            same = spelling(word)
            other, line = taken.setdefault(same, (group, group.line(path)))
            if other is not group:
                yield group.problem(
                    path,
                    "word-taken",
                    value=word[:LONGEST_SHOWN],
                    other=other.id[:LONGEST_SHOWN],
                    first=str(line),
                )
            yield from _check_same(group, path, word, words.get(same))
            words.setdefault(same, word)
        asked: dict[str, str] = {}
        for path, word in _words(group, "asked"):
            same = spelling(word)
            if same in words:
                yield group.problem(path, "word-both", value=word[:LONGEST_SHOWN])
            yield from _check_same(group, path, word, asked.get(same))
            asked.setdefault(same, word)


def _check_same(group: Entry, path: Path, word: str, first: str | None) -> Iterator[Problem]:
    if first is not None and first != word:  # the very same text is said by the check of the list
        yield group.problem(path, "word-same", value=word[:LONGEST_SHOWN], first=first[:LONGEST_SHOWN])


def _words(group: Entry, name: str) -> Iterator[tuple[Path, str]]:
    value = group.fields.get(name)
    if isinstance(value, Sequence) and not isinstance(value, str):
        for i, word in enumerate(value):
            if isinstance(word, str) and word.strip():
                yield (name, i), word.strip()
