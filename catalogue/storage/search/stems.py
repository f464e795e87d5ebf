"""Folded word -> stem, German and English: "beteiligungen" and "beteiligung" become one."""

import threading
from functools import lru_cache

import snowballstemmer

# Snowball takes umlauts off, and with them the difference between a citizen and a castle.
_APART = (
    "buerger", "zaehler", "faehre", "waehrung", "zeitung", "bildung", "buchung", "leistung", "schulung",
    "schwerin",
)  # fmt: skip
_ENDINGS = ("", "s", "n", "en", "e", "es", "ern")
_AS_IS = {stem + ending: stem for stem in _APART for ending in _ENDINGS}
_SHORTEST = 5  # letters that must stay before -innen and -ung: beginnen is no woman, Zeitung no time
_CACHED = 100_000

_german = snowballstemmer.stemmer("german")
_english = snowballstemmer.stemmer("english")
_lock = threading.Lock()  # a stemmer keeps the word that it works on in itself


@lru_cache(maxsize=_CACHED)
def german(form: str) -> str:
    """The stem of a folded German word."""
    base = _without_gender(form)
    if base in _AS_IS:
        return _AS_IS[base]
    with _lock:
        stem = str(_german.stemWord(base))
    # Snowball leaves -ung on short words: Meldung and melden, Planung and Plan belong together.
    if stem.endswith("ung") and len(stem) - 3 >= _SHORTEST - 1:
        return stem[:-3]
    return stem


@lru_cache(maxsize=_CACHED)
def english(form: str) -> str:
    """The stem of a folded English word."""
    with _lock:
        return str(_english.stemWord(form))


def _without_gender(form: str) -> str:
    """Expertinnen -> expert, Bürgerin -> buerger."""
    if form.endswith("innen") and len(form) - 5 >= _SHORTEST:
        return form[:-5]
    if form.endswith("erin") and len(form) - 2 >= _SHORTEST and form not in _AS_IS:
        return form[:-2]
    return form
