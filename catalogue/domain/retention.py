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
    HINTS = "hints"
    SUBSCRIPTIONS = "subscriptions"
    SESSIONS = "sessions"


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
        de="verschlüsselte Zählmarke gegen Missbrauch (aus Netz- oder Mailadresse errechnet)",
        en="keyed counting mark against abuse (computed from a network or mail address)",
        then_de="gelöscht",
        then_en="deleted",
    ),
    Kept.MESSAGES: Period(
        lasts=timedelta(days=14),
        de="Empfängeradresse und Text einer Mail, die sich nicht zustellen ließ (einer verschickten: sofort)",
        en="recipient and text of a mail that could not be delivered (of one that was sent: at once)",
        then_de="gelöscht; es bleibt, dass und wann sie verschickt werden sollte",
        then_en="deleted; what stays is that and when it was to be sent",
    ),
    Kept.HINTS: Period(
        lasts=timedelta(days=90),
        de="Mailadresse zu einem Hinweis („Das stimmt nicht“), ab seiner Erledigung",
        en="mail address of a hint (“this is not right”), from when it was dealt with",
        then_de="gelöscht; der Hinweis bleibt ohne sie",
        then_en="deleted; the hint stays without it",
    ),
    Kept.SUBSCRIPTIONS: Period(
        lasts=timedelta(days=7),
        de="Abonnement, das niemand bestätigt hat oder das beendet ist",
        en="subscription that nobody confirmed, or that was stopped",
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
}
assert PERIODS.keys() == set(Kept)
