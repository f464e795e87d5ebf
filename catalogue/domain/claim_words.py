"""Faults of a claim in words: what is wrong and how to mend it; and the headings of an upload."""

from collections.abc import Mapping
from typing import Literal

from catalogue.domain.claim_reading import Fault
from catalogue.domain.register_names import fold

Language = Literal["de", "en"]

# Each field with its heading; the first two head the template, the others are understood too.
HEADINGS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "solution": ("Lösung", "Solution", ("Maßnahme", "Lösungs-ID", "solution id", "software")),
    "body": ("Kommune", "Municipality", ("AGS", "Gemeindeschlüssel", "Stelle", "body", "city", "town")),
    "stage": ("Stufe", "Stage", ("Stand", "Status")),
    "since": ("Seit", "Since", ("Datum", "date")),
    "interested": ("Interessiert seit", "Interested since", ("interested",)),
    "planned": ("Geplant ab", "Planned from", ("geplant seit", "planned since", "planned")),
    "trial": ("Erprobt seit", "On trial since", ("trial since", "trial")),
    "in_use": ("Im Betrieb seit", "In use since", ("in use",)),
    "ended": ("Beendet seit", "Ended since", ("beendet am", "ended on", "ended")),
    "what": ("Was", "What", ("Umfang", "scope")),
    "part": ("Welcher Teil", "Which part", ("Teil", "Modul", "part", "module")),
    "version": ("Version", "Version", ()),
    "operator": ("Betreiber", "Operator", ("Betrieb durch", "operated by")),
    "address": ("Adresse", "Address", ("URL", "Internetadresse", "web address")),
    "effort": ("Aufwand", "Effort", ()),
    "obstacles": ("Hürden", "Obstacles", ()),
    "contact": ("Ansprechstelle", "Contact", ("Kontakt", "E-Mail", "Mail", "functional mailbox")),
    "evidence": ("Beleg", "Evidence", ("Quelle", "source")),
    "visibility": ("Sichtbarkeit", "Visibility", ("Öffentlich", "public")),
}
_FIELD_OF: Mapping[str, str] = {
    fold(name): field
    for field, (german, english, others) in HEADINGS.items()
    for name in (german, english, field, *others)
}

SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": (
        "Hier fehlt eine Angabe. Tragen Sie sie ein.",
        "Something is missing here. Fill it in.",
    ),
    "unknown": (
        "„{value}“ kennt der Katalog nicht, oder es ist nicht eindeutig. Schreiben Sie den Schlüssel.{near}",
        "The catalogue does not know “{value}”, or it is not unique. Write the key.{near}",
    ),
    "date": (
        "„{value}“ ist kein Datum. Schreiben Sie 2024, 2024-05 oder 2024-05-17; ist es nicht bekannt: ?.",
        "“{value}” is no date. Write 2024, 2024-05 or 2024-05-17, or ? where it is not known.",
    ),
    "future": (
        "{value} liegt in der Zukunft. Nur eine geplante Nachnutzung kann später beginnen.",
        "{value} lies in the future. Only a planned reuse can begin later.",
    ),
    "no-such-word": (
        "„{value}“ steht nicht zur Wahl. Schreiben Sie eines davon:{near}",
        "“{value}” is not one of the choices. Write one of:{near}",
    ),
    "denied-and-dated": (
        "„Keine Nachnutzung“ verträgt sich nicht mit einem Datum. Nehmen Sie eines von beiden weg.",
        "“No reuse” and a date contradict each other. Take one of them away.",
    ),
    "too-long": (
        "Der Text ist zu lang. Kürzen Sie ihn auf höchstens {value} Zeichen.",
        "The text is too long. Shorten it to {value} characters at most.",
    ),
    "address": (
        "„{value}“ ist keine Adresse, auf die wir verweisen. Schreiben Sie sie ganz, mit https:// davor.",
        "“{value}” is no address that we would link to. Write all of it, beginning with https://.",
    ),
    "mail": (
        "„{value}“ ist keine Mailadresse. Nennen Sie ein Funktionspostfach.",
        "“{value}” is no mail address. Name a functional mailbox.",
    ),
    "twice": (
        "Dieselbe Lösung und Kommune stehen schon in Zeile {value}. Führen Sie die Zeilen zusammen.",
        "The same solution and municipality are in row {value} already. Join the rows.",
    ),
}
_LONGEST_VALUE = 80  # characters of what was typed that a sentence repeats


def sentence(fault: Fault, language: Language) -> str:
    """What is wrong and how to mend it."""
    text = SENTENCES[fault.code][language == "en"]
    near = ", ".join(fault.near)
    asked = (
        {"de": " Meinten Sie {0}?", "en": " Did you mean {0}?"}[language]
        if fault.code == "unknown"
        else " {0}."
    )
    value = fault.value if len(fault.value) <= _LONGEST_VALUE else f"{fault.value[:_LONGEST_VALUE]}…"
    return text.format(value=value, near=asked.format(near) if near else "")


def heading(field: str, language: Language) -> str:
    """What a field is called in forms and uploads."""
    german, english, _ = HEADINGS[field]
    return english if language == "en" else german


def field_of(text: str) -> str | None:
    """The field that a heading of an upload means, in either language; None where it means none."""
    return _FIELD_OF.get(fold(text))
