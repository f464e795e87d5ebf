"""Whoosh as it comes: its own matchers, scores and grouped facets."""

from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, formats, index, query, scoring, sorting

from catalogue.benchmark.engines import CLASSES, FACETS, FIRST, Answer, Concepts, PeerDocument

_GROUPS = {name: sorting.FieldFacet(name, allow_overlap=True, maptype=sorting.Count) for name in FACETS}


class PlainWhoosh:
    """One segment, fields without positions; questions are built as objects, so nothing is parsed."""

    name = "Whoosh"
    in_process = True

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        schema = fields.Schema(number=fields.STORED)
        for name in CLASSES:
            field = fields.KEYWORD(scorable=True)
            field.format = formats.Frequency()
            schema.add(name, field)
        for name in FACETS:
            schema.add(name, fields.KEYWORD(commas=True))
        self._index = index.create_in(str(folder), schema)
        self._writer = self._index.writer(limitmb=256)

    def add(self, document: PeerDocument) -> None:
        self._writer.add_document(
            number=document.number,
            **{name: list(terms) for name, terms in document.terms.items()},
            **{name: list(values) for name, values in document.facets.items()},
        )

    def finish(self) -> None:
        self._writer.commit()
        self._searcher = self._index.searcher(weighting=scoring.BM25F())

    def search(self, concepts: Concepts, *, every: bool) -> Answer:
        parts = [_any(terms) for terms in concepts]
        asked = query.And(parts) if every else query.Or([term for part in parts for term in part.subqueries])
        results = self._searcher.search(asked, limit=FIRST, groupedby=_GROUPS)
        first = tuple(hit["number"] for hit in results[:FIRST])
        counts = {
            name: {value: count for value, count in results.groups(name).items() if value} for name in FACETS
        }
        return Answer(total=len(results), first=first, facets=counts)

    def close(self) -> None:
        self._searcher.close()


def _any(terms: Sequence[str]) -> query.Or:
    return query.Or(
        [query.Term(name, term, boost=weight) for term in terms for name, weight in CLASSES.items()]
    )
