"""Who gets a solution from whom: pairs of owner and reusing body, as `domain.pairs` says what one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.pairs import is_across
from catalogue.domain.reuse import Stage
from catalogue.domain.statistics import UNKNOWN_KEY, Counted, Figure, Row
from catalogue.standards.text import sort_key
from catalogue.storage.reuse_columns import Bools, Column, Ints
from catalogue.storage.reuse_sample import Sample, stage_of
from catalogue.storage.solution_columns import LAENDER

Places = NDArray[np.int64]
_KEYS = (UNKNOWN_KEY, *(f"{land:02}" for land in range(1, LAENDER)))
_ACROSS = np.array([[is_across(one, other) for other in _KEYS] for one in _KEYS], np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An owner and a named body that reuses its solution. `provider` and `reuser` are keys of bodies."""

    provider: str
    reuser: str
    solution: str
    name: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class PairSet:
    """The pairs of a sample: `reuse` are places in it, `giver` in the owners of its solutions."""

    sample: Sample
    reuse: Places
    giver: Places

    @classmethod
    def of(cls, sample: Sample) -> "PairSet":
        """All pairs of a sample."""
        of_solution, owner, _ = sample.solutions.owned
        starts = np.searchsorted(of_solution, sample.solution)
        lengths = np.searchsorted(of_solution, sample.solution, side="right") - starts
        known = len(sample.reuses.bodies) or 1
        is_own = np.isin(
            _codes(sample.solution, sample.of(Column.BODY), known), _codes(of_solution, owner, known)
        )
        lengths = np.where(sample.is_named & ~is_own, lengths, 0)
        ends = np.cumsum(lengths)
        giver = np.repeat(starts - (ends - lengths), lengths) + np.arange(int(lengths.sum()))
        return cls(sample, np.repeat(np.arange(len(sample)), lengths), giver)

    def __len__(self) -> int:
        return len(self.reuse)

    @property
    def _owner(self) -> Ints:
        found: Ints = self.sample.solutions.owned[1][self.giver]
        return found

    @property
    def _owner_land(self) -> Ints:
        found: Ints = self.sample.solutions.owned[2][self.giver]
        return found

    @property
    def _reuser(self) -> Ints:
        return self.sample.of(Column.BODY)[self.reuse]

    @property
    def _reuser_land(self) -> Ints:
        return self.sample.of(Column.LAND)[self.reuse]

    def _only(self, mask: Bools) -> "PairSet":
        return PairSet(self.sample, self.reuse[mask], self.giver[mask])

    @property
    def across(self) -> "PairSet":
        """Those that go from one Land to another."""
        mask: Bools = _ACROSS[self._owner_land, self._reuser_land]
        return self._only(mask)

    @property
    def providers(self) -> tuple[str, ...]:
        """The keys of those who give anything."""
        return tuple(self.sample.reuses.bodies[n] for n in np.unique(self._owner).tolist())

    def narrowed(self, *, provider: str = "", land: str = "") -> "PairSet":
        """Those of one provider, and those that begin or end in a Land; empty values choose all."""
        mask = np.ones(len(self), np.bool_)
        if provider:
            mask &= self._owner == self.sample.reuses.numbers.get(provider, -1)
        if land:
            mask &= (self._owner_land == int(land)) | (self._reuser_land == int(land))
        return self._only(mask)

    def by_land(self) -> Places:
        """How many there are from each Land (rows) to each Land (columns), 0 for what is not known."""
        codes = self._owner_land.astype(np.int64) * LAENDER + self._reuser_land
        return np.bincount(codes, minlength=LAENDER * LAENDER).reshape(LAENDER, LAENDER)

    def by_land_keys(self) -> Mapping[tuple[str, str], int]:
        """The same by the keys of the Länder, without what is nothing."""
        return {(_KEYS[one], _KEYS[other]): int(n) for (one, other), n in np.ndenumerate(self.by_land()) if n}

    def ends(self) -> list[tuple[str, str, int]]:
        """Each provider with each of its reusers and the number of solutions, the most first."""
        known = len(self.sample.reuses.bodies) or 1
        codes, counts = np.unique(_codes(self._owner, self._reuser, known), return_counts=True)
        bodies = self.sample.reuses.bodies
        return [
            (bodies[codes[n] // known], bodies[codes[n] % known], int(counts[n]))
            for n in np.lexsort((codes, -counts)).tolist()
        ]

    def rows(self, start: int, stop: int) -> list[Pair]:
        """Some of them in words, by the name of the solution."""
        known = self.sample.solutions
        by_name = sorted(range(len(known.ids)), key=lambda n: (sort_key(known.names[known.ids[n]]), n))
        rank = np.empty(len(known.ids), np.int64)
        rank[by_name] = np.arange(len(by_name))
        order = np.lexsort((self.giver, self.reuse, rank[self.sample.solution[self.reuse]]))
        return PairSet(self.sample, *(both[order[start:stop]] for both in (self.reuse, self.giver)))._pairs()

    def _pairs(self) -> list[Pair]:
        bodies, known = self.sample.reuses.bodies, self.sample.solutions
        columns = (
            *(self._owner, self._reuser, self.sample.solution[self.reuse]),
            self.sample.of(Column.STAGE)[self.reuse],
        )
        return [
            Pair(
                provider=bodies[owner],
                reuser=bodies[reuser],
                solution=known.ids[solution],
                name=known.names[known.ids[solution]],
                stage=stage_of(stage),
            )
            for owner, reuser, solution, stage in zip(*(one.tolist() for one in columns), strict=True)
        ]


def land_pairs(sample: Sample, today: date) -> Counted:
    """Of each Land of owners, how many pairs lead to which Land."""
    pairs = PairSet.of(sample)
    matrix = pairs.by_land()
    order = [*range(1, LAENDER), 0]  # what is not known comes last
    across, within = len(pairs.across), int(np.trace(matrix[1:, 1:]))
    return Counted(
        figure=Figure.LAND_PAIRS,
        keys=("provider_land",),
        columns=tuple(f"land-{_KEYS[land]}" for land in order),
        rows=tuple(
            Row(key=(_KEYS[land],), values=tuple(int(matrix[land, other]) for other in order))
            for land in order
        ),
        notes={
            "pairs": len(pairs),
            "across": across,
            "within": within,
            "without": len(pairs) - across - within,
        },
    )


def body_pairs(sample: Sample, today: date) -> Counted:
    """Each owner with each named body of another Land that reuses its solutions; the most first."""
    across = PairSet.of(sample).across
    ends = across.ends()
    return Counted(
        figure=Figure.BODY_PAIRS,
        keys=("provider", "body"),
        columns=("solutions",),
        rows=tuple(Row(key=(one, other), values=(number,)) for one, other, number in ends[: sample.most]),
        notes={"across": len(across)},
        left_out=len(ends[sample.most :]) if sample.most else 0,
    )


def _codes(one: Ints, other: Ints, known: int) -> Places:
    return one.astype(np.int64) * known + other
