"""The shipped boundaries are whole, and lie where the Länder lie."""

import pytest

from catalogue.domain.outlines import area, contains
from catalogue.standards.ags import LAENDER
from catalogue.standards.boundaries import districts, laender
from catalogue.standards.lambert import GERMANY


def test_every_land_has_an_outline() -> None:
    assert [outline.key for outline in laender()] == sorted(LAENDER)


def test_every_district_belongs_to_a_land() -> None:
    keys = [outline.key for outline in districts()]

    assert len(keys) == len(set(keys)) == 401
    assert {key[:2] for key in keys} == set(LAENDER)


def test_every_ring_encloses_something_and_does_not_repeat_its_first_point() -> None:
    rings = [ring for outline in (*laender(), *districts()) for ring in outline.rings]

    assert all(len(ring) >= 3 and ring[0] != ring[-1] and area(ring) > 0 for ring in rings)


@pytest.mark.parametrize(
    ("lat", "lon", "land", "district"),
    [
        (51.4828, 11.9697, "15", "15002"),  # Halle (Saale)
        (52.1317, 11.6392, "15", "15003"),  # Magdeburg
        (52.5200, 13.4050, "11", "11000"),  # Berlin, which lies in a hole of Brandenburg
        (53.0793, 8.8017, "04", "04011"),  # Bremen, in one of Niedersachsen
        (48.1374, 11.5755, "09", "09162"),  # München
    ],
)
def test_a_town_lies_in_its_land_and_district_and_in_no_other(lat, lon, land, district) -> None:
    point = (lon, lat)

    assert [one.key for one in laender() if contains(one.rings, point)] == [land]
    assert [one.key for one in districts() if contains(one.rings, point)] == [district]


@pytest.mark.parametrize(("land", "km2"), [("09", 70_542), ("15", 20_464), ("11", 891), ("10", 2_571)])
def test_areas_are_those_of_the_statistics(land, km2) -> None:
    (outline,) = [one for one in laender() if one.key == land]

    found = sum(area(tuple(GERMANY.project(lat, lon) for lon, lat in ring)) for ring in outline.rings)

    assert found / 1e6 == pytest.approx(km2, rel=0.02)  # simplified
