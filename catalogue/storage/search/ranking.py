"""The rules of rank: which solutions answer a question at all, and which come first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2

from catalogue.domain.solution import Maturity, OpenSource, Solution, SolutionKind
from catalogue.storage.search.concepts import Concept
from catalogue.storage.search.postings import Postings

# A solution answers when it says at least this much of what the best answer says. Rare words say more, but no
# more than `MOST_TELLING` times what the commonest says: for "digitaler Zwilling" a solution with "digital"
# alone is no answer, one with "Zwilling" alone is, and no word is so rare that the others do not matter.
ENOUGH = 0.4
MOST_TELLING = 2.0
EXACT_NAME = 10_000.0  # added where the question is the name: above all that words can reach
# What one word may score at most. A word in name, tags and summary says hardly more than one in two of them.
_HIGHEST = 40.0
# How much of a compound is said by all its parts, by those that it cannot do without, by a name about it.
_ALL_PARTS, _NEEDED_PARTS, _NAMED = 0.8, 0.65, 0.5
_BELOW_WHOLE = 0.7  # the best by parts scores at most this share of what the least with the whole word scores
# Reuse decides between near equals: 1 body 1.05, 3 bodies 1.1, 15 bodies 1.2, 31 and more 1.25.
_PER_DOUBLING, _MOST_BY_REUSE = 0.05, 1.25

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


def reuse_factor(reused: int) -> float:
    """The factor on the score of what so many bodies reuse, from 1 to 1.25."""
    return min(1 + _PER_DOUBLING * log2(1 + reused), _MOST_BY_REUSE)


def rank(
    concepts: Sequence[Concept],
    lookup: Callable[[str], Postings],
    factors: Sequence[float],
    allowed: int,
) -> dict[int, float]:
    """The score of every document that answers, among those of the bitset `allowed`.

    `factors` on the scores are those of all documents.
    """
    matches = [_match(concept, lookup, len(factors)) for concept in concepts]
    weights = _weights(matches, len(factors))
    cover: dict[int, float] = {}
    said: dict[int, float] = {}
    score: dict[int, float] = {}
    for match, weight in zip(matches, weights, strict=True):
        for number, share in match.cover.items():
            if allowed >> number & 1:
                cover[number] = cover.get(number, 0.0) + weight * share
                said[number] = said.get(number, 0.0) + share
                value = match.score[number]
                score[number] = score.get(number, 0.0) + value * _HIGHEST / (value + _HIGHEST)
    # Where a word that says much is found, one that says little is no answer.
    telling = {
        n for c, match in zip(concepts, matches, strict=True) if not c.generic for n in match.cover
    } or cover.keys()
    cover = {number: covered for number, covered in cover.items() if number in telling}
    enough = ENOUGH * max(cover.values(), default=0.0)
    most = max((said[number] for number in cover), default=0.0)
    # How many of the words it says counts, not how rare they are: the scores know that already.
    return {
        number: round(score[number] * (said[number] / most) ** 2 * factors[number], 3)
        for number, covered in cover.items()
        if covered >= enough
    }


def _weights(matches: Sequence[Match], count: int) -> list[float]:
    """How much each of the words says: much if few documents have it."""
    rarities = [_rarity(len(match.cover), count) for match in matches]
    most = MOST_TELLING * min((r for r, m in zip(rarities, matches, strict=True) if m.cover), default=0.0)
    return [min(rarity, most) for rarity in rarities]


def _match(concept: Concept, lookup: Callable[[str], Postings], count: int) -> Match:
    score: dict[int, float] = {}
    for term, factor in concept.terms:
        for number, value in lookup(term).scores.items():
            score[number] = score.get(number, 0.0) + factor * value
    whole = Match(dict.fromkeys(score, 1.0), score)
    if not concept.parts:
        return whole
    parts = [_match(part, lookup, count) for part in concept.parts]
    if not concept.compound:
        return _with_words(whole, concept, parts, count)
    match = _with_compound(whole, concept, parts)
    if whole.cover or not concept.about:
        return match
    named = {n: concept.discount * value for n, value in lookup(concept.about).scores.items()}
    return Match({**dict.fromkeys(named, _NAMED), **match.cover}, {**named, **match.score})


def _with_compound(whole: Match, concept: Concept, parts: Sequence[Match]) -> Match:
    """Those with the word, and below them those with all parts of it that it needs."""
    needed = [part for of, part in zip(concept.parts, parts, strict=True) if not of.dispensable]
    numbers = set.intersection(*(set(part.cover) for part in needed)) - set(whole.cover)
    score = {n: concept.discount * sum(part.score.get(n, 0.0) for part in parts) for n in numbers}
    highest, lowest = max(score.values(), default=0.0), min(whole.score.values(), default=0.0)
    if whole.cover and highest > _BELOW_WHOLE * lowest:
        score = {number: value * _BELOW_WHOLE * lowest / highest for number, value in score.items()}
    cover = {n: _ALL_PARTS if all(n in part.cover for part in parts) else _NEEDED_PARTS for n in numbers}
    return Match({**cover, **whole.cover}, {**score, **whole.score})


def _with_words(whole: Match, concept: Concept, parts: Sequence[Match], count: int) -> Match:
    """Those with the word, and those with some of the words that it is written as, to their share."""
    score, cover = dict(whole.score), dict(whole.cover)
    weights = [_rarity(len(part.cover), count) for part in parts]
    shares: dict[int, float] = {}
    for part, weight in zip(parts, weights, strict=True):
        for number, said in part.cover.items():
            score[number] = score.get(number, 0.0) + concept.discount * part.score[number]
            shares[number] = shares.get(number, 0.0) + weight / sum(weights) * said
    for number, said in shares.items():
        # Squared: half of two words for one says much less than half of what they say.
        cover.setdefault(number, said**2)
    return Match(cover, score)


def _rarity(found: int, count: int) -> float:
    return log(1 + (count + 1) / (found + 1))
