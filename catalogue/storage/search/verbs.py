"""Forms of German verbs -> their infinitive: "angemeldet" and "anzumelden" become "anmelden"."""

from collections.abc import Iterable
from functools import cache

from catalogue.storage.search.tokens import fold
from catalogue.storage.search.wordlists import list_of

# The longest first: "zurueck" before "zu". What stands alone in anzumelden, and what never does.
_SEPARABLE = (
    *("zusammen", "herunter", "zurueck", "bekannt", "herauf", "heraus", "herein", "hinauf", "hinaus"),
    *("hinein", "hinzu", "wieder", "weiter", "bereit", "durch", "herab", "herum", "kennen", "nieder"),
    *("statt", "ueber", "unter", "voran", "voraus", "vorbei", "frei", "fern", "fest", "hoch", "nach"),
    *("rueck", "rein", "raus", "teil", "ab", "an", "auf", "aus", "bei", "dar", "ein", "fort", "her", "hin"),
    *("los", "mit", "um", "vor", "weg", "zu"),
)
_INSEPARABLE = ("miss", "emp", "ent", "zer", "ver", "be", "er", "ge", "ueber", "unter", "um", "wider")
_ENDS = ("", "e", "en", "er", "es", "em")  # of a participle: die angemeldete Person
# Nouns that look like forms of a verb.
_NOUNS = frozenset(
    ("bucht", "macht", "sucht", "wacht", "acht", "schulter", "verdacht", "andacht", "erbrecht", "betrieben")
)
_SHORTEST = 5


@cache
def _infinitives() -> dict[str, str]:
    """Each form of a verb without prefix, with its infinitive."""
    verbs = [[fold(word) for word in line.split()] for line in list_of("verbs")]
    forms = {infinitive: infinitive for infinitive, *_ in verbs}
    for infinitive, *irregular in verbs:
        present = _present(infinitive)
        participles = {present, "ge" + present, *(form for form in irregular if form.startswith("ge"))}
        if not infinitive.startswith("ge"):
            # geschrieben, but: beschrieben
            participles |= {form[2:] for form in irregular if form.startswith("ge")}
        shapes = {form + end for form in participles for end in _ENDS}
        shapes |= {form + end for form in irregular for end in ("", "en")}
        forms |= dict.fromkeys(shapes - forms.keys(), infinitive)
    return forms


def _present(infinitive: str) -> str:
    """melden -> meldet; with ge- before it also its participle."""
    stem = infinitive.removesuffix("n").removesuffix("e") if infinitive.endswith("en") else infinitive[:-1]
    return stem + ("et" if stem.endswith(("t", "d", "chn", "ffn", "dn", "gn", "tm")) else "t")


def infinitive_of(form: str) -> str | None:
    """The infinitive of a folded form, with its prefixes; None where no verb of the list is in it."""
    if len(form) < _SHORTEST or form in _NOUNS:
        return None
    forms = _infinitives()
    if form in forms:
        return forms[form]
    return _behind(form, _SEPARABLE, forms) or _behind(form, _INSEPARABLE, forms)


def _behind(form: str, prefixes: Iterable[str], forms: dict[str, str]) -> str | None:
    """The infinitive behind one of the prefixes: ab|zu|melden, vor|be|reitet."""
    for prefix in prefixes:
        if not form.startswith(prefix):
            continue
        rest = form[len(prefix) :]
        if rest in forms:
            return prefix + forms[rest]
        if prefixes is _SEPARABLE:
            inner = rest.removeprefix("zu")
            if inner != rest and forms.get(inner) == inner:
                return prefix + inner
            if found := _behind(inner, _INSEPARABLE, forms):
                return prefix + found
    return None
