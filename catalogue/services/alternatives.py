"""What else to ask where a search finds nothing: fewer words, fewer filters, topics; every number counted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from catalogue.domain.bodies import Topic
from catalogue.services.catalogue import Catalogue
from catalogue.services.search import SearchQuery, Spelling, said
from catalogue.storage.search.query import parse_query
from catalogue.storage.search.terms import all_of, is_stop_word
from catalogue.storage.search.tokens import tokenise

_MOST_WORDS, _MOST_SHOWN = 8, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another question and how many solutions it finds."""

    query: SearchQuery
    total: int


def correction(catalogue: Catalogue, query: SearchQuery) -> Alternative | None:
    """The question as it was probably meant, if it was asked as typed and finds something corrected."""
    if query.spelling is not Spelling.AS_TYPED:
        return None
    result = catalogue.index.search(replace(query, spelling=Spelling.CORRECTED, offset=0, limit=0))
    if not result.corrected or not result.total:
        return None
    meant = replace(query, text=result.corrected, spelling=Spelling.CORRECTED)
    return Alternative(query=meant, total=result.total)


def looser(catalogue: Catalogue, query: SearchQuery) -> tuple[Alternative, ...]:
    """The same without what was chosen or excluded of one facet, or in any distance; where that is never
    enough, without any filter."""
    fewer = list(_without_one(query))
    found = _found(catalogue, fewer)
    if not found and len(fewer) > 1:
        found = _found(catalogue, (replace(query, chosen={}, excluded={}, near=None),))
    return tuple(sorted(found, key=lambda other: -other.total))


def _without_one(query: SearchQuery) -> Iterator[SearchQuery]:
    for name in query.chosen:
        yield replace(query, chosen=_less(query.chosen, name))
    for name in query.excluded:
        yield replace(query, excluded=_less(query.excluded, name))
    if query.near:
        yield replace(query, near=None)


def _less(values: Mapping[str, frozenset[str]], left_out: str) -> dict[str, frozenset[str]]:
    return {name: kept for name, kept in values.items() if name != left_out}


def fewer_words(catalogue: Catalogue, query: SearchQuery) -> tuple[Alternative, ...]:
    """Parts of the question that find something: without quotation marks and minus, then word by word."""
    texts = dict.fromkeys(text for text in _shorter(query.text) if text != query.text)
    return _found(catalogue, (replace(query, text=text) for text in texts))[:_MOST_SHOWN]


def _shorter(text: str) -> Iterator[str]:
    parsed = parse_query(text)
    phrased = [token.text for phrase in parsed.phrases for token in phrase]
    words = [token.text for token in parsed.words]
    if parsed.excluded or phrased:
        yield " ".join((*phrased, *words))
    every = (*(token for phrase in parsed.phrases for token in phrase), *parsed.words)
    telling = [token for token in every if not is_stop_word(token)][:_MOST_WORDS]
    if len(telling) > 2:
        for left_out in telling:
            yield " ".join(token.text for token in telling if token is not left_out)
    yield from (token.text for token in telling)


def related_topics(catalogue: Catalogue, text: str) -> tuple[Topic, ...]:
    """The topics that have a word of the text in their name."""
    asked = [token for token in tokenise(text[:500]) if not is_stop_word(token)]
    terms = frozenset(term for token in asked for term in all_of(token))
    return tuple(topic for topic in catalogue.topics.values() if said(f"{topic.de} ; {topic.en}", terms))


def _found(catalogue: Catalogue, queries: Iterable[SearchQuery]) -> tuple[Alternative, ...]:
    """Those that find something for every word, each with its number."""
    asked = ((query, catalogue.index.search(replace(query, offset=0, limit=0))) for query in queries)
    found = ((query, answer.total) for query, answer in asked if not answer.ignored)
    return tuple(Alternative(query=query, total=total) for query, total in found if total)
