"""Where the bodies of solutions are, and which solutions have one within so many kilometres."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import cos, radians, sin
from typing import Protocol

import numpy as np

from catalogue.domain.register import EARTH_RADIUS_KM
from catalogue.storage.search.postings import bits_of

Point = tuple[float, float]  # latitude and longitude in degrees
_Vector = tuple[float, float, float]  # the same as a direction from the centre of the earth


class Who(StrEnum):
    """Whose place counts: of those who offer a solution, of those who run it or try it out, or of both."""

    ANYBODY = "anybody"
    PROVIDERS = "providers"
    REUSERS = "reusers"


class Circle(Protocol):
    """All within so many kilometres around a municipality or district, and whose place is asked for."""

    @property
    def key(self) -> str: ...
    @property
    def km(self) -> int: ...
    @property
    def who(self) -> Who: ...


class Places:
    """Where documents are: the points of their places as directions from the centre of the earth."""

    def __init__(self, having: Mapping[str, Sequence[int]], places: Mapping[str, Point]) -> None:
        self._places = places
        known = [(_vector(places[key]), numbers) for key, numbers in having.items() if key in places]
        lengths = [len(numbers) for _, numbers in known]
        self._vectors = np.array([vector for vector, _ in known], np.float64).reshape(-1, 3).T
        self._documents = np.array([number for _, numbers in known for number in numbers], np.int32)
        self._of = np.repeat(np.arange(len(known)), lengths)  # the place of each of the documents

    def within(self, near: Circle) -> int:
        """The documents with a place in the circle; all where nobody knows its centre."""
        if near.key not in self._places:
            return -1
        north, x, y = _vector(self._places[near.key])
        norths, xs, ys = self._vectors
        inside = north * norths + x * xs + y * ys >= cos(near.km / EARTH_RADIUS_KM)
        return bits_of(self._documents[inside[self._of]])


def _vector(point: Point) -> _Vector:
    north, east = radians(point[0]), radians(point[1])
    return sin(north), cos(north) * cos(east), cos(north) * sin(east)
