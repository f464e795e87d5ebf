"""Which documents say a word of a question, in any of its ways, and how well: the posting list of a word.

What a document says of one word hangs on no other word, so such a list is made once and kept, as the lists of
terms are that it is made of. How words go together, who answers and who comes first is for `ranking`.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np

from catalogue.storage.search.concepts import Concept, Way
from catalogue.storage.search.kept import Kept
from catalogue.storage.search.postings import Numbers, Postings, Scores

# What the lists of words may hold in memory; the oldest go first.
_MOST_BYTES = 4 * 1024 * 1024
# What one word may score at most. A word in name, tags and summary says hardly more than one in two of them.
_HIGHEST = 40.0
_BY_PARTS = 0.9  # how much of a compound is said by all its parts
_DISPENSABLE = 0.25  # how much the part of a compound weighs that says only what it is made as

Lookup = Callable[[str], Postings]


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The documents that say a concept, ascending; for each the share of the meaning that it says, which is
    above 0 and at most 1, and what it adds to the score."""

    numbers: Numbers
    cover: Scores
    score: Scores

    @property
    def nbytes(self) -> int:
        """What it takes in memory, in bytes."""
        return int(self.numbers.nbytes + self.cover.nbytes + self.score.nbytes) + 600


class Sayings:
    """The lists of concepts by the postings of one index. Safe for threads."""

    def __init__(self, lookup: Lookup, size: int) -> None:
        """`size` is the number of documents."""
        self.size = size
        self.everything: Numbers = np.arange(size, dtype=np.int32)
        self._lookup = lookup
        # By identity: to compare concepts would take longer than to make most lists, and whoever reads
        # questions keeps those of words. The concept is kept too, so that no other one takes its place.
        self._kept: Kept[int, tuple[Concept, Said]] = Kept(_MOST_BYTES)
        self._lock = threading.Lock()

    def of(self, concept: Concept) -> Said:
        """The documents that say the concept."""
        kept = self._kept.get(id(concept))
        if kept is not None:
            return kept[1]
        found = said(concept, self._lookup, self.size)
        with self._lock:
            self._kept.put(id(concept), (concept, found), found.nbytes)
        return found


def said(concept: Concept, lookup: Lookup, size: int) -> Said:
    """The documents that say the concept, of so many."""
    ground = _Ground(concept, lookup, size)
    match = _match(concept, ground)
    there = np.flatnonzero(match.cover)
    score = match.score[there]
    most = np.float32(concept.weight * _HIGHEST)
    return Said(ground.numbers[there], match.cover[there], most * score / (score + np.float32(_HIGHEST)))


def rarity(found: int, size: int) -> float:
    """How much it says of a document to have what so many documents have."""
    return log(1 + (size + 1) / (found + 1))


@dataclass(frozen=True, slots=True)
class _Match:
    """How well each document of a ground says a concept: the share of the meaning (0 to 1), and the score."""

    cover: Scores
    score: Scores


class _Ground:
    """The documents that have any of the terms of a concept; all arrays are over these alone."""

    def __init__(self, concept: Concept, lookup: Lookup, size: int) -> None:
        self._postings = {name: found for name in set(concept.all_terms()) if len(found := lookup(name))}
        self.size = size
        self._places: dict[str, Numbers] = {}
        if len(self._postings) == 1:
            ((name, only),) = self._postings.items()
            self.numbers = only.numbers
            self._places[name] = np.arange(len(only), dtype=np.int32)
            return
        having = np.zeros(size, np.bool_)
        for postings in self._postings.values():
            having[postings.numbers] = True
        self.numbers = np.flatnonzero(having).astype(np.int32)
        place = np.empty(size, np.int32)
        place[self.numbers] = np.arange(len(self.numbers), dtype=np.int32)
        self._places = {name: place[postings.numbers] for name, postings in self._postings.items()}

    def get(self, term: str) -> tuple[Postings, Numbers] | None:
        """The documents of a term, and their places here."""
        found = self._postings.get(term)
        return (found, self._places[term]) if found else None

    def says(self, way: Way) -> bool:
        """Whether any document has a term of it, or of its parts."""
        return any(term in self._postings for term in way.all_terms())

    def zeros(self) -> Scores:
        """Nothing for each of the documents."""
        return np.zeros(len(self.numbers), np.float32)


def _match(concept: Concept, ground: _Ground) -> _Match:
    """The best of the ways in which it is said."""
    matches = [_said(way, ground) for way in concept.ways if ground.says(way)]
    if len(matches) == 1:
        return matches[0]
    cover, score = ground.zeros(), ground.zeros()
    for match in matches:
        np.maximum(cover, match.cover, out=cover)
        np.maximum(score, match.score, out=score)
    return _Match(cover, score)


def _said(way: Way, ground: _Ground) -> _Match:
    cover, score = ground.zeros(), ground.zeros()
    for term, factor in way.terms:
        if found := ground.get(term):
            postings, places = found
            score[places] += np.float32(factor) * postings.scores
            cover[places] = np.maximum(cover[places], postings.cover)
    if way.parts:
        cover, score = _with_parts(way, cover, score, ground)
    if way.factor != 1:
        cover, score = cover * np.float32(way.factor), score * np.float32(way.factor)
    return _Match(cover, score)


def _with_parts(way: Way, cover: Scores, score: Scores, ground: _Ground) -> tuple[Scores, Scores]:
    """What has the parts too: to their share, or where the way is strict only with all that it needs."""
    matches = [_match(part, ground) for part in way.parts]
    weights = [
        part.weight
        * rarity(int(np.count_nonzero(match.cover)), ground.size)
        * (_DISPENSABLE if part.dispensable else 1)
        for part, match in zip(way.parts, matches, strict=True)
    ]
    share, together = ground.zeros(), ground.zeros()
    for match, weight in zip(matches, weights, strict=True):
        share += np.float32(weight / sum(weights)) * match.cover
        together += np.float32(way.discount) * match.score
    if way.strict:
        for part, match in zip(way.parts, matches, strict=True):
            if not part.dispensable:
                share[match.cover == 0] = 0
        together[share == 0] = 0
    else:
        share *= share  # half of two words for one says much less than half of what they say
        together *= share
    by_parts = np.float32(_BY_PARTS if way.terms else 1.0)
    return np.maximum(cover, by_parts * share), score + together
