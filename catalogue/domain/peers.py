"""Who is like us: which municipalities and districts to compare with, and what several of them run.

A peer is near, or of similar size, or in the same Land. Of each kind at most `EACH` are taken, so that a town
among many is compared with those that say most about it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from itertools import product

from catalogue.domain.register import Municipality, distance_km

EACH = 12
NEAR_KM = 50
TIMES = 2  # so much larger or smaller is of similar size
VILLAGE = 5_000  # below so many inhabitants all are
_NEAR_DEGREES = NEAR_KM / 110  # a degree of latitude is 111 km


class Why(StrEnum):
    """Why somebody is a peer."""

    NEAR = "near"  # not farther than `NEAR_KM`; a district may be near a town
    SIZE = "size"  # of the same kind, with half to twice the population, or both of them villages
    LAND = "land"  # of the same kind, in the same Land


_WHY = {
    holds: frozenset(why for why, does in zip(Why, holds, strict=True) if does)
    for holds in product((False, True), repeat=len(Why))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Somebody like us, and why. `km` is None where a place is not known."""

    town: Municipality
    why: frozenset[Why]
    km: float | None

    @property
    def order(self) -> tuple[int, float, str]:
        """Whoever is like us in more ways comes first, then who is nearer."""
        return -len(self.why), 1e9 if self.km is None else self.km, self.town.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A solution that peers run: which of them, those who are most like us first."""

    solution: str
    peers: tuple[Peer, ...]

    def count(self, why: Why) -> int:
        """How many of them are peers for this reason."""
        return sum(why in peer.why for peer in self.peers)


def peers_of(here: Municipality, others: Iterable[Municipality], *, each: int = EACH) -> tuple[Peer, ...]:
    """The peers of a municipality or district among others, those who are most like it first."""
    fitting: dict[Why, list[tuple[int, float, str, Peer]]] = {why: [] for why in Why}
    for other in others:
        if peer := _peer(here, other):
            for why in peer.why:
                fitting[why].append((*peer.order, peer))
    chosen = {peer.town.key: peer for rows in fitting.values() for *_, peer in nsmallest(each, rows)}
    return tuple(sorted(chosen.values(), key=lambda peer: peer.order))


def shared_by(peers: Sequence[Peer], runs: Mapping[str, Collection[str]]) -> tuple[Shared, ...]:
    """What peers run: what most of them have first, then what the nearest neighbours have, then by id.

    `runs` are the solutions that a body has on trial or in use, by its key.
    """
    users: dict[str, list[Peer]] = {}
    for peer in peers:
        for solution in sorted(set(runs.get(peer.town.key, ()))):
            users.setdefault(solution, []).append(peer)
    shared = [Shared(solution=key, peers=tuple(having)) for key, having in users.items()]
    return tuple(sorted(shared, key=lambda one: (-len(one.peers), -one.count(Why.NEAR), one.solution)))


def _peer(here: Municipality, other: Municipality) -> Peer | None:
    """What makes another one a peer; None where nothing does. Distances take longest, so they come last."""
    same_kind = len(other.key) == len(here.key)
    is_of_size = same_kind and _is_of_similar_size(here.population, other.population)
    is_of_land = same_kind and other.land == here.land
    if other.key == here.key or not (is_of_size or is_of_land or _may_be_near(here, other)):
        return None
    km = distance_km(here, other)
    why = _WHY[km is not None and km <= NEAR_KM, is_of_size, is_of_land]
    return Peer(town=other, why=why, km=km) if why else None


def _may_be_near(here: Municipality, other: Municipality) -> bool:
    """Not farther north or south than the distance that is still near."""
    return here.lat is not None and other.lat is not None and abs(here.lat - other.lat) <= _NEAR_DEGREES


def _is_of_similar_size(a: int | None, b: int | None) -> bool:
    if not a or not b:
        return False
    return (a <= TIMES * b and b <= TIMES * a) or max(a, b) < VILLAGE
