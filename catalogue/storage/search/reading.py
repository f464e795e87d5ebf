"""A question read in the light of an index: what each of its words means there."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from catalogue.storage.search import terms
from catalogue.storage.search.concepts import (
    EVERYTHING,
    EXACT,
    PAIR,
    TELLING,
    By,
    Concept,
    Ingredient,
    Understood,
    Way,
    concept_of,
    lost_weight,
    plain_concept,
    way_of,
    weight_of,
)
from catalogue.storage.search.kept import Kept
from catalogue.storage.search.postings import Postings
from catalogue.storage.search.spelling import MOST_BEGINNINGS, Vocabulary
from catalogue.storage.search.synonyms import Meaning, Synonyms
from catalogue.storage.search.tokens import Token, tokenise

_CORRECTED = 0.85  # how much a match counts of what was not typed
_BEGINNING = 0.7  # how much a match counts of what only begins like this
_SHORTEST_BEGINNING = 3
_SHORTEST_HALF = 4  # letters of each of two words written as one
_MOST_CORRECTIONS = 5  # words of a question; a question of nonsense costs no more than any other
_REMEMBERED = 1000  # words whose meaning is remembered, corrections of misspelt ones among them

Lookup = Callable[[str], Postings]
_Make = Callable[[Sequence[Token]], Concept | None]
_Words = tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]]  # what was done with which words


class Reader:
    """Reads questions in the light of an index: its words, its synonyms."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        synonyms: Synonyms,
        lookup: Lookup,
        ingredients: frozenset[Ingredient] = EVERYTHING,
    ) -> None:
        self._vocabulary = vocabulary
        self._synonyms = synonyms if Ingredient.SYNONYMS in ingredients else Synonyms(())
        self._lookup = lookup
        self._ingredients = ingredients
        self._memory: Kept[_Words, tuple[Concept | None]] = Kept(_REMEMBERED)
        self._lock = threading.Lock()

    def without(self, ingredient: Ingredient) -> "Reader":
        """The same without one ingredient, for measuring what that one is worth."""
        return Reader(self._vocabulary, self._synonyms, self._lookup, self._ingredients - {ingredient})

    def understand(self, words: Sequence[Token], *, correct: bool = True) -> Understood:
        """Turn words into concepts: expressions, two words that the index knows as one, words, beginnings,
        corrections. `correct` is False where words are meant as they are typed."""
        understood = self._understood(words, correct and Ingredient.CORRECTION in self._ingredients)
        if Ingredient.STEMS in self._ingredients and Ingredient.COMPOUNDS in self._ingredients:
            return understood
        left = (self._reduced(concept) for concept in understood.concepts)
        return replace(understood, concepts=tuple(concept for concept in left if self._is_said(concept)))

    def _reduced(self, concept: Concept) -> Concept:
        """The concept without stems, or without what takes compounds apart."""
        signs = terms.STEMS if Ingredient.STEMS not in self._ingredients else terms.PARTS
        ways = []
        for way in concept.ways:
            parts = tuple(map(self._reduced, way.parts))
            if Ingredient.COMPOUNDS not in self._ingredients and way.by is By.WORD and " " not in way.text:
                parts = ()
            kept = tuple((term, factor) for term, factor in way.terms if term[0] not in signs)
            ways.append(replace(way, terms=kept, parts=parts))
        return replace(concept, ways=tuple(ways))

    def _understood(self, words: Sequence[Token], correct: bool) -> Understood:
        concepts: list[Concept] = []
        replaced: dict[Token, str] = {}
        ignored: list[Token] = []
        place, left = 0, _MOST_CORRECTIONS if correct else 0
        while place < len(words):
            token = words[place]
            length, meanings = self._synonyms.find(words, place)
            if length > 1:
                expression = self._once(self._expression, words[place : place + length])
                if expression:
                    concepts.append(expression)
                    place += length
                    continue
                _, meanings = self._synonyms.find(words[: place + 1], place)
            if place + 1 < len(words) and token.form + words[place + 1].form in self._vocabulary:
                pair = self._once(self._pair, words[place : place + 2])
                concepts += (pair,) if pair else ()
                place += 2
                continue
            place += 1
            if terms.is_stop_word(token) and not meanings:
                continue
            one = (token,)
            concept = self._once(self._known, one)
            if concept is None and left:
                left -= 1
                concept = self._once(self._corrected, one)
                if concept:
                    replaced[token] = concept.ways[0].text
            concept = concept or self._once(self._begun, one)
            if concept:
                concepts.append(concept)
            else:
                ignored.append(token)
        lost = sum(lost_weight(token.form) for token in ignored)
        return Understood(tuple(concepts), replaced, tuple(ignored), lost)

    def _once(self, make: _Make, words: Sequence[Token]) -> Concept | None:
        """What `make` makes of the words; it is remembered, since words come again in other questions."""
        key = (make.__name__, tuple((word.text, word.form, word.more) for word in words))
        known = self._memory.get(key)
        if known is None:
            known = (make(words),)
            with self._lock:
                self._memory.put(key, known, 1)
        return known[0]

    def _expression(self, words: Sequence[Token]) -> Concept | None:
        """Several words for one thing: what they mean, or all of them."""
        _, meanings = self._synonyms.find(words, 0)
        telling = [word for word in words if not terms.is_stop_word(word)]
        parts = tuple(plain_concept(word.form) for word in telling)
        text = " ".join(word.text for word in words)
        own = Way(
            ((terms.exact("".join(word.form for word in words)), EXACT),),
            parts, strict=len(telling) < 4, discount=PAIR, text=text,
        )  # fmt: skip
        expression = Concept(text, (own, *self._meant(meanings)))
        return expression if self._is_said(expression) else None

    def _pair(self, words: Sequence[Token]) -> Concept:
        """Two words that are also written as one: "hal plan", "mit lizenz"."""
        first, second = words
        form, text = first.form + second.form, f"{first.text} {second.text}"
        whole = way_of(form, text=text)
        if not (terms.is_stop_word(first) or terms.is_stop_word(second)):
            both = (concept_of(first), concept_of(second))
            whole = replace(whole, parts=both, strict=False, discount=PAIR)
        _, meanings = self._synonyms.find((Token(text, first.start, second.end, form),), 0)
        return Concept(text, (whole, *self._meant(meanings)), max(weight_of(form), weight_of(second.form)))

    def _known(self, words: Sequence[Token]) -> Concept | None:
        """The concept of a word that the index has, or whose parts or synonyms it has."""
        (token,) = words
        _, meanings = self._synonyms.find(words, 0)
        concept = concept_of(token)
        concept = replace(concept, ways=(*self._with_parts_meant(concept.ways), *self._meant(meanings)))
        if self._is_said(concept):
            return concept
        return self._run_together(token)

    def _with_parts_meant(self, ways: Sequence[Way]) -> Iterator[Way]:
        """The ways; each part of a compound may be said by its synonyms too."""
        for way in ways:
            parts = []
            for part in way.parts:
                _, meanings = self._synonyms.find((Token(part.asked, 0, 0, part.asked),), 0)
                parts.append(replace(part, ways=(*part.ways, *self._meant(meanings))))
            yield replace(way, parts=tuple(parts))

    def _meant(self, meanings: Sequence[Meaning]) -> Iterator[Way]:
        for meaning in meanings:
            words = tokenise(meaning.text)
            if len(words) == 1:
                yield way_of(words[0].form, by=By.SYNONYM, factor=meaning.factor, text=meaning.text)
                continue
            parts = tuple(plain_concept(word.form) for word in words if not terms.is_stop_word(word))
            joined = ((terms.exact("".join(word.form for word in words)), EXACT),)
            yield Way(joined, parts, True, meaning.factor, PAIR, By.SYNONYM, meaning.text)

    def _corrected(self, words: Sequence[Token]) -> Concept | None:
        """The concept of what a misspelt word means."""
        (token,) = words
        better = self._vocabulary.correct(token.form)
        if better is None:
            return None
        text = self._vocabulary.text(better)
        _, meanings = self._synonyms.find((Token(text, 0, 0, better),), 0)
        way = replace(way_of(better, by=By.CORRECTION, factor=_CORRECTED, text=text), strict=False)
        concept = Concept(token.text, (way, *self._meant(meanings)), weight_of(better))
        return concept if self._is_said(concept) else None

    def _begun(self, words: Sequence[Token]) -> Concept | None:
        """What the word may be the beginning of."""
        (token,) = words
        if len(token.form) < _SHORTEST_BEGINNING:
            return None
        forms = self._vocabulary.beginning(token.form, MOST_BEGINNINGS)
        if not forms:
            return None
        found = tuple((terms.exact(form), _BEGINNING) for form in forms)
        text = self._vocabulary.text(forms[0])
        concept = Concept(token.text, (Way(found, by=By.BEGINNING, text=text),), weight_of(token.form))
        return concept if self._is_said(concept) else None

    def _run_together(self, token: Token) -> Concept | None:
        """Two words of the index written as one: "opendata"."""
        form = token.form
        for cut in range(_SHORTEST_HALF, len(form) - _SHORTEST_HALF + 1):
            if form[:cut] in self._vocabulary and form[cut:] in self._vocabulary:
                both = tuple(map(plain_concept, (form[:cut], form[cut:])))
                return Concept(token.text, (Way((), both, strict=True, factor=PAIR, text=token.text),))
        return None

    def _is_said(self, concept: Concept) -> bool:
        """Whether the index has a term of it, or one of the parts of a compound that say something."""
        return any(
            any(len(self._lookup(term)) for term, _ in way.terms)
            or any(part.weight == TELLING and self._is_said(part) for part in way.parts)
            for way in concept.ways
        )
