"""The rules of rank: which solutions answer a question at all, and which come first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, log2

import numpy as np

from catalogue.domain.solution import Maturity, OpenSource, Solution, SolutionKind
from catalogue.storage.search.concepts import TELLING, Concept, Way
from catalogue.storage.search.postings import NOTHING, Numbers, Postings, Scores
from catalogue.storage.search.semantic import Nearness

# A solution answers when it says at least this much of what the best answer says. Rare words say more, but no
# more than `MOST_TELLING` times what the commonest says: for "digitaler Zwilling" a solution with "digital"
# alone is no answer, one with "Zwilling" alone is, and no word is so rare that the others do not matter.
ENOUGH = 0.35
MOST_TELLING = 1.5
# There is an answer at all when the best says this much of the question. Who asks for an "Apfelkuchen Rezept"
# is not answered by the one solution whose text says "Rezept" somewhere.
# Where the meaning can answer, less of the words is no answer.
LEAST, LEAST_BESIDE_MEANING = 0.33, 0.4
EXACT_NAME = 10_000.0  # added where the question is the name: above all that words can reach
# What one word may score at most. A word in name, tags and summary says hardly more than one in two of them.
_HIGHEST = 40.0
_BY_PARTS = 0.9  # how much of a compound is said by all its parts
_DISPENSABLE = 0.25  # how much the part of a compound weighs that says only what it is made as
# Reuse decides between near equals: 1 body 1.05, 3 bodies 1.1, 15 bodies 1.2, 31 and more 1.25.
_PER_DOUBLING, _MOST_BY_REUSE = 0.05, 1.25

# Meaning (see `semantic`). A question whose nearest solution is this much farther away than the nearest line
# of `elsewhere.txt` is about something else: of the tuned queries 2 % of the real ones are, and all nonsense.
ELSEWHERE = -0.034
SAID_HALF, SAID_ENOUGH = 0.5, 0.75  # of a question, in words
# From the mean of all solutions (0) to the nearest (1): what is farther than `_FAR` and says less than half
# of the question was found by accident; what is nearer than `_NEAR` may be shown though it has no word of it.
_FAR, _NEAR = 0.3, 0.15
_FULL = 10.0  # the score of what is nearest and of what the words say best, each

# (whom it holds for, factor): these stand below equals, and the pages say why.
_BELOW_EQUALS: tuple[tuple[Callable[[Solution], bool], float], ...] = (
    (lambda solution: solution.maturity is Maturity.OBSOLETE, 0.6),  # discontinued
    (lambda solution: solution.kind is SolutionKind.CONCEPT, 0.85),  # nothing to run yet
    (lambda solution: solution.open_source is OpenSource.NOT_CONFIRMED, 0.9),
)


@dataclass(frozen=True, slots=True)
class Match:
    """How well each document says a concept: the share of the meaning, from 0 to 1, and the score."""

    cover: Scores
    score: Scores


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents that answer, ascending, with their scores and with how much of the question each says."""

    numbers: Numbers
    scores: Scores
    cover: Scores


def standing(solution: Solution) -> float:
    """The factor on the score: 1, or less for what stands below equals."""
    factor = 1.0
    for holds, less in _BELOW_EQUALS:
        if holds(solution):
            factor *= less
    return factor


def reuse_factor(reused: int) -> float:
    """The factor on the score of what so many bodies reuse, from 1 to 1.25."""
    return min(1 + _PER_DOUBLING * log2(1 + reused), _MOST_BY_REUSE)


def rank(
    concepts: Sequence[Concept],
    lookup: Callable[[str], Postings],
    factors: Scores,
    *,
    lost: float = 0.0,
    least: float = LEAST,
) -> Ranked:
    """The documents that answer the question, of all those of `factors` (the factor on the score of each).

    `lost` is the weight of the words of the question that mean nothing to the index; there is no answer where
    the best says less than `least` of it (0 to 1).
    """
    ground = _Ground(concepts, lookup, len(factors))
    if not len(ground.numbers):
        return _NONE
    matches = [_match(concept, ground) for concept in concepts]
    weights = _weights(concepts, matches, ground)
    cover, score = ground.zeros(), ground.zeros()
    for concept, match, weight in zip(concepts, matches, weights, strict=True):
        cover += np.float32(weight) * match.cover
        score += np.float32(concept.weight * _HIGHEST) * match.score / (match.score + np.float32(_HIGHEST))
    best = float(cover.max())
    # A word that the index does not know says as much as the rarest of those that it knows.
    asked = sum(weights) + lost * max(w / c.weight for w, c in zip(weights, concepts, strict=True))
    if not best or best < least * asked:
        return _NONE
    enough = cover >= np.float32(ENOUGH * best)
    # Where a word that says much is found, one that says little is no answer.
    telling = [m.cover > 0 for c, m in zip(concepts, matches, strict=True) if c.weight == TELLING]
    if telling and (said_much := np.logical_or.reduce(telling)).any():
        enough &= said_much
    numbers, covered = ground.numbers[enough], cover[enough]
    said = covered / np.float32(best)
    return Ranked(numbers, score[enough] * said * said * factors[numbers], covered / np.float32(asked))


