"""What a single value must be: each rule is a predicate with the code of its problem."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from catalogue.standards.publiccode import vocabularies as lists
from catalogue.standards.publiccode.graphemes import count_graphemes
from catalogue.standards.publiccode.languages import is_language_tag
from catalogue.standards.publiccode.licence import is_strict_expression
from catalogue.standards.publiccode.url import Url, is_http_url, is_uri, is_url

LONGEST_GENERIC, LONGEST_SHORT, SHORTEST_LONG, LONGEST_LONG = 35, 150, 150, 10_000
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MIME = re.compile(r" *[A-Za-z0-9][A-Za-z0-9!#$&^_-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126} *")
# Forms of the codes in Italy's register of administrations; schools have the long one.
_ITALIAN_CODE = re.compile(
    r"istsc_[a-z]{4}[a-z0-9]{6}|[a-z0-9]{1,8}|(?=.{2,11}$)[a-z0-9]{1,6}_[a-z0-9]{0,8}", re.IGNORECASE
)
ITALIAN_URN = "urn:x-italian-pa:"
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|\"[^\"\\\r\n]*\"")
_DOMAIN = re.compile(r"[^\W_](?:[\w.~-]*[^\W_])?\.?")


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, YYYY-MM-DD."""
    match = _DATE.fullmatch(text)
    if not match or not text.isascii():
        return False
    year, month, day = map(int, match.groups())
    try:
        date(year or 4, month, day)  # Python knows no year 0; it is a leap year as the year 4 is
    except ValueError:
        return False
    return True


def is_email(text: str) -> bool:
    """Whether the text is a mail address with a dot in its domain."""
    local, _, domain = text.rpartition("@")
    if len(text) > 320 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return False
    ending = domain.rstrip(".").rpartition(".")
    return (
        bool(ending[0]) and not ending[2][0].isdigit() and not ending[2][-1].isdigit() and ".." not in domain
    )


def is_italian_code(text: str) -> bool:
    """Whether the text has the form of a code in Italy's register of administrations (iPA)."""
    return _ITALIAN_CODE.fullmatch(text) is not None


def is_organisation_uri(text: str) -> bool:
    """Whether the text is a URL or URN; of Italian administrations also the code."""
    if text.lower().startswith(ITALIAN_URN):
        return is_italian_code(text[len(ITALIAN_URN) :])
    return is_uri(text)


def is_supported(text: str) -> bool:
    """Whether the text is `alias:` with a known alias, or any URL or URN."""
    alias, separator, name = text.partition(":")
    return name in lists.ALIASES if (alias, separator) == ("alias", ":") else is_uri(text)


def is_country(text: str) -> bool:
    """Whether the text is a country code, all in capitals or (as it was once) all in small letters."""
    return text.upper() in lists.COUNTRIES and (text.isupper() or text.islower())


def _one_of(words: Collection[str]) -> Callable[[str], bool]:
    return lambda text: text in words


def _at_most(longest: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= longest or count_graphemes(text, longest + 1) <= longest


TextRule = tuple[Callable[[str], bool], str, Mapping[str, str]]
_WORDS: dict[str, tuple[str, ...]] = {
    "development-status": lists.DEVELOPMENT_STATUS,
    "software-type": lists.SOFTWARE_TYPES,
    "maintenance-type": lists.MAINTENANCE_TYPES,
    "country-extension": lists.COUNTRY_EXTENSIONS,
}
# rule -> (predicate, code, facts of the sentence)
TEXT_RULES: Mapping[str, TextRule] = {
    **{name: (_one_of(words), "one-of", {"allowed": ", ".join(words)}) for name, words in _WORDS.items()},
    "date": (is_date, "date", {}),
    "email": (is_email, "email", {}),
    "mime": (lambda text: _MIME.fullmatch(text) is not None, "mime", {}),
    "category": (_one_of(lists.CATEGORIES), "category", {}),
    "scope": (_one_of(lists.SCOPES), "scope", {}),
    "country": (is_country, "country", {}),
    "language": (is_language_tag, "language", {}),
    "licence": (is_strict_expression, "licence", {}),
    "organisation-uri": (is_organisation_uri, "organisation-uri", {}),
    "supports": (is_supported, "supports", {}),
    "italian-code": (is_italian_code, "italian-code", {}),
    "length-generic": (_at_most(LONGEST_GENERIC), "too-long", {"longest": str(LONGEST_GENERIC)}),
    "length-short": (_at_most(LONGEST_SHORT), "too-long", {"longest": str(LONGEST_SHORT)}),
    "length-long": (_at_most(LONGEST_LONG), "too-long", {"longest": str(LONGEST_LONG)}),
}
UrlRule = tuple[Callable[[Url], bool], str]
URL_RULES: Mapping[str, UrlRule] = {
    "url": (is_url, "url"),
    "http-url": (is_http_url, "http-url"),
    "video": (is_http_url, "http-url"),
}


def is_long_enough(text: str) -> bool:
    """Whether a long description is as long as the standard asks for."""
    return count_graphemes(text, SHORTEST_LONG) >= SHORTEST_LONG
