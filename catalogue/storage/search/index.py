"""The search index, open: answers questions and makes suggestions."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from catalogue.standards.text import sort_key
from catalogue.storage.search import terms
from catalogue.storage.search.concepts import Concept, Understood, phrase_concept, understand
from catalogue.storage.search.facets import FacetIndex
from catalogue.storage.search.facts import DocumentFacts, Facts, IndexUnusable, load_facts
from catalogue.storage.search.names import Names
from catalogue.storage.search.postings import PostingsReader, bits_of, numbers_of
from catalogue.storage.search.query import Hit, Parsed, SearchQuery, SearchResult, Sort, parse_query
from catalogue.storage.search.ranking import EXACT_NAME, rank, reuse_factor
from catalogue.storage.search.spelling import Vocabulary
from catalogue.storage.search.suggest import Suggester, Suggestion


def open_index(folder: Path) -> "SearchIndex":
    """Open a built index. Raises `IndexUnusable` where it is missing, damaged or of another version."""
    facts = load_facts(folder)
    try:
        postings = PostingsReader(folder)
    except Exception as error:  # Whoosh raises whatever its files make it raise
        raise IndexUnusable(f"{folder}: {error}") from error
    if postings.count != len(facts.documents):
        postings.close()
        raise IndexUnusable(f"{folder}: {postings.count} documents, facts of {len(facts.documents)}")
    return SearchIndex(facts, postings)


class SearchIndex:
    """One generation of the index. Immutable and safe for threads; close it when the next one is open."""

    def __init__(self, facts: Facts, postings: PostingsReader) -> None:
        """Use `open_index`."""
        self._documents = facts.documents
        self._postings = postings
        self._all = (1 << len(facts.documents)) - 1
        self._facets = FacetIndex([document.facets for document in facts.documents])
        self._names = Names([document.name_keys for document in facts.documents])
        self._vocabulary = Vocabulary(facts.words, facts.names)
        self._suggester = Suggester(facts.documents, facts.topics, self._facets.counts_of("technology"))
        self._standings = [document.standing for document in facts.documents]
        self._factors = [document.standing * reuse_factor(document.reused) for document in facts.documents]
        self._places = _places(facts.documents)

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

    def __len__(self) -> int:
        """How many solutions there are."""
        return len(self._documents)

    def search(self, query: SearchQuery) -> SearchResult:
        """The solutions that answer, with counts for every facet. Never raises for what was typed."""
        parsed = parse_query(query.text)
        understood = understand(parsed.words, self._vocabulary, self._postings.get)
        concepts = (*understood.concepts, *map(phrase_concept, parsed.phrases))
        scores = self._scores(parsed, concepts)
        found, counts = self._facets.narrow(bits_of(scores), query.chosen)
        numbers = self._sorted(numbers_of(found), scores, query.sort)
        page = numbers[max(query.offset, 0) :][: max(query.limit, 0)]
        return SearchResult(
            total=len(numbers),
            hits=tuple(self._hit(number, scores, concepts) for number in page),
            facets=counts,
            words_cut=parsed.words_cut,
            ignored=tuple(token.text for token in understood.ignored),
            corrected=_corrected(query.text, understood),
        )

    def suggest(self, text: str, limit: int = 8, *, lang: str = "de") -> tuple[Suggestion, ...]:
        """Topics, solutions and technologies that the text may be the beginning of, labels by language."""
        return self._suggester.suggest(text, limit, lang)

    def _scores(self, parsed: Parsed, concepts: Sequence[Concept]) -> dict[int, float]:
        """The score of each document that answers; of all allowed ones where no word asks for anything."""
        allowed = self._allowed(parsed)
        if not parsed.words and not parsed.phrases:
            return {number: self._standings[number] for number in numbers_of(allowed)}
        scores = rank(concepts, self._postings.get, self._factors, allowed)
        for number in self._names.find(parsed.words):
            if allowed >> number & 1:
                scores[number] = scores.get(number, 0.0) + EXACT_NAME
        return scores

    def _allowed(self, parsed: Parsed) -> int:
        """The documents, as bits, with every phrase and without excluded words."""
        bits = self._all
        for phrase in parsed.phrases:
            bits &= self._postings.phrase(terms.sequence_of(phrase))
        for token in parsed.excluded:
            for term in (terms.exact(token.form), terms.stem(token.form)):
                bits &= ~self._postings.get(term).bits
        return bits

    def _sorted(self, numbers: list[int], scores: Mapping[int, float], sort: Sort) -> list[int]:
        places = self._places[sort]
        if sort is Sort.RELEVANCE:
            return sorted(numbers, key=lambda number: (-scores[number], places[number]))
        return sorted(numbers, key=places.__getitem__)

    def _hit(self, number: int, scores: Mapping[int, float], concepts: Iterable[Concept]) -> Hit:
        found = {term for concept in concepts for term in concept.all_terms()}
        matched = frozenset(term for term in found if number in self._postings.get(term).scores)
        return Hit(self._documents[number].id, scores[number], matched)


def _places(documents: Sequence[DocumentFacts]) -> dict[Sort, list[int]]:
    """The place of each document in every order. By relevance, equals go by how often they are reused."""
    by_name = sorted(range(len(documents)), key=lambda number: sort_key(documents[number].name))
    orders = {
        Sort.NAME: by_name,
        Sort.NEWEST: sorted(
            by_name, key=lambda number: (documents[number].published, documents[number].latest), reverse=True
        ),
        # By the number that the page shows; of equals, who has more of them confirmed.
        Sort.MOST_REUSED: sorted(
            by_name, key=lambda number: (-documents[number].reused, -documents[number].confirmed)
        ),
    }
    orders[Sort.RELEVANCE] = orders[Sort.MOST_REUSED]
    places = {sort: [0] * len(documents) for sort in orders}
    for sort, order in orders.items():
        for place, number in enumerate(order):
            places[sort][number] = place
    return places


def _corrected(text: str, understood: Understood) -> str | None:
    """The question with its corrections, None where there are none."""
    for token in sorted(understood.replaced, key=lambda token: -token.start):
        text = text[: token.start] + understood.replaced[token] + text[token.end :]
    return text if understood.replaced else None
