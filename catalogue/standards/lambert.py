"""Lambert's conformal conic projection: from latitude and longitude to metres on a flat map.

Formulas of "Lambert Conic Conformal (2SP)", EPSG method 9802 (IOGP Publication 373-7-2).
"""

from dataclasses import dataclass
from functools import cached_property
from math import cos, log, pi, radians, sin, sqrt, tan


@dataclass(frozen=True, kw_only=True)
class Lambert:
    """A conic projection. Angles in degrees; lengths in the unit of `axis`, east and north of the origin."""

    axis: float  # half the longer axis of the ellipsoid
    flattening: float  # 1 / f
    latitude: float  # of the origin
    longitude: float
    parallels: tuple[float, float]  # where lengths are true
    false_east: float = 0.0
    false_north: float = 0.0

    def project(self, latitude: float, longitude: float) -> tuple[float, float]:
        """East and north of a point."""
        radius = self._radius(radians(latitude))
        angle = self._cone[0] * radians(longitude - self.longitude)
        east = self.false_east + radius * sin(angle)
        return east, self.false_north + self._radius(radians(self.latitude)) - radius * cos(angle)

    @cached_property
    def _eccentricity(self) -> float:
        return sqrt((2 - 1 / self.flattening) / self.flattening)

    @cached_property
    def _cone(self) -> tuple[float, float]:
        """The constants n and F of the cone."""
        first, second = map(radians, self.parallels)
        scale, along = self._scale(first), self._along(first)
        n = (log(scale) - log(self._scale(second))) / (log(along) - log(self._along(second)))
        return n, float(scale / (n * along**n))

    def _scale(self, latitude: float) -> float:
        return cos(latitude) / sqrt(1 - (self._eccentricity * sin(latitude)) ** 2)

    def _along(self, latitude: float) -> float:
        flat = self._eccentricity * sin(latitude)
        return float(tan(pi / 4 - latitude / 2) / ((1 - flat) / (1 + flat)) ** (self._eccentricity / 2))

    def _radius(self, latitude: float) -> float:
        n, f = self._cone
        return float(self.axis * f * self._along(latitude) ** n)


# ETRS89 / LCC Germany (N-E), EPSG:4839, on the ellipsoid GRS 1980; WGS84 differs by less than a metre.
GERMANY = Lambert(
    axis=6_378_137.0,
    flattening=298.257222101,
    latitude=51.0,
    longitude=10.5,
    parallels=(48 + 2 / 3, 53 + 2 / 3),
)
