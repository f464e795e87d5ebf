"""Passages with matched words."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search.highlight import CUT, mark, said, unsaid
from catalogue.storage.search.terms import exact, part, stem


def shown(text: str, *found: str, limit: int | None = 200) -> str:
    return "".join(f"[{run}]" if met else run for run, met in mark(text, frozenset(found), limit=limit))


def test_other_forms_of_a_word_are_marked():
    assert shown("Zwei digitale Zwillinge.", stem("zwilling")) == "Zwei digitale [Zwillinge]."


def test_a_compound_is_marked_by_its_part():
    assert shown("Ein Wasserzähler zählt.", part("zaehler")) == "Ein [Wasserzähler] zählt."


def test_the_other_half_of_a_hyphenated_word_is_not_marked():
    assert shown("Eine Stadt-App.", stem("stadt"), part("stadt")) == "Eine [Stadt]-App."


def test_the_passage_with_most_of_the_question_is_shown():
    text = "Die Stadt. " * 30 + "In der Stadt wachsen Bäume am Fluss. " + "Noch etwas mehr. " * 30

    passage = shown(text, stem("stadt"), stem("baum"), limit=80)

    assert passage.startswith(f"{CUT} ")
    assert passage.endswith(f" {CUT}")
    assert "In der [Stadt] wachsen [Bäume] am Fluss." in passage


def test_without_a_match_the_text_begins_at_its_beginning():
    assert shown("Wort " * 100, exact("anderes"), limit=20) == "Wort Wort Wort Wort …"


def test_a_text_says_the_terms_of_its_words():
    found = frozenset({stem("zaehler"), part("zaehler"), exact("anderes")})

    assert said("Ein Wasserzähler.", found) == {part("zaehler")}
    assert unsaid(found, frozenset({part("zaehler")})) == {exact("anderes")}


def test_words_that_say_nothing_are_not_marked():
    assert shown("Mit der Stadt", exact("mit"), stem("stadt")) == "Mit der [Stadt]"


@given(st.text(max_size=400), st.integers(1, 100))
def test_runs_are_pieces_of_the_text(text, limit):
    runs = mark(text, frozenset({exact("a"), stem("b")}), limit=limit)

    inner = "".join(run for run, _ in runs).removeprefix(f"{CUT} ").removesuffix(f" {CUT}")

    assert inner in text
    assert "".join(run for run, _ in mark(text, frozenset(), limit=None)) == text
