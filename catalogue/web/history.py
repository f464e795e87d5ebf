"""The timeline of a profile: milestones of the entry, versions, and changes that looks have seen."""

from collections.abc import Callable, Iterator, Mapping

from flask_babel import gettext

from catalogue.domain.snapshot import Question, Release, Snapshot
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.services.browse import Profile
from catalogue.services.happenings import Happening
from catalogue.web.blueprint import current_language
from catalogue.web.fact_words import short, shown_address, value_words
from catalogue.web.shapes import Shape, date_words, source_shapes
from catalogue.web.statements import checked, day_words
from catalogue.web.vitality import newest_release
from catalogue.web.voices import voice_name

_MOST_RELEASES = 5
_LONGEST = 60  # signs of a version's name


def timeline_shape(profile: Profile) -> Shape:
    """What happened, the newest first, and the versions before the newest one."""
    releases = _releases(profile)
    dated = [*_milestones(profile), *_happenings(profile), *releases[:1]]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return {
        "events": [event for _, event in dated],
        "versions": [event for _, event in releases[1:_MOST_RELEASES]],
    }


def _milestones(profile: Profile) -> Iterator[tuple[str, Shape]]:
    """What the entry tells; its words are German."""
    german = "de" if current_language() != "de" else None
    for milestone in profile.solution.milestones:
        yield (
            milestone.date,
            {
                "date": date_words(milestone.date),
                "text": milestone.text,
                "lang": german,
                "sources": source_shapes(milestone.evidence),
            },
        )


def _releases(profile: Profile) -> list[tuple[str, Shape]]:
    """The last versions of the repository that the solution is judged by."""
    found = profile.card.observed.vitality
    newest = newest_release(found.by) if found else None
    if found is None or newest is None:
        return []
    dated = [one for one in found.by.releases if not one.is_preview and one.on <= newest.on]
    dated.sort(key=lambda one: one.on, reverse=True)
    return [(one.on.isoformat(), _release(one, found.by)) for one in dated[:_MOST_RELEASES]]


def _release(release: Release, snapshot: Snapshot) -> Shape:
    return {
        "date": day_words(release.on),
        "text": gettext("Version %(name)s erschienen", name=short(release.name, _LONGEST)),
        "lang": None,
        "sources": [
            {
                "voice": voice_name("forge" if release.source == "forge" else "history"),
                "label": shown_address(snapshot.address),
                "url": checked(snapshot.address),
                "date": day_words(snapshot.looked_at.date()),
            }
        ],
    }


def _happenings(profile: Profile) -> Iterator[tuple[str, Shape]]:
    """Changes that looks have seen; versions stand in the timeline anyway."""
    for happening in profile.book.happenings:
        if happening.change.kind is not ChangeKind.RELEASE:
            yield happening.change.on.isoformat(), _happening(happening)


def _happening(happening: Happening) -> Shape:
    change = happening.change
    return {
        "date": day_words(change.on),
        "text": _TOLD[change.kind](change),
        "lang": None,
        "sources": [
            {
                "voice": voice_name(change.voice) if change.voice else "",
                "label": shown_address(happening.address),
                "url": checked(happening.address),
                "date": day_words(happening.seen),
            }
        ],
    }


def _licence(change: Change) -> str:
    before, after = (_value(Question.LICENCE, text) for text in (change.before, change.after))
    if not before:
        return str(gettext("Lizenz %(after)s kam dazu", after=after))
    if not after:
        return str(gettext("Lizenz %(before)s ist nicht mehr zu finden", before=before))
    return str(gettext("Lizenz geändert: bisher %(before)s, jetzt %(after)s", before=before, after=after))


def _maturity(change: Change) -> str:
    before, after = (_value(Question.MATURITY, text) for text in (change.before, change.after))
    if not before:
        return str(gettext("Reifegrad genannt: %(after)s", after=after))
    return str(gettext("Reifegrad geändert: bisher %(before)s, jetzt %(after)s", before=before, after=after))


def _value(question: Question, text: str | None) -> str:
    return value_words(question, text) if text else ""


_TOLD: Mapping[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.LICENCE: _licence,
    ChangeKind.RELEASE: lambda c: gettext("Version %(name)s erschienen", name=short(c.after, _LONGEST)),
    ChangeKind.ARCHIVED: lambda c: gettext("Repositorium archiviert"),
    ChangeKind.REVIVED: lambda c: gettext("Repositorium nicht mehr archiviert"),
    ChangeKind.MOVED: lambda c: gettext(
        "Repositorium umgezogen von %(before)s nach %(after)s",
        before=shown_address(c.before or ""),
        after=shown_address(c.after or ""),
    ),
    ChangeKind.MATURITY: _maturity,
    ChangeKind.DESCRIBED: lambda c: gettext("Das Repositorium hat jetzt eine Datei publiccode.yml"),
    ChangeKind.UNDESCRIBED: lambda c: gettext("Die Datei publiccode.yml gibt es nicht mehr"),
    ChangeKind.BROKEN: lambda c: gettext("Die Datei publiccode.yml ist fehlerhaft geworden"),
    ChangeKind.MENDED: lambda c: gettext("Die Datei publiccode.yml ist wieder fehlerfrei"),
    ChangeKind.COMMITS: lambda c: gettext("Wieder Änderungen am Quelltext nach mehr als einem Jahr Pause"),
}
