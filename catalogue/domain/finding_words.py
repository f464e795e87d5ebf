"""Findings and advice in words, German and English: what it is, and what to do about it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from catalogue.domain.advice import AdviceKind
from catalogue.domain.findings import FindingKind

Language = Literal["de", "en"]


class FindingWords(NamedTuple):
    """The heading of all findings of a kind, one of them in a sentence, and what to do.

    The sentence may name {value} and {other}, which `sentence` fills in.
    """

    heading: str
    sentence: str
    remedy: str


FINDINGS: Mapping[FindingKind, tuple[FindingWords, FindingWords]] = {
    FindingKind.FAILING: (
        FindingWords(
            "Seit mehr als drei Tagen nicht erreichbar",
            "Wir konnten im Repositorium nicht nachsehen.",
            "Prüfen Sie die Adresse im Eintrag. Stimmt sie, fragen Sie die Ansprechstelle, ob das"
            " Repositorium"
            " noch öffentlich ist.",
        ),
        FindingWords(
            "Out of reach for more than three days",
            "We could not look at the repository.",
            "Check the address in the entry. If it is right, ask the contact whether the repository is still"
            " public.",
        ),
    ),
    FindingKind.MOVED: (
        FindingWords(
            "Umgezogen, im Eintrag steht noch die alte Adresse",
            "Das Repositorium ist umgezogen nach {value}.",
            "Tragen Sie die neue Adresse in den Eintrag ein.",
        ),
        FindingWords(
            "Moved, the entry still has the old address",
            "The repository has moved to {value}.",
            "Put the new address into the entry.",
        ),
    ),
    FindingKind.PAGE_GONE: (
        FindingWords(
            "Kontaktseite verschwunden",
            "Die Kontaktseite gibt es unter dieser Adresse nicht mehr.",
            "Suchen Sie die neue Seite und tragen Sie sie in den Eintrag ein, oder nennen Sie ein"
            " Funktionspostfach.",
        ),
        FindingWords(
            "Contact page gone",
            "The contact page is no longer at this address.",
            "Find the new page and put it into the entry, or name a functional mailbox.",
        ),
    ),
    FindingKind.NO_CONTACT: (
        FindingWords(
            "Keine Ansprechstelle",
            "Weder der Eintrag noch ein Repositorium nennt eine Kontaktseite oder ein Funktionspostfach.",
            "Nennen Sie im Eintrag eine Seite oder ein Funktionspostfach. Adressen einzelner Personen"
            " nehmen wir"
            " nicht auf.",
        ),
        FindingWords(
            "No contact",
            "Neither the entry nor a repository names a contact page or a functional mailbox.",
            "Name a page or a functional mailbox in the entry. We do not take addresses of single people.",
        ),
    ),
    FindingKind.LICENCE: (
        FindingWords(
            "Verschiedene Lizenzen genannt",
            "Zur Lizenz gibt es unterschiedliche Angaben.",
            "Klären Sie mit dem Team, welche Lizenz gilt, und berichtigen Sie, was davon abweicht.",
        ),
        FindingWords(
            "Different licences named",
            "Sources differ on the licence.",
            "Ask the team which licence holds, and correct whatever differs from it.",
        ),
    ),
    FindingKind.LICENCE_UNSEEN: (
        FindingWords(
            "Lizenz im Eintrag, aber nicht im Repositorium",
            "Der Eintrag nennt {value}. Im Repositorium haben wir keine Lizenz gefunden.",
            "Bitten Sie das Team, den Lizenztext als Datei LICENSE ins Repositorium zu legen.",
        ),
        FindingWords(
            "Licence in the entry, but not in the repository",
            "The entry names {value}. We found no licence in the repository.",
            "Ask the team to put the text of the licence into the repository as a file LICENSE.",
        ),
    ),
    FindingKind.MATURITY: (
        FindingWords(
            "Verschiedene Reifegrade genannt",
            "Zum Reifegrad gibt es unterschiedliche Angaben.",
            "Fragen Sie das Team, welche Angabe stimmt, und berichtigen Sie, was davon abweicht.",
        ),
        FindingWords(
            "Different maturities named",
            "Sources differ on the maturity.",
            "Ask the team which one is right, and correct whatever differs from it.",
        ),
    ),
    FindingKind.PUBLICCODE: (
        FindingWords(
            "publiccode.yml fehlerhaft",
            "Die publiccode.yml entspricht nicht dem Standard. Anzahl der Fehler: {value}.",
            "Der Befehl „catalogue publiccode check publiccode.yml“ zeigt jeden Fehler mit Zeile und"
            " Abhilfe.",
        ),
        FindingWords(
            "publiccode.yml with errors",
            "The publiccode.yml does not keep to the standard. Number of errors: {value}.",
            "The command “catalogue publiccode check publiccode.yml” shows every error with its line and"
            " remedy.",
        ),
    ),
    FindingKind.ARCHIVED: (
        FindingWords(
            "Archiviert",
            "Die Quelltextplattform kennzeichnet das Repositorium als archiviert.",
            "Fragen Sie das Team, ob die Arbeit anderswo weitergeht. Wenn nicht, setzen Sie den Reifegrad im"
            " Eintrag auf „obsolete“.",
        ),
        FindingWords(
            "Archived",
            "The forge marks the repository as archived.",
            "Ask the team whether work goes on elsewhere. If not, set the maturity in the entry to"
            " “obsolete”.",
        ),
    ),
    FindingKind.DORMANT: (
        FindingWords(
            "Seit mehr als drei Jahren keine Änderung",
            "Die letzte Änderung, die ein Mensch eingetragen hat, liegt mehr als drei Jahre zurück.",
            "Fragen Sie das Team, ob die Lösung noch gepflegt wird oder anderswo weiterentwickelt wird.",
        ),
        FindingWords(
            "No commit for more than three years",
            "The last commit by a person is more than three years old.",
            "Ask the team whether the solution is still maintained, or developed elsewhere.",
        ),
    ),
    FindingKind.SAME_REPOSITORY: (
        FindingWords(
            "Zwei Einträge nennen dasselbe Repositorium",
            "Dasselbe Repositorium nennt auch der Eintrag {other}.",
            "Prüfen Sie, ob beide Einträge dieselbe Lösung beschreiben. Wenn ja, führen Sie sie zusammen.",
        ),
        FindingWords(
            "Two entries name the same repository",
            "The entry {other} names the same repository.",
            "Check whether both entries describe one solution. If so, merge them.",
        ),
    ),
    FindingKind.COPY: (
        FindingWords(
            "Kopie einer anderen Lösung im Katalog",
            "Dieses Repositorium ist eine Abspaltung oder ein Spiegel eines Repositoriums von {other}.",
            "Prüfen Sie, ob es eine eigene Lösung ist. Wenn nicht, nehmen Sie es in den anderen Eintrag auf.",
        ),
        FindingWords(
            "Copy of another solution in the catalogue",
            "This repository is a fork or mirror of a repository of {other}.",
            "Check whether it is a solution of its own. If not, add it to the other entry.",
        ),
    ),
}


class AdviceWords(NamedTuple):
    """What is missing, and how to add it."""

    title: str
    remedy: str


ADVICE: Mapping[AdviceKind, tuple[AdviceWords, AdviceWords]] = {
    AdviceKind.NO_REPOSITORY: (
        AdviceWords(
            "Es ist kein Repositorium bekannt.",
            "Tragen Sie die öffentliche Adresse des Quelltextes in den Eintrag ein, mit der Rolle „main“.",
        ),
        AdviceWords(
            "No repository is known.",
            "Put the public address of the source code into the entry, with the role “main”.",
        ),
    ),
    AdviceKind.NO_LICENCE_FILE: (
        AdviceWords(
            "Im Repositorium liegt kein Lizenztext.",
            "Legen Sie den unveränderten Text Ihrer Lizenz als Datei LICENSE in den obersten Ordner.",
        ),
        AdviceWords(
            "There is no licence text in the repository.",
            "Put the unchanged text of your licence into the topmost folder as a file LICENSE.",
        ),
    ),
    AdviceKind.NO_PUBLICCODE: (
        AdviceWords(
            "Im Repositorium liegt keine publiccode.yml.",
            "Beschreiben Sie die Lösung in einer Datei publiccode.yml im obersten Ordner. Dann lesen wir"
            " Name,"
            " Version, Reifegrad und Ansprechstelle von dort. „catalogue publiccode check publiccode.yml“"
            " prüft"
            " die Datei.",
        ),
        AdviceWords(
            "There is no publiccode.yml in the repository.",
            "Describe the solution in a file publiccode.yml in the topmost folder. We then read name,"
            " version,"
            " maturity and contact from there. “catalogue publiccode check publiccode.yml” checks the file.",
        ),
    ),
}


def words_of_finding(kind: FindingKind, language: Language) -> FindingWords:
    """Heading, sentence and remedy of a kind of finding."""
    return FINDINGS[kind][0 if language == "de" else 1]


def sentence(kind: FindingKind, language: Language, *, value: str = "", other: str = "") -> str:
    """One finding in a sentence; `value` and `other` are filled in as they are."""
    return words_of_finding(kind, language).sentence.format(value=value, other=other)


def words_of_advice(kind: AdviceKind, language: Language) -> AdviceWords:
    """What is missing and how to add it; signs of life have their words in `vitality_words`."""
    return ADVICE[kind][0 if language == "de" else 1]
