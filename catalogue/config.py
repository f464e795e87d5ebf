"""Settings: one table, read once from the environment, handed on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

PREFIX = "CATALOGUE_"
TESTS = "CATALOGUE_TESTS_"  # what the test suite alone reads


class BadSetting(ValueError):
    """A setting that cannot be meant; the text says which one and how to mend it."""


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
        name="semantic",
        default="auto",
        de="Suche nach der Bedeutung: auto (wo das Extra semantic installiert ist) oder off; gilt ab dem"
        " nächsten Veröffentlichen",
        en="search by meaning: auto (where the extra semantic is installed) or off; takes effect with the"
        " next publication",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. Paths are absolute; empty texts mean "not set"."""

    data: Path
    database_url: str
    entries: Path | None
    base_url: str
    operator: str
    operator_address: tuple[str, ...]
    operator_phone: str
    office_email: str
    privacy_officer: str
    source_url: str
    harvest: bool
    harvest_jobs: int
    forge_tokens: str  # read by harvest.settings: no token is ever part of an error
    forges: str
    harvest_loopback: str
    semantic: bool

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read CATALOGUE_* variables. Raises `BadSetting` for what cannot be meant."""
        known = {setting.variable for setting in SETTINGS}
        for variable in environ:
            if variable.startswith(PREFIX) and variable not in known and not variable.startswith(TESTS):
                raise BadSetting(
                    f"{variable}: there is no such setting; known are {', '.join(sorted(known))}"
                )
        value = {s.name: environ.get(s.variable, "").strip() or s.default for s in SETTINGS}
        data = Path(value["data"]).expanduser().absolute()
        return cls(
            data=data,
            database_url=_database(value["database_url"], data),
            entries=Path(value["entries"]).expanduser().absolute() if value["entries"] else None,
            base_url=_web_address("base_url", value["base_url"]).rstrip("/"),
            operator=value["operator"],
            operator_address=tuple(x.strip() for x in value["operator_address"].split("|") if x.strip()),
            operator_phone=value["operator_phone"],
            office_email=_mail("office_email", value["office_email"]),
            privacy_officer=_mail("privacy_officer", value["privacy_officer"]),
            source_url=_web_address("source_url", value["source_url"]).rstrip("/"),
            harvest=_is_on("harvest", value["harvest"]),
            harvest_jobs=_count("harvest_jobs", value["harvest_jobs"], most=32),
            forge_tokens=value["forge_tokens"],
            forges=value["forges"],
            harvest_loopback=value["harvest_loopback"],
            semantic=_is_auto("semantic", value["semantic"]),
        )


def _is_on(name: str, text: str) -> bool:
    if text not in ("on", "off"):
        raise BadSetting(f"{PREFIX}{name.upper()}: {text!r} is neither on nor off")
    return text == "on"


def _count(name: str, text: str, *, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= most):
        raise BadSetting(f"{PREFIX}{name.upper()}: {text!r} is no whole number from 1 to {most}")
    return int(text)


def _is_auto(name: str, text: str) -> bool:
    if text not in ("auto", "off"):
        raise BadSetting(f"{PREFIX}{name.upper()}: {text!r} is neither auto nor off")
    return text == "auto"


def _database(url: str, data: Path) -> str:
    if not url:
        # A data folder may hold any character; in an address a percent sign is an escape.
        return f"sqlite:///{quote(str(data / 'catalogue.db'), safe='/: ')}"
    if url.startswith("postgres://"):  # what hosting services hand out
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("CATALOGUE_DATABASE_URL: begin it with sqlite:/// or postgresql://")
    if url.startswith("postgresql") and find_spec("psycopg") is None:
        raise BadSetting(
            "CATALOGUE_DATABASE_URL: PostgreSQL needs a driver that is not installed; run:"
            " pip install 'psycopg[binary]'"
        )
    return url


def _web_address(name: str, value: str) -> str:
    if value and not _is_web_address(value):
        raise BadSetting(f"{PREFIX}{name.upper()}: {value!r} is no web address; write https://host/path")
    return value


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # read here, since a port that is no number is noticed no earlier
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query


def _mail(name: str, value: str) -> str:
    if value and (value.count("@") != 1 or any(c.isspace() or c in '<>"?&' for c in value)):
        raise BadSetting(f"{PREFIX}{name.upper()}: {value!r} is no mail address; write name@host")
    return value


assert {setting.name for setting in SETTINGS} == {field.name for field in fields(Settings)}
