"""Misspelt words: found without a look at every word, and the same ones as with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from catalogue.storage.search.lexicon import Lexicon, Word
from catalogue.storage.search.nearby import Nearby
from catalogue.storage.search.spelling import Vocabulary

WORDS = ["beteiligung", "verwaltung", "parkplatz", "sensor", "termin", "wasserstand", "klima", "strasse"]


def a_vocabulary(*words: str, names: tuple[str, ...] = ()) -> Vocabulary:
    return Vocabulary(Lexicon.of(Word(word, word.title(), 2) for word in words), names)


@given(
    st.lists(st.text("abc", min_size=5, max_size=14), max_size=30), st.text("abc", min_size=5, max_size=14)
)
def test_one_slip_is_found_as_if_every_word_were_compared(words: list[str], asked: str):
    found = Nearby.of(words).find(asked, 1)

    assert dict(found) == {word: 1 for word in words if OSA.distance(asked, word) == 1}


@given(st.sampled_from([word for word in WORDS if len(word) >= 9]), st.data())
def test_two_letters_replaced_or_left_out_are_found(word: str, data: st.DataObject):
    first, second = data.draw(st.lists(st.integers(0, len(word) - 1), min_size=2, max_size=2, unique=True))
    letters = list(word)
    letters[first] = data.draw(st.sampled_from(["x", ""]))
    letters[second] = "x"

    assert word in dict(Nearby.of(WORDS).find("".join(letters), 2))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("beteilgung", "beteiligung"),  # a letter is missing
        ("verwalltung", "verwaltung"),  # one too many
        ("parkpaltz", "parkplatz"),  # two swapped
        ("wasserstnad", "wasserstand"),
        ("betielgung", "beteiligung"),  # two slips in a long word
        ("sensr", "sensor"),
        ("kilma", "klima"),
    ],
)
def test_a_slip_is_mended(wrong: str, right: str):
    assert a_vocabulary(*WORDS).correct(wrong) == right


@pytest.mark.parametrize(
    "right",
    [
        "beteiligung",  # said by entries: nothing to mend, though nothing forbids asking
        "kassel",  # a town
        "ausleihen",  # a common word, near to aussehen
        "gezaehlt",
        "string",
        "buergerpark",  # a compound of known words
        "hut",  # too short to tell
    ],
)
def test_a_right_word_is_left_alone(right: str):
    vocabulary = a_vocabulary(
        "kasse", "aussehen", "gewaehlt", "spring", "buergerparl", "gut", names=("kassel",)
    )

    assert vocabulary.correct(right) is None


def test_in_a_large_catalogue_a_word_of_one_entry_alone_is_no_correction():
    many = [
        Word(f"wort{number:05}".translate(str.maketrans("0123456789", "abcdefghij")), "", 2)
        for number in range(20_001)
    ]
    vocabulary = Vocabulary(Lexicon.of([*many, Word("klimma", "Klimma", 1), Word("sensor", "Sensor", 2)]))

    assert vocabulary.correct("klimna") is None
    assert vocabulary.correct("sensr") == "sensor"


def test_beginnings_come_by_how_often_they_are_said():
    vocabulary = Vocabulary(
        Lexicon.of([Word("parken", "Parken", 1), Word("parkplatz", "Parkplatz", 5), Word("rad", "Rad", 9)])
    )

    assert vocabulary.beginning("park") == ["parkplatz", "parken"]
    assert vocabulary.beginning("park", 1) == ["parkplatz"]
    assert vocabulary.beginning("zug") == []
    assert (vocabulary.text("rad"), vocabulary.count("rad"), "rad" in vocabulary) == ("Rad", 9, True)
    assert (vocabulary.text("zug"), vocabulary.count("zug"), "zug" in vocabulary) == ("zug", 0, False)
