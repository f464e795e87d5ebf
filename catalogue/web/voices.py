"""Who says something about a solution, in words: voices, what they speak of, and what their notes mean."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from catalogue.domain import licence_notes
from catalogue.domain.snapshot import Question
from catalogue.web import labels
from catalogue.web.blueprint import current_language

_ = lazy_gettext

# The voice as a source: "laut Lizenzdatei".
VOICE = {
    "entry": _("Eintrag"),
    "publiccode": _("publiccode.yml"),
    "licence-file": _("Lizenzdatei"),
    "reuse": _("REUSE-Angaben"),
    "metadata": _("Paketbeschreibung"),
    "codemeta": _("codemeta.json"),
    "citation": _("CITATION.cff"),
    "readme": _("README"),
    "security": _("Sicherheitshinweise"),
    "codeowners": _("CODEOWNERS"),
    "tree": _("Dateien im Repositorium"),
    "history": _("Verlauf des Repositoriums"),
    "forge": _("Quelltextplattform"),
    "reuser": _("nachnutzende Stelle"),
}
# The voice as the one who speaks: "die Lizenzdatei nennt ...". All of them are one.
SPEAKER = {
    "entry": _("der Eintrag"),
    "publiccode": _("die Datei publiccode.yml"),
    "licence-file": _("die Lizenzdatei"),
    "reuse": _("die Auszeichnung nach REUSE"),
    "metadata": _("die Paketbeschreibung"),
    "codemeta": _("die Datei codemeta.json"),
    "citation": _("die Datei CITATION.cff"),
    "readme": _("das README"),
    "security": _("die Sicherheitsrichtlinie"),
    "codeowners": _("die Datei CODEOWNERS"),
    "tree": _("der Dateibaum"),
    "history": _("der Verlauf"),
    "forge": _("die Quelltextplattform"),
    "reuser": _("die nachnutzende Stelle"),
}
QUESTION: Mapping[str, object] = {
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
# Notes of facts; those of licences have their words in `domain.licence_notes`.
NOTE = {
    "describes-another-repository": _("die Datei beschreibt ein anderes Repositorium"),
    "from-a-faulty-place": _("die Datei hat an dieser Stelle einen Fehler"),
    "covers-code": _("gilt für den Programmcode"),
    "covers-documentation": _("gilt für die Dokumentation"),
    "covers-data": _("gilt für Daten"),
    "nobody-says-how": _("mehrere Lizenzen; niemand sagt, welche wofür gilt"),
    "files-and-statement": _("aus den Lizenzdateien und der Angabe dazu"),
    "for-security": _("für Sicherheitslücken"),
}
PACKAGING = {
    "dockerfile": _("Container-Bauanleitung"),
    "compose": _("Compose-Datei"),
    "container-image": _("Container-Abbild"),
    "helm": _("Helm-Chart"),
    "npm": _("Paket für npm"),
    "python": _("Paket für Python"),
    "composer": _("Paket für Composer"),
    "maven": _("Paket für Maven"),
    "qgis-plugin": _("Erweiterung für QGIS"),
}


def voice_name(voice: str) -> str:
    """The voice as a source."""
    return labels.word(VOICE, voice)


def speaker(voice: str, *, first: bool = False) -> str:
    """The voice as the one who speaks; `first` at the beginning of a sentence."""
    words = labels.word(SPEAKER, voice)
    return words[:1].upper() + words[1:] if first else words


def note_words(notes: tuple[str, ...]) -> str:
    """The notes of a fact as one line; a code without words is left out."""
    known = [_note(note) for note in notes]
    return "; ".join(dict.fromkeys(words for words in known if words))


def _note(note: str) -> str:
    if note in NOTE:
        return str(NOTE[note])
    words: Mapping[str, str] = licence_notes.NOTES.get(note, {})
    return words.get("de" if current_language() == "de" else "en", "")
