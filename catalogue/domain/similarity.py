"""Which solutions are alike, and why: shared topics, tags and technologies."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.domain.solution import Solution


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two solutions are alike: what both name."""

    topics: tuple[str, ...]
    tags: tuple[str, ...]
    technologies: tuple[str, ...]
    is_related: bool  # one builds on the other or needs it


# A shared tag says more than a shared topic, of which there are few; a technology says little of the task.
_TOPIC, _TAG, _TECHNOLOGY, _RELATED = 2.0, 3.0, 1.0, 4.0


def alike(solution: Solution, others: Iterable[Solution]) -> list[tuple[str, Reason]]:
    """Ids of the solutions that share something with `solution`, the nearest first, each with the reason."""
    ranked = []
    for other in others:
        reason = _reason(solution, other)
        weight = (
            _TOPIC * len(reason.topics) / max(len(set(solution.topics) | set(other.topics)), 1)
            + _TAG * len(reason.tags)
            + _TECHNOLOGY * len(reason.technologies) / 3
            + _RELATED * reason.is_related
            - (1.0 if other.is_discontinued else 0.0)
        )
        if reason.topics or reason.tags or reason.is_related:
            ranked.append((-weight, other.name.casefold(), other.id, reason))
    return [(other_id, reason) for _, _, other_id, reason in sorted(ranked, key=lambda row: row[:3])]


def _reason(a: Solution, b: Solution) -> Reason:
    related = {*a.based_on, *a.depends_on}, {*b.based_on, *b.depends_on}
    return Reason(
        topics=tuple(topic for topic in a.topics if topic in b.topics),
        tags=_shared(a.tags, b.tags),
        technologies=_shared(a.technologies, b.technologies),
        is_related=b.id in related[0] or a.id in related[1],
    )


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    there = {word.casefold() for word in b}
    return tuple(word for word in a if word.casefold() in there)
