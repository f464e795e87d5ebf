"""The index's own words: which there are, which begin like this, and which one a misspelt word means."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from rapidfuzz.distance import OSA

from catalogue.storage.search import terms
from catalogue.storage.search.compounds import parts_of, shipped

_SHORTEST = 5  # letters of a word that may be misspelt; shorter ones are near to anything
_OTHER_FIRST = 7  # letters from which on the first one may be wrong: Leute is not heute
_TWO_ERRORS = 9  # letters from which on a word may hold two errors
_COMPOUND = 9  # letters from which on one part of a compound may be misspelt
# In a large catalogue a word that one entry alone has is as likely a slip itself.
_MANY_WORDS, _SURE = 20_000, 2
MOST_BEGINNINGS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the index: folded, as mostly written, and in how many entries."""

    form: str
    text: str
    count: int


class Vocabulary:
    """All words of the index. Immutable."""

    def __init__(self, words: Iterable[Word], names: Collection[str] = ()) -> None:
        """`names` are folded words that are right though no entry has them, such as towns."""
        known = sorted(words, key=lambda word: word.form)
        self._forms = [word.form for word in known]
        self._counts = array("i", (word.count for word in known))
        self._texts = [word.form if word.text == word.form else word.text for word in known]
        self._names = frozenset(names)
        least = _SURE if len(known) > _MANY_WORDS else 1
        self._near = Nearby(
            word.form
            for word in known
            if len(word.form) >= _SHORTEST and word.count >= least and word.form.isalpha()
        )

    def __contains__(self, form: str) -> bool:
        """Whether an entry has the folded word."""
        place = bisect_left(self._forms, form)
        return place < len(self._forms) and self._forms[place] == form

    def text(self, form: str) -> str:
        """The word as entries mostly write it."""
        return self._texts[bisect_left(self._forms, form)] if form in self else form

    def is_name(self, form: str) -> bool:
        """Whether the folded word is the name of a town or Land."""
        return form in self._names

    def count(self, form: str) -> int:
        """In how many entries the folded word is."""
        return self._counts[bisect_left(self._forms, form)] if form in self else 0

    def beginning(self, form: str, limit: int = MOST_BEGINNINGS) -> list[str]:
        """Words that begin like this, the most frequent first."""
        start = bisect_left(self._forms, form)
        end = bisect_left(self._forms, form + "\U0010ffff", start)
        best = nsmallest(limit, range(start, end), key=lambda place: (-self._counts[place], place))
        return [self._forms[place] for place in best]

    def correct(self, form: str) -> str | None:
        """What a misspelt word most likely means, None where nothing is near or the word is right."""
        if len(form) < _SHORTEST or not form.isalpha() or self._is_right(form):
            return None
        errors = 2 if len(form) >= _TWO_ERRORS else 1
        return self._nearest(form, errors) or self._near_compound(form)

    def _is_right(self, form: str) -> bool:
        return form in self._names or form in shipped() or terms.is_common(form) or bool(parts_of(form))

    def _nearest(self, form: str, errors: int) -> str | None:
        """The nearest word; of equals one with the same first letter, then the most frequent."""
        found = [
            (distance, word[0] != form[0], -self.count(word), word)
            for word, distance in self._near.find(form, errors)
            if word[0] == form[0] or (distance < 2 and len(form) >= _OTHER_FIRST)
        ]
        return min(found)[3] if found else None

    def _near_compound(self, form: str) -> str | None:
        """A compound of two words of which one is misspelt once: parkplaz|sensoren."""
        if len(form) < _COMPOUND:
            return None
        for cut in range(_SHORTEST - 1, len(form) - _SHORTEST + 2):
            head, tail = form[:cut], form[cut:]
            if tail in shipped() or tail in self:
                better = self._nearest(head, 1) if len(head) >= _SHORTEST else None
                if better and parts_of(better + tail):
                    return better + tail
            if head in shipped() or head in self:
                better = self._nearest(tail, 1) if len(tail) >= _SHORTEST else None
                if better and parts_of(head + better):
                    return head + better
        return None


class Nearby:
    """Finds words that differ by one or two slips of the finger, without a look at all the others.

    Cut a word into one piece more than there may be slips, and one piece is unharmed. So each word is kept by
    its pieces, and a misspelt one is looked up by its own, a letter or two to either side. Two letters
    swapped across a cut harm both pieces; those are tried by swapping them back.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        # Sorted hashes of the pieces, each with the place of its word: a tenth of the memory of a dict. Two
        # pieces of one hash do no harm, since every word found is compared.
        keys = [
            (hash(key), place)
            for place, word in enumerate(self._words)
            for key in _pieces(word, len(word), 0)
        ]
        table = np.array(keys, np.int64).reshape(-1, 2)
        table = table[np.argsort(table[:, 0], kind="stable")]
        self._hashes, self._places = table[:, 0].copy(), table[:, 1].astype(np.int32)

    def find(self, form: str, errors: int) -> list[tuple[str, int]]:
        """Words and how many slips (insert, leave out, replace, swap) they are from `form`: 1 to `errors`."""
        lengths = range(max(len(form) - errors, 2), len(form) + errors + 1)
        shifts = range(-errors, errors + 1)
        keys = [hash(key) for n in lengths for shift in shifts for key in _pieces(form, n, shift)]
        first = np.searchsorted(self._hashes, keys, "left")
        last = np.searchsorted(self._hashes, keys, "right")
        ranges = [self._places[a:b] for a, b in zip(first, last, strict=True) if b > a]
        places = np.unique(np.concatenate(ranges)).tolist() if ranges else ()
        candidates = {self._words[place] for place in places}
        for i in range(len(form) - 1):
            swapped = form[:i] + form[i + 1] + form[i] + form[i + 2 :]
            place = bisect_left(self._words, swapped)
            if place < len(self._words) and self._words[place] == swapped:
                candidates.add(swapped)
        near = ((word, OSA.distance(form, word, score_cutoff=errors)) for word in candidates)
        return [(word, distance) for word, distance in near if 0 < distance <= errors]


def _pieces(form: str, length: int, shift: int) -> Iterator[str]:
    """The keys of a word of `length` letters by the pieces of `form`, read `shift` letters further on."""
    count = 3 if length >= _TWO_ERRORS - 2 else 2
    for piece in range(count):
        start, end = piece * length // count, (piece + 1) * length // count
        if start + shift >= 0 and end + shift <= len(form):
            yield f"{length} {piece} {form[start + shift : end + shift]}"
