"""The office's work list: what waits, how much of it, and what is known beside each report."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from catalogue.domain.bodies import Body
from catalogue.domain.findings import Finding, FindingKind
from catalogue.domain.programme import BodyFacts, describer
from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_report import ReuseReport, State
from catalogue.services.catalogue import Catalogue
from catalogue.services.harvest_overview import Unpublished
from catalogue.storage.report_lists import OfBody, OpenHint, Queue

PAGE = 25
_MOST_DENIALS = 200  # as many are compared with what entries say


class Section(StrEnum):
    """What waits for the office, in the order of the work list."""

    PENDING = "pending"
    TO_CHECK = "to-check"
    HINTS = "hints"
    DENIED = "denied"
    STALE = "stale"
    CONTACTS = "contacts"
    LICENCES = "licences"
    ENTRIES = "entries"
    ARCHIVED = "archived"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A report with what is known beside it."""

    report: ReuseReport
    solution: str  # its name, or its id where it is published no more
    is_published: bool
    body: Body
    facts: BodyFacts
    published: tuple[Reuse, ...]  # what the catalogue says of this body and solution without this report
    same: int  # other reports of the same body about the same solution
    others: int  # reports of the same body about other solutions
    confirmed: int  # of `others` and `same`, how many are confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A section: how much waits in it, and a page of it; which of the lists is filled follows from it."""

    section: Section
    count: int
    reports: tuple[Known, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[Unpublished, ...] = ()
    hints: tuple[OpenHint, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of the solutions that they are about


def work(catalogue: Catalogue, section: Section, now: datetime, *, offset: int, limit: int) -> Work:
    """A page of a section, the longest waiting first."""
    return _MAKERS[section](catalogue, section, now, offset, limit)


# --- Reports

_QUEUES: Mapping[Section, Queue] = {
    Section.PENDING: Queue.PENDING,
    Section.TO_CHECK: Queue.TO_CHECK,
    Section.STALE: Queue.STALE,
}


def _reports(catalogue: Catalogue, section: Section, now: datetime, offset: int, limit: int) -> Work:
    lists, queue = catalogue.store.report_lists, _QUEUES[section]
    found = lists.waiting(queue, now, offset=offset, limit=limit)
    return Work(section=section, count=lists.count(queue, now), reports=known_of(catalogue, found))


def _denied(catalogue: Catalogue, section: Section, now: datetime, offset: int, limit: int) -> Work:
    """Bodies that say they do not reuse what an entry says they do: the entry wants mending."""
    denials = catalogue.store.report_lists.waiting(Queue.DENIED, now, offset=0, limit=_MOST_DENIALS)
    stored = catalogue.store.solutions(list(dict.fromkeys(one.claim.solution for one in denials)))
    named = {
        (one.solution.id, catalogue.bodies.get(reuse.body).key)
        for one in stored
        for reuse in one.solution.reuses
    }
    against = [
        one for one in denials if (one.claim.solution, catalogue.bodies.get(one.claim.body).key) in named
    ]
    return Work(
        section=section, count=len(against), reports=known_of(catalogue, against[offset : offset + limit])
    )


def known_of(catalogue: Catalogue, reports: Sequence[ReuseReport]) -> tuple[Known, ...]:
    """The reports, each with what is known beside it; asked for all of them at once."""
    if not reports:
        return ()
    lists, bodies = catalogue.store.report_lists, catalogue.bodies
    names = lists.solution_names({one.claim.solution for one in reports})
    today = {one.claim.body: bodies.get(one.claim.body) for one in reports}
    keys = {*today, *(body.key for body in today.values())}
    published: defaultdict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for solution, reuse in lists.published({one.claim.solution for one in reports}, keys):
        published[solution, reuse.body].append(reuse)
    counts: defaultdict[str, list[OfBody]] = defaultdict(list)
    for row in lists.of_bodies(keys):
        counts[bodies.get(row.body).key].append(row)
    describe = describer(bodies, _members(catalogue))
    return tuple(_known(one, names, today[one.claim.body], describe, published, counts) for one in reports)


def _known(
    report: ReuseReport,
    names: Mapping[str, str],
    body: Body,
    describe: Callable[[str], BodyFacts],
    published: Mapping[tuple[str, str], Sequence[Reuse]],
    counts: Mapping[str, Sequence[OfBody]],
) -> Known:
    solution = report.claim.solution
    of_body = counts.get(body.key, ())
    same = sum(row.count for row in of_body if row.solution == solution)
    confirmed = sum(row.count for row in of_body if row.state is State.CONFIRMED)
    return Known(
        report=report,
        solution=names.get(solution, solution),
        is_published=solution in names,
        body=body,
        facts=describe(body.key),
        published=tuple(
            reuse for reuse in published.get((solution, body.key), ()) if reuse.report != report.number
        ),
        same=max(0, same - 1),
        others=sum(row.count for row in of_body) - same,
        confirmed=confirmed - (report.state is State.CONFIRMED),
    )


def _members(catalogue: Catalogue) -> Collection[str]:
    """Keys of today of all members of model projects."""
    projects = catalogue.model_projects.values()
    return catalogue.bodies.canonical(member for project in projects for member in project.members)


# --- What the harvest has found

_KINDS: Mapping[Section, frozenset[FindingKind]] = {
    Section.CONTACTS: frozenset({FindingKind.PAGE_GONE, FindingKind.NO_CONTACT}),
    Section.LICENCES: frozenset({FindingKind.LICENCE, FindingKind.LICENCE_UNSEEN}),
    Section.ENTRIES: frozenset({
        FindingKind.FAILING, FindingKind.MOVED, FindingKind.MATURITY, FindingKind.PUBLICCODE,
        FindingKind.SAME_REPOSITORY,
    }),
    Section.ARCHIVED: frozenset({FindingKind.ARCHIVED}),
}  # fmt: skip


def kinds_of(section: Section) -> frozenset[FindingKind]:
    """The findings of the harvest that a section shows; none where it shows something else."""
    return _KINDS.get(section, frozenset())


def _findings(catalogue: Catalogue, section: Section, _: datetime, offset: int, limit: int) -> Work:
    known = catalogue.harvest.get(catalogue.store)
    found = [finding for finding in known.findings if finding.kind in _KINDS[section]]
    if section is Section.ARCHIVED:
        counts = catalogue.store.reuse_counts(sorted({one.solution for one in found}))
        found = [one for one in found if one.solution in counts and counts[one.solution].count]
    return Work(
        section=section,
        count=len(found),
        findings=tuple(found[offset : offset + limit]),
        names=known.names,
    )


def _unpublished(catalogue: Catalogue, section: Section, _: datetime, offset: int, limit: int) -> Work:
    known = catalogue.harvest.get(catalogue.store)
    return Work(
        section=section,
        count=len(known.unpublished),
        measures=known.unpublished[offset : offset + limit],
        names=known.names,
    )


# --- What readers say


def _hints(catalogue: Catalogue, section: Section, _: datetime, offset: int, limit: int) -> Work:
    total, found = catalogue.store.report_lists.open_hints(offset=offset, limit=limit)
    names = catalogue.store.report_lists.solution_names({one.solution for one in found})
    return Work(section=section, count=total, hints=tuple(found), names=names)


_MAKERS: Mapping[Section, Callable[[Catalogue, Section, datetime, int, int], Work]] = {
    Section.PENDING: _reports,
    Section.TO_CHECK: _reports,
    Section.STALE: _reports,
    Section.DENIED: _denied,
    Section.HINTS: _hints,
    Section.CONTACTS: _findings,
    Section.LICENCES: _findings,
    Section.ENTRIES: _findings,
    Section.ARCHIVED: _findings,
    Section.UNPUBLISHED: _unpublished,
}
