"""The search index, open: answers questions and makes suggestions."""

from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from catalogue.storage.search import terms
from catalogue.storage.search.collecting import no_collecting
from catalogue.storage.search.completions import Completions
from catalogue.storage.search.concepts import Concept, Ingredient, Understood, is_little, phrase_concept
from catalogue.storage.search.facts import IndexUnusable, Loaded, load_facts
from catalogue.storage.search.names import Names
from catalogue.storage.search.narrowing import FacetIndex
from catalogue.storage.search.orders import places_of
from catalogue.storage.search.postings import (
    Numbers,
    PostingsReader,
    Scores,
    bits_of_mask,
    mask_of,
    numbers_of,
)
from catalogue.storage.search.query import (
    Hit,
    Parsed,
    Reason,
    SearchQuery,
    SearchResult,
    Sort,
    Spelling,
    parse_query,
)
from catalogue.storage.search.ranking import (
    EXACT_NAME,
    LEAST,
    LEAST_BESIDE_MEANING,
    blend,
    rank,
    reuse_factor,
)
from catalogue.storage.search.reading import Reader
from catalogue.storage.search.reasons import Reasons
from catalogue.storage.search.said import Sayings
from catalogue.storage.search.semantic import VECTORS, Meanings, encoder
from catalogue.storage.search.spelling import Vocabulary
from catalogue.storage.search.suggest import Suggester, Suggestion
from catalogue.storage.search.synonyms import synonyms_of
from catalogue.storage.search.tokens import Token

_SHORTEST_MEANT = 5  # letters of a word that a model of whole words understands
_MOST_MEANT = 10  # hits by meaning: whoever wants more asks otherwise


def open_index(folder: Path) -> "SearchIndex":
    """Open a built index. Raises `IndexUnusable` where it is missing, damaged or of another version."""
    with no_collecting():
        return _opened(folder)


def _opened(folder: Path) -> "SearchIndex":
    loaded = load_facts(folder)
    try:
        postings = PostingsReader(folder)
    except Exception as error:  # Whoosh raises whatever its files make it raise
        raise IndexUnusable(f"{folder}: {error}") from error
    if postings.size != (size := len(loaded.facts.documents)):
        postings.close()
        raise IndexUnusable(f"{folder}: {postings.size} documents, facts of {size}")
    return SearchIndex(loaded, postings, _meanings(folder))


def _meanings(folder: Path) -> Meanings | None:
    """The meanings that the index holds, where the extra to ask for them is installed."""
    model = encoder() if (folder / VECTORS[0]).exists() else None
    try:
        return Meanings(folder, model) if model else None
    except (OSError, ValueError, IndexError):
        return None


