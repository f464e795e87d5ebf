"""Suggestions, against the plain way to find them, and what they look like."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search.completions import Completions
from catalogue.storage.search.facts import DocumentFacts, TopicLabel
from catalogue.storage.search.lexicon import Lexicon, Word
from catalogue.storage.search.suggest import (
    Candidates,
    Kind,
    Suggester,
    Suggestion,
    mark_beginnings,
    words_of,
)

ROWS = st.lists(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=4), max_size=40)
STARTS = st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=3)


def a_document(key: str, name: str, reused: int = 0) -> DocumentFacts:
    return DocumentFacts(
        id=key,
        name=name,
        name_words=words_of(name),
        name_keys="",
        published="",
        latest="",
        reused=reused,
        confirmed=0,
        standing=1.0,
    )


def a_suggester(*names: str, words: Sequence[tuple[str, str, int]] = ()) -> Suggester:
    topics = [TopicLabel(id="energy", de="Energie", en="Energy")]
    documents = [a_document(f"s{number}", name) for number, name in enumerate(names)]
    return Suggester(documents, topics, {"Elixir": 2}, a_completions(words))


def a_completions(words: Sequence[tuple[str, str, int]]) -> Completions:
    return Completions(Lexicon.of(Word(*word) for word in words))


def shown(suggester: Suggester, text: str, limit: int = 8, lang: str = "de") -> list[tuple[str, str]]:
    return [(s.kind.value, s.label) for s in suggester.suggest(text, limit, lang)]


@given(ROWS, STARTS, st.integers(1, 6))
def test_candidates_are_those_of_a_plain_search(rows, starts, limit):
    rows = ["".join(f" {word}" for word in row) for row in rows]

    found = Candidates(rows, lambda n, _: Suggestion(Kind.SOLUTION, "x", rows[n])).find(starts, limit)

    plain = [row for row in rows if all(f" {start}" in row for start in starts)]
    whole = "".join(f" {start}" for start in starts)
    assert [rows[n] for n in found] == sorted(plain, key=lambda row: not row.startswith(whole))[:limit]


def test_what_begins_with_the_text_comes_before_what_has_it_further_on():
    suggester = a_suggester("Neues Baumkataster", "Baumkataster")

    assert shown(suggester, "baum") == [("solution", "Baumkataster"), ("solution", "Neues Baumkataster")]


def test_kinds_come_one_after_the_other_and_each_gets_its_share():
    suggester = a_suggester("Eins", "Etwas", "Essen", words=[("ernte", "Ernte", 1), ("esel", "Esel", 2)])

    assert shown(suggester, "e", 5) == [
        ("solution", "Eins"),
        ("solution", "Etwas"),
        ("solution", "Essen"),
        ("topic", "Energie"),
        ("technology", "Elixir"),
    ]
    assert shown(suggester, "es") == [("solution", "Essen"), ("word", "Esel")]
    assert ("topic", "Energy") in shown(suggester, "ener", lang="en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baumka", ["Baumkataster"]),
        ("freie baumka", ["freie Baumkataster"]),  # what stands before it stays
        ("freie baumka ", ["freie Baumkataster"]),
        ("baumkataster", []),  # a search for what stands there already
        ("baumka?", []),  # not the end of the text
        ("b", []),  # one letter says nothing
        ("bäu", ["Bäume"]),
        ("baeu", ["Bäume"]),
        ("digital", []),  # no noun
    ],
)
def test_the_last_word_is_completed_to_words_of_the_index(text, expected):
    words = [
        ("baumkataster", "Baumkataster", 3),
        ("baumkatasters", "Baumkatasters", 1),  # only another ending
        ("baeume", "Bäume", 2),
        ("digitale", "digitale", 9),
    ]

    assert [label for _, label in shown(a_suggester(words=words), text)] == expected


@pytest.mark.parametrize("text", ["wassrez", "wasserx", "wssserz", "waserz", "waasserz"])
def test_one_wrong_letter_does_no_harm(text):
    suggester = a_suggester("Wasserzähler")

    words = a_suggester(words=[("wasserzaehler", "Wasserzähler", 1)])

    assert shown(words, text) == [("word", "Wasserzähler")]
    assert shown(suggester, "xyzzy") == []


@given(st.text(max_size=40), st.text(max_size=20))
def test_marked_labels_are_the_labels(label, text):
    runs = mark_beginnings(label, text)

    assert "".join(run for run, _ in runs) == label
    assert all(run for run, _ in runs)


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("Baumkataster", "baumka", "[Baumka]taster"),
        ("Größe der Stadt", "groe st", "[Grö]ße der [St]adt"),
        ("HAL-Plan", "hal pl", "[HAL]-[Pl]an"),
        ("Kataster", "x", "Kataster"),
    ],
)
def test_the_pieces_that_were_typed_are_marked(label, text, expected):
    runs = mark_beginnings(label, text)

    assert "".join(f"[{run}]" if hit else run for run, hit in runs) == expected
