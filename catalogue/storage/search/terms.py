"""Word -> index terms, the same for entries, questions and highlighting.

A term's first sign says what it is, so that all kinds share one index and never meet by chance: `=` the exact
folded word, `.` one that says nothing, `~` a German stem, `+` the German stem of a part of a compound, `@` an
English stem.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from catalogue.storage.search import stems
from catalogue.storage.search.compounds import parts_of
from catalogue.storage.search.tokens import Token, fold, tokenise
from catalogue.storage.search.wordlists import list_of

STEMS, PARTS = "~+@", "+"  # the signs of terms that need a stemmer, and compounds taken apart
GAP = "="  # an empty exact word between texts, so that no phrase reaches from one into the next


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in list_of("stopwords"))


def is_stop_word(token: Token) -> bool:
    """Whether the word says nothing; MIT in capitals is a licence, mit is not. So are single letters."""
    if len(token.form) < 2:
        return not token.form.isalnum() or token.form.isalpha()
    return token.form in _stop_words() and not (token.text.isupper() and len(token.text) > 2)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(stems.german(fold(word)) for word in list_of("kinds"))


@cache
def _generic() -> frozenset[str]:
    return _kinds() | {stems.german(fold(word)) for word in list_of("generic")}


@cache
def _weak() -> frozenset[str]:
    return frozenset(stems.german(fold(word)) for word in list_of("weak"))


def is_weak(form: str) -> bool:
    """Whether the folded word is an everyday one that says little of what is looked for: Leute, schnell."""
    return stems.german(form) in _weak()


@cache
def _common() -> frozenset[str]:
    return frozenset(stem for word in list_of("common") for stem in (stems.german(fold(word)), fold(word)))


def is_common(form: str) -> bool:
    """Whether the folded word is a common one of German or English, right as it stands."""
    return form in _common() or stems.german(form) in _common()


@cache
def _elsewhere() -> frozenset[str]:
    words = (token for line in list_of("elsewhere") for token in tokenise(line))
    return frozenset(stems.german(word.form) for word in words if not is_stop_word(word))


def is_elsewhere(form: str) -> bool:
    """Whether the folded word, or a part of it, is of a field that the catalogue cannot be about."""
    return any(stems.german(piece) in _elsewhere() for piece in (form, *parts_of(form)))


def is_kind(form: str) -> bool:
    """Whether the folded word says what a thing is made as, not what it is for: a Portal, an App."""
    return stems.german(form) in _kinds()


def is_generic(form: str) -> bool:
    """Whether the folded word says little without another: Software, kommunal, Softwarelösung."""
    parts = parts_of(form)
    return stems.german(form) in _generic() or (bool(parts) and all(map(is_generic, parts)))


def exact(form: str) -> str:
    """The exact word."""
    return "=" + form


def stem(form: str) -> str:
    """The German stem of the whole word."""
    return "~" + stems.german(form)


def part(form: str) -> str:
    """The word as a part of a compound."""
    return "+" + stems.german(form)


def english(form: str) -> str:
    """The English stem."""
    return "@" + stems.english(form)


@lru_cache(maxsize=100_000)
def german_terms(form: str) -> tuple[str, ...]:
    """Stem and parts of a folded word."""
    return (stem(form), *(part(piece) for piece in parts_of(form)))


def german_of(words: Iterable[Token]) -> list[str]:
    """The stems and parts of German words, without those that say nothing."""
    return [term for form, _ in spellings_of(words) for term in german_terms(form)]


def english_of(words: Iterable[Token]) -> list[str]:
    """The stems of English words, without those that say nothing."""
    return [english(form) for form, _ in spellings_of(words)]


def exact_of(words: Iterable[Token]) -> list[str]:
    """The words as they stand, without those that say nothing."""
    return [exact(form) for form, _ in spellings_of(words)]


def spellings_of(words: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Each folded word that says something, with its spelling; also what words are known by otherwise."""
    for word in words:
        if not is_stop_word(word):
            yield word.form, word.text
        for form in word.more:
            yield form, form


def sequence_of(words: Iterable[Token]) -> list[str]:
    """All words in order, for phrases."""
    return [("." if is_stop_word(word) else "=") + word.form for word in words]


def all_of(token: Token) -> frozenset[str]:
    """Every term that a word of a text may have been found by."""
    found = set(sequence_of((token,)))
    found |= {exact(token.form), english(token.form), *german_terms(token.form)}
    for form in token.more:
        # Without parts: the App of a Stadt-App is not the Stadt.
        found |= {exact(form), english(form), stem(form)}
    return frozenset(found)
