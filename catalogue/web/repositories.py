"""The repositories of a solution as plain data: each with its licence, its level, and what happened to it."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext

from catalogue.domain.harvest_words import told
from catalogue.domain.observed import GROUP
from catalogue.domain.provenance import Looked, licence_of
from catalogue.domain.snapshot import Question, Snapshot
from catalogue.services.browse import Profile
from catalogue.services.happenings import Trouble
from catalogue.standards.address import BadAddress, same_repository
from catalogue.web import labels
from catalogue.web.fact_words import ORIGIN, value_words
from catalogue.web.shapes import Shape
from catalogue.web.statements import checked, day_words, source_of
from catalogue.web.vitality import language, level_shape
from catalogue.web.voices import note_words


def repository_shapes(profile: Profile) -> list[Shape]:
    """Each repository of a solution, in the order of its entry."""
    troubles = profile.book.troubles
    return [
        {
            "address": looked.repository.address,
            "role": labels.word(labels.REPOSITORY_ROLE, looked.repository.role),
            "note": looked.repository.note,
            **_licence(looked, profile),
            "vitality": level_shape(part, shipped=looked.is_shipped) if part else None,
            "events": list(_events(looked)),
            "trouble": _trouble(troubles.get(looked.repository.address), looked),
            "unseen": _unseen(looked),
        }
        for looked, part in zip(profile.card.observed.looked, profile.parts, strict=True)
    ]


def _licence(looked: Looked, profile: Profile) -> Shape:
    """The licence of one repository, and who says so."""
    found = licence_of(looked, profile.card.observed.reviewed)
    if found is None:
        is_silent = looked.snapshot is not None
        return {"licence": "", "no_licence": is_silent}
    return {
        "licence": value_words(Question.LICENCE, found.value),
        "licence_note": note_words(found.said.notes),
        "licence_sources": [source_of(found.said, profile.card.entry)],
        "is_contradicted": bool(found.contradicting),
    }


def _events(looked: Looked) -> Iterator[Shape]:
    """What a reader must know of it: moved, a fork, a mirror, without a history."""
    snapshot = looked.snapshot
    if snapshot is None:
        return
    yield from _moved(snapshot)
    for fact in snapshot.facts_on(Question.ORIGIN):
        value = fact.value if isinstance(fact.value, Mapping) else {}
        kind, address = str(value.get("kind")), checked(value.get("address"))
        if kind in ORIGIN and address:
            yield {"text": str(ORIGIN[kind]), "url": address}
    if snapshot.commit is None:
        yield {"text": gettext("Das Repositorium ist leer."), "url": None}


def _moved(snapshot: Snapshot) -> Iterator[Shape]:
    try:
        has_moved = same_repository(snapshot.asked) != same_repository(snapshot.address)
    except BadAddress:
        return
    if has_moved:
        yield {"text": gettext("Umgezogen nach"), "url": checked(snapshot.address)}


def _trouble(trouble: Trouble | None, looked: Looked) -> str:
    """Why the last looks failed, where something was seen before or never."""
    if trouble is None:
        return ""
    since, why = day_words(trouble.since), told(trouble.reason, "", language())
    if looked.snapshot is None:
        return str(gettext("Seit dem %(date)s vergeblich nachgesehen: %(why)s", date=since, why=why))
    return str(
        gettext(
            "Seit dem %(date)s vergeblich nachgesehen: %(why)s Gezeigt wird, was wir davor gesehen haben.",
            date=since,
            why=why,
        )
    )


def _unseen(looked: Looked) -> str:
    """Words where there is no snapshot."""
    if looked.snapshot is not None:
        return ""
    if looked.repository.role == GROUP:
        return str(gettext("Eine Übersicht; angesehen werden nur einzelne Repositorien."))
    return str(gettext("Nicht angesehen: Was hier steht, sagt allein der Eintrag."))
