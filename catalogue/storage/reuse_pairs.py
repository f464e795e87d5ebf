"""Who gets a solution from whom: pairs of provider and reusing body."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.statistics import UNKNOWN_KEY, Counted, Figure, Row
from catalogue.storage.reuse_columns import Bools, Column, Ints
from catalogue.storage.reuse_sample import Sample
from catalogue.storage.solution_columns import LAENDER


def land_pairs(sample: Sample, today: date) -> Counted:
    """Of each Land of providers, how many reuses are in which Land. What a provider itself uses is none."""
    others = sample.is_named & ~_is_own(sample)
    count = len(sample.solutions.ids)
    codes = sample.of(Column.LAND)[others].astype(np.int64) * count + sample.solution[others]
    by_solution = np.bincount(codes, minlength=LAENDER * count).reshape(LAENDER, count)
    matrix = sample.solutions.provider_laender.astype(np.int64) @ by_solution.T
    order = [*range(1, LAENDER), 0]  # what is not known comes last
    keys = [f"{land:02}" if land else UNKNOWN_KEY for land in order]
    rows = [
        Row(key=(keys[place],), values=tuple(int(matrix[land, other]) for other in order))
        for place, land in enumerate(order)
    ]
    across = int(matrix[1:, 1:].sum() - np.trace(matrix[1:, 1:]))
    return Counted(
        figure=Figure.LAND_PAIRS,
        keys=("provider_land",),
        columns=tuple(f"land-{key}" for key in keys),
        rows=tuple(rows),
        notes={"across": across, "within": int(np.trace(matrix[1:, 1:]))},
    )


def body_pairs(sample: Sample, today: date) -> Counted:
    """Each provider with each named body of another Land that reuses its solutions; the most first."""
    solution, body, land = (
        values[sample.is_named]
        for values in (sample.solution, sample.of(Column.BODY), sample.of(Column.LAND))
    )
    of_solution, provider, provider_land = sample.solutions.provided
    starts = np.searchsorted(of_solution, solution)
    lengths = np.searchsorted(of_solution, solution, side="right") - starts
    ends = np.cumsum(lengths)
    taken = np.repeat(starts - (ends - lengths), lengths) + np.arange(int(lengths.sum()))
    here, there = provider_land[taken], np.repeat(land, lengths)
    across = (here > 0) & (there > 0) & (here != there)
    providers, bodies = provider[taken], np.repeat(body, lengths)
    known = len(sample.reuses.bodies) or 1
    codes = providers[across].astype(np.int64) * known + bodies[across]
    pairs, counts = np.unique(codes, return_counts=True)
    order = np.lexsort((pairs, -counts))
    rows = tuple(
        Row(
            key=(sample.reuses.bodies[int(pairs[n]) // known], sample.reuses.bodies[int(pairs[n]) % known]),
            values=(int(counts[n]),),
        )
        for n in order[: sample.most]
    )
    return Counted(
        figure=Figure.BODY_PAIRS,
        keys=("provider", "body"),
        columns=("solutions",),
        rows=rows,
        left_out=len(order) - len(rows),
    )


def _is_own(sample: Sample) -> Bools:
    """Which reuses are those of a provider of the solution."""
    solution, provider, _ = sample.solutions.provided
    known = len(sample.reuses.bodies) or 1
    found: Bools = np.isin(
        _codes(sample.solution, sample.of(Column.BODY), known), _codes(solution, provider, known)
    )
    return found


def _codes(solution: Ints, body: Ints, known: int) -> NDArray[np.int64]:
    return solution.astype(np.int64) * known + body
