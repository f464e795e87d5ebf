"""Tables as files for spreadsheets and programs: CSV, XLSX and JSON, none of which can hold a formula.

In CSV a text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that
begins with an apostrophe before such a sign; taking one apostrophe away gives the text again. XLSX says of
each cell whether it is text or a number.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

Cell = str | int | float | None
LONGEST_CELL = 32_767  # of XLSX
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
# What no cell may hold: control characters but tab and line feed, halves of characters, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BATCH = 1000  # rows of CSV that are sent at once
_LONGEST_NAME = 31  # of a sheet, in UTF-16
_WIDTH = 24  # of columns in XLSX, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with what must be known to cite it: `about` holds pairs of a label and a text."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    about: tuple[tuple[str, str], ...] = ()
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
        "about": {label: clean(text) for label, text in sheet.about},
        "columns": [clean(name) for name in sheet.columns],
        "rows": [[clean(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows],
    }
    return json.dumps(said, ensure_ascii=False).encode()


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
        bold = book.add_format({"bold": True})
        first, second = _sheet_name(sheet.title, "1"), _sheet_name(sheet.about_title, "2")
        _write(book.add_worksheet(first), sheet.columns, sheet.rows, bold)
        _write(book.add_worksheet(second if second != first else "2"), (), sheet.about, bold)
    return out.getvalue()


def _write(
    page: "xlsxwriter.worksheet.Worksheet",
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    bold: "xlsxwriter.format.Format",
) -> None:
    page.set_column(0, max(len(head) - 1, 1), _WIDTH)
    if head:
        page.freeze_panes(1, 0)
    for place, name in enumerate(head):
        page.write_string(0, place, clean(name)[:LONGEST_CELL], bold)
    for number, row in enumerate(rows, start=1 if head else 0):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, place, clean(cell)[:LONGEST_CELL])
            elif cell is not None:
                page.write_number(number, place, cell)


def _sheet_name(title: str, otherwise: str) -> str:
    """What a sheet may be called: 31 letters, none of []:*?/\\, no apostrophe at either end."""
    name = re.sub(r"[\[\]:*?/\\\n\t]", " ", clean(title))
    short = name.encode("utf-16-le")[: 2 * _LONGEST_NAME].decode("utf-16-le", "ignore").strip(" '")
    return short if short and short.casefold() != "history" else otherwise
