"""Lists of reports for the office, by what is asked for, and what is known beside a report."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import col

from catalogue.domain.reuse import Reuse
from catalogue.domain.reuse_report import ReuseReport, State, report_from
from catalogue.domain.reuse_text import reuse_from_plain
from catalogue.standards.text import whole_number
from catalogue.storage.precious import ReportRow
from catalogue.storage.tables import ReuseRow, SolutionRow

_COLUMNS = (col(ReportRow.number), col(ReportRow.version), col(ReportRow.data))
_BATCH = 1000
# What a text is looked for in, beside names of solutions and bodies.
_TEXTS = ("part", "version", "operator", "address", "effort", "obstacles", "evidence")


class Order(StrEnum):
    """How all reports may be ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    STALEST = "stalest"
    BODY = "body"
    SOLUTION = "solution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reports are asked for; what is empty does not matter. A text means one of what it names."""

    state: str = ""
    solution: str = ""
    body: str = ""
    land: str = ""  # 2 digits
    organisations: Collection[str] = ()  # of this Land
    source: str = ""
    text: str = ""
    solutions_named: Collection[str] = ()  # by the text
    bodies_named: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known of some bodies and solutions."""

    names: Mapping[str, str]  # of the solutions that are published, by id
    published: Sequence[tuple[str, Reuse]]  # reuses of these by those, with the solution's id
    counts: Mapping[tuple[str, str], int]  # reports by solution and body; with an empty solution about any


class ReportLists:
    """What of the reports is read in lists. Every method is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    # --- All reports

    def page(self, wanted: Wanted, order: Order, *, offset: int, limit: int) -> tuple[int, list[ReuseReport]]:
        """How many reports are asked for, and a page of them."""
        chosen = _chosen(wanted)
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(ReportRow).where(*chosen)) or 0
        query = select(*_COLUMNS).where(*chosen).order_by(*_ORDERS[order])
        return total, self._reports(query.offset(offset).limit(limit))

    def each(self, wanted: Wanted) -> Iterator[ReuseReport]:
        """All that are asked for, by number; read in parts, so that many take little memory."""
        last = 0
        while True:
            query = select(*_COLUMNS).where(*_chosen(wanted), col(ReportRow.number) > last)
            found = self._reports(query.order_by(col(ReportRow.number)).limit(_BATCH))
            yield from found
            if len(found) < _BATCH:
                return
            last = found[-1].number

    # --- What is known beside a report

    def beside(self, solutions: Collection[str], bodies: Collection[str]) -> Beside:
        """What is known of these solutions and bodies, at one moment."""
        asked = {"solutions": list(solutions), "bodies": list(bodies)}
        with self._engine.connect() as connection:
            return Beside(
                names={row[0]: row[1] for row in connection.execute(_NAMES_OF, asked)},
                published=[
                    (row[0], reuse_from_plain(row[1])) for row in connection.execute(_PUBLISHED, asked)
                ],
                counts={(row[0], row[1]): row[2] for row in connection.execute(_COUNTS, asked)},
            )

    def alive(
        self, solutions: Collection[str], states: Collection[State]
    ) -> Iterator[tuple[tuple[str, str], int]]:
        """Solution and body of each report about these solutions in one of these states, with its number."""
        about = (col(ReportRow.solution), col(ReportRow.body), col(ReportRow.number))
        query = select(*about).where(
            col(ReportRow.solution).in_(solutions),
            col(ReportRow.state).in_([state.value for state in states]),
        )
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(col(ReportRow.number))):
                yield (row[0], row[1]), row[2] or 0

    def solution_names(self, ids: Collection[str] | None = None) -> Mapping[str, str]:
        """Names of published solutions by id; of all of them where `ids` is None."""
        if ids is not None and not ids:
            return {}
        query, asked = (_NAMES, {}) if ids is None else (_NAMES_OF, {"solutions": list(ids)})
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query, asked)}

    def _reports(self, query: "Select[Any]") -> list[ReuseReport]:
        with self._engine.connect() as connection:
            rows = connection.execute(query)
            return [report_from(row[2], number=row[0], version=row[1]) for row in rows]


# --- What is known beside a report. Built once: to build a statement costs more than to carry it out

_BODY, _SOLUTION = col(ReportRow.body), col(ReportRow.solution)
_BODIES_ASKED = _BODY.in_(bindparam("bodies", expanding=True))
_COUNTS = union_all(
    select(literal(""), _BODY, func.count()).where(_BODIES_ASKED).group_by(_BODY),
    select(_SOLUTION, _BODY, func.count())
    .where(_BODIES_ASKED, _SOLUTION.in_(bindparam("solutions", expanding=True)))
    .group_by(_SOLUTION, _BODY),
)
_PUBLISHED = (
    select(col(ReuseRow.solution_id), col(ReuseRow.data))
    .where(
        col(ReuseRow.solution_id).in_(bindparam("solutions", expanding=True)),
        col(ReuseRow.body).in_(bindparam("bodies", expanding=True)),
    )
    .order_by(col(ReuseRow.solution_id), col(ReuseRow.position))
)
_NAMES = select(col(SolutionRow.id), col(SolutionRow.name))
_NAMES_OF = _NAMES.where(col(SolutionRow.id).in_(bindparam("solutions", expanding=True)))


# --- What all reports are chosen by

_ORDERS: Mapping[Order, Sequence[Any]] = {
    Order.NEWEST: (col(ReportRow.number).desc(),),
    Order.OLDEST: (col(ReportRow.number),),
    Order.STALEST: (col(ReportRow.affirmed_at).is_(None), col(ReportRow.affirmed_at), col(ReportRow.number)),
    Order.BODY: (col(ReportRow.body), col(ReportRow.number)),
    Order.SOLUTION: (col(ReportRow.solution), col(ReportRow.body), col(ReportRow.number)),
}


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions; what is empty makes none."""
    return [condition(wanted) for name, condition in _CONDITIONS.items() if getattr(wanted, name)]


def _said(name: str) -> ColumnElement[str]:
    data: Any = col(ReportRow.data)
    said: ColumnElement[str] = data[name].as_string()
    return said


def _in_land(wanted: Wanted) -> ColumnElement[bool]:
    """Official keys begin with the Land's two digits; ids of organisations begin with a letter."""
    body = col(ReportRow.body)
    official = and_(body >= wanted.land, body < f"{wanted.land}:")  # the sign after 9
    return or_(official, body.in_(wanted.organisations))


def _speaks_of(wanted: Wanted) -> ColumnElement[bool]:
    texts = [_said(f"claim.{name}").icontains(wanted.text, autoescape=True) for name in _TEXTS]
    if number := whole_number(wanted.text.lstrip("#"), 9):
        texts.append(col(ReportRow.number) == number)
    return or_(
        col(ReportRow.solution).in_(wanted.solutions_named),
        col(ReportRow.body).in_(wanted.bodies_named),
        *texts,
    )


_CONDITIONS: Mapping[str, Callable[[Wanted], ColumnElement[bool]]] = {
    "state": lambda wanted: col(ReportRow.state) == wanted.state,
    "solution": lambda wanted: col(ReportRow.solution) == wanted.solution,
    "body": lambda wanted: col(ReportRow.body) == wanted.body,
    "source": lambda wanted: _said("source") == wanted.source,
    "land": _in_land,
    "text": _speaks_of,
}
