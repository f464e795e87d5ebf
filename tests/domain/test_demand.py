"""Which search terms count, and which of them are frequent enough to be kept and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.demand import LONGEST_TERM, Term, is_frequent, term_of, unmet, unopened


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("Baumkataster", "baumkataster"),
        ("  Digitaler   ZWILLING ", "digitaler zwilling"),  # spaces and case say nothing
        ("„Bürgerbüro“?", "bürgerbüro"),
        ("ＱＧＩＳ", "qgis"),  # full width, as some keyboards write
        ("Smart City 2030", "smart city 2030"),
        ("E-Akte / DMS", "e-akte / dms"),
    ],
)
def test_what_looks_like_words_is_a_term(typed: str, term: str) -> None:
    assert term_of(typed) == term


@pytest.mark.parametrize(
    "typed",
    [
        *("", "  ", "?", "x", "12", "§ 3"),
        "erika.mustermann@stadt.de",
        "mail an erika @ stadt.de erika@stadt",
        "erika at stadt dot de",
        "0391 540 1234",
        "+49 (391) 5401234",
        "0391/5401234 rathaus",
        "01.02.1980",  # a birthday
        "aktenzeichen 123456",
        "https://stadt.example.org/geheim",
        "www.stadt.info",
        "meinestadt.de",
        "<script>alert(1)</script>",
        "=HYPERLINK(x)",
        "baum\x00kataster",
        "baum\u202ekataster",  # turns the rest of the line round
        "select * from solution",
        "x" * (LONGEST_TERM + 1),
        "ein ganzer absatz " * 10,
    ],
)
def test_what_may_point_at_somebody_or_is_no_words_is_none(typed: str) -> None:
    assert term_of(typed) is None


@given(st.text(max_size=200))
def test_a_term_stays_the_same_and_holds_nothing_that_could_harm(typed: str) -> None:
    term = term_of(typed)

    if term is not None:
        assert term_of(term) == term
        assert 2 <= len(term) <= LONGEST_TERM
        assert term.isprintable()
        assert not set(term) & set("<>=@|;\\")
        assert not term.startswith(("=", "+", "-", "@", "#"))


@pytest.mark.parametrize(
    ("searches", "days", "expected"), [(5, 3, True), (4, 3, False), (5, 2, False), (500, 2, False)]
)
def test_a_frequent_term_has_five_searches_on_three_days(searches: int, days: int, expected: bool) -> None:
    assert is_frequent(searches, days) is expected


def a_term(term: str, *, searches: int = 5, days: int = 3, found: int = 0, opened: int = 0) -> Term:
    return Term(
        term=term,
        searches=searches,
        days=days,
        found=found,
        opened=opened,
        first="2026-11-01",
        last="2026-11-20",
    )


def test_demand_is_what_found_nothing_and_what_nobody_opened_the_most_wanted_first() -> None:
    terms = [
        a_term("nichts"),
        a_term("nichts, oft", searches=9),
        a_term("nichts, selten", searches=4),
        a_term("gefunden", found=3, opened=1),
        a_term("gefunden, nie geöffnet", found=3),
    ]

    assert [term.term for term in unmet(terms)] == ["nichts, oft", "nichts"]
    assert [term.term for term in unopened(terms)] == ["gefunden, nie geöffnet"]
