"""The shades of a map: few reuses or thousands, Länder are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.pictures.map import lasts_for, step_of, steps


@pytest.mark.parametrize(
    ("counts", "shades"),
    [
        ((0, 1, 3, 16), (0, 1, 2, 4)),
        ((7, 52, 129, 407), (1, 2, 3, 4)),
    ],
)
def test_laender_are_told_apart_whether_there_are_few_reuses_or_many(
    counts: tuple[int, ...], shades: tuple[int, ...]
) -> None:
    lasts = lasts_for(max(counts))

    assert tuple(step_of(count, lasts) for count in counts) == shades


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_legend_says_which_numbers_a_shade_has(most: int, count: int) -> None:
    lasts = lasts_for(most)

    first, last = steps(lasts)[step_of(count, lasts)]

    assert first <= count
    assert last is None or count <= last
