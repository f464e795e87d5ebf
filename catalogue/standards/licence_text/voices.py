"""Several licences in one file: one of them, all of them, a choice, or only quoted."""

from __future__ import annotations

import re
from typing import NamedTuple

from catalogue.standards.licence_text.notices import NO_VERSION, Named
from catalogue.standards.licence_text.patterns import Pattern

MOST_JOINED = 3  # more licences in one file are a list of other people's parts
_CHOICE = Pattern(
    r"\b(?:either(?! version)|dual(?:ly)? ?licens\w*|multi ?licens\w*|at your (?:option|choice"
    r"|discretion)(?! any later| ?\)? any)"
    r"|your choice|(?:a|the) choice of|whichever|alternative (?:a|1|one)|choose (?:between|either|one"
    r"|which)|alternatively|one of the following licens\w*|wahlweise"
    r"|nach (?:ihrer|deiner) wahl|doppelt? lizenziert|triple licens\w*|disjunctive)\b"
)
_ALL = Pattern(r"\b(?:both of|all of the following|as well as|respectively|sowie)\b")
_OTHERS = Pattern(
    r"\b(?:third ?party|bundled|bundles|subcomponents?|portions? of|parts? of|parts are|derived from"
    r"|derivative (?:work )?of|based on|borrowed|"
    r"vendored|includes? (?:the following|software|code|a copy|parts|work|components?)"
    r"|include the following|"
    r"incorporates?|originally|adapted from|copied from|taken from|the following (?:files?|software"
    r"|components?|librar\w+)"
    r"|dependencies|dependency|additional licens\w+|other licens\w+|licens\w+ (?:for"
    r"|of) (?:the )?(?!code|software|this|source)"
    r"|uses (?:the )?|fonts?|icons?|modified version of|drittanbieter|fremd\w*|enthält"
    r"|statically linked|located in)\b"
)
_AND = Pattern(
    r"\b(?:and|und|et|e|plus|while|documentation|docs|dokumentation|data|daten|content|assets|images)\b"
)
_OR = Pattern(r"\b(?:or|oder|ou)\b")


# Texts that stand behind another one by custom and say nothing new.
_ABSORBED = {"PSF-2.0": ("Python-2.0", "Python-2.0.1", "0BSD", "CNRI-Python", "CNRI-Python-GPL-Compatible")}


class Part(NamedTuple):
    """A licence in a file: its text (`size` pairs of it) or a statement."""

    spdx: str
    confidence: float
    first: int
    last: int
    notes: tuple[str, ...] = ()
    size: int = 0
    span: tuple[int, int] = (0, 0)


class Outcome(NamedTuple):
    """What several parts come to."""

    expression: str
    confidence: float
    lines: tuple[int, int]
    notes: tuple[str, ...]
    also: tuple[str, ...]


def combine(
    texts: list[Part],
    before: tuple[Named, ...],
    behind: tuple[Named, ...],
    rest: str,
    opening: str = "",
    named: list[Part] | None = None,
) -> Outcome:
    """The expression of a file from the texts in it, or from what it names where it holds none.

    `opening` are the words up to the second text, `rest` all that belong to no text.
    """
    if not texts:
        return _of_names(named or [], rest)
    texts = [part for part in texts if not any(part.spdx in _ABSORBED.get(one.spdx, ()) for one in texts)]
    ids = list(dict.fromkeys(part.spdx for part in texts))
    if set(ids) == {"GPL-3.0-only", "LGPL-3.0-only"}:  # the Lesser one adds to the other, and needs its text
        texts = [part for part in texts if part.spdx.startswith("LGPL")]
        ids = ["LGPL-3.0-only"]
    main = texts[0]
    if main.spdx.startswith("Python-2.0") and any(n.spdx == "PSF-2.0" for n in before):
        main = main._replace(spdx="PSF-2.0")
        texts = [main, *(part for part in texts[1:] if part.spdx not in _ABSORBED["PSF-2.0"])]
        ids = list(dict.fromkeys(part.spdx for part in texts))
    spdx = _later(main.spdx, before)
    also = tuple(dict.fromkeys(n.spdx for n in (*before, *behind) if not _same(n.spdx, spdx)))
    extra = _beside(main, before, rest)
    choice = bool(opening.strip()) and bool(_CHOICE.search(opening))
    if extra or len(ids) > 1:
        return _several(main, spdx, extra, texts, rest, choice, also)
    offered = tuple(
        dict.fromkeys(n.spdx for n in behind if n.confidence > NO_VERSION and not _same(n.spdx, spdx))
    )
    if choice and len(offered) == 1 and not _OTHERS.search(rest):
        return _joined([spdx, offered[0]], " OR ", 0.85, main, also)
    notes = main.notes if spdx == main.spdx else tuple(n for n in main.notes if n != "later-may-apply")
    return Outcome(spdx, main.confidence, (main.first, main.last), notes, also)


