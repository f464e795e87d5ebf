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
    "stage": ("Stand", "Stage", ("Status",)),
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
        "„{value}“ kennt der Katalog nicht, oder mehrere heißen so. Schreiben Sie {key}.{near}",
        "The catalogue does not know “{value}”, or several share that name. Give {key}.{near}",
    ),
    "date": (
        "„{value}“ ist kein Datum. Schreiben Sie 2024, 2024-05 oder 17.05.2024, und ein Fragezeichen, wenn es"
        " niemand weiß.",
        "“{value}” is not a date. Write 2024, 2024-05 or 2024-05-17, or a question mark if nobody knows.",
    ),
    "future": (
        "{value} liegt in der Zukunft. Nur eine geplante Nachnutzung kann später beginnen.",
        "{value} lies in the future. Only a planned reuse can begin later.",
    ),
    "no-such-word": (
        "„{value}“ steht nicht zur Wahl. Schreiben Sie eines davon:{near}",
        "“{value}” is not one of the choices. Write one of these:{near}",
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
        "„{value}“ ist keine Internetadresse, auf die der Katalog verweisen kann. Schreiben Sie sie"
        " vollständig, mit https:// am Anfang.",
        "“{value}” is not a web address that the catalogue can link to. Give it in full, with https://.",
    ),
    "mail": (
        "„{value}“ ist keine Mailadresse. Nennen Sie ein Funktionspostfach.",
        "“{value}” is not an e-mail address. Give a functional mailbox.",
    ),
    "formula": (
        "„{value}“ ist eine Formel oder ihr Fehler, kein Wert. Schreiben Sie den Wert selbst in die Zelle.",
        "“{value}” is a formula or its error, not a value. Type the value itself into the cell.",
    ),
    "cells": (
        "Die Zeile hat {value} Zellen, es gibt aber weniger Überschriften. Vielleicht steht ein Text mit"
        " Trennzeichen nicht in Anführungszeichen.",
        "The row has {value} cells, but there are fewer headings. Perhaps a text that contains the separator"
        " is not in quotation marks.",
    ),
    "twice": (
        "Dieselbe Lösung und Kommune stehen schon in Zeile {value}. Führen Sie die Zeilen zusammen.",
        "The same solution and municipality are already in row {value}. Combine the two rows.",
    ),
}
# What to write where a name does not tell.
_KEYS: Mapping[str, tuple[str, str]] = {
    "solution": ("die Kennung aus der Adresse des Steckbriefs", "the id from the address of its profile"),
    "body": ("den amtlichen Schlüssel", "the official key"),
}
# The words that are offered for a choice; `claim_reading` understands more.
OFFERED: Mapping[str, tuple[str, str]] = {
    "stage": (
        "interessiert, geplant, erprobt, im Betrieb, beendet, keine Nachnutzung",
        "interested, planned, trial, in use, ended, none",
    ),
    "what": ("ganz, Teil, angepasst", "whole, module, adapted"),
    "visibility": ("öffentlich, nicht nennen", "public, unnamed"),
}
_LONGEST_VALUE = 80  # characters of what was typed that a sentence repeats


def sentence(fault: Fault, language: Language) -> str:
    """What is wrong and how to mend it."""
    place = int(language == "en")
    value = fault.value if len(fault.value) <= _LONGEST_VALUE else f"{fault.value[:_LONGEST_VALUE]}…"
    return SENTENCES[fault.code][place].format(
        value=value, near=_near(fault, place), key=_KEYS.get(fault.field, ("", ""))[place]
    )


def _near(fault: Fault, place: int) -> str:
    """What may have been meant, or what there is to choose from, as the end of the sentence."""
    if fault.code == "no-such-word":
        return f" {OFFERED[fault.field][place]}."
    asked = ("Meinten Sie {0}?", "Did you mean {0}?")[place]
    return " " + asked.format(", ".join(fault.near)) if fault.near else ""


def heading(field: str, language: Language) -> str:
    """What a field is called in forms and uploads."""
    german, english, _ = HEADINGS[field]
    return english if language == "en" else german


def field_of(text: str) -> str | None:
    """The field that a heading of an upload means, in either language; None where it means none."""
    return _FIELD_OF.get(fold(text))
