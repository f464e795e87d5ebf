"""What somebody typed is kept without what nobody can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.standards.typed_text import typed_line, typed_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Halle   (Saale) ", "Halle (Saale)"),
        ("zwei\r\nZeilen", "zwei Zeilen"),
        ("ge\x00heim\x1b[31m", "ge heim [31m"),  # a terminal's colours
        ("links\u202erechts", "links rechts"),  # text that runs backwards
        ("un\u200bsichtbar", "un sichtbar"),
        ("Ko\u0308ln", "Köln"),  # as macOS writes it
    ],
)
def test_a_line_holds_nothing_invisible(typed: str, kept: str) -> None:
    assert typed_line(typed) == kept


def test_lines_stay_lines_and_large_gaps_close() -> None:
    assert typed_text("eins \r\n\r\n\r\n\r\nzwei\rdrei\t vier") == "eins\n\nzwei\ndrei vier"


@given(some.text())
def test_no_text_whatsoever_keeps_a_sign_that_steers(text: str) -> None:
    line, lines = typed_line(text), typed_text(text)

    assert "\n" not in line
    for kept in (line, lines.replace("\n", " ")):
        assert not [
            sign for sign in kept if sign < " " or "\x7f" <= sign <= "\x9f" or "\u202a" <= sign <= "\u202e"
        ]
    assert typed_line(line) == line
    assert typed_text(lines) == lines
