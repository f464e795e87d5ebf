"""Every engine of the comparison finds the same for the same terms, and counts the same."""

from collections import Counter
from collections.abc import Iterator

import pytest

from benchmarks.peers import available
from catalogue.benchmark.corpus import Corpus
from catalogue.benchmark.engines import CLASSES, FACETS, FIRST, Peer, PeerDocument, Typing, peer_document
from catalogue.storage.search.documents import document_of

SIZE = 200


@pytest.fixture(scope="module")
def documents() -> list[PeerDocument]:
    corpus = Corpus(SIZE)
    return [
        peer_document(number, solution, corpus.context, document_of(solution, corpus.context))
        for number, solution in enumerate(corpus.solutions())
    ]


@pytest.fixture(scope="module")
def peers(documents: list[PeerDocument], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Peer]]:
    found, _ = available(tmp_path_factory.mktemp("peers"))
    for peer in found:
        for document in documents:
            peer.add(document)
        peer.finish()
    yield found
    for peer in found:
        peer.close()


def _having(documents: list[PeerDocument], terms: list[str]) -> set[int]:
    wanted = set(terms)
    return {d.number for d in documents if any(wanted & set(d.terms[name]) for name in CLASSES)}


QUESTIONS = [
    ([["=stadt", "~stadt", "+stadt"], ["~energi", "+energi"]], False),
    ([["~kart", "+kart"], ["~sensor", "=sensor"], ["@map"]], False),
    ([["=stadt", "~stadt"], ["~energi", "+energi"]], True),
    ([["~klima", "=klima", "+klima"]], False),
    ([["~gibtesnicht"]], False),
]


@pytest.mark.parametrize(("concepts", "every"), QUESTIONS)
def test_all_find_and_count_the_same(concepts, every, documents, peers):
    sets = [_having(documents, terms) for terms in concepts]
    expected = set.intersection(*sets) if every else set.union(*sets)
    counts = {
        name: Counter(value for d in documents if d.number in expected for value in d.facets[name])
        for name in FACETS
    }

    answers = {peer.name: peer.search(concepts, every=every) for peer in peers}

    assert len(answers) >= 2  # Whoosh and SQLite are always there
    for name, answer in answers.items():
        assert answer.total == len(expected), name
        assert set(answer.first) <= expected, name
        assert len(answer.first) == min(FIRST, len(expected)), name
        assert answer.facets == counts, name


def test_those_that_complete_words_find_names(documents, peers):
    label = documents[11].label

    for peer in peers:
        if isinstance(peer, Typing):
            found = peer.beginning([*label[:-1], label[-1][:4]])

            assert len(found) <= 8
            assert all(any(w.startswith(label[-1][:4]) for w in documents[n].label) for n in found)


def test_those_that_forgive_errors_find_the_right_word(documents, peers):
    for peer in peers:
        if isinstance(peer, Typing):
            answer = peer.misspelt("verwaltng", facets=True)

            assert answer.total == sum("verwaltung" in document.words for document in documents)
            assert answer.facets["land"]