class _Ground:
    """The documents that have any of the terms asked for; all arrays of one ranking are over these alone."""

    def __init__(self, concepts: Sequence[Concept], lookup: Callable[[str], Postings], size: int) -> None:
        names = {term for concept in concepts for term in concept.all_terms()}
        self._postings = {name: found for name in names if len(found := lookup(name))}
        having = np.zeros(size, np.bool_)
        for postings in self._postings.values():
            having[postings.numbers] = True
        self.size = size
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


def blend(scores: Scores, cover: Scores, nearness: Nearness, *, lost: float) -> Scores:
    """Let the meaning decide among what was found by words (in `scores`, which change), and return what means
    the same besides, with its scores.

    `cover` says how much of the question each document says in words, `lost` is the weight of its words that
    mean nothing to the index. Exact names stay where they are.
    """
    near = nearness.near
    looked, top = near > 0, float(near.max(initial=0.0))
    middle = float(near[looked].mean()) if looked.any() else top
    relative = np.clip((near - middle) / max(top - middle, 1e-6), 0, 1) * looked
    found = (scores > 0) & (scores < EXACT_NAME)
    if nearness.lead < ELSEWHERE:
        # The question means something else. What says (nearly) all of it in words is an answer all the same.
        scores[found & (cover < (SAID_ENOUGH if lost else SAID_HALF))] = 0
        return np.zeros_like(scores)
    best = float(scores[found].max(initial=0.0))
    if best:
        sure = float(cover[found].max())  # how much of the question the words explain at all
        scores[found] = _FULL * (sure * scores[found] / best + relative[found])
        scores[found & (relative < _FAR) & (cover < SAID_HALF)] = 0
    # It stands behind all that has the words, and so do its scores.
    least = float(scores[scores > 0].min(initial=_FULL))
    return np.where((scores == 0) & (relative > _NEAR), least * relative, np.float32(0))


_NONE = Ranked(NOTHING.numbers, NOTHING.scores, NOTHING.scores)


def _weights(concepts: Sequence[Concept], matches: Sequence[Match], ground: _Ground) -> list[float]:
    """How much each of the words says: much if few documents have it."""
    found = [int(np.count_nonzero(match.cover)) for match in matches]
    rarities = [_rarity(count, ground.size) for count in found]
    said = [r for r, n, c in zip(rarities, found, concepts, strict=True) if n and c.weight == TELLING]
    most = MOST_TELLING * min(said, default=99.0)
    return [c.weight * min(r, most) for c, r in zip(concepts, rarities, strict=True)]


def _match(concept: Concept, ground: _Ground) -> Match:
    """The best of the ways in which it is said."""
    matches = [_said(way, ground) for way in concept.ways if ground.says(way)]
    if len(matches) == 1:
        return matches[0]
    cover, score = ground.zeros(), ground.zeros()
    for match in matches:
        np.maximum(cover, match.cover, out=cover)
        np.maximum(score, match.score, out=score)
    return Match(cover, score)


def _said(way: Way, ground: _Ground) -> Match:
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
    return Match(cover, score)


def _with_parts(way: Way, cover: Scores, score: Scores, ground: _Ground) -> tuple[Scores, Scores]:
    """What has the parts too: to their share, or where the way is strict only with all that it needs."""
    matches = [_match(part, ground) for part in way.parts]
    weights = [
        part.weight
        * _rarity(int(np.count_nonzero(match.cover)), ground.size)
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


def _rarity(found: int, size: int) -> float:
    return log(1 + (size + 1) / (found + 1))
