"""Suggestions while somebody types: solutions, topics and technologies with a word that begins like this."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalogue.storage.search.facts import DocumentFacts, TopicLabel
from catalogue.storage.search.tokens import tokenise

_MOST_SIGNS = 100


class Kind(StrEnum):
    """What is suggested."""

    SOLUTION = "solution"
    TOPIC = "topic"
    TECHNOLOGY = "technology"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to go to: `id` is that of a solution or topic, or the facet value of a technology."""

    kind: Kind
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: str  # folded, each after a space
    weight: int
    labels: tuple[Suggestion, Suggestion]  # German, English


class Suggester:
    """Finds suggestions. Immutable."""

    def __init__(
        self,
        documents: Iterable[DocumentFacts],
        topics: Iterable[TopicLabel],
        technologies: Mapping[str, int],
    ) -> None:
        """`technologies` says how many solutions have each."""
        self._candidates = sorted(
            (*_topics(topics), *_solutions(documents), *_technologies(technologies)),
            key=lambda candidate: -candidate.weight,
        )

    def suggest(self, text: str, limit: int, lang: str) -> tuple[Suggestion, ...]:
        """The best few: those that begin with the text before those with such a word further on."""
        starts = [f" {token.form}" for token in tokenise(text[:_MOST_SIGNS])]
        if not starts:
            return ()
        found = [c for c in self._candidates if all(start in c.words for start in starts)]
        whole = "".join(starts)
        found.sort(key=lambda candidate: not candidate.words.startswith(whole))
        return tuple(candidate.labels[lang == "en"] for candidate in found[:limit])


def _candidate(weight: int, de: Suggestion, en: Suggestion) -> _Candidate:
    labels = dict.fromkeys((de.label, en.label))
    tokens = [token for label in labels for token in tokenise(label)]
    words = "".join(f" {token.form}" for token in tokens)
    return _Candidate(words + "".join(f" {form}" for t in tokens for form in t.more), weight, (de, en))


def _topics(topics: Iterable[TopicLabel]) -> Iterator[_Candidate]:
    for topic in topics:
        de, en = (Suggestion(Kind.TOPIC, topic.id, label) for label in (topic.de, topic.en))
        yield _candidate(1000, de, en)  # a topic stands for many solutions


def _solutions(documents: Iterable[DocumentFacts]) -> Iterator[_Candidate]:
    for document in documents:
        suggestion = Suggestion(Kind.SOLUTION, document.id, document.name)
        yield _candidate(10 + document.reused, suggestion, suggestion)


def _technologies(technologies: Mapping[str, int]) -> Iterator[_Candidate]:
    for name, count in technologies.items():
        suggestion = Suggestion(Kind.TECHNOLOGY, name, name)
        yield _candidate(min(count, 9), suggestion, suggestion)
