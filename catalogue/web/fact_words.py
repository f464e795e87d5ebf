"""What looks have read, in words: each value as people read it, whatever strangers wrote."""

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from flask_babel import format_decimal, gettext, lazy_gettext, ngettext

from catalogue.domain.snapshot import Plain, Question
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.standard_names import STANDARDS
from catalogue.web.voices import PACKAGING

_ = lazy_gettext
LONGEST = 200  # signs of a value that strangers wrote
ORIGIN = {
    "fork": _("Abspaltung (Fork) von"),
    "mirror": _("Spiegel von"),
    "based-on": _("Beruht auf"),
}


def short(text: object, longest: int = LONGEST) -> str:
    """What a stranger wrote as one line of bounded length, without signs that do not show."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def shown_address(address: str) -> str:
    """An address as people read it."""
    return short(address.partition("://")[2].removeprefix("www.").rstrip("/") or address, 120)


def value_words(question: Question, value: Plain) -> str:
    """A value in words."""
    if isinstance(value, Mapping):
        return short(_MAPS.get(question, _first)(value))
    if isinstance(value, tuple):
        return short(", ".join(str(one) for one in value))
    return short(_PLAIN.get(question, str)(value))


def standard_name(value: Plain) -> str:
    """The name of a standard, as its community writes it."""
    name = str(value.get("id", "")) if isinstance(value, Mapping) else str(value)
    return STANDARDS.get(name, name)


def package_words(value: Plain) -> str:
    """What there is to install: its kind and its name."""
    if not isinstance(value, Mapping):
        return short(value)
    return f"{labels.word(PACKAGING, str(value.get('kind', '')))}: {value.get('name', '')}"


def _licence(value: Plain) -> str:
    if value in ("NONE", "NOASSERTION"):
        return str(gettext("keine Lizenz") if value == "NONE" else gettext("keine bekannte Lizenz"))
    return str(value)


def _dependency(value: Plain) -> str:
    """A package URL as its name with its register: `pkg:npm/%40org/name` is "@org/name (npm)"."""
    kind, slash, name = str(value).removeprefix("pkg:").partition("/")
    return f"{unquote(name)} ({kind})" if slash and str(value).startswith("pkg:") else str(value)


def _first(value: Mapping[str, Plain]) -> str:
    """The text in the reader's language, else the first one that there is."""
    told = value.get(current_language()) or value.get("de") or value.get("en")
    return str(told or next((one for one in value.values() if isinstance(one, str)), ""))


def _contact(value: Mapping[str, Plain]) -> str:
    return ", ".join(str(value[key]) for key in ("email", "page") if value.get(key))


def _origin(value: Mapping[str, Plain]) -> str:
    kind, address = str(value.get("kind", "")), str(value.get("address", ""))
    return f"{labels.word(ORIGIN, kind)} {shown_address(address)}"


def _reaction(value: Mapping[str, Plain]) -> str:
    """How fast issues are answered, and how many were looked at."""
    days, issues = value.get("days"), value.get("issues")
    if not isinstance(days, int | float) or not isinstance(issues, int):
        return str(gettext("nicht bekannt"))
    return str(
        ngettext(
            "nach %(days)s Tagen (mittlerer Wert aus %(num)s Meldung)",
            "nach %(days)s Tagen (mittlerer Wert aus %(num)s Meldungen)",
            issues,
            days=format_decimal(days),
        )
    )


def _verdict(value: Mapping[str, Plain]) -> str:
    counts = {"errors": value.get("errors", 0), "warnings": value.get("warnings", 0)}
    if value.get("valid") is True:
        return str(gettext("entspricht dem Standard (Warnungen: %(warnings)s)", **counts))
    return str(
        gettext("entspricht nicht dem Standard (Fehler: %(errors)s, Warnungen: %(warnings)s)", **counts)
    )


# question -> its value in words, where that is more than the value itself
_PLAIN: Mapping[Question, Callable[[Plain], str]] = {
    Question.LICENCE: _licence,
    Question.MATURITY: lambda value: labels.word(labels.MATURITY, str(value)),
    Question.ARCHIVED: lambda value: gettext("archiviert") if value is True else gettext("nicht archiviert"),
    Question.DEPENDENCY: _dependency,
    Question.STANDARDS: standard_name,
}
_MAPS: Mapping[Question, Callable[[Mapping[str, Plain]], str]] = {
    Question.CONTACT: _contact,
    Question.ORIGIN: _origin,
    Question.PACKAGING: package_words,
    Question.PUBLICCODE: _verdict,
    Question.REACTION: _reaction,
    Question.STANDARDS: standard_name,
}
