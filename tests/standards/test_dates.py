"""Dates as sources give them."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.dates import BadDate, iso_date, parse_date, sort_key


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),  # a year covers all its days
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),  # of a leap year
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        (" 2024-02-29 ", date(2024, 2, 29), date(2024, 2, 29)),  # blanks around it do no harm
    ],
)
def test_a_date_covers_the_days_that_it_does_not_tell_apart(text, first, last):
    assert parse_date(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "heute",
        "24",
        "2023-02-29",  # no leap year
        "2024-13",
        "2024-00",  # month nought is no month, and not the whole year
        "2024-05-00",  # nor is day nought the whole month
        "2024-00-05",
        "2024-5",
        "31.12.2024",
        "2024/05/01",
        "1989",  # before anything that we collect
        "2101",
        "٢٠٢٤",  # digits that no sorting understands
        "２０２４",
        "2024-05-01T12:00",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(BadDate):
        parse_date(text)


@given(st.one_of(st.text(), st.from_regex(r"\d{4}(-\d{2}){0,2}")))
@example("0000")
def test_any_text_is_a_date_or_refused(text):
    try:
        first, last = parse_date(text)
    except BadDate:
        return

    assert first <= last
    assert text.strip().isascii()


def test_what_is_unknown_sorts_first():
    assert sorted(["2024-02", None, "2024", "2023-12-31"], key=sort_key) == [
        None,
        "2023-12-31",
        "2024",
        "2024-02",
    ]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-11", "2024-03-11"),
        ("11.03.2024", "2024-03-11"),
        ("1.3.2024", "2024-03-01"),
        ("11. 3. 2024", "2024-03-11"),
        ("03.2024", "2024-03"),
        ("3/2024", "2024-03"),
        ("  2024 ", "2024"),
    ],
)
def test_a_date_is_understood_as_people_write_it(typed, iso):
    assert iso_date(typed) == iso


@pytest.mark.parametrize(
    "typed", ["", "24", "1.1.24", "11-03-2024", "2024.03", "März 2024", "3/11/2024x", "1.2.3.2024"]
)
def test_what_could_be_meant_otherwise_is_no_date(typed):
    with pytest.raises(BadDate):
        iso_date(typed)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_the_same_in_both_ways_of_writing(day):
    assert iso_date(f"{day.day}.{day.month}.{day.year}") == day.isoformat()
    assert iso_date(day.isoformat()) == day.isoformat()
