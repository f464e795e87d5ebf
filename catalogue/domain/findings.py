"""What the harvest has found that somebody should mend: the office's work list, by small rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from catalogue.domain.observed import Observed
from catalogue.domain.provenance import Answer, Looked, Statement, main_repositories
from catalogue.domain.relations import Relation, RelationKind
from catalogue.domain.snapshot import Question, Reason, Voice
from catalogue.domain.solution import Solution
from catalogue.domain.vitality import Level
from catalogue.standards.address import BadAddress, same_repository

PATIENCE = timedelta(days=3)  # a server may be down for a weekend


class FindingKind(StrEnum):
    """What can be found, in the order of the work list. Words: `finding_words`."""

    FAILING = "failing"
    MOVED = "moved"
    PAGE_GONE = "page-gone"
    NO_CONTACT = "no-contact"
    LICENCE = "licence"  # two voices, two licences
    LICENCE_UNSEEN = "licence-unseen"  # the entry names one, the repositories show none
    MATURITY = "maturity"
    PUBLICCODE = "publiccode"
    ARCHIVED = "archived"
    DORMANT = "dormant"
    SAME_REPOSITORY = "same-repository"
    COPY = "copy"  # a fork or mirror of a repository that another entry names


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend in a solution. `address` is the repository or page that it was seen at.

    `since` is the day it began, where that is known; `seen` the day of the look. `value` is the new address,
    the stated licence or the number of errors; `said` are the voices that contradict each other.
    """

    kind: FindingKind
    solution: str
    address: str | None = None
    since: date | None = None
    seen: date | None = None
    value: str = ""
    said: tuple[Statement, ...] = ()
    other: str | None = None
    reason: Reason | None = None
    detail: str = ""


class Standing(Protocol):
    """How looks at a repository went, as the store remembers it."""

    @property
    def failing_since(self) -> datetime | None:
        """Since when every look failed."""

    @property
    def reason(self) -> str | None:
        """Why the last one failed."""

    @property
    def detail(self) -> str:
        """What went wrong."""


class PageState(Protocol):
    """Whether a contact page is there, as the store remembers it."""

    @property
    def outcome(self) -> str:
        """`there`, `gone` or `unreachable`."""

    @property
    def since(self) -> datetime:
        """Since when."""

    @property
    def looked_at(self) -> datetime:
        """When it was looked at."""

    @property
    def last_there(self) -> datetime | None:
        """When it was last there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A solution as its entry says, what was seen of it, and how the looks at its repositories stand.

    `standings` are in the order of its repositories; None for a page that is not looked at.
    """

    solution: Solution
    observed: Observed
    standings: Sequence[Standing | None] = ()


def findings_of(watched: Watched, pages: Mapping[str, PageState], now: datetime) -> Iterator[Finding]:
    """Everything to mend in one solution, as far as it does not concern others; by repository and kind."""
    for find in _FINDERS:
        yield from find(watched, now)
    yield from _page_gone(watched, pages)


