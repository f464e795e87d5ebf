"""What changes the meaning of a licence or denies one: riders, refusals, templates never filled in."""

import re
from itertools import pairwise
from typing import NamedTuple

from catalogue.standards.licence_text.patterns import Pattern

NEAR = 400  # characters: farther apart, words are not beside each other
_WORD = re.compile(r"[^\W_]+")
_BEFORE = [["non"], ["for"], ["in"], ["any"], ["only"], ["no"], ["without"]]  # "commercial"
# name of the rider -> what it says; behind or before a licence text it makes another licence of it
_RIDERS: tuple[tuple[str, Pattern], ...] = (
    ("Commons-Clause", Pattern(r"commons clause", "commons clause")),
    (
        "non-commercial",
        Pattern(
            r"(?:non ?commercial|personal) (?:use|purposes) only|only (?:for )?non ?commercial"
            r"|not (?:be )?used? (?:for|in) (?:any )?commercial|commercial use (?:is )?(?:not |strictly )"
            r"(?:allowed|permitted|prohibited|forbidden)|(?:no|without) commercial use"
            r"|for commercial use (?:\w+ ){0,6}(?:contact|license|licens\w+ (?:is )?required)"
            r"|nicht ?kommerziell\w* (?:nutzung|zwecke?\w*|verwendung) (?:gestattet|erlaubt|zul[aä]ssig)"
            r"|nur (?:für|zu) nicht ?kommerziell|kommerzielle \w+ (?:ist )?(?:untersagt|verboten"
            r"|nicht gestattet)",
            *("use only", "purposes only", "only for non", "only non", "for commercial", "in commercial"),
            *("any commercial", "commercial use", "kommerziell"),
        ),
    ),
    (
        "restricted",
        Pattern(
            r"(?:additional|further|following) (?:restriction|limitation)s? (?:appl|on|to)"
            r"|(?:zusätzliche|folgende) (?:beschränkung|einschränkung)\w*"
            r"|may not be used (?:by|to|in) (?:military|weapons?|any military)|not (?:be )?resold"
            r"|ethical source"
        ),
    ),
)
_NOTHING = Pattern(
    r"no licens\w+ (?:is |are )?(?:hereby )?(?:granted|given)|grants? no licens"
    r"|without (?:any )?licens\w* grant"
    r"|not (?:open source|licensed (?:for|to)|free software)|unlicensed (?:and )?proprietary"
    r"|(?:proprietary|confidential)(?: and (?:proprietary|confidential))? (?:software|information"
    r"|licens\w+|property|code|and)"
    r"|this (?:software|code|source code) is proprietary|(?:unauthori[sz]ed|any) (?:copying|use"
    r"|reproduction|distribution)"
    r"(?: \w+){0,12} (?:is )?(?:strictly )?(?:prohibited|forbidden)"
    r"|(?:no part of|not be (?:copied|reproduced|used)) (?:\w+ ){0,16}(?:without|prior) (?:\w+ ){0,6}"
    r"(?:permission|consent|written|authori[sz]ation)"
    r"|keine (?:lizenz|nutzungsrechte?|rechte) (?:\w+ )?(?:erteilt|gewährt|eingeräumt)"
    r"|(?:weitergabe|nutzung|vervielfältigung|verwendung)(?: \w+){0,12} (?:nicht gestattet|untersagt"
    r"|verboten|unzulässig)"
    r"|nur mit (?:\w+ ){0,3}(?:schriftlicher )?(?:genehmigung|zustimmung|einwilligung)"
    r"|proprietäre (?:software|lizenz)|tous droits réservés|todos los derechos reservados",
    *("no licens", "without licens", "without any licens", "not open source", "not licensed"),
    *("not free software", "proprietary", "confidential", "prohibited", "forbidden", "no part of"),
    *("not be copied", "not be reproduced", "not be used", "keine lizenz", "keine nutzungsrecht"),
    *("keine rechte", "nicht gestattet", "untersagt", "verboten", "unzulässig", "genehmigung"),
    *("zustimmung", "einwilligung", "proprietäre", "tous droits", "todos los derechos"),
)
_RIGHTS = Pattern(r"all rights reserved|alle rechte vorbehalten|copyright|©|urheberrecht")
_OPEN_WORDS = Pattern(
    r"\b(?:permission is hereby granted|hereby grants?|free software|redistribution and use|licensed under"
    r"|is licensed|open source|you may (?:use|copy|redistribute)|lizenziert unter)\b"
)
PLACEHOLDER = Pattern(
    r"\[(?:year|yyyy|fullname|name of copyright owner|owner|author|your name)\]"
    r"|<(?:year|owner|copyright holders?|name of author|your name|author)>"
    r"|\{\{? ?(?:year|yyyy|fullname|name of copyright owner|project) ?\}?\}",
    flags=re.I,
)


