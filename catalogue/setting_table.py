"""The table of settings: each with its variable, its default and what it is for."""

from dataclasses import dataclass

PREFIX = "CATALOGUE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: its variable, its default and what it is for, in both languages."""

    name: str
    default: str
    de: str
    en: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="data",
        default="var",
        de="Ordner für Datenbank und Suchindex",
        en="folder of the database and the search index",
    ),
    Setting(
        name="database_url",
        default="",
        de="Datenbank; leer: SQLite im Datenordner",
        en="database; empty: SQLite in the data folder",
    ),
    Setting(
        name="entries",
        default="",
        de="Ordner der Einträge; leer: die mitgelieferten",
        en="folder of the entries; empty: the shipped ones",
    ),
    Setting(
        name="base_url",
        default="",
        de="öffentliche Adresse, etwa https://katalog.example; leer: die der Anfrage",
        en="public address, such as https://catalogue.example; empty: that of the request",
    ),
    Setting(
        name="operator",
        default="",
        de="Name der Stelle, die den Katalog betreibt (Impressum)",
        en="name of the body that runs the catalogue (imprint)",
    ),
    Setting(
        name="operator_address",
        default="",
        de="Anschrift der Stelle; Zeilen mit | getrennt",
        en="postal address of the body; lines separated by |",
    ),
    Setting(
        name="operator_phone",
        default="",
        de="Telefonnummer der Stelle",
        en="telephone number of the body",
    ),
    Setting(
        name="office_email",
        default="",
        de="Funktionspostfach der Koordinierungsstelle für Hinweise und Fragen",
        en="functional mailbox of the coordination office for hints and questions",
    ),
    Setting(
        name="privacy_officer",
        default="",
        de="Kontakt zum Datenschutz (Mailadresse)",
        en="contact for data protection (mail address)",
    ),
    Setting(
        name="source_url",
        default="",
        de="Adresse des Quelltextes, in dem Einträge vorgeschlagen werden",
        en="address of the source repository where entries are submitted",
    ),
    Setting(
        name="harvest",
        default="on",
        de="Repositorien ansehen: on oder off; bei off fragt der Worker niemanden",
        en="look at repositories: on or off; with off the worker asks nobody",
    ),
    Setting(
        name="harvest_jobs",
        default="4",
        de="wie viele Repositorien zugleich angesehen werden (1 bis 32)",
        en="how many repositories are looked at at the same time (1 to 32)",
    ),
    Setting(
        name="forge_tokens",
        default="",
        de="Zugangsschlüssel je Plattform, etwa github.com=abc gitlab.opencode.de=def; jeder geht nur an"
        " seine Plattform",
        en="access tokens by forge, such as github.com=abc gitlab.opencode.de=def; each goes to its own"
        " forge only",
    ),
    Setting(
        name="forges",
        default="",
        de="Art weiterer Plattformen, etwa git.stadt.example=forgejo code.kreis.example=gitlab",
        en="kinds of further forges, such as git.town.example=forgejo code.county.example=gitlab",
    ),
    Setting(
        name="harvest_loopback",
        default="",
        de="nur für Tests: Adressen dieser Maschine, die die Ernte ansehen darf, etwa 127.0.0.1",
        en="for tests only: addresses of this machine that the harvest may look at, such as 127.0.0.1",
    ),
    Setting(
        name="secret_key",
        default="",
        de="Schlüssel (mindestens 32 Zeichen) für Formulare und Zähler; leer: einer im Datenordner, der beim"
        " ersten Bedarf entsteht. Mehrere Rechner brauchen denselben",
        en="key (at least 32 characters) for forms and counters; empty: one in the data folder, made when it"
        " is first needed. Several machines need the same one",
    ),
    Setting(
        name="proxies",
        default="0",
        de="wie viele eigene Proxys vor dem Webserver stehen (0 bis 5); danach richtet sich, welche Adresse"
        " einer Anfrage gezählt wird",
        en="how many proxies of your own stand before the web server (0 to 5); this decides which address of"
        " a request is counted",
    ),
    Setting(
        name="smtp",
        default="",
        de="Mailserver, etwa smtp://name:passwort@mail.example:587 (mit STARTTLS) oder smtps://…:465; leer:"
        " Mails werden Dateien im Datenordner",
        en="mail server, such as smtp://name:password@mail.example:587 (with STARTTLS) or smtps://…:465;"
        " empty: mails become files in the data folder",
    ),
    Setting(
        name="mail_from",
        default="",
        de="Absender der Mails; leer: das Postfach der Koordinierungsstelle",
        en="sender of mails; empty: the mailbox of the coordination office",
    ),
    Setting(
        name="oidc_issuer",
        default="",
        de="Anmeldedienst (OpenID Connect) der Koordinierungsstelle, etwa https://login.example/realms/kts;"
        " braucht das Extra oidc",
        en="login service (OpenID Connect) of the coordination office, such as"
        " https://login.example/realms/kts; needs the extra oidc",
    ),
    Setting(
        name="oidc_client_id",
        default="",
        de="Kennung des Katalogs beim Anmeldedienst",
        en="identifier of the catalogue at the login service",
    ),
    Setting(
        name="oidc_client_secret",
        default="",
        de="Geheimnis des Katalogs beim Anmeldedienst",
        en="secret of the catalogue at the login service",
    ),
    Setting(
        name="oidc_roles",
        default="",
        de="welche Gruppe des Anmeldedienstes welche Rolle gibt, etwa groups:kts-lesen=reader"
        " groups:kts=editor; leer: nur Konten, die es schon gibt",
        en="which group of the login service gives which role, such as groups:kts-read=reader"
        " groups:kts=editor; empty: only accounts that exist already",
    ),
    Setting(
        name="semantic",
        default="auto",
        de="Suche nach der Bedeutung: auto (wo das Extra semantic installiert ist) oder off; gilt ab dem"
        " nächsten Veröffentlichen",
        en="search by meaning: auto (where the extra semantic is installed) or off; takes effect with the"
        " next publication",
    ),
)
