"""Widths of texts, and labels in lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.pictures.metrics import FIRA, lines_of, text_width


def test_wide_letters_are_wider_and_widths_add_up() -> None:
    assert text_width("W", 11) > text_width("i", 11)
    assert text_width("Wien", 11) == pytest.approx(text_width("Wi", 11) + text_width("en", 11))
    assert text_width("", 11) == 0


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Halle (Saale)", ("Halle (Saale)",)),
        ("Mecklenburg-Vorpommern", ("Mecklenburg-", "Vorpommern")),  # after the hyphen
        ("Landkreis Vorpommern-Rügen", ("Landkreis", "Vorpommern-", "Rügen")),
        ("Donaudampfschifffahrt", ("Donaudampf-", "schifffahrt")),  # where it must, with a hyphen
        ("   ", ()),
    ],
)
def test_a_label_is_broken_where_a_reader_would(text, lines) -> None:
    assert lines_of(text, 14, 95) == lines


@given(st.text("abcdefg WM-ß", max_size=200), st.floats(60, 300))
def test_no_line_is_wider_than_its_room(text: str, width: float) -> None:
    lines = lines_of(text, 15, width, most=99)

    assert all(text_width(line, 15) * FIRA <= width + 0.01 for line in lines)
    plain = text.replace("-", "").replace(" ", "")
    assert "".join(lines).replace("-", "").replace(" ", "") == plain


def test_what_does_not_fit_says_that_it_goes_on() -> None:
    assert lines_of("eins zwei drei vier fünf sechs", 15, 60, most=2)[-1].endswith("…")
