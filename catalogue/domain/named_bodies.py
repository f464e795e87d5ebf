"""Which body somebody means who typed a name: exactly one, or a choice of a few."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalogue.domain.bodies import Bodies, Organisation
from catalogue.domain.register_names import fold, head

MOST = 8  # choices
_LOOKED_AT = 300  # towns with these words in their name; the most frequent name has some 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that may be meant."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What somebody means: a key where it is certain, else what it may be."""

    key: str = ""
    choices: tuple[Choice, ...] = ()


def meant_body(text: str, bodies: Bodies) -> Meant:
    """The body of a key, of a name that only one has, or those that are written like it.

    A key of before a merger is that of today. Of a short name that a larger town bears with an addition
    (Halle, Frankfurt) nobody is sure, so it is asked back.
    """
    known = bodies.find(text)
    if known:
        return Meant(key=known.key)
    named, alike = _named(text, bodies), _with_addition(text, bodies)
    if len(named) == 1 and set(alike) <= set(named):
        return Meant(key=named[0])
    return Meant(choices=_choices([*alike, *named] or _near(text, bodies), bodies))


def find_bodies(text: str, bodies: Bodies, limit: int) -> tuple[Choice, ...]:
    """What the text may be the beginning of, for suggestions: towns and districts, then organisations."""
    towns = [town.key for town in bodies.register.search(text, limit)]
    found = [one.id for one in bodies.organisations.values() if _begins(one, text)]
    room = max(limit - len(found), limit // 2)
    return _choices([*towns[:room], *found], bodies, limit)


def _named(text: str, bodies: Bodies) -> tuple[str, ...]:
    """Those that the catalogue calls so, which tells all of the register apart; else by official name."""
    wanted = fold(text)
    if not wanted:
        return ()
    towns = bodies.register.search(text.split(",", 1)[0], _LOOKED_AT)
    others = (
        one for one in bodies.organisations.values() if wanted in (fold(one.name), fold(one.short_name or ""))
    )
    found = [town.key for town in towns if fold(bodies.register.label(town.key)) == wanted]
    found += [one.id for one in others]
    return tuple(found or (town.key for town in towns if wanted in (fold(town.name), fold(town.short_name))))


def _with_addition(text: str, bodies: Bodies) -> tuple[str, ...]:
    """Those whose name it is before an addition, if the largest of them has one: Halle (Saale), Halle."""
    wanted = fold(text)
    found = [
        town for town in bodies.register.search(text, _LOOKED_AT) if fold(head(town.short_name)) == wanted
    ]
    if not found or fold(found[0].short_name) == wanted:
        return ()
    return tuple(town.key for town in found)


def _near(text: str, bodies: Bodies) -> Iterator[str]:
    """Those that begin like it; where there are none, those that are spelt nearly so."""
    towns = bodies.register.search(text, MOST)
    others = [one.id for one in bodies.organisations.values() if _begins(one, text)]
    yield from (town.key for town in towns)
    yield from others
    if not towns and not others:
        yield from (town.key for town in bodies.register.suggest(text, MOST))


def _begins(one: Organisation, text: str) -> bool:
    words = f" {fold(one.name)} {fold(one.short_name or '')}"
    starts = fold(text).split()
    return bool(starts) and all(f" {start}" in words for start in starts)


def _choices(keys: Iterable[str], bodies: Bodies, most: int = MOST) -> tuple[Choice, ...]:
    chosen = list(dict.fromkeys(keys))[:most]
    return tuple(Choice(key=key, label=bodies.get(key).label) for key in chosen)
