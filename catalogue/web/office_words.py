"""Words of the office: states, sources, actions, refusals, and what an event changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from flask_babel import format_time, gettext, lazy_gettext

from catalogue.domain.access import Role
from catalogue.domain.claim_words import HEADINGS, heading
from catalogue.domain.deciding import Refusal
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import REPORTER, SYSTEM
from catalogue.services.today import HERE
from catalogue.services.work_list import Section
from catalogue.standards.email import without_addresses
from catalogue.web import labels
from catalogue.web.context import catalogue
from catalogue.web.findings import language
from catalogue.web.shapes import day_words, step_words

_ = lazy_gettext

STATE = {
    "unconfirmed": _("Mail noch nicht bestätigt"),
    "pending": _("zu bestätigen"),
    "confirmed": _("bestätigt"),
    "rejected": _("abgelehnt"),
    "withdrawn": _("zurückgezogen"),
    "merged": _("zusammengeführt"),
}
STATE_TONE = {"confirmed": "success", "pending": "info", "rejected": "warning"}
SOURCE = {
    "own-report": _("eigene Meldung"),
    "office": _("Koordinierungsstelle"),
    "upload": _("Upload"),
}
MAIL_DOMAIN = {
    "own": _("Mail der Kommune"),
    "provider": _("Mail eines Dienstleisters"),
    "free": _("Mail eines freien Anbieters"),
    "unknown": _("Maildomain nicht bekannt"),
}
MAIL_TONE = {"own": "success", "free": "warning", "provider": "info"}
WHAT = {
    "whole": _("die ganze Lösung"),
    "module": _("ein Teil"),
    "adapted": _("angepasst"),
}
VISIBILITY = {
    "public": _("öffentlich"),
    "unnamed": _("zählt, ohne Namen"),
}
ACTION = {
    "submitted": _("gemeldet"),
    "mail-confirmed": _("Mailadresse bestätigt"),
    "confirmed": _("bestätigt"),
    "rejected": _("abgelehnt"),
    "changed": _("geändert"),
    "corrected": _("berichtigt"),
    "affirmed": _("gilt weiter"),
    "asked": _("nachgefragt"),
    "withdrawn": _("zurückgezogen"),
    "merged": _("zusammengeführt"),
    "moved": _("Schlüssel nach Gebietsreform"),
    "undone": _("rückgängig gemacht"),
    "revoked": _("Link der meldenden Stelle gesperrt"),
    "closed": _("abgeschlossen"),
    "subscribed": _("abonniert"),
    "stopped": _("beendet"),
    "secret-renewed": _("Schlüssel erneuert"),
    "retry": _("noch einmal gesendet"),
    "give-up": _("aufgegeben"),
    "hidden": _("ausgeblendet"),
    "shown": _("wieder gezeigt"),
    "made": _("angelegt"),
    "login": _("angemeldet"),
    "throttled": _("viele falsche Kennwörter in kurzer Zeit"),
    "disabled": _("gesperrt"),
    "enabled": _("entsperrt"),
    "password-changed": _("Kennwort geändert"),
    "role-changed": _("Rolle geändert"),
}
SUBJECT = {
    "report": _("Meldung"),
    "account": _("Konto"),
    "hint": _("Hinweis"),
    "subscription": _("Abonnement"),
    "message": _("Nachricht"),
    "demand": _("Suchbegriff"),
}
ROLE: Mapping[str, object] = {
    Role.READER: _("Lesen"),
    Role.EDITOR: _("Bearbeiten"),
    Role.ADMINISTRATOR: _("Verwalten"),
}
SECTION: Mapping[str, tuple[object, object]] = {
    Section.PENDING: (_("Zu bestätigen"), _("Meldungen, die noch niemand geprüft hat")),
    Section.TO_CHECK: (_("Seit der Bestätigung geändert"), _("Die Änderung gilt schon.")),
    Section.HINTS: (_("Das stimmt nicht"), _("Hinweise von Leserinnen und Lesern")),
    Section.DENIED: (_("Die Kommune widerspricht"), _("Ein Eintrag nennt sie zu Unrecht.")),
    Section.STALE: (_("Älter als zwölf Monate"), _("Ob es noch stimmt, weiß niemand.")),
    Section.CONTACTS: (_("Tote Kontakte"), _("Kontaktseite verschwunden, oder gar keine Ansprechstelle")),
    Section.LICENCES: (_("Widersprüche bei Lizenzen"), _("Eintrag und Repositorium sagen Verschiedenes.")),
    Section.ENTRIES: (_("Einträge mit Problemen"), _("Was die Ernte an Einträgen gefunden hat")),
    Section.ARCHIVED: (_("Archiviert und noch in Gebrauch"), _("Niemand pflegt es, jemand nutzt es.")),
    Section.UNPUBLISHED: (
        _("Geförderte Maßnahmen ohne Quelltext"),
        _("Kein veröffentlichtes Repositorium, oder keine Lizenz"),
    ),
}  # fmt: skip
REFUSAL: Mapping[str, object] = {
    Refusal.REASON_MISSING: _("Es fehlt der Grund. Schreiben Sie in einem Satz, warum."),
    Refusal.NOT_FROM_HERE: _("Das geht mit dieser Meldung nicht, so wie sie jetzt bearbeitet ist."),
    Refusal.NOTHING_CHANGED: _("Es hat sich nichts geändert."),
    Refusal.NOTHING_TO_UNDO: _("Es gibt keinen eigenen Schritt, der rückgängig zu machen wäre."),
    Refusal.CHANGED_SINCE: _(
        "Seit dem letzten Schritt der Koordinierungsstelle hat jemand anderes die Meldung geändert."
        " Berichtigen Sie sie stattdessen."
    ),
    Refusal.NOT_TO_CHECK: _("Hier ist nichts mehr zu prüfen."),
    Refusal.ASKED_ALREADY: _("In den letzten 60 Tagen wurde schon nachgefragt."),
    Refusal.NOT_THE_SAME: _("Die andere Meldung nennt eine andere Lösung oder Kommune, oder ist dieselbe."),
    Refusal.CONTRARY: _("Die eine Meldung sagt, dass die Lösung genutzt wird, die andere verneint es."),
    Refusal.OTHER_CLOSED: _("Die andere Meldung ist abgelehnt, zurückgezogen oder selbst zusammengeführt."),
    Refusal.CONFIRM_FIRST: _("Bestätigen Sie zuerst die Meldung, die bleiben soll."),
    Refusal.NO_ADDRESS: _("Es ist keine Adresse hinterlegt. Rufen Sie an und tragen Sie die Antwort ein."),
    Refusal.NOT_FOUND: _("Diese Meldung gibt es nicht."),
}  # fmt: skip
_FIELD = {
    "state": _("Bearbeitung"),
    "source": _("Herkunft"),
    "mail_domain": _("Maildomain"),
    "reported_at": _("Gemeldet"),
    "decided_at": _("Entschieden"),
    "affirmed_at": _("Zuletzt bestätigt"),
    "asked_at": _("Nachgefragt"),
    "reason": _("Grund"),
    "merged_into": _("Zusammengeführt mit"),
    "is_to_check": _("Zu prüfen"),
    "steps": _("Stufe"),
    "what": _("Was genutzt wird"),
    "stage": _("Stufe"),
    "role": _("Rolle"),
    "login": _("Anmeldename"),
    "failed": _("Fehlversuche"),
    "standing": _("Abonnement"),
    "channel": _("Weg"),
    "language": _("Sprache"),
}
_CODES: Mapping[str, Mapping[str, object]] = {
    "state": {**STATE, "open": _("offen"), "done": _("erledigt"), "dismissed": _("verworfen")},
    "source": SOURCE,
    "mail_domain": MAIL_DOMAIN,
    "claim.what": WHAT,
    "claim.visibility": VISIBILITY,
    "role": ROLE,
    "standing": {"unconfirmed": _("noch nicht bestätigt"), "active": _("läuft")},
    "channel": {"mail": _("Mail"), "webhook": _("Webhook")},
    "language": {"de": _("Deutsch"), "en": _("Englisch")},
}


def moment(when: datetime | None) -> str:
    """A moment with its minute, as clocks in Germany show it."""
    return f"{day(when)}, {format_time(when.astimezone(HERE), 'short', rebase=False)}" if when else ""


def day(when: datetime | None) -> str:
    """A moment as a day in Germany."""
    return day_words(when.astimezone(HERE).date()) if when else ""


def iso_day(when: datetime | None) -> str:
    """A moment as a day in Germany, for files: in each language as spreadsheets know a date."""
    return when.astimezone(HERE).date().isoformat() if when else ""


def iso_moment(when: datetime) -> str:
    """A moment in Germany to its second, for files."""
    return when.astimezone(HERE).replace(tzinfo=None).isoformat(" ", "seconds")


def actor_words(actor: str, names: Mapping[str, str]) -> str:
    """Who acted: the name of an account, the reporter, or the catalogue itself."""
    known = {
        REPORTER: gettext("meldende Stelle"),
        SYSTEM: gettext("Katalog"),
        "subscriber": gettext("wer abonniert hat"),
        "reader": gettext("Leserin oder Leser"),
    }
    return str(known.get(actor) or names.get(actor) or actor.replace("office:", gettext("Konto") + " "))


def steps_words(steps: Iterable[Step]) -> str:
    """All stages with their dates, the first one first."""
    return " → ".join(step_words(step) for step in steps) or str(gettext("keine Nachnutzung"))


def changes_words(changes: Mapping[str, tuple[object, object]], *, hides_mail: bool) -> list[dict[str, str]]:
    """What an event changed: field, old and new value in words. What was empty and stays so is left out."""
    rows = []
    for name in sorted(changes, key=_place):
        old, new = changes[name]
        before, after = value_words(name, old), value_words(name, new)
        if before == after or (old is None and new is False):
            continue
        if hides_mail:
            before, after = hidden(before), hidden(after)
        rows.append({"field": field_words(name), "old": before, "new": after, "name": name})
    return rows


def worth_showing(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Without what an event tells already: its time, and its reason."""
    return [row for row in rows if not row["name"].endswith("_at") and row["name"] != "reason"]


