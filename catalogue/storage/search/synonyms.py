"""What words mean by the reviewed list of synonyms (entries/synonyms.yml): one word, or several in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogue.domain.synonyms import SynonymGroup
from catalogue.storage.search import stems
from catalogue.storage.search.tokens import Token, tokenise

_SAME, _MEANT = 0.85, 0.75  # what a synonym counts, and what an everyday word's meaning counts
_LONGEST = 6  # words of an expression


@dataclass(frozen=True, slots=True)
class Meaning:
    """Another way to say it, and what it counts against the words themselves."""

    text: str
    factor: float


class Synonyms:
    """Finds what the words of a question mean. Immutable."""

    def __init__(self, groups: Iterable[SynonymGroup]) -> None:
        self._meanings: dict[tuple[str, ...], dict[str, float]] = {}
        for group in groups:
            for word in (*group.words, *group.asked):
                factor = _SAME if word in group.words else _MEANT
                for other in group.words:
                    if other != word:
                        self._add(word, other, factor)
        self._longest: dict[str, int] = {}  # by the first word
        for first, *more in filter(None, self._meanings):
            self._longest[first] = max(len(more) + 1, self._longest.get(first, 0))

    def _add(self, word: str, other: str, factor: float) -> None:
        tokens = tokenise(word)[:_LONGEST]
        for key in {_key(tokens), (stems.german("".join(token.form for token in tokens)),)}:
            known = self._meanings.setdefault(key, {})
            known[other] = max(factor, known.get(other, 0.0))

    def find(self, words: Sequence[Token], place: int) -> tuple[int, tuple[Meaning, ...]]:
        """How many words from `place` on make up the longest expression known, and what it means."""
        longest = self._longest.get(stems.german(words[place].form), 0)
        for length in range(min(longest, len(words) - place), 0, -1):
            found = self._meanings.get(_key(words[place : place + length]))
            if found:
                return length, tuple(Meaning(text, factor) for text, factor in found.items())
        return 0, ()


@lru_cache(maxsize=2)
def synonyms_of(groups: tuple[SynonymGroup, ...]) -> Synonyms:
    """The synonyms of these groups; they seldom change from one revision to the next."""
    return Synonyms(groups)


def _key(words: Sequence[Token]) -> tuple[str, ...]:
    return tuple(stems.german(word.form) for word in words)
