"""tantivy through its Python binding: one field a weight class, counts by aggregations over fast fields."""

import re
from collections.abc import Sequence
from pathlib import Path

from catalogue.benchmark.engines import CLASSES, FACETS, FIRST, Answer, Concepts, PeerDocument

try:
    import tantivy
except ImportError:
    tantivy = None

_MOST_VALUES = 100
_COUNTS = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS}


class Tantivy:
    """One thread for writing, all segments merged before reading: what reading is fastest with."""

    name = "tantivy"
    in_process = True

    def __init__(self, folder: Path) -> None:
        if tantivy is None:
            raise ImportError("not installed; run: pip install '.[benchmark]'")
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        for name in (*CLASSES, "words", "label"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        for name in FACETS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_integer_field("number", fast=True, stored=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        self._writer = self._index.writer(heap_size=256_000_000, num_threads=1)

    def add(self, document: PeerDocument) -> None:
        made = tantivy.Document()
        for name, terms in document.terms.items():
            made.add_text(name, " ".join(terms))
        made.add_text("words", " ".join(document.words))
        made.add_text("label", " ".join(document.label))
        for name, values in document.facets.items():
            for value in values:
                made.add_text(name, value)
        made.add_integer("number", document.number)
        self._writer.add_document(made)

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, concepts: Concepts, *, every: bool) -> Answer:
        occur = tantivy.Occur.Must if every else tantivy.Occur.Should
        if every:
            query = tantivy.Query.boolean_query([(occur, self._any(terms)) for terms in concepts])
        else:
            query = self._any([term for terms in concepts for term in terms])
        return self._answer(query, facets=True)

    def beginning(self, words: Sequence[str]) -> Sequence[int]:
        *whole, last = words
        pattern = tantivy.Query.regex_query(self._schema, "label", re.escape(last) + ".*")
        parts = [(tantivy.Occur.Must, pattern)]
        parts += [
            (tantivy.Occur.Must, tantivy.Query.term_query(self._schema, "label", word)) for word in whole
        ]
        query = tantivy.Query.boolean_query(parts) if whole else pattern
        return self._numbers(self._searcher.search(query, 8, count=False).hits)

    def misspelt(self, word: str, *, facets: bool) -> Answer:
        query = tantivy.Query.fuzzy_term_query(self._schema, "words", word, distance=1)
        return self._answer(query, facets=facets)

    def close(self) -> None:
        self._searcher = None

    def _any(self, terms: Sequence[str]) -> "tantivy.Query":
        made = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, name, term, "freq"), weight),
            )
            for term in terms
            for name, weight in CLASSES.items()
        ]
        return tantivy.Query.boolean_query(made)

    def _answer(self, query: "tantivy.Query", *, facets: bool) -> Answer:
        result = self._searcher.search(query, FIRST)
        counts = {}
        if facets:
            found = self._searcher.aggregate(query, _COUNTS)
            counts = {
                name: {row["key"]: row["doc_count"] for row in found[name]["buckets"]} for name in FACETS
            }
        return Answer(total=result.count, first=tuple(self._numbers(result.hits)), facets=counts)

    def _numbers(self, hits: Sequence[tuple[float, object]]) -> list[int]:
        return self._searcher.fast_field_values("number", [address for _, address in hits])
