"""The small grammar of questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search.query import MOST_SIGNS, MOST_WORDS, parse_query


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("digitaler Zwilling", "digitaler Zwilling", [], ""),
        ('"digitaler Zwilling" Halle', "Halle", ["digitaler Zwilling"], ""),
        ("„digitaler Zwilling“", "", ["digitaler Zwilling"], ""),
        ('"Zwilling"', "Zwilling", [], ""),  # one word is no phrase
        ("App -Android", "App", [], "Android"),
        ("Bund-Länder", "Bund Länder", [], ""),  # a hyphen
        ("Stadt - Land", "Stadt Land", [], ""),  # a dash
        ('offen "nicht geschlossen', "offen nicht geschlossen", [], ""),
        ("a AND (b OR NOT c*) field:x", "a AND b OR NOT c field x", [], ""),  # operators are words here
        ("", "", [], ""),
        ('"" - -- ***', "", [], ""),
    ],
)
def test_a_question_is_words_phrases_and_excluded_words(text, words, phrases, excluded):
    parsed = parse_query(text)

    assert " ".join(token.text for token in parsed.words) == words
    assert [" ".join(token.text for token in phrase) for phrase in parsed.phrases] == phrases
    assert " ".join(token.text for token in parsed.excluded) == excluded


def test_a_question_is_cut_to_twenty_words_and_says_so():
    exact, long = parse_query("wort " * MOST_WORDS), parse_query("wort " * (MOST_WORDS + 1))

    assert (len(exact.words), exact.words_cut) == (MOST_WORDS, False)
    assert (len(long.words), long.words_cut) == (MOST_WORDS, True)
    assert parse_query(" " * MOST_SIGNS + "wort").words_cut


@given(st.text())
def test_every_word_knows_its_place_in_the_question(text):
    parsed = parse_query(text)

    for token in (*parsed.words, *parsed.excluded, *(t for phrase in parsed.phrases for t in phrase)):
        assert text[token.start : token.end] == token.text
