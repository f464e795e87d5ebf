"""How often search terms were used: by day, without anything about who searched.

A row of today holds the term itself. At the end of its day, a term that is not frequent yet loses its text:
what stays for `RARE_KEPT` is a keyed hash, by which its next use is recognised; nobody can read a word out of
it. Once the hash has been used often enough, the text of that day's search is kept from then on. See
docs/demand.md.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Engine, case, delete, func, insert, literal, select, update
from sqlmodel import col

from catalogue.domain.demand import KEPT, RARE_KEPT, Term, is_frequent
from catalogue.domain.retention import Kept
from catalogue.storage.database import writer
from catalogue.storage.events import Entered, Subject, enter
from catalogue.storage.precious import TermRow
from catalogue.storage.traces import without_traces, write_back

_HASHED = "#"  # begins a row without text; no term begins so
_HIDDEN = "hidden"  # instead of a day: the office does not want the term to be shown to the public

_term, _day, _searches = col(TermRow.term), col(TermRow.day), col(TermRow.searches)
_found, _opened = col(TermRow.found), col(TermRow.opened)
_has_text = ~_term.startswith(_HASHED, autoescape=True)
_is_count = _day != _HIDDEN


@dataclass(slots=True)
class Count:
    """What is to be added to a term on a day. `found` is that of the last search; None: there was none."""

    searches: int = 0
    found: int | None = None
    opened: int = 0


def day_of(now: datetime) -> str:
    """The day that a moment belongs to, in UTC."""
    return now.date().isoformat()


class Terms:
    """The search terms of the last months. Threads and processes may share it: counts add up."""

    def __init__(self, engine: Engine) -> None:
        """`Books` makes it."""
        self._engine = engine

    def add(self, counts: Mapping[tuple[str, str], Count], *, now: datetime, secret: bytes) -> None:
        """Add counts by term and day, and keep the text of terms that are frequent by now."""
        with without_traces(self._engine) as connection:
            for (term, day), count in sorted(counts.items()):
                _add(connection, term, day, count)
            for term in {term for term, _ in counts}:
                _give_text(connection, term, _hash_of(term, secret))
            if late := [term for term, day in counts if day < day_of(now)]:  # counted before midnight
                _take_text(connection, day_of(now), secret, _term.in_(late))

    def purge(self, now: datetime, secret: bytes | None = None) -> int:
        """Take the text from rare terms of earlier days, delete what is kept no longer; how many rows.

        Without the key that hashes are made with, those terms are forgotten whole.
        """
        with without_traces(self._engine) as connection:
            counts = purge_terms(connection, now, secret)
        write_back(self._engine)
        return sum(counts.values())

    def since(self, day: date) -> list[Term]:
        """The terms that are kept with their text and were used since this day; today's rare ones are not."""
        with self._engine.connect() as connection:
            return [term for term in _terms(connection, _day >= day.isoformat()) if term.is_frequent]

    def count_rare(self) -> int:
        """How many terms are known by their hash only."""
        query = select(func.count(_term.distinct())).where(~_has_text, _is_count)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def hidden(self) -> frozenset[str]:
        """The terms that the public does not see."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(_term).where(_day == _HIDDEN)))

    def hide(self, term: str, *, actor: str, now: datetime) -> None:
        """Do not show a term to the public, however often it is used."""
        with writer(self._engine).begin() as connection:
            known = connection.scalar(select(func.count()).where(_term == term, _day == _HIDDEN))
            if not known:
                _add(connection, term, _HIDDEN, Count())
                _enter(connection, "hidden", actor, now)

    def show(self, term: str, *, actor: str, now: datetime) -> None:
        """Show a term again."""
        with without_traces(self._engine) as connection:
            if connection.execute(delete(TermRow).where(_term == term, _day == _HIDDEN)).rowcount:
                _enter(connection, "shown", actor, now)


def purge_terms(connection: Connection, now: datetime, secret: bytes | None) -> Mapping[Kept, int]:
    """What is kept no longer, as `Terms.purge` has it; how many terms and rows of each kind."""
    today = now.date()
    old = delete(TermRow).where(_has_text, _is_count, _day < (today - KEPT).isoformat())
    marks = delete(TermRow).where(~_has_text, _is_count, _day < (today - RARE_KEPT).isoformat())
    return {
        Kept.TERMS: int(connection.execute(old).rowcount),
        Kept.RARE_TERMS: _take_text(connection, day_of(now), secret),
        Kept.TERM_MARKS: int(connection.execute(marks).rowcount),
    }


def forget_rare(connection: Connection) -> int:
    """Delete the text of every rare term, today's too: for copies that last longer than a day (backups)."""
    return int(connection.execute(delete(TermRow).where(_term.in_(_rare(connection)), _is_count)).rowcount)


