"""Many reports at once: a table is read, shown as it was understood, and taken over when somebody says so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalogue.domain.claim_reading import Fault, Finders, read_claim
from catalogue.domain.claim_words import field_of
from catalogue.domain.reuse_report import Claim, ReuseReport, State
from catalogue.services.deciding import Desk, take_over
from catalogue.services.today import day_here
from catalogue.storage.sheet_reading import MOST_BYTES, MOST_ROWS, BadSheet, read_rows
from catalogue.storage.store import Store
from catalogue.storage.upload_files import Upload, Uploads

__all__ = ["MOST_BYTES", "MOST_ROWS", "BadSheet", "Upload"]
_NEEDED = ("solution", "body")
_ALIVE = frozenset({State.UNCONFIRMED, State.PENDING, State.CONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it was understood. `line` is its number in the file; `same` are reports that say so."""

    line: int
    texts: Mapping[str, str]
    claim: Claim | None = None
    faults: tuple[Fault, ...] = ()
    same: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file says: its rows, what it calls each field, and which columns nobody understood.

    `nameless` are the numbers of columns, from 1, that hold something and have no heading.
    """

    rows: tuple[Row, ...]
    headings: Mapping[str, str]
    unknown: tuple[str, ...]
    nameless: tuple[int, ...] = ()

    @property
    def good(self) -> tuple[Row, ...]:
        """What would be taken over: rows without a fault that no report says already."""
        return tuple(row for row in self.rows if row.claim and not row.same)


def receive(data: Path, upload: bytes, *, account: int, desk: Desk, name: str) -> str:
    """Read a file and keep its rows for the preview; the name under which they are found for an hour.

    Raises `BadSheet`, also where a heading that is needed is missing (sheet-headings).
    """
    rows = read_rows(upload, name)
    fields = [field_of(heading) for heading in rows[0]]
    if any(needed not in fields for needed in _NEEDED):
        raise BadSheet("sheet-headings")
    if len(rows) == 1:
        raise BadSheet("sheet-empty")
    if any(fields.count(field) > 1 for field in fields if field):
        raise BadSheet("sheet-heading-twice")
    return Uploads(data).keep(Upload(account=account, name=name[-100:], made=desk.now, rows=rows))


def find(data: Path, token: str, *, account: int, desk: Desk) -> Upload | None:
    """What this account has uploaded within the hour, and not yet taken over."""
    return Uploads(data).find(token, account, desk.now)


def forget(data: Path, token: str) -> None:
    """Nobody wants it any more."""
    Uploads(data).forget(token)


def preview(desk: Desk, upload: Upload, finders: Finders) -> Preview:
    """The rows as they are understood today."""
    headings, *rows = upload.rows
    fields = [field_of(heading) for heading in headings]
    read = list(_rows(fields, rows, finders, day_here(desk.now)))
    known = _known(desk.store, {row.claim.solution for row in read if row.claim})
    return Preview(
        rows=tuple(_marked(desk, read, known)),
        headings={field: heading for heading, field in zip(headings, fields, strict=True) if field},
        unknown=tuple(
            heading for heading, field in zip(headings, fields, strict=True) if heading and not field
        ),
        nameless=tuple(
            place
            for place, heading in enumerate(headings, start=1)
            if not heading and any(len(row) >= place and row[place - 1] for row in rows)
        ),
    )


def commit(
    data: Path, token: str, desk: Desk, claims: Sequence[Claim], *, reason: str, is_confirmed: bool
) -> list[ReuseReport] | None:
    """Keep the claims of a preview, all or none; None where somebody has already done so.

    Raises `CannotDecide` where a reason is missing.
    """
    uploads = Uploads(data)
    if not uploads.claim(token):
        return None
    try:
        kept = take_over(desk, claims, reason=reason, is_confirmed=is_confirmed)
    except BaseException:
        uploads.give_back(token)
        raise
    uploads.forget(token)
    return kept


def _rows(
    fields: Sequence[str | None], rows: Sequence[Sequence[str]], finders: Finders, today: date
) -> Iterator[Row]:
    """The rows that say anything; the headings are line 1."""
    for line, cells in enumerate(rows, start=2):
        texts = {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell}
        if not texts:
            continue
        read = _read(texts, len(cells) if len(cells) > len(fields) else 0, finders, today)
        if isinstance(read, Claim):
            yield Row(line=line, texts=texts, claim=read)
        else:
            yield Row(line=line, texts=texts, faults=read)


def _read(
    texts: Mapping[str, str], too_many: int, finders: Finders, today: date
) -> Claim | tuple[Fault, ...]:
    """A row as a claim; where cells stand beyond the headings, texts have slipped, and it is not taken."""
    read = read_claim(texts, finders, today)
    if not too_many:
        return read
    slipped = Fault(field="", code="cells", value=str(too_many))
    return (slipped,) if isinstance(read, Claim) else (slipped, *read)


def _marked(
    desk: Desk, rows: Sequence[Row], known: Mapping[tuple[str, str], tuple[int, ...]]
) -> Iterator[Row]:
    """With the reports that say the same already; a second row about the same is a fault."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.claim is None:
            yield row
            continue
        about = (row.claim.solution, desk.bodies.get(row.claim.body).key)
        if first.setdefault(about, row.line) != row.line:
            fault = Fault(field="body", code="twice", value=str(first[about]))
            yield Row(line=row.line, texts=row.texts, faults=(fault,))
            continue
        yield Row(line=row.line, texts=row.texts, claim=row.claim, same=known.get(about, ()))


def _known(store: Store, solutions: Collection[str]) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Numbers of the reports about these solutions that count or may count, by solution and body."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for about, number in store.report_lists.alive(solutions, _ALIVE):
        found[about] = (*found.get(about, ()), number)
    return found
