"""The one table of facets: which values a solution has, and how results are narrowed and counted by them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.domain.fields import KINDS, MATURITIES, OPEN_SOURCE, ORGANISATION_KINDS
from catalogue.domain.licences import LicenceGroup, group_of
from catalogue.domain.solution import Solution
from catalogue.storage.search.documents import SearchContext
from catalogue.storage.search.postings import bits_of

Values = Callable[[Solution, SearchContext], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow results down; `order` is that of a closed list of values."""

    name: str
    values: Values
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet with its values as (value, count, chosen): the largest first, chosen ones even at zero."""

    name: str
    values: tuple[tuple[str, int, bool], ...]


def _topics(solution: Solution, _: SearchContext) -> Iterable[str]:
    return solution.topics


def _licence(solution: Solution, _: SearchContext) -> Iterable[str]:
    yield group_of(solution.licence.expression if solution.licence else None).value


def _open_source(solution: Solution, _: SearchContext) -> Iterable[str]:
    return (solution.open_source.value,) if solution.open_source else ()


def _kind(solution: Solution, _: SearchContext) -> Iterable[str]:
    return (solution.kind.value,) if solution.kind else ()


def _maturity(solution: Solution, _: SearchContext) -> Iterable[str]:
    return (solution.maturity.value,) if solution.maturity else ()


def _reused(solution: Solution, context: SearchContext) -> Iterable[str]:
    yield "yes" if reusing_bodies(solution, context) else "no"


def _land(solution: Solution, context: SearchContext) -> Iterable[str]:
    return (land for p in solution.providers if (land := context.bodies.get(p.body).land))


def _provider_kind(solution: Solution, context: SearchContext) -> Iterable[str]:
    return (context.bodies.get(provider.body).kind for provider in solution.providers)


def _technology(solution: Solution, _: SearchContext) -> Iterable[str]:
    return solution.technologies


# A new facet is a line here.
FACETS: tuple[Facet, ...] = (
    Facet("topic", _topics),
    Facet("licence", _licence, tuple(LicenceGroup)),
    Facet("open_source", _open_source, OPEN_SOURCE),
    Facet("kind", _kind, KINDS),
    Facet("maturity", _maturity, MATURITIES),
    Facet("reused", _reused, ("yes", "no")),
    Facet("land", _land),
    Facet("provider_kind", _provider_kind, ("municipality", "district", *ORGANISATION_KINDS)),
    Facet("technology", _technology),
)


def reusing_bodies(solution: Solution, context: SearchContext) -> int:
    """By how many bodies it is reused, by their keys of today."""
    return len({context.bodies.get(body).key for body in solution.reuse_bodies})


def confirming_bodies(solution: Solution, context: SearchContext) -> int:
    """How many of `reusing_bodies` a source confirms."""
    return len({context.bodies.get(body).key for body in solution.confirmed_bodies})


def values_of(solution: Solution, context: SearchContext) -> dict[str, list[str]]:
    """The values of a solution by facet, each once."""
    return {facet.name: list(dict.fromkeys(facet.values(solution, context))) for facet in FACETS}


class FacetIndex:
    """Which documents have which value: one bitset each."""

    def __init__(self, documents: Sequence[Mapping[str, Sequence[str]]]) -> None:
        """`documents` are the values by facet, in the order of the document numbers."""
        self._bits: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            numbers: dict[str, list[int]] = {}
            for number, values in enumerate(documents):
                for value in values.get(facet.name, ()):
                    numbers.setdefault(value, []).append(number)
            self._bits[facet.name] = {
                value: bits_of(numbers.get(value, ()))
                for value in sorted({*numbers, *facet.order}, key=_place_in(facet))
            }

    def known(self, chosen: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """What was chosen, without facets and values that there are none of."""
        known = {name: values & self._bits.get(name, {}).keys() for name, values in chosen.items()}
        return {name: frozenset(values) for name, values in known.items() if values}

    def narrow(self, bits: int, chosen: Mapping[str, frozenset[str]]) -> tuple[int, tuple[FacetCounts, ...]]:
        """Those with one of the chosen values in every facet, and the counts.

        A facet is counted under all others but not under itself: what another value would add can be seen.
        """
        choices = {name: self._any_of(name, values) for name, values in self.known(chosen).items()}
        result = bits
        for choice in choices.values():
            result &= choice
        counts = []
        for name, values in self._bits.items():
            base = result
            if name in choices:
                base = bits
                for other, choice in choices.items():
                    base &= choice if other != name else base
            counts.append(FacetCounts(name, _counted(values, base, chosen.get(name, frozenset()))))
        return result, tuple(counts)

    def counts_of(self, name: str) -> Counter[str]:
        """The values of a facet and how many documents of the whole index have each."""
        return Counter({value: bits.bit_count() for value, bits in self._bits[name].items()})

    def _any_of(self, name: str, values: frozenset[str]) -> int:
        found = 0
        for value in values:
            found |= self._bits[name][value]
        return found


def _counted(
    values: Mapping[str, int], base: int, chosen: frozenset[str]
) -> tuple[tuple[str, int, bool], ...]:
    counted = ((value, (base & bits).bit_count(), value in chosen) for value, bits in values.items())
    return tuple(sorted((row for row in counted if row[1] or row[2]), key=lambda row: -row[1]))


def _place_in(facet: Facet) -> Callable[[str], tuple[int, str]]:
    """The order among values of equal count: that of the closed list, else the alphabet's."""
    places = {value: place for place, value in enumerate(facet.order)}
    return lambda value: (places.get(value, len(places)), value.casefold())
