"""The one table of facets: which values a solution has, and how chosen values go together."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.domain.fields import KINDS, MATURITIES, OPEN_SOURCE, ORGANISATION_KINDS
from catalogue.domain.licences import LicenceGroup, group_of
from catalogue.domain.register import Kind, Municipality, SizeClass, size_class
from catalogue.domain.reuse import Relation, Stage
from catalogue.domain.solution import Solution
from catalogue.domain.topics import with_broader
from catalogue.domain.vitality import Level
from catalogue.storage.search.documents import SearchContext

# No facets, but indexed like them, for distances: the keys of the bodies that offer it, and of its reusers.
PROVIDER_PLACE, REUSER_PLACE = "provider-place", "reuser-place"
_SMALL = (SizeClass.RURAL, SizeClass.SMALL_TOWN)
_DISTRICT = "district"
_LIVING = (Level.LIVELY.value, Level.MAINTAINED.value)

_LEVELS = tuple(level.value for level in Level if level is not Level.UNKNOWN)

Values = Callable[[Solution, SearchContext], Iterable[str]]


class Choice(StrEnum):
    """How several chosen values of a facet go together."""

    ANY = "any"  # a solution needs one of them
    ALL = "all"  # it needs each of them
    ONE = "one"  # values that include each other (at least 1, at least 3): only one makes sense


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow results down.

    `order` is that of a closed list of values; where it is `fixed`, counts do not change it.
    """

    name: str
    values: Values
    order: tuple[str, ...] = ()
    choice: Choice = Choice.ANY
    fixed: bool = False


def _topics(solution: Solution, context: SearchContext) -> Iterable[str]:
    return with_broader(solution.topics, context.topics)


def _licence_group(solution: Solution) -> LicenceGroup:
    return group_of(solution.licence.expression if solution.licence else None)


def _licence(solution: Solution, _: SearchContext) -> Iterable[str]:
    yield _licence_group(solution).value


def _open_source(solution: Solution, _: SearchContext) -> Iterable[str]:
    return (solution.open_source.value,) if solution.open_source else ()


def _kind(solution: Solution, _: SearchContext) -> Iterable[str]:
    return (solution.kind.value,) if solution.kind else ()


def _maturity(solution: Solution, _: SearchContext) -> Iterable[str]:
    return (solution.maturity.value,) if solution.maturity else ()


def _land(solution: Solution, context: SearchContext) -> Iterable[str]:
    return (land for p in solution.providers if (land := context.bodies.get(p.body).land))


def _provider_kind(solution: Solution, context: SearchContext) -> Iterable[str]:
    return (context.bodies.get(provider.body).kind for provider in solution.providers)


def _technology(solution: Solution, _: SearchContext) -> Iterable[str]:
    return solution.technologies


def _size(solution: Solution, context: SearchContext) -> Iterable[str]:
    return filter(None, map(_size_of, _municipalities(solution, context)))


def _size_of(place: Municipality) -> str | None:
    return _DISTRICT if place.kind is Kind.DISTRICT else size_class(place.population)


# --- At least n

_AT_LEAST = ("1", "3", "5", "10")


def _reused(solution: Solution, context: SearchContext) -> Iterable[str]:
    return _reached(reusing_bodies(solution, context), _AT_LEAST)


def _confirmed(solution: Solution, context: SearchContext) -> Iterable[str]:
    return _reached(confirming_bodies(solution, context), _AT_LEAST[:2])


def _reached(count: int, limits: Iterable[str]) -> Iterable[str]:
    return (limit for limit in limits if count >= int(limit))


# --- What repositories tell: hidden until something looks at them and a solution has a value

_DAYS = {"6-months": 183, "1-year": 365, "2-years": 730}
_OLDER = "older"


def activity_ranges(last: date, today: date) -> Iterator[str]:
    """The ranges that the day of the last activity is in; within a year includes within six months."""
    age = (today - last).days
    yield from (name for name, days in _DAYS.items() if age <= days)
    if age > max(_DAYS.values()):
        yield _OLDER


def _last_activity(solution: Solution, context: SearchContext) -> Iterable[str]:
    signs = context.signs.get(solution.id)
    return signs.ranges if signs else ()