def _place(name: str) -> tuple[bool, bool, bool, str]:
    """What was decided first, then what is claimed, moments last."""
    return name != "state", name.endswith("_at"), not name.startswith("claim."), name


def hidden(text: str) -> str:
    """The text with every mail address hidden."""
    return without_addresses(text, gettext("[Mailadresse]"))


def field_words(name: str) -> str:
    """What a field of an event is called."""
    short = name.removeprefix("claim.")
    if short in _FIELD:
        return str(_FIELD[short])
    return heading(short, language()) if short in HEADINGS else short


def value_words(name: str, value: object) -> str:
    """A value of an event in words; empty where there is none."""
    if name == "claim.steps":
        return _plain_steps(value)
    if value in (None, "", 0, False, ()):
        return str(gettext("nein")) if value is False else ""
    if value is True:
        return str(gettext("ja"))
    if name in _CODES:
        return labels.word(_CODES[name], str(value))
    if name.endswith("_at"):
        return moment(datetime.fromisoformat(str(value)))
    if name in ("claim.body", "body"):
        return catalogue().bodies.get(str(value)).label
    return f"#{value}" if name == "merged_into" else str(value)


def _plain_steps(value: object) -> str:
    """As `steps_words`, of the plain data of an event; None where there was no report yet."""
    if value is None:
        return ""
    rows: Sequence[Sequence[str]] = value if isinstance(value, list | tuple) else ()
    return steps_words(Step(stage=Stage(row[0]), since=row[1]) for row in rows)
