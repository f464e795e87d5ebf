"""One repository on the status page, as plain data: how looks stand, what was read, what was not."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import format_timedelta, gettext, lazy_gettext

from catalogue.domain.harvest_words import told
from catalogue.domain.provenance import statements_in
from catalogue.domain.relations import RelationKind, origins_of
from catalogue.domain.snapshot import Gap, Question, Reason, Snapshot
from catalogue.services.harvest_status import RepositoryStatus, SolutionStatus
from catalogue.standards.forge_links import commit_link, usual_kind
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.fact_words import ORIGIN, short, value_words
from catalogue.web.findings import said_shape
from catalogue.web.harvest_labels import FORGE, REASON
from catalogue.web.labels import REPOSITORY_ROLE
from catalogue.web.shapes import Shape, date_words, day_words
from catalogue.web.statements import checked
from catalogue.web.voices import QUESTION

_ = lazy_gettext
_SURE = 0.9
_SOON = timedelta(days=28)
_FOLDED = frozenset({Question.DEPENDENCY})  # so many that they are shown on demand
RELATION = {
    RelationKind.SAME: _("Dasselbe Repositorium nennt auch"),
    RelationKind.FORK: _("Abspaltung (Fork) von"),
    RelationKind.MIRROR: _("Spiegel von"),
    RelationKind.BASED_ON: _("Beruht auf"),
    RelationKind.SAME_HISTORY: _("Beginnt mit demselben Commit wie"),
    RelationKind.DEPENDS_ON: _("Braucht"),
}


def repository_shape(one: RepositoryStatus, status: SolutionStatus, number: int) -> Shape:
    """A repository of the entry with everything that is known of the looks at it."""
    snapshot, standing = one.looked.snapshot, one.standing
    moved_to = snapshot.address if snapshot and snapshot.address != one.repository.address else ""
    return {
        "number": number,
        "address": short(one.repository.address),
        "address_url": checked(one.repository.address),
        "role": labels.word(REPOSITORY_ROLE, one.repository.role),
        "is_list": one.key is None,
        "moved_to": short(moved_to),
        "moved_url": checked(moved_to),
        "aliases": _aliases(one, snapshot) if snapshot else [],
        "looked": moment_words(snapshot.looked_at, status.now) if snapshot else "",
        "is_shipped": one.looked.is_shipped,
        "tried": moment_words(standing.last_attempt, status.now)
        if standing and standing.last_attempt and standing.failing_since
        else "",
        "next": _next(one, status),
        "failure": _failure(one),
        "commit": _commit(snapshot) if snapshot else None,
        "forge": _forge(snapshot) if snapshot else "",
        "read": _read(one, folded=False),
        "folded": _read(one, folded=True),
        "absent": _gaps(snapshot, absent=True) if snapshot else [],
        "unread": _gaps(snapshot, absent=False) if snapshot else [],
        "publiccode": _publiccode(snapshot) if snapshot else None,
        "related": _related(one, status),
    }


def _aliases(one: RepositoryStatus, snapshot: Snapshot) -> list[str]:
    """Addresses under which it was known before, without the one that the entry has."""
    return [short(alias) for alias in snapshot.aliases if alias != one.repository.address]


def moment_words(when: datetime, now: datetime) -> str:
    """A day, and how long ago it is (or how long it still takes) where that is a few weeks at most."""
    day = day_words(when.date())
    if abs(when - now) > _SOON:
        return day
    return f"{day} ({format_timedelta(when - now, add_direction=True, granularity='minute')})"


def _next(one: RepositoryStatus, status: SolutionStatus) -> str:
    """When the next look is due; only where the harvest is at work."""
    standing = one.standing
    if standing is None or standing.due is None:
        return ""
    if not status.is_alive:
        return str(gettext("offen: Die Ernte läuft hier zurzeit nicht."))
    if standing.asked_for or standing.due <= status.now:
        return str(gettext("beim nächsten Durchgang der Ernte"))
    return moment_words(standing.due, status.now)


def _failure(one: RepositoryStatus) -> Shape | None:
    """Since when looks fail, and why."""
    standing = one.standing
    if standing is None or standing.failing_since is None:
        return None
    reason = Reason(standing.reason) if standing.reason in tuple(Reason) else None
    return {
        "since": date_words(standing.failing_since.date().isoformat()),
        "count": standing.failures,
        "why": told(reason, "", current_language()),
        "detail": short(standing.detail),
    }


def _commit(snapshot: Snapshot) -> Shape | None:
    if snapshot.commit is None:
        return None
    kind = snapshot.forge or usual_kind(snapshot.address)
    return {
        "name": snapshot.commit[:10],
        "url": checked(commit_link(kind, snapshot.address, snapshot.commit)),
        "branch": short(snapshot.branch or ""),
        "on": date_words(snapshot.committed_at.date().isoformat()) if snapshot.committed_at else "",
    }


def _forge(snapshot: Snapshot) -> str:
    if snapshot.forge is None:
        return str(gettext("nicht gefragt; gelesen wurde nur das Git-Repositorium"))
    return str(gettext("gefragt: %(forge)s", forge=FORGE.get(snapshot.forge, snapshot.forge)))


def _read(one: RepositoryStatus, *, folded: bool) -> list[Shape]:
    """What was read, by question: each value with its voice, its place and its day."""
    shapes: list[Shape] = []
    for question in Question:
        statements = statements_in(one.looked, question) if (question in _FOLDED) is folded else ()
        if statements:
            values = [
                {
                    **said_shape(question, statement.value, statement),
                    "unsure": statement.confidence < _SURE,
                }
                for statement in statements
            ]
            shapes.append({"label": str(QUESTION[question]), "values": values})
    return shapes


def _gaps(snapshot: Snapshot, *, absent: bool) -> list[Shape]:
    """What was looked for and is not there, or what could not be read; each question once."""
    answered = {fact.question for fact in snapshot.facts}
    gaps = [gap for gap in snapshot.gaps if (gap.reason is Reason.ABSENT) is absent]
    if absent:
        return [
            {"label": str(QUESTION[question])}
            for question in dict.fromkeys(gap.question for gap in gaps)
            if question not in answered and not _is_elsewhere(snapshot.gaps, question)
        ]
    rows: dict[tuple[Question, Reason], Gap] = {}
    for gap in gaps:
        rows.setdefault((gap.question, gap.reason), gap)
    return [
        {"label": str(QUESTION[question]), "reason": str(REASON[reason]), "detail": short(gap.detail)}
        for (question, reason), gap in rows.items()
    ]


def _is_elsewhere(gaps: Sequence[Gap], question: Question) -> bool:
    """Whether somebody else could not be asked the same: then we do not know that it is missing."""
    return any(gap.question is question and gap.reason is not Reason.ABSENT for gap in gaps)


def _publiccode(snapshot: Snapshot) -> Shape | None:
    for fact in snapshot.facts_on(Question.PUBLICCODE):
        return {
            "verdict": value_words(Question.PUBLICCODE, fact.value),
            "path": short(fact.where.path or "publiccode.yml"),
        }
    return None


def _related(one: RepositoryStatus, status: SolutionStatus) -> list[Shape]:
    """Where the repository comes from, and which other solutions name it or are needed by it."""
    snapshot = one.looked.snapshot
    shapes: list[Shape] = [
        {
            "label": str(ORIGIN.get(origin.kind, origin.kind)),
            "value": short(origin.address),
            "url": checked(origin.address),
        }
        for origin in (origins_of(snapshot) if snapshot else ())
    ]
    shapes += [
        {
            "label": str(RELATION[relation.kind]),
            "value": status.names.get(relation.other, relation.other),
            "url": url_for("pages.solution", key=relation.other),
        }
        for relation in one.relations
    ]
    return shapes
