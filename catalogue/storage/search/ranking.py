"""The rules of rank: which solutions answer a question at all, and which come first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.solution import Maturity, OpenSource, Solution, SolutionKind
from catalogue.storage.search.concepts import TELLING, Concept
from catalogue.storage.search.postings import NOTHING, Numbers, Scores
from catalogue.storage.search.said import Said, Sayings, rarity
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
    sayings: Sayings,
    factors: Scores,
    *,
    lost: float = 0.0,
    least: float = LEAST,
) -> Ranked:
    """The documents that answer the question, of all those of `factors` (the factor on the score of each).

    `lost` is the weight of the words of the question that mean nothing to the index; there is no answer where
    the best says less than `least` of it (0 to 1).
    """
    lists = [sayings.of(concept) for concept in concepts]
    if not any(len(one.numbers) for one in lists):
        return _NONE
    weights = _weights(concepts, lists, len(factors))
    numbers, cover, score = _together(lists, weights, sayings)
    best = float(cover.max())
    # A word that the index does not know says as much as the rarest of those that it knows.
    asked = sum(weights) + lost * max(w / c.weight for w, c in zip(weights, concepts, strict=True))
    if best < least * asked:
        return _NONE
    enough = cover >= np.float32(ENOUGH * best)
    # Where a word that says much is found, one that says little is no answer.
    telling = [
        one for c, one in zip(concepts, lists, strict=True) if c.weight == TELLING and len(one.numbers)
    ]
    if telling and len(telling) < len(concepts):
        enough &= _any_of(telling, len(factors))[numbers]
    answers = np.flatnonzero(enough)
    numbers, covered = numbers[answers], cover[answers]
    share = covered / np.float32(best)
    return Ranked(numbers, score[answers] * share * share * factors[numbers], covered / np.float32(asked))


def _together(
    lists: Sequence[Said], weights: Sequence[float], sayings: Sayings
) -> tuple[Numbers, Scores, Scores]:
    """Documents, all that say anything among them; for each how much it says by weight, and the score."""
    if len(lists) == 1:
        return lists[0].numbers, np.float32(weights[0]) * lists[0].cover, lists[0].score
    cover = np.zeros(sayings.size, np.float32)
    score = np.zeros(sayings.size, np.float32)
    for one, weight in zip(lists, weights, strict=True):
        cover[one.numbers] += np.float32(weight) * one.cover
        score[one.numbers] += one.score
    return sayings.everything, cover, score


def _any_of(lists: Sequence[Said], size: int) -> NDArray[np.bool_]:
    having = np.zeros(size, np.bool_)
    for one in lists:
        having[one.numbers] = True
    return having


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


def _weights(concepts: Sequence[Concept], lists: Sequence[Said], size: int) -> list[float]:
    """How much each of the words says: much if few documents have it."""
    rarities = [rarity(len(one.numbers), size) for one in lists]
    said = [
        r
        for r, one, c in zip(rarities, lists, concepts, strict=True)
        if len(one.numbers) and c.weight == TELLING
    ]
    most = MOST_TELLING * min(said, default=99.0)
    return [c.weight * min(r, most) for c, r in zip(concepts, rarities, strict=True)]
