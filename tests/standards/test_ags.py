"""Keys: what is one, what is none, and which key was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.ags import (
    LAENDER,
    Fault,
    NotAKey,
    ags_of,
    district_of,
    is_district_key,
    is_municipality_key,
    land_of,
    parse_key,
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("15002000", "15002000"),  # a city
        ("01001000", "01001000"),  # the zero counts
        ("03154", "03154"),  # a district
        (" 15002000\n", "15002000"),  # space around is no fault of a person
    ],
)
def test_a_key_is_taken_as_text(text: str, key: str) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("", Fault.EMPTY, None),
        ("Halle", Fault.NOT_DIGITS, None),
        ("1001000", Fault.LEADING_ZERO_LOST, "01001000"),  # typed as a number
        ("3154", Fault.LEADING_ZERO_LOST, "03154"),  # the same for a district
        ("150860015015", Fault.REGIONAL_KEY, "15086015"),  # an ARS
        ("10010000000", Fault.LEADING_ZERO_LOST, "01001000"),  # an ARS without its zero
        ("15 0 02 000", Fault.SEPARATED, "15002000"),  # as printed in some lists
        ("15 086 0015 015", Fault.SEPARATED, "15086015"),  # an ARS as printed
        ("1 001 000", Fault.SEPARATED, "01001000"),  # both faults at once
        ("15", Fault.LAND_ONLY, None),  # a Land is no body
        ("17002000", Fault.UNKNOWN_LAND, None),  # there are 16 Länder
        ("00000000", Fault.UNKNOWN_LAND, None),
        ("7654321", Fault.LEADING_ZERO_LOST, "07654321"),
        ("0100100", Fault.LENGTH, None),  # a zero more would be no Land
        ("123456", Fault.LENGTH, None),
        ("１５００２０００", Fault.NOT_DIGITS, None),  # digits, but not ASCII
        ("1500200²", Fault.NOT_DIGITS, None),  # str.isdigit says yes
    ],
)
def test_a_text_that_is_no_key_says_why_and_what_was_meant(
    text: str, code: Fault, suggestion: str | None
) -> None:
    with pytest.raises(NotAKey) as caught:
        parse_key(text)

    assert (caught.value.code, caught.value.suggestion) == (code, suggestion)
    assert repr(text) in str(caught.value)


@given(st.text(alphabet=st.characters() | st.sampled_from("0123456789 -"), max_size=14))
def test_any_text_is_a_key_or_explained_and_suggestions_are_keys(text: str) -> None:
    meant: str | None
    try:
        meant = parse_key(text)
    except NotAKey as error:
        meant = error.suggestion

    assert meant is None or is_municipality_key(meant) or is_district_key(meant)


@given(st.sampled_from(sorted(LAENDER)), st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_a_key_lies_in_the_land_and_district_it_begins_with(land: str, rest: str) -> None:
    key = land + rest

    assert land_of(key) is LAENDER[land]
    assert land_of(district_of(key)) is LAENDER[land]
    assert ags_of(key[:5] + "0000" + key[5:]) == key


def test_there_are_16_laender_with_names_of_their_own() -> None:
    assert list(LAENDER) == [f"{number:02}" for number in range(1, 17)]
    for field in ("name", "english", "abbreviation"):
        assert len({getattr(land, field) for land in LAENDER.values()}) == 16


def test_the_land_of_no_key_is_an_error() -> None:
    with pytest.raises(NotAKey):
        land_of("99")
