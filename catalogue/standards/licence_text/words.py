"""A text as the words that count when licences are compared; the words keep their lines."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 400_000  # characters that are looked at; the longest text of SPDX's list has 130,000

_NO_WORD = re.compile(r"[^\w\n]|_")
_ASCII = bytes(range(128))
_MOST_MARKS = 99  # different characters that are replaced one by one
# Of bytes: a blank for what belongs to no word, so that `split` finds the words many times quicker than a
# regular expression does. Bytes above 127 are parts of characters and stay.
_LOWER = bytes(range(256)).lower()
_BLANKS = bytes(one if one > 127 or chr(one).isalnum() or one == 10 else 32 for one in range(256))
_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype|html|body|p|div|br|pre)\b[^>]{0,200}>", re.I)
_HIDDEN = re.compile(r"<(script|style|title)\b[^<]{0,20000}</\1>", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]{0,1000}>", re.I)
_MARKDOWN_TARGET = re.compile(r"\]\([^()\s]{0,500}\)")
_PLUS = re.compile(r"\+(?<=\d\+)(?!\d)")
# Both begin with the end of the line before: what begins with a letter is searched for quickly.
# What stands before the words of a line: marks of a comment, then "1.", "(a)" or "iv)".
_NUMBER = re.compile(r"\n[^\w\n(]*\(?(?:\d{1,2}|[ivx]{1,4}|[a-hA-H])[.)]+(?=\s)")
_COPYRIGHT = re.compile(
    r"\n[^\w\n©(]*(?:(?i:portions|parts)\s+(?:are\s+)?)?"
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


class Words:
    """The words of a text in order. `text` is what they were taken from, line by line as in the file."""

    __slots__ = ("_joined", "_spaced", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self._spaced = _spaced(text)
        self.tokens = self._spaced.split()
        self._joined = ""

    @property
    def joined(self) -> str:
        """All words with one blank between them and around: what statements are looked for in."""
        if not self._joined:
            self._joined = f" {' '.join(self.tokens)} "
        return self._joined

    def line_of(self, word: int) -> int:
        """The line, counted from 1, of a word counted from 0."""
        text = self._spaced
        if word >= len(self.tokens) - 1:
            return self.text.count("\n", 0, len(self.text.rstrip())) + 1
        behind = text.split(None, word)[-1] if word else text.lstrip()
        return text.count("\n", 0, len(text) - len(behind)) + 1

    @property
    def last_line(self) -> int:
        """How many lines there are."""
        return self.text.count("\n") + 1

    def lines_between(self, start: int, end: int) -> tuple[int, int]:
        """The lines of a passage of `joined`."""
        return self.line_of(self._word_at(start)), self.line_of(self._word_at(max(end - 1, start)))

    def _word_at(self, place: int) -> int:
        """Which word, counted from 0, a place in `joined` belongs to."""
        return max(self.joined.count(" ", 0, place) - 1, 0)


def _spaced(text: str) -> str:
    """The text with a blank for each character that belongs to no word; line ends stay."""
    if not text.isascii():
        marks = {mark for mark in _foreign(text) if not mark.isalnum()}
        if len(marks) > _MOST_MARKS:
            return _NO_WORD.sub(" ", text)
        for mark in marks:
            text = text.replace(mark, " ")
    return _translated(text, _BLANKS)


def _translated(text: str, table: bytes) -> str:
    """The text with other ASCII characters; of bytes, since for text it takes many times as long."""
    return text.encode("utf-8", "surrogatepass").translate(table).decode("utf-8", "surrogatepass")


def _foreign(text: str) -> set[str]:
    """The characters in it that are not ASCII."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def plain(text: str) -> str:
    """The text without markup, in lower case and in one spelling, with the same lines."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text and _LOOKS_LIKE_HTML.search(text):
        text = _HIDDEN.sub(lambda match: "\n" * match.group().count("\n"), text)
        text = unescape(_TAG.sub(lambda match: " " + "\n" * match.group().count("\n"), text))
    if "://" in text:
        text = _without_schemes(text)
    return text


def _without_schemes(text: str) -> str:
    """Addresses without http://, https:// and www.: a regular expression reads every letter for them."""
    first, *others = text.split("://")
    kept = [first]
    for other in others:
        before = kept[-1]
        scheme = next((one for one in ("https", "http") if before[-len(one) :].lower() == one), "")
        if scheme:
            kept[-1] = before[: -len(scheme)]
            kept.append(other[4:] if other[:4].lower() == "www." else other)
        else:
            kept[-1] += f"://{other}"
    return "".join(kept)


def words_of(text: str) -> Words:
    """What licences are compared by: no copyright lines, no numbering, one spelling."""
    return compared_words(plain(text))


def compared_words(text: str) -> Words:
    """As `words_of`, of a text that is plain already."""
    if "](" in text:
        text = _MARKDOWN_TARGET.sub("]", text)
    text = _NUMBER.sub("\n", _COPYRIGHT.sub("\n", f"\n{text}"))[1:]
    return Words(_spelt(text))


def all_words_of(text: str) -> Words:
    """Every word, copyright lines too: what statements are read from."""
    return all_words(plain(text))


def all_words(text: str) -> Words:
    """As `all_words_of`, of a text that is plain already."""
    return Words(_spelt(_PLUS.sub(" or later ", text) if "+" in text else text))


def _spelt(text: str) -> str:
    simple = not text.isascii() and all(mark == mark.lower() for mark in _foreign(text))
    return (_translated(text, _LOWER) if simple else text.lower()).replace("licenc", "licens")
