"""Signs of life in words, German and English: each question, its rule, and what would change the answer."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from catalogue.domain.snapshot import Reason
from catalogue.domain.vitality import Level
from catalogue.domain.vitality_signs import Sign

Language = Literal["de", "en"]


class Words(NamedTuple):
    """What a sign asks, by which rule it is answered, and what would turn the answer into a yes."""

    question: str
    rule: str
    change: str


# sign -> (German, English)
SIGNS: Mapping[Sign, tuple[Words, Words]] = {
    Sign.COMMIT_6: (
        Words(
            "Gab es in den letzten sechs Monaten eine Änderung?",
            "Es zählt die jüngste Änderung im Hauptzweig, die ein Mensch eingetragen hat.",
            "Eine neue Änderung im Hauptzweig.",
        ),
        Words(
            "Was there a commit in the last six months?",
            "The latest commit by a person on the default branch counts; those of programs do not.",
            "A new commit on the default branch.",
        ),
    ),
    Sign.COMMIT_12: (
        Words(
            "Gab es in den letzten zwölf Monaten eine Änderung?",
            "Es zählt die jüngste Änderung im Hauptzweig, die ein Mensch eingetragen hat.",
            "Eine neue Änderung im Hauptzweig.",
        ),
        Words(
            "Was there a commit in the last twelve months?",
            "The latest commit by a person on the default branch counts; those of programs do not.",
            "A new commit on the default branch.",
        ),
    ),
    Sign.PEOPLE_12: (
        Words(
            "Haben in den letzten zwölf Monaten mindestens zwei Personen mitgearbeitet?",
            "Gezählt werden Personen mit mindestens einer Änderung; Programme zählen nicht. Namen"
            " speichern wir"
            " nicht.",
            "Eine Änderung durch eine weitere Person.",
        ),
        Words(
            "Did at least two people take part in the last twelve months?",
            "People with at least one commit are counted, programs are not. We keep no names.",
            "A commit by one more person.",
        ),
    ),
    Sign.ORGANISATIONS_12: (
        Words(
            "Haben in den letzten zwölf Monaten mindestens zwei Organisationen mitgearbeitet?",
            "Die Organisation ergibt sich aus der Domain der Adresse, mit der jemand einträgt; private"
            " Adressen"
            " und Platzhalter sagen darüber nichts.",
            "Eine Änderung aus einer weiteren Organisation, eingetragen mit deren Adresse.",
        ),
        Words(
            "Did at least two organisations take part in the last twelve months?",
            "The organisation follows from the domain of the address that people commit with; private"
            " addresses"
            " and placeholders say nothing about it.",
            "A commit from one more organisation, made with its address.",
        ),
    ),
    Sign.RELEASES: (
        Words(
            "Gibt es veröffentlichte Versionen?",
            "Es zählen Versionsmarken (Tags) wie 1.2.0 und Veröffentlichungen auf der Quelltextplattform;"
            " Vorabversionen zählen nicht.",
            "Eine Version mit Nummer oder Datum im Namen.",
        ),
        Words(
            "Are there published versions?",
            "Tags such as 1.2.0 and releases on the forge count; previews do not.",
            "A version with a number or a date in its name.",
        ),
    ),
    Sign.RELEASE_12: (
        Words(
            "Gab es in den letzten zwölf Monaten eine neue Version?",
            "Es zählt das Datum der jüngsten Version, die keine Vorabversion ist.",
            "Eine neue Version.",
        ),
        Words(
            "Was there a new version in the last twelve months?",
            "The date of the latest version that is no preview counts.",
            "A new version.",
        ),
    ),
    Sign.CHANGELOG: (
        Words(
            "Gibt es ein Änderungsprotokoll?",
            "Gesucht wird eine Datei wie CHANGELOG.md.",
            "Eine Datei CHANGELOG.md im obersten Ordner.",
        ),
        Words(
            "Is there a changelog?",
            "We look for a file such as CHANGELOG.md.",
            "A file CHANGELOG.md in the topmost folder.",
        ),
    ),
    Sign.CONTINUOUS_INTEGRATION: (
        Words(
            "Wird jede Änderung automatisch geprüft?",
            "Gesucht wird die Einrichtung einer automatischen Prüfung, etwa .gitlab-ci.yml oder"
            " .github/workflows.",
            "Eine automatische Prüfung, die im Repositorium eingerichtet ist.",
        ),
        Words(
            "Is every change checked automatically?",
            "We look for the set-up of continuous integration, such as .gitlab-ci.yml or .github/workflows.",
            "Continuous integration that is set up in the repository.",
        ),
    ),
    Sign.TESTS: (
        Words(
            "Gibt es automatische Tests?",
            "Gesucht werden Testdateien in der Schreibweise der jeweiligen Programmiersprache;"
            " Beispieltests, die"
            " ein Werkzeug anlegt, zählen nicht.",
            "Testdateien im Repositorium.",
        ),
        Words(
            "Are there automatic tests?",
            "We look for test files as each language names them; example tests that a tool creates do not"
            " count.",
            "Test files in the repository.",
        ),
    ),
    Sign.PACKAGING: (
        Words(
            "Gibt es einen Container oder ein Paket zum Installieren?",
            "Gesucht werden unter anderem Dockerfile, Compose-Datei, Helm-Chart und Angaben für"
            " Paketverzeichnisse.",
            "Ein Dockerfile oder ein veröffentlichtes Paket.",
        ),
        Words(
            "Is there a container or a package to install?",
            "We look for a Dockerfile, a Compose file, a Helm chart, package metadata and the like.",
            "A Dockerfile or a published package.",
        ),
    ),
    Sign.OPERATION: (
        Words(
            "Gibt es eine Anleitung für den Betrieb?",
            "Gesucht werden Seiten oder Abschnitte zu Installation, Betrieb und Aktualisierung.",
            "Eine Seite zu Installation und Betrieb, etwa docs/betrieb.md.",
        ),
        Words(
            "Is there documentation for operators?",
            "We look for pages or sections on installation, operation and updates.",
            "A page on installation and operation, such as docs/operation.md.",
        ),
    ),
    Sign.SECURITY_POLICY: (
        Words(
            "Steht fest, wie man Sicherheitslücken meldet?",
            "Gesucht wird SECURITY.md oder security.txt; eine unveränderte Vorlage zählt nicht.",
            "Eine Datei SECURITY.md mit einer Meldestelle.",
        ),
        Words(
            "Is it said how to report vulnerabilities?",
            "We look for SECURITY.md or security.txt; an unchanged template does not count.",
            "A file SECURITY.md that says where to report.",
        ),
    ),
    Sign.REACTION: (
        Words(
            "Werden Meldungen innerhalb von zwei Wochen beantwortet?",
            "Es zählt der mittlere Wert der Tage bis zur ersten Antwort einer anderen Person, ab drei"
            " Meldungen; nicht jede Quelltextplattform gibt darüber Auskunft.",
            "Schnellere Antworten auf Meldungen.",
        ),
        Words(
            "Are issues answered within two weeks?",
            "The median of the days until somebody else answers first counts, from three issues on; not every"
            " forge tells.",
            "Quicker answers to issues.",
        ),
    ),
    Sign.OPEN: (
        Words(
            "Ist das Repositorium offen für Änderungen?",
            "Nein, wenn die Quelltextplattform es als archiviert kennzeichnet.",
            "Das Archivieren rückgängig machen.",
        ),
        Words(
            "Is the repository open to changes?",
            "No where the forge marks it as archived.",
            "Taking it out of the archive.",
        ),
    ),
    Sign.AGE: (
        Words(
            "Gibt es das Repositorium seit mindestens einem Jahr?",
            "Es zählt die älteste Änderung im Hauptzweig.",
            "Die Zeit.",
        ),
        Words(
            "Has the repository existed for at least a year?",
            "The oldest commit on the default branch counts.",
            "Time.",
        ),
    ),
}

# level -> its name and the rule in one sentence, German and English
LEVELS_IN_WORDS: Mapping[Level, tuple[tuple[str, str], tuple[str, str]]] = {
    Level.LIVELY: (
        (
            "lebhaft",
            "Änderung in den letzten sechs Monaten, mindestens zwei Personen und eine neue Version in zwölf.",
        ),
        ("lively", "A commit in the last six months, at least two people and a new version in twelve."),
    ),
    Level.MAINTAINED: (
        ("gepflegt", "Änderung in den letzten zwölf Monaten."),
        ("maintained", "A commit in the last twelve months."),
    ),
    Level.QUIET: (
        ("ruhig", "Letzte Änderung vor mehr als einem und höchstens drei Jahren."),
        ("quiet", "The last commit is more than one and at most three years old."),
    ),
    Level.DORMANT: (
        ("eingeschlafen", "Seit mehr als drei Jahren keine Änderung."),
        ("dormant", "No commit for more than three years."),
    ),
    Level.ARCHIVED: (
        ("archiviert", "Die Quelltextplattform kennzeichnet das Repositorium als archiviert."),
        ("archived", "The forge marks the repository as archived."),
    ),
    Level.UNKNOWN: (
        (
            "nicht bekannt",
            "Wir konnten keinen Verlauf lesen, oder unser letzter Blick ist älter als zwölf Monate.",
        ),
        ("not known", "We could not read a history, or our last look is more than twelve months old."),
    ),
}

# why an answer is unknown, German and English
UNKNOWN_BECAUSE: Mapping[Reason, tuple[str, str]] = {
    Reason.ABSENT: (
        "Es gibt zu wenig, woran sich das ablesen ließe.",
        "There is too little to tell it from.",
    ),
    Reason.UNREADABLE: (
        "Was dort steht, lässt sich nicht sicher deuten.",
        "What is there cannot be read with certainty.",
    ),
    Reason.UNREACHABLE: (
        "Wir konnten nicht nachsehen oder haben zu lange nicht nachgesehen.",
        "We could not look, or have not looked for too long.",
    ),
    Reason.TOO_LARGE: (
        "Wir haben nur einen Teil gesehen, weil das Repositorium sehr groß oder sein Verlauf gekürzt ist.",
        "We saw only a part, since the repository is very large or its history is cut off.",
    ),
    Reason.LIMITED: (
        "Die Quelltextplattform bittet uns, später wiederzukommen.",
        "The forge asks us to come back later.",
    ),
    Reason.REFUSED: ("Dort sehen wir nicht nach.", "We do not look there."),
    Reason.NOT_ASKED: (
        "Danach hat noch niemand gefragt, oder diese Quelltextplattform gibt darüber keine Auskunft.",
        "Nobody has asked yet, or this forge does not tell.",
    ),
    Reason.PERSONAL: (
        "Das ließe sich nur aus Angaben zu einzelnen Personen schließen.",
        "It could only be concluded from what is known of single people.",
    ),
}


def words_of(sign: Sign, language: Language) -> Words:
    """The question, the rule and what would change the answer."""
    return SIGNS[sign][0 if language == "de" else 1]


def level_in_words(level: Level, language: Language) -> tuple[str, str]:
    """The name of a level and its rule."""
    return LEVELS_IN_WORDS[level][0 if language == "de" else 1]


def unknown_because(reason: Reason, language: Language) -> str:
    """Why an answer is unknown."""
    return UNKNOWN_BECAUSE[reason][0 if language == "de" else 1]
