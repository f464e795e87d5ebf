"""Which licence a file grants: from its text, else from what it says, else that nobody can tell."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from typing import NamedTuple

from catalogue.standards.licence_text.compare import COMMON, Found, find_texts, nearest
from catalogue.standards.licence_text.names import EXCEPTIONS
from catalogue.standards.licence_text.notices import BY_TAG, Named, grants, named_in, tags
from catalogue.standards.licence_text.pack import Index
from catalogue.standards.licence_text.riders import (
    PLACEHOLDER,
    fixed_statement,
    grants_nothing,
    is_mostly_copyright,
    may_hold_rider,
    rider_in,
    rider_inside,
)
from catalogue.standards.licence_text.voices import Part, combine
from catalogue.standards.licence_text.words import (
    Words,
    all_words,
    all_words_of,
    compared_words,
    decode,
    plain,
)
from catalogue.standards.tables import read_table

NONE = "NONE"
NOASSERTION = "NOASSERTION"
ALMOST = 0.979  # what is not the text word for word is never surer
SURE = 0.99
ADDED = 14  # pairs in a row that are not the licence's: a clause
_GNU_TEXT = re.compile(r"^(?:A|L)?GPL-|^GFDL-")
_MODIFIED = re.compile(r"\bmodified (?!bsd|mit|isc)(?:\w+ ){0,4}licen[sc]e\b", re.I)
_ID = re.compile(r"[A-Za-z0-9.+-]+")


class Identified(NamedTuple):
    """What a text says about its licence: an expression, `NONE` or `NOASSERTION`, and how sure.

    `lines` are the first and last line it stands in, (0, 0) where there is none; `also` are licences
    that are named or quoted but do not cover the whole, such as those of other people's parts.
    """

    spdx: str
    confidence: float
    lines: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def shipped() -> Index:
    """The table of all texts of SPDX's list and the EUPL in the languages of the Union."""
    return Index(read_table("licences", "texts.bin"))


