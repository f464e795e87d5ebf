"""The one table of an entry's fields: checks, JSON Schema, documentation and forms all follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a single value of a field must be."""

    LINE = "line"  # one line of text
    TEXT = "text"  # text of several lines
    CHOICE = "choice"  # one of a closed list
    ADDRESS = "address"  # a web address
    EMAIL = "email"  # a functional mail address
    DATE = "date"  # YYYY, YYYY-MM or YYYY-MM-DD
    DAY = "day"  # YYYY-MM-DD
    COUNT = "count"  # a whole number from 1 up
    BODY = "body"  # AGS, district key or id of an organisation
    SPDX = "spdx"  # an SPDX licence expression
    LANGUAGE = "language"  # an ISO 639 code
    TOPIC = "topic"  # an id of entries/topics.yml
    SOLUTION = "solution"  # an id of another entry
    MODEL_PROJECT = "model-project"  # an id of entries/model-projects.yml
    FILE = "file"  # a picture beside the entry
    MAP = "map"  # several named values


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its kind, whether it repeats, and what people are told about it.

    `shortest` and `longest` are the numbers of characters that a single value may have, `most` the number
    of items in a list.
    """

    name: str
    kind: Kind
    de: str
    en: str
    hint_de: str = ""
    hint_en: str = ""
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    shortest: int = 1
    longest: int = 300
    most: int = 200


YES_NO = ("yes", "no")
KINDS = ("software", "service", "concept")
OPEN_SOURCE = ("yes", "announced", "not-confirmed")
PROVIDER_ROLES = ("owner", "developer", "operator", "maintainer")
REPOSITORY_ROLES = ("main", "component", "mirror", "copy", "adaptation", "group")
MATURITIES = ("concept", "development", "beta", "stable", "obsolete")
RELATIONS = ("uses", "partner", "develops")
STAGES = ("interested", "planned", "trial", "in-use", "ended")
FUNDED = ("yes", "no", "unknown")
PLATFORMS = ("web", "ios", "android", "linux", "windows", "mac", "server")
ORGANISATION_KINDS = (
    "amt",
    "borough",
    "region",
    "association",
    "it-provider",
    "company",
    "research",
    "foundation",
    "state",
    "community",
)
PROJECT_CATEGORIES = (
    "large-city",
    "medium-city",
    "small-town-or-rural",
    "city-or-municipality",
    "intermunicipal-or-district",
)

EVIDENCE = (
    Field(name="address", kind=Kind.ADDRESS, de="Adresse", en="Address", longest=2000),
    Field(
        name="source",
        kind=Kind.LINE,
        de="Quelle ohne Adresse",
        en="Source without address",
        hint_de="nur, wenn es keine Webadresse gibt",
        hint_en="only where there is no web address",
        longest=1000,
    ),
    Field(name="seen", kind=Kind.DATE, de="Gesehen am", en="Seen on"),
)


def _evidence(*, required: bool) -> Field:
    return Field(
        name="evidence",
        kind=Kind.MAP,
        de="Belege",
        en="Evidence",
        hint_de="wo es steht: je Beleg eine Adresse oder eine Quelle",
        hint_en="where it says so: an address or a source each",
        required=required,
        many=True,
        fields=EVIDENCE,
    )


def _text(name: str, de: str, en: str, hint_de: str, hint_en: str) -> Field:
    return Field(name=name, kind=Kind.TEXT, de=de, en=en, hint_de=hint_de, hint_en=hint_en, longest=4000)


SOLUTION_FIELDS: tuple[Field, ...] = (
    Field(
        name="name",
        kind=Kind.LINE,
        de="Name",
        en="Name",
        hint_de="wie die Lösung heißt",
        hint_en="what the solution is called",
        required=True,
        longest=120,
    ),
    Field(
        name="summary",
        kind=Kind.MAP,
        de="Kurzbeschreibung",
        en="Summary",
        hint_de="ein Satz: was sie tut und für wen",
        hint_en="one sentence: what it does and for whom",
        required=True,
        fields=(
            Field(name="de", kind=Kind.LINE, de="Deutsch", en="German", required=True, longest=250),
            Field(name="en", kind=Kind.LINE, de="Englisch", en="English", longest=250),
        ),
    ),
    Field(
        name="kind",
        kind=Kind.CHOICE,
        de="Art",
        en="Kind",
        hint_de="Software, Dienst oder nur ein Konzept",
        hint_en="software, a service, or a concept only",
        choices=KINDS,
    ),
    Field(
        name="open_source",
        kind=Kind.CHOICE,
        de="Open Source",
        en="Open source",
        hint_de="„yes“ nur, wenn die offene Lizenz belegt ist",
        hint_en="“yes” only where the open licence is evidenced",
        choices=OPEN_SOURCE,
    ),
    Field(
        name="providers",
        kind=Kind.MAP,
        de="Bereitgestellt von",
        en="Provided by",
        hint_de="wem sie gehört, wer sie entwickelt, betreibt oder pflegt",
        hint_en="who owns, develops, operates or maintains it",
        required=True,
        many=True,
        fields=(
            Field(name="body", kind=Kind.BODY, de="Stelle", en="Body", required=True),
            Field(
                name="role", kind=Kind.CHOICE, de="Rolle", en="Role", required=True, choices=PROVIDER_ROLES
            ),
        ),
    ),
    Field(
        name="funding",
        kind=Kind.MAP,
        de="Förderung",
        en="Funding",
        hint_de="ob das Bundesprogramm Modellprojekte Smart Cities sie fördert",
        hint_en="whether the federal programme Modellprojekte Smart Cities funds it",
        fields=(
            Field(
                name="mpsc",
                kind=Kind.CHOICE,
                de="Durch das Programm gefördert",
                en="Funded by the programme",
                required=True,
                choices=FUNDED,
            ),
            _text("note", "Hinweis", "Note", "", ""),
        ),
    ),
    Field(
        name="model_projects",
        kind=Kind.MODEL_PROJECT,
        de="Modellprojekte",
        en="Model projects",
        hint_de="Maßnahme welcher Modellprojekte (Kennungen aus model-projects.yml)",
        hint_en="measure of which model projects (ids of model-projects.yml)",
        many=True,
    ),
    Field(
        name="topics",
        kind=Kind.TOPIC,
        de="Themen",
        en="Topics",
        hint_de="Kennungen aus topics.yml, die wichtigste zuerst",
        hint_en="ids of topics.yml, the most important first",
        required=True,
        many=True,
        most=6,
    ),
    Field(
        name="tags",
        kind=Kind.LINE,
        de="Schlagwörter",
        en="Tags",
        hint_de="Wörter, unter denen jemand im Rathaus suchen würde",
        hint_en="words that someone in a town hall would search for",
        many=True,
        longest=60,
        most=20,
    ),
    Field(
        name="needs",
        kind=Kind.MAP,
        de="Wonach Menschen suchen",
        en="What people ask for",
        hint_de="wie jemand danach fragt, der die Lösung nicht kennt; die Suche kennt diese Worte dann",
        hint_en="how somebody asks who does not know the solution; the search then knows these words",
        fields=(
            Field(
                name="de",
                kind=Kind.LINE,
                de="Deutsch",
                en="German",
                many=True,
                shortest=3,
                longest=100,
                most=40,
            ),
            Field(
                name="en",
                kind=Kind.LINE,
                de="Englisch",
                en="English",
                many=True,
                shortest=3,
                longest=100,
                most=20,
            ),
        ),
    ),
    Field(
        name="repositories",
        kind=Kind.MAP,
        de="Repositorien",
        en="Repositories",
        hint_de="wo der Quelltext liegt",
        hint_en="where the source code lies",
        many=True,
        most=40,
        fields=(
            Field(
                name="address",
                kind=Kind.ADDRESS,
                de="Adresse",
                en="Address",
                required=True,
                longest=2000,
            ),
            Field(
                name="role",
                kind=Kind.CHOICE,
                de="Rolle",
                en="Role",
                required=True,
                choices=REPOSITORY_ROLES,
            ),
            Field(name="licence", kind=Kind.SPDX, de="Lizenz", en="Licence"),
            _text("note", "Hinweis", "Note", "", ""),
        ),
    ),
    Field(name="homepage", kind=Kind.ADDRESS, de="Webseite", en="Homepage", longest=2000),
    Field(name="documentation", kind=Kind.ADDRESS, de="Dokumentation", en="Documentation", longest=2000),
    Field(
        name="demo",
        kind=Kind.ADDRESS,
        de="Zum Ausprobieren",
        en="Demo",
        hint_de="eine laufende Fassung, die jeder öffnen kann",
        hint_en="a running version that anybody can open",
        longest=2000,
    ),
    Field(
        name="licence",
        kind=Kind.MAP,
        de="Lizenz",
        en="Licence",
        hint_de="unter welcher Lizenz der Quelltext steht und wo das steht",
        hint_en="the licence of the source code and where it is stated",
        fields=(
            Field(
                name="expression",
                kind=Kind.SPDX,
                de="SPDX-Ausdruck",
                en="SPDX expression",
                hint_de="fehlt, wenn keine Lizenz gesehen wurde",
                hint_en="absent where no licence was seen",
            ),
            Field(
                name="source",
                kind=Kind.TEXT,
                de="Fundstelle",
                en="Source",
                required=True,
                longest=2000,
            ),
            _text("note", "Hinweis", "Note", "Widersprüche und Offenes", "conflicts and open questions"),
        ),
    ),
    Field(
        name="maturity",
        kind=Kind.CHOICE,
        de="Reifegrad",
        en="Maturity",
        hint_de="nur, wo eine Quelle ihn nennt (developmentStatus in publiccode.yml); eingestellt = obsolete",
        hint_en="only where a source states it (publiccode.yml: developmentStatus); discontinued = obsolete",
        choices=MATURITIES,
    ),
    Field(
        name="milestones",
        kind=Kind.MAP,
        de="Stationen",
        en="Milestones",
        many=True,
        fields=(
            Field(name="date", kind=Kind.DATE, de="Datum", en="Date", required=True),
            Field(
                name="text", kind=Kind.TEXT, de="Was geschah", en="What happened", required=True, longest=1000
            ),
            _evidence(required=True),
        ),
    ),
    Field(
        name="contact",
        kind=Kind.MAP,
        de="Ansprechstelle",
        en="Contact",
        hint_de="eine Seite oder ein Funktionspostfach, nie die Adresse einer Person",
        hint_en="a page or a functional mailbox, never a person's address",
        required=True,
        fields=(
            Field(name="page", kind=Kind.ADDRESS, de="Seite", en="Page", longest=2000),
            Field(name="email", kind=Kind.EMAIL, de="E-Mail", en="E-mail"),
        ),
    ),
    Field(name="technologies", kind=Kind.LINE, de="Technik", en="Technologies", many=True, longest=80),
    Field(
        name="standards",
        kind=Kind.LINE,
        de="Offene Standards",
        en="Open standards",
        many=True,
        longest=80,
    ),
    Field(
        name="audience",
        kind=Kind.LINE,
        de="Für wen",
        en="Audience",
        hint_de="wer im Rathaus oder in der Stadt damit arbeitet",
        hint_en="who in the town hall or in town works with it",
        many=True,
        longest=120,
    ),
    Field(name="platforms", kind=Kind.CHOICE, de="Läuft auf", en="Runs on", many=True, choices=PLATFORMS),
    Field(name="languages", kind=Kind.LANGUAGE, de="Sprachen der Oberfläche", en="Languages", many=True),
    Field(name="based_on", kind=Kind.SOLUTION, de="Baut auf", en="Based on", many=True),
    Field(name="depends_on", kind=Kind.SOLUTION, de="Braucht", en="Depends on", many=True),
    _text(
        "operation",
        "Betrieb und Verstetigung",
        "Operation",
        "wer sie betreibt und pflegt, und was nach der Förderung geschieht",
        "who runs and maintains it, and what happens after the funding",
    ),
    Field(
        name="transfer",
        kind=Kind.MAP,
        de="Was die Übernahme braucht",
        en="What taking it over needs",
        fields=(
            _text("prerequisites", "Voraussetzungen", "Prerequisites", "", ""),
            _text("data", "Daten", "Data", "", ""),
            _text("staff", "Personal", "Staff", "", ""),
            _text("cost", "Kosten", "Cost", "", ""),
            _text("obstacles", "Bekannte Hürden", "Known obstacles", "", ""),
        ),
    ),
    Field(
        name="support",
        kind=Kind.MAP,
        de="Hilfe und Dienstleister",
        en="Support",
        many=True,
        fields=(
            Field(name="body", kind=Kind.BODY, de="Stelle", en="Body", required=True),
            Field(name="offer", kind=Kind.LINE, de="Angebot", en="Offer", required=True),
            Field(name="page", kind=Kind.ADDRESS, de="Seite", en="Page", longest=2000),
        ),
    ),
    _text("data_protection", "Datenschutz", "Data protection", "was dazu belegt ist", "what is evidenced"),
    _text("accessibility", "Barrierefreiheit", "Accessibility", "was dazu belegt ist", "what is evidenced"),
    Field(
        name="screenshots",
        kind=Kind.MAP,
        de="Bildschirmfotos",
        en="Screenshots",
        hint_de="Dateien (png, jpg, webp) neben dem Eintrag, mit einem Text für alle, die sie nicht sehen",
        hint_en="files (png, jpg, webp) beside the entry, with a text for everyone who cannot see them",
        many=True,
        most=10,
        fields=(
            Field(name="file", kind=Kind.FILE, de="Datei", en="File", required=True),
            Field(name="alt", kind=Kind.LINE, de="Textalternative", en="Text alternative", required=True),
        ),
    ),
    Field(
        name="reviewed",
        kind=Kind.DAY,
        de="Zuletzt durchgesehen",
        en="Last reviewed",
        hint_de="Tag, an dem jemand den ganzen Eintrag geprüft hat",
        hint_en="day on which somebody checked the whole entry",
    ),
    Field(
        name="reuses",
        kind=Kind.MAP,
        de="Nachnutzungen",
        en="Reuses",
        hint_de="wer sie nutzt, erprobt, mitentwickelt",
        hint_en="who uses, tries or co-develops it",
        many=True,
        most=5000,
        fields=(
            Field(name="body", kind=Kind.BODY, de="Stelle", en="Body", required=True),
            Field(
                name="relation",
                kind=Kind.CHOICE,
                de="Beziehung",
                en="Relation",
                required=True,
                choices=RELATIONS,
            ),
            Field(
                name="stage",
                kind=Kind.CHOICE,
                de="Stufe",
                en="Stage",
                hint_de="Pflicht bei „uses“",
                hint_en="required for “uses”",
                choices=STAGES,
            ),
            Field(name="scope", kind=Kind.LINE, de="Umfang", en="Scope"),
            Field(
                name="since",
                kind=Kind.DATE,
                de="Seit",
                en="Since",
                hint_de="nur, wo die Quelle einen Beginn nennt",
                hint_en="only where the source states a start",
            ),
            Field(name="until", kind=Kind.DATE, de="Bis", en="Until"),
            Field(
                name="seen",
                kind=Kind.DATE,
                de="Belegt für",
                en="Seen",
                hint_de="Zeit, von der die Quelle spricht",
                hint_en="the time that the source speaks of",
            ),
            Field(
                name="confirmed",
                kind=Kind.CHOICE,
                de="Belegt",
                en="Confirmed",
                required=True,
                choices=YES_NO,
            ),
            _text("note", "Hinweis", "Note", "", ""),
            _evidence(required=True),
        ),
    ),
    Field(
        name="stated_reach",
        kind=Kind.MAP,
        de="Genannte Verbreitung",
        en="Stated reach",
        hint_de="Quellen, die nur eine Zahl nennen",
        hint_en="sources that only give a number",
        many=True,
        fields=(
            Field(name="count", kind=Kind.COUNT, de="Anzahl", en="Count", required=True),
            Field(
                name="at_least", kind=Kind.CHOICE, de="Mindestens", en="At least", choices=("true", "false")
            ),
            Field(name="unit", kind=Kind.LINE, de="Wovon", en="Unit", required=True),
            Field(name="as_of", kind=Kind.DATE, de="Stand", en="As of"),
            Field(name="text", kind=Kind.TEXT, de="Wortlaut", en="Text", required=True, longest=1000),
            _evidence(required=True),
        ),
    ),
    Field(
        name="unconfirmed",
        kind=Kind.TEXT,
        de="Nicht bestätigt",
        en="Not confirmed",
        hint_de="was offen ist und wen man fragen müsste",
        hint_en="what is open and whom one would ask",
        many=True,
        longest=1000,
    ),
    _evidence(required=True),
)

ORGANISATION_FIELDS: tuple[Field, ...] = (
    Field(name="name", kind=Kind.LINE, de="Name", en="Name", required=True, longest=200),
    Field(name="short_name", kind=Kind.LINE, de="Kurzname", en="Short name", longest=60),
    Field(name="kind", kind=Kind.CHOICE, de="Art", en="Kind", required=True, choices=ORGANISATION_KINDS),
    Field(name="land", kind=Kind.LINE, de="Bundesland (2 Ziffern)", en="Land (2 digits)", longest=2),
    Field(name="members", kind=Kind.BODY, de="Mitglieder", en="Members", many=True, most=2000),
    Field(name="homepage", kind=Kind.ADDRESS, de="Webseite", en="Homepage", longest=2000),
    Field(
        name="note",
        kind=Kind.MAP,
        de="Hinweis",
        en="Note",
        fields=(
            Field(name="de", kind=Kind.TEXT, de="Deutsch", en="German", required=True, longest=1000),
            Field(name="en", kind=Kind.TEXT, de="Englisch", en="English", longest=1000),
        ),
    ),
)

MODEL_PROJECT_FIELDS: tuple[Field, ...] = (
    Field(name="name", kind=Kind.LINE, de="Name", en="Name", required=True, longest=200),
    Field(
        name="round",
        kind=Kind.CHOICE,
        de="Staffel",
        en="Round",
        required=True,
        choices=("2019", "2020", "2021"),
    ),
    Field(
        name="category",
        kind=Kind.CHOICE,
        de="Kategorie",
        en="Category",
        required=True,
        choices=PROJECT_CATEGORIES,
    ),
    Field(name="members", kind=Kind.BODY, de="Mitglieder", en="Members", required=True, many=True),
    Field(
        name="solutions",
        kind=Kind.SOLUTION,
        de="Lösungen",
        en="Solutions",
        hint_de="von einem Mitglied bereitgestellt, genutzt oder erprobt; sagt nichts über Förderung",
        hint_en="provided, used or tested by a member; says nothing about funding",
        many=True,
    ),
    Field(
        name="note",
        kind=Kind.MAP,
        de="Hinweis",
        en="Note",
        fields=(
            Field(name="de", kind=Kind.TEXT, de="Deutsch", en="German", required=True, longest=1000),
            Field(name="en", kind=Kind.TEXT, de="Englisch", en="English", longest=1000),
        ),
    ),
    _evidence(required=True),
)

TOPIC_FIELDS: tuple[Field, ...] = (
    Field(name="de", kind=Kind.LINE, de="Deutsch", en="German", required=True, longest=80),
    Field(name="en", kind=Kind.LINE, de="Englisch", en="English", required=True, longest=80),
    Field(
        name="description",
        kind=Kind.MAP,
        de="Beschreibung",
        en="Description",
        fields=(
            Field(name="de", kind=Kind.LINE, de="Deutsch", en="German", required=True),
            Field(name="en", kind=Kind.LINE, de="Englisch", en="English", required=True),
        ),
    ),
    Field(name="icon", kind=Kind.LINE, de="Symbol", en="Icon", longest=40),
    Field(name="parent", kind=Kind.TOPIC, de="Oberthema", en="Broader topic"),
)

SYNONYM_FIELDS: tuple[Field, ...] = (
    Field(
        name="words",
        kind=Kind.LINE,
        de="Wörter",
        en="Words",
        hint_de="heißen dasselbe, in jeder Richtung",
        hint_en="mean the same, in any direction",
        required=True,
        many=True,
        longest=60,
        most=40,
    ),
    Field(
        name="asked",
        kind=Kind.LINE,
        de="Gefragt als",
        en="Asked as",
        hint_de="Alltagswörter einer Frage, die diese Wörter meinen; nur in diese Richtung",
        hint_en="everyday words of a question that mean these words; in this direction only",
        many=True,
        longest=60,
        most=40,
    ),
    _evidence(required=True),
)


def walk(fields: tuple[Field, ...], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its dotted name, those inside maps after their map."""
    for field in fields:
        name = prefix + field.name
        yield name, field
        yield from walk(field.fields, name + ".")
