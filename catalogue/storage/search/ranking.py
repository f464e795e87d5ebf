"""The rules of rank: which solutions answer a question at all, and which come first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from catalogue.domain.solution import Maturity, OpenSource, Solution, SolutionKind
from catalogue.storage.search.concepts import Concept
from catalogue.storage.search.postings import Postings

# A solution answers when it says at least this much of what the best answer says. Rare words say more: for
# "digitaler Zwilling" a solution with "digital" alone is no answer, one with "Zwilling" alone is.
ENOUGH = 0.4
EXACT_NAME = 100.0  # added where the question is the name: above all that words can reach

# (whom it holds for, factor): these stand below equals, and the pages say why.
_BELOW_EQUALS: tuple[tuple[Callable[[Solution], bool], float], ...] = (
    (lambda solution: solution.maturity is Maturity.OBSOLETE, 0.6),  # discontinued
    (lambda solution: solution.kind is SolutionKind.CONCEPT, 0.85),  # nothing to run yet
    (lambda solution: solution.open_source is OpenSource.NOT_CONFIRMED, 0.9),
)


@dataclass(frozen=True, slots=True)
class Match:
    """How well documents match: bits, and per document the share of the meaning covered and the score."""

    cover: Mapping[int, float]
    score: Mapping[int, float]


def standing(solution: Solution) -> float:
    """The factor on the score: 1, or less for what stands below equals."""
    factor = 1.0
    for holds, less in _BELOW_EQUALS:
        if holds(solution):
            factor *= less
    return factor


def rank(
    concepts: Sequence[Concept],
    lookup: Callable[[str], Postings],
    standings: Sequence[float],
    allowed: int,
) -> dict[int, float]:
    """The score of every document that answers, among those of the bitset `allowed`.

    `standings` are the factors of all documents.
    """
    count = len(standings)
    matches = [_match(concept, lookup, count) for concept in concepts]
    cover: dict[int, float] = {}
    score: dict[int, float] = {}
    for match in matches:
        weight = _rarity(len(match.cover), count)
        for number, share in match.cover.items():
            cover[number] = cover.get(number, 0.0) + weight * share
            score[number] = score.get(number, 0.0) + match.score[number]
    cover = {number: said for number, said in cover.items() if allowed >> number & 1}
    best = max(cover.values(), default=0.0)
    # Rounded, so that equals are equal and reuse decides between them.
    return {
        number: round(score[number] * (said / best) ** 2 * standings[number], 1)
        for number, said in cover.items()
        if said >= ENOUGH * best
    }


def _match(concept: Concept, lookup: Callable[[str], Postings], count: int) -> Match:
    score: dict[int, float] = {}
    for term, factor in concept.terms:
        for number, value in lookup(term).scores.items():
            score[number] = score.get(number, 0.0) + factor * value
    cover = dict.fromkeys(score, 1.0)
    if not concept.parts:
        return Match(cover, score)
    matches = [_match(part, lookup, count) for part in concept.parts]
    weights = [_rarity(len(match.cover), count) for match in matches]
    shares: dict[int, float] = {}
    for match, weight in zip(matches, weights, strict=True):
        share = weight / sum(weights)
        for number, said in match.cover.items():
            score[number] = score.get(number, 0.0) + concept.discount * match.score[number]
            shares[number] = shares.get(number, 0.0) + share * said
    for number, said in shares.items():
        # Squared: half of a compound says much less than half of what the compound says.
        cover.setdefault(number, said**2)
    return Match(cover, score)


def _rarity(found: int, count: int) -> float:
    """How much a word says: much if few documents have it."""
    return log(1 + (count + 1) / (found + 1))
