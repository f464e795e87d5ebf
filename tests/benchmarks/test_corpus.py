"""Generated entries are like real ones, and the same every time."""

from collections import Counter
from datetime import date
from math import log

import pytest

from catalogue.benchmark.corpus import Corpus
from catalogue.domain.checks import Known
from catalogue.domain.entry_rules import check_entry
from catalogue.storage.search.compounds import parts_of
from catalogue.storage.search.tokens import tokenise

SIZE = 200


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(SIZE)


def _words(corpus: Corpus) -> list[str]:
    texts = (corpus.entry(number).text for number in range(SIZE))
    return [token.form for text in texts for token in tokenise(text)]


def test_a_seed_makes_the_same_entries_every_time(corpus):
    again, other = Corpus(SIZE), Corpus(SIZE, seed=1)

    assert [again.entry(n) for n in (0, 7, 199)] == [corpus.entry(n) for n in (0, 7, 199)]
    assert other.entry(7) != corpus.entry(7)


def test_another_edition_is_another_text_under_the_same_id(corpus):
    first, second = corpus.entry(5), corpus.entry(5, edition=1)

    assert first.id == second.id
    assert first.text != second.text


def test_entries_are_about_as_long_as_real_ones(corpus):
    lengths = [len(corpus.entry(number).text.split()) for number in range(SIZE)]

    assert 200 < sum(lengths) / SIZE < 300
    assert min(lengths) < 180
    assert max(lengths) > 300


def test_word_frequencies_follow_zipf(corpus):
    counts = [count for _, count in Counter(_words(corpus)).most_common()]

    slope = (log(counts[999]) - log(counts[9])) / (log(1000) - log(10))

    assert -1.2 < slope < -0.8
    assert sum(count == 1 for count in counts) > len(counts) / 3  # many words are written but once


def test_half_of_the_distinct_words_are_compounds_of_known_words(corpus):
    distinct = sorted(set(_words(corpus)))

    compounds = sum(bool(parts_of(form)) for form in distinct[::5])

    assert 0.3 < compounds / len(distinct[::5]) < 0.7


def test_new_words_keep_coming(corpus):
    words = _words(corpus)
    half = set(words[: len(words) // 2])

    new = set(words) - half

    assert len(new) > len(half) / 4


def test_facets_have_few_large_and_some_small_values(corpus):
    solutions = corpus.solutions()

    licences = Counter(s.licence.expression if s.licence else None for s in solutions).most_common()
    reuses = Counter(len(solution.reuses) for solution in solutions)

    assert len(licences) > 7
    assert licences[0][1] > 5 * licences[-1][1]
    assert reuses[0] > SIZE / 3
    assert max(reuses) > 5


def test_generated_entries_break_no_rule_of_the_catalogue(corpus):
    known = Known(
        bodies=corpus.context.bodies,
        suggest=lambda name: None,
        topics=frozenset(corpus.context.topics),
        solutions=frozenset(),
        model_projects=frozenset(),
        today=date(2026, 12, 1),
    )
    entries = [corpus.entry(number) for number in range(20)]

    assert [(p.file, p.field, p.code) for entry in entries for p in check_entry(entry, known)] == []
