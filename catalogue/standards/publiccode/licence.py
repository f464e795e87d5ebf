"""Licence expressions by the letter: operators in capitals, ids of the SPDX list, single blanks between.

`catalogue.standards.spdx` understands what people mean; this says whether publiccode.yml accepts it.
"""

import re
from functools import lru_cache

from license_expression import get_spdx_licensing

from catalogue.standards.spdx import NEWER

_TOKEN = re.compile(
    r" *(?:(?P<operator>WITH|AND|OR|[():+])|(?P<reference>(?:DocumentRef|LicenseRef)-[A-Za-z0-9.-]+)"
    r"|(?P<id>[A-Za-z0-9.-]+))"
)
# Facts of the SPDX list 3.28 that the list which comes with `license-expression` lacks.
_NEWER_EXCEPTIONS = """
classpath-exception-2.0-short google-patent-webm kvirc-openssl-exception rsync-linking-exception
simple-library-usage-exception sqlitestudio-openssl-exception
"""
_NOT_ON_THE_LIST = frozenset(("bsd-2", "gpl"))  # names that people use, not ids


class _Refused(ValueError):
    """The expression ends here."""


def is_strict_expression(text: str) -> bool:
    """Whether the text is an SPDX expression. The case of ids does not count, that of operators does."""
    try:
        tokens = _tokens(text)
        rest = _either(tokens, 0)
    except (_Refused, RecursionError):
        return False
    return bool(tokens) and rest == len(tokens)


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Ids of licences and of exceptions, in small letters."""
    licences, exceptions = {one.lower() for one in NEWER}, set(_NEWER_EXCEPTIONS.split())
    for key, symbol in get_spdx_licensing().known_symbols.items():
        ours = exceptions if symbol.is_exception else licences
        ours |= {name.lower() for name in (key, *symbol.aliases) if not key.startswith("LicenseRef-")}
    return frozenset(licences - _NOT_ON_THE_LIST), frozenset(exceptions)


def _tokens(text: str) -> list[str]:
    """Operators, references, `licence` and `exception`. Raises `_Refused`."""
    tokens: list[str] = []
    place = 0
    text = text.rstrip(" ")
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or (match["operator"] == "+" and match.group().startswith(" ")):
            raise _Refused
        place = match.end()
        if match["id"]:
            tokens.append(_kind(match["id"]))
        else:
            tokens.append(match["operator"] or match["reference"].partition("-")[0])
    return tokens


def _kind(name: str) -> str:
    licences, exceptions = _lists()
    lower = name.lower()
    if lower in licences:
        return "licence"
    if lower in exceptions:
        return "exception"
    for ending in ("-only", "-or-later"):  # of any licence, though the list has them for few
        if name.endswith(ending) and lower.removesuffix(ending) in licences:
            return "licence"
    raise _Refused


def _either(tokens: list[str], at: int) -> int:
    return _chain(tokens, at, "OR")


def _chain(tokens: list[str], at: int, operator: str) -> int:
    """Parts with an operator between them; where they end."""
    while True:
        at = _chain(tokens, at, "AND") if operator == "OR" else _atom(tokens, at)
        if at >= len(tokens) or tokens[at] != operator:
            return at
        at += 1


def _atom(tokens: list[str], at: int) -> int:
    def token(index: int) -> str:
        return tokens[index] if index < len(tokens) else ""

    if token(at) == "(":
        at = _either(tokens, at + 1)
        if token(at) != ")":
            raise _Refused
        return at + 1
    if token(at) == "DocumentRef" and token(at + 1) == ":":
        at += 2
        if token(at) != "LicenseRef":
            raise _Refused
    if token(at) == "LicenseRef":
        return at + 1
    if token(at) != "licence":
        raise _Refused
    at += 1 + (token(at + 1) == "+")
    if token(at) != "WITH":
        return at
    if token(at + 1) != "exception":
        raise _Refused
    return at + 2
