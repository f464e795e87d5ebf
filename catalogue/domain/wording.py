"""Each problem in words, German and English: what is wrong, and how to mend it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from catalogue.domain.entry import Problem

Language = Literal["de", "en"]

# code -> ((what is wrong, how to mend it) in German, the same in English); {names} are the problem's facts
SENTENCES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # the file
    "file-absent-here": (
        ("Die Datei gibt es nicht", "Prüfen Sie den Pfad oder legen Sie die Datei an"),
        ("there is no such file", "check the path or create the file"),
    ),
    "file-unreadable": (
        ("Die Datei lässt sich nicht lesen ({said})", "Prüfen Sie die Zugriffsrechte"),
        ("the file cannot be read ({said})", "check its permissions"),
    ),
    "file-kind": (
        ("Das ist keine gewöhnliche Datei", "Legen Sie eine Textdatei an"),
        ("this is no ordinary file", "put a text file here"),
    ),
    "file-link": (
        ("Die Verknüpfung führt aus dem Ordner hinaus", "Legen Sie die Datei selbst in den Ordner"),
        ("the symbolic link leads out of the folder", "put the file itself into the folder"),
    ),
    "file-large": (
        ("Die Datei ist größer als {largest}", "Kürzen Sie den Text; Anlagen gehören nicht in den Eintrag"),
        ("the file is larger than {largest}", "shorten it; attachments do not belong into an entry"),
    ),
    "file-empty": (
        ("Die Datei ist leer", "Beginnen Sie mit der Vorlage aus „catalogue new“"),
        ("the file is empty", "start from the template that “catalogue new” makes"),
    ),
    "file-ending": (
        (
            "„{value}“ ist weder ein Eintrag noch ein Bild",
            "Benennen Sie einen Eintrag mit der Endung .md; anderes gehört nicht hierher",
        ),
        (
            "“{value}” is neither an entry nor a picture",
            "let the name of an entry end in .md; other things do not belong here",
        ),
    ),
    "file-place": (
        (
            "An dieser Stelle wird kein Eintrag gelesen",
            "Legen Sie Einträge als kennung.md direkt in den Ordner „solutions“; die Listen heißen"
            " organisations.yml, topics.yml, model-projects.yml und synonyms.yml und liegen daneben",
        ),
        (
            "no entry is read at this place",
            "put entries as ID.md directly into the folder “solutions”; the lists are called"
            " organisations.yml, topics.yml, model-projects.yml and synonyms.yml and lie beside it",
        ),
    ),
    "file-bom": (
        (
            "Die Datei beginnt mit einer Byte-Reihenfolge-Marke (BOM)",
            "Speichern Sie sie als „UTF-8 ohne BOM“",
        ),
        ("the file begins with a byte order mark", "save it as UTF-8 without BOM"),
    ),
    "file-encoding": (
        ("Diese Zeile ist kein UTF-8", "Speichern Sie die Datei als UTF-8"),
        ("this line is not UTF-8", "save the file as UTF-8"),
    ),
    "file-binary": (
        ("Die Datei enthält Null-Zeichen und ist kein Text", "Speichern Sie sie als Text in UTF-8"),
        ("the file holds null bytes and is no text", "save it as text in UTF-8"),
    ),
    "file-name": (
        (
            "„{value}“ ist kein erlaubter Dateiname für ein Bild",
            "Nehmen Sie Buchstaben, Ziffern und die Endung .png, .jpg oder .webp",
        ),
        ("“{value}” is no allowed name for a picture", "use letters, digits and .png, .jpg or .webp"),
    ),
    "file-absent": (
        (
            "Das Bild „{value}“ liegt nicht neben dem Eintrag, ist größer als 1 MB oder kein Bild",
            "Legen Sie es als echte Bilddatei in denselben Ordner",
        ),
        (
            "the picture “{value}” is not beside the entry, larger than 1 MB or no picture",
            "put it into the same folder as a real picture file",
        ),
    ),
    # front matter and YAML
    "front-matter-missing": (
        (
            "Der Eintrag beginnt nicht mit „---“",
            "Setzen Sie die Angaben an den Anfang, zwischen zwei Zeilen „---“",
        ),
        ("the entry does not begin with “---”", "put the fields first, between two lines “---”"),
    ),
    "front-matter-open": (
        (
            "Der Block der Angaben wird nicht geschlossen",
            "Schreiben Sie nach der letzten Angabe eine Zeile „---“",
        ),
        ("the block of fields is not closed", "write a line “---” after the last field"),
    ),
    "front-matter-empty": (
        ("Zwischen den Zeilen „---“ stehen keine Angaben der Form „name: Wert“", "Tragen Sie sie ein"),
        ("between the lines “---” there are no fields such as “name: value”", "fill them in"),
    ),
    "yaml-syntax": (
        ("Das ist kein gültiges YAML ({said})", "Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen"),
        ("this is not valid YAML ({said})", "check indentation, colons and quotation marks"),
    ),
    "yaml-alias": (
        (
            "Anker (&) und Verweise (*) sind nicht erlaubt",
            "Schreiben Sie den Wert aus oder in Anführungszeichen",
        ),
        ("anchors (&) and aliases (*) are not allowed", "write the value out, or put it in quotation marks"),
    ),
    "yaml-deep": (
        ("Die Angaben sind tiefer als {deepest} Ebenen verschachtelt", "Vereinfachen Sie sie"),
        ("the fields are nested deeper than {deepest} levels", "simplify them"),
    ),
    "yaml-many": (
        ("Die Datei enthält mehrere YAML-Dokumente", "Lassen Sie nur eines stehen"),
        ("the file holds several YAML documents", "keep only one"),
    ),
    "yaml-tag": (
        ("Die Typangabe „{tag}“ ist nicht erlaubt", "Löschen Sie sie und schreiben Sie einfachen Text"),
        ("the tag “{tag}” is not allowed", "delete it and write plain text"),
    ),
    "yaml-duplicate": (
        ("„{key}“ steht doppelt (zuerst in Zeile {first})", "Fassen Sie beide zusammen"),
        ("“{key}” stands twice (first on line {first})", "merge the two"),
    ),
    "yaml-key": (
        ("Der Name einer Angabe ist selbst eine Liste oder Gruppe", "Schreiben Sie „name: Wert“"),
        ("the name of a field is itself a list or a group", "write “name: value”"),
    ),
    # shape
    "field-unknown": (
        ("Das Feld „{name}“ gibt es nicht", "Erlaubt sind: {allowed}"),
        ("there is no field “{name}”", "allowed are: {allowed}"),
    ),
    "field-unknown-near": (
        ("Das Feld „{name}“ gibt es nicht", "Meinten Sie „{near}“?"),
        ("there is no field “{name}”", "did you mean “{near}”?"),
    ),
    "field-missing": (
        ("Das Pflichtfeld „{name}“ fehlt", "Ergänzen Sie es"),
        ("the mandatory field “{name}” is missing", "add it"),
    ),
    "field-empty": (
        (
            "„{name}“ ist leer",
            "Tragen Sie einen Wert ein oder löschen Sie die Zeile: Fehlendes heißt „nicht bekannt“",
        ),
        ("“{name}” is empty", "give a value or delete the line: what is absent means “not known”"),
    ),
    "not-a-list": (
        ("„{name}“ muss eine Liste sein", "Setzen Sie jeden Wert in eine eigene Zeile mit „- “ davor"),
        ("“{name}” must be a list", "put each value on a line of its own, with “- ” before it"),
    ),
    "not-a-map": (
        ("„{name}“ braucht benannte Angaben", "Erlaubt sind: {allowed}"),
        ("“{name}” needs named values", "allowed are: {allowed}"),
    ),
    "not-a-text": (
        ("„{name}“ muss ein einfacher Text sein", "Schreiben Sie einen Wert statt einer Liste oder Gruppe"),
        ("“{name}” must be plain text", "write one value instead of a list or a group"),
    ),
    "item-not-a-map": (
        ("„{name}“ hat keine Angaben", "Rücken Sie die Angaben unter dem Namen ein"),
        ("“{name}” has no fields", "indent the fields below the name"),
    ),
    "list-empty": (
        ("Die Liste enthält nichts", "Schreiben Sie je Eintrag „kennung:“ mit eingerückten Angaben"),
        ("the list is empty", "write “id:” with indented fields for each item"),
    ),
    "list-long": (
        ("Die Liste hat {count} Werte, erlaubt sind {most}", "Kürzen Sie sie"),
        ("the list has {count} values, {most} are allowed", "shorten it"),
    ),
    "item-double": (
        ("„{value}“ steht doppelt in der Liste", "Löschen Sie eines von beiden"),
        ("“{value}” stands twice in the list", "delete one of the two"),
    ),
    "text-short": (
        (
            "Der Text hat {count} Zeichen, nötig sind mindestens {shortest}",
            "Schreiben Sie ihn aus oder löschen Sie ihn",
        ),
        ("the text has {count} characters, at least {shortest} are needed", "write it out or delete it"),
    ),
    "text-long": (
        ("Der Text hat {count} Zeichen, erlaubt sind {longest}", "Kürzen Sie ihn"),
        ("the text has {count} characters, {longest} are allowed", "shorten it"),
    ),
    "text-lines": (
        ("„{name}“ muss in eine Zeile passen", "Entfernen Sie die Zeilenumbrüche"),
        ("“{name}” must fit on one line", "remove the line breaks"),
    ),
    "text-control": (
        ("Der Text enthält unsichtbare Steuerzeichen", "Schreiben Sie ihn neu, ohne ihn einzufügen"),
        ("the text holds invisible control characters", "type it anew instead of pasting it"),
    ),
    # values
    "choice-unknown": (
        ("„{value}“ ist kein erlaubter Wert", "Erlaubt sind: {allowed}"),
        ("“{value}” is no allowed value", "allowed are: {allowed}"),
    ),
    "choice-unknown-near": (
        ("„{value}“ ist kein erlaubter Wert", "Meinten Sie „{near}“? Erlaubt sind: {allowed}"),
        ("“{value}” is no allowed value", "did you mean “{near}”? Allowed are: {allowed}"),
    ),
    "topic-unknown": (
        ("Das Thema „{value}“ gibt es nicht", "Erlaubt sind: {allowed}"),
        ("there is no topic “{value}”", "allowed are: {allowed}"),
    ),
    "topic-unknown-near": (
        ("Das Thema „{value}“ gibt es nicht", "Meinten Sie „{near}“? Erlaubt sind: {allowed}"),
        ("there is no topic “{value}”", "did you mean “{near}”? Allowed are: {allowed}"),
    ),
    "topic-circle": (
        ("Das Thema „{value}“ steht über „parent“ unter sich selbst", "Nennen Sie ein anderes Oberthema"),
        ("by “parent” the topic “{value}” is below itself", "give another broader topic"),
    ),
    "solution-unknown": (
        ("Die Lösung „{value}“ gibt es nicht", "Nennen Sie die Kennung (den Dateinamen) eines Eintrags"),
        ("there is no solution “{value}”", "give the id (the file name) of an entry"),
    ),
    "solution-unknown-near": (
        ("Die Lösung „{value}“ gibt es nicht", "Meinten Sie „{near}“?"),
        ("there is no solution “{value}”", "did you mean “{near}”?"),
    ),
    "project-unknown": (
        ("Das Modellprojekt „{value}“ gibt es nicht", "Nennen Sie eine Kennung aus model-projects.yml"),
        ("there is no model project “{value}”", "give an id of model-projects.yml"),
    ),
    "project-unknown-near": (
        ("Das Modellprojekt „{value}“ gibt es nicht", "Meinten Sie „{near}“?"),
        ("there is no model project “{value}”", "did you mean “{near}”?"),
    ),
    "body-unknown": (
        (
            "Die Stelle „{value}“ ist nicht bekannt",
            "Nennen Sie den Gemeindeschlüssel (8 Ziffern), den Kreisschlüssel (5 Ziffern) oder eine Kennung"
            " aus organisations.yml",
        ),
        (
            "the body “{value}” is not known",
            "give the municipality key (8 digits), the district key (5 digits) or an id of organisations.yml",
        ),
    ),
    "body-name": (
        ("Stellen stehen nur mit ihrem Schlüssel, nicht als „{value}“", "Meinten Sie {key} ({name})?"),
        ("bodies are given by key only, not as “{value}”", "did you mean {key} ({name})?"),
    ),
    "body-land": (
        (
            "„{value}“ ist der Schlüssel eines Landes, keine Stelle",
            "Nennen Sie die Behörde mit ihrer Kennung aus organisations.yml",
        ),
        ("“{value}” is the key of a Land, not a body", "give the authority with its id of organisations.yml"),
    ),
    "body-zero": (
        (
            "Dem Schlüssel „{value}“ fehlt die führende Null",
            'Schreiben Sie "{key}" ({name}), mit Anführungszeichen',
        ),
        ("the key “{value}” lacks its leading zero", 'write "{key}" ({name}), with quotation marks'),
    ),
    "body-ars": (
        (
            "„{value}“ ist ein Regionalschlüssel mit 12 Ziffern",
            'Schreiben Sie den Gemeindeschlüssel "{key}" ({name})',
        ),
        ("“{value}” is a regional key of 12 digits", 'write the municipality key "{key}" ({name})'),
    ),
    "body-old": (
        ("Der Schlüssel {value} gilt nicht mehr", 'Schreiben Sie "{key}" ({name})'),
        ("the key {value} is no longer in force", 'write "{key}" ({name})'),
    ),
    "licence-unknown": (
        (
            "„{value}“ ist kein SPDX-Ausdruck",
            "Nennen Sie eine Kennung aus der SPDX-Liste, etwa EUPL-1.2 oder MIT",
        ),
        ("“{value}” is no SPDX expression", "give an id of the SPDX list, such as EUPL-1.2 or MIT"),
    ),
    "licence-unknown-near": (
        ("„{value}“ ist kein SPDX-Ausdruck", "Meinten Sie „{near}“?"),
        ("“{value}” is no SPDX expression", "did you mean “{near}”?"),
    ),
    "licence-spelling": (
        ("SPDX schreibt „{value}“ anders", "Schreiben Sie „{near}“"),
        ("SPDX spells “{value}” differently", "write “{near}”"),
    ),
    "language-form": (
        ("„{value}“ ist kein Sprachkürzel", "Schreiben Sie zwei kleine Buchstaben, etwa de oder en"),
        ("“{value}” is no language code", "write two small letters, such as de or en"),
    ),
    "count-form": (
        ("„{value}“ ist keine ganze Zahl ab 1", "Schreiben Sie nur Ziffern, ohne Punkt und ohne „über“"),
        ("“{value}” is no whole number from 1 up", "write digits only, without separators or “over”"),
    ),
    "date-form": (
        ("„{value}“ ist kein Datum, das es gibt", "Schreiben Sie JJJJ, JJJJ-MM oder JJJJ-MM-TT"),
        ("“{value}” is no date that exists", "write YYYY, YYYY-MM or YYYY-MM-DD"),
    ),
    "date-day": (
        ("„{value}“ ist kein ganzer Tag", "Schreiben Sie JJJJ-MM-TT"),
        ("“{value}” is no whole day", "write YYYY-MM-DD"),
    ),
    "date-future": (
        ("Der {value} liegt in der Zukunft", "Prüfen Sie das Datum"),
        ("{value} lies in the future", "check the date"),
    ),
    "dates-order": (
        ("Das Ende ({until}) liegt vor dem Beginn ({since})", "Tauschen oder berichtigen Sie die Daten"),
        ("the end ({until}) lies before the start ({since})", "swap or correct the dates"),
    ),
    "email-form": (
        ("„{value}“ ist keine Mailadresse", "Schreiben Sie name@stelle.de"),
        ("“{value}” is no mail address", "write name@body.example"),
    ),
    "email-personal": (
        (
            "„{value}“ sieht nach der Adresse einer Person aus",
            "Nennen Sie ein Funktionspostfach oder eine Kontaktseite",
        ),
        ("“{value}” looks like a person's address", "give a functional mailbox or a contact page"),
    ),
    # addresses
    "address-empty": (
        ("Die Adresse ist leer", "Schreiben Sie https://… oder löschen Sie die Zeile"),
        ("the address is empty", "write https://… or delete the line"),
    ),
    "address-long": (
        ("Die Adresse ist länger als 2000 Zeichen", "Nehmen Sie eine kürzere"),
        ("the address is longer than 2000 characters", "use a shorter one"),
    ),
    "address-characters": (
        ("Die Adresse „{value}“ enthält Leer- oder Sonderzeichen", "Kopieren Sie sie neu aus dem Browser"),
        ("the address “{value}” holds blanks or special characters", "copy it anew from the browser"),
    ),
    "address-scheme": (
        ("„{value}“ ist keine Webadresse", "Schreiben Sie eine Adresse, die mit https:// beginnt"),
        ("“{value}” is no web address", "write an address that begins with https://"),
    ),
    "address-credentials": (
        ("Die Adresse enthält einen Benutzernamen oder ein Kennwort", "Löschen Sie alles vor dem @"),
        ("the address holds a user name or a password", "delete everything before the @"),
    ),
    "address-host": (
        ("„{value}“ nennt keinen gültigen Rechnernamen", "Prüfen Sie den Teil nach https://"),
        ("“{value}” names no valid host", "check the part after https://"),
    ),
    "address-private": (
        ("„{value}“ führt in ein internes Netz", "Nennen Sie eine öffentliche Adresse"),
        ("“{value}” leads into a private network", "give a public address"),
    ),
    "address-port": (
        ("„{value}“ nennt einen ungewöhnlichen Port", "Nennen Sie die öffentliche Adresse ohne Port"),
        ("“{value}” names an unusual port", "give the public address without a port"),
    ),
    "address-http": (
        ("„{value}“ ist unverschlüsselt (http)", "Nehmen Sie https, wenn die Seite es anbietet"),
        ("“{value}” is not encrypted (http)", "use https if the page offers it"),
    ),
    # rules across fields
    "id-form": (
        (
            "„{value}“ ist keine gültige Kennung",
            "Nehmen Sie Kleinbuchstaben, Ziffern und einzelne Bindestriche, höchstens {longest} Zeichen",
        ),
        (
            "“{value}” is no valid id",
            "use small letters a to z, digits and single hyphens, {longest} characters at most",
        ),
    ),
    "id-digits": (
        ("Die Kennung „{value}“ sieht wie ein Gemeindeschlüssel aus", "Nehmen Sie Buchstaben"),
        ("the id “{value}” looks like a municipality key", "use letters"),
    ),
    "id-double": (
        ("Die Kennung „{value}“ ist schon vergeben ({other})", "Benennen Sie eine der Dateien um"),
        ("the id “{value}” is taken ({other})", "rename one of the files"),
    ),
    "land-unknown": (
        ("„{value}“ ist kein Schlüssel eines Landes", 'Schreiben Sie "01" bis "16"'),
        ("“{value}” is no key of a Land", 'write "01" to "16"'),
    ),
    "text-missing": (
        (
            "Die Beschreibung fehlt",
            "Schreiben Sie unter die Angaben, was die Lösung tut, für wen und was eine Kommune braucht",
        ),
        (
            "the description is missing",
            "write below the fields what the solution does, for whom, and what a municipality needs for it",
        ),
    ),
    "text-html": (
        ("HTML ist im Text nicht erlaubt ({value})", "Schreiben Sie es als Markdown"),
        ("HTML is not allowed in the text ({value})", "write it as Markdown"),
    ),
    "text-picture": (
        ("Bilder gehören nicht in den Text ({value})", "Tragen Sie sie unter „screenshots“ ein"),
        ("pictures do not belong into the text ({value})", "list them under “screenshots”"),
    ),
    "contact-empty": (
        ("Die Ansprechstelle ist leer", "Nennen Sie „page“ oder „email“"),
        ("the contact is empty", "give “page” or “email”"),
    ),
    "evidence-empty": (
        ("Der Beleg nennt weder Adresse noch Quelle", "Ergänzen Sie „address“ oder „source“"),
        ("the evidence has neither address nor source", "add “address” or “source”"),
    ),
    "stage-missing": (
        (
            "Bei einer Nutzung („uses“) fehlt die Stufe",
            "Ergänzen Sie „stage“: interested, planned, trial, in-use oder ended",
        ),
        ("a use (“uses”) lacks its stage", "add “stage”: interested, planned, trial, in-use or ended"),
    ),
    "until-missing": (
        ("Eine beendete Nutzung nennt kein Ende", "Ergänzen Sie „until“, wenn es bekannt ist"),
        ("an ended use names no end", "add “until” if it is known"),
    ),
    "reuse-double": (
        ("„{body}“ steht mit derselben Beziehung schon in Zeile {first}", "Fassen Sie die Zeilen zusammen"),
        ("“{body}” stands with the same relation on line {first}", "merge the rows"),
    ),
    "open-without-licence": (
        (
            "„open_source: yes“ braucht eine belegte Lizenz",
            "Tragen Sie „licence.expression“ ein oder schreiben Sie „not-confirmed“",
        ),
        (
            "“open_source: yes” needs an evidenced licence",
            "fill in “licence.expression” or write “not-confirmed”",
        ),
    ),
    "self-reference": (
        ("„{value}“ verweist auf sich selbst", "Löschen Sie den Verweis"),
        ("“{value}” refers to itself", "delete the reference"),
    ),
    "repository-double": (
        (
            "Das Repositorium {value} ist schon Haupt-Repositorium von „{other}“",
            "Geben Sie ihm hier eine andere Rolle oder fassen Sie die Einträge zusammen",
        ),
        (
            "the repository {value} is already the main one of “{other}”",
            "give it another role here, or merge the entries",
        ),
    ),
    # synonyms
    "words-few": (
        (
            "„{value}“ steht allein",
            "Nennen Sie mindestens ein weiteres Wort, das dasselbe heißt, oder Alltagswörter unter „asked“",
        ),
        ("“{value}” stands alone", "give at least one more word that means the same, or words under “asked”"),
    ),
    "word-form": (
        ("„{value}“ ist kein Suchwort", "Schreiben Sie mindestens 2 Zeichen, darunter einen Buchstaben"),
        ("“{value}” is no word to search for", "write at least 2 characters, one of them a letter"),
    ),
    "word-same": (
        (
            "„{value}“ ist für die Suche dasselbe wie „{first}“",
            "Löschen Sie eines von beiden: Großschreibung, Umlaute und Bindestriche zählen nicht",
        ),
        (
            "to the search “{value}” is the same as “{first}”",
            "delete one of the two: capitals, umlauts and hyphens do not count",
        ),
    ),
    "word-taken": (
        (
            "„{value}“ steht schon bei „{other}“ (Zeile {first})",
            "Fassen Sie beide Gruppen zusammen oder löschen Sie das Wort hier",
        ),
        (
            "“{value}” already stands in “{other}” (line {first})",
            "merge the two groups, or delete the word here",
        ),
    ),
    "word-both": (
        ("„{value}“ steht unter „words“ und unter „asked“", "Löschen Sie es unter „asked“"),
        ("“{value}” stands under “words” and under “asked”", "delete it under “asked”"),
    ),
}


def sentences(problem: Problem, language: Language) -> tuple[str, str]:
    """What is wrong, and how to mend it. An unknown code is a bug and raises KeyError."""
    what, remedy = SENTENCES[problem.code][0 if language == "de" else 1]
    facts = defaultdict(str, {name: one_line(fact) for name, fact in problem.facts.items()})
    return what.format_map(facts), remedy.format_map(facts)


def line_of(problem: Problem, language: Language) -> str:
    """`path:line: field: what is wrong; how to mend it` on one line."""
    what, remedy = sentences(problem, language)
    field = f" {one_line(problem.field)}:" if problem.field else ""
    return f"{one_line(problem.file)}:{problem.line}:{field} {what}; {remedy}"


def one_line(text: str) -> str:
    """What a stranger wrote, fit for a terminal: nothing that breaks the line or moves the cursor."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
