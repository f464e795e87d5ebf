"""Words of the index that complete one that was begun, the most frequent first."""

from bisect import bisect_left
from collections.abc import Iterable

from catalogue.domain.beginnings import MOST
from catalogue.storage.search.lexicon import Lexicon, Word

Rank = tuple[int, str]  # how rare, and the word: the smaller, the earlier it is suggested


class Completions:
    """The words of a lexicon and those that came later. Immutable."""

    def __init__(self, lexicon: Lexicon, more: Iterable[Word] = ()) -> None:
        """`more` are words with the entries that have them besides."""
        self._known = lexicon.suggested
        self._more: dict[str, Word] = {}
        for word in more:
            place = lexicon.find(word.form)
            if place is not None:
                before = lexicon[place]
                word = Word(word.form, before.text, before.count + word.count)
            if word.is_suggested:
                self._more[word.form] = word
        self._forms = sorted(self._more)

    def __contains__(self, start: str) -> bool:
        """Whether any word begins like this."""
        return start in self._known.beginnings or bool(self._later(start))

    def first(self, start: str) -> list[Word]:
        """The first words that begin like this."""
        beginnings = self._known.beginnings
        later = self._later(start)
        found = self._known.words(beginnings.first(start))
        if not later:
            return found
        if any(word.form in self._more for word in found):  # counted anew, others may follow
            found = self._known.words(sorted(beginnings.every(start))[: MOST + len(later)])
        kept = (word for word in found if word.form not in self._more)
        return sorted((*kept, *later), key=_rank)[:MOST]

    def rank(self, start: str) -> Rank:
        """Of the first word that begins like this; there must be one."""
        return _rank(self.first(start)[0])

    def _later(self, start: str) -> list[Word]:
        begin = bisect_left(self._forms, start)
        end = bisect_left(self._forms, start + "\U0010ffff", begin)
        return [self._more[form] for form in self._forms[begin:end]]


def _rank(word: Word) -> Rank:
    return -word.count, word.form