def findings_between(relations: Iterable[Relation]) -> Iterator[Finding]:
    """Entries that name the same repository (each pair once), and copies of what another entry names."""
    for one in relations:
        if one.kind is RelationKind.SAME and one.solution < one.other:
            yield Finding(
                kind=FindingKind.SAME_REPOSITORY,
                solution=one.solution,
                address=one.address,
                other=one.other,
            )
        elif one.kind in (RelationKind.FORK, RelationKind.MIRROR):
            yield Finding(
                kind=FindingKind.COPY,
                solution=one.solution,
                address=one.address,
                other=one.other,
                value=one.kind.value,
            )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By kind, in each the longest standing first, those without a day last."""
    order = list(FindingKind)
    return sorted(
        findings,
        key=lambda one: (order.index(one.kind), one.since or date.max, one.solution, one.address or ""),
    )


# --- Rules of one solution


def _failing(watched: Watched, now: datetime) -> Iterator[Finding]:
    """Looks have failed for more than three days."""
    for repository, standing in zip(watched.solution.repositories, watched.standings, strict=False):
        since = standing.failing_since if standing else None
        if standing and since and now - since > PATIENCE:
            yield Finding(
                kind=FindingKind.FAILING,
                solution=watched.solution.id,
                address=repository.address,
                since=since.date(),
                reason=Reason(standing.reason) if standing.reason in tuple(Reason) else None,
                detail=standing.detail,
            )


def _moved(watched: Watched, _: datetime) -> Iterator[Finding]:
    """The repository is elsewhere now, and the entry still has the old address."""
    for one in watched.observed.looked:
        if one.snapshot and not _is_same(one.repository.address, one.snapshot.address):
            yield _seen(watched, FindingKind.MOVED, one, value=one.snapshot.address)


def _no_contact(watched: Watched, _: datetime) -> Iterator[Finding]:
    """Nobody can be asked: neither the entry nor a repository names a functional address."""
    if watched.observed.answers.get(Question.CONTACT) is None:
        yield Finding(kind=FindingKind.NO_CONTACT, solution=watched.solution.id)


def _contradictions(watched: Watched, _: datetime) -> Iterator[Finding]:
    """Two voices say two things of licence or maturity; what the whole tells, a part does not tell again."""
    told: list[frozenset[tuple[str, str]]] = []
    for found in watched.observed.contradictions:
        if kind := _CONTRADICTED.get(found.question):
            finding = _contradiction(watched, kind, found)
            told.append(_pairs(finding.said))
            yield finding
    for looked, found in watched.observed.part_contradictions:
        finding = _contradiction(watched, FindingKind.LICENCE, found)
        if not any(_pairs(finding.said) <= pairs for pairs in told):
            yield replace(finding, address=looked.repository.address)


def _pairs(said: Iterable[Statement]) -> frozenset[tuple[str, str]]:
    return frozenset((one.voice, str(one.value)) for one in said)


_CONTRADICTED: Mapping[Question, FindingKind] = {
    Question.LICENCE: FindingKind.LICENCE,
    Question.MATURITY: FindingKind.MATURITY,
}


def _contradiction(watched: Watched, kind: FindingKind, found: Answer) -> Finding:
    said = (found.said, *found.contradicting)
    return Finding(
        kind=kind,
        solution=watched.solution.id,
        address=next((one.address for one in said if one.address), None),
        seen=max((one.as_of for one in said if one.address and one.as_of), default=None),
        said=said,
    )


# Voices that say something of the licence of a repository as a whole.
_GRANTS = frozenset({Voice.LICENCE_FILE, Voice.REUSE, Voice.PUBLICCODE, Voice.METADATA})


def _licence_unseen(watched: Watched, _: datetime) -> Iterator[Finding]:
    """The entry names a licence, and the repositories that speak for it were read and name none."""
    stated = watched.solution.licence.expression if watched.solution.licence else None
    if not stated or stated == "NONE":
        return
    speaking = {repository.address for repository in main_repositories(watched.solution)}
    looked = [one for one in watched.observed.looked if one.snapshot and one.repository.address in speaking]
    if looked and all(is_without_licence(one) for one in looked):
        yield _seen(watched, FindingKind.LICENCE_UNSEEN, looked[0], value=stated)


def is_without_licence(looked: Looked) -> bool:
    """Whether a repository was read and no licence was found in it; one that was not read is no such."""
    if looked.snapshot is None:
        return False
    facts = looked.snapshot.facts_on(Question.LICENCE)
    said = [fact for fact in facts if fact.voice in _GRANTS and fact.value != "NOASSERTION"]
    gaps = looked.snapshot.gaps_on(Question.LICENCE)
    return not said and any(gap.voice is Voice.LICENCE_FILE and gap.reason is Reason.ABSENT for gap in gaps)


def _publiccode(watched: Watched, _: datetime) -> Iterator[Finding]:
    """A publiccode.yml is there and does not keep to the standard."""
    for one in watched.observed.looked:
        for fact in one.snapshot.facts_on(Question.PUBLICCODE) if one.snapshot else ():
            if isinstance(fact.value, Mapping) and fact.value.get("valid") is False:
                yield _seen(watched, FindingKind.PUBLICCODE, one, value=str(fact.value.get("errors", "")))


def _asleep(watched: Watched, _: datetime) -> Iterator[Finding]:
    """The solution's repositories are archived, or nothing has happened in them for three years."""
    vitality = watched.observed.vitality
    if vitality is None or watched.observed.level not in _ASLEEP:
        return
    yield Finding(
        kind=_ASLEEP[watched.observed.level],
        solution=watched.solution.id,
        address=vitality.by.address,
        since=vitality.vitality.last,
        seen=vitality.vitality.looked_on,
    )


_ASLEEP: Mapping[Level, FindingKind] = {
    Level.ARCHIVED: FindingKind.ARCHIVED,
    Level.DORMANT: FindingKind.DORMANT,
}
_FINDERS: tuple[Callable[[Watched, datetime], Iterator[Finding]], ...] = (
    _failing,
    _moved,
    _no_contact,
    _contradictions,
    _licence_unseen,
    _publiccode,
    _asleep,
)


def _page_gone(watched: Watched, pages: Mapping[str, PageState]) -> Iterator[Finding]:
    """The contact page of the entry is gone; one that could not be looked at is not."""
    address = watched.solution.contact.page
    page = pages.get(address or "")
    if page is None or page.outcome != "gone":
        return
    yield Finding(
        kind=FindingKind.PAGE_GONE,
        solution=watched.solution.id,
        address=address,
        since=page.since.date(),
        seen=page.looked_at.date(),
        value=page.last_there.date().isoformat() if page.last_there else "",
    )


def _seen(watched: Watched, kind: FindingKind, one: Looked, *, value: str) -> Finding:
    return Finding(
        kind=kind,
        solution=watched.solution.id,
        address=one.repository.address,
        seen=one.snapshot.looked_at.date() if one.snapshot else None,
        value=value,
    )


def _is_same(one: str, other: str) -> bool:
    try:
        return same_repository(one) == same_repository(other)
    except BadAddress:
        return one == other
