"""Who is like us, ready for a page: peers with what they run, what they have in common, and whom to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.domain.bodies import Body
from catalogue.domain.peers import NEAR_KM, Peer, Shared, Why, peers_of, shared_by
from catalogue.domain.register import Municipality, distance_km
from catalogue.domain.reuse import Relation, Reuse
from catalogue.domain.solution import Solution
from catalogue.services.browse import cards
from catalogue.services.cards import Card
from catalogue.services.catalogue import Catalogue

__all__ = ["NEAR_KM", "LikeUs", "Nearby", "Run", "SharedCard", "Why", "like_us", "nearby"]

_MOST_PEERS, _MOST_SHARED = 12, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A solution that a peer has on trial or in use."""

    card: Card
    reuse: Reuse


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCard:
    """A solution that peers run: who, the contacts that they name, and how we stand to it ourselves."""

    card: Card
    shared: Shared
    bodies: tuple[Body, ...]  # of `shared.peers`, in their order
    contacts: tuple[str, ...]  # of their reuses, functional addresses that may be shown; may be empty
    ours: Reuse | None
    is_offered_by_us: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeUs:
    """What a mayor wants to know. `towns` are the peers that run something, most like us first."""

    shared: tuple[SharedCard, ...]
    towns: tuple[tuple[Peer, Body, tuple[Run, ...]], ...]
    peers: int  # how many were compared with


def like_us(catalogue: Catalogue, body: Body) -> LikeUs | None:
    """Who is like a municipality or district and what they run; None for an organisation."""
    if body.municipality is None:
        return None
    store, bodies = catalogue.store, catalogue.bodies
    register = catalogue.register  # a reuse that is not named has a key that finds nobody
    active = (register.find(part.body) for part in store.taking_part() if part.reuses)
    peers = peers_of(body.municipality, (town for town in active if town))
    rows: dict[str, dict[str, Reuse]] = {}
    for key, solution, reuse in store.published_reuse.running([peer.town.key for peer in peers]):
        rows.setdefault(key, {}).setdefault(solution, reuse)
    shared = shared_by(peers, rows)
    wanted = {one.solution for one in shared}
    known = {card.solution.id: card for card in cards(catalogue, sorted(wanted))}
    return LikeUs(
        shared=tuple(
            _shared_card(catalogue, body, known[one.solution], one, rows)
            for one in shared[:_MOST_SHARED]
            if one.solution in known
        ),
        towns=tuple(
            (peer, bodies.get(peer.town.key), _runs(rows.get(peer.town.key, {}), known))
            for peer in peers[:_MOST_PEERS]
        ),
        peers=len(peers),
    )


def _runs(rows: dict[str, Reuse], known: dict[str, Card]) -> tuple[Run, ...]:
    found = [Run(card=known[key], reuse=reuse) for key, reuse in rows.items() if key in known]
    return tuple(sorted(found, key=lambda run: run.card.solution.name.casefold()))


def _shared_card(
    catalogue: Catalogue, body: Body, card: Card, shared: Shared, rows: dict[str, dict[str, Reuse]]
) -> SharedCard:
    bodies = tuple(catalogue.bodies.get(peer.town.key) for peer in shared.peers)
    reuses = (rows[peer.town.key][shared.solution] for peer in shared.peers)
    own = (
        reuse
        for reuse in card.solution.reuses
        if reuse.relation is Relation.USES and catalogue.bodies.get(reuse.body).key == body.key
    )
    offering = {catalogue.bodies.get(provider.body).key for provider in card.solution.providers}
    return SharedCard(
        card=card,
        shared=shared,
        bodies=bodies,
        contacts=tuple(dict.fromkeys(reuse.contact for reuse in reuses if reuse.contact)),
        ours=next(own, None),
        is_offered_by_us=body.key in offering,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """Somebody not far from a place who runs or offers a solution, and how far it is."""

    body: Body
    km: float
    runs_it: bool


def nearby(catalogue: Catalogue, solution: Solution, here: Municipality, *, km: int) -> tuple[Nearby, ...]:
    """Who runs or offers a solution within so many kilometres, the place itself too: who runs it first."""
    runs = _keys(catalogue, (reuse.body for reuse in solution.reuses if reuse.counts))
    offers = _keys(catalogue, (provider.body for provider in solution.providers))
    found = []
    for key in dict.fromkeys((*runs, *offers)):
        body = catalogue.bodies.get(key)
        if body.municipality is None:
            continue
        far = distance_km(here, body.municipality)
        if far is not None and far <= km:
            found.append(Nearby(body=body, km=far, runs_it=key in runs))
    return tuple(sorted(found, key=lambda one: (not one.runs_it, one.km, one.body.key)))


def _keys(catalogue: Catalogue, bodies: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(catalogue.bodies.get(key).key for key in bodies))