def identify_file(data: bytes) -> Identified:
    """The licence that the content of a file grants."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\0"):
        return Identified(NONE, 1.0, notes=("empty",))
    text = decode(data)
    if text is None:
        return Identified(NOASSERTION, 0.0, notes=("not-text",))
    return identify(text)


def identify(text: str, index: Index | None = None) -> Identified:
    """The licence that a text grants."""
    index = index or shipped()
    bare = plain(text)
    words = compared_words(bare)
    parts = _texts(index, words)
    if parts:
        return _from_texts(index, text, bare, parts)
    return _from_statements(index, text, bare, words)


def _texts(index: Index, words: Words) -> list[Part]:
    """The licence texts in it, in the order of the file."""
    parts = []
    for found in _found(index, index.numbers_of(words.tokens).tobytes()):
        first, last = words.line_of(found.first), words.line_of(found.last + 1)
        parts.append(Part(found.spdx, _confidence(found), first, last, _notes(found, words), found.common))
    return sorted(parts, key=lambda part: part.first)


@lru_cache(maxsize=512)
def _found(index: Index, numbers: bytes) -> tuple[Found, ...]:
    """The same texts come again and again; without their copyright lines they are the same words."""
    return tuple(find_texts(index, array("H", numbers)))


def _confidence(found: Found) -> float:
    """The likeness; what differs in more than a hundredth of the words is never quite sure."""
    sure = found.alike
    if found.added >= ADDED:
        sure = min(sure, 0.9)
    if found.alike < SURE or (found.margin < 0.004 and found.alike < 0.999):
        sure = min(sure, ALMOST)
    return round(sure, 3)


def _notes(found: Found, words: Words) -> tuple[str, ...]:
    notes = []
    if _GNU_TEXT.match(found.spdx):
        notes.append("later-may-apply")
    if found.added >= ADDED:
        notes.append("clause-added")
    elif found.alike < 0.98:  # more than a name
        notes.append("text-altered")
    return tuple(notes)


def _rest(text: str, parts: list[Part]) -> tuple[str, str, str]:
    """The lines before the first licence text, those behind it, and those up to the second text."""
    lines = text.split("\n")
    inside = {line for part in parts for line in range(part.first, part.last + 1)}
    first = parts[0].first
    free = [(number, line) for number, line in enumerate(lines, 1) if number not in inside]
    second = next((part.first for part in parts if part.spdx != parts[0].spdx), first)
    before = "\n".join(lines[: first - 1])
    behind = "\n".join(line for number, line in free if number > first)
    return before, behind, "\n".join(line for number, line in free if number < second)


def _from_texts(index: Index, text: str, bare: str, parts: list[Part]) -> Identified:
    before, behind, opening = _rest(text.replace("\r\n", "\n").replace("\r", "\n"), parts)
    rest = f"{before}\n{behind}"
    told = _sound_tags(index, rest)
    said_before = _named(all_words_of(before).joined)
    said_behind = _named(all_words_of(behind).joined)
    said_rest = all_words_of(rest).joined
    outcome = combine(parts, said_before, said_behind, said_rest, all_words_of(opening).joined)
    notes = list(outcome.notes)
    spdx, confidence = _with_exception(outcome.expression, said_rest), outcome.confidence
    rider = rider_in(said_rest) if "-NC" not in spdx else None
    if rider is None and spdx in COMMON and not _GNU_TEXT.match(spdx) and may_hold_rider(bare.lower()):
        rider = rider_inside(all_words(bare).joined)
    if rider:
        notes.append("rider")
        return Identified(
            f"LicenseRef-{_plain_id(spdx)}-{rider}", 0.9, outcome.lines, tuple(notes), (spdx, *outcome.also)
        )
    if "clause-added" in notes:
        confidence = min(confidence, 0.9)
    if confidence < 0.999 and _MODIFIED.search(text[:400]):
        return Identified(
            f"LicenseRef-{_plain_id(spdx)}-modified", 0.8, outcome.lines, (*notes, "text-altered"), (spdx,)
        )
    if not _GNU_TEXT.match(spdx) and "Apache" not in spdx and PLACEHOLDER.search(text):
        notes.append("template-not-filled-in")
    if told and told[0][0] != spdx:
        notes.append("tag-says-otherwise")
    return Identified(spdx, confidence, outcome.lines, tuple(dict.fromkeys(notes)), outcome.also)


def _with_exception(expression: str, words: str) -> str:
    """The expression with an exception that the words grant."""
    for pattern, whose, name in EXCEPTIONS:
        if expression.startswith(whose) and " " not in expression and pattern.search(words):
            return f"{expression} WITH {name}"
    return expression


def _plain_id(spdx: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", spdx)


@lru_cache(maxsize=256)
def _named(joined: str) -> tuple[Named, ...]:
    return tuple(named_in(joined))


def _from_statements(index: Index, text: str, bare: str, words: Words) -> Identified:
    """From tags, known statements and names; else from what it denies."""
    told = _sound_tags(index, text)
    if told:
        return _from_tags(told)
    everything = all_words(bare)
    said = everything.joined
    fixed = fixed_statement(said)
    if fixed:
        return Identified(
            fixed.spdx, fixed.confidence, everything.lines_between(fixed.start, fixed.end), fixed.notes
        )
    if grants_nothing(said):
        named = _named(said)
        return Identified(
            NONE, 0.9, (1, everything.last_line), ("grants-nothing",), tuple(n.spdx for n in named)
        )
    translated = _translation(index, words, everything)
    if translated:
        return translated
    named = _named(said)
    if named:
        return _from_names(everything, named)
    if is_mostly_copyright(words.tokens, said):
        return Identified(NONE, 0.9, notes=("copyright-line-only",))
    if not grants(said) and "licens" not in said:
        return Identified(NONE, 0.8, notes=("no-licence-words",))
    return Identified(NOASSERTION, 0.5, notes=("unknown-text",))


def _sound_tags(index: Index, text: str) -> list[tuple[str, int]]:
    """The tags that name a licence; not those that only show how one is written."""
    found = [(spelt(index, expression), line) for expression, line in tags(text)]
    known = set(known_ids(index).values()) if found else set()
    return [
        (expression, line)
        for expression, line in found
        if any(
            word in known or word.startswith("LicenseRef-") or word.replace("-or-later", "-only") in known
            for word in _ID.findall(expression)
        )
    ]


def _from_tags(told: list[tuple[str, int]]) -> Identified:
    expressions = list(dict.fromkeys(expression for expression, _ in told))
    lines = (told[0][1], told[-1][1])
    if len(expressions) == 1:
        return Identified(expressions[0], BY_TAG, lines, ("tag",))
    both = " AND ".join(f"({one})" if " OR " in one else one for one in expressions)
    return Identified(both, 0.8, lines, ("tag", "several"))


def known_ids(index: Index) -> dict[str, str]:
    """The ids of the table, by their small letters."""
    return {row.spdx.lower(): row.spdx for row in index.rows}


def spelt(index: Index, expression: str) -> str:
    """Ids as SPDX spells them; old GNU ids as today's."""
    known = known_ids(index)

    def one(match: re.Match[str]) -> str:
        word = match.group()
        if word.upper() in ("AND", "OR", "WITH"):
            return word.upper()
        if re.fullmatch(r"(?:A|L)?GPL-\d\.\d\+?|GFDL-\d\.\d", word, re.I):
            return f"{word.rstrip('+').upper()}-{'or-later' if word.endswith('+') else 'only'}"
        return known.get(word.lower(), word)

    return _ID.sub(one, expression)


def _translation(index: Index, words: Words, everything: Words) -> Identified | None:
    """A European Union Public Licence 1.1 in a language whose text we only have of 1.2."""
    start = everything.joined[:600]
    if "eupl" not in everything.joined[:2000] or len(words.tokens) < 600 or "2016" in start:
        return None
    look = nearest(index, words.tokens)
    if (
        look is None
        or not look.spdx.startswith("EUPL-")
        or look.alike < 0.3
        or not re.search(r" v? ?1 1 ", start)
    ):
        return None
    return Identified("EUPL-1.1", 0.9, (1, everything.last_line), ("translation-by-title",))


def _from_names(everything: Words, named: tuple[Named, ...]) -> Identified:
    parts = [
        Part(
            one.spdx,
            one.confidence,
            *everything.lines_between(one.start, one.end),
            one.notes,
            0,
            (one.start, one.end),
        )
        for one in named
    ]
    outcome = combine([], named, (), everything.joined, named=parts)
    notes, confidence = list(outcome.notes), outcome.confidence
    rider = rider_in(everything.joined) if "-NC" not in outcome.expression else None
    if rider:
        return Identified(
            f"LicenseRef-{_plain_id(outcome.expression)}-{rider}",
            *(0.85, outcome.lines, (*notes, "rider"), (outcome.expression, *outcome.also)),
        )
    if not grants(everything.joined) and len(everything.tokens) > 40:
        confidence = min(confidence, 0.5)
        notes.append("only-mentioned")
    expression = _with_exception(outcome.expression, everything.joined)
    return Identified(expression, confidence, outcome.lines, tuple(dict.fromkeys(notes)), outcome.also)
