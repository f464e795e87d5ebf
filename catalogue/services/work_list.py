"""The office's work list: what waits, how much of it, and what is known beside each report."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice

from catalogue.domain.bodies import Body
from catalogue.domain.deciding import Changes, changes_to_check
from catalogue.domain.findings import Finding, FindingKind
from catalogue.domain.programme import BodyFacts, describer
from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_report import ReuseReport
from catalogue.services.catalogue import Catalogue
from catalogue.services.harvest_overview import Unpublished
from catalogue.storage.work_queues import OpenHint, Queue

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
class Named:
    """A report with the names of what it is about."""

    report: ReuseReport
    solution: str  # its name, or its id where it is published no more
    is_published: bool
    body: Body
    facts: BodyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Named):
    """A report with what is known beside it."""

    published: tuple[Reuse, ...]  # what the catalogue says of this body and solution without this report
    same: int  # other reports of the same body about the same solution
    others: int  # reports of the same body about other solutions


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
    changes: Mapping[int, Changes] = field(default_factory=dict)  # since it was confirmed, by report


def overview(catalogue: Catalogue, now: datetime, *, rows: int, findings: int) -> list[Work]:
    """All sections, each with its first rows; of what the harvest has found `findings`."""
    limits = {section: findings if kinds_of(section) else rows for section in Section}
    return _works(catalogue, limits, now, offset=0)


def work(catalogue: Catalogue, section: Section, now: datetime, *, offset: int, limit: int) -> Work:
    """A page of a section, the longest waiting first."""
    return _works(catalogue, {section: limit}, now, offset=offset)[0]


def _works(catalogue: Catalogue, limits: Mapping[Section, int], now: datetime, *, offset: int) -> list[Work]:
    """These sections; what is known beside reports is asked for all of them at once."""
    counts = catalogue.store.work_queues.counts(now) if limits.keys() & _QUEUES.keys() else {}
    found = {
        section: _waiting(catalogue, _QUEUES[section], counts, now, offset=offset, limit=limit)
        for section, limit in limits.items()
        if section in _QUEUES
    }
    known = iter(known_of(catalogue, [one for _, reports in found.values() for one in reports]))
    return [
        Work(
            section=section,
            count=found[section][0],
            reports=tuple(islice(known, len(found[section][1]))),
            changes=_to_check(catalogue, found[section][1]) if section is Section.TO_CHECK else {},
        )
        if section in found
        else _MAKERS[section](catalogue, section, offset, limit)
        for section, limit in limits.items()
    ]


# --- Reports

_QUEUES: Mapping[Section, Queue] = {
    Section.PENDING: Queue.PENDING,
    Section.TO_CHECK: Queue.TO_CHECK,
    Section.DENIED: Queue.DENIED,
    Section.STALE: Queue.STALE,
}


def _waiting(
    catalogue: Catalogue, queue: Queue, counts: Mapping[Queue, int], now: datetime, *, offset: int, limit: int
) -> tuple[int, Sequence[ReuseReport]]:
    """How many wait in a queue, and a page of them."""
    if not counts[queue]:
        return 0, ()
    if queue is Queue.DENIED:
        against = _denied(catalogue, now)
        return len(against), against[offset : offset + limit]
    found = catalogue.store.work_queues.waiting(queue, now, offset=offset, limit=limit)
    return counts[queue], found


def _to_check(catalogue: Catalogue, reports: Sequence[ReuseReport]) -> Mapping[int, Changes]:
    histories = catalogue.store.reuse.histories([one.number for one in reports]) if reports else {}
    return {one.number: changes_to_check(one, histories[one.number]) for one in reports}


def _denied(catalogue: Catalogue, now: datetime) -> list[ReuseReport]:
    """Bodies that say they do not reuse what an entry says they do: the entry wants mending."""
    denials = catalogue.store.work_queues.waiting(Queue.DENIED, now, offset=0, limit=_MOST_DENIALS)
    stored = catalogue.store.solutions(list(dict.fromkeys(one.claim.solution for one in denials)))
    named = {
        (one.solution.id, catalogue.bodies.get(reuse.body).key)
        for one in stored
        for reuse in one.solution.reuses
    }
    return [one for one in denials if (one.claim.solution, catalogue.bodies.get(one.claim.body).key) in named]


def named_of(catalogue: Catalogue, reports: Sequence[ReuseReport]) -> list[Named]:
    """The reports, each with the names of what it is about."""
    names = catalogue.store.report_lists.solution_names({one.claim.solution for one in reports})
    return _named(catalogue, reports, names)


def _named(catalogue: Catalogue, reports: Sequence[ReuseReport], names: Mapping[str, str]) -> list[Named]:
    describe = describer(catalogue.bodies, catalogue.programme_members)
    return [
        Named(
            report=one,
            solution=names.get(one.claim.solution, one.claim.solution),
            is_published=one.claim.solution in names,
            body=(body := catalogue.bodies.get(one.claim.body)),
            facts=describe(body.key),
        )
        for one in reports
    ]


def known_of(catalogue: Catalogue, reports: Sequence[ReuseReport]) -> list[Known]:
    """The reports, each with what is known beside it; asked for all of them at once."""
    if not reports:
        return []
    old = {one.claim.body: catalogue.bodies.get(one.claim.body).key for one in reports}
    today = {**old, **{key: key for key in old.values()}}
    beside = catalogue.store.report_lists.beside({one.claim.solution for one in reports}, today)
    published: defaultdict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for solution, reuse in beside.published:
        published[solution, reuse.body].append(reuse)
    counts: Counter[tuple[str, str]] = Counter()
    for (solution, body), count in beside.counts.items():
        counts[solution, today[body]] += count
    return [_known(one, published, counts) for one in _named(catalogue, reports, beside.names)]


def _known(
    named: Named,
    published: Mapping[tuple[str, str], Sequence[Reuse]],
    counts: Mapping[tuple[str, str], int],
) -> Known:
    solution, body = named.report.claim.solution, named.body.key
    same = counts[solution, body]
    return Known(
        report=named.report,
        solution=named.solution,
        is_published=named.is_published,
        body=named.body,
        facts=named.facts,
        published=tuple(
            reuse for reuse in published.get((solution, body), ()) if reuse.report != named.report.number
        ),
        same=max(0, same - 1),
        others=counts["", body] - same,
    )


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


def _findings(catalogue: Catalogue, section: Section, offset: int, limit: int) -> Work:
    known = catalogue.harvest.get(catalogue.store)
    found = [finding for finding in known.findings if finding.kind in _KINDS[section]]
    if section is Section.ARCHIVED:
        ids = sorted({one.solution for one in found})
        counts = catalogue.store.reuse_counts(ids) if ids else {}
        found = [one for one in found if one.solution in counts and counts[one.solution].count]
    return Work(
        section=section,
        count=len(found),
        findings=tuple(found[offset : offset + limit]),
        names=known.names,
    )


def _unpublished(catalogue: Catalogue, section: Section, offset: int, limit: int) -> Work:
    known = catalogue.harvest.get(catalogue.store)
    return Work(
        section=section,
        count=len(known.unpublished),
        measures=known.unpublished[offset : offset + limit],
        names=known.names,
    )


# --- What readers say


def _hints(catalogue: Catalogue, section: Section, offset: int, limit: int) -> Work:
    total, found = catalogue.store.work_queues.open_hints(offset=offset, limit=limit)
    names = catalogue.store.report_lists.solution_names({one.solution for one in found})
    return Work(section=section, count=total, hints=tuple(found), names=names)


_MAKERS: Mapping[Section, Callable[[Catalogue, Section, int, int], Work]] = {
    Section.HINTS: _hints,
    Section.CONTACTS: _findings,
    Section.LICENCES: _findings,
    Section.ENTRIES: _findings,
    Section.ARCHIVED: _findings,
    Section.UNPUBLISHED: _unpublished,
}
