"""The derived tables: made from the stored solutions, and made again whenever these change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert

from catalogue.domain.programme import BodyFacts
from catalogue.domain.reuse import Reuse, Stage
from catalogue.domain.reuse_text import plain_from_reuse
from catalogue.domain.solution import Solution
from catalogue.storage.tables import DERIVED, LinkRow, ObservationRow, ProvisionRow, ReuseRow, ShownRow

VERSION = "5"  # raise it with any change of what is derived: the next publication then derives anew


class Link(StrEnum):
    """What a solution names by its id."""

    TOPIC = "topic"
    MODEL_PROJECT = "model-project"
    BASED_ON = "based-on"
    DEPENDS_ON = "depends-on"


# A repository's key, and the snapshot of it that is shown (None where nobody has looked yet).
Observation = tuple[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a solution beside its entry.

    `observations` are in the order of its repositories, `reuses` all that is known; the fingerprints are
    those of `ShownRow`.
    """

    observations: Sequence[Observation]
    reuses: Sequence[Reuse]
    signs: str
    known: str


def derive_anew(
    connection: Connection,
    solutions: Iterable[Solution],
    describe: Callable[[str], BodyFacts],
    shown: Mapping[str, Shown],
) -> None:
    """Empty the derived tables and fill them.

    `describe` tells of any key of a body which key it has today, and more; `shown` has what is known of each
    solution beside its entry. Of one that is not in it the entry alone is shown.
    """
    for kind in DERIVED:
        connection.execute(delete(kind))
    known, provisions, links, seen, prints = [], [], [], [], []
    for solution in solutions:
        beside = shown.get(solution.id)
        known += reuse_rows(solution.id, beside.reuses if beside else solution.reuses, describe)
        provisions += _provisions(solution, describe)
        links += _links(solution)
        seen += _observations(solution, beside.observations if beside else ())
        prints += [shown_row(solution.id, beside)] if beside else []
    made = (
        (ReuseRow, known), (ProvisionRow, provisions), (LinkRow, links), (ObservationRow, seen),
        (ShownRow, prints),
    )  # fmt: skip
    for kind, rows in made:
        if rows:
            connection.execute(insert(kind), rows)


def shown_row(solution_id: str, shown: Shown) -> dict[str, object]:
    """The row of the fingerprints of a solution."""
    return {"solution_id": solution_id, "signs": shown.signs, "known": shown.known}


def reuse_rows(
    solution_id: str, reuses: Sequence[Reuse], describe: Callable[[str], BodyFacts]
) -> list[dict[str, object]]:
    """The rows of the reuses of a solution, in their order."""
    return [
        {
            "solution_id": solution_id,
            "position": position,
            "relation": reuse.relation.value,
            "stage": reuse.stage.value if reuse.stage else None,
            "confirmed": reuse.confirmed,
            "counts": reuse.counts,
            "latest": reuse.latest,
            "standing": reuse.standing.value,
            "report": reuse.report,
            "affirmed": reuse.affirmed,
            **_of_body(describe(reuse.body)),
            **_begun(reuse),
            "data": plain_from_reuse(reuse),
        }
        for position, reuse in enumerate(reuses)
    ]


def _of_body(facts: BodyFacts) -> dict[str, object]:
    return {"body": facts.key, "land": facts.land, "size": facts.size, "funded": facts.funded.value}


def _begun(reuse: Reuse) -> dict[str, str | None]:
    """When each stage first began: see `ReuseRow`."""
    begun: dict[Stage, str] = {}
    for step in reuse.steps:
        begun.setdefault(step.stage, step.since or "")
    if reuse.stage and reuse.stage not in begun:
        ended = reuse.stage is Stage.ENDED
        begun[reuse.stage] = (reuse.until if ended else reuse.since) or ""
        if ended and reuse.since:  # it was in use in between, or there would be nothing to end
            begun.setdefault(Stage.IN_USE, reuse.since)
    return {stage.value.replace("-", "_"): begun.get(stage) for stage in Stage}


def _provisions(solution: Solution, describe: Callable[[str], BodyFacts]) -> list[dict[str, object]]:
    return [
        {
            "solution_id": solution.id,
            "position": position,
            "body": describe(provider.body).key,
            "role": provider.role,
        }
        for position, provider in enumerate(solution.providers)
    ]


def _observations(solution: Solution, observations: Sequence[Observation]) -> list[dict[str, object]]:
    return [
        {"solution_id": solution.id, "position": position, "repository_key": key, "snapshot_id": number}
        for position, (key, number) in enumerate(observations)
    ]


def _links(solution: Solution) -> list[dict[str, object]]:
    named = {
        Link.TOPIC: solution.topics,
        Link.MODEL_PROJECT: solution.model_projects,
        Link.BASED_ON: solution.based_on,
        Link.DEPENDS_ON: solution.depends_on,
    }
    return [
        {"solution_id": solution.id, "kind": kind.value, "target": target}
        for kind, targets in named.items()
        for target in dict.fromkeys(targets)
    ]
