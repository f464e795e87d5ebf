"""Why solutions were found: for each word of the question the first way in which it stands there."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import and_, or_

from catalogue.storage.search.concepts import By, Concept, Way
from catalogue.storage.search.postings import Numbers, Postings, bits_of_mask
from catalogue.storage.search.query import Reason


class Reasons:
    """The terms and reasons of the few hits of a page; a set of hits is an int whose bit n is hit n."""

    def __init__(
        self, numbers: Numbers, concepts: Sequence[Concept], lookup: Callable[[str], Postings]
    ) -> None:
        """`numbers` are the documents of the hits."""
        self._numbers, self._lookup = numbers, lookup
        self._bits = {number: 1 << place for place, number in enumerate(numbers.tolist())}
        self._having: dict[str, int] = {}
        self.terms: list[list[str]] = [[] for _ in numbers]
        self.reasons: list[list[Reason]] = [[] for _ in numbers]
        for concept in concepts:
            for way, hits in self._first_ways(concept, (1 << len(numbers)) - 1):
                self._take_terms(way, hits)
                if (
                    way.by is not By.WORD
                ):  # of a word that stands there as it was asked there is nothing to say
                    reason = Reason(way.by.value, concept.asked, way.text)
                    for place in _places(hits):
                        self.reasons[place].append(reason)

    def _first_ways(self, concept: Concept, among: int) -> Iterator[tuple[Way, int]]:
        """The ways in which hits say it, each with those that say it in no way before."""
        for way in concept.ways:
            if not among:
                return
            hits = self._saying(way) & among
            if hits:
                yield way, hits
                among &= ~hits

    def _take_terms(self, way: Way, hits: int) -> None:
        """Keep the terms by which hits say it: its own, else those of its parts."""
        own = 0
        for term, _ in way.terms:
            having = self._with(term) & hits
            own |= having
            for place in _places(having):
                self.terms[place].append(term)
        if hits & ~own:
            for part in way.parts:
                for part_way, having in self._first_ways(part, hits & ~own):
                    self._take_terms(part_way, having)

    def _saying(self, way: Way) -> int:
        """The hits that say it: by its own terms, or by its parts, of which some ways need all."""
        own = reduce(or_, (self._with(term) for term, _ in way.terms), 0)
        if not way.parts:
            return own
        parts = [reduce(or_, map(self._saying, part.ways), 0) for part in way.parts]
        return own | reduce(and_ if way.strict else or_, parts)

    def _with(self, term: str) -> int:
        """The hits that have a term."""
        having = self._having.get(term)
        if having is None:
            numbers = self._lookup(term).numbers
            if len(numbers) <= len(self._bits):  # few: no array is worth its call
                having = sum(self._bits.get(number, 0) for number in numbers.tolist())
            else:
                places = numbers.searchsorted(self._numbers)
                having = bits_of_mask(numbers.take(places, mode="clip") == self._numbers)
            self._having[term] = having
        return having


def _places(hits: int) -> Iterator[int]:
    while hits:
        low = hits & -hits
        yield low.bit_length() - 1
        hits ^= low
