"""The words that generated entries are written with, beside the shipped list of parts of compounds."""

# How many of a thousand running words of German prose; of the general language, rounded.
FUNCTION_WORDS: dict[str, float] = {
    "der": 28, "die": 30, "und": 27, "in": 16, "den": 11, "von": 9, "zu": 10, "mit": 9, "das": 9,
    "sich": 6, "des": 8, "auf": 8, "für": 10, "ist": 9, "im": 8, "dem": 7, "nicht": 6, "ein": 7,
    "eine": 7, "als": 5, "auch": 5, "es": 4, "an": 5, "werden": 7, "aus": 5, "er": 1, "hat": 3,
    "dass": 3, "sie": 6, "nach": 4, "wird": 5, "bei": 4, "einer": 4, "um": 3, "am": 3, "sind": 5,
    "noch": 2, "wie": 4, "einem": 3, "über": 4, "einen": 4, "so": 2, "zum": 4, "war": 1, "haben": 2,
    "nur": 2, "oder": 4, "aber": 2, "vor": 2, "zur": 4, "bis": 2, "mehr": 2, "durch": 3, "man": 1,
    "sein": 1, "wurde": 2, "wenn": 2, "können": 4, "alle": 2, "kann": 4, "unter": 2, "hier": 1,
    "wir": 1, "beim": 2, "seit": 1, "damit": 2, "diese": 2, "dieser": 1, "dieses": 1, "ihre": 2,
    "jede": 1, "andere": 1, "dazu": 1, "dafür": 1, "muss": 1, "soll": 1, "sollen": 1, "ohne": 1,
    "eigenen": 1, "welche": 1, "zwischen": 1, "keine": 1, "etwa": 1, "gibt": 1, "wurden": 1,
    "deren": 1, "ihrer": 1, "ihren": 1, "sowie": 2, "dabei": 1, "bereits": 1, "weil": 1, "dann": 1,
}  # fmt: skip
# Kept together in descending order of frequency; what is not named follows in an order of its own.
COMMON = (
    *("stadt", "daten", "kommune", "bürger", "verwaltung", "projekt", "plattform", "anwendung", "karte"),
    *("software", "gemeinde", "beteiligung", "information", "verkehr", "angebot", "dienst", "nutzung"),
    *("planung", "entwicklung", "betrieb", "system", "portal", "energie", "umwelt", "klima", "sensor"),
    *("wasser", "straße", "gebäude", "fläche", "meldung", "kosten", "aufgabe", "schnittstelle", "quelle"),
    *("server", "nutzer", "region", "land", "schule", "kultur", "wohnung", "parken", "rad", "bus"),
)
VERBS = (
    *("nutzen", "zeigen", "melden", "planen", "erfassen", "verwalten", "bereitstellen", "entwickeln"),
    *("betreiben", "prüfen", "auswerten", "veröffentlichen", "unterstützen", "verbinden", "bearbeiten"),
    *("beantragen", "übernehmen", "anpassen", "messen", "sammeln", "teilen", "finden", "suchen", "buchen"),
    *("erweitern", "einführen", "steuern", "berechnen", "vergleichen", "darstellen", "weiterleiten"),
    *("speichern", "abstimmen", "informieren", "beraten", "fördern", "bewerten", "erreichen", "pflegen"),
    *("installieren", "aktualisieren", "einrichten", "ermöglichen", "vereinfachen", "begleiten", "testen"),
)
ADJECTIVES = (
    *("offen", "digital", "kommunal", "öffentlich", "neu", "städtisch", "einfach", "frei", "lokal"),
    *("mobil", "aktuell", "interaktiv", "nachhaltig", "barrierefrei", "zentral", "technisch", "regional"),
    *("verfügbar", "automatisch", "verschieden", "gemeinsam", "sicher", "wichtig", "persönlich", "klein"),
    *("groß", "jährlich", "zuständig", "ländlich", "sozial", "räumlich", "historisch", "ehrenamtlich"),
    *("elektronisch", "direkt", "schnell", "kostenlos", "unabhängig", "transparent", "modular"),
)
ENGLISH = (
    *("the", "of", "and", "to", "in", "a", "for", "is", "with", "on", "by", "that", "as", "are", "from"),
    *("city", "data", "open", "map", "platform", "municipal", "residents", "software", "public", "digital"),
    *("planning", "service", "town", "participation", "sensor", "traffic", "energy", "report", "water"),
    *("building", "search", "school", "street", "users", "management", "climate", "parking", "dashboard"),
    *("application", "information", "council", "local", "environment", "region", "simple", "project"),
    *("mobility", "culture", "housing", "survey", "defect", "proposal", "forecast", "register", "tree"),
)
# Beginnings and endings of the rarer English words.
ENGLISH_STEMS = (
    *("account", "adapt", "assess", "balanc", "calculat", "collect", "connect", "construct", "contract"),
    *("coordinat", "detect", "develop", "document", "estimat", "evaluat", "filter", "govern", "illustrat"),
    *("improv", "indicat", "install", "integrat", "invest", "light", "locat", "maintain", "measur", "model"),
    *("monitor", "navigat", "notif", "observ", "operat", "organis", "perform", "predict", "present"),
    *(
        "process",
        "protect",
        "publish",
        "record",
        "reduc",
        "regulat",
        "respond",
        "restor",
        "select",
        "simulat",
    ),
    *("structur", "support", "survey", "test", "track", "train", "transform", "transport", "validat", "view"),
)
ENGLISH_ENDINGS = ("ed", "ing", "ion", "or", "ors", "able", "ive", "ions", "ment", "ingly")
TECHNOLOGIES = (
    *("Python", "JavaScript", "PostgreSQL", "Docker", "TypeScript", "Java", "React", "Vue.js", "Django"),
    *("OpenLayers", "Node.js", "PHP", "Kubernetes", "PostGIS", "Leaflet", "LoRaWAN", "Angular", "FIWARE"),
    *("Ruby on Rails", "Keycloak", "GeoServer", "MQTT", "Grafana", "Symfony", "Laravel", "Flutter", "Kotlin"),
    *("Spring Boot", "Elasticsearch", "Redis", "CKAN", "QGIS", "MapServer", "Node-RED", "InfluxDB", "Swift"),
    *("TYPO3", "WordPress", "Drupal", "Svelte", "Next.js", "Go", "Rust", "FastAPI", "Flask", "GraphQL"),
)
LICENCES: dict[str, float] = {
    "": 16, "MIT": 20, "AGPL-3.0-or-later": 14, "GPL-3.0-or-later": 12, "EUPL-1.2": 12,
    "Apache-2.0": 12, "AGPL-3.0-only": 5, "GPL-2.0-or-later": 3, "BSD-3-Clause": 3, "LGPL-3.0-only": 1,
    "MPL-2.0": 1, "EUPL-1.2 OR MIT": 1,
}  # fmt: skip
MATURITIES: dict[str, float] = {
    "": 40, "stable": 30, "beta": 12, "development": 10, "concept": 4, "obsolete": 4,
}  # fmt: skip
KINDS: dict[str, float] = {"software": 80, "service": 14, "concept": 6}
HEADINGS = ("Was es tut", "Für wen", "Was eine Kommune zur Übernahme braucht")
SYLLABLES = (
    *("na", "ve", "lo", "ri", "ka", "mo", "ti", "du", "sa", "ne", "fi", "gra", "pol", "tor", "vis", "dex"),
    *("qua", "zen", "bru", "ly", "xo", "ham", "jel", "wig", "oss", "ert", "anf", "ulk", "imm", "yp"),
)
