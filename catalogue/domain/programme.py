"""What statistics ask of a body: key of today, Land, size class, whether the programme pays it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from catalogue.domain.bodies import Bodies, Body
from catalogue.domain.register import Kind, size_class
from catalogue.domain.reuse import UNNAMED
from catalogue.domain.solution import Funded


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts:
    """Of a body that is not named nothing is told. `land` has 2 digits; empty texts mean: not known."""

    key: str
    land: str = ""
    size: str = ""  # size class of a municipality
    funded: Funded = Funded.UNKNOWN


def funded(body: Body, members: Collection[str]) -> Funded:
    """Yes for members of a model project, no for other municipalities; of other bodies nobody knows.

    `members` are keys of today. The lists of members name municipalities, districts and a few organisations,
    so only of a municipality does its absence say something; a district may take part through its towns.
    """
    if body.key in members:
        return Funded.YES
    return Funded.NO if body.kind == Kind.MUNICIPALITY else Funded.UNKNOWN


def describer(bodies: Bodies, members: Collection[str]) -> Callable[[str], BodyFacts]:
    """A function that tells the facts of the body of any key; `members` as for `funded`."""

    def describe(key: str) -> BodyFacts:
        if key.startswith(UNNAMED):
            return BodyFacts(key=key)
        body = bodies.get(key)
        town = body.municipality if body.kind == Kind.MUNICIPALITY else None
        size = size_class(town.population) if town else None
        return BodyFacts(
            key=body.key, land=body.land or "", size=size.value if size else "", funded=funded(body, members)
        )

    return describe
