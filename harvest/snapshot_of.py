"""From what was seen to what is kept: the one place where the readers are called."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

from catalogue.domain.snapshot import Activity, Fact, Gap, Reason, Release, Snapshot, Voice
from harvest.outcome import Unchanged
from harvest.readers import VERSION
from harvest.readers import read as read_all
from harvest.readers.activity import read_activity, read_releases
from harvest.sighting import Sighting, Tree

Read = Callable[[Sighting], tuple[tuple[Fact, ...], tuple[Gap, ...]]]


def snapshot_of(sighting: Sighting, read: Read = read_all) -> Snapshot:
    """What is kept of a look; `read` makes sense of files and answers."""
    day = sighting.looked_at.astimezone(UTC).date()
    activity = read_activity(sighting.history, day)
    releases, in_all = read_releases(sighting.history, sighting.forge, day)
    facts, gaps = read(sighting)
    unknown = () if isinstance(activity, Activity) or activity in gaps else (activity,)
    if unknown and any(gap.question is unknown[0].question for gap in gaps):
        unknown = ()  # the look itself knows better why
    return Snapshot(
        asked=sighting.asked,
        address=sighting.address,
        looked_at=sighting.looked_at,
        branch=sighting.branch,
        commit=sighting.commit,
        committed_at=sighting.committed_at,
        refs=stamped(sighting.refs),
        forge=sighting.forge.forge if sighting.forge else None,
        root=sighting.history.root if sighting.history else None,
        activity=activity if isinstance(activity, Activity) else None,
        releases=releases,
        releases_in_all=in_all,
        facts=facts,
        gaps=(*gaps, *unknown),
        aliases=(sighting.asked,) if sighting.asked != sighting.address else (),
    )


def stamped(refs: str) -> str:
    """The fingerprint of what a server offers, with the version of the readers that made sense of it."""
    return f"{VERSION} {refs}"


def refs_of(snapshot: Snapshot) -> str:
    """The fingerprint that makes a look superfluous; empty where other readers have read the repository."""
    version, _, refs = snapshot.refs.partition(" ")
    return refs if version == VERSION else ""


def renewed(snapshot: Snapshot, unchanged: Unchanged, read: Read = read_all) -> Snapshot:
    """The same snapshot as of a later look at which Git had nothing new.

    What the forge says anew takes the place of what it said; what it did not say this time, for want of an
    answer, stays.
    """
    facts, gaps = _of_the_forge(snapshot, unchanged, read)
    settled = {fact.question for fact in facts} | {
        gap.question for gap in gaps if gap.reason is Reason.ABSENT
    }
    old = tuple(
        fact for fact in snapshot.facts if fact.voice is not Voice.FORGE or fact.question not in settled
    )
    old_gaps = tuple(gap for gap in snapshot.gaps if unchanged.forge is None or gap.voice is not Voice.FORGE)
    names = (*snapshot.aliases, snapshot.address, unchanged.asked)
    return replace(
        snapshot,
        asked=unchanged.asked,
        address=unchanged.address,
        looked_at=unchanged.looked_at,
        releases=_releases(snapshot, unchanged),
        facts=(*old, *facts),
        gaps=(*old_gaps, *gaps),
        aliases=tuple(name for name in dict.fromkeys(names) if name != unchanged.address),
    )


def _releases(snapshot: Snapshot, unchanged: Unchanged) -> tuple[Release, ...]:
    """The releases with those that the forge has published since, of tags that were there before."""
    said = (unchanged.forge.releases if unchanged.forge else None) or ()
    known = {release.name for release in snapshot.releases}
    new = [release for release in said if release.name not in known]
    if not new:
        return snapshot.releases
    return tuple(sorted((*new, *snapshot.releases), key=lambda one: one.on, reverse=True)[:_MOST_RELEASES])


_MOST_RELEASES = 100


def _of_the_forge(
    snapshot: Snapshot, unchanged: Unchanged, read: Read
) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
    """What the readers make of the forge's answer alone."""
    if unchanged.forge is None:
        return (), ()
    facts, gaps = read(
        Sighting(
            asked=unchanged.asked,
            address=unchanged.address,
            looked_at=unchanged.looked_at,
            branch=snapshot.branch,
            commit=snapshot.commit,
            committed_at=snapshot.committed_at,
            refs=unchanged.refs,
            tree=Tree(paths=(), files={}, is_whole=False),
            history=None,
            forge=unchanged.forge,
        )
    )
    return (
        tuple(fact for fact in facts if fact.voice is Voice.FORGE),
        tuple(gap for gap in gaps if gap.voice is Voice.FORGE),
    )
