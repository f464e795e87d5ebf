"""A text as the words that count when licences are compared; the words keep their lines."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice

LONGEST = 400_000  # characters that are looked at; the longest text of SPDX's list has 130,000

_WORD = re.compile(r"[^\W_]+")
_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype|html|body|p|div|br|pre)\b[^>]{0,200}>", re.I)
_HIDDEN = re.compile(r"<(script|style|title)\b[^<]{0,20000}</\1>", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]{0,1000}>", re.I)
_MARKDOWN_TARGET = re.compile(r"\]\([^()\s]{0,500}\)")
_PLUS = re.compile(r"(?<=\d)\+(?!\d)")
_SCHEME = re.compile(r"https?://(?:www\.)?", re.I)
# What stands before the words of a line: marks of a comment, then "1.", "(a)" or "iv)".
_NUMBER = re.compile(r"^[^\w\n(]*\(?(?:\d{1,2}|[ivx]{1,4}|[a-hA-H])[.)]+(?=\s)", re.M)
_COPYRIGHT = re.compile(
    r"^[^\w\n©(]*(?:(?i:portions|parts)\s+(?:are\s+)?)?"
    r"(?:(?i:copyright|\(c\)|©)(?!\s+(?i:holder|owner|notice|law|licen|statement|and\b|or\b|in\b|is\b|to\b))"
    r"[ \t:]*(?:(?i:\(c\)|©|by\b)|[\d<\[{(A-Z«\"'@…-]|\w{2,30}[ \t]+\d{4})[^\n]{0,240}"
    r"|(?i:all rights reserved|alle rechte vorbehalten)[^\w\n]*)$",
    re.M,
)


def decode(data: bytes) -> str | None:
    """The text of a file whatever its encoding; None where it is no text."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\0" in data[:4000]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


@dataclass(frozen=True)
class Words:
    """The words of a text in order. `text` is what they were taken from, line by line as in the file."""

    text: str
    tokens: list[str]

    def line_of(self, word: int) -> int:
        """The line, counted from 1, of a word counted from 0."""
        if word >= len(self.tokens) - 1:
            return self.text.count("\n", 0, len(self.text.rstrip())) + 1
        match = next(islice(_WORD.finditer(self.text), word, None))
        return self.text.count("\n", 0, match.start()) + 1

    @property
    def last_line(self) -> int:
        """How many lines there are."""
        return self.text.count("\n") + 1

    def lines_between(self, start: int, end: int) -> tuple[int, int]:
        """The lines of a passage of `joined`."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)
        return self.line_of(first), self.line_of(last)

    @cached_property
    def joined(self) -> str:
        """All words with one blank between them and around: what statements are looked for in."""
        return f" {' '.join(self.tokens)} "

    @cached_property
    def starts(self) -> array[int]:
        """Where each word begins in `joined`."""
        found: array[int] = array("L")
        place = 1
        for token in self.tokens:
            found.append(place)
            place += len(token) + 1
        return found


def plain(text: str) -> str:
    """The text without markup, in lower case and in one spelling, with the same lines."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text and _LOOKS_LIKE_HTML.search(text):
        text = _HIDDEN.sub(lambda match: "\n" * match.group().count("\n"), text)
        text = unescape(_TAG.sub(lambda match: " " + "\n" * match.group().count("\n"), text))
    if "://" in text:
        text = _SCHEME.sub("", text)
    return text


def words_of(text: str) -> Words:
    """What licences are compared by: no copyright lines, no numbering, one spelling."""
    text = plain(text)
    if "](" in text:
        text = _MARKDOWN_TARGET.sub("]", text)
    text = _NUMBER.sub("", _COPYRIGHT.sub("", text))
    text = text.lower().replace("licenc", "licens")
    return Words(text, _WORD.findall(text))


def all_words_of(text: str) -> Words:
    """Every word, copyright lines too: what statements are read from."""
    text = _PLUS.sub(" or later ", plain(text)).lower().replace("licenc", "licens")
    return Words(text, _WORD.findall(text))
