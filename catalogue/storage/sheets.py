"""Tables as files for spreadsheets and programs: CSV, XLSX and JSON, none of which can hold a formula.

In CSV a text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that
begins with an apostrophe before such a sign; taking one apostrophe away gives the text again. XLSX says of
each cell whether it is text, a number or a date; elsewhere dates are written YYYY-MM-DD.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter

Cell = str | int | float | date | None
LONGEST_CELL = 32_767  # of XLSX
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
# What no cell may hold: control characters but tab and line feed, halves of characters, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BATCH = 1000  # rows of CSV that are sent at once
_LONGEST_NAME = 31  # of a sheet, in UTF-16
_WIDTH, _PROSE_WIDTH = 24, 90  # of columns in XLSX, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with what must be known to cite it: `about` holds pairs of a label and what it says."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    about: tuple[tuple[str, str | date], ...] = ()
    about_title: str = "Definition"
    made_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def clean(text: str) -> str:
    """The text without what no cell may hold."""
    return _FORBIDDEN.sub("", text)


def quoted(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it stands in CSV."""
    return "'" + text if _FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """The text of which `quoted` made this."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_parts(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Rows as CSV with BOM, semicolons and CRLF, as office programs like, in parts of a thousand rows."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for place, row in enumerate(rows, start=1):
        writer.writerow([quoted(clean(cell)) if isinstance(cell, str) else cell for cell in row])
        if place % _BATCH == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def as_csv(sheet: Sheet) -> bytes:
    """A head row, then the rows, in UTF-8."""
    return "".join(csv_parts((sheet.columns, *sheet.rows))).encode()


def as_json(sheet: Sheet) -> bytes:
    """What it is about, the names of the columns, and each row as a list."""
    said = {
        "title": clean(sheet.title),
        "about": {label: _plain(said) for label, said in sheet.about},
        "columns": [clean(name) for name in sheet.columns],
        "rows": [[_plain(cell) for cell in row] for row in sheet.rows],
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, date):
        return cell.isoformat()
    return clean(cell) if isinstance(cell, str) else cell


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook with the table on its first sheet, and on a second one what it is about."""
    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "constant_memory": True,  # each row is written as it comes and then forgotten
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(out, settings) as book:
        book.set_properties(
            {"title": clean(sheet.title)[:200], "created": sheet.made_at.replace(tzinfo=None)}
        )
        looks = _Looks(
            head=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            prose=book.add_format({"text_wrap": True, "valign": "top"}),
        )
        first, second = _sheet_name(sheet.title, "1"), _sheet_name(sheet.about_title, "2")
        table, about = book.add_worksheet(first), book.add_worksheet(second if second != first else "2")
        table.set_column(0, max(len(sheet.columns) - 1, 1), _WIDTH)
        table.freeze_panes(1, 0)
        for place, name in enumerate(sheet.columns):
            table.write_string(0, place, clean(name)[:LONGEST_CELL], looks.head)
        _write(table, sheet.rows, 1, looks.day, None)
        about.set_column(0, 0, _WIDTH)
        about.set_column(1, 1, _PROSE_WIDTH)
        _write(about, sheet.about, 0, looks.day, looks.prose)
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    head: "xlsxwriter.format.Format"
    day: "xlsxwriter.format.Format"
    prose: "xlsxwriter.format.Format"


def _write(
    page: "xlsxwriter.worksheet.Worksheet",
    rows: Iterable[Sequence[Cell]],
    first: int,
    day: "xlsxwriter.format.Format",
    text: "xlsxwriter.format.Format | None",
) -> None:
    for number, row in enumerate(rows, start=first):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, place, clean(cell)[:LONGEST_CELL], text)
            elif isinstance(cell, date):
                page.write_datetime(number, place, cell, day)
            elif cell is not None:
                page.write_number(number, place, cell)


def _sheet_name(title: str, otherwise: str) -> str:
    """What a sheet may be called: 31 letters, none of []:*?/\\, no apostrophe at either end."""
    name = re.sub(r"[\[\]:*?/\\\n\t]", " ", clean(title))
    short = name.encode("utf-16-le")[: 2 * _LONGEST_NAME].decode("utf-16-le", "ignore").strip(" '")
    return short if short and short.casefold() != "history" else otherwise
