"""How results are narrowed by facets and counted: a bitset of documents for each value."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalogue.storage.search.facets import FACETS, PROVIDER_PLACE, REUSER_PLACE, Choice, Facet
from catalogue.storage.search.near import Circle, Places, Point, Who
from catalogue.storage.search.postings import bits_of, numbers_of

_FEW = 12  # where fewer than one document in so many is found, it is their values that are counted
_NOTHING: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(slots=True)  # not frozen: a question makes a hundred of them, which would take four times as long
class FacetValue:
    """A value with its count: the results that choosing it shows, or for an excluded one would bring back.

    `parent` is the value that it is part of, `level` how deep it stands below others.
    """

    value: str
    count: int
    chosen: bool = False
    excluded: bool = False
    parent: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet with the values that there are results of; chosen and excluded ones even at zero.

    `without` counts the results if nothing were chosen in this facet.
    """

    name: str
    choice: Choice
    values: tuple[FacetValue, ...]
    without: int = 0


class Choices(Protocol):
    """What was chosen and excluded by facet, and how far away a solution may be."""

    @property
    def chosen(self) -> Mapping[str, frozenset[str]]: ...
    @property
    def excluded(self) -> Mapping[str, frozenset[str]]: ...
    @property
    def near(self) -> Circle | None: ...


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of one facet in their order, each with its documents."""

    facet: Facet
    bits: Mapping[str, int]
    parents: Mapping[str, str]
    first: int  # place of its first value among those of all facets

    def any_or_all_of(self, values: Iterable[str]) -> int:
        first, *more = (self.bits[value] for value in values)
        for bits in more:
            first = first & bits if self.facet.choice is Choice.ALL else first | bits
        return first

    def rows(
        self, counts: Sequence[int], nearly: int, chosen: frozenset[str], excluded: frozenset[str]
    ) -> list[FacetValue]:
        """The values with their counts, excluded ones among the documents that one exclusion keeps out."""
        of_these = counts[self.first : self.first + len(self.bits)]
        rows = []
        if not chosen and not excluded:  # as most facets of most questions are
            parents = self.parents
            rows = [
                FacetValue(value, count, False, False, parents.get(value))
                for value, count in zip(self.bits, of_these, strict=True)
                if count
            ]
            if not self.facet.fixed:
                rows.sort(key=_by_count)
            return rows
        for value, count in zip(self.bits, of_these, strict=True):
            is_chosen, is_out = value in chosen, value in excluded
            if is_out:
                count = (nearly & self.bits[value]).bit_count()
            if count or is_chosen or is_out:
                rows.append(FacetValue(value, count, is_chosen, is_out, self.parents.get(value)))
        if not self.facet.fixed:
            rows.sort(key=_by_count)
        return rows


class FacetIndex:
    """Which documents have which value. A facet that no document has a value of is not there at all."""

    def __init__(
        self,
        having: Mapping[str, Mapping[str, Sequence[int]]],
        *,
        places: Mapping[str, Point] = MappingProxyType({}),
        parents: Mapping[str, Mapping[str, str]] = _NOTHING,
    ) -> None:
        """`having` are the numbers of the documents by facet and value (see `numbers_by_value`); whatever has
        a value has its parents too. `places` are the points of municipalities, `parents` those of values by
        facet.
        """
        self._facets: dict[str, _Values] = {}
        self._bits: list[int] = []  # of all values of all facets
        for facet in FACETS:
            bits = {value: bits_of(numbers) for value, numbers in having.get(facet.name, {}).items()}
            if bits:
                ordered = sorted({*bits, *facet.order}, key=_place_in(facet))
                values = {value: bits.get(value, 0) for value in ordered}
                known = _known_parents(parents.get(facet.name, {}), values)
                self._facets[facet.name] = _Values(facet, values, known, len(self._bits))
                self._bits += values.values()
        self._ends, self._of_documents = _by_document(self._bits)
        self._providers = Places(having.get(PROVIDER_PLACE, {}), places)
        self._reusers = Places(having.get(REUSER_PLACE, {}), places)

    def known(self, values: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """What was chosen or excluded, without facets and values that there are none of."""
        known = {
            name: frozenset(wanted & self._facets[name].bits.keys())
            for name, wanted in values.items()
            if name in self._facets
        }
        return {name: wanted for name, wanted in known.items() if wanted}

    def narrow(
        self, bits: int, query: Choices, *, counted: bool = True
    ) -> tuple[int, tuple[FacetGroup, ...]]:
        """Those of `bits` that fit all that was chosen and nothing that was excluded, and the counts if those
        are asked for.

        A facet is counted under all others but not under what is chosen in itself: what another value would
        show can be seen. Where all chosen values are needed (`Choice.ALL`), it is what it would leave.
        """
        chosen, excluded = self.known(query.chosen), self.known(query.excluded)
        once, twice = self._hit(excluded)
        base = bits & self._within(query.near)
        choices = {name: self._facets[name].any_or_all_of(wanted) for name, wanted in chosen.items()}
        fitting = _and(base, choices.values())
        result, nearly = fitting & ~once, fitting & ~twice
        if not counted:
            return result, ()
        counts: dict[int, Sequence[int]] = {}
        groups = []
        for name, values in self._facets.items():
            others = result
            if name in choices:
                others = _and(base & ~once, (choice for other, choice in choices.items() if other != name))
            under = result if values.facet.choice is Choice.ALL else others
            if under not in counts:
                counts[under] = self._count(under)
            rows = values.rows(
                counts[under], nearly, chosen.get(name, frozenset()), excluded.get(name, frozenset())
            )
            groups.append(FacetGroup(name, values.facet.choice, _as_tree(rows), others.bit_count()))
        return result, tuple(groups)

    def _within(self, near: Circle | None) -> int:
        """The documents that somebody offers or reuses there, whichever is asked for."""
        if near is None:
            return -1
        offered = 0 if near.who is Who.REUSERS else self._providers.within(near)
        return offered if near.who is Who.PROVIDERS else offered | self._reusers.within(near)

    def _count(self, bits: int) -> Sequence[int]:
        """How many of the documents have each value of all facets."""
        if bits.bit_count() * _FEW > len(self._ends):
            return [(bits & having).bit_count() for having in self._bits]
        # Few documents: to add up their values is quicker than to look at each value.
        spans = [self._of_documents[self._ends[n - 1] if n else 0 : self._ends[n]] for n in numbers_of(bits)]
        values = np.concatenate(spans) if spans else self._of_documents[:0]
        counts: list[int] = np.bincount(values, minlength=len(self._bits)).tolist()
        return counts

    def counts_of(self, name: str) -> Counter[str]:
        """The values of a facet and how many documents of the whole index have each."""
        bits = self._facets[name].bits if name in self._facets else {}
        return Counter({value: having.bit_count() for value, having in bits.items()})

    def _hit(self, excluded: Mapping[str, frozenset[str]]) -> tuple[int, int]:
        """The documents that an exclusion forbids, and those that more than one forbids."""
        once = twice = 0
        for name, values in excluded.items():
            for value in values:
                having = self._facets[name].bits[value]
                twice |= once & having
                once |= having
        return once, twice


def numbers_by_value(
    documents: Sequence[Mapping[str, Sequence[str]]], *, first: int = 0
) -> dict[str, dict[str, list[int]]]:
    """The numbers of the documents by facet and value, from the values of each document; `first` is the
    number of the first of them."""
    having: dict[str, dict[str, list[int]]] = {}
    for number, values in enumerate(documents, start=first):
        for name, of_document in values.items():
            of_facet = having.setdefault(name, {})
            for value in of_document:
                of_facet.setdefault(value, []).append(number)
    return having


def _by_document(bits: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The places of the values that each document has, one document after the other, and where each ends."""
    having = [numbers_of(of_value) for of_value in bits]
    size = max((int(numbers[-1]) + 1 for numbers in having if len(numbers)), default=0)
    documents = np.concatenate(having) if having else np.zeros(0, np.int32)
    values = np.repeat(np.arange(len(bits), dtype=np.int32), [len(numbers) for numbers in having])
    counts = np.bincount(documents, minlength=size)
    return np.cumsum(counts).astype(np.int32), values[np.argsort(documents, kind="stable")]