class SearchIndex:
    """One generation of the index. Immutable and safe for threads; close it when the next one is open."""

    def __init__(self, loaded: Loaded, postings: PostingsReader, meanings: Meanings | None) -> None:
        """Use `open_index`."""
        facts, lexicon = loaded.facts, loaded.lexicon
        self._ids = tuple(document.id for document in facts.documents)
        self._meanings = meanings
        self._postings = postings
        self._alive = postings.alive
        self._facets = FacetIndex(
            facts.having,
            places=loaded.surroundings.places,
            parents={"topic": {topic.id: topic.parent for topic in facts.topics if topic.parent}},
        )
        self._names = Names([document.name_keys for document in facts.documents])
        self._vocabulary = Vocabulary(lexicon, loaded.surroundings.names, facts.words)
        self._sayings = Sayings(postings.get, len(facts.documents))
        self._all_alive = bool(self._alive.all())
        self._reader = Reader(self._vocabulary, synonyms_of(facts.synonyms), postings.get)
        there = [document for document in facts.documents if document.id]
        self._suggester = Suggester(
            there, facts.topics, self._facets.counts_of("technology"), Completions(lexicon, facts.words)
        )
        self._standings = np.array([document.standing for document in facts.documents], np.float32)
        reused = [reuse_factor(document.reused) for document in facts.documents]
        self._factors = self._standings * np.array(reused, np.float32)
        self._places = places_of(facts.documents)
        self._orders = {sort: np.argsort(places).astype(np.int32) for sort, places in self._places.items()}

    def __enter__(self) -> "SearchIndex":
        """Close it at the end of a with block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the files back; searching it afterwards raises."""
        self._postings.close()

    def warm(self, before: "SearchIndex | None" = None, most: int = 2000) -> None:
        """Decode the lists of terms that will be asked for, so that no question has to wait for them: those
        that the generation before has decoded, else the most frequent ones."""
        least = max(len(self._ids) // 100, 2)
        wanted = before._postings.held() if before else self._postings.frequent(least)[:most]
        for term in wanted:
            self._postings.get(term)

    def __len__(self) -> int:
        """How many solutions there are."""
        return int(np.count_nonzero(self._alive))

    def search(self, query: SearchQuery) -> SearchResult:
        """The solutions that answer, with counts for every facet. Never raises for what was typed."""
        parsed = parse_query(query.text)
        understood = self._reader.understand(parsed.words, correct=query.spelling is Spelling.CORRECTED)
        concepts = (*understood.concepts, *map(phrase_concept, parsed.phrases))
        scores, cover = self._scores(parsed, concepts, understood.ignored_weight)
        more = self._by_meaning(parsed, scores, cover, understood.ignored_weight)
        found, counts = self._facets.narrow(bits_of_mask(scores > 0), query, counted=query.counted)
        numbers = self._page(found, scores, query)
        hits = self._hits(numbers, scores, concepts if query.explained else ())
        if len(more) and len(hits) < query.limit:
            hits += self._meant(more, query, found.bit_count())
        return SearchResult(
            total=found.bit_count(),
            hits=tuple(hits),
            facets=counts,
            words_cut=parsed.words_cut,
            ignored=tuple(token.text for token in _ignored(parsed, understood, scores)),
            corrected=_corrected(query.text, understood),
        )

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """The orders that some solution has a value for; by any other, results come by relevance."""
        return tuple(sort for sort in Sort if sort in self._places)

    def without(self, ingredient: Ingredient) -> "SearchIndex":
        """The same index asked without one ingredient, for measuring; it shares the files of this one."""
        other = copy(self)
        other._reader = self._reader.without(ingredient)
        if ingredient is Ingredient.MEANING:
            other._meanings = None
        return other

    @property
    def knows_meanings(self) -> bool:
        """Whether questions are also answered by what they mean."""
        return self._meanings is not None

    def suggest(self, text: str, limit: int = 8, *, lang: str = "de") -> tuple[Suggestion, ...]:
        """What the text may be the beginning of: solutions, topics, technologies and words."""
        return self._suggester.suggest(text, limit, lang)

    def _scores(self, parsed: Parsed, concepts: Sequence[Concept], lost: float) -> tuple[Scores, Scores]:
        """The score of each document that answers, 0 for all others, and how much of the question it says;
        where no word asks for anything all allowed ones answer."""
        scores = np.zeros(len(self._ids), np.float32)
        cover = scores.copy()
        if not parsed.words and not parsed.phrases:
            return np.where(self._allowed(parsed), self._standings, np.float32(0)), cover
        if concepts:
            least = LEAST_BESIDE_MEANING if self._meanings else LEAST
            ranked = rank(concepts, self._sayings, self._factors, lost=lost, least=least)
            scores[ranked.numbers] = ranked.scores
            cover[ranked.numbers] = ranked.cover
        for number in self._names.find(parsed.words):
            scores[number] += EXACT_NAME
        if parsed.phrases or parsed.excluded or not self._all_alive:
            scores[~self._allowed(parsed)] = 0
        return scores, cover

    def _by_meaning(self, parsed: Parsed, scores: Scores, cover: Scores, lost: float) -> Scores:
        """Let the meaning decide among what was found by words; what it finds besides, with its scores."""
        if self._meanings is None or not parsed.words:
            return np.zeros(0, np.float32)
        nearness = self._meanings.nearness(parsed.text, np.flatnonzero(scores).astype(np.int32))
        more = blend(scores, cover, nearness, lost=lost)
        shortest = _SHORTEST_MEANT if scores.any() else 1
        if parsed.phrases or not any(self._may_mean(word, shortest) for word in parsed.words):
            more[:] = 0  # who asks for these very words, for a place or an abbreviation wants no others
        elif parsed.excluded:
            more[~self._allowed(parsed)] = 0
        return more

    def _may_mean(self, word: Token, shortest: int) -> bool:
        """Whether a word of so many letters has a meaning to compare; names of places have none."""
        return (
            len(word.form) >= shortest
            and word.form.isalpha()
            and not self._vocabulary.is_name(word.form)
            and not terms.is_stop_word(word)
            and not is_little(word)
        )

    def _meant(self, more: Scores, query: SearchQuery, total: int) -> Iterator[Hit]:
        """What means the question without saying its words, behind all that says them."""
        found, _ = self._facets.narrow(bits_of_mask(more > 0), query, counted=False)
        numbers = numbers_of(found)
        numbers = numbers[np.argsort(-more[numbers], kind="stable")]
        begin = max(max(query.offset, 0) - total, 0)
        room = max(query.offset, 0) + max(query.limit, 0) - max(total, max(query.offset, 0))
        for number in numbers[:_MOST_MEANT][begin : begin + max(room, 0)]:
            reason = Reason("meaning", query.text.strip())
            yield Hit(self._ids[number], round(float(more[number]), 3), reasons=(reason,), by="meaning")

    def _allowed(self, parsed: Parsed) -> NDArray[np.bool_]:
        """The documents with every phrase and without excluded words."""
        allowed = self._alive
        for phrase in parsed.phrases:
            allowed = allowed & mask_of(self._postings.phrase(terms.sequence_of(phrase)), len(allowed))
        for token in parsed.excluded:
            for term in (terms.exact(token.form), terms.stem(token.form)):
                allowed = allowed.copy()
                allowed[self._postings.get(term).numbers] = False
        return allowed

    def _page(self, found: int, scores: Scores, query: SearchQuery) -> Numbers:
        """The documents of the page in their order; of equal scores in the order of relevance."""
        begin, end = max(query.offset, 0), max(query.offset, 0) + max(query.limit, 0)
        sort = query.sort if query.sort in self._places else Sort.RELEVANCE
        numbers, places = numbers_of(found), self._places[sort]
        # One number to sort by, its lower half the place in the order: no two are the same.
        keys = places[numbers].astype(np.uint64)
        if sort is Sort.RELEVANCE:  # the bits of positive numbers are in the order of the numbers
            keys |= (~scores[numbers].view(np.uint32)).astype(np.uint64) << np.uint64(32)
        if 0 < end < len(numbers):  # most pages are the first: only what is on it is sorted
            keys = np.partition(keys, end - 1)[:end]
        keys.sort()
        page: Numbers = self._orders[sort][keys[begin:end] & np.uint64(0xFFFFFFFF)]
        return page

    def _hits(self, numbers: Numbers, scores: Scores, concepts: Sequence[Concept]) -> list[Hit]:
        """The documents of the page, with the terms of the concepts in them, and why they were found."""
        found = zip(numbers.tolist(), scores[numbers].tolist(), strict=True)
        if not concepts:
            return [Hit(self._ids[number], round(score, 3)) for number, score in found]
        why = Reasons(numbers, concepts, self._postings.get)
        return [
            Hit(self._ids[number], round(score, 3), frozenset(terms_), tuple(reasons))
            for (number, score), terms_, reasons in zip(found, why.terms, why.reasons, strict=True)
        ]


def _ignored(parsed: Parsed, understood: Understood, scores: Scores) -> tuple[Token, ...]:
    """The words that nothing was found for: all that say something, where there is no answer."""
    if scores.any():
        return understood.ignored
    return tuple(word for word in parsed.words if not terms.is_stop_word(word) and not is_little(word))


def _corrected(text: str, understood: Understood) -> str | None:
    """The question with its corrections, None where there are none."""
    for token in sorted(understood.replaced, key=lambda token: -token.start):
        text = text[: token.start] + understood.replaced[token] + text[token.end :]
    return text if understood.replaced else None
