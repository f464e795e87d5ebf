"""German compounds taken apart by a curated list: "wasserzaehler" -> "wasser", "zaehler"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from catalogue.storage.search.tokens import LONGEST_WORD, fold
from catalogue.storage.search.wordlists import list_of

SHORTEST = 6  # letters of a word that may be a compound
_MOST_COST = 0.7  # a letter; a word of nothing but tiny parts is a chance
_ABSTRACT = re.compile(r"(ung|heit|keit|schaft|ion|taet|ling)$")  # always with -s before another part
# Messer, Steuer, Ampel, Becken; not Meer, Ziel, Papier, Tür
_UNSTRESSED = re.compile(r"[aeiou].*(?<![aeio])(?<!(?<![ae])u)e[rln]$")
_NOMINAL = re.compile(  # adjectives that became nouns: Beauftragte, Reisende, Jugendliche
    r"(nde|igte|agte|ierte|ellte|erte|annte|andte|etzte|etete|dnete|amte|liche|ige|ene|isste|osene?|bene)$"
)
_WITHOUT_S = re.compile(r"([szx]|sch)$")
_SYLLABLE = re.compile(r"(?:[aeiou]|(?<!^)y)+")
_VARIABLE = re.compile(r"(au|[aou])([^aeiou]+(?:e[rln])?)$")  # Baum, Stadt, Garten: Bäume, Städte, Gärten
_UMLAUTS = {"a": "ae", "o": "oe", "u": "ue", "au": "aeu"}
_LATIN = re.compile(r"(um|us|ma|o)$")  # Gremium, Thema, Konto: Gremien, Themen, Konten

Found = tuple[str, float]  # a base form and what it costs to see it here


class Splitter:
    """Takes words apart whose every part it knows; all other words stay whole.

    The cheapest way wins: few parts, long ones, with as little between and behind them as possible.
    """

    def __init__(self, words: Iterable[str], whole: Iterable[str] = ()) -> None:
        """`words` are base forms in any spelling, with a hyphen behind where another word must follow;
        `whole` look like compounds and are none."""
        self._words: set[str] = set()
        self._inner: dict[str, Found] = {}
        self._last: dict[str, Found] = {}
        known: dict[Found, Found] = {}  # most forms of a word cost the same and share what says so
        for word in sorted(words, key=len):
            self._add(fold(word.rstrip("-")), known, bound=word.endswith("-"))
        self._whole = {form for word in whole for form, _ in _inflections(fold(word))}
        lengths: dict[str, set[int]] = {}
        for form in self._inner:
            lengths.setdefault(form[:3], set()).add(len(form))
        self._lengths = {beginning: tuple(sorted(found)) for beginning, found in lengths.items()}

    def _add(self, word: str, known: dict[Found, Found], *, bound: bool) -> None:
        self._words.add(word)
        cost = 1.0 + {3: 1.0, 4: 0.25}.get(len(word), 0.0)
        inner = [(word, 0.0)] if bound else _before_another(word)
        for table, forms in ((self._inner, inner), (self._last, () if bound else _inflections(word))):
            for form, extra in forms:
                if form not in table or cost + extra < table[form][1]:
                    found = (word, cost + extra)
                    table[form] = known.setdefault(found, found)

    def __contains__(self, form: str) -> bool:
        """Whether the folded word is one of the list or a form of it."""
        return form in self._words or form in self._last

    def split(self, form: str) -> tuple[str, ...]:
        """The parts of a folded word as base forms, none where it is not a compound of known words."""
        if not SHORTEST <= len(form) <= LONGEST_WORD or form in self._last or form in self._whole:
            return ()
        # best[i] is the cheapest way to read form[:i] as parts that another part follows.
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        found: tuple[float, tuple[str, ...]] = (_MOST_COST * len(form), ())
        for start in range(len(form) - 2):
            if start not in best:
                continue
            cost, parts = best[start]
            last = self._last.get(form[start:])
            if last and cost + last[1] < found[0]:
                found = (cost + last[1], (*parts, last[0]))
            for length in self._lengths.get(form[start : start + 3], ()):
                inner = self._inner.get(form[start : start + length])
                end = start + length
                if inner and end < len(form) and (end not in best or cost + inner[1] < best[end][0]):
                    best[end] = (cost + inner[1], (*parts, inner[0]))
        return found[1]


def _before_another(word: str) -> Iterator[Found]:
    """What a word looks like where another follows, and what that costs."""
    yield word, 0.0
    if _ABSTRACT.search(word):
        yield from ((word + "s", -0.3), (word + "en", 0.2))  # without -s is an exception
        return
    if word.endswith("e"):
        yield from ((word + "n", 0.1), (word + "ns", 0.5))
        if len(word) > 4 and not word.endswith("ie"):
            yield from ((word[:-1], 0.3), (word[:-1] + "s", 0.4))  # Sprachkurs, Hilfsmittel
        return
    if not _WITHOUT_S.search(word):
        yield word + "s", 0.3
    if _UNSTRESSED.search(word):
        yield word + "n", 0.6  # Bauernmarkt
        if word.endswith("er"):
            yield word + "innen", 0.3
    elif word[-1] not in "aouy":
        yield from ((word + "en", 0.3), (word + "e", 0.3), (word + "es", 0.3))
        if len(_SYLLABLE.findall(word)) == 1:
            yield word + "er", 0.4
    yield from ((form, 0.4) for form in _changed(word, ("", "e", "er")))


def _inflections(word: str) -> Iterator[Found]:
    """A word's forms at the end of a compound, and what they cost."""
    yield word, 0.0
    short = 0.5 if len(word) == 3 else 0.0  # "ehen" at an end is rarely a marriage
    yield from ((word + ending, 0.2 + short) for ending in _endings(word))
    yield from ((form, 0.2 + short) for form in _changed(word, ("", "e", "en", "er", "ern", "n")))


def _endings(word: str) -> tuple[str, ...]:
    if _ABSTRACT.search(word):
        return ("en", "e", "s")
    if word.endswith("e"):
        return ("n", "r", "s", "m") if _NOMINAL.search(word) else ("n", "s")
    if _UNSTRESSED.search(word):
        return ("n", "s", "in", "innen") if word.endswith("er") else ("n", "s")
    if word.endswith(("nis", "bus")):
        return ("se", "ses", "sen")
    if word.endswith(("ial", "il")):
        return ("s", "ien", "e", "en")  # Materialien, Textilien
    if _VARIABLE.search(word):  # Bäume, not Baumer
        return ("s", "en", "e", "es", "innen")
    return ("s", "en", "e", "es", "er", "em", "ern", "innen")


def _changed(word: str, endings: Iterable[str]) -> Iterator[str]:
    """Plurals that change the word itself: with an umlaut, or with another ending in Latin words."""
    if _LATIN.search(word) and len(word) > 4:
        yield _LATIN.sub("men" if word.endswith("ma") else "en", word)
    elif _VARIABLE.search(word) and not _ABSTRACT.search(word):
        umlaut = _VARIABLE.sub(lambda found: _UMLAUTS[found[1]] + found[2], word)
        yield from (umlaut + ending for ending in endings)


@cache
def shipped() -> Splitter:
    """The splitter with the shipped lists."""
    return Splitter(list_of("words"), list_of("whole"))


@lru_cache(maxsize=100_000)
def parts_of(form: str) -> tuple[str, ...]:
    """The parts of a folded word by the shipped lists."""
    return shipped().split(form)
