"""Each public figure of the statistics, German and English: title, definition, unit."""

from collections.abc import Mapping
from typing import NamedTuple

from catalogue.domain.statistics import LEAST, Figure


class FigureWords(NamedTuple):
    """What a figure is called, what it counts beyond what its bases say, and in which unit."""

    title: str
    own: str
    unit: str


# figure -> (German, English)
FIGURES: Mapping[Figure, tuple[FigureWords, FigureWords]] = {
    Figure.TOTALS: (
        FigureWords(
            "Nachnutzungen im Überblick",
            "Die Zeilen je Stufe zählen alle Stufen von heute. „Stellen“ und „Lösungen“ zählen"
            " öffentlich genannte, jede einmal.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses at a glance",
            "The rows by stage count all stages of today. “Bodies” and “solutions” count those"
            " that are named publicly, each once.",
            "reuses",
        ),
    ),
    Figure.STOCK: (
        FigureWords(
            "Bestand nach Stufe",
            "Wie viele Nachnutzungen am Ende jedes Zeitraums auf welcher Stufe waren. Es gilt die Stufe, die"
            " zuletzt begann; beginnen zwei im selben Monat, die spätere im Ablauf.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Stock by stage",
            "How many reuses were at which stage at the end of each period. The stage that began last counts;"
            " where two began in the same month, the later one in the course of a reuse.",
            "reuses",
        ),
    ),
    Figure.FLOW: (
        FigureWords(
            "Begonnene Stufen",
            "Wie viele Nachnutzungen im Zeitraum welche Stufe begannen. Eine Nachnutzung zählt bei jeder"
            " Stufe, deren Beginn bekannt ist.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Stages begun",
            "How many reuses began which stage in the period. A reuse counts at each stage whose beginning is"
            " known.",
            "reuses",
        ),
    ),
    Figure.LANDS: (
        FigureWords(
            "Nachnutzungen nach Bundesland",
            "Es zählt das Land der nachnutzenden Stelle; bundesweite Stellen haben keines.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by Land",
            "The Land of the reusing body counts; nationwide bodies have none.",
            "reuses",
        ),
    ),
    Figure.SIZES: (
        FigureWords(
            "Nachnutzungen nach Größe",
            "Es zählt die Einwohnerzahl der Gemeinde im amtlichen Verzeichnis; Landkreise und"
            " andere Stellen stehen für sich.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by size",
            "The population of the municipality in the official register counts; districts and"
            " other bodies are apart.",
            "reuses",
        ),
    ),
    Figure.TOPICS: (
        FigureWords(
            "Nachnutzungen nach Thema",
            "Ein Thema zählt mit allen Unterthemen. Eine Lösung mit mehreren Themen zählt bei"
            " jedem, die Summe der Zeilen ist deshalb größer als die Gesamtzahl.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by topic",
            "A topic counts with all of its parts. A solution with several topics counts in"
            " each, so the rows add up to more than there are.",
            "reuses",
        ),
    ),
    Figure.SOLUTIONS: (
        FigureWords(
            "Nachnutzungen nach Lösung",
            f"Nicht öffentlich genannte Stellen zählen bei einer Lösung nur mit, wenn sie"
            f" mindestens {LEAST} öffentlich genannte hat; sonst stehen sie in der letzten Zeile.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by solution",
            f"Bodies that are not named publicly count with a solution only where it has at"
            f" least {LEAST} that are; else they are in the last row.",
            "reuses",
        ),
    ),
    Figure.ROUNDS: (
        FigureWords(
            "Nachnutzungen nach Förderrunde",
            "Es zählt die Runde der Modellprojekte Smart Cities, aus denen die Lösung stammt;"
            " bei mehreren Runden zählt sie in jeder.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses by funding round",
            "The round of the model projects that the solution comes from counts; with several"
            " rounds it counts in each.",
            "reuses",
        ),
    ),
    Figure.SPILL_OVER: (
        FigureWords(
            "Nachnutzung innerhalb und außerhalb der Förderung",
            "„Gefördert“ sind Mitglieder der Modellprojekte Smart Cities, wie sie bei der"
            " Auswahl bekannt gegeben wurden, „nicht gefördert“ alle anderen Gemeinden. Ob andere Stellen und"
            " Landkreise beteiligt sind, ist nicht bekannt; sie bilden die dritte Gruppe.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuse within and outside the programme",
            "“Funded” are the members of the model projects Smart Cities as they were announced,"
            " “not funded” all other municipalities. Whether other bodies and districts take part is not"
            " known; they form the third group.",
            "reuses",
        ),
    ),
    Figure.LAND_PAIRS: (
        FigureWords(
            "Von Land zu Land",
            "Jede Zeile ist das Land, aus dem eine Lösung kommt, jede Spalte das, in dem sie"
            " nachgenutzt wird.",
            "Paare",
        ),
        FigureWords(
            "From Land to Land",
            "Each row is the Land that a solution comes from, each column the one in which it is reused.",
            "pairs",
        ),
    ),
    Figure.BODY_PAIRS: (
        FigureWords(
            "Wer von wem übernimmt, über Ländergrenzen",
            "Gezählt sind die Lösungen, die zwei Stellen verschiedener Länder so verbinden.",
            "Lösungen",
        ),
        FigureWords(
            "Who takes over from whom, across Länder",
            "Counted are the solutions that join two bodies of different Länder so.",
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
            "Eine Maßnahme ist eine Lösung, die ein Modellprojekt anbietet, nutzt oder erprobt;"
            " gehört sie zu mehreren, zählt sie bei jedem. Nur öffentlich genannte Stellen.",
            "Nachnutzungen",
        ),
        FigureWords(
            "Reuses per measure",
            "A measure is a solution that a model project provides, uses or tests; it counts in"
            " each of its projects. Only bodies that are named publicly.",
            "reuses",
        ),
    ),
    Figure.UNUSED: (
        FigureWords(
            "Lösungen ohne Nachnutzung",
            "Aufgeführt sind die Lösungen, bei denen keine öffentlich genannte Stelle zählt."
            " Filter nach der Stelle machen die Liste länger.",
            "Lösungen",
        ),
        FigureWords(
            "Solutions without reuse",
            "Listed are the solutions for which no publicly named body counts. Filters by body"
            " make the list longer.",
            "solutions",
        ),
    ),
    Figure.REGIONS: (
        FigureWords(
            "Regionen mit und ohne Nachnutzung",
            "Ein Kreis hat Nachnutzung, wenn er selbst oder eine seiner Gemeinden eine hat;"
            " kreisfreie Städte sind eigene Kreise. Nur öffentlich genannte Stellen.",
            "Kreise",
        ),
        FigureWords(
            "Regions with and without reuse",
            "A district has reuse where it or one of its municipalities has; independent cities"
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
            "Es zählt der Tag, an dem zuletzt jemand Berechtigtes gesagt hat, dass die Angabe"
            " stimmt: die Stelle selbst oder die Koordinierungsstelle.",
            "Nachnutzungen",
        ),
        FigureWords(
            "How fresh the confirmations are",
            "What counts is the day on which somebody entitled last said that it is true: the"
            " body itself or the coordination office.",
            "reuses",
        ),
    ),
}
