"""What is said about the form of a publiccode.yml: the file, its YAML, its version, keys and kinds."""

from collections.abc import Mapping

Sentences = tuple[tuple[str, str], tuple[str, str]]

_ONLY_TEXT = (
    "Hier gehört ein Text hin",
    "Schreiben Sie den Wert in eine Zeile hinter den Doppelpunkt, ohne Aufzählung und ohne Klammern",
)
_GONE = "Löschen Sie die Zeile; Kataloge lesen sie nicht mehr"

# code -> ((what is wrong, how to mend it) in German, the same in English); {names} are the problem's facts
OF_FORM: Mapping[str, Sentences] = {
    # the file
    "file-absent-here": (
        ("Die Datei gibt es nicht", "Prüfen Sie den Pfad"),
        ("there is no such file", "check the path"),
    ),
    "file-unreadable": (
        ("Die Datei lässt sich nicht lesen ({said})", "Prüfen Sie Pfad und Zugriffsrechte"),
        ("the file cannot be read ({said})", "check the path and its permissions"),
    ),
    "file-large": (
        (
            "Die Datei ist größer als {largest}",
            "Kürzen Sie sie: Anlagen und lange Texte gehören ins Repositorium",
        ),
        (
            "the file is larger than {largest}",
            "shorten it: long texts belong into the repository",
        ),
    ),
    "utf-8": (
        ("Zeile {line} ist kein UTF-8", "Speichern Sie die Datei als UTF-8"),
        ("line {line} is not UTF-8", "save the file as UTF-8"),
    ),
    "bom": (
        (
            "Die Datei beginnt mit einer Byte-Reihenfolge-Marke (BOM); der erste Schlüssel ist so unlesbar",
            "Speichern Sie sie als „UTF-8 ohne BOM“",
        ),
        (
            "the file begins with a byte order mark, which makes the first key unreadable",
            "save it as UTF-8 without BOM",
        ),
    ),
    "yaml-syntax": (
        (
            "Das ist kein gültiges YAML ({said})",
            "Prüfen Sie Einrückung, Anführungszeichen und Doppelpunkte hier",
        ),
        ("this is no valid YAML ({said})", "check indentation, quotes and colons here"),
    ),
    "yaml-duplicate": (
        (
            "„{value}“ steht schon in Zeile {said}",
            "Löschen Sie eine der beiden Angaben oder fassen Sie sie zusammen",
        ),
        ("“{value}” already stands in line {said}", "delete one of the two, or merge them"),
    ),
    "yaml-many": (
        (
            "Die Datei enthält mehrere YAML-Dokumente",
            "Behalten Sie das erste und löschen Sie alles ab der zweiten Zeile „---“",
        ),
        ("the file holds several YAML documents", "keep the first, delete all from the second line “---” on"),
    ),
    "yaml-alias": (
        (
            "Den Anker „{said}“ gibt es weiter oben nicht",
            "Schreiben Sie den Wert aus oder setzen Sie „&{said}“ davor",
        ),
        ("there is no anchor “{said}” above", "write the value out, or put “&{said}” before it"),
    ),
    "yaml-deep": (
        ("Die Angaben sind zu tief verschachtelt", "Der Standard braucht nie mehr als fünf Ebenen"),
        ("the values are nested too deeply", "the standard never needs more than five levels"),
    ),
    "yaml-long": (
        ("Die Datei enthält mehr Angaben, als jemand lesen kann", "Kürzen Sie Listen und Verweise (Aliase)"),
        ("the file holds more values than anybody can read", "shorten lists and aliases"),
    ),
    # the version
    "version": (
        (
            "Die Version „{value}“ des Standards gibt es hier nicht",
            'Schreiben Sie publiccodeYmlVersion: "0"; das heißt: die neueste 0.x',
        ),
        (
            "there is no version “{value}” of the standard here",
            'write publiccodeYmlVersion: "0", which means the newest 0.x',
        ),
    ),
    "version-kind": (
        (
            "Die Version ist kein Text, sondern „{value}“ als Zahl oder anderes",
            "Setzen Sie sie in Anführungszeichen",
        ),
        ("the version is no text but “{value}” as a number or something else", "put it into quotes"),
    ),
    "version-old": (
        (
            "Version {value} ist nicht die neueste; geprüft wird nach 0.7",
            'Schreiben Sie publiccodeYmlVersion: "0"',
        ),
        (
            "version {value} is not the newest; 0.7 is what the file is checked against",
            'write publiccodeYmlVersion: "0"',
        ),
    ),
    # keys
    "key-unknown": (
        (
            "Den Schlüssel „{value}“ kennt der Standard an dieser Stelle nicht",
            "Prüfen Sie die Schreibung oder löschen Sie ihn",
        ),
        ("the standard knows no key “{value}” at this place", "check its spelling, or delete it"),
    ),
    "key-old": (
        (
            "Den Schlüssel „{value}“ kennt der Standard nicht",
            "Gemeint ist wohl „{near}“; schreiben Sie ihn so",
        ),
        ("the standard knows no key “{value}”", "probably “{near}” is meant; write it like that"),
    ),
    "key-gone": (
        ("Den Schlüssel „{value}“ gibt es im Standard nicht mehr", _GONE),
        ("the standard has no key “{value}” any more", "delete the line; catalogues do not read it any more"),
    ),
    "key-place": (
        ("Der Schlüssel „{value}“ steht an falscher Stelle", "Er gehört nach „{near}“"),
        ("the key “{value}” stands at the wrong place", "it belongs to “{near}”"),
    ),
    "key-country": (
        (
            "Einen Länderabschnitt „{value}“ gibt es im Standard nicht",
            "Löschen Sie ihn; ein Abschnitt ist nur für Italien (IT) festgelegt",
        ),
        ("the standard has no country section “{value}”", "delete it; only Italy (IT) has one"),
    ),
    "key-kind": (
        (
            "„{value}“ ist als Schlüssel kein Text; der ganze Abschnitt zählt darum nicht",
            "Setzen Sie ihn in Anführungszeichen",
        ),
        ("“{value}” is no text as a key, so the whole section does not count", "put it into quotes"),
    ),
    "key-twice": (
        ("„{value}“ gibt es hier schon, durch „<<“ übernommen", "Löschen Sie eine der beiden Angaben"),
        ("“{value}” is here already, taken over by “<<”", "delete one of the two"),
    ),
    # kinds of values
    "kind-text": (
        _ONLY_TEXT,
        ("a text belongs here", "write it on one line behind the colon, without list or brackets"),
    ),
    "kind-text-or-list": (
        (
            "Hier gehören eine Adresse oder eine Liste von Adressen hin",
            "Schreiben Sie je Zeile „- https://…“",
        ),
        ("an address or a list of addresses belongs here", "write one a line as “- https://…”"),
    ),
    "kind-list": (
        ("Hier gehört eine Liste hin", "Schreiben Sie jeden Wert in eine eigene Zeile mit „- “ davor"),
        ("a list belongs here", "write each value on a line of its own with “- ” before it"),
    ),
    "kind-map": (
        (
            "Hier gehört ein Abschnitt mit eigenen Schlüsseln hin",
            "Rücken Sie die Schlüssel darunter ein, ohne „- “",
        ),
        ("a section with keys of its own belongs here", "indent the keys below it, without “- ”"),
    ),
    "kind-flag": (
        (
            "„{value}“ ist weder true noch false",
            "Schreiben Sie true oder false; yes, no, on, off gelten in YAML 1.2 nicht",
        ),
        ("“{value}” is neither true nor false", "write true or false; YAML 1.2 knows no yes, no, on, off"),
    ),
}
