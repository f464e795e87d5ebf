"""Each public figure of the statistics, German and English: title, definition, unit."""

from collections.abc import Mapping
from typing import NamedTuple

from catalogue.domain.pairs import pair_rule
from catalogue.domain.statistics import LEAST, Figure


class FigureWords(NamedTuple):
    """What a figure is called, exactly what it counts, and in which unit."""

    title: str
    definition: str
    unit: str


_COUNTS_DE = (
    "Eine Nachnutzung ist eine Stelle und eine Lösung, wie viele Quellen sie auch nennen. Gezählt werden"
    " Nachnutzungen, die heute erprobt werden oder im Betrieb sind; wer eine Stufe auswählt, zählt diese."
)
_COUNTS_EN = (
    "A reuse is one body and one solution, however many sources name it. Counted are reuses that are on"
    " trial or in use today; whoever chooses a stage counts that one."
)
_STAGE_DE, _STAGE_EN = " Wer eine Stufe auswählt, zählt diese.", " Whoever chooses a stage counts that one."
_APART_DE = " Nicht öffentlich genannte Stellen stehen in einer eigenen Zeile."
_APART_EN = " Bodies that are not named publicly have a row of their own."
_DATED_DE = (
    " Grundlage sind Nachnutzungen, von denen bekannt ist, seit wann die heutige Stufe gilt; die anderen"
    " stehen, nach ihrer heutigen Stufe, in der letzten Zeile. Eine Angabe ohne Monat zählt zum Ende ihres"
    " Jahres. Das laufende Jahr reicht bis zum Stand."
)
_DATED_EN = (
    " Based on reuses of which it is known when the stage of today began; the others are in the last row, by"
    " their stage of today. A date without a month counts at the end of its year. The current year goes up to"
    " the date of the figure."
)
# figure -> (German, English)
FIGURES: Mapping[Figure, tuple[FigureWords, FigureWords]] = {
    Figure.TOTALS: (
        FigureWords(
            "Nachnutzungen im Überblick",
            _COUNTS_DE + " Die Zeilen je Stufe zählen alle Stufen von heute. „Stellen“ und „Lösungen“ zählen"
            " öffentlich genannte, jede einmal.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses at a glance",
            _COUNTS_EN + " The rows by stage count all stages of today. “Bodies” and “solutions” count those"
            " that are named publicly, each once.",
            "reuses",
        ),
    ),
    Figure.STOCK: (
        FigureWords(
            "Bestand nach Stufe",
            "Wie viele Nachnutzungen am Ende jedes Zeitraums auf welcher Stufe waren. Es gilt die Stufe, die"
            " zuletzt begann; beginnen zwei im selben Monat, die spätere im Ablauf." + _DATED_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Stock by stage",
            "How many reuses were at which stage at the end of each period. The stage that began last counts;"
            " where two began in the same month, the later one in the course of a reuse." + _DATED_EN,
            "reuses",
        ),
    ),
    Figure.FLOW: (
        FigureWords(
            "Begonnene Stufen",
            "Wie viele Nachnutzungen im Zeitraum welche Stufe begannen. Eine Nachnutzung zählt bei jeder"
            " Stufe, deren Beginn bekannt ist." + _DATED_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Stages begun",
            "How many reuses began which stage in the period. A reuse counts at each stage whose beginning is"
            " known." + _DATED_EN,
            "reuses",
        ),
    ),
    Figure.LANDS: (
        FigureWords(
            "Nachnutzungen nach Bundesland",
            _COUNTS_DE
            + " Es zählt das Land der nachnutzenden Stelle; bundesweite Stellen haben keines."
            + _APART_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by Land",
            _COUNTS_EN + " The Land of the reusing body counts; nationwide bodies have none." + _APART_EN,
            "reuses",
        ),
    ),
    Figure.SIZES: (
        FigureWords(
            "Nachnutzungen nach Größe",
            _COUNTS_DE + " Es zählt die Einwohnerzahl der Gemeinde im amtlichen Verzeichnis; Landkreise und"
            " andere Stellen stehen für sich." + _APART_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by size",
            _COUNTS_EN + " The population of the municipality in the official register counts; districts and"
            " other bodies are apart." + _APART_EN,
            "reuses",
        ),
    ),
    Figure.TOPICS: (
        FigureWords(
            "Nachnutzungen nach Thema",
            _COUNTS_DE + " Ein Thema zählt mit allen Unterthemen. Eine Lösung mit mehreren Themen zählt bei"
            " jedem, die Summe der Zeilen ist deshalb größer als die Gesamtzahl." + _APART_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by topic",
            _COUNTS_EN + " A topic counts with all of its parts. A solution with several topics counts in"
            " each, so the rows add up to more than there are." + _APART_EN,
            "reuses",
        ),
    ),
    Figure.SOLUTIONS: (
        FigureWords(
            "Nachnutzungen nach Lösung",
            _COUNTS_DE + f" Nicht öffentlich genannte Stellen zählen bei einer Lösung nur mit, wenn sie"
            f" mindestens {LEAST} öffentlich genannte hat; sonst stehen sie in der letzten Zeile.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by solution",
            _COUNTS_EN + f" Bodies that are not named publicly count with a solution only where it has at"
            f" least {LEAST} that are; else they are in the last row.",
            "reuses",
        ),
    ),
    Figure.ROUNDS: (
        FigureWords(
            "Nachnutzungen nach Förderrunde",
            _COUNTS_DE + " Es zählt die Runde der Modellprojekte Smart Cities, aus denen die Lösung stammt;"
            " bei mehreren Runden zählt sie in jeder." + _APART_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by funding round",
            _COUNTS_EN + " The round of the model projects that the solution comes from counts; with several"
            " rounds it counts in each." + _APART_EN,
            "reuses",
        ),
    ),
    Figure.SPILL_OVER: (
        FigureWords(
            "Nachnutzung innerhalb und außerhalb der Förderung",
            _COUNTS_DE + " „Gefördert“ sind Mitglieder der Modellprojekte Smart Cities, wie sie bei der"
            " Auswahl bekannt gegeben wurden, „nicht gefördert“ alle anderen Gemeinden. Ob andere Stellen und"
            " Landkreise beteiligt sind, ist nicht bekannt; sie bilden die dritte Gruppe." + _APART_DE,
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuse within and outside the programme",
            _COUNTS_EN
            + " “Funded” are the members of the model projects Smart Cities as they were announced,"
            " “not funded” all other municipalities. Whether other bodies and districts take part is not"
            " known; they form the third group." + _APART_EN,
            "reuses",
        ),
    ),
    Figure.LAND_PAIRS: (
        FigureWords(
            "Von Land zu Land",
            pair_rule("de")
            + " Jede Zeile ist das Land, aus dem eine Lösung kommt, jede Spalte das, in dem sie"
            " nachgenutzt wird.",
            "Paare",
        ),
        FigureWords(
            "From Land to Land",
            pair_rule("en")
            + " Each row is the Land that a solution comes from, each column the one in which it"
            " is reused.",
            "pairs",
        ),
    ),
    Figure.BODY_PAIRS: (
        FigureWords(
            "Wer von wem übernimmt, über Ländergrenzen",
            pair_rule("de")
            + " Gezählt sind die Lösungen, die zwei Stellen verschiedener Länder so verbinden.",
            "Lösungen",
        ),
        FigureWords(
            "Who takes over from whom, across Länder",
            pair_rule("en") + _STAGE_EN + " Counted are the solutions that join two bodies of different Länder so.",
            "solutions",
        ),
    ),
    Figure.FIRST_REUSE: (
        FigureWords(
            "Von der ersten Veröffentlichung zur ersten Nachnutzung",
            "Wie viele Kalenderjahre nach der ersten Version im Repositorium eine öffentlich genannte Stelle"
            " die Lösung erstmals erprobte oder betrieb. Die erste Version ist nur bekannt, wenn die Ernte"
            " alle Versionen gelesen hat; Vorabversionen zählen nicht.",
            "Lösungen",
        ),
        FigureWords(
            "From the first release to the first reuse",
            "How many calendar years after the first version in the repository a publicly named body first"
            " had the solution on trial or in use. The first version is only known where the harvest has"
            " read all versions; previews do not count.",
            "solutions",
        ),
    ),
    Figure.MEASURES: (
        FigureWords(
            "Nachnutzungen je Maßnahme",
            _COUNTS_DE + " Eine Maßnahme ist eine Lösung, die ein Modellprojekt anbietet, nutzt oder erprobt;"
            " gehört sie zu mehreren, zählt sie bei jedem. Nur öffentlich genannte Stellen.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses per measure",
            _COUNTS_EN + " A measure is a solution that a model project provides, uses or tests; it counts in"
            " each of its projects. Only bodies that are named publicly.",
            "reuses",
        ),
    ),
    Figure.UNUSED: (
        FigureWords(
            "Lösungen ohne Nachnutzung",
            _COUNTS_DE + " Aufgeführt sind die Lösungen, bei denen keine öffentlich genannte Stelle zählt."
            " Filter nach der Stelle machen die Liste länger.",
            "Lösungen",
        ),
        FigureWords(
            "Solutions without reuse",
            _COUNTS_EN + " Listed are the solutions for which no publicly named body counts. Filters by body"
            " make the list longer.",
            "solutions",
        ),
    ),
    Figure.REGIONS: (
        FigureWords(
            "Regionen mit und ohne Nachnutzung",
            _COUNTS_DE + " Ein Kreis hat Nachnutzung, wenn er selbst oder eine seiner Gemeinden eine hat;"
            " kreisfreie Städte sind eigene Kreise. Nur öffentlich genannte Stellen.",
            "Kreise",
        ),
        FigureWords(
            "Regions with and without reuse",
            _COUNTS_EN + " A district has reuse where it or one of its municipalities has; independent cities"
            " are districts of their own. Only bodies that are named publicly.",
            "districts",
        ),
    ),
    Figure.DISTRICTS: (
        FigureWords(
            "Kreise ohne Nachnutzung",
            "Die Kreise und kreisfreien Städte, die in „Regionen mit und ohne Nachnutzung“ keine haben.",
            "Kreise",
        ),
        FigureWords(
            "Districts without reuse",
            "The districts and independent cities that have none in “Regions with and without reuse”.",
            "districts",
        ),
    ),
    Figure.TRANSITIONS: (
        FigureWords(
            "Was aus Stufen wurde",
            "Von allen Nachnutzungen, die bekanntlich auf einer Stufe waren: wie viele eine andere"
            " erreichten."
            " Die Dauer ist der Median in Monaten, auf ganze gerundet, aus denen, die beide Daten nennen;"
            " eine Angabe ohne Monat steht für die Jahresmitte. „Erprobt, dann beendet“ zählt, was nie im"
            " Betrieb war.",
            "Nachnutzungen",
        ),
        FigureWords(
            "What became of stages",
            "Of all reuses known to have been at a stage: how many reached another one. The time is the"
            " median in months, rounded to whole ones, of those that name both dates; a date without a month"
            " stands for the middle of its year. “On trial, then ended” counts what never was in use.",
            "reuses",
        ),
    ),
    Figure.FRESHNESS: (
        FigureWords(
            "Wie frisch die Bestätigungen sind",
            _COUNTS_DE + " Es zählt der Tag, an dem zuletzt jemand Berechtigtes gesagt hat, dass die Angabe"
            " stimmt: die Stelle selbst oder die Koordinierungsstelle.",
            "Nachnutzungen",
        ),
        FigureWords(
            "How fresh the confirmations are",
            _COUNTS_EN + " What counts is the day on which somebody entitled last said that it is true: the"
            " body itself or the coordination office.",
            "reuses",
        ),
    ),
}
