"""The projection, against the worked example of the standard and against what must hold of any conic one."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.lambert import GERMANY, Lambert


def test_the_example_of_the_standard_comes_out() -> None:
    # IOGP 373-7-2, Lambert Conic Conformal (2SP): NAD27 / Texas South Central, in US survey feet
    texas = Lambert(
        axis=20_925_832.16,
        flattening=294.97870,
        latitude=27 + 50 / 60,
        longitude=-99,
        parallels=(28 + 23 / 60, 30 + 17 / 60),
        false_east=2_000_000,
    )

    east, north = texas.project(28.5, -96)

    assert east == pytest.approx(2_963_503.91, abs=0.02)
    assert north == pytest.approx(254_759.80, abs=0.02)


def test_the_origin_is_the_origin() -> None:
    assert GERMANY.project(51, 10.5) == pytest.approx((0, 0), abs=1e-6)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((51.4828, 11.9697), (52.1317, 11.6392), 75.6),  # Halle to Magdeburg
        ((53.5503, 10.0006), (48.1374, 11.5755), 612.4),  # Hamburg to München
    ],
)
def test_distances_on_the_map_are_those_on_the_ground(a, b, km) -> None:
    (ax, ay), (bx, by) = GERMANY.project(*a), GERMANY.project(*b)

    assert hypot(bx - ax, by - ay) / 1000 == pytest.approx(km, rel=0.005)


@given(st.floats(47, 55.1), st.floats(5.8, 15.1), st.floats(0.01, 1))
def test_north_is_up_and_east_is_right(lat: float, lon: float, further: float) -> None:
    x, y = GERMANY.project(lat, lon)

    assert GERMANY.project(lat + further, lon)[1] > y
    assert GERMANY.project(lat, lon + further)[0] > x
