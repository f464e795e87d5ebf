"""The statistics in words, German and English: figures of the office, names of columns and of rows."""

from collections.abc import Mapping
from typing import NamedTuple

from catalogue.domain.statistics import LEAST, Figure, OfficeFigure
from catalogue.domain.statistics_bases import FIGURE_BASES, Basis, Language, full_definition
from catalogue.domain.statistics_figures import FIGURES, FigureWords


class Defined(NamedTuple):
    """A figure in words. `definition` is whole, `own` is what it says beyond its `bases`."""

    title: str
    definition: str
    unit: str
    own: str
    bases: tuple[Basis, ...]


OFFICE_FIGURES: Mapping[OfficeFigure, tuple[FigureWords, FigureWords]] = {
    OfficeFigure.REPORTS: (
        FigureWords(
            "Meldungen nach Bearbeitungsstand",
            "Wie viele Meldungen am Ende jedes Monats in welchem Stand waren, aus dem Protokoll.",
            "Meldungen",
        ),
        FigureWords(
            "Reports by state",
            "How many reports were in which state at the end of each month, from the audit trail.",
            "reports",
        ),
    ),
    OfficeFigure.DECISIONS: (
        FigureWords(
            "Dauer bis zur Entscheidung",
            "Ganze Tage von der Meldung bis zur letzten Entscheidung. Offen sind Meldungen, die auf eine"
            " Entscheidung warten.",
            "Meldungen",
        ),
        FigureWords(
            "Time to decision",
            "Whole days from the report to the last decision. Open are reports that wait for one.",
            "reports",
        ),
    ),
    OfficeFigure.UNNAMED: (
        FigureWords(
            "Nicht öffentlich genannte Nachnutzungen",
            "Bestätigte Meldungen, die zählen, deren Stelle aber nur die Koordinierungsstelle sieht. Bitte"
            " nicht weitergeben.",
            "Meldungen",
        ),
        FigureWords(
            "Reuses that are not named publicly",
            "Confirmed reports that count while only the office sees the body. Please do not pass them on.",
            "reports",
        ),
    ),
    OfficeFigure.MAIL_DOMAINS: (
        FigureWords(
            "Meldungen nach Art der Mailadresse",
            "Wie die Domain der Mailadresse zur gemeldeten Stelle steht, über alle Meldungen.",
            "Meldungen",
        ),
        FigureWords(
            "Reports by kind of mail address",
            "How the domain of the mail address stands to the body reported, over all reports.",
            "reports",
        ),
    ),
}

