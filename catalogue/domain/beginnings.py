"""Finds what has a word that begins like this, among a hundred thousand words in a few microseconds."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter

# The first values of beginnings that more words share are remembered once they were asked for: "s" costs no
# more than "stadtbau" then. There are but a few such beginnings.
_MANY = 128
MOST = 16  # values in such a list
_END = "\U0010ffff"


class Beginnings:
    """Words and the numbers that they lead to; the smaller a number, the earlier it comes. Immutable."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        """A word may lead to several numbers, and a number may have several words."""
        pairs = sorted(words, key=itemgetter(0))  # by words alone: half the time, and no order is lost
        self._set([word for word, _ in pairs], array("I", (number for _, number in pairs)))

    @classmethod
    def of_sorted(cls, words: list[str], numbers: "array[int]") -> "Beginnings":
        """Words in the order of the alphabet, and the number of each."""
        made = cls(())
        made._set(words, numbers)
        return made

    def _set(self, words: list[str], numbers: "array[int]") -> None:
        self._words, self._numbers = words, numbers
        self._first: dict[str, tuple[int, ...]] = {}

    def first(self, start: str) -> tuple[int, ...]:
        """The first `MOST` numbers with a word that begins like this, each once."""
        known = self._first.get(start)
        if known is None:
            low, high = self._range(start)
            known = tuple(sorted(set(self._numbers[low:high]))[:MOST])
            if high - low > _MANY:
                self._first[start] = known
        return known

    def every(self, start: str) -> "array[int]":
        """All numbers with a word that begins like this, in no order, some of them twice."""
        low, high = self._range(start)
        return self._numbers[low:high]

    def count(self, start: str) -> int:
        """How many words begin like this."""
        low, high = self._range(start)
        return high - low

    def __contains__(self, start: str) -> bool:
        """Whether any word begins like this."""
        place = bisect_left(self._words, start)
        return place < len(self._words) and self._words[place].startswith(start)

    def _range(self, start: str) -> tuple[int, int]:
        low = bisect_left(self._words, start)
        return low, bisect_left(self._words, start + _END, low)


class WordTable:
    """Rows of words, the most important first: finds those with a word for each beginning. Immutable."""

    def __init__(self, rows: Iterable[str]) -> None:
        """Each row is its words, with a space between."""
        self._rows = [f" {row}" for row in rows]
        self._beginnings = Beginnings((word, n) for n, row in enumerate(self._rows) for word in row.split())

    def find(self, starts: Sequence[str], limit: int) -> list[int]:
        """The places of the first rows with a word for each of `starts`."""
        if not starts:
            return []
        rarest = min(starts, key=self._beginnings.count)
        if len(starts) == 1 and limit <= MOST:
            return list(self._beginnings.first(rarest)[:limit])
        asked = [f" {start}" for start in starts]
        near = sorted(set(self._beginnings.every(rarest)))
        found = (place for place in near if all(start in self._rows[place] for start in asked))
        return list(islice(found, limit))
