"""Words that differ by a slip of the finger or two, found without a look at all the others."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

TWO_ERRORS = 9  # letters from which on a word may hold two errors

# Sorted hashes of the pieces of words, and for each the place of its word: a tenth of the memory of a dict.
# Two pieces of one hash do no harm, since every word found is compared.
Table = tuple[NDArray[np.uint32], NDArray[np.int32]]


class Nearby:
    """Cut a word into one piece more than there may be slips, and one piece is unharmed. So each word is kept
    by its pieces, and a misspelt one is looked up by its own, a letter or two to either side. Two letters
    swapped across a cut harm both pieces; those are tried by swapping them back. Immutable.
    """

    def __init__(self, words: Sequence[str], table: Table) -> None:
        """`words` are sorted; `table` is `table_of` them or of some of them."""
        self._words = words
        self._hashes, self._places = table

    @classmethod
    def of(cls, words: Iterable[str]) -> "Nearby":
        """With a table of all the words."""
        ordered = sorted(words)
        return cls(ordered, table_of(enumerate(ordered)))

    def find(self, form: str, errors: int) -> list[tuple[str, int]]:
        """Words and how many slips (insert, leave out, replace, swap) they are from `form`: 1 to `errors`."""
        lengths = range(max(len(form) - errors, 2), len(form) + errors + 1)
        shifts = range(-errors, errors + 1)
        keys = np.array([key for n in lengths for s in shifts for key in _keys(form, n, s)], np.uint32)
        first = self._hashes.searchsorted(keys, "left").tolist()
        last = self._hashes.searchsorted(keys, "right").tolist()
        places: set[int] = set()
        for begin, end in zip(first, last, strict=True):
            if end > begin:
                places.update(self._places[begin:end].tolist())
        candidates = {self._words[place] for place in places}
        for i in range(len(form) - 1):
            swapped = form[:i] + form[i + 1] + form[i] + form[i + 2 :]
            place = bisect_left(self._words, swapped)
            if place < len(self._words) and self._words[place] == swapped:
                candidates.add(swapped)
        near = ((word, OSA.distance(form, word, score_cutoff=errors)) for word in candidates)
        return [(word, distance) for word, distance in near if 0 < distance <= errors]


def table_of(words: Iterable[tuple[int, str]]) -> Table:
    """The table of words, each given with its place."""
    pairs = [(key, place) for place, word in words for key in _keys(word, len(word), 0)]
    hashes = np.array([key for key, _ in pairs], np.uint32)
    places = np.array([place for _, place in pairs], np.int32)
    order = np.argsort(hashes, kind="stable")
    return hashes[order], places[order]


def _keys(form: str, length: int, shift: int) -> Iterator[int]:
    """The hashes of a word of `length` letters by the pieces of `form`, read `shift` letters further on."""
    count = 3 if length >= TWO_ERRORS - 2 else 2
    for piece in range(count):
        start, end = piece * length // count, (piece + 1) * length // count
        if start + shift >= 0 and end + shift <= len(form):
            yield crc32(f"{length} {piece} {form[start + shift : end + shift]}".encode())