# Names of columns and of rows that stand for no code known elsewhere.
WORDS: Mapping[str, tuple[str, str]] = {
    "reuses": ("Nachnutzungen", "reuses"),
    "confirmed": ("von der Stelle bestätigt", "confirmed by the body"),
    "sourced": ("durch Quelle belegt", "shown by a source"),
    "stated": ("nur genannt", "only stated"),
    "bodies": ("Stellen", "bodies"),
    "solutions": ("Lösungen", "solutions"),
    "of_projects": ("davon Lösungen aus Modellprojekten", "of these, solutions of model projects"),
    "measures": ("Maßnahmen", "measures"),
    "with_reuse": ("davon nachgenutzt", "of these, reused"),
    "districts": ("Kreise", "districts"),
    "districts_used": ("mit Nachnutzung", "with reuse"),
    "districts_unused": ("ohne Nachnutzung", "without reuse"),
    "began": ("waren auf der Stufe", "were at the stage"),
    "reached": ("erreichten die nächste", "reached the next"),
    "share": ("Anteil in Prozent", "share in percent"),
    "dated": ("davon mit Daten", "of these, dated"),
    "median_months": ("Median in Monaten", "median in months"),
    "period": ("Zeitraum", "period"),
    "land": ("Land", "Land"),
    "provider_land": ("Land der anbietenden Stelle", "Land of the provider"),
    "size": ("Größe", "size"),
    "topic": ("Thema", "topic"),
    "solution": ("Lösung", "solution"),
    "round": ("Förderrunde", "funding round"),
    "funded": ("Förderung", "funding"),
    "provider": ("Anbietende Stelle", "provider"),
    "body": ("Nachnutzende Stelle", "reusing body"),
    "delay": ("Abstand", "time between"),
    "project": ("Modellprojekt", "model project"),
    "district": ("Kreis", "district"),
    "transition": ("Übergang", "transition"),
    "freshness": ("Zuletzt bestätigt", "last confirmed"),
    "total": ("Was", "what"),
    "state": ("Bearbeitungsstand", "state"),
    "wait": ("Dauer", "time"),
    "report": ("Meldung", "report"),
    "mail": ("Mailadresse", "mail address"),
    "reports": ("Meldungen", "reports"),
    "stage": ("Stufe", "stage"),
    "standing": ("Beleg", "standing"),
    "as-of": ("Stand", "as of"),
    "note": ("Hinweis", "note"),
    "affirmed": ("zuletzt bestätigt", "last confirmed"),
    # rows
    "total.counting": ("in Erprobung oder Betrieb", "on trial or in use"),
    "total.": ("ohne Angabe der Stufe", "without a stage"),
    "total.bodies": ("nachnutzende Stellen", "reusing bodies"),
    "total.solutions": ("nachgenutzte Lösungen", "reused solutions"),
    "period.undated": ("ohne Datum der heutigen Stufe", "without a date of the stage of today"),
    "size.other": ("andere Stellen", "other bodies"),
    "funded.yes": ("gefördert", "funded"),
    "funded.no": ("nicht gefördert", "not funded"),
    "funded.unknown": ("nicht bekannt", "not known"),
    "topic.none": ("ohne Thema", "without a topic"),
    "round.none": ("nicht aus einem Modellprojekt", "not of a model project"),
    "delay.before": ("schon vorher", "before it"),
    "delay.0": ("im selben Jahr", "in the same year"),
    "delay.1": ("1 Jahr später", "1 year later"),
    "delay.2": ("2 Jahre später", "2 years later"),
    "delay.3": ("3 Jahre später", "3 years later"),
    "delay.4": ("4 Jahre später", "4 years later"),
    "delay.5+": ("5 Jahre später oder mehr", "5 years later or more"),
    "delay.no-reuse": ("keine datierte Nachnutzung", "no dated reuse"),
    "delay.no-release": ("erste Version nicht bekannt", "first version not known"),
    "transition.interested-planned": ("interessiert, dann geplant", "interested, then planned"),
    "transition.planned-trial": ("geplant, dann erprobt", "planned, then on trial"),
    "transition.trial-in-use": ("erprobt, dann im Betrieb", "on trial, then in use"),
    "transition.in-use-ended": ("im Betrieb, dann beendet", "in use, then ended"),
    "transition.trial-ended": ("erprobt, dann beendet", "on trial, then ended"),
    "freshness.fresh": ("in den letzten zwölf Monaten", "in the last twelve months"),
    "freshness.older": ("früher", "earlier"),
    "freshness.never": ("nie", "never"),
    "wait.0": ("am selben Tag", "on the same day"),
    "wait.7": ("bis 7 Tage", "up to 7 days"),
    "wait.30": ("bis 30 Tage", "up to 30 days"),
    "wait.more": ("länger", "longer"),
    "wait.open": ("noch offen", "still open"),
    "mail.own": ("Domain der Stelle", "domain of the body"),
    "mail.provider": ("Domain einer Firma oder anderen Stelle", "domain of a company or another body"),
    "mail.free": ("Maildienst für alle", "mail service for everybody"),
    "mail.unknown": ("nicht bekannt", "not known"),
    "state.unconfirmed": ("Mail nicht bestätigt", "mail not confirmed"),
    "state.pending": ("offen", "pending"),
    "state.confirmed": ("bestätigt", "confirmed"),
    "state.rejected": ("abgelehnt", "rejected"),
    "state.withdrawn": ("zurückgezogen", "withdrawn"),
    "state.merged": ("zusammengeführt", "merged"),
    "~": ("nicht öffentlich genannt", "not named publicly"),
    "": ("nicht bekannt", "not known"),
}
_REUSES = (
    "Jede Zeile ist eine Nachnutzung: eine Stelle und eine Lösung, wie viele Quellen sie auch nennen und auf"
    " welcher Stufe sie heute auch ist. Daten sind so genau wie bekannt: Jahr, Jahr und Monat oder Tag.",
    "Each row is a reuse: one body and one solution, however many sources name it and whatever its stage is"
    " today. Dates are as exact as they are known: a year, a year and a month, or a day.",
)
UNNAMED_RULE = (
    "Gezählt werden Stellen, keine Personen; kleine Zahlen stehen deshalb, wie sie sind. Wer bei der Meldung"
    " nicht öffentlich genannt werden will, zählt nur in ungefilterten Zahlen mit, in einer eigenen Zeile und"
    f" ohne Land, Größe und Ort; bei einer Lösung nur, wenn sie mindestens {LEAST} öffentlich genannte"
    " Nachnutzungen hat. Ob die nicht genannten dort mitzählen, hängt nur von den genannten ab."
    " Steckbrief, Karte und Abzeichen einer Lösung sagen, wie viele nicht genannte es sind und auf welcher"
    " Stufe, aber nicht, wer, wo und seit welchem Monat. So verrät auch der Unterschied zweier Zahlen"
    " niemanden.",
    "Counted are bodies, not persons; so small numbers stand as they are. Who reports and does not want to be"
    " named counts only in numbers without a filter, in a row of its own and without Land, size and place;"
    f" with a solution only where it has at least {LEAST} reuses that are named publicly. Whether those that"
    " are not named count there depends on the named ones alone. Profile, map and badge of a solution say how"
    " many are not named and at which stage, but not who, where and since which month. So the difference of"
    " two numbers tells of nobody either.",
)


def reuses_definition(language: Language) -> str:
    """What the file of all reuses holds."""
    return _REUSES[language == "en"]


def figure_words(figure: Figure | OfficeFigure, language: Language) -> Defined:
    """A figure in words."""
    is_english = language == "en"
    if isinstance(figure, OfficeFigure):
        words = OFFICE_FIGURES[figure][is_english]
        return Defined(words.title, words.own, words.unit, words.own, ())
    words = FIGURES[figure][is_english]
    whole = full_definition(figure, words.own, language)
    return Defined(words.title, whole, words.unit, words.own, FIGURE_BASES.get(figure, ()))


def find_word(name: str, language: Language) -> str | None:
    """The word for a column or a row; None where it is the code of something else."""
    pair = WORDS.get(name)
    return pair[language == "en"] if pair else None


def unnamed_rule(language: Language) -> str:
    """How bodies that are not named are treated."""
    return UNNAMED_RULE[language == "en"]
