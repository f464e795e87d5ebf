"""The published reuses as columns of numbers: 100,000 of them are counted in milliseconds.

The database puts the rows of each solution together as one text. Where a text is the one of the revision
before, its columns are taken over; only the others are read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, literal, select
from sqlmodel import col

from catalogue.domain.reuse import UNNAMED, Relation, Stage, Standing
from catalogue.domain.reuse_dates import is_year_only, middle_of_year, month_of
from catalogue.domain.solution import Funded
from catalogue.domain.statistics import SIZES
from catalogue.standards.ags import LAENDER, MUNICIPALITY_LENGTH
from catalogue.storage.tables import ReuseRow

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

STAGES, STANDINGS, FUNDINGS = tuple(Stage), tuple(Standing), tuple(Funded)
NEVER, UNDATED = -2, -1  # instead of a month
LATEST = 2**30  # a month that never comes
_SEPARATOR, _NONE = "\t", "-"
_DISTRICT_LENGTH = 5
# Of two rows about the same body and solution: which stage is the one of today, the last first.
_RANK = {None: 0, Stage.ENDED: 1, Stage.INTERESTED: 2, Stage.PLANNED: 3, Stage.TRIAL: 4, Stage.IN_USE: 5}


class Column(IntEnum):
    """The columns. Of the five stages there are five of each of the last three, in the order of stages.

    BEGAN is the month in which a stage began, as `reuse_dates` counts it: NEVER, UNDATED or the month, put
    before a later stage's month where only the year is known. MIDDLE is the same month for measuring time.
    STEP holds the dated steps in order, each as month * 8 + stage, LATEST where there is none any more.
    """

    BODY = 0
    STAGE = 1  # number in STAGES, -1 where unknown
    STANDING = 2
    LAND = 3  # 0 where unknown
    SIZE = 4
    FUNDED = 5
    AFFIRMED = 6  # YYYYMMDD, 0 where nobody did
    IS_NAMED = 7
    IS_DATED = 8  # whether it is known when the stage of today began
    DISTRICT = 9  # first five digits of the key, 0 where it has none
    BEGAN = 10
    MIDDLE = 15
    STEP = 20
    END = 25


@dataclass(frozen=True, slots=True)
class ReuseColumns:
    """Every reuse (a body and a solution, once) of a revision, those of a solution side by side.

    `table` has a row for each of `Column`; `starts` says where the reuses of each of `solutions` begin.
    `texts` is what they were made from. `bodies` only ever grows, so revisions share it.
    """

    solutions: tuple[str, ...]
    starts: Ints
    table: Ints
    bodies: list[str]
    numbers: dict[str, int]  # body -> its place in `bodies`
    texts: Mapping[str, str]
    solution: Ints = field(init=False)  # of each reuse the number of its solution

    def __post_init__(self) -> None:
        lengths = np.diff(self.starts)
        object.__setattr__(self, "solution", np.repeat(np.arange(len(lengths), dtype=np.int32), lengths))

    def __len__(self) -> int:
        return int(self.table.shape[1])

    def of(self, column: int) -> Ints:
        """A column of all reuses."""
        found: Ints = self.table[column]
        return found

    def number_of(self, body: str) -> int:
        """The number of a body, whether it reuses anything or not."""
        return _number_of(body, self.bodies, self.numbers)


def no_columns() -> ReuseColumns:
    """Those of an empty catalogue."""
    return ReuseColumns((), np.zeros(1, np.int32), _empty(0), [], {}, {})


def load_columns(
    connection: Connection, solutions: Sequence[str], before: ReuseColumns | None = None
) -> ReuseColumns:
    """The published reuses of these solutions (ids, sorted); `before` are those of any revision."""
    before = no_columns() if before is None else before
    texts = _texts(connection)
    fresh = {name: text for name in solutions if (text := texts.get(name, "")) != before.texts.get(name, "")}
    made = {name: _read(text, before.bodies, before.numbers) for name, text in fresh.items()}
    block = _block(chain.from_iterable(made.values()))
    places = {name: (begin, end) for name, begin, end in _places(before)}
    offset = len(before)
    for name, rows in made.items():
        places[name] = (offset, offset + len(rows))
        offset += len(rows)
    begins, ends = np.array([places.get(name, (0, 0)) for name in solutions], np.int64).reshape(-1, 2).T
    starts = np.concatenate([[0], np.cumsum(ends - begins)]).astype(np.int32)
    taken = np.repeat(begins - starts[:-1], ends - begins) + np.arange(int(starts[-1]))
    table = np.concatenate([before.table, block], axis=1)[:, taken]
    return ReuseColumns(tuple(solutions), starts, table, before.bodies, before.numbers, texts)


def _places(columns: ReuseColumns) -> Iterator[tuple[str, int, int]]:
    """Where the reuses of each solution begin and end."""
    return zip(columns.solutions, columns.starts.tolist(), columns.starts[1:].tolist(), strict=False)


_FIELDS = tuple(
    col(getattr(ReuseRow, name))
    for name in (
        *("body", "stage", "standing", "land", "size", "funded", "affirmed"),
        *("interested", "planned", "trial", "in_use", "ended"),
    )
)


def _texts(connection: Connection) -> dict[str, str]:
    """Of each solution its rows as one text, a line each."""
    line: Any = _FIELDS[0]
    for column in _FIELDS[1:]:
        line = line.op("||")(literal(_SEPARATOR)).op("||")(func.coalesce(column, _NONE))
    query = (
        select(col(ReuseRow.solution_id), func.aggregate_strings(line, "\n"))
        .where(col(ReuseRow.relation) == Relation.USES.value)
        .group_by(col(ReuseRow.solution_id))
    )
    return {row[0]: row[1] for row in connection.execute(query)}


_STAGE_NUMBERS = {stage.value: number for number, stage in enumerate(STAGES)}
_STANDING_NUMBERS = {standing.value: number for number, standing in enumerate(STANDINGS)}
_FUNDING_NUMBERS = {funded.value: number for number, funded in enumerate(FUNDINGS)}
_SIZE_NUMBERS = {size: number for number, size in enumerate(SIZES)}
_LAENDER = frozenset(LAENDER)
_RANKS = [_RANK[None], *(_RANK[stage] for stage in STAGES)]  # by number + 1
_MONTHS: dict[str, tuple[int, int]] = {}  # text -> month, whether only the year is known; few differ

_Raw = list[int]  # body, stage, standing, land, size, funded, affirmed, district, is_named, 5 months, 5 flags
_MONTH, _FLAG = 9, 14


def _read(text: str, bodies: list[str], numbers: dict[str, int]) -> list[_Raw]:
    """The reuses in the text of a solution, each body once."""
    found: dict[str, _Raw] = {}
    for line in text.split("\n") if text else ():
        body, *rest = line.split(_SEPARATOR)
        raw = _raw(body, rest, bodies, numbers)
        found[body] = _merged(found[body], raw) if body in found else raw
    return list(found.values())


def _raw(body: str, rest: list[str], bodies: list[str], numbers: dict[str, int]) -> _Raw:
    stage, standing, land, size, funded, affirmed, *dates = rest
    is_key = body.isdecimal()
    months = [_MONTHS.get(text) or _MONTHS.setdefault(text, _month(text)) for text in dates]
    return [
        _number_of(body, bodies, numbers),
        _STAGE_NUMBERS.get(stage, -1),
        _STANDING_NUMBERS[standing],
        int(land) if land in _LAENDER else 0,
        _SIZE_NUMBERS[size or _size_of_key(body)],
        _FUNDING_NUMBERS[funded],
        0 if affirmed == _NONE else int(affirmed.replace("-", "")),
        int(body[:_DISTRICT_LENGTH]) if is_key and len(body) >= _DISTRICT_LENGTH else 0,
        not body.startswith(UNNAMED),
        *(month for month, _ in months),
        *(flag for _, flag in months),
    ]


def _size_of_key(body: str) -> str:
    """Of a body without a size class; towns of unknown population are among the others."""
    return "district" if body.isdecimal() and len(body) < MUNICIPALITY_LENGTH else "other"


def _month(text: str) -> tuple[int, int]:
    if text == _NONE:
        return NEVER, 0
    month = month_of(text)
    return (UNDATED, 0) if month is None else (month, int(is_year_only(text)))


def _merged(one: _Raw, other: _Raw) -> _Raw:
    """Two rows about the same body: the stage that is further, the surer standing, the earliest dates."""
    further = max(one, other, key=lambda raw: _RANKS[raw[1] + 1])
    both = [*further]
    both[2], both[6] = max(one[2], other[2]), max(one[6], other[6])
    for place in range(_MONTH, _FLAG):
        known = [raw for raw in (one, other) if raw[place] >= 0]
        first = min(known, key=lambda raw: raw[place]) if known else None
        both[place] = first[place] if first else max(one[place], other[place])
        both[place + 5] = first[place + 5] if first else 0
    return both


def _number_of(body: str, bodies: list[str], numbers: dict[str, int]) -> int:
    number = numbers.get(body)
    if number is None:
        number = numbers[body] = len(bodies)
        bodies.append(body)
    return number


def _empty(count: int) -> Ints:
    return np.zeros((Column.END, count), np.int32)


def _block(rows: Iterable[_Raw]) -> Ints:
    """Raw rows as columns, with what follows from them."""
    raw = np.array(list(rows), np.int32).reshape(-1, _FLAG + 5).T
    table = _empty(raw.shape[1])
    table[Column.BODY : Column.AFFIRMED + 1] = raw[:7]
    table[Column.DISTRICT], table[Column.IS_NAMED] = raw[7], raw[8]
    began, is_rough = raw[_MONTH:_FLAG].copy(), raw[_FLAG:] == 1
    table[Column.MIDDLE : Column.STEP] = np.where(is_rough, middle_of_year_of(began), began)
    _order_within_years(began, is_rough)
    table[Column.BEGAN : Column.MIDDLE] = began
    stages = np.arange(len(STAGES), dtype=np.int32)[:, None]
    steps = np.sort(np.where(began >= 0, began * 8 + stages, LATEST), axis=0)
    table[Column.STEP : Column.END] = steps
    last = np.max(np.where(steps < LATEST, steps, -1), axis=0, initial=-1)
    stage = table[Column.STAGE]
    current = np.take_along_axis(began, np.maximum(stage, 0)[None, :], axis=0)[0]
    table[Column.IS_DATED] = (stage >= 0) & (current >= 0) & (last >= 0) & (last % 8 == stage)
    return table


def _order_within_years(began: Ints, is_rough: Bools) -> None:
    """A stage of which only the year is known began no later in it than the stages after it."""
    for stage in range(len(STAGES) - 2, -1, -1):
        for later in range(stage + 1, len(STAGES)):
            same_year = (began[stage] // 12 == began[later] // 12) & (began[later] >= 0)
            began[stage] = np.where(
                is_rough[stage] & same_year, np.minimum(began[stage], began[later]), began[stage]
            )


def middle_of_year_of(months: Ints) -> Ints:
    """As `reuse_dates.middle_of_year`, of many; what is no month stays."""
    return np.where(months >= 0, middle_of_year(0) + months // 12 * 12, months).astype(np.int32)
