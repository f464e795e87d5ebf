"""Everything to measure on: the generated entries, our index of them, and the peers filled with the same."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.benchmark.corpus import SEED, Corpus
from catalogue.benchmark.engines import Concepts, Peer, peer_document
from catalogue.benchmark.inside import expanded_terms, forget_words
from catalogue.benchmark.questions import Questions, draw
from catalogue.domain.solution import Solution
from catalogue.storage.search.build import build_index
from catalogue.storage.search.documents import document_of
from catalogue.storage.search.index import SearchIndex, open_index

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What was built, and how many seconds of a processor each part took in this process."""

    folder: Path
    corpus: Corpus
    solutions: list[Solution]
    index: SearchIndex
    peers: Sequence[Peer]
    questions: Questions
    known: frozenset[str]  # every term of every entry
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def index_folder(self) -> Path:
        """Where our index lies."""
        return self.folder / "index"

    def peer(self, name: str) -> Peer | None:
        """The peer of that name, if it is there."""
        return next((peer for peer in self.peers if peer.name == name), None)

    def terms(self, text: str) -> Concepts:
        """A question's terms as peers get them: without those that no entry has, which only cost time."""
        found = ([t for t in terms if t in self.known] for terms in expanded_terms(self.index, text))
        return [terms for terms in found if terms]


def prepare(folder: Path, size: int, peers: Sequence[Peer], *, say: Say) -> Ground:
    """Make the entries, build our index and fill the peers; all caches of words are empty before each."""
    say(f"generating {size:,} entries")
    corpus = Corpus(size)
    solutions = corpus.solutions()
    say("building our index")
    forget_words()
    seconds = {}
    start = time.process_time()
    build_index(folder / "index", solutions, corpus.context, changed=corpus.dates())
    seconds["ours"] = time.process_time() - start
    say(f"filling {', '.join(peer.name for peer in peers) or 'no peer'}")
    forget_words()
    having, known = _fill(corpus, solutions, peers, seconds)
    return Ground(
        folder=folder,
        corpus=corpus,
        solutions=solutions,
        index=open_index(folder / "index"),
        peers=peers,
        questions=draw(corpus.vocabulary, having, solutions, seed=SEED),
        known=known,
        seconds=seconds,
    )


def _fill(
    corpus: Corpus, solutions: Sequence[Solution], peers: Sequence[Peer], seconds: dict[str, float]
) -> tuple[Counter[str], frozenset[str]]:
    """Analyse every entry once, hand it to each peer; in how many entries each word is, and all terms."""
    having: Counter[str] = Counter()
    known: set[str] = set()
    clock = _Clock(seconds)
    for number, solution in enumerate(solutions):
        with clock.of("analysis"):
            document = document_of(solution, corpus.context)
        given = peer_document(number, solution, corpus.context, document)
        having.update(document.spelt.keys())
        for terms in given.terms.values():
            known.update(terms)
        for peer in peers:
            with clock.of(peer.name):
                peer.add(given)
    for peer in peers:
        with clock.of(peer.name):
            peer.finish()
    return having, frozenset(known)


class _Clock:
    """Adds up the seconds of each part."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds, self._name, self._start = seconds, "", 0.0

    def of(self, name: str) -> "_Clock":
        self._name = name
        return self

    def __enter__(self) -> None:
        self._start = time.process_time()

    def __exit__(self, *_: object) -> None:
        passed = time.process_time() - self._start
        self._seconds[self._name] = self._seconds.get(self._name, 0.0) + passed
