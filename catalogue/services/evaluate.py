"""Measures how well the search answers questions with known answers, and what each ingredient is worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.domain.relevance import DEPTH, Figures, Question, figures, quality
from catalogue.storage.search.concepts import Ingredient
from catalogue.storage.search.index import SearchIndex
from catalogue.storage.search.query import Hit, SearchQuery, SearchResult, parse_query
from catalogue.storage.search.semantic import encoder

_NOTHING = SearchResult(total=0, hits=(), facets=())


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and the first hits for it."""

    question: Question
    hits: tuple[Hit, ...]

    @property
    def ranking(self) -> tuple[str, ...]:
        """The ids of the hits."""
        return tuple(hit.id for hit in self.hits)

    @property
    def quality(self) -> float:
        """How good the answer is, from 0 to 1."""
        return quality(self.question, self.ranking)


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by kind of question, and over all of them."""

    kinds: Mapping[str, Figures]
    total: Figures


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of all questions: with everything, and without one ingredient each."""

    answered: tuple[Answered, ...]
    everything: Measured
    without: Mapping[Ingredient, Measured]

    def worst(self, count: int) -> list[Answered]:
        """The questions with the worst answers, the worst first; perfect answers are left out."""
        poor = sorted((one for one in self.answered if one.quality < 1), key=lambda one: one.quality)
        return poor[:count]


def answer(index: SearchIndex, text: str, limit: int) -> SearchResult:
    """What the search finds. A text without words asks for nothing and is answered with nothing.

    The pages show the whole catalogue then, since there it means that somebody wants to look around.
    """
    if parse_query(text).is_empty:
        return _NOTHING
    return index.search(SearchQuery(text=text, limit=limit, counted=False))


def evaluate(index: SearchIndex, questions: Sequence[Question]) -> Evaluation:
    """Ask all questions, then ask them again without each ingredient that the index has."""
    ingredients = [one for one in Ingredient if one is not Ingredient.MEANING or index.knows_meanings]
    answered = _ask(index, questions)
    return Evaluation(
        answered,
        _measured(answered),
        {ingredient: measure(index.without(ingredient), questions) for ingredient in ingredients},
    )


def measure(index: SearchIndex, questions: Sequence[Question]) -> Measured:
    """Ask all questions once, of the index as it is."""
    return _measured(_ask(index, questions))


def is_semantic_installed() -> bool:
    """Whether the extra `semantic` is there."""
    return encoder() is not None


def _ask(index: SearchIndex, questions: Iterable[Question]) -> tuple[Answered, ...]:
    return tuple(Answered(question, answer(index, question.text, DEPTH).hits) for question in questions)


def _measured(answered: Sequence[Answered]) -> Measured:
    by_kind: dict[str, list[tuple[Question, Sequence[str]]]] = {}
    for one in answered:
        by_kind.setdefault(one.question.kind, []).append((one.question, one.ranking))
    return Measured(
        {kind: figures(pairs) for kind, pairs in by_kind.items()},
        figures(pair for pairs in by_kind.values() for pair in pairs),
    )
