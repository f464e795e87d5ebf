"""SPDX licence expressions: parse them, name the licences in them, suggest what was meant.

Grammar: SPDX specification 2.3, annex D. The list of ids comes with `license-expression`.
"""

import difflib
import re
from functools import lru_cache

from license_expression import (
    AND,
    OR,
    ExpressionError,
    LicenseSymbol,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)

_REF = "LicenseRef-"
LICENSE_REF = re.compile(_REF + r"[A-Za-z0-9.-]+")
# Licences of the SPDX list 3.28 that the list which comes with `license-expression` lacks.
NEWER = frozenset({
    "Advanced-Cryptics-Dictionary", "ALGLIB-Documentation", "BOLA-1.1", "BSD-3-Clause-Tso",
    "BSD-Mark-Modifications", "Buddy", "CAPEC-tou", "ESA-PL-permissive-2.4",
    "ESA-PL-strong-copyleft-2.4", "ESA-PL-weak-copyleft-2.4", "GPL-2.0-with-bison-exception",
    "HPND-sell-variant-critical-systems", "HPND-SMC", "hyphen-bulgarian", "ISO-permission", "MIT-STK",
    "MMPL-1.0.1", "Net-SNMP", "NIST-PD-TNT", "OpenMDW-1.0", "OSC-1.0", "OSSP", "ParaType-Free-Font-1.3",
    "SGMLUG-PM", "TekHVC", "UnRAR", "Vixie-Cron", "WordNet", "WTFNMFPL", "X11-no-permit-persons",
})  # fmt: skip
SHORTEST_GUESS = 5  # characters; of less too many ids are one letter away
_WORD = re.compile(r"[^\s()]+")

# What people write and what they mean; lower case, without blanks, dots or hyphens.
ALIASES = {
    "eupl": "EUPL-1.2",
    "eupl12": "EUPL-1.2",
    "euplv12": "EUPL-1.2",
    "eupl11": "EUPL-1.1",
    "agpl": "AGPL-3.0-or-later",
    "agpl3": "AGPL-3.0-or-later",
    "agplv3": "AGPL-3.0-or-later",
    "gpl": "GPL-3.0-or-later",
    "gpl3": "GPL-3.0-or-later",
    "gplv3": "GPL-3.0-or-later",
    "gpl2": "GPL-2.0-or-later",
    "gplv2": "GPL-2.0-or-later",
    "lgpl": "LGPL-3.0-or-later",
    "lgpl3": "LGPL-3.0-or-later",
    "lgplv3": "LGPL-3.0-or-later",
    "lgpl21": "LGPL-2.1-or-later",
    "apache": "Apache-2.0",
    "apache2": "Apache-2.0",
    "apache20": "Apache-2.0",
    "apachelicense20": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd3": "BSD-3-Clause",
    "bsd2": "BSD-2-Clause",
    "mitlicense": "MIT",
    "expat": "MIT",
    "mpl": "MPL-2.0",
    "mpl2": "MPL-2.0",
    "mpl20": "MPL-2.0",
    "cc0": "CC0-1.0",
    "ccby40": "CC-BY-4.0",
    "ccbysa40": "CC-BY-SA-4.0",
}


class NotAnExpression(ValueError):
    """The text is no SPDX expression; `token` is the part that is not, `near` what may be meant."""

    def __init__(self, token: str, near: str | None) -> None:
        super().__init__(token)
        self.token = token
        self.near = near


@lru_cache(maxsize=1)
def _licensing() -> Licensing:
    """The SPDX list without the thousands of names that only one scanner knows.

    Nor may a known licence claim a reference as another name: `LicenseRef-Apache-2.0` is a text of one's own.
    """
    return Licensing(
        [
            LicenseSymbol(
                key,
                aliases=tuple(name for name in symbol.aliases if not name.startswith(_REF)),
                is_exception=symbol.is_exception,
            )
            for key, symbol in get_spdx_licensing().known_symbols.items()
            if not key.startswith(_REF)
        ]
        + [LicenseSymbol(key) for key in sorted(NEWER)]
    )


def suggest(token: str) -> str | None:
    """The licence id that a misspelt one is nearest to, or None."""
    plain = re.sub(r"[^a-z0-9]", "", token.lower().removeprefix("the "))
    if plain in ALIASES:
        return ALIASES[plain]
    names = {key.lower(): key for key in _licensing().known_symbols}
    if token.lower() in names or len(plain) < SHORTEST_GUESS:
        return names.get(token.lower())
    near = difflib.get_close_matches(token.lower().replace(" ", "-"), names, n=1, cutoff=0.8)
    return names[near[0]] if near else None


def parse_expression(text: str) -> object:
    """The parsed expression. Raises `NotAnExpression`; ids are matched whatever their case."""
    licensing = _licensing()
    stripped = text.strip()
    if not stripped or len(stripped) > 500:
        raise NotAnExpression(stripped[:60], None)
    extra = {name.lower(): name for name in sorted(_names_beside_the_list(stripped))}
    if extra:
        known = licensing.known_symbols.values()
        licensing = Licensing([*known, *(LicenseSymbol(name) for name in extra.values())])
    try:
        info = licensing.validate(stripped)
    except (ExpressionError, AssertionError, AttributeError, ValueError, TypeError, IndexError):
        # validate() stumbles over its own objects for some unfinished expressions ("MIT AND", "(AND 0")
        raise NotAnExpression(stripped, None) from None
    if info.invalid_symbols or info.errors:
        unknown = [
            word
            for word in _WORD.findall(stripped)
            if word.upper() not in ("AND", "OR", "WITH") and word not in licensing.known_symbols
        ]
        token = str(info.invalid_symbols[0]) if info.invalid_symbols else stripped
        guess = suggest(token) or suggest(stripped) or (suggest(unknown[0]) if unknown else None)
        raise NotAnExpression(token, guess)
    return licensing.parse(stripped, validate=True)


def _names_beside_the_list(text: str) -> set[str]:
    """References to a text of one's own, and `EUPL-1.1+`: "or later" of an id that has no name for it."""
    known = _licensing().known_symbols
    later = {word for word in _WORD.findall(text) if word.endswith("+") and word[:-1] in known}
    return later | set(LICENSE_REF.findall(text))


def normalised(text: str) -> str:
    """The expression as SPDX spells it (`mit or eupl-1.2` -> `MIT OR EUPL-1.2`). Raises `NotAnExpression`."""
    return str(parse_expression(text))


def licences_in(text: str) -> tuple[str, ...]:
    """The ids of an expression, in order, without exceptions. Raises `NotAnExpression`."""
    return tuple(dict.fromkeys(part for way in alternatives(parse_expression(text)) for part in way))


def alternatives(parsed: object) -> tuple[tuple[str, ...], ...]:
    """What one may choose between (OR), each with all that then applies (AND): disjunctive form.

    >>> alternatives(parse_expression("(MIT AND EUPL-1.2) OR Apache-2.0"))
    (('MIT', 'EUPL-1.2'), ('Apache-2.0',))
    """
    if isinstance(parsed, OR):
        return tuple(way for part in parsed.args for way in alternatives(part))
    if isinstance(parsed, AND):
        ways: tuple[tuple[str, ...], ...] = ((),)
        for part in parsed.args:
            ways = tuple((*way, *more) for way in ways for more in alternatives(part))[:64]
        return ways
    if isinstance(parsed, LicenseWithExceptionSymbol):
        return ((str(parsed.license_symbol.key),),)
    return ((str(getattr(parsed, "key", parsed)),),)
