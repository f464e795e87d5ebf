"""What is known of reuse beside the entries: reports and `usedBy`, and what a reform does to reports."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from catalogue.domain.bodies import Bodies
from catalogue.domain.known_reuses import known_reuses
from catalogue.domain.observed import Observed
from catalogue.domain.register import Register
from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_report import SYSTEM, Action, ReuseReport, State
from catalogue.domain.solution import Solution
from catalogue.domain.used_by import named_uses, unassigned
from catalogue.services.catalogue import Catalogue
from catalogue.services.observing import Known, see_as_published
from catalogue.storage.reuse_book import Overtaken, ReuseBook

log = logging.getLogger(__name__)


class Unassigned(NamedTuple):
    """A name in `usedBy` of which nobody can say for sure whom it means, and where it stands."""

    solution: str
    name: str
    address: str


def known_by(book: ReuseBook, bodies: Bodies, solutions: frozenset[str] | None = None) -> Known:
    """What tells the known reuses of a solution (of `solutions`; None: of any), by the reports of now."""
    reports: defaultdict[str, list[ReuseReport]] = defaultdict(list)
    for report in book.about(solutions, states=[State.CONFIRMED]):
        reports[report.claim.solution].append(report)
    key_of = _key_of(bodies)

    def known(solution: Solution, observed: Observed) -> tuple[Reuse, ...]:
        return known_reuses(
            solution,
            named=named_uses(observed, bodies),
            reports=reports.get(solution.id, ()),
            key_of=key_of,
        )

    return known


def _key_of(bodies: Bodies) -> Callable[[str], str]:
    return lambda key: body.key if (body := bodies.find(key)) else key


def unassigned_used_by(catalogue: Catalogue) -> list[Unassigned]:
    """The names in `usedBy` that no body has beyond doubt, by solution, for the office to look at."""
    store = catalogue.store
    stored = (one.solution for one in store.all_solutions())
    found = {
        Unassigned(key, one.name, one.statement.link or one.statement.address or "")
        for key, seen in see_as_published(store, stored, catalogue.now()).items()
        for one in unassigned(seen.observed, catalogue.bodies)
    }
    return sorted(found)


def follow_reform(book: ReuseBook, register: Register, now: datetime) -> int:
    """Enter the key of today in reports about a body that has another one since a municipal reform.

    Each gets an event; of two reports about towns that are one now, both stay. Returns how many were moved.
    """
    old = {key: register.resolve(key) for key in book.bodies() if key not in register and register.find(key)}
    moved = 0
    for key, new in sorted(old.items()):
        for report in book.about(body=key):
            there = replace(report, claim=replace(report.claim, body=new))
            try:
                book.keep(there, action=Action.MOVED, actor=SYSTEM, now=now)
            except Overtaken:  # somebody works on it; the next publication finds it again
                continue
            moved += 1
    if moved:
        log.info("reports moved after a reform moved=%s", moved)
    return moved
