"""Outlines for maps: thinner, but neighbours still fit together."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.outlines import area, bounds, contains, inner_point, simplified

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
HOLE = ((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0))
# Two neighbours; the border between them is a zigzag from (4, 0) to (4, 4).
ZIGZAG = ((4.0, 0.0), (4.1, 1.0), (3.9, 2.0), (4.1, 3.0), (4.0, 4.0))
WEST = ((0.0, 0.0), *ZIGZAG, (0.0, 4.0))
EAST = (*ZIGZAG[::-1], (8.0, 0.0), (8.0, 4.0))


def test_area_bounds_and_inside_of_a_square_with_a_hole() -> None:
    assert area(SQUARE) == 16
    assert bounds([SQUARE, HOLE]) == (0, 0, 4, 4)
    assert contains([SQUARE, HOLE], (0.5, 0.5))
    assert not contains([SQUARE, HOLE], (2, 2))
    assert not contains([SQUARE], (5, 2))


def test_a_name_never_stands_in_the_hole() -> None:
    assert contains([SQUARE, HOLE], inner_point([SQUARE, HOLE]))


def test_a_shared_border_stays_shared() -> None:
    thin = simplified({"west": [WEST], "east": [EAST]}, 0.5)

    (west,), (east,) = thin["west"], thin["east"]
    assert len(west) < len(WEST)
    assert {point for point in west if point[0] > 1} == {point for point in east if point[0] < 5}


def test_an_enclave_and_the_hole_around_it_stay_the_same_ring() -> None:
    round_town = tuple(
        (2 + x / 10, 2 + y / 10) for x, y in ((8, 0), (5, 6), (0, 8), (-6, 5), (-8, 0), (0, -8))
    )

    thin = simplified({"land": [SQUARE, round_town[::-1]], "town": [round_town]}, 0.3)

    assert set(thin["land"][1]) == set(thin["town"][0])


def test_specks_go_but_an_area_never_vanishes() -> None:
    speck = ((9.0, 9.0), (9.1, 9.0), (9.1, 9.1))

    thin = simplified({"land": [SQUARE, speck], "island": [speck]}, 0.01, least=1)

    assert len(thin["land"]) == 1
    assert len(thin["island"]) == 1


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=3, max_size=40, unique=True),
    st.floats(0, 50),
)
def test_thinning_only_leaves_out_points(ring: list[tuple[float, float]], tolerance: float) -> None:
    (thin,) = simplified({"a": [tuple(ring)]}, tolerance)["a"]

    assert set(thin) <= set(ring)
    assert len(thin) >= 3
