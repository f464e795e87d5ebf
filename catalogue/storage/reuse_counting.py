"""Breakdowns of reuses: by what reuses, by what is reused, and by how fresh the confirmation is."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from catalogue.domain.reuse import Stage
from catalogue.domain.solution import Funded
from catalogue.domain.statistics import (
    COUNTING,
    NONE_KEY,
    SIZES,
    SPLIT,
    UNKNOWN_KEY,
    UNNAMED_KEY,
    Counted,
    Figure,
    Row,
    cells_with_unnamed,
    share,
)
from catalogue.storage.reuse_columns import FUNDINGS, STAGES, Bools, Column, Ints
from catalogue.storage.reuse_sample import Counts, Sample, split_rows, split_values
from catalogue.storage.solution_columns import LAENDER, Groups


def totals(sample: Sample, today: date) -> Counted:
    """Reuses by stage of today, those that are not named, and how many bodies and solutions they are."""
    stage = sample.of(Column.STAGE)
    by_stage = sample.split(stage + 1, len(STAGES) + 1)  # the first is of those without a stage
    counting = np.isin(stage, [STAGES.index(one) for one in COUNTING])
    if sample.selection.stage:
        counting = np.ones(len(sample), np.bool_)
    everything, group = np.zeros(len(sample), np.int32), 1
    rows = [
        Row(key=("counting",), values=split_values(sample.split(everything, group, counting)[0])),
        *split_rows([one.value for one in STAGES], by_stage[1:]),
        Row(key=(UNKNOWN_KEY,), values=split_values(by_stage[0])),
        Row(
            key=(UNNAMED_KEY,),
            values=split_values(sample.split(everything, group, counting & ~sample.is_named)[0]),
        ),
        Row(key=("bodies",), values=_different(sample.of(Column.BODY), counting & sample.is_named)),
        Row(key=("solutions",), values=_different(sample.solution, counting & sample.is_named)),
    ]
    return _counted(Figure.TOTALS, "total", rows)


def _different(values: Ints, mask: Bools) -> tuple[int | None, ...]:
    return int(np.count_nonzero(np.bincount(values[mask]))), None, None, None


def _counted(figure: Figure, key: str, rows: list[Row], *more: str, left_out: int = 0) -> Counted:
    columns = (*SPLIT, *more)
    return Counted(figure=figure, keys=(key,), columns=columns, rows=tuple(rows), left_out=left_out)


def _by_body(sample: Sample, groups: Ints, keys: list[str]) -> tuple[list[str], Counts, Counts]:
    """Groups of bodies with one more for those that are not named: keys, numbers by standing, bodies."""
    count = len(keys) + 1
    groups = np.where(sample.is_named, groups, len(keys)).astype(np.int32)
    return [*keys, UNNAMED_KEY], sample.split(groups, count), sample.bodies_in(groups, count)


def lands(sample: Sample, today: date) -> Counted:
    """Reuses by the Land of the reusing body."""
    keys = [UNKNOWN_KEY, *(f"{land:02}" for land in range(1, LAENDER))]
    return _counted(
        Figure.LANDS, "land", _last(split_rows(*_by_body(sample, sample.of(Column.LAND), keys))), "bodies"
    )


def _last(rows: list[Row]) -> list[Row]:
    """With the row of what is not known behind those that are."""
    unknown = [row for row in rows if row.key == (UNKNOWN_KEY,)]
    unnamed = [row for row in rows if row.key == (UNNAMED_KEY,)]
    return [row for row in rows if row.key[0] not in (UNKNOWN_KEY, UNNAMED_KEY)] + unknown + unnamed


def sizes(sample: Sample, today: date) -> Counted:
    """Reuses by the size of the reusing body."""
    found = _by_body(sample, sample.of(Column.SIZE), list(SIZES))
    return _counted(Figure.SIZES, "size", split_rows(*found), "bodies")


def spill_over(sample: Sample, today: date) -> Counted:
    """Reuses within the programme and outside, of all solutions and of those of model projects."""
    keys = [funded.value for funded in FUNDINGS]
    names, counts, bodies = _by_body(sample, sample.of(Column.FUNDED), keys)
    groups = np.where(sample.is_named, sample.of(Column.FUNDED), len(keys))
    of_projects = ~sample.solutions.projects.none[sample.solution]
    theirs = np.bincount(groups[of_projects], minlength=len(names))
    within, outside = (FUNDINGS.index(one) for one in (Funded.YES, Funded.NO))
    in_all = counts.sum(axis=1)
    return Counted(
        figure=Figure.SPILL_OVER,
        keys=("funded",),
        columns=(*SPLIT, "bodies", "of_projects"),
        rows=tuple(split_rows(names, counts, bodies, theirs)),
        notes={
            "outside": share(int(in_all[outside]), int(in_all[within] + in_all[outside])),
            "outside_of_projects": share(int(theirs[outside]), int(theirs[within] + theirs[outside])),
        },
    )


def freshness(sample: Sample, today: date) -> Counted:
    """Reuses by when somebody entitled last said that it is true."""
    affirmed = sample.of(Column.AFFIRMED)
    year_ago = (today.year - 1) * 10_000 + today.month * 100 + today.day
    groups = np.where(affirmed == 0, 2, np.where(affirmed >= year_ago, 0, 1)).astype(np.int32)
    return _counted(
        Figure.FRESHNESS, "freshness", split_rows(["fresh", "older", "never"], sample.split(groups, 3))
    )


def solutions(sample: Sample, today: date) -> Counted:
    """Reuses by solution, most first; bodies that are not named where `cells_with_unnamed` allows it."""
    count = len(sample.solutions.ids)
    named = sample.split(sample.solution, count, sample.is_named)
    unnamed = sample.split(sample.solution, count, ~sample.is_named)
    known = sample.solution_mask
    allowed = np.zeros(count, np.bool_)
    allowed[known] = cells_with_unnamed(named[known].sum(axis=1).tolist())
    shown = named + unnamed * allowed[:, None]
    apart = (unnamed * ~allowed[:, None]).sum(axis=0)
    totals_of = shown.sum(axis=1)
    order = [n for n in np.argsort(-totals_of, kind="stable").tolist() if totals_of[n]]
    rows = [Row(key=(sample.solutions.ids[n],), values=split_values(shown[n])) for n in order[: sample.most]]
    rows.append(Row(key=(UNNAMED_KEY,), values=split_values(apart)))
    left_out = len(order) - len(rows) + 1
    return _counted(Figure.SOLUTIONS, "solution", rows, left_out=left_out)


def _by_group(sample: Sample, groups: Groups) -> list[Row]:
    """Reuses of the solutions of each group; not named ones apart, since groups overlap."""
    count = len(sample.solutions.ids)
    named = sample.split(sample.solution, count, sample.is_named)
    unnamed = sample.split(sample.solution, count, ~sample.is_named).sum(axis=0)
    known = sample.solution_mask
    members = groups.members & known
    without = groups.none & known
    number = [*members.sum(axis=1).tolist(), int(without.sum())]
    counts = [*(members.astype(np.int64) @ named), without.astype(np.int64) @ named]
    keys = [*groups.keys, NONE_KEY]
    rows = [
        Row(key=(key,), values=(*split_values(by), many))
        for key, by, many in zip(keys, counts, number, strict=True)
    ]
    return [*rows, Row(key=(UNNAMED_KEY,), values=(*split_values(unnamed), None))]


def topics(sample: Sample, today: date) -> Counted:
    """Reuses by topic, with those of its parts; a solution of several topics counts in each."""
    return _counted(Figure.TOPICS, "topic", _by_group(sample, sample.solutions.topics), "solutions")


def rounds(sample: Sample, today: date) -> Counted:
    """Reuses by the funding round of the model projects that a solution comes from."""
    return _counted(Figure.ROUNDS, "round", _by_group(sample, sample.solutions.rounds), "solutions")


def measures(sample: Sample, today: date) -> Counted:
    """Of each model project: its measures (solutions), how many are reused, and how often."""
    projects = sample.solutions.projects
    reuses = np.bincount(sample.solution[sample.is_named], minlength=len(sample.solutions.ids))
    rows = []
    for key, members in zip(projects.keys, projects.members & sample.solution_mask, strict=True):
        if members.any():
            many = reuses[members]
            rows.append(Row(key=(key,), values=(len(many), int((many > 0).sum()), int(many.sum()))))
    rows.sort(key=lambda row: (-int(row.values[2] or 0), row.key))
    return Counted(
        figure=Figure.MEASURES,
        keys=("project",),
        columns=("measures", "with_reuse", "reuses"),
        rows=tuple(rows[: sample.most]),
        notes=_measures_in_all(sample, reuses),
        left_out=len(rows[sample.most :]) if sample.most else 0,
    )


def _measures_in_all(sample: Sample, reuses: Counts) -> Mapping[str, float | int | None]:
    """Each measure once, whatever the number of its projects."""
    those = ~sample.solutions.projects.none & sample.solution_mask
    count, all_reuses = int(those.sum()), int(reuses[those].sum())
    return {
        "measures": count,
        "with_reuse": int((reuses[those] > 0).sum()),
        "reuses": all_reuses,
        "per_measure": round(all_reuses / count, 1) if count else None,
    }


def unused(sample: Sample, today: date) -> Counted:
    """The solutions without a named reuse."""
    reuses = np.bincount(sample.solution[sample.is_named], minlength=len(sample.solutions.ids))
    without = np.flatnonzero((reuses == 0) & sample.solution_mask)
    rows = tuple(Row(key=(sample.solutions.ids[n],)) for n in without[: sample.most].tolist())
    known = int(sample.solution_mask.sum())
    return Counted(
        figure=Figure.UNUSED,
        keys=("solution",),
        columns=(),
        rows=rows,
        notes={"solutions": known, "without": len(without)},
        left_out=len(without) - len(rows),
    )


def districts(sample: Sample, today: date) -> Counted:
    """Named reuses by district: the first five digits of a key, an independent city is one of its own."""
    counts = np.bincount(sample.of(Column.DISTRICT)[sample.is_named])
    rows = [
        Row(key=(f"{code:05}",), values=(int(counts[code]),))
        for code in np.flatnonzero(counts).tolist()
        if code
    ]
    return Counted(figure=Figure.DISTRICTS, keys=("district",), columns=("reuses",), rows=tuple(rows))


Count = Callable[[Sample, date], Counted]
BREAKDOWNS: Mapping[Figure, Count] = {
    Figure.TOTALS: totals,
    Figure.LANDS: lands,
    Figure.SIZES: sizes,
    Figure.SPILL_OVER: spill_over,
    Figure.FRESHNESS: freshness,
    Figure.SOLUTIONS: solutions,
    Figure.TOPICS: topics,
    Figure.ROUNDS: rounds,
    Figure.MEASURES: measures,
    Figure.UNUSED: unused,
    Figure.DISTRICTS: districts,
}
assert [one.value for one in STAGES] == [one.value for one in Stage]
