"""The one place of the benchmark that reaches into the index: terms of a question, ranking alone, caches."""

import itertools
from collections.abc import Callable, Sequence
from copy import copy
from datetime import timedelta
from functools import partial
from pathlib import Path

from catalogue.benchmark.corpus import Corpus
from catalogue.benchmark.engines import Concepts, Run
from catalogue.domain.solution import Solution
from catalogue.storage.search import compounds, stems, terms
from catalogue.storage.search.build import build_index
from catalogue.storage.search.concepts import Understood
from catalogue.storage.search.index import SearchIndex
from catalogue.storage.search.query import SearchQuery, parse_query
from catalogue.storage.search.reading import Reader
from catalogue.storage.search.said import Sayings
from catalogue.storage.search.tokens import Token


def expanded_terms(index: SearchIndex, text: str) -> Concepts:
    """For each word of a question the terms that it is found by, synonyms and parts included."""
    understood = index._reader.understand(parse_query(text).words)
    return [list(dict.fromkeys(concept.all_terms())) for concept in understood.concepts]


def answering(index: SearchIndex, text: str) -> Run:
    """Answers a question that has been understood already: ranking, all facets, first page."""
    alone = copy(index)
    alone._reader = _Known(index._reader.understand(parse_query(text).words))
    return partial(alone.search, SearchQuery(text=text))


def anew(index: SearchIndex, query: SearchQuery) -> Run:
    """Answers a question of words that nobody asked before: what they mean and who says them is found out."""
    alone, known = copy(index), index._reader

    def run() -> object:
        alone._reader = Reader(known._vocabulary, known._synonyms, known._lookup, known._ingredients)
        alone._sayings = Sayings(index._postings.get, index._sayings.size)
        return alone.search(query)

    return run


class _Known(Reader):
    """Understands one question, and has done so before."""

    def __init__(self, understood: Understood) -> None:
        self._given = understood

    def understand(self, words: Sequence[Token], *, correct: bool = True) -> Understood:
        return self._given


def forget_words() -> None:
    """Empty every cache from a word to its stem, parts or terms; what is read once from a list stays."""
    for value in itertools.chain(*(vars(module).values() for module in (compounds, stems, terms))):
        parameters: Callable[[], dict[str, object]] | None = getattr(value, "cache_parameters", None)
        if parameters and parameters()["maxsize"] is not None:
            value.cache_clear()


def renew(old: Path, new: Path, corpus: Corpus, solutions: list[Solution], number: int) -> bool:
    """Write an index in which one entry has changed; whether the old one was made use of."""
    dates = corpus.dates()
    key = solutions[number].id
    dates[key] = (dates[key][0], dates[key][1] + timedelta(days=1))
    build_index(new, solutions, corpus.context, changed=dates, previous=old)
    return True
