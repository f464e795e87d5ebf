"""The map: few reuses or thousands, Länder are told apart and their numbers can be read."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.pictures.ground import germany
from catalogue.web.pictures.map import Shade, Spot, draw_map, lasts_for, step_of, steps
from catalogue.web.pictures.metrics import text_width
from catalogue.web.pictures.svg import Shape


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


def drawn(count: int, seed: int = 1) -> list[Shape]:
    """A map with so many dots, crowded as towns are."""
    chance = random.Random(seed)
    spots = [
        Spot(
            lat=chance.gauss(50.9, 1.6),
            lon=chance.gauss(9.9, 1.9),
            label="Kleine Stadt",
            said="Kleine Stadt: 3 Lösungen",
            kind="place",
            count=chance.randint(1, 9),
        )
        for _ in range(count)
    ]
    shades = {area.key: Shade(count=100 + place, said="") for place, area in enumerate(germany().areas)}
    return draw_map(germany(), shades, spots)


def of_class(shapes: list[Shape], name: str) -> list[Shape]:
    inner = [one for shape in shapes for one in (shape, *shape.inside)]
    return [one for one in inner if name in (one.get("class") or "").split()]


@pytest.mark.parametrize("count", [0, 40, 150, 250])
def test_the_number_of_a_land_is_never_below_a_dot_nor_on_one_without_a_plate(count: int) -> None:
    shapes = drawn(count)

    numbers, plates = of_class(shapes, "map__number"), of_class(shapes, "map__plate")
    dots = of_class(shapes, "map__spot")
    assert len(numbers) == 16
    assert not of_class(shapes[shapes.index(numbers[0]) :], "map__spot")
    plated = {round(float(plate.get("x") or 0) + float(plate.get("width") or 0) / 2, 1) for plate in plates}
    for number in numbers:
        x, half = float(number.get("x") or 0), text_width(number.text, 13.5) / 2
        y = float(number.get("y") or 0) - 4.7
        touched = [
            dot
            for dot in dots
            if abs(float(dot.get("cx") or 0) - x) < half and abs(float(dot.get("cy") or 0) - y) < 4
        ]
        assert not touched or round(x, 1) in plated
    assert len(plates) < 8  # most Länder have room for their number


def test_many_dots_are_smaller_than_few() -> None:
    few, many = (
        max(float(dot.get("r") or 0) for dot in of_class(drawn(count), "map__spot")) for count in (20, 250)
    )

    assert many < 0.6 * few
