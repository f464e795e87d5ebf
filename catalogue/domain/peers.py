"""Who is like us: which municipalities and districts to compare with, and what several of them run.

A peer is near, or of similar size, or in the same Land. Of each kind at most `EACH` are taken, so that a town
among many is compared with those that say most about it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from math import log2

from catalogue.domain.register import Municipality, SizeClass, distance_km, size_class

EACH = 12
NEAR_KM = 50
SIZES = 1.0  # steps of twice or half the population


class Why(StrEnum):
    """Why somebody is a peer."""

    NEAR = "near"  # not farther than `NEAR_KM`; a district may be near a town
    SIZE = "size"  # of the same kind, with half to twice the population, or both of them villages
    LAND = "land"  # of the same kind, in the same Land


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
    found = [_compared(here, other) for other in others if other.key != here.key]
    chosen: dict[str, Peer] = {}
    for why in Why:
        fitting = [peer for peer in found if why in peer.why]
        for peer in nsmallest(each, fitting, key=lambda peer: peer.order):
            chosen[peer.town.key] = peer
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


def _compared(here: Municipality, other: Municipality) -> Peer:
    km, same_kind = distance_km(here, other), other.kind is here.kind
    reasons = (
        (Why.NEAR, km is not None and km <= NEAR_KM),
        (Why.SIZE, same_kind and _is_of_similar_size(here, other)),
        (Why.LAND, same_kind and other.land == here.land),
    )
    return Peer(town=other, why=frozenset(why for why, holds in reasons if holds), km=km)


def _is_of_similar_size(a: Municipality, b: Municipality) -> bool:
    if not a.population or not b.population:
        return False
    if size_class(a.population) is size_class(b.population) is SizeClass.RURAL:
        return True
    return abs(log2(b.population / a.population)) <= SIZES
