"""Text -> words with their places; hyphens, camel case, gender forms and umlaut spellings are understood."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_WORD = 60  # characters; longer ones are cut
_CACHED = 20_000  # spellings

# Bürger*innen, Bürger:in, Bürger_innen, Bürger/-innen, Bürger-innen, Bürger(innen): one word, its base first.
_GENDER = r"(?:(?:[*:_·/]-?|\()[Ii]n(?:nen)?\)?|-innen)(?![^\W_])"
# Bürger*innenrat: the same before another word.
_GENDER_WITHIN = r"[*:·]innen(?=[a-zäöüß])"
# A letter may come in two signs: "ü" as "u" and combining dots (from macOS, from PDFs). Soft hyphens and
# spaces without width say where a word may break.
_LETTER = r"[^\W_][\u0300-\u036f\u00ad\u200b\u2060]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:{_GENDER_WITHIN}(?:{_LETTER})+)?(?:{_GENDER})?")
_BASE = re.compile(rf"([^\W_]+){_GENDER}|([^\W_]*[^\W\d_A-ZÄÖÜ])Innen")
_WITHIN = re.compile(_GENDER_WITHIN)
_CAMEL = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-zäöüß])|\d+")
_HYPHENS = frozenset("-‐‑–")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "oe", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written (`text`, from `start` to `end`) and its folded spellings.

    `form` is the word itself; `more` holds what it is also known by: "opendata" in camel case is also "open"
    and "data", the last word of "HAL-Plan" also "halplan".
    """

    text: str
    start: int
    end: int
    form: str
    more: tuple[str, ...] = ()


def fold(word: str) -> str:
    """Lower case without umlauts, ß and accents: "Größe" and "Groesse" become "groesse"."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    # Composed first: "ö" may also come as "o" and a combining mark (from macOS).
    lower = unicodedata.normalize("NFKC", lower).casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if c.isalnum())


def composed(text: str) -> str:
    """The text with each letter and its marks as one sign (NFC), as far as there is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a text (from start to end) in order; takes time in proportion to its length."""
    matches = _WORD.finditer(text, start, len(text) if end is None else end)
    return [token for chunk in _chunks(text, matches) for token in _tokens_of(chunk)]


def _chunks(text: str, matches: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Words joined by hyphens, together."""
    chunk: list[re.Match[str]] = []
    for match in matches:
        end = chunk[-1].end() if chunk else -1
        if chunk and not (match.start() == end + 1 and text[end] in _HYPHENS):
            yield chunk
            chunk = []
        chunk.append(match)
    if chunk:
        yield chunk


def _tokens_of(chunk: list[re.Match[str]]) -> Iterator[Token]:
    if len(chunk) == 1:  # most of them are
        word = chunk[0].group()
        form, parts = _read(word) if len(word) <= LONGEST_WORD else _read.__wrapped__(word)
        if form:
            yield Token(word, *chunk[0].span(), form, parts)
        return
    words = [(match, _form_of(match.group())) for match in chunk]
    joined = "".join(form for _, form in words)
    for place, (match, form) in enumerate(words):
        if not form:
            continue
        more = _camel_parts(composed(match.group()))
        before = [len(other) for _, other in words[max(place - 2, 0) : place]]
        if len(words) > 2 and before[-1:] == [1] and before != [1, 1]:
            more = (*more, words[place - 1][1] + form)  # E-Bike-Station is also ebike, 3-D-Modell 3d
        # The joined spelling stands at the last word, once; a list of twenty hyphens is no name.
        if place == len(words) - 1 and 1 < len(words) <= 5 and len(joined) <= LONGEST_WORD:
            more = (*more, joined)
        yield Token(match.group(), match.start(), match.end(), form, more)


@lru_cache(maxsize=_CACHED)
def _read(word: str) -> tuple[str, tuple[str, ...]]:
    """The form of a word without hyphens, and the parts that its camel case shows."""
    return _form_of(word), _camel_parts(composed(word))


def _form_of(word: str) -> str:
    word = _WITHIN.sub("", composed(word)[: 2 * LONGEST_WORD])
    base = None if word.isalnum() and "Innen" not in word else _BASE.fullmatch(word)
    return fold(base.group(1) or base.group(2) if base else word)[:LONGEST_WORD]


def _camel_parts(word: str) -> tuple[str, ...]:
    """OpenData -> open, data; nothing for LoRaWAN, DigiWF and the like, whose pieces mean nothing."""
    if word[1:].islower() or len(word) > LONGEST_WORD or word.islower() or word.isupper():
        return ()
    if _BASE.fullmatch(word):
        return ()
    parts = _CAMEL.findall(word)
    if len(parts) < 2 or any(len(part) < 3 for part in parts) or "".join(parts) != word:
        return ()
    return tuple(fold(part) for part in parts)
