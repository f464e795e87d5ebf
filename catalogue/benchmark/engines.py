"""What every engine of a comparison is given and answers: documents of the same terms, the same facets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from catalogue.domain.solution import Solution
from catalogue.storage.search.documents import FIELDS, WORDS, Document, SearchContext
from catalogue.storage.search.facets import values_of
from catalogue.storage.search.tokens import tokenise

FACETS = ("topic", "licence", "land", "maturity")
FIRST = 20  # hits that a page shows

# Peers hold three fields instead of ours: fewer fields are faster in every engine, and weigh nearly the same.
CLASSES: Mapping[str, float] = {"heavy": 2.5, "middle": 1.8, "light": 0.7}

Concepts: TypeAlias = Sequence[Sequence[str]]  # for each word of a question the terms that it is found by


def class_of(weight: float) -> str:
    """The peers' field for one of ours, by its weight."""
    return "heavy" if weight > 2.2 else "middle" if weight > 1.0 else "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerDocument:
    """A solution as peers index it: our terms by class, its own words, the words of its name, its facets."""

    number: int
    terms: Mapping[str, Sequence[str]]
    words: Sequence[str]
    label: Sequence[str]
    facets: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How many were found, the numbers of the first, and the counts of the facets."""

    total: int
    first: tuple[int, ...]
    facets: Mapping[str, Mapping[str, int]]


class Peer(Protocol):
    """An engine to compare with. It is filled once, then asked."""

    name: str
    in_process: bool  # its work is done by this process

    def add(self, document: PeerDocument) -> None:
        """Take a document in."""

    def finish(self) -> None:
        """Bring all to the disk and open it for questions."""

    def search(self, concepts: Concepts, *, every: bool) -> Answer:
        """The documents with any term of any concept, or of every concept; the first 20 and all counts."""

    def close(self) -> None:
        """Give everything back."""


@runtime_checkable
class Typing(Protocol):
    """A peer that also knows the beginnings of words and misspelt ones."""

    def beginning(self, words: Sequence[str]) -> Sequence[int]:
        """Eight documents whose name has all the words, the last of them as a beginning."""

    def misspelt(self, word: str, *, facets: bool) -> Answer:
        """The documents with a word at most one error away; the first 20, counts only with `facets`."""


def peer_document(
    number: int, solution: Solution, context: SearchContext, document: Document
) -> PeerDocument:
    """What a peer gets of a solution that our analysis has taken apart."""
    terms: dict[str, list[str]] = {name: [] for name in CLASSES}
    for field in FIELDS:
        terms[class_of(field.weight)] += document.terms[field.name]
    terms["light"] += [term for term in document.terms[WORDS] if len(term) > 1 and term[0] != "."]
    values = values_of(solution, context)
    return PeerDocument(
        number=number,
        terms=terms,
        words=tuple(document.spelt),
        label=tuple(token.form for token in tokenise(solution.name)),
        facets={name: tuple(values.get(name, ())) for name in FACETS},
    )


Run: TypeAlias = Callable[[], object]


def runs(ask: Callable[[str], object], texts: Sequence[str]) -> Iterator[Run]:
    """One call for each question."""
    for text in texts:
        yield lambda text=text: ask(text)  # type: ignore[misc]
