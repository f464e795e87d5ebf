"""Two snapshots of one repository: what the new one keeps of the old one, and what happened in between."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

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

    A fact is taken over where the new look has a gap for the same question and voice whose reason says that
    one could not look, and keeps the day on which it was seen. A file that cannot be read any more keeps all
    that it said, and so does a forge that says nothing at all, as long as the repository is still there.
    Aliases are gathered.
    """
    if old is None:
        return new
    lost = {(gap.question, gap.voice) for gap in new.gaps if gap.reason not in _LOOKED}
    broken = {voice for question, voice in lost if (question, voice) in _WHOLE_VOICE}
    have = {(fact.question, fact.voice) for fact in new.facts}
    if not _same_host(old, new):  # another forge: what the old one said is of another place
        lost = {(question, voice) for question, voice in lost if voice is not Voice.FORGE}
        broken.discard(Voice.FORGE)
    elif any(voice is Voice.FORGE and question is not Question.MOVED for question, voice in have):
        broken.discard(Voice.FORGE)
    seen = old.looked_at.date()
    kept = tuple(
        replace(fact, seen=fact.seen or seen)
        for fact in old.facts
        if (fact.question, fact.voice) not in have
        and ((fact.question, fact.voice) in lost or fact.voice in broken)
    )
    aliases = dict.fromkeys((*old.aliases, old.address, old.asked, *new.aliases, new.asked))
    aliases.pop(new.address, None)
    # Without a history there are no tags either.
    told = old if new.activity is None and not new.releases else new
    return replace(
        new,
        facts=(*new.facts, *kept),
        activity=new.activity or old.activity,
        root=new.root or old.root,
        aliases=tuple(aliases),
        releases=told.releases,
        releases_in_all=told.releases_in_all,
    )


_LOOKED = (Reason.ABSENT, Reason.PERSONAL)  # reasons of a look that saw: what was there before is gone
# A gap for one of these: the voice says nothing more.
_WHOLE_VOICE = ((Question.PUBLICCODE, Voice.PUBLICCODE), (Question.ARCHIVED, Voice.FORGE))


def _same_host(old: Snapshot, new: Snapshot) -> bool:
    return urlsplit(old.address).netloc.lower() == urlsplit(new.address).netloc.lower()


def is_emptied(old: Snapshot | None, new: Snapshot) -> bool:
    """Whether a repository that had commits has none now: an accident as a rule, never a better snapshot."""
    return old is not None and old.commit is not None and new.commit is None


def changes(old: Snapshot | None, new: Snapshot) -> tuple[Change, ...]:
    """What has happened between two snapshots, the oldest first. A first look has seen nothing happen.

    Where the commit is the same, nothing can have changed in the files: another answer is another reading.
    """
    if old is None:
        return ()
    is_same = new.commit is not None and old.commit == new.commit
    finders = [find for find in _FINDERS if not (is_same and find in _FILES)]
    found = [change for find in finders for change in find(old, new)]
    return tuple(sorted(found, key=lambda change: (change.on, change.kind)))


def _value(snapshot: Snapshot, question: Question, voice: Voice) -> Plain:
    return next((fact.value for fact in snapshot.facts_on(question) if fact.voice is voice), None)


def _licence(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for voice in (Voice.LICENCE_FILE, Voice.PUBLICCODE, Voice.REUSE):
        before, after = _value(old, Question.LICENCE, voice), _value(new, Question.LICENCE, voice)
        looked = _is_absent(new, Question.LICENCE, voice)
        if before is None and _was_lost(old, Question.LICENCE, voice):
            continue
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
    if before is None and _was_lost(old, Question.PUBLICCODE, Voice.PUBLICCODE):
        return
    if before != after and after is not None:
        yield Change(
            kind=ChangeKind.MATURITY,
            on=_day(new),
            before=_text(before),
            after=_text(after),
            voice=Voice.PUBLICCODE,
        )


def _releases(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Releases that were not there before and are no older than the newest one that was.

    Where none was, no older than the commit that was seen: a copy without tags, or tags that could not be
    read, make no release new.
    """
    known = {release.name for release in old.releases}
    nothing_new = old.committed_at.date() if old.committed_at and old.activity else date.max
    newest = max((release.on for release in old.releases), default=nothing_new)
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
    if before is None and _was_lost(old, Question.PUBLICCODE, Voice.PUBLICCODE):
        return
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

_FILES = (_licence, _maturity, _publiccode)  # what is read in files


def _was_lost(snapshot: Snapshot, question: Question, voice: Voice) -> bool:
    """Whether one could not look: what is seen now may have been there all the time."""
    return any(gap.voice is voice and gap.reason not in _LOOKED for gap in snapshot.gaps_on(question))


def _is_absent(snapshot: Snapshot, question: Question, voice: Voice) -> bool:
    return any(gap.reason is Reason.ABSENT and gap.voice is voice for gap in snapshot.gaps_on(question))


def _day(snapshot: Snapshot) -> date:
    """The day of the commit that shows it, at the latest that of the look."""
    committed: datetime | None = snapshot.committed_at
    return min(committed, snapshot.looked_at).date() if committed else snapshot.looked_at.date()


def _text(value: Plain) -> str | None:
    return None if value is None else str(value)
