"""Posting lists as decoded: the documents and scores of Whoosh itself, in all segments, after each change."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index, query, scoring

from catalogue.storage.search.documents import FIELDS, WORDS, WORDS_WEIGHT
from catalogue.storage.search.postings import (
    _FLATNESS,
    PostingsReader,
    bits_of,
    change_postings,
    mask_of,
    numbers_of,
    write_postings,
)

TERMS = ["~baum", "=baum", "+haus", "@tree", "~strass"]
TEXT = st.lists(st.sampled_from(TERMS), max_size=12)
DOCUMENT = st.fixed_dictionaries({"name": TEXT, "body": TEXT, "summary_en": TEXT, WORDS: TEXT})
WEIGHTS = {**{field.name: field.weight for field in FIELDS}, WORDS: WORDS_WEIGHT}

Document = Mapping[str, Sequence[str]]


def by_whoosh(folder: Path, term: str) -> dict[int, float]:
    """The documents of a term with their scores, as Whoosh's own search finds them, field by field."""
    found: dict[int, float] = {}
    with index.open_dir(str(folder)).searcher(weighting=scoring.BM25F(**_FLATNESS)) as searcher:
        for name, weight in WEIGHTS.items():
            for hit in searcher.search(query.Term(name, term), limit=None):
                found[hit.docnum] = found.get(hit.docnum, 0.0) + weight * hit.score
    return found


def decoded(folder: Path, term: str) -> dict[int, float]:
    reader = PostingsReader(folder)
    try:
        postings = reader.get(term)
        return dict(zip(postings.numbers.tolist(), postings.scores.tolist(), strict=True))
    finally:
        reader.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(DOCUMENT, min_size=1, max_size=8),
    st.lists(st.tuples(st.sets(st.integers(0, 7), max_size=3), st.lists(DOCUMENT, max_size=3)), max_size=2),
)
def test_sets_and_scores_are_those_of_whoosh_over_all_segments(
    documents: list[Document], changes: list[tuple[set[int], list[Document]]]
):
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_postings(folder, documents)
        size = len(documents)
        for removed, added in changes:
            change_postings(folder, [number for number in removed if number < size], added)
            size += len(added)

        for term in TERMS:
            ours, theirs = decoded(folder, term), by_whoosh(folder, term)

            assert ours.keys() == theirs.keys()
            assert ours == pytest.approx(theirs, rel=1e-5)


@given(st.lists(DOCUMENT, min_size=1, max_size=6), st.lists(st.sampled_from(TERMS), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_phrase_is_where_the_words_follow_each_other(documents: list[Document], words: list[str]):
    with TemporaryDirectory() as name:
        write_postings(Path(name), documents)
        reader = PostingsReader(Path(name))

        found = numbers_of(reader.phrase(words)).tolist()

        reader.close()
    assert found == [
        number
        for number, document in enumerate(documents)
        if any(list(window) == words for window in windows(document[WORDS], len(words)))
    ]


def windows(words: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (words[start : start + size] for start in range(len(words) - size + 1))


def test_removed_documents_keep_their_number_and_are_found_no_more(tmp_path: Path):
    write_postings(tmp_path, [{"name": ["~baum"]}, {"name": ["~baum"]}])

    change_postings(tmp_path, [0], [{"name": ["~baum", "=baum"]}])

    reader = PostingsReader(tmp_path)
    assert reader.size == 3
    assert reader.alive.tolist() == [False, True, True]
    assert reader.get("~baum").numbers.tolist() == [1, 2]
    assert reader.get("=baum").numbers.tolist() == [2]
    reader.close()


def test_a_leading_field_covers_a_word_and_the_text_half_of_it(tmp_path: Path):
    write_postings(
        tmp_path, [{"body": ["~baum"]}, {"name": ["~baum"]}, {"name": ["~baum"], "body": ["~baum"]}]
    )
    reader = PostingsReader(tmp_path)

    assert reader.get("~baum").cover.tolist() == [0.5, 1.0, 1.0]

    reader.close()


def test_what_is_remembered_of_decoded_lists_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("catalogue.storage.search.postings._MOST_BYTES", 2000)
    write_postings(tmp_path, [{"name": [f"~w{n}" for n in range(50)]}])
    reader = PostingsReader(tmp_path)

    for n in range(50):
        assert len(reader.get(f"~w{n}")) == 1

    assert len(reader._kept) < 10
    assert len(reader.get("~w0")) == 1  # decoded anew
    reader.close()


@given(st.sets(st.integers(0, 300)))
def test_bitsets_and_numbers_are_the_same_set(numbers: set[int]):
    bits = bits_of(sorted(numbers))

    assert bits == sum(1 << number for number in numbers)
    assert numbers_of(bits).tolist() == sorted(numbers)
    assert np.flatnonzero(mask_of(bits, 301)).tolist() == sorted(numbers)