def _place_in(facet: Facet) -> Callable[[str], tuple[int, str]]:
    """The order among values of equal count: that of the closed list, else the alphabet's."""
    places = {value: place for place, value in enumerate(facet.order)}
    return lambda value: (places.get(value, len(places)), value.casefold())


def _known_parents(parents: Mapping[str, str], values: Mapping[str, int]) -> dict[str, str]:
    """The parents that are values themselves and lead up to an end."""
    known = {value: parent for value, parent in parents.items() if value in values and parent in values}

    def ends(value: str) -> bool:
        for _ in known:
            value = known.get(value, "")
        return value not in known

    return {value: parent for value, parent in known.items() if ends(value)}


def _by_count(row: FacetValue) -> int:
    return -row.count


def _and(bits: int, more: Iterable[int]) -> int:
    for other in more:
        bits &= other
    return bits


def _as_tree(rows: Sequence[FacetValue]) -> tuple[FacetValue, ...]:
    """Each value directly before its parts, in their order; parts of what is not shown stand alone."""
    if not any(row.parent for row in rows):
        return tuple(rows)
    shown = {row.value for row in rows}
    parts: defaultdict[str | None, list[FacetValue]] = defaultdict(list)
    for row in rows:
        parts[row.parent if row.parent in shown else None].append(row)

    def walk(parent: str | None, level: int) -> Iterator[FacetValue]:
        for row in parts[parent]:
            row.level = level
            yield row
            yield from walk(row.value, level + 1)

    return tuple(walk(None, 0))
