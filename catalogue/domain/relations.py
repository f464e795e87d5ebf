"""Which solutions share a repository, are copies of each other's, or build on each other's code."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalogue.domain.dependencies import matches, offers
from catalogue.domain.observed import GROUP, repository_keys
from catalogue.domain.provenance import Looked
from catalogue.domain.snapshot import Question, Snapshot
from catalogue.domain.solution import Solution
from catalogue.standards.address import BadAddress, same_repository


class RelationKind(StrEnum):
    """How a repository of one solution is related to another solution."""

    SAME = "same"  # both entries name it
    FORK = "fork"
    MIRROR = "mirror"
    BASED_ON = "based-on"
    SAME_HISTORY = "same-history"  # both begin with the same commit: a fork, copy or mirror, whoever says so
    DEPENDS_ON = "depends-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The repository at `address` of `solution` is a fork, mirror, ... of one that `other` names."""

    kind: RelationKind
    solution: str
    other: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a repository says of where it comes from: `fork`, `mirror` or `based-on` an address."""

    kind: str
    address: str


def origins_of(snapshot: Snapshot) -> tuple[Origin, ...]:
    """Where a repository comes from, as its forge or its publiccode.yml says."""
    values = (fact.value for fact in snapshot.facts_on(Question.ORIGIN))
    return tuple(
        Origin(kind=str(value.get("kind")), address=str(value.get("address")))
        for value in values
        if isinstance(value, Mapping) and value.get("address")
    )


def relations(several: Iterable[tuple[Solution, tuple[Looked, ...]]]) -> list[Relation]:
    """Every relation that the repositories of these solutions show, each once."""
    rows = list(several)
    owners: dict[str, dict[str, None]] = {}
    offered: dict[str, frozenset[str]] = {}
    for solution, looked in rows:
        names = [key for key in repository_keys(solution) if key]
        seen = [one.snapshot for one in looked if one.snapshot and one.repository.role != GROUP]
        packages = frozenset(name for snapshot in seen for name in offers(snapshot))
        for name in (*names, *(name for name in packages if not name.startswith("pkg:"))):
            owners.setdefault(name, {})[solution.id] = None
        offered[solution.id] = packages | frozenset(names)
    found = dict.fromkeys(one for solution, looked in rows for one in _of(solution, looked, owners))
    told = {(one.solution, one.other) for one in found}
    shared = (one for one in _histories(rows) if (one.solution, one.other) not in told)
    return [*found, *shared, *(one for solution, looked in rows for one in _needs(solution, looked, offered))]


def _of(
    solution: Solution, looked: tuple[Looked, ...], owners: Mapping[str, Mapping[str, None]]
) -> Iterator[Relation]:
    for one, key in zip(looked, repository_keys(solution), strict=True):
        names = {key or ""} | ({_key(one.snapshot.address)} if one.snapshot and key else set())
        for other in sorted({owner for name in names for owner in owners.get(name, ())} - {solution.id}):
            yield Relation(
                kind=RelationKind.SAME, solution=solution.id, other=other, address=one.repository.address
            )
        for origin in origins_of(one.snapshot) if one.snapshot else ():
            for other in owners.get(_key(origin.address), ()):
                if other != solution.id and origin.kind in tuple(RelationKind):
                    yield Relation(
                        kind=RelationKind(origin.kind),
                        solution=solution.id,
                        other=other,
                        address=one.repository.address,
                    )


def _histories(rows: Iterable[tuple[Solution, tuple[Looked, ...]]]) -> Iterator[Relation]:
    """Repositories of different solutions whose histories begin with the same commit."""
    roots: dict[str, list[tuple[str, str]]] = {}
    for solution, looked in rows:
        for one in looked:
            if one.snapshot and one.snapshot.root:
                roots.setdefault(one.snapshot.root, []).append((solution.id, one.repository.address))
    for places in roots.values():
        pairs = ((mine, theirs) for mine in places for theirs in places if mine[0] != theirs[0])
        known: set[tuple[str, str]] = set()
        for (one_id, address), (other, _) in pairs:
            if (one_id, other) not in known:
                known.add((one_id, other))
                yield Relation(kind=RelationKind.SAME_HISTORY, solution=one_id, other=other, address=address)


def _needs(
    solution: Solution, looked: tuple[Looked, ...], offered: Mapping[str, frozenset[str]]
) -> Iterator[Relation]:
    """The solutions that a dependency of a repository names: each once for the whole solution."""
    others = {key: names for key, names in offered.items() if names}
    told: set[str] = set()
    for one in looked:
        facts = one.snapshot.facts_on(Question.DEPENDENCY) if one.snapshot else ()
        for other in matches((str(fact.value) for fact in facts), others):
            if other != solution.id and other not in told:
                told.add(other)
                yield Relation(
                    kind=RelationKind.DEPENDS_ON,
                    solution=solution.id,
                    other=other,
                    address=one.repository.address,
                )


def _key(address: str) -> str:
    try:
        return same_repository(address)
    except BadAddress:
        return ""
