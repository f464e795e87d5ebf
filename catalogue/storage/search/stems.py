"""Folded word -> stem, German and English: "beteiligungen", "beteiligung" and "beteiligt" become one."""

import re
import threading
from functools import cache, lru_cache

import snowballstemmer

from catalogue.storage.search.tokens import fold
from catalogue.storage.search.verbs import infinitive_of
from catalogue.storage.search.wordlists import list_of

_SHORTEST = 5  # letters that must stay before -innen and -ung: beginnen is no woman, Rum no Rummung
_CACHED = 100_000
_ENDINGS = ("", "s", "n", "en", "e", "es", "er", "ern", "em", "in", "innen")
# Women of whom -in alone tells; Termin, Medizin and Berlin are none.
_WOMAN = re.compile(r"(.{3,}(?:er|ist|ent|ant|ekt|log|or|ert))in$")
_PARTICIPLE = re.compile(r"(?<=...)iert(e[mnrs]?)?$")  # digitalisiert: digitalisieren
# Kitas, Autos, Apps, whose -s Snowball leaves; but Glas, Gras, Gas, kostenlos and Atlas end so.
_PLURAL = re.compile(r"(?<=...)(?<=[aoyp])(?<!gla)(?<!gra)(?<!ga)(?<!lo)(?<!tla)(?<!nap)(?<!gip)s$")
_WITH_EL = re.compile(r"(?<=[bdfgklmnpt])l(?=ung$)")  # Entwicklung: entwickeln; but Erholung, Zahlung

_german = snowballstemmer.stemmer("german")
_english = snowballstemmer.stemmer("english")
_lock = threading.Lock()  # a stemmer keeps the word that it works on in itself


@lru_cache(maxsize=_CACHED)
def german(form: str) -> str:
    """The stem of a folded German word."""
    families = _families()
    for base in (form, _without_gender(form)):
        if base in families:
            return families[base]
    base = infinitive_of(base) or _verb_of_noun(base) or _PLURAL.sub("", _PARTICIPLE.sub("ieren", base))
    if base in families:
        return families[base]
    with _lock:
        return str(_german.stemWord(base))


@lru_cache(maxsize=_CACHED)
def english(form: str) -> str:
    """The stem of a folded English word."""
    with _lock:
        return str(_english.stemWord(form))


@cache
def _families() -> dict[str, str]:
    """The forms of all words of the list, with the stem that they share."""
    members = [[fold(word) for word in line.split()] for line in list_of("families")]
    forms = {word: family[0] for family in members for word in family}
    for family in members:
        for word in family:
            for form in (word + ending for ending in _ENDINGS):
                if infinitive_of(form) != form:  # messen belongs to no Messe
                    forms.setdefault(form, family[0])
    return forms


def _verb_of_noun(form: str) -> str | None:
    """Meldung -> melden, Förderung -> fördern, Entwicklung -> entwickeln: nouns in -ung belong to verbs."""
    noun = form.removesuffix("en")
    if not noun.endswith("ung") or len(noun) < _SHORTEST + 2:
        return None
    noun = _WITH_EL.sub("el", noun)
    if noun.endswith("ierung") or not noun.endswith(("erung", "elung")):
        return noun[:-3] + "en"
    return noun[:-3] + "n"


def _without_gender(form: str) -> str:
    """Expertinnen -> expert, Bürgerin -> bürger."""
    if form.endswith("innen") and len(form) - 5 >= _SHORTEST:
        return form[:-5]
    woman = _WOMAN.fullmatch(form)
    return woman.group(1) if woman else form
