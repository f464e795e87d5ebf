"""Words for what the harvest learns: changes, and why something was not learned."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext

from catalogue.domain.snapshot import Reason
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.web import labels
from catalogue.web.fact_words import short
from catalogue.web.voices import voice_name

_ = lazy_gettext

REASON: Mapping[Reason, object] = {
    Reason.UNREADABLE: _("vorhanden, aber nicht sicher zu deuten"),
    Reason.UNREACHABLE: _("wir konnten nicht nachsehen"),
    Reason.TOO_LARGE: _("zu groß, nur ein Teil wurde gelesen"),
    Reason.LIMITED: _("die Plattform bat um eine Pause"),
    Reason.REFUSED: _("dort sehen wir nicht nach"),
    Reason.NOT_ASKED: _("danach wurde nicht gefragt"),
    Reason.PERSONAL: _("dort steht nur eine Person; Personen nehmen wir nicht auf"),
}
CHANGE: Mapping[ChangeKind, object] = {
    ChangeKind.LICENCE: _("Lizenz"),
    ChangeKind.RELEASE: _("Neue Version"),
    ChangeKind.ARCHIVED: _("Archiviert"),
    ChangeKind.REVIVED: _("Wieder offen"),
    ChangeKind.MOVED: _("Umgezogen"),
    ChangeKind.MATURITY: _("Reifegrad"),
    ChangeKind.DESCRIBED: _("publiccode.yml neu"),
    ChangeKind.UNDESCRIBED: _("publiccode.yml entfernt"),
    ChangeKind.BROKEN: _("publiccode.yml fehlerhaft"),
    ChangeKind.MENDED: _("publiccode.yml repariert"),
    ChangeKind.COMMITS: _("Wieder aktiv"),
}
FORGE: Mapping[str, str] = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}


def change_words(change: Change, language: str) -> str:
    """What has happened, in a sentence."""
    before, after = short(change.before or ""), short(change.after or "")
    if change.kind is ChangeKind.MATURITY:
        before, after = (labels.word(labels.MATURITY, code) for code in (before, after))
    voice = voice_name(change.voice) if change.voice else ""
    return _sentence(change, before=before, after=after, voice=voice)


_SENTENCES: Mapping[ChangeKind, object] = {
    ChangeKind.RELEASE: _("Neue Version: %(after)s."),
    ChangeKind.ARCHIVED: _("Die Quelltextplattform kennzeichnet das Repositorium als archiviert."),
    ChangeKind.REVIVED: _("Das Repositorium ist nicht mehr archiviert."),
    ChangeKind.MOVED: _("Das Repositorium ist umgezogen von %(before)s nach %(after)s."),
    ChangeKind.MATURITY: _("Reifegrad geändert von „%(before)s“ zu „%(after)s“."),
    ChangeKind.DESCRIBED: _("Das Repositorium hat jetzt eine publiccode.yml."),
    ChangeKind.UNDESCRIBED: _("Das Repositorium hat keine publiccode.yml mehr."),
    ChangeKind.BROKEN: _("Die publiccode.yml entspricht nicht mehr dem Standard."),
    ChangeKind.MENDED: _("Die publiccode.yml entspricht jetzt dem Standard."),
    ChangeKind.COMMITS: _("Nach mehr als einem Jahr gibt es wieder Änderungen."),
}


def _sentence(change: Change, *, before: str, after: str, voice: str) -> str:
    if change.kind is ChangeKind.LICENCE:
        return _licence(before=before, after=after, voice=voice)
    if change.kind is ChangeKind.MATURITY and not before:
        return str(gettext("Reifegrad jetzt angegeben: „%(after)s“.", after=after))
    return str(_SENTENCES[change.kind]) % {"before": before, "after": after}


def _licence(*, before: str, after: str, voice: str) -> str:
    if not before:
        return str(gettext("Lizenz jetzt angegeben: %(after)s (%(voice)s).", after=after, voice=voice))
    if not after:
        return str(
            gettext("Lizenz nicht mehr angegeben, zuvor %(before)s (%(voice)s).", before=before, voice=voice)
        )
    return str(
        gettext(
            "Lizenz geändert von %(before)s zu %(after)s (%(voice)s).",
            before=before,
            after=after,
            voice=voice,
        )
    )
