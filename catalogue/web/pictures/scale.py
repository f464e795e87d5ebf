"""The numbers beside an axis."""

from collections.abc import Sequence
from math import ceil, floor, log10


def ticks(most: float, *, wanted: int = 4) -> tuple[float, ...]:
    """Round numbers from 0 to at least `most`, about `wanted` steps, whole ones from 1 on."""
    if most < 1e-9:
        return 0.0, 1.0
    rough = most / wanted
    size = 10 ** floor(log10(rough))
    sizes = (size * factor for factor in (1, 2, 2.5, 5, 10))
    step = next(one for one in sizes if one >= rough * 0.999 and (most < 1 or one % 1 == 0))
    return tuple(float(f"{step * i:.9g}") for i in range(ceil(most / step - 1e-9) + 1))


def shown_labels(labels: Sequence[str], *, most: int) -> tuple[bool, ...]:
    """Which labels of an axis are shown so that they do not touch: every nth, and so the last one."""
    every = max(1, -(-len(labels) // most))
    last = len(labels) - 1
    return tuple((last - place) % every == 0 for place in range(len(labels)))
