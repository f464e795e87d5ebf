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

    A key of before a merger is that of today.
    """
    known = bodies.find(text)
    if known:
        return Meant(key=known.key)
    for found in (_by_label(text, bodies), _by_name(text, bodies)):
        keys = tuple(dict.fromkeys(found))
        if len(keys) == 1:
            return Meant(key=keys[0])
        if keys:
            return Meant(choices=_choices(keys, bodies))
    return Meant(choices=_choices(_near(text, bodies), bodies))


def find_bodies(text: str, bodies: Bodies, limit: int) -> tuple[Choice, ...]:
    """What the text may be the beginning of, for suggestions: towns and districts, then organisations."""
    towns = [town.key for town in bodies.register.search(text, limit)]
    found = [one.id for one in bodies.organisations.values() if _begins(one, text)]
    room = max(limit - len(found), limit // 2)
    return _choices([*towns[:room], *found], bodies, limit)


def _by_label(text: str, bodies: Bodies) -> Iterator[str]:
    """Those that the catalogue calls so: labels tell all of the register apart."""
    wanted = fold(text)
    for town in bodies.register.search(text, _LOOKED_AT):
        if fold(bodies.register.label(town.key)) == wanted:
            yield town.key
    for one in bodies.organisations.values():
        if wanted and wanted in (fold(one.name), fold(one.short_name or "")):
            yield one.id


def _by_name(text: str, bodies: Bodies) -> Iterator[str]:
    """Those whose official name it is, with or without "Stadt"."""
    wanted = fold(text)
    for town in bodies.register.search(text.split(",", 1)[0], _LOOKED_AT):
        if wanted in (fold(town.name), fold(town.short_name)):
            yield town.key


def _near(text: str, bodies: Bodies) -> Iterator[str]:
    """First those whose name it is before an addition: Frankfurt am Main, Frankfurt (Oder)."""
    towns = bodies.register.search(text, _LOOKED_AT) or bodies.register.suggest(text, MOST)
    yield from (town.key for town in towns if fold(head(town.short_name)) == fold(text))
    yield from (town.key for town in towns[:MOST])
    yield from (one.id for one in bodies.organisations.values() if _begins(one, text))


def _begins(one: Organisation, text: str) -> bool:
    words = f" {fold(one.name)} {fold(one.short_name or '')}"
    starts = fold(text).split()
    return bool(starts) and all(f" {start}" in words for start in starts)


def _choices(keys: Iterable[str], bodies: Bodies, most: int = MOST) -> tuple[Choice, ...]:
    chosen = list(dict.fromkeys(keys))[:most]
    return tuple(Choice(key=key, label=bodies.get(key).label) for key in chosen)
