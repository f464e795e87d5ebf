"""Voices, questions, notes and levels have words, and what strangers write is cut to one line."""

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain import licence_notes
from catalogue.domain.snapshot import Plain, Question, Voice
from catalogue.domain.snapshot_changes import ChangeKind
from catalogue.domain.vitality import Level
from catalogue.domain.vitality_words import level_in_words
from catalogue.web import history, labels, voices
from catalogue.web.fact_words import LONGEST, short, value_words
from catalogue.web.statements import checked


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


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (Question.STANDARDS, {"id": "geojson", "rule": "dependency"}, "GeoJSON"),
        (Question.DEPENDENCY, "pkg:npm/%40town/map", "@town/map (npm)"),
        (Question.DEPENDENCY, "PostgreSQL", "PostgreSQL"),
        (
            Question.PACKAGING,
            {"kind": "dockerfile", "name": "Dockerfile"},
            "Container-Bauanleitung: Dockerfile",
        ),
        (Question.REACTION, {"days": 2.5, "issues": 1}, "nach 2,5 Tagen (mittlerer Wert aus 1 Meldung)"),
        (Question.REACTION, {"days": 3, "issues": 4}, "nach 3 Tagen (mittlerer Wert aus 4 Meldungen)"),
        (Question.REACTION, {"days": "soon"}, "nicht bekannt"),
        (
            Question.ORIGIN,
            {"kind": "fork", "address": "https://github.com/town/tool"},
            "Abspaltung (Fork) von github.com/town/tool",
        ),
        (Question.CONTACT, {"email": "info@town.example"}, "info@town.example"),
        (Question.SUMMARY, {"en": "A map", "de": "Eine Karte"}, "Eine Karte"),
        (Question.MATURITY, "stable", "stabil"),
        (Question.LANGUAGES, ("Python", "Rust"), "Python, Rust"),
    ],
)
def test_no_word_of_a_machine_stands_in_a_value(
    app: Flask, question: Question, value: Plain, words: str
) -> None:
    with app.test_request_context("/de/"):
        assert value_words(question, value) == words


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(value=PLAIN, question=st.sampled_from(Question))
def test_whatever_a_snapshot_holds_is_one_bounded_line(value: Plain, question: Question) -> None:
    app = Flask(__name__)
    Babel(app, default_locale="de")
    with app.test_request_context("/de/"):
        line = value_words(question, value)

    assert len(line) <= LONGEST
    assert all(sign.isprintable() for sign in line)
