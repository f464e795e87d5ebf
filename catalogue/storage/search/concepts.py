"""A question -> concepts: what each of its words means, and the ways in which solutions may say it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalogue.storage.search import terms
from catalogue.storage.search.compounds import parts_of
from catalogue.storage.search.tokens import Token

# How much a match counts, by what matched.
EXACT, _STEM, _ENGLISH, _IN_COMPOUND = 0.6, 1.0, 0.9, 0.5
_PARTS, PAIR = 0.6, 0.9  # what parts of a compound, and two words for one, count together
# How much a word says: one that says little without another (kommunal), an everyday word (Leute), any other.
GENERIC, WEAK, TELLING = 0.3, 0.2, 1.0
# What a word says that no entry has: a common one (gekommen), one that is not even common (Rotwein), and one
# of `elsewhere.txt`.
COMMON, STRANGE, ELSEWHERE = 0.5, 1.5, 2.0


class Ingredient(StrEnum):
    """What the search knows of language, to be measured by leaving it out."""

    STEMS = "stems"
    COMPOUNDS = "compounds"
    SYNONYMS = "synonyms"
    CORRECTION = "correction"
    MEANING = "meaning"


EVERYTHING = frozenset(Ingredient)


class By(StrEnum):
    """In which way a word was found; the values are those of `query.Reason.kind`."""

    WORD = "word"
    SYNONYM = "synonym"
    CORRECTION = "correction"
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say it: any of the terms, or else the parts, all of them (`strict`) or each for its share.

    `text` is how it is said. `factor` is what it counts against the word itself, `discount` what the parts
    count against the whole.
    """

    terms: tuple[tuple[str, float], ...]
    parts: tuple["Concept", ...] = ()
    strict: bool = False
    factor: float = 1.0
    discount: float = 1.0
    by: By = By.WORD
    text: str = ""

    def all_terms(self) -> Iterator[str]:
        """Every term in it."""
        yield from (term for term, _ in self.terms)
        for part in self.parts:
            yield from part.all_terms()


@dataclass(frozen=True, slots=True)
class Concept:
    """What one word (or several for one thing) of the question means; the best way counts.

    `weight` is how much it says; `dispensable` parts of a compound say only what it is made as.
    """

    asked: str
    ways: tuple[Way, ...]
    weight: float = TELLING
    dispensable: bool = False

    def all_terms(self) -> Iterator[str]:
        """Every term in it."""
        for way in self.ways:
            yield from way.all_terms()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question's words as concepts; `replaced` are corrections, `ignored` means nothing to the index.

    `ignored_weight` is how much the ignored words say.
    """

    concepts: tuple[Concept, ...]
    replaced: dict[Token, str]
    ignored: tuple[Token, ...]
    ignored_weight: float = 0.0


def weight_of(form: str) -> float:
    """How much a folded word says, from 0 to 1."""
    if terms.is_weak(form):
        return WEAK
    return GENERIC if terms.is_generic(form) else TELLING


def lost_weight(form: str) -> float:
    """How much a word says that the index does not know: a common word is there by the way more often."""
    weight = weight_of(form)
    if weight < TELLING:
        return weight
    if terms.is_elsewhere(form):
        return ELSEWHERE
    return COMMON if terms.is_common(form) else STRANGE


def is_little(word: Token) -> bool:
    """Whether a word says little without others."""
    return weight_of(word.form) < TELLING


def way_of(form: str, *, by: By = By.WORD, factor: float = 1.0, text: str = "") -> Way:
    """How a folded word is said: as it is, inflected, in compounds, in English, or by the parts of it."""
    return Way(
        (
            (terms.exact(form), EXACT),
            (terms.stem(form), _STEM),
            (terms.part(form), _IN_COMPOUND),
            (terms.english(form), _ENGLISH),
        ),
        # Of a synonym the parts are left out: who says Bebauungsplan does not ask for all that is a plan.
        () if by is By.SYNONYM else _parts(form),
        strict=by is not By.WORD,
        factor=factor,
        discount=_PARTS,
        by=by,
        text=text or form,
    )


def _parts(form: str) -> tuple[Concept, ...]:
    pieces = parts_of(form)
    return tuple(
        Concept(
            piece,
            (Way(((terms.stem(piece), _STEM), (terms.part(piece), _IN_COMPOUND)), text=piece),),
            weight_of(piece),
            dispensable=place == len(pieces) - 1 and terms.is_kind(piece),
        )
        for place, piece in enumerate(pieces)
    )


def plain_concept(form: str) -> Concept:
    """The concept of a folded word as one of several."""
    return Concept(form, (way_of(form),), weight_of(form))


def concept_of(token: Token) -> Concept:
    """The concept of a word as it stands, hyphens and camel case understood."""
    way = way_of(token.form, text=token.text)
    camel = tuple(map(plain_concept, token.more))
    more = (Way((), camel, factor=PAIR, text=token.text),) if camel else ()
    return Concept(token.text, (way, *more), weight_of(token.form))


def phrase_concept(words: Sequence[Token]) -> Concept:
    """The concept of words in quotation marks; that they follow each other is for the index to see."""
    said = list(zip(terms.sequence_of(words), words, strict=True))
    # Words like "für" are in no list but that of sequences.
    parts = [(term, word) for term, word in said if not terms.is_stop_word(word)] or said
    return Concept(
        " ".join(word.text for word in words),
        (
            Way(
                (),
                tuple(
                    Concept(word.text, (Way(((term, EXACT), (terms.stem(word.form), _STEM))),))
                    for term, word in parts
                ),
                strict=True,
            ),
        ),
    )