def _several(
    main: Part, spdx: str, extra: list[str], texts: list[Part], rest: str, choice: bool, also: tuple[str, ...]
) -> Outcome:
    """More than one licence with its text, or a text and statements before it."""
    ids = list(dict.fromkeys([*extra, spdx, *(part.spdx for part in texts[1:])]))
    many = len(ids) > MOST_JOINED
    if choice and not many:
        return _joined(ids, " OR ", 0.9, main, also, last=texts[-1].last)
    if many or _OTHERS.search(rest):
        quoted = tuple(dict.fromkeys((*(one for one in ids if one != spdx), *also)))
        lines = (main.first, main.last)
        return Outcome(spdx, min(main.confidence, 0.95), lines, (*main.notes, "others-quoted"), quoted)
    return _joined(ids, " AND ", 0.85, main, also, last=texts[-1].last)


def _joined(
    ids: list[str], word: str, confidence: float, main: Part, also: tuple[str, ...], last: int = 0
) -> Outcome:
    wrapped = [f"({one})" if " OR " in one and word == " AND " else one for one in ids]
    rest = tuple(one for one in also if one not in ids)
    return Outcome(word.join(wrapped), confidence, (main.first, max(last, main.last)), ("several",), rest)


def _beside(main: Part, before: tuple[Named, ...], rest: str) -> list[str]:
    """What is named before the first text as a licence of the whole, and is not that text's."""
    ids = [n.spdx for n in before if n.confidence > NO_VERSION and not _same(n.spdx, main.spdx)]
    return list(dict.fromkeys(ids)) if len(set(ids)) <= 2 else []


def _same(one: str, other: str) -> bool:
    def stem(spdx: str) -> str:
        return re.sub(r"-only$|-or-later$", "", spdx.removeprefix("LicenseRef-"))

    return (
        stem(one) == stem(other)
        or other.startswith(f"{stem(one)}-")
        or stem(one).split("-")[0] == other.split("-")[0]
    )


def _later(spdx: str, before: tuple[Named, ...]) -> str:
    """A GNU text with "or any later version" said before it."""
    later = spdx.removesuffix("-only") + "-or-later"
    return later if spdx.endswith("-only") and any(n.spdx == later for n in before) else spdx


def _of_names(named: list[Part], words: str) -> Outcome:
    """From statements alone: what joins them, and which of them speak of other people's parts."""
    first = named[0]
    mine = [part for part in named if not _is_others(part, first, words)]
    ids = list(dict.fromkeys(part.spdx for part in mine))
    also = tuple(dict.fromkeys(part.spdx for part in named if part.spdx not in ids))
    least = min(part.confidence for part in mine)
    lines = (mine[0].first, mine[-1].last)
    if len(ids) == 1:
        return Outcome(ids[0], least, lines, first.notes, also)
    if len(ids) > MOST_JOINED:
        return Outcome(
            ids[0], 0.5, (first.first, first.last), (*first.notes, "others-quoted"), (*ids[1:], *also)
        )
    between = words[mine[0].span[1] : mine[-1].span[0]]
    if _CHOICE.search(words) or (_OR.search(between) and not _ALL.search(words) and not _AND.search(between)):
        return Outcome(" OR ".join(ids), min(least, 0.9), lines, ("several",), also)
    joined = " AND ".join(f"({one})" if " OR " in one else one for one in ids)
    return Outcome(joined, min(least, 0.8), lines, ("several",), also)


def _is_others(part: Part, first: Part, words: str) -> bool:
    if part is first:
        return False
    since = words[max(first.span[1], part.span[0] - 300) : part.span[0]]
    return bool(_OTHERS.search(since))
