"""Words for what the harvest learns: questions, voices, changes, and why something was not learned."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext

from catalogue.domain.snapshot import Plain, Question, Reason, Voice
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.domain.vitality import Level
from catalogue.web import labels

_ = lazy_gettext
_LONGEST = 200  # characters of a value that a stranger has written

QUESTION: Mapping[Question, object] = {
    Question.NAME: _("Name"),
    Question.SUMMARY: _("Kurzbeschreibung"),
    Question.LICENCE: _("Lizenz"),
    Question.MATURITY: _("Reifegrad"),
    Question.VERSION: _("Version"),
    Question.CONTACT: _("Ansprechstelle"),
    Question.HOMEPAGE: _("Webseite"),
    Question.DOCUMENTATION: _("Dokumentation"),
    Question.OPERATION: _("Anleitung für den Betrieb"),
    Question.CHANGELOG: _("Änderungsprotokoll"),
    Question.TESTS: _("Automatische Tests"),
    Question.CONTINUOUS_INTEGRATION: _("Automatische Prüfung"),
    Question.PACKAGING: _("Container oder Paket"),
    Question.SECURITY_POLICY: _("Meldeweg für Sicherheitslücken"),
    Question.LANGUAGES: _("Programmiersprachen"),
    Question.STANDARDS: _("Offene Standards"),
    Question.DEPENDENCY: _("Abhängigkeiten"),
    Question.USED_BY: _("Genannte Nutzer"),
    Question.PUBLICCODE: _("publiccode.yml"),
    Question.CITATION: _("CITATION.cff"),
    Question.TOPICS: _("Schlagworte"),
    Question.ARCHIVED: _("Archiviert"),
    Question.ORIGIN: _("Herkunft"),
    Question.REACTION: _("Antwort auf Meldungen"),
    Question.MOVED: _("Umzug"),
    Question.ACTIVITY: _("Verlauf der Änderungen"),
}
VOICE: Mapping[Voice, object] = {
    Voice.ENTRY: _("Eintrag"),
    Voice.PUBLICCODE: _("publiccode.yml"),
    Voice.LICENCE_FILE: _("Lizenzdatei"),
    Voice.REUSE: _("SPDX-Vermerke"),
    Voice.METADATA: _("Paketangaben"),
    Voice.CODEMETA: _("codemeta.json"),
    Voice.CITATION: _("CITATION.cff"),
    Voice.README: _("README"),
    Voice.SECURITY: _("SECURITY.md"),
    Voice.CODEOWNERS: _("CODEOWNERS"),
    Voice.TREE: _("Dateien im Repositorium"),
    Voice.HISTORY: _("Git-Verlauf"),
    Voice.FORGE: _("Quelltextplattform"),
    Voice.REUSER: _("Nachnutzende Stelle"),
}
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
LEVEL: Mapping[Level, object] = {
    Level.LIVELY: _("lebhaft"),
    Level.MAINTAINED: _("gepflegt"),
    Level.QUIET: _("ruhig"),
    Level.DORMANT: _("eingeschlafen"),
    Level.ARCHIVED: _("archiviert"),
    Level.UNKNOWN: _("nicht bekannt"),
}
FORGE: Mapping[str, str] = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}


def cut(text: str, longest: int = _LONGEST) -> str:
    """A stranger's text in one line and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def value_words(question: Question, value: Plain, language: str) -> str:
    """A value that was read, as people read it."""
    if question is Question.PUBLICCODE and isinstance(value, Mapping):
        return _verdict(value)
    if isinstance(value, bool):
        return str(gettext("ja") if value else gettext("nein"))
    if isinstance(value, Mapping):
        told = value.get(language) or value.get("de") or value.get("en")
        return cut(
            str(told) if told else ", ".join(str(one) for one in value.values() if one not in ("", None))
        )
    if isinstance(value, tuple):
        return cut(", ".join(str(one) for one in value))
    if question is Question.MATURITY:
        return cut(labels.word(labels.MATURITY, str(value)))
    return cut(str(value))


def _verdict(value: Mapping[str, Plain]) -> str:
    counts = {"errors": value.get("errors", 0), "warnings": value.get("warnings", 0)}
    if value.get("valid") is True:
        return str(gettext("entspricht dem Standard (Warnungen: %(warnings)s)", **counts))
    return str(
        gettext("entspricht nicht dem Standard (Fehler: %(errors)s, Warnungen: %(warnings)s)", **counts)
    )


def change_words(change: Change, language: str) -> str:
    """What has happened, in a sentence."""
    before, after = cut(change.before or ""), cut(change.after or "")
    if change.kind is ChangeKind.MATURITY:
        before, after = (labels.word(labels.MATURITY, code) for code in (before, after))
    voice = str(VOICE[change.voice]) if change.voice else ""
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
