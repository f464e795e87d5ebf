"""Whom somebody means who types a place: one municipality or district, one of several, or none."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalogue.domain.register import Kind, Municipality, Register
from catalogue.domain.register_names import fold, head

_OFFERED = 6
_LONGEST_MISSPELT = 40  # signs; to compare a longer text with all names takes long and finds nothing


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Who is meant. Where that is not certain, nobody is, and `candidates` may be, the largest first."""

    found: Municipality | None = None
    candidates: tuple[Municipality, ...] = ()


def named_place(text: str, register: Register) -> NamedPlace:
    """The place of a key, a postcode or a name.

    A name means who has it alone: "Magdeburg", "Halle (Saale)", "Landkreis Kassel". "Halle" is the name of
    four, "Madgeburg" of nobody: both have candidates.
    """
    by_key = register.find(text.strip())
    if by_key is not None:
        return NamedPlace(by_key)
    named = _by_name(register).get(fold(text), ()) or register.search(text, _OFFERED)
    if len(named) == 1:
        return NamedPlace(named[0])
    if not named and len(text) <= _LONGEST_MISSPELT:
        named = register.suggest(text, 3)
    return NamedPlace(candidates=tuple(named[:_OFFERED]))


@lru_cache(maxsize=2)  # of the register of today and the one that follows it
def _by_name(register: Register) -> Mapping[str, tuple[Municipality, ...]]:
    found: defaultdict[str, list[Municipality]] = defaultdict(list)
    for row in sorted(register, key=lambda row: -(row.population or 0)):
        for name in _names(row, register):
            found[name].append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _names(row: Municipality, register: Register) -> frozenset[str]:
    """Folded, with umlauts written out and without: Koeln and Koln."""
    names = {register.label(row.key)}
    if row.kind is Kind.MUNICIPALITY:  # "Kassel" is the town, the district is "Landkreis Kassel"
        names |= {row.short_name, head(row.short_name)}
    return frozenset(fold(name, bare=bare) for name in names for bare in (False, True))
