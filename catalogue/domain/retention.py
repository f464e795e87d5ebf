"""How long what people told us is kept: one table, from which `catalogue purge`, the privacy page and the
documents are made, so that words and deeds cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kept(StrEnum):
    """What is kept for a time only."""

    UNCONFIRMED = "unconfirmed"
    DECLINED = "declined"
    ENDED = "ended"
    MERGED = "merged"
    LINKS = "links"
    ATTEMPTS = "attempts"
    MESSAGES = "messages"
    SENDINGS = "sendings"
    HINT_ADDRESSES = "hint-addresses"
    HINTS = "hints"
    RARE_TERMS = "rare-terms"
    TERM_MARKS = "term-marks"
    TERMS = "terms"
    SUBSCRIPTIONS = "subscriptions"
    SESSIONS = "sessions"
    UPLOADS = "uploads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long something is kept, from when, and what becomes of it then; in both languages."""

    lasts: timedelta
    de: str
    en: str
    then_de: str
    then_en: str

    @property
    def days(self) -> int:
        """As whole days; 0 means at the next clearing, within the hour."""
        return self.lasts.days


PERIODS: Mapping[Kept, Period] = {
    Kept.UNCONFIRMED: Period(
        lasts=timedelta(days=7),
        de="Meldung, deren Mailadresse niemand bestätigt hat, ab dem Absenden",
        en="report whose mail address nobody confirmed, from its sending",
        then_de="ganz gelöscht, mit Mailadresse und Verlauf",
        then_en="deleted whole, with mail address and history",
    ),
    Kept.DECLINED: Period(
        lasts=timedelta(days=90),
        de="Mailadresse zu einer abgelehnten oder zurückgezogenen Meldung, ab der Entscheidung",
        en="mail address of a rejected or withdrawn report, from the decision",
        then_de="gelöscht; die Meldung bleibt ohne sie",
        then_en="deleted; the report stays without it",
    ),
    Kept.ENDED: Period(
        lasts=timedelta(days=730),
        de="Mailadresse zu einer beendeten Nachnutzung, ab der letzten Änderung",
        en="mail address of a reuse that has ended, from the last change",
        then_de="gelöscht; die Meldung bleibt ohne sie",
        then_en="deleted; the report stays without it",
    ),
    Kept.MERGED: Period(
        lasts=timedelta(0),
        de="Mailadresse zu einer Meldung, die in einer anderen aufgegangen ist",
        en="mail address of a report that was merged into another one",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.LINKS: Period(
        lasts=timedelta(days=30),
        de="Prüfsumme eines persönlichen Links, ab seinem Ablauf",
        en="checksum of a personal link, from its expiry",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.ATTEMPTS: Period(
        lasts=timedelta(days=2),
        de="verschlüsselte Zählmarke gegen Missbrauch (aus IP- oder Mailadresse errechnet)",
        en="keyed counting mark against abuse (computed from a network or mail address)",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.MESSAGES: Period(
        lasts=timedelta(days=14),
        de="Empfängeradresse und Text einer Mail, die sich nicht zustellen ließ (einer verschickten: sofort)",
        en="recipient and text of a mail that could not be delivered (of one that was sent: at once)",
        then_de="gelöscht; es bleibt eine Zeile im Sendeprotokoll",
        then_en="deleted; what stays is a line in the log of what was sent",
    ),
    Kept.SENDINGS: Period(
        lasts=timedelta(days=180),
        de="Zeile im Sendeprotokoll: wann, worüber, an welche Domain, mit welchem Ergebnis",
        en="line in the log of what was sent: when, about what, to which domain, and what came of it",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.HINT_ADDRESSES: Period(
        lasts=timedelta(days=365),
        de="Mailadresse zu einem offenen Hinweis („Das stimmt nicht“), ab dem Eingang (zu einem erledigten:"
        " sofort)",
        en="mail address of an open hint (“this is not right”), from its coming in (of one that was dealt"
        " with: at once)",
        then_de="gelöscht; der Hinweis bleibt ohne sie",
        then_en="deleted; the hint stays without it",
    ),
    Kept.HINTS: Period(
        lasts=timedelta(days=365),
        de="erledigter Hinweis, ab dem Eingang",
        en="hint that was dealt with, from its coming in",
        then_de="ganz gelöscht; es bleibt, wann er kam und wie er erledigt wurde",
        then_en="deleted whole; what stays is when it came and how it was dealt with",
    ),
    Kept.RARE_TERMS: Period(
        lasts=timedelta(days=1),
        de="Suchbegriff, nach dem weniger als fünf Mal an drei Tagen gesucht wurde, bis zum Ende des Tages",
        en="search term with fewer than five searches on three days, until the day ends",
        then_de="durch einen Prüfwert ersetzt, aus dem er sich nicht ablesen lässt",
        then_en="replaced by a keyed hash out of which nobody can read it",
    ),
    Kept.TERM_MARKS: Period(
        lasts=timedelta(days=30),
        de="Prüfwert eines seltenen Suchbegriffs",
        en="keyed hash of a rare search term",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.TERMS: Period(
        lasts=timedelta(days=365),
        de="häufiger Suchbegriff mit der Zahl der Suchen jedes Tages",
        en="frequent search term with the number of searches of each day",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.SUBSCRIPTIONS: Period(
        lasts=timedelta(days=7),
        de="Abonnement, das niemand bestätigt hat, ab der letzten Mail dazu (ein beendetes: sofort)",
        en="subscription that nobody confirmed, from the last mail about it (one that was stopped: at once)",
        then_de="ganz gelöscht",
        then_en="deleted whole",
    ),
    Kept.SESSIONS: Period(
        lasts=timedelta(0),
        de="abgelaufene Anmeldung der Koordinierungsstelle",
        en="expired login of the coordination office",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.UPLOADS: Period(
        lasts=timedelta(0),
        de="Tabelle mit Meldungen, die jemand hochgeladen und eine Stunde lang nicht übernommen hat",
        en="table of reports that somebody uploaded and did not take over for an hour",
        then_de="gelöscht",
        then_en="deleted",
    ),
}
assert PERIODS.keys() == set(Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What is kept without a period, and why; in both languages."""

    de: str
    en: str
    why_de: str
    why_en: str


LASTING = (
    Lasting(
        de="Mailadresse zu einer Meldung, über die noch nicht entschieden ist oder die gilt",
        en="mail address of a report that is not decided on yet, or that holds",
        why_de="bleibt, solange die Nachnutzung besteht, für Rückfragen",
        why_en="stays as long as the reuse lasts, for questions",
    ),
    Lasting(
        de="Mail- oder Webhook-Adresse eines bestätigten Abonnements",
        en="mail or webhook address of a subscription that was confirmed",
        why_de="bleibt, bis das Abonnement beendet wird",
        why_en="stays until the subscription is stopped",
    ),
    Lasting(
        de="Meldung, die jemand bestätigt hat, mit ihrem Verlauf, ohne Mailadresse",
        en="report that somebody confirmed, with its history, without mail address",
        why_de="bleibt, damit sich jede Zahl nachprüfen lässt",
        why_en="stays, so that every figure can be checked",
    ),
    Lasting(
        de="Protokoll dessen, was die Koordinierungsstelle entschieden hat, ohne Mailadressen",
        en="record of what the coordination office decided, without mail addresses",
        why_de="bleibt, damit sich jede Entscheidung nachprüfen lässt",
        why_en="stays, so that every decision can be checked",
    ),
    Lasting(
        de="Konto der Koordinierungsstelle",
        en="account of the coordination office",
        why_de="bleibt, auch gesperrt, weil das Protokoll darauf verweist",
        why_en="stays, even when it is locked, since the record refers to it",
    ),
)
