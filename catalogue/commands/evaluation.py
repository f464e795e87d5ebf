"""Figures of an evaluation as tables for people and as plain data for programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from catalogue.domain.relevance import Figures
from catalogue.domain.wording import one_line
from catalogue.services.evaluate import Answered, Evaluation, Measured

_HEAD = ("n", "nDCG@10", "MRR", "recall@10", "success@3", "no answer", "nonsense refused")
_SHOWN = 5  # hits of a bad answer


def as_text(evaluation: Evaluation, worst: int) -> str:
    """By kind of query; without each ingredient; both together for nDCG@10; the worst queries."""
    everything, without = evaluation.everything, evaluation.without
    by_kind = [(kind, *_cells(row)) for kind, row in everything.kinds.items()]
    totals = [(f"without {one}", *_cells(measured.total)) for one, measured in without.items()]
    both = [
        (kind, *(_share(measured.kinds[kind].ndcg) for measured in (everything, *without.values())))
        for kind, row in everything.kinds.items()
        if row.questions
    ]
    parts = [
        _table(("kind of query", *_HEAD), [*by_kind, ("all", *_cells(everything.total))]),
        _table(("ingredients", *_HEAD), [("everything", *_cells(everything.total)), *totals]),
        _table(("nDCG@10", "everything", *(f"w/o {one}" for one in without)), both),
    ]
    if worst:
        parts.append("\n".join(_lines_of(evaluation.worst(worst))))
    return "\n\n".join(parts)


def as_json(found: Mapping[str, Evaluation], worst: int) -> dict[str, object]:
    """All figures by file, unrounded."""
    return {"files": [{"file": name, **_plain(evaluation, worst)} for name, evaluation in found.items()]}


def _plain(evaluation: Evaluation, worst: int) -> dict[str, object]:
    return {
        **_measured(evaluation.everything),
        "without": {one.value: _measured(measured) for one, measured in evaluation.without.items()},
        **({"worst": [_bad(one) for one in evaluation.worst(worst)]} if worst else {}),
    }


def _measured(measured: Measured) -> dict[str, object]:
    return {
        "all": asdict(measured.total),
        "kinds": {kind: asdict(row) for kind, row in measured.kinds.items()},
    }


def _bad(one: Answered) -> dict[str, object]:
    return {
        "query": one.question.text,
        "kind": one.question.kind,
        "quality": one.quality,
        "got": [{"id": hit.id, "score": hit.score, "by": hit.by} for hit in one.hits],
        "wanted": dict(one.question.grades),
    }


def _lines_of(answered: Iterable[Answered]) -> Iterable[str]:
    marks = {"meaning": "~"}  # behind what was found by it
    for one in answered:
        grades = one.question.grades
        got = (f"{hit.id}{marks.get(hit.by, '')}({grades.get(hit.id, 0)})" for hit in one.hits[:_SHOWN])
        wanted = (f"{key}({grade})" for key, grade in sorted(grades.items(), key=lambda item: -item[1]))
        yield f"{one.quality:.3f}  {one.question.kind}: {one_line(one.question.text)}"
        yield f"       got     {', '.join(got) or 'nothing'}"
        yield f"       wanted  {', '.join(wanted) or 'nothing'}"


def _cells(row: Figures) -> tuple[str, ...]:
    shares = (row.ndcg, row.mrr, row.recall, row.success, row.no_answer, row.refused)
    return (str(row.questions or row.nonsense), *map(_share, shares))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, figures to the right."""
    cells = [head, *rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    lines = [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
