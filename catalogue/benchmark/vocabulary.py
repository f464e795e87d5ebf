"""A vocabulary like that of a German catalogue: few words that are everywhere, a long tail of compounds."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from catalogue.benchmark.words import ADJECTIVES, COMMON, FUNCTION_WORDS, SYLLABLES, VERBS
from catalogue.storage.search.wordlists import list_of

# Frequency of rank r is 1 / (r + FLAT), Zipf's law as Mandelbrot mended it: the commonest word that says
# something stands in about half of all entries, the hundredth in an eighth.
FLAT = 20
# Distinct words grow with the square root of all running words (Heaps' law).
_GROWTH, _WORDS_AN_ENTRY = 13.0, 250
_ALONE = 1200  # words of the list that stand alone too; all of it are parts of compounds
_BASE_AMONG_FIRST = 2500  # ranks among which the words of the list stand
_COINED, _TOWNS = 0.2, 0.12  # of the long tail: product names, names of towns
_THREE_PARTS = 0.15
_S = ("ung", "heit", "keit", "schaft", "tät", "ion", "tum", "ling")
_ALL_RARE = 0.55  # of running words that say something


class Vocabulary:
    """Words with their inflected forms and how often each is written. Immutable, the same for a seed."""

    def __init__(self, size: int, towns: Sequence[str], *, seed: int) -> None:
        """For a corpus of `size` entries; `towns` are names that its long tail holds."""
        self._random = Random(f"vocabulary {seed}")  # noqa: S311 - repeatable, not secret
        self._bases = [word for word in list_of("words") if len(word) > 2 and word.isalpha()]
        self._random.shuffle(self._bases)
        self.words: list[tuple[str, ...]] = list(self._ranked(_distinct(size), towns))
        self.forms: list[str] = []
        weights: list[float] = []
        total = sum(1 / (rank + FLAT) for rank in range(len(self.words)))
        for rank, forms in enumerate(self.words):
            for form, share in zip(forms, _shares(len(forms)), strict=True):
                self.forms.append(form)
                weights.append(_ALL_RARE * share / (rank + FLAT) / total)
        said = sum(FUNCTION_WORDS.values())
        for word, of_thousand in FUNCTION_WORDS.items():
            self.forms.append(word)
            weights.append((1 - _ALL_RARE) * of_thousand / said)
        self.weights = list(accumulate(weights))

    def coin(self, random: Random) -> tuple[str, ...]:
        """A compound that nobody has written yet, or hardly anybody."""
        return noun(_compound(self._bases, random, 3 if random.random() < 0.6 else 2))

    def subject(self, random: Random) -> tuple[str, ...]:
        """A word that an entry may be about: not one of the commonest, else of any rank."""
        return self.words[int(len(self.words) ** random.uniform(0.45, 1)) - 1]

    def _ranked(self, size: int, towns: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Every word with its forms, the commonest first."""
        plain = self._plain()
        seen = {word for forms in plain for word in forms}
        yield from plain[:size]
        town = iter(self._random.sample(towns, len(towns)))
        for _ in range(size - len(plain)):
            kind = self._random.random()
            while True:
                if kind < _COINED:
                    forms: tuple[str, ...] = (self._product(),)
                elif kind < _COINED + _TOWNS and (name := next(town, "")):
                    forms = (name,)
                else:
                    parts = 3 if self._random.random() < _THREE_PARTS else 2
                    forms = noun(_compound(self._bases, self._random, parts))
                if forms[0] not in seen:
                    break
                kind = self._random.random()
            seen.add(forms[0])
            yield forms

    def _plain(self) -> list[tuple[str, ...]]:
        """The words that are no compounds, mixed with the first compounds, which soon become as common."""
        nouns = [noun(word.capitalize()) for word in self._bases[:_ALONE] if word not in COMMON]
        others = [*map(_verb, VERBS), *map(_adjective, ADJECTIVES), *nouns]
        self._random.shuffle(others)
        ranked = [noun(word.capitalize()) for word in COMMON]
        while others:
            ranked.append(others.pop())
            if len(ranked) < _BASE_AMONG_FIRST and self._random.random() < 0.5:
                ranked.append(noun(_compound(self._bases, self._random, 2)))
        return list(dict.fromkeys(ranked))

    def _product(self) -> str:
        syllables = self._random.choices(SYLLABLES, k=self._random.choice((2, 3, 3, 4)))
        return "".join(syllables).capitalize()


def noun(word: str) -> tuple[str, ...]:
    """A noun with the forms that it is written in, the commonest first; endings by rule, so not all right."""
    if word.endswith(_S):
        return word, word + "en"
    if word.endswith("e"):
        return word, word + "n"
    if word.endswith("en"):
        return (word,)
    if word.endswith(("er", "el")):
        return word, word + "s"
    return word, word + "s", word + "e", word + "en"


def _verb(word: str) -> tuple[str, ...]:
    root = word[:-2] if word.endswith("en") else word[:-1]
    return word, root + "t", root + "te", root + "end"


def _adjective(word: str) -> tuple[str, ...]:
    return word, word + "e", word + "en", word + "er", word + "es"


def _compound(bases: Sequence[str], random: Random, parts: int) -> str:
    """Words of the list as one: frequent parts are in many compounds."""
    *inner, last = (bases[int(len(bases) * random.random() ** 2)] for _ in range(parts))
    return "".join([*(word + _link(word) for word in inner), last]).capitalize()


def _link(word: str) -> str:
    """What stands between a word and the next of a compound."""
    if word.endswith(_S):
        return "s"
    return "n" if word.endswith("e") else ""


def _shares(count: int) -> list[float]:
    """How often each form of a word is written: each half as often as the one before."""
    halves = [0.5**place for place in range(count)]
    return [half / sum(halves) for half in halves]


def _distinct(size: int) -> int:
    """How many words a corpus of so many entries has, forms not counted."""
    return int(_GROWTH * (max(size, 1) * _WORDS_AN_ENTRY) ** 0.5)
