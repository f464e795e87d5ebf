"""What is said about the content of a publiccode.yml: what is missing, wrong or old."""

from collections.abc import Mapping

Sentences = tuple[tuple[str, str], tuple[str, str]]

_STANDARD = "https://yml.publiccode.tools"
_GONE = "Löschen Sie die Zeile; Kataloge lesen sie nicht mehr"

# code -> ((what is wrong, how to mend it) in German, the same in English); {names} are the problem's facts
OF_CONTENT: Mapping[str, Sentences] = {
    # what is missing
    "required": (
        ("„{name}“ fehlt", "Ergänzen Sie die Angabe; der Standard verlangt sie"),
        ("“{name}” is missing", "add it; the standard asks for it"),
    ),
    "address-gone": (
        ("hinter „{value}“ ist nichts", "Berichtigen Sie die Adresse oder löschen Sie sie"),
        ("there is nothing behind “{value}”", "correct the address or delete it"),
    ),
    "address-not-looked-at": (
        ("„{value}“ ließ sich nicht ansehen ({said})", "Prüfen Sie die Adresse von Hand"),
        ("“{value}” could not be looked at ({said})", "check the address by hand"),
    ),
    "required-item": (
        ("„{name}“ fehlt oder ist leer", "Nennen Sie mindestens einen Wert"),
        ("“{name}” is missing or empty", "give at least one value"),
    ),
    "unread": (
        (
            "„{name}“ zählt nicht, solange der Abschnitt „{top}“ einen Fehler enthält",
            "Beheben Sie zuerst den anderen Fehler in „{top}“; fehlt die Angabe, ergänzen Sie sie",
        ),
        (
            "“{name}” does not count as long as the section “{top}” holds an error",
            "mend the other error in “{top}” first; if this is missing, add it",
        ),
    ),
    "unread-itself": (
        (
            "„{name}“ gilt als fehlend, solange sein Wert nicht lesbar ist",
            "Beheben Sie den anderen Fehler hier",
        ),
        ("“{name}” counts as missing as long as its value cannot be read", "mend the other error here"),
    ),
    "contacts": (
        (
            "Es fehlt eine Ansprechstelle; bei „type: {value}“ ist sie Pflicht",
            "Ergänzen Sie maintenance.contacts mit „name“",
        ),
        (
            "a contact is missing; with “type: {value}” there must be one",
            "add maintenance.contacts with “name”",
        ),
    ),
    "contractors": (
        (
            "Es fehlt ein Dienstleister; bei „type: contract“ ist er Pflicht",
            "Ergänzen Sie maintenance.contractors mit „name“ und „until“",
        ),
        (
            "a contractor is missing; with “type: contract” there must be one",
            "add maintenance.contractors with “name” and “until”",
        ),
    ),
    "contractors-extra": (
        (
            "Dienstleister stehen hier, obwohl „type“ nicht „contract“ ist",
            "Schreiben Sie „type: contract“ oder löschen Sie maintenance.contractors",
        ),
        (
            "contractors stand here though “type” is not “contract”",
            "write “type: contract”, or delete maintenance.contractors",
        ),
    ),
    # values
    "one-of": (
        ("„{value}“ ist bei „{name}“ nicht vorgesehen", "Erlaubt sind: {allowed}"),
        ("“{value}” is not allowed for “{name}”", "allowed are: {allowed}"),
    ),
    "date": (
        ("„{value}“ ist kein Tag", "Schreiben Sie das Datum als JJJJ-MM-TT, etwa 2026-03-31, ohne Uhrzeit"),
        ("“{value}” is no day", "write the date as YYYY-MM-DD, such as 2026-03-31, without a time"),
    ),
    "email": (
        ("„{value}“ ist keine Mailadresse", "Schreiben Sie eine Adresse wie it@stadt.example"),
        ("“{value}” is no mail address", "write an address such as it@town.example"),
    ),
    "mime": (
        ("„{value}“ ist kein Medientyp", "Schreiben Sie ihn wie text/csv"),
        ("“{value}” is no media type", "write it like text/csv"),
    ),
    "category": (
        (
            "„{value}“ steht nicht in der Liste der Kategorien",
            f"Wählen Sie aus der Liste unter {_STANDARD} oder schreiben Sie „other“",
        ),
        (
            "“{value}” is not on the list of categories",
            f"choose from the list at {_STANDARD}, or write “other”",
        ),
    ),
    "scope": (
        (
            "„{value}“ steht nicht in der Liste der Bereiche",
            f"Wählen Sie aus der Liste unter {_STANDARD}, etwa „local-authorities“",
        ),
        (
            "“{value}” is not on the list of scopes",
            f"choose from the list at {_STANDARD}, such as “local-authorities”",
        ),
    ),
    "country": (
        (
            "„{value}“ ist kein Ländercode",
            "Schreiben Sie zwei große Buchstaben nach ISO 3166-1, etwa DE; EU und UK gibt es dort nicht",
        ),
        ("“{value}” is no country code", "write two capitals of ISO 3166-1 such as DE; EU and UK are none"),
    ),
    "language": (
        (
            "„{value}“ ist kein Sprachkürzel",
            "Schreiben Sie es nach BCP 47, etwa de, en oder de-AT (mit Bindestrich)",
        ),
        ("“{value}” is no language tag", "write it as in BCP 47: de, en or de-AT (with a hyphen)"),
    ),
    "licence": (
        (
            "„{value}“ ist kein Lizenzausdruck nach SPDX",
            "Nehmen Sie ein Kürzel von https://spdx.org/licenses, etwa EUPL-1.2; AND, OR, WITH groß",
        ),
        (
            "“{value}” is no SPDX licence expression",
            "take an id of https://spdx.org/licenses such as EUPL-1.2; AND, OR, WITH in capitals",
        ),
    ),
    "too-long": (
        ("„{name}“ ist zu lang", "Kürzen Sie auf höchstens {longest} Zeichen"),
        ("“{name}” is too long", "shorten it to at most {longest} characters"),
    ),
    "too-short": (
        ("„{name}“ hat nur {length} Zeichen", "Schreiben Sie mindestens {shortest} Zeichen"),
        ("“{name}” has only {length} characters", "write at least {shortest} characters"),
    ),
    "url": (
        ("„{value}“ ist keine Adresse", "Schreiben Sie sie ganz, mit https:// am Anfang"),
        ("“{value}” is no address", "write all of it, with https:// at the beginning"),
    ),
    "http-url": (
        ("„{value}“ ist keine Webadresse", "Schreiben Sie sie ganz, mit https:// am Anfang"),
        ("“{value}” is no web address", "write all of it, with https:// at the beginning"),
    ),
    "url-unreadable": (
        (
            "„{value}“ lässt sich nicht als Adresse lesen",
            "Prüfen Sie Leerzeichen, Prozentzeichen und Klammern darin",
        ),
        ("“{value}” cannot be read as an address", "check blanks, percent signs and brackets in it"),
    ),
    "video": (
        (
            "„{value}“ gehört zu keinem Anbieter, dessen Videos sich einbetten lassen (oEmbed)",
            "Nennen Sie die Seite des Videos, etwa bei YouTube oder Vimeo",
        ),
        (
            "“{value}” belongs to no provider whose videos can be embedded (oEmbed)",
            "give the page of the video, at YouTube or Vimeo for example",
        ),
    ),
    "organisation-uri": (
        ("„{value}“ bezeichnet keine Organisation", "Schreiben Sie eine Webadresse oder eine URN (urn:…)"),
        ("“{value}” names no organisation", "write a web address or a URN (urn:…)"),
    ),
    "organisation-italy": (
        (
            "„{value}“ hat nicht die Form eines Codes der italienischen Verwaltung",
            "Schreiben Sie urn:x-italian-pa: und den iPA-Code",
        ),
        (
            "“{value}” has not the form of a code of Italy's administration",
            "write urn:x-italian-pa: and the iPA code",
        ),
    ),
    "italian-code": (
        (
            "„{value}“ hat nicht die Form eines Codes der italienischen Verwaltung (iPA)",
            "Prüfen Sie den Code",
        ),
        ("“{value}” has not the form of a code of Italy's administration (iPA)", "check the code"),
    ),
    "supports": (
        (
            "„{value}“ ist weder ein Alias noch eine Adresse",
            "Schreiben Sie alias:NAME, eine URL oder eine URN",
        ),
        ("“{value}” is neither an alias nor an address", "write alias:NAME, a URL or a URN"),
    ),
    "supports-alias": (
        (
            "Den Alias „{value}“ gibt es nicht",
            "Erlaubt sind gdpr, eidas, nis2, cra, spid, cie, anpr, pagopa, io; sonst eine URL oder URN",
        ),
        (
            "there is no alias “{value}”",
            "allowed are gdpr, eidas, nis2, cra, spid, cie, anpr, pagopa, io; otherwise a URL or URN",
        ),
    ),
    # files beside
    "path-absolute": (
        (
            "„{value}“ ist ein absoluter Pfad",
            "Schreiben Sie den Pfad ab der Wurzel des Repositoriums, ohne „/“ am Anfang",
        ),
        (
            "“{value}” is an absolute path",
            "write the path from the root of the repository, without “/” at the beginning",
        ),
    ),
    "path-file": (
        (
            "„{value}“ zeigt auf einen einzelnen Rechner (file:)",
            "Schreiben Sie einen Pfad im Repositorium oder eine Webadresse",
        ),
        ("“{value}” points to one machine (file:)", "write a path in the repository or a web address"),
    ),
    "file-absent": (
        (
            "Die Datei „{value}“ gibt es neben der publiccode.yml nicht",
            "Prüfen Sie den Pfad oder legen Sie die Datei dazu",
        ),
        ("there is no file “{value}” beside the publiccode.yml", "check the path, or add the file"),
    ),
    "logo-ending": (
        ("„{value}“ ist kein Logo im erlaubten Format", "Nehmen Sie SVG, SVGZ oder PNG"),
        ("“{value}” is no logo in an allowed format", "use SVG, SVGZ or PNG"),
    ),
    "screenshot-ending": (
        ("„{value}“ ist kein Bildschirmfoto im erlaubten Format", "Nehmen Sie .png oder .jpg (nicht .jpeg)"),
        ("“{value}” is no screenshot in an allowed format", "use .png or .jpg (not .jpeg)"),
    ),
    "png-broken": (
        ("„{value}“ ist kein PNG-Bild, obwohl der Name so endet", "Speichern Sie das Bild als PNG"),
        ("“{value}” is no PNG picture though its name ends like one", "save the picture as PNG"),
    ),
    # old keys
    "old-drop": (
        ("„{name}“ ist veraltet und entfällt künftig", _GONE),
        ("“{name}” is deprecated and will go", "delete it; catalogues do not read it any more"),
    ),
    "old-logo": (
        ("„{name}“ ist veraltet und entfällt künftig", "Nennen Sie das Bild unter „logo“"),
        ("“{name}” is deprecated and will go", "give the picture under “logo”"),
    ),
    "old-repo-owner": (
        ("„{name}“ ist veraltet und entfällt künftig", "Nennen Sie die Stelle unter organisation.name"),
        ("“{name}” is deprecated and will go", "give the body under organisation.name"),
    ),
    "old-italian-code": (
        (
            "„{name}“ ist veraltet und entfällt künftig",
            "Schreiben Sie organisation.uri: urn:x-italian-pa:{value}",
        ),
        ("“{name}” is deprecated and will go", "write organisation.uri: urn:x-italian-pa:{value}"),
    ),
    "old-lower-case": (
        ("Der Länderabschnitt „it“ in kleinen Buchstaben ist veraltet", "Schreiben Sie „IT“"),
        ("the country section “it” in small letters is deprecated", "write “IT”"),
    ),
    "old-country": (
        ("Ländercodes in kleinen Buchstaben sind veraltet", "Schreiben Sie „{near}“"),
        ("country codes in small letters are deprecated", "write “{near}”"),
    ),
    "italy-twice": (
        ("Die Abschnitte „IT“ und „it“ stehen beide da", "Löschen Sie „it“"),
        ("the sections “IT” and “it” are both there", "delete “it”"),
    ),
}
