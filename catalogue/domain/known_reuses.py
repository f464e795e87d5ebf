"""All that is said of who reuses a solution, joined into what the catalogue publishes.

Three say something: the rows of the entry, `usedBy` of publiccode.yml, and reports of the bodies themselves.
Bodies are compared by their keys of today.

- Of the reports only those that the office has confirmed are heard. Of several about one body, the one that
  was said last speaks; dated steps that only the others name are added before its own last step.
- A report replaces the rows that say its body uses the solution, in the entry and in `usedBy`, whatever their
  standing: the body knows best. Their evidence stays. Other relations (partner, develops) stay as they are.
- A report that denies the use takes those rows away.
- A report that wants no name is counted under a key that finds no body, with its stages and what is reused;
  all else could tell who it is, the evidence of replaced rows too.
- `usedBy` adds whom nobody else names as a user: stated, in use, as of the day when the file was read. Those
  who provide the solution run their own; that is no reuse by others, unless the entry says so.
- All other rows of the entry stay as they are written.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.domain.reuse import (
    Evidence,
    Origin,
    Relation,
    Reuse,
    Stage,
    Standing,
    Step,
    unnamed_key,
)
from catalogue.domain.reuse_report import ReuseReport, Visibility
from catalogue.domain.solution import Solution

KeyOf = Callable[[str], str]
_RANK = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUse:
    """A body that a publiccode.yml names in `usedBy`; the evidence is the file, as of the day of the look."""

    body: str
    evidence: Evidence


def known_reuses(
    solution: Solution, *, named: Iterable[NamedUse], reports: Iterable[ReuseReport], key_of: KeyOf
) -> tuple[Reuse, ...]:
    """The reuses of a solution as they are published: see above.

    `solution` is as its entry says; `reports` may be about other solutions and in any state. `key_of` tells
    the key of today of any key. Nothing depends on the order of `named` and `reports`.
    """
    spoken = _by_body(solution.id, reports, key_of)
    files = _by_key(named, key_of)
    kept: list[Reuse] = []
    replaced: defaultdict[str, list[Reuse]] = defaultdict(list)
    for row in solution.reuses:
        key = key_of(row.body)
        is_replaced = row.relation is Relation.USES and key in spoken
        (replaced[key] if is_replaced else kept).append(row)
    users = {key_of(row.body) for row in kept if row.relation is Relation.USES}
    own = {key_of(provider.body) for provider in solution.providers}
    stated = [_stated(key, files[key]) for key in sorted(files.keys() - users - own - spoken.keys())]
    reported = [
        _reported(key, spoken[key], replaced[key], files.get(key, ()))
        for key in sorted(spoken)
        if not spoken[key][0].claim.is_denial
    ]
    return (*kept, *stated, *reported)


def _by_body(
    solution: str, reports: Iterable[ReuseReport], key_of: KeyOf
) -> Mapping[str, Sequence[ReuseReport]]:
    """The reports that count, by body, the one that was said last first."""
    found: defaultdict[str, list[ReuseReport]] = defaultdict(list)
    for report in reports:
        if report.is_public and report.claim.solution == solution:
            found[key_of(report.claim.body)].append(report)
    return {key: sorted(several, key=_said, reverse=True) for key, several in found.items()}


def _said(report: ReuseReport) -> tuple[datetime, int, int]:
    """When somebody entitled last said it. That it was asked about is an event too, and says nothing."""
    moments = (report.reported_at, report.decided_at, report.affirmed_at)
    return max(moment for moment in moments if moment), report.version, report.number


def _by_key(named: Iterable[NamedUse], key_of: KeyOf) -> Mapping[str, tuple[Evidence, ...]]:
    found: defaultdict[str, set[Evidence]] = defaultdict(set)
    for one in named:
        found[key_of(one.body)].add(one.evidence)
    return {key: tuple(sorted(files, key=_order)) for key, files in found.items()}


def _order(evidence: Evidence) -> tuple[str, str, str]:
    return evidence.address or "", evidence.source or "", evidence.seen or ""


def _stated(body: str, files: Collection[Evidence]) -> Reuse:
    return Reuse(
        body=body,
        relation=Relation.USES,
        stage=Stage.IN_USE,
        confirmed=False,
        standing=Standing.STATED,
        origin=Origin.USED_BY,
        seen=max((file.seen for file in files if file.seen), default=None),
        evidence=tuple(files),
    )


def _reported(
    body: str, reports: Sequence[ReuseReport], rows: Sequence[Reuse], files: Sequence[Evidence]
) -> Reuse:
    """What the report that was said last says, with the steps and the evidence of all others."""
    report, claim = reports[0], reports[0].claim
    steps = _with_steps(
        claim.steps, [*_steps_of(reports[1:]), *(step for row in rows for step in _dated(row))]
    )
    is_named = claim.visibility is Visibility.PUBLIC
    common = Reuse(
        body=body if is_named else unnamed_key(report.number),
        relation=Relation.USES,
        stage=steps[-1].stage,
        confirmed=True,
        standing=Standing.CONFIRMED,
        origin=Origin.REPORT,
        since=_since(steps),
        until=steps[-1].since if steps[-1].stage is Stage.ENDED else None,
        steps=steps,
        what=claim.what,
        affirmed=report.affirmed_at.date().isoformat() if report.affirmed_at else None,
        report=report.number,
    )
    return common if not is_named else _with_details(common, reports, rows, files)


def _with_details(
    reuse: Reuse, reports: Sequence[ReuseReport], rows: Sequence[Reuse], files: Sequence[Evidence]
) -> Reuse:
    claim = reports[0].claim
    own = [Evidence(address=one.claim.evidence) for one in reports if one.claim.evidence]
    evidence = (*own, *(item for row in rows for item in row.evidence), *files)
    return replace(
        reuse,
        part=claim.part or None,
        version=claim.version or None,
        operator=claim.operator or None,
        address=claim.address or None,
        effort=claim.effort or None,
        obstacles=claim.obstacles or None,
        contact=claim.contact or None,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _steps_of(reports: Iterable[ReuseReport]) -> list[Step]:
    return [step for report in reports for step in report.claim.steps]


def _dated(row: Reuse) -> tuple[Step, ...]:
    """What an entry says of stages; when a use began that has ended, it does not say of which stage."""
    since = row.until if row.stage is Stage.ENDED else row.since
    return row.steps or ((Step(stage=row.stage, since=since),) if row.stage else ())


def _with_steps(own: tuple[Step, ...], others: Iterable[Step]) -> tuple[Step, ...]:
    """The steps with those dated ones of others that came before the last and whose stage is not told yet."""
    steps, last = list(own), own[-1]
    told = {step.stage for step in own}
    for step in sorted(others, key=lambda step: (step.since or "", _RANK[step.stage])):
        is_before = step.since and _RANK[step.stage] < _RANK[last.stage]
        if step.stage in told or not is_before or (last.since and str(step.since) > last.since):
            continue
        later = (n for n, one in enumerate(steps) if one.since and one.since > str(step.since))
        steps.insert(min(next(later, len(steps)), len(steps) - 1), step)
        told.add(step.stage)
    return tuple(steps)


def _since(steps: Sequence[Step]) -> str | None:
    """When what is true today began; of what has ended, when its use began."""
    if steps[-1].stage is not Stage.ENDED:
        return steps[-1].since
    used = (step.since for step in steps if step.stage in (Stage.TRIAL, Stage.IN_USE) and step.since)
    return next(used, None)