def _vitality(solution: Solution, context: SearchContext) -> Iterable[str]:
    signs = context.signs.get(solution.id)
    return (signs.level,) if signs and signs.level else ()


# --- Quick filters


def _has_contact_and_licence(solution: Solution, _: SearchContext) -> bool:
    is_free = _licence_group(solution) in (LicenceGroup.PERMISSIVE, LicenceGroup.COPYLEFT)
    return is_free and bool(solution.contact.page or solution.contact.email)


def _is_ready(solution: Solution, context: SearchContext) -> bool:
    is_known = bool(solution.documentation) and _has_contact_and_licence(solution, context)
    return is_known and any(level in _LIVING for level in _vitality(solution, context))


def _runs_in_small_towns(solution: Solution, context: SearchContext) -> bool:
    running = (r.body for r in solution.reuses if r.relation is Relation.USES and r.stage is Stage.IN_USE)
    return any(_size_of(place) in _SMALL for place in _places_of(running, context))


def _is_confirmed(solution: Solution, _: SearchContext) -> bool:
    return bool(solution.confirmed_bodies)


_QUICK: dict[str, Callable[[Solution, SearchContext], bool]] = {
    "ready": _is_ready,
    "contact-and-licence": _has_contact_and_licence,
    "small-towns": _runs_in_small_towns,
    "confirmed": _is_confirmed,
}


def _quick(solution: Solution, context: SearchContext) -> Iterable[str]:
    return (name for name, holds in _QUICK.items() if holds(solution, context))


# A new facet is a line here, and its words in the labels of the pages.
FACETS: tuple[Facet, ...] = (
    Facet("quick", _quick, tuple(_QUICK), Choice.ALL, fixed=True),
    Facet("topic", _topics),
    Facet("licence", _licence, tuple(LicenceGroup)),
    Facet("size", _size, (*reversed(SizeClass), _DISTRICT), fixed=True),
    Facet("reused_at_least", _reused, _AT_LEAST, Choice.ONE, fixed=True),
    Facet("confirmed_at_least", _confirmed, _AT_LEAST[:2], Choice.ONE, fixed=True),
    Facet("vitality", _vitality, _LEVELS, fixed=True),
    Facet("last_activity", _last_activity, (*_DAYS, _OLDER), Choice.ONE, fixed=True),
    Facet("open_source", _open_source, OPEN_SOURCE),
    Facet("kind", _kind, KINDS),
    Facet("maturity", _maturity, MATURITIES),
    Facet("land", _land),
    Facet("provider_kind", _provider_kind, ("municipality", _DISTRICT, *ORGANISATION_KINDS)),
    Facet("technology", _technology),
)


def reusing_bodies(solution: Solution, context: SearchContext) -> int:
    """By how many bodies it is reused, by their keys of today."""
    return len({context.bodies.get(body).key for body in solution.reuse_bodies})


def confirming_bodies(solution: Solution, context: SearchContext) -> int:
    """How many of `reusing_bodies` a source confirms."""
    return len({context.bodies.get(body).key for body in solution.confirmed_bodies})


def values_of(solution: Solution, context: SearchContext) -> dict[str, list[str]]:
    """The values of a solution by facet, each once, and its places."""
    values = {facet.name: list(dict.fromkeys(facet.values(solution, context))) for facet in FACETS}
    return values | {
        PROVIDER_PLACE: _place_keys((provider.body for provider in solution.providers), context),
        REUSER_PLACE: _place_keys(sorted(solution.reuse_bodies), context),
    }


def _place_keys(bodies: Iterable[str], context: SearchContext) -> list[str]:
    return list(dict.fromkeys(place.key for place in _places_of(bodies, context)))


def _municipalities(solution: Solution, context: SearchContext) -> Iterable[Municipality]:
    """The municipalities and districts that offer or reuse it, each once."""
    bodies = (*(provider.body for provider in solution.providers), *sorted(solution.reuse_bodies))
    return {place.key: place for place in _places_of(bodies, context)}.values()


def _places_of(bodies: Iterable[str], context: SearchContext) -> Iterator[Municipality]:
    return (place for body in bodies if (place := context.bodies.get(body).municipality))
