"""Times engines side by side: blocks of questions in turn, and the ratios between them."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

BLOCKS = 7

Runs: TypeAlias = Sequence[Callable[[], object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Ours divided by theirs: the median over the blocks, the least and the most; times in seconds."""

    ours: float
    theirs: float
    middle: float
    least: float
    most: float


def in_turn(engines: Mapping[str, Runs], *, blocks: int = BLOCKS) -> dict[str, list[float]]:
    """Median seconds of a call, by engine and block. A first round, not timed, warms every engine up.

    The engines take turns and each block begins with another one, so that a slow moment of the machine meets
    all of them. The garbage collector works as in life, but on nothing that was there before.
    """
    for calls in engines.values():
        for call in calls:
            call()
    gc.collect()
    gc.freeze()
    names = list(engines)
    times: dict[str, list[float]] = {name: [] for name in names}
    for block in range(blocks):
        place = block % len(names)
        for name in (*names[place:], *names[:place]):
            times[name].append(median(_seconds(call) for call in engines[name]))
    gc.unfreeze()
    return times


def ratio_of(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """The ratios of the blocks, taken pair by pair."""
    pairs = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Ratio(
        ours=median(ours), theirs=median(theirs), middle=median(pairs), least=min(pairs), most=max(pairs)
    )


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
