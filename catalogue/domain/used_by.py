"""Whom publiccode.yml means by a name in `usedBy`: only a name that is exactly that of one body."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from catalogue.domain.bodies import Bodies
from catalogue.domain.known_reuses import NamedUse
from catalogue.domain.observed import Observed
from catalogue.domain.provenance import SURE, Statement
from catalogue.domain.register import Kind, Municipality, Register
from catalogue.domain.register_names import fold, head
from catalogue.domain.reuse import Evidence
from catalogue.domain.snapshot import Question

_COUNTRY = re.compile(r"^\s*(?:germany|deutschland)\s*[-–,:/]\s*", re.IGNORECASE)
# What people write before a name, folded; it also says what kind of body is meant.
_TOWN = re.compile(
    r"^(?:(?:(?:freie|freie und|hanse und) )?\w*stadt(?:verwaltung)?|(?:city|town) of(?: the)?) (?=.)"
)
_VILLAGE = re.compile(r"^(?:gemeinde(?:verwaltung)?|markt(?:gemeinde)?|flecken|municipality of) (?=.)")
_DISTRICT = re.compile(r"^(?:landkreis|kreis|lk|landratsamt|district of) (?=.)")
_INDEPENDENT = "000"  # ends the key of a city that is its own district
_ENGLISH = {"munich": "muenchen", "cologne": "koeln", "nuremberg": "nuernberg", "hanover": "hannover"}


class Spoken(NamedTuple):
    """A name that a file gives, and where and when it was read."""

    name: str
    statement: Statement


class _Candidate(NamedTuple):
    key: str
    is_district: bool
    is_town: bool  # calls itself a Stadt
    is_exact: bool  # the whole name, not only its first words


_TITLES: tuple[tuple[re.Pattern[str], Callable[[_Candidate], bool]], ...] = (
    (_TOWN, lambda one: one.is_town and not one.is_district),
    (_VILLAGE, lambda one: not one.is_town and not one.is_district),
    (_DISTRICT, lambda one: one.is_district),
)


def spoken(observed: Observed) -> Iterator[Spoken]:
    """The names in `usedBy` of the repositories that speak for a solution.

    A file that describes another repository (a fork keeps the original's) speaks of that one.
    """
    found = observed.answers.get(Question.USED_BY)
    for statement in (found.said, *found.agreeing) if found else ():
        if statement.confidence >= SURE and isinstance(statement.value, tuple):
            yield from (Spoken(str(name), statement) for name in statement.value if name)


def named_uses(observed: Observed, bodies: Bodies) -> tuple[NamedUse, ...]:
    """The bodies that `usedBy` names beyond doubt."""
    found = ((find_body(one.name, bodies), one.statement) for one in spoken(observed))
    return tuple(NamedUse(body=key, evidence=_evidence(said)) for key, said in found if key)


def unassigned(observed: Observed, bodies: Bodies) -> tuple[Spoken, ...]:
    """The names of which nobody can say for sure whom they mean."""
    return tuple(one for one in spoken(observed) if find_body(one.name, bodies) is None)


def find_body(name: str, bodies: Bodies) -> str | None:
    """The key of the one body of exactly this name, None where there is none or more than one.

    Spelling with umlauts, signs and case do not matter; "Stadt", "City of", "Landkreis" before the name say
    which kind is meant. A name that is only the beginning of another one's ("Halle") is not beyond doubt.
    """
    text, candidates = _meant(fold(_COUNTRY.sub("", name)), bodies.register)
    keys = {one.key for one in candidates}
    exact = {one.key for one in candidates if one.is_exact}
    organisations = {
        organisation.id
        for organisation in bodies.organisations.values()
        if text in (fold(organisation.name), fold(organisation.short_name or ""))
    }
    found = exact | organisations
    return next(iter(found)) if text and len(found) == 1 and keys <= exact else None


def _meant(text: str, register: Register) -> tuple[str, list[_Candidate]]:
    """The folded name without country, and who of the register may be meant by it."""
    table = _table(register)
    if whole := [one for one in table.get(text, ()) if one.is_exact]:
        return text, [*whole, *(one for one in table[text] if not one.is_exact)]
    for title, fits in _TITLES:
        bare = title.sub("", text)
        if bare != text:
            return text, [one for one in table.get(_ENGLISH.get(bare, bare), ()) if fits(one)]
    return text, list(table.get(_ENGLISH.get(text, text), ()))


@lru_cache(maxsize=2)
def _table(register: Register) -> dict[str, list[_Candidate]]:
    """Everybody of the register by folded name."""
    table: defaultdict[str, dict[str, _Candidate]] = defaultdict(dict)
    for row in register:
        for name, is_exact in _names(row, register.label(row.key)):
            is_district = row.kind is Kind.DISTRICT
            is_town = "stadt" in row.designation.casefold() or row.key.endswith(_INDEPENDENT)
            table[fold(name)].setdefault(row.key, _Candidate(row.key, is_district, is_town, is_exact))
    return {name: list(several.values()) for name, several in table.items()}


def _names(row: Municipality, label: str) -> Iterable[tuple[str, bool]]:
    yield from ((name, True) for name in (row.short_name, label, row.name))
    if row.kind is Kind.MUNICIPALITY:
        yield head(row.short_name), False


def _evidence(said: Statement) -> Evidence:
    return Evidence(
        address=said.link or said.address,
        source="publiccode.yml: usedBy",
        seen=said.as_of.isoformat() if said.as_of else None,
    )
