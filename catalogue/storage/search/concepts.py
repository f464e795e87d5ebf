"""A word of a question -> a concept: the terms that mean it, and the parts that together mean it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from catalogue.storage.search import terms
from catalogue.storage.search.compounds import parts_of
from catalogue.storage.search.postings import Postings
from catalogue.storage.search.spelling import MOST_BEGINNINGS, Vocabulary
from catalogue.storage.search.tokens import Token

# How much a match counts, by what matched.
_EXACT, _STEM, _ENGLISH, _IN_COMPOUND, _BEGINNING = 0.6, 1.0, 0.9, 0.5, 0.7
_PARTS, _PAIR = 0.4, 0.9  # what parts of a compound, and two words for one, count together
_SHORTEST_BEGINNING = 3
_SHORTEST_HALF = 4  # letters of each of two words written as one
_MOST_CORRECTIONS = 5  # words of a question; a question of nonsense costs no more than any other

Lookup = Callable[[str], Postings]


@dataclass(frozen=True, slots=True)
class Concept:
    """What one word (or two for one) means. Found by any of `terms`, or by its `parts`.

    The parts of a `compound` must come together, but for `dispensable` ones; what has only them stands below
    what has the word. Of other parts each counts for its share.
    """

    terms: tuple[tuple[str, float], ...]
    parts: tuple["Concept", ...] = ()
    discount: float = 1.0  # for what is found by parts
    compound: bool = False
    dispensable: bool = False
    about: str | None = None  # the term of names that answers where nothing has the whole compound
    generic: bool = False  # says little without another

    def all_terms(self) -> Iterator[str]:
        """Every term in it."""
        yield from (term for term, _ in self.terms)
        for part in self.parts:
            yield from part.all_terms()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question's words as concepts; `replaced` are corrections, `ignored` means nothing to the index."""

    concepts: tuple[Concept, ...]
    replaced: dict[Token, str]
    ignored: tuple[Token, ...]


def concept_of(form: str) -> Concept:
    """The concept of a folded word."""
    parts = parts_of(form)
    last = len(parts) - 1
    return Concept(
        (
            (terms.exact(form), _EXACT),
            (terms.stem(form), _STEM),
            (terms.part(form), _IN_COMPOUND),
            (terms.english(form), _ENGLISH),
        ),
        tuple(
            Concept(
                ((terms.stem(p), _STEM), (terms.part(p), _IN_COMPOUND)),
                dispensable=place == last and terms.is_kind(p),
            )
            for place, p in enumerate(parts)
        ),
        _PARTS,
        compound=True,
        about=terms.named(parts[0]) if parts and not terms.is_generic(parts[0]) else None,
        generic=terms.is_generic(form),
    )


def phrase_concept(words: Sequence[Token]) -> Concept:
    """The concept of words in quotation marks; that they follow each other is for the index to see."""
    parts = zip(terms.sequence_of(words), words, strict=True)
    return Concept(
        (), tuple(Concept(((term, _EXACT), (terms.stem(word.form), _STEM))) for term, word in parts)
    )


def understand(words: Sequence[Token], vocabulary: Vocabulary, lookup: Lookup) -> Understood:
    """Turn words into concepts: two words that the index knows as one, words, beginnings, corrections.

    Where nothing but words that say little is found, there is no concept: all planning is no answer to who
    asks for the planning of heat.
    """
    concepts: list[Concept] = []
    replaced: dict[Token, str] = {}
    ignored: list[Token] = []
    place = 0
    while place < len(words):
        token, following = words[place], words[place + 1] if place + 1 < len(words) else None
        place += 1
        if following and token.form + following.form in vocabulary:
            concepts.append(_pair(token, following))
            place += 1
        elif not terms.is_stop_word(token):
            concept = _known(token, lookup) or _begun(token.form, vocabulary)
            concept = concept or _run_together(token.form, vocabulary)
            if concept is None and len(replaced) + len(ignored) < _MOST_CORRECTIONS:
                better = vocabulary.correct(token.form)
                concept = _found(concept_of(better), lookup) if better else None
                if better and concept:
                    replaced[token] = vocabulary.text(better)
            if concept:
                concepts.append(concept)
            else:
                ignored.append(token)
    missed = any(not terms.is_generic(token.form) for token in ignored)
    if missed and all(concept.generic for concept in concepts):
        concepts, replaced = [], {}
    return Understood(tuple(concepts), replaced, tuple(ignored))


def _pair(first: Token, second: Token) -> Concept:
    """Two words that are also written as one: "hal plan", "mit lizenz"."""
    whole = concept_of(first.form + second.form)
    if terms.is_stop_word(first) or terms.is_stop_word(second):
        return whole
    return Concept(whole.terms, (concept_of(first.form), concept_of(second.form)), _PAIR)


def _known(token: Token, lookup: Lookup) -> Concept | None:
    """The concept of a word that the index has, or whose every part it has."""
    concept = _found(concept_of(token.form), lookup)
    if concept or not token.more:
        return concept
    parts = tuple(concept_of(form) for form in token.more)
    return _found(Concept((), parts, _PAIR), lookup)


def _begun(form: str, vocabulary: Vocabulary) -> Concept | None:
    """What the word may be the beginning of."""
    if len(form) < _SHORTEST_BEGINNING:
        return None
    words = vocabulary.beginning(form, MOST_BEGINNINGS)
    return Concept(tuple((terms.exact(word), _BEGINNING) for word in words)) if words else None


def _run_together(form: str, vocabulary: Vocabulary) -> Concept | None:
    """Two words of the index written as one: "opendata"."""
    for cut in range(_SHORTEST_HALF, len(form) - _SHORTEST_HALF + 1):
        if form[:cut] in vocabulary and form[cut:] in vocabulary:
            return Concept((), (concept_of(form[:cut]), concept_of(form[cut:])), _PAIR)
    return None


def _found(concept: Concept, lookup: Lookup) -> Concept | None:
    """The concept, if the index has one of its terms, or all the parts that it needs (of a compound in one
    document)."""
    if any(lookup(term).bits for term, _ in concept.terms):
        return concept
    needed = [_bits(part, lookup) for part in concept.parts if not part.dispensable]
    together = reduce(and_, needed) if needed else 0
    together = together or (lookup(concept.about).bits if concept.about else 0)
    return concept if together or (not concept.compound and needed and all(needed)) else None


def _bits(concept: Concept, lookup: Lookup) -> int:
    """The documents, as bits, that say it in any way."""
    bits = reduce(or_, (lookup(term).bits for term, _ in concept.terms), 0)
    needed = [_bits(part, lookup) for part in concept.parts if not part.dispensable]
    return bits | (reduce(and_ if concept.compound else or_, needed) if needed else 0)