def _enter(connection: Connection, action: str, actor: str, now: datetime) -> None:
    """The trail lasts, so it says that a term was hidden, not which one."""
    entered = Entered(subject=Subject.DEMAND, number=0, at=now, actor=actor, action=action)
    enter(connection, entered)


def _hash_of(term: str, secret: bytes) -> str:
    key = hmac.new(secret, b"search terms", hashlib.sha256).digest()
    return _HASHED + hmac.new(key, term.encode(), hashlib.sha256).hexdigest()[:32]


def _add(connection: Connection, term: str, day: str, count: Count) -> None:
    known = connection.execute(
        update(TermRow)
        .where(_term == term, _day == day)
        .values(
            searches=_searches + count.searches,
            found=_found if count.found is None else literal(count.found),
            opened=_opened + count.opened,
        )
    )
    if not known.rowcount:
        row = {"searches": count.searches, "found": count.found or 0, "opened": count.opened}
        connection.execute(insert(TermRow).values(term=term, day=day, **row))


def _give_text(connection: Connection, term: str, hashed: str) -> None:
    """The term was searched for today: where that makes it frequent, its earlier days get their text back."""
    both = _is_count & _term.in_([term, hashed])
    searches, days = connection.execute(
        select(func.coalesce(func.sum(_searches), 0), func.count(_day.distinct())).where(both, _searches > 0)
    ).one()
    if is_frequent(searches, days):
        _rename(connection, hashed, term)


def _take_text(connection: Connection, today: str, secret: bytes | None, *which: ColumnElement[bool]) -> int:
    """Terms that are not frequent keep no text of earlier days."""
    rare = _rare(connection, *which, before=today)
    if secret is None:
        old = delete(TermRow).where(_term.in_(rare), _is_count, _day < today)
        return int(connection.execute(old).rowcount)
    return sum(_rename(connection, term, _hash_of(term, secret), before=today) for term in rare)


def _rare(connection: Connection, *which: ColumnElement[bool], before: str = "9999") -> list[str]:
    """The terms that are not frequent, of those with text of a day before."""
    days = func.sum(case((_searches > 0, 1), else_=0))
    query = (
        select(_term, func.sum(_searches), days)
        .where(_has_text, _is_count, *which)
        .group_by(_term)
        .having(func.min(_day) < before)
    )
    return [row[0] for row in connection.execute(query) if not is_frequent(int(row[1]), int(row[2]))]


def _rename(connection: Connection, old: str, new: str, *, before: str = "9999") -> int:
    """Give the rows of a term to another one; days that both have are added up."""
    rows = _rows(connection, _term == old, _is_count, _day < before)
    for row in rows:
        _add(connection, new, row[1], Count(searches=row[2], found=row[3] if row[2] else None, opened=row[4]))
    connection.execute(delete(TermRow).where(_term == old, _is_count, _day < before))
    return len(rows)


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> list[tuple[str, str, int, int, int]]:
    query = select(_term, _day, _searches, _found, _opened).where(*conditions).order_by(_term, _day)
    return [(row[0], row[1], row[2], row[3], row[4]) for row in connection.execute(query)]


def _terms(connection: Connection, *conditions: ColumnElement[bool]) -> Iterable[Term]:
    """All terms with their text, each with what was counted on the days that fit."""
    found: dict[str, list[tuple[str, str, int, int, int]]] = {}
    for row in _rows(connection, _has_text, _is_count, *conditions):
        found.setdefault(row[0], []).append(row)
    return [_summed(rows) for rows in found.values()]


def _summed(rows: Sequence[tuple[str, str, int, int, int]]) -> Term:
    searched = [row for row in rows if row[2]]
    return Term(
        term=rows[0][0],
        searches=sum(row[2] for row in rows),
        days=len(searched),
        found=searched[-1][3] if searched else rows[-1][3],
        opened=sum(row[4] for row in rows),
        first=rows[0][1],
        last=rows[-1][1],
    )
