"""Voices, questions, notes and levels have words, and what strangers write is cut to one line."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain import licence_notes
from catalogue.domain.snapshot import Question, Voice
from catalogue.domain.snapshot_changes import ChangeKind
from catalogue.domain.vitality import Level
from catalogue.domain.vitality_words import level_in_words
from catalogue.web import history, labels, voices
from catalogue.web.statements import checked, short


def test_everybody_who_speaks_and_everything_they_speak_of_has_words() -> None:
    assert set(voices.VOICE) == set(voices.SPEAKER) == {voice.value for voice in Voice}
    assert set(voices.QUESTION) == {question.value for question in Question}
    assert set(history._TOLD) == set(ChangeKind)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_level_is_called_the_same_everywhere(app: Flask, lang: str) -> None:
    with app.test_request_context(f"/{lang}/"):
        for level in Level:
            assert labels.word(labels.VITALITY, level) == level_in_words(level, lang)[0]  # type: ignore[arg-type]


def test_every_note_has_words_and_a_code_without_any_is_left_out(app: Flask) -> None:
    with app.test_request_context("/de/"):
        for note in (*voices.NOTE, *licence_notes.NOTES):
            assert voices.note_words((note,))
        assert voices.note_words(("nobody-knows-this", "rider")) == "ein Zusatz schränkt die Lizenz ein"


@given(text=st.text(max_size=3000), longest=st.integers(2, 300))
def test_what_strangers_write_is_one_bounded_line_of_signs_that_show(text: str, longest: int) -> None:
    line = short(text, longest)

    assert len(line) <= longest
    assert all(sign.isprintable() for sign in line)
    assert line == line.strip()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://127.0.0.1/", "ftp://example.org", "", None, ("x",), "//x.org"]
)
def test_an_address_that_we_would_not_link_to_is_none(address: object) -> None:
    assert checked(address) is None
