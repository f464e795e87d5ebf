"""Two snapshots of one repository: what the new one keeps of the old one, and what happened in between."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from catalogue.domain.snapshot import Plain, Question, Reason, Snapshot, Voice


class ChangeKind(StrEnum):
    """What can happen to a repository; the pages say it in words."""

    LICENCE = "licence"
    RELEASE = "release"
    ARCHIVED = "archived"
    REVIVED = "revived"  # no longer archived
    MOVED = "moved"
    MATURITY = "maturity"
    DESCRIBED = "described"  # a publiccode.yml is there now
    UNDESCRIBED = "undescribed"  # it is gone
    BROKEN = "broken"  # it was valid and is not
    MENDED = "mended"  # it was not valid and is
    COMMITS = "commits"  # commits again after a year without


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened between two looks. `on` is the day it happened, or that it was seen."""

    kind: ChangeKind
    on: date
    before: str | None = None
    after: str | None = None
    voice: Voice | None = None


def carried(old: Snapshot | None, new: Snapshot) -> Snapshot:
    """The new snapshot with what it could not look at this time taken over from the old one.

    A fact is taken over where the new look has a gap for the same question and voice whose reason is not
    "absent", and keeps the day on which it was seen. A file that cannot be read any more keeps all that it
    said. Aliases are gathered.
    """
    if old is None:
        return new
    lost = {(gap.question, gap.voice) for gap in new.gaps if gap.reason is not Reason.ABSENT}
    broken = {
        gap.voice
        for gap in new.gaps
        if gap.question is Question.PUBLICCODE and gap.reason is not Reason.ABSENT
    }
    have = {(fact.question, fact.voice) for fact in new.facts}
    seen = old.looked_at.date()
    kept = tuple(
        replace(fact, seen=fact.seen or seen)
        for fact in old.facts
        if (fact.question, fact.voice) not in have
        and ((fact.question, fact.voice) in lost or fact.voice in broken)
    )
    aliases = dict.fromkeys((*old.aliases, old.address, old.asked, *new.aliases, new.asked))
    aliases.pop(new.address, None)
    return replace(
        new,
        facts=(*new.facts, *kept),
        activity=new.activity or old.activity,
        root=new.root or old.root,
        aliases=tuple(aliases),
        # Without a history there are no tags either.
        releases=old.releases if new.activity is None and not new.releases else new.releases,
    )


def is_emptied(old: Snapshot | None, new: Snapshot) -> bool:
    """Whether a repository that had commits has none now: an accident as a rule, never a better snapshot."""
    return old is not None and old.commit is not None and new.commit is None


def changes(old: Snapshot | None, new: Snapshot) -> tuple[Change, ...]:
    """What has happened between two snapshots, the oldest first. A first look has seen nothing happen."""
    if old is None:
        return ()
    found = [change for find in _FINDERS for change in find(old, new)]
    return tuple(sorted(found, key=lambda change: (change.on, change.kind)))


def _value(snapshot: Snapshot, question: Question, voice: Voice) -> Plain:
    return next((fact.value for fact in snapshot.facts_on(question) if fact.voice is voice), None)


def _licence(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for voice in (Voice.LICENCE_FILE, Voice.PUBLICCODE, Voice.REUSE):
        before, after = _value(old, Question.LICENCE, voice), _value(new, Question.LICENCE, voice)
        looked = _is_absent(new, Question.LICENCE, voice)
        if before != after and (after is not None or (before is not None and looked)):
            yield Change(
                kind=ChangeKind.LICENCE,
                on=_day(new),
                before=_text(before),
                after=_text(after),
                voice=voice,
            )


def _maturity(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before = _value(old, Question.MATURITY, Voice.PUBLICCODE)
    after = _value(new, Question.MATURITY, Voice.PUBLICCODE)
    if before != after and after is not None:
        yield Change(
            kind=ChangeKind.MATURITY,
            on=_day(new),
            before=_text(before),
            after=_text(after),
            voice=Voice.PUBLICCODE,
        )


def _releases(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Releases that were not there before and are no older than the newest one that was."""
    known = {release.name for release in old.releases}
    newest = max((release.on for release in old.releases), default=date.min)
    for release in new.releases:
        if release.name not in known and release.on >= newest and not release.is_preview:
            yield Change(kind=ChangeKind.RELEASE, on=release.on, after=release.name, voice=Voice.HISTORY)


def _archived(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before = _value(old, Question.ARCHIVED, Voice.FORGE)
    after = _value(new, Question.ARCHIVED, Voice.FORGE)
    if after is True and before is not True:
        yield Change(kind=ChangeKind.ARCHIVED, on=_day(new), voice=Voice.FORGE)
    elif after is False and before is True:
        yield Change(kind=ChangeKind.REVIVED, on=_day(new), voice=Voice.FORGE)


def _moved(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    if old.address != new.address:
        yield Change(
            kind=ChangeKind.MOVED, on=_day(new), before=old.address, after=new.address, voice=Voice.FORGE
        )


def _publiccode(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before, after = _validity(old), _validity(new)
    kind = _DESCRIPTION.get((before, after))
    if kind and not (after is None and not _is_absent(new, Question.PUBLICCODE, Voice.PUBLICCODE)):
        yield Change(kind=kind, on=_day(new), voice=Voice.PUBLICCODE)


_DESCRIPTION = {
    (None, True): ChangeKind.DESCRIBED,
    (None, False): ChangeKind.DESCRIBED,
    (True, None): ChangeKind.UNDESCRIBED,
    (False, None): ChangeKind.UNDESCRIBED,
    (True, False): ChangeKind.BROKEN,
    (False, True): ChangeKind.MENDED,
}


def _validity(snapshot: Snapshot) -> bool | None:
    value = _value(snapshot, Question.PUBLICCODE, Voice.PUBLICCODE)
    return bool(value.get("valid")) if isinstance(value, Mapping) else None


def _commits(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before = old.activity.last if old.activity else None
    after = new.activity.last if new.activity else None
    if before and after and (after - before).days > _LONG_SILENCE:
        yield Change(
            kind=ChangeKind.COMMITS,
            on=after,
            before=before.isoformat(),
            after=after.isoformat(),
            voice=Voice.HISTORY,
        )


_LONG_SILENCE = 365  # days
_FINDERS: tuple[Callable[[Snapshot, Snapshot], Iterator[Change]], ...] = (
    _licence,
    _maturity,
    _releases,
    _archived,
    _moved,
    _publiccode,
    _commits,
)


def _is_absent(snapshot: Snapshot, question: Question, voice: Voice) -> bool:
    return any(gap.reason is Reason.ABSENT and gap.voice is voice for gap in snapshot.gaps_on(question))


def _day(snapshot: Snapshot) -> date:
    """The day of the commit that shows it, at the latest that of the look."""
    committed: datetime | None = snapshot.committed_at
    return min(committed, snapshot.looked_at).date() if committed else snapshot.looked_at.date()


def _text(value: Plain) -> str | None:
    return None if value is None else str(value)
