"""Names beside points of a map such that none covers another: whoever comes first, stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalogue.web.pictures.metrics import FIRA, text_width

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom

_GAP = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A point of radius `r` and its name; `must`: it is shown even where it covers something."""

    x: float
    y: float
    r: float
    text: str
    must: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a name stands: its baseline, and to which side of `x` it goes (start, middle, end)."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share more than a border."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def place(
    wanted: Sequence[Wanted], *, size: float, frame: Box, taken: Iterable[Box] = ()
) -> list[Placed | None]:
    """A place for each name in the order of the points, None where there is none.

    Those that must be shown choose first, then the others in their order. No name covers a point or leaves
    the frame, unless it must be shown and has no better place.
    """
    points = [(one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r) for one in wanted]
    covered = [*taken, *points]
    found: list[Placed | None] = [None] * len(wanted)
    for number in sorted(range(len(wanted)), key=lambda number: not wanted[number].must):
        chosen = _best(wanted[number], size, frame, covered)
        if chosen:
            found[number] = chosen
            covered.append(chosen.box)
    return found


def _best(one: Wanted, size: float, frame: Box, covered: Sequence[Box]) -> Placed | None:
    places = list(_places(one, size))
    for candidate in places:
        if _inside(candidate.box, frame) and not any(overlap(candidate.box, box) for box in covered):
            return candidate
    if not one.must:
        return None
    return min(places, key=lambda placed: _badness(placed.box, frame, covered))


def _badness(box: Box, frame: Box, covered: Sequence[Box]) -> tuple[bool, int]:
    return not _inside(box, frame), sum(overlap(box, other) for other in covered)


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _places(one: Wanted, size: float) -> Iterator[Placed]:
    """Right, left, below, above, then the corners."""
    width, away = text_width(one.text, size) * FIRA, one.r + _GAP
    sides = (
        (away, 0.0, "start"),
        (-away, 0.0, "end"),
        (0.0, away + size / 2, "middle"),
        (0.0, -away - size / 2, "middle"),
        (away * 0.7, -size * 0.8, "start"),
        (away * 0.7, size * 0.8, "start"),
        (-away * 0.7, -size * 0.8, "end"),
        (-away * 0.7, size * 0.8, "end"),
    )
    for right, down, anchor in sides:
        x, middle = one.x + right, one.y + down
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        box = (left, middle - size * 0.6, left + width, middle + size * 0.6)
        yield Placed(text=one.text, x=x, y=middle + size * 0.35, anchor=anchor, box=box)