class Statement(NamedTuple):
    """A well-known statement and what it means."""

    spdx: str
    confidence: float
    start: int
    end: int
    notes: tuple[str, ...] = ()


# Statements that name licences by their files, whole sentences of well-known projects.
_FIXED: tuple[tuple[Pattern, str, float, tuple[str, ...]], ...] = (
    (
        # of the Python project "packaging", copied into several others
        Pattern(
            r"made available under the terms of either of the licenses found in license apache or license bsd"
            r" contributions to this software is made under"
        ),
        *("Apache-2.0 OR BSD-2-Clause", 0.95, ("by-file-names",)),
    ),
    (  # the header of Mozilla's old triple licence
        Pattern(r"version mpl 1 1 gpl 2 0 lgpl 2 1"),
        *("MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later", 0.95, ()),
    ),
    (
        Pattern(r"either of the licenses found in license apache2? or license bsd"),
        *("Apache-2.0 OR BSD-3-Clause", 0.85, ("by-file-names", "version-not-told")),
    ),
    (
        Pattern(r"(?:released|dedicated|placed|is|are) (?:in|in to|into|to) the public domain|gemeinfrei"),
        *("LicenseRef-public-domain", 0.8, ()),
    ),
)


def fixed_statement(joined: str) -> Statement | None:
    """The well-known statement that these words hold."""
    for pattern, spdx, confidence, notes in _FIXED:
        if match := pattern.search(joined):
            if spdx == "LicenseRef-public-domain" and re.search(r"cc0|creative ?commons|unlicens", joined):
                continue
            return Statement(spdx, confidence, *match.span(), notes)
    return None


def rider_in(rest: str) -> str | None:
    """The rider that restricts a licence, looked for beside its text; the first of the list."""
    if not rest.strip():
        return None
    return next((name for name, pattern in _RIDERS if pattern.search(rest)), None)


def may_hold_rider(text: str) -> bool:
    """Whether `rider_inside` can find anything in a text in lower case, whatever stands between its words."""
    if any(word in text for word in ("kommerziell", "personal", "commons")):
        return True
    return any(
        _WORD.findall(before[-NEAR:])[-1:] in _BEFORE or _WORD.findall(behind[:NEAR])[:1] == ["use"]
        for before, behind in pairwise(text.split("commercial"))
    )


def rider_inside(words: str) -> str | None:
    """A rider that stands so close to a licence text that it was taken for a part of it."""
    return next((name for name, pattern in _RIDERS[:2] if pattern.search(words)), None)


def grants_nothing(joined: str) -> bool:
    """Whether the words refuse, and do not grant anything elsewhere."""
    match = _NOTHING.search(joined)
    return bool(match) and not _OPEN_WORDS.search(joined[: match.start() if match else 0])


def is_mostly_copyright(tokens: list[str], joined: str) -> bool:
    """A line or two that say whose it is, and nothing more."""
    return len(tokens) <= 40 and bool(_RIGHTS.search(joined) or not tokens)
