"""Settings: one table, read once from the environment, handed on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

from catalogue.setting_table import PREFIX, SETTINGS

_SHORTEST_KEY = 32
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
TESTS = "CATALOGUE_TESTS_"  # what the test suite alone reads


class BadSetting(ValueError):
    """A setting that cannot be meant; the text says which one and how to mend it."""


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
    secret_key: str
    proxies: int
    smtp: str  # read by outside.mail: no password is ever part of an error
    mail_from: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_roles: str
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
        _check_login_service(value)
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
            secret_key=_long_enough("secret_key", value["secret_key"]),
            proxies=_count("proxies", value["proxies"], most=5, least=0),
            smtp=value["smtp"],
            mail_from=_mail("mail_from", value["mail_from"]) or value["office_email"],
            oidc_issuer=_web_address("oidc_issuer", value["oidc_issuer"]).rstrip("/"),
            oidc_client_id=value["oidc_client_id"],
            oidc_client_secret=value["oidc_client_secret"],
            oidc_roles=value["oidc_roles"],
            semantic=_is_auto("semantic", value["semantic"]),
        )


def _check_login_service(value: Mapping[str, str]) -> None:
    """A login service needs to know who asks and where to lead back to, a private way, and its library."""
    issuer = value["oidc_issuer"]
    if not issuer:
        return
    for name in ("oidc_client_id", "base_url"):
        if not value[name]:
            raise BadSetting(f"{PREFIX}OIDC_ISSUER: needs {PREFIX}{name.upper()} as well")
    if not issuer.startswith("https://") and urlsplit(issuer).hostname not in _LOOPBACK:
        raise BadSetting(f"{PREFIX}OIDC_ISSUER: {issuer!r} is no private address; begin it with https://")
    if find_spec("authlib") is None or find_spec("requests") is None:
        raise BadSetting(
            f"{PREFIX}OIDC_ISSUER: OpenID Connect needs an extra that is not installed; run:"
            " pip install 'reuse-catalogue[oidc]'"
        )


def _is_on(name: str, text: str) -> bool:
    if text not in ("on", "off"):
        raise BadSetting(f"{PREFIX}{name.upper()}: {text!r} is neither on nor off")
    return text == "on"


def _count(name: str, text: str, *, most: int, least: int = 1) -> int:
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise BadSetting(f"{PREFIX}{name.upper()}: {text!r} is no whole number from {least} to {most}")
    return int(text)


def _long_enough(name: str, text: str) -> str:
    if text and len(text) < _SHORTEST_KEY:
        raise BadSetting(
            f"{PREFIX}{name.upper()}: too short; write at least {_SHORTEST_KEY} random characters"
        )
    return text


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
