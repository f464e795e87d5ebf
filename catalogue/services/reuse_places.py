"""Who reuses what and where, for maps and pictures: the published reuses with their bodies."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from catalogue.domain.bodies import Body
from catalogue.domain.reuse import Stage
from catalogue.domain.solution import Solution
from catalogue.domain.statistics import Selection
from catalogue.services.catalogue import Catalogue
from catalogue.storage.pairs import Use
from catalogue.storage.reuse_pairs import Pair, PairSet

__all__ = [
    "Pair",
    "PairSet",
    "Reach",
    "Spread",
    "Use",
    "latest",
    "pairs",
    "reach",
    "solution_names",
    "spread",
]

COUNTED = (Stage.IN_USE, Stage.TRIAL)
MOST_SOLUTIONS = 150  # in a list to choose from
_RANK = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """All reuses: how many in each Land, and each body with the number of solutions that it reuses."""

    by_land: Mapping[str, int]
    bodies: tuple[tuple[Body, int], ...]  # the busiest first
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One solution: who provides it, and who reuses it."""

    solution: Solution
    providers: tuple[Body, ...]
    uses: tuple[tuple[Body, Use], ...]
    unnamed: int

    @property
    def by_land(self) -> Mapping[str, int]:
        """How many bodies of each Land reuse it."""
        return Counter(body.land for body, _ in self.uses if body.land)


def spread(known: Catalogue, stages: Collection[Stage]) -> Spread:
    """Who reuses anything at one of these stages."""
    counts = known.store.pairs.solutions_by_body(stages)
    bodies = [(known.bodies.get(key), count) for key, count in counts.items()]
    by_land: Counter[str] = Counter()
    for body, count in bodies:
        if body.land:
            by_land[body.land] += count
    return Spread(
        by_land=by_land,
        bodies=tuple(sorted(bodies, key=lambda row: (-row[1], row[0].label))),
        unnamed=known.store.pairs.unnamed(stages),
    )


def reach(known: Catalogue, solution_id: str, stages: Collection[Stage]) -> Reach | None:
    """Who reuses this solution; None where there is no such solution."""
    stored = known.store.solution(solution_id)
    if stored is None:
        return None
    uses = known.store.pairs.uses_of(solution_id, stages)
    return Reach(
        solution=stored.solution,
        providers=tuple(known.bodies.get(key) for key in known.store.pairs.providers_of(solution_id)),
        uses=tuple((known.bodies.get(use.body), use) for use in sorted(uses, key=_furthest_first)),
        unnamed=known.store.pairs.unnamed(stages, solution_id=solution_id),
    )


def _furthest_first(use: Use) -> int:
    """Where names on a map have no room, those who are furthest keep theirs."""
    return -_RANK[use.stage]


def solution_names(known: Catalogue) -> list[tuple[str, str, int]]:
    """The solutions that most bodies reuse, by name: id, name, number of bodies."""
    return sorted(known.store.pairs.reused_solutions(MOST_SOLUTIONS), key=lambda row: row[1].casefold())


def latest(known: Catalogue, limit: int) -> list[tuple[Body, str, Use]]:
    """The reuses that were heard of last: body, name of the solution, and the reuse."""
    uses = known.store.pairs.latest(limit)
    names = {one.solution.id: one.solution.name for one in known.store.solutions([u.solution for u in uses])}
    return [(known.bodies.get(use.body), names[use.solution], use) for use in uses if use.solution in names]


def pairs(known: Catalogue, *, topic: str = "") -> PairSet:
    """Every pair of provider and reuser, of all solutions or those of a topic: what the statistics count."""
    return known.figures_of_reuse().columns.pairs(Selection(topic=topic))
