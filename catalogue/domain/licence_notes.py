"""What the notes of an identified licence say, German and English."""

from collections.abc import Mapping

NOTES: Mapping[str, Mapping[str, str]] = {
    "later-may-apply": {
        "de": "ob auch spätere Fassungen gelten, sagt der Text allein nicht",
        "en": "or later may apply",
    },
    "clause-added": {"de": "eine Klausel kommt dazu", "en": "a clause is added"},
    "text-altered": {"de": "weicht vom Wortlaut ab", "en": "differs from the wording"},
    "template-not-filled-in": {
        "de": "Platzhalter der Vorlage sind nicht ausgefüllt",
        "en": "placeholders of the template are not filled in",
    },
    "tag-says-otherwise": {
        "de": "der SPDX-Vermerk nennt eine andere Lizenz",
        "en": "the SPDX tag names another licence",
    },
    "rider": {"de": "ein Zusatz schränkt die Lizenz ein", "en": "a rider restricts the licence"},
    "others-quoted": {
        "de": "weitere Lizenzen gelten für Teile anderer",
        "en": "other licences hold for parts of others",
    },
    "several": {"de": "mehrere Lizenzen", "en": "several licences"},
    "version-not-told": {"de": "die Fassung ist nicht genannt", "en": "the version is not told"},
    "by-file-names": {"de": "nach den Namen der Lizenzdateien", "en": "by the names of the licence files"},
    "only-mentioned": {"de": "nur erwähnt", "en": "only mentioned"},
    "tag": {"de": "SPDX-Vermerk", "en": "SPDX tag"},
    "grants-nothing": {"de": "räumt keine Lizenz ein", "en": "grants no licence"},
    "copyright-line-only": {"de": "nur ein Urhebervermerk", "en": "only a copyright line"},
    "no-licence-words": {"de": "spricht nicht von einer Lizenz", "en": "does not speak of a licence"},
    "unknown-text": {"de": "unbekannter Text", "en": "unknown text"},
    "translation-by-title": {
        "de": "amtliche Übersetzung, nach Titel und Ähnlichkeit erkannt",
        "en": "official translation, known by title and likeness",
    },
    "empty": {"de": "die Datei ist leer", "en": "the file is empty"},
    "not-text": {"de": "kein Text", "en": "no text"},
    "no-such-file": {"de": "es gibt keine solche Datei", "en": "there is no such file"},
    "not-readable": {"de": "die Datei lässt sich nicht lesen", "en": "the file cannot be read"},
}


def sentence(note: str, lang: str) -> str:
    """The note in words."""
    return NOTES[note][lang]
