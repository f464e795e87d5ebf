"""The rules of the statistics that hold whoever counts, and their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.pairs import is_across
from catalogue.domain.reuse_dates import is_year_only, month_of, period_name, period_of
from catalogue.domain.statistics import Figure, OfficeFigure, Selection, cells_with_unnamed, share
from catalogue.domain.statistics_bases import GROUPS, Language, basis_words, group_word
from catalogue.domain.statistics_words import WORDS, figure_words, find_word


@pytest.mark.parametrize(
    ("named", "allowed"),
    [
        ((3, 0, 1, 2), (True, False, False, False)),  # whose the others are could be any of three
        ((3, 4, 2, 0), (False, False, False, False)),  # of two cells, one would be half known
        ((3, 3, 3), (False, False, False)),
        ((0, 0, 0), (False, False, False)),
        ((), ()),
    ],
)
def test_unnamed_bodies_count_beside_three_named_ones_where_three_cells_remain_to_guess_among(
    named: tuple[int, ...], allowed: tuple[bool, ...]
) -> None:
    assert cells_with_unnamed(named) == allowed


@given(named=st.lists(st.integers(0, 9), max_size=12))
def test_those_put_together_are_of_none_or_of_at_least_three_cells(named: list[int]) -> None:
    allowed = cells_with_unnamed(named)

    assert allowed.count(False) >= min(3, len(named))
    assert all(count >= 3 for count, may in zip(named, allowed, strict=True) if may)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2024", 2024 * 12 + 11),  # by the end of its year
        ("2024-01", 2024 * 12),
        ("2024-12-31", 2024 * 12 + 11),
        ("", None),
        ("bald", None),
        ("2024-13", None),
        ("24-01", None),
    ],
)
def test_dates_are_months(text: str, month: int | None) -> None:
    assert month_of(text) == month


@given(year=st.integers(1000, 9999), month=st.integers(1, 12))
def test_a_period_is_named_after_the_date_in_it(year: int, month: int) -> None:
    found = month_of(f"{year:04}-{month:02}")

    assert found is not None
    assert period_name(period_of(found, by_quarter=False), by_quarter=False) == f"{year}"
    quarter = period_name(period_of(found, by_quarter=True), by_quarter=True)
    assert quarter == f"{year}-Q{(month + 2) // 3}"
    assert not is_year_only(f"{year:04}-{month:02}")


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, 33.3), (0, 5, 0.0), (0, 0, None)])
def test_a_share_of_nothing_is_not_known(part: int, whole: int, percent: float | None) -> None:
    assert share(part, whole) == percent


@pytest.mark.parametrize("figure", [*Figure, *OfficeFigure])
def test_each_figure_is_defined_in_both_languages(figure: Figure | OfficeFigure) -> None:
    german, english = figure_words(figure, "de"), figure_words(figure, "en")

    assert all((*german[:4], *english[:4]))
    assert german.definition != english.definition
    assert german.title != english.title


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_definition_of_a_figure_holds_each_rule_that_it_shares_and_its_own_sentences(
    language: Language,
) -> None:
    for figure in Figure:
        words = figure_words(figure, language)
        assert words.own in words.definition
        assert all(basis_words(basis, language).text in words.definition for basis in words.bases)
        rest = words.definition.replace(words.own, "")
        for basis in words.bases:
            rest = rest.replace(basis_words(basis, language).text, "")
        assert not rest.strip()


def test_each_figure_stands_in_one_part_of_the_page() -> None:
    assert sorted(figure for figures in GROUPS.values() for figure in figures) == sorted(Figure)
    assert all(group_word(group, "de") != group_word(group, "en") for group in GROUPS)


def test_without_the_land_of_both_a_pair_crosses_no_border() -> None:
    assert is_across("15", "01")
    assert not is_across("15", "15")
    assert not any((is_across("", "15"), is_across("15", None), is_across(None, None)))


def test_a_word_is_found_in_the_language_asked_for() -> None:
    assert find_word("land-pairs", "de") is None
    assert {find_word("bodies", "de"), find_word("bodies", "en")} == {"Stellen", "bodies"}
    assert all(german and english for german, english in WORDS.values())


def test_years_narrow_everything_but_time_series() -> None:
    chosen = Selection(first_year=2020)

    assert chosen.narrows(Figure.LANDS)
    assert not chosen.narrows(Figure.STOCK)
    assert not Selection(only_confirmed=True, by_quarter=True).narrows(Figure.LANDS)
