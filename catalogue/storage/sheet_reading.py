"""Reads tables that somebody uploads, CSV or XLSX, as rows of text; what strangers send is bounded.

Nothing in a file is evaluated: of a formula only the result that the file itself holds counts, links to other
files are not followed, macros are not looked at.
"""

import codecs
import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5000  # below the headings
MOST_COLUMNS = 60
_MOST_UNPACKED = 50 * 1024 * 1024  # of all parts of an XLSX file together
_MOST_PARTS = 200
_MOST_TAGS = 3_000_000  # of all parts together: 5,000 full rows have fewer, and each costs time
_LONGEST_CELL = 5000  # characters; whatever is longer is refused later, by the field that it is in
_ENDLESS = 100_000  # characters of a cell whose quote is never closed; `csv` has a limit of the whole process
_DELIMITERS = ";,\t"
_UNREADABLE = (NotImplementedError, RuntimeError, ValueError, EOFError, OSError)  # what zipfile raises beside
_FORMULA_TAGS = (b"<f>", b"<f ", b":f>", b":f ")
_ALL_BUT_ONE = 3  # bytes of the longest of them
_ASIDE = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')  # of the format of a number: what is not a letter of a date
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, as "Unicode text" of a spreadsheet


class BadSheet(ValueError):
    """The file cannot be read as a table; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_rows(data: bytes, name: str) -> list[list[str]]:
    """The rows of the first sheet as texts, the headings first; empty rows between others keep their place.

    Raises `BadSheet` with one of the codes sheet-empty, sheet-large, sheet-rows, sheet-columns, sheet-kind,
    sheet-encoding, sheet-broken, sheet-macros.
    """
    if not data.strip():
        raise BadSheet("sheet-empty")
    if len(data) > MOST_BYTES:
        raise BadSheet("sheet-large")
    rows = _xlsx(data, name) if data.startswith(b"PK\x03\x04") else _csv(data)
    kept = list(_bounded(rows))
    while kept and not any(kept[-1]):
        kept.pop()
    if not kept:
        raise BadSheet("sheet-empty")
    return kept


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows up to the limits; empty ones at the end do not count."""
    empty = 0
    for place, row in enumerate(rows):
        while row and not row[-1]:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise BadSheet("sheet-columns")
        if not row:
            empty += 1
            if empty > MOST_ROWS:
                return  # a sheet whose whole height is formatted
            continue
        if place > MOST_ROWS:
            raise BadSheet("sheet-rows")
        yield from ([] for _ in range(empty))
        empty = 0
        yield row


# --- CSV


def _csv(data: bytes) -> Iterator[list[str]]:
    text = _text(data)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in lines:
            if any(len(cell) > _ENDLESS for cell in row):
                raise BadSheet("sheet-broken")
            yield [_clean(cell) for cell in row]
    except csv.Error as error:
        raise BadSheet("sheet-broken") from error


def _text(data: bytes) -> str:
    """UTF-8 with or without BOM; else Windows-1252, as spreadsheets on Windows save CSV.

    Line by line: a table that was put together from two files may hold both.
    """
    if data.startswith(_MARKS):
        return _decoded(data, "utf-16")
    if b"\0" in data:
        raise BadSheet("sheet-kind")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(map(_line, data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)))


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadSheet("sheet-encoding") from error


def _delimiter(text: str) -> str:
    """The sign that stands most often in the line of the headings."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


# --- XLSX


def _xlsx(data: bytes, name: str) -> Iterator[list[str]]:
    has_formulas = _check_parts(data, name)
    try:
        if has_formulas:
            rows = zip(_cells(data, data_only=True), _cells(data, data_only=False), strict=True)
            yield from ([_cell(*pair) for pair in zip(*row, strict=True)] for row in rows)
        else:
            yield from ([_cell(cell, cell) for cell in row] for row in _cells(data, data_only=True))
    except BadSheet:
        raise
    except (
        *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile),
        *(KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, EOFError),
    ) as error:
        raise BadSheet("sheet-broken") from error


def _cells(data: bytes, *, data_only: bool) -> Iterator[tuple[Cell, ...]]:
    """The cells of the first sheet that is not hidden, with results or (`data_only=False`) with formulas."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    sheets = book.worksheets
    sheet = next((sheet for sheet in sheets if sheet.sheet_state == "visible"), sheets[0])
    sheet.reset_dimensions()  # what the file says of its own size may be a lie
    yield from sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    book.close()


def _check_parts(data: bytes, name: str) -> bool:
    """Refuse what unpacks to more than it should: sizes as the file says, and as they really are.

    Says whether there are formulas.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename.lower() for part in parts}
            if "[content_types].xml" not in names or not any(one.startswith("xl/") for one in names):
                raise BadSheet("sheet-kind")
            if name.lower().endswith(".xlsm") or any(one.endswith("vbaproject.bin") for one in names):
                raise BadSheet("sheet-macros")
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise BadSheet("sheet-large")
            return _unpack(package, parts)
    except BadSheet:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, *_UNREADABLE) as error:
        raise BadSheet("sheet-broken") from error


def _unpack(package: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> bool:
    """Read all parts once, up to the limit: a directory that understates their sizes helps nobody.

    Says whether there are formulas.
    """
    left, tags, has_formulas = _MOST_UNPACKED, _MOST_TAGS, False
    for part in parts:
        with package.open(part) as file:
            end = b""  # of the piece before: a tag may lie across
            while piece := file.read(1024 * 1024):
                left -= len(piece)
                tags -= piece.count(b"<")
                has_formulas = has_formulas or any(tag in end + piece for tag in _FORMULA_TAGS)
                end = piece[-_ALL_BUT_ONE:]
                if left < 0 or tags < 0:
                    raise BadSheet("sheet-large")
    return has_formulas


def _cell(cell: Cell, formula: Cell) -> str:
    """A cell as text; a whole number without its point, a date in ISO form.

    Of a formula the result; where the file holds none, the formula, so that nobody takes it for empty.
    """
    value = cell.value
    if value is None:
        has_result = formula.data_type != "f" or cell.data_type == "str"  # "str": the result is an empty text
        return "" if has_result else _clean(str(getattr(formula.value, "text", formula.value)))
    if isinstance(value, datetime):
        return _date(value, cell.number_format or "")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _date(value: datetime, shown: str) -> str:
    """A date as precisely as the cell shows it: spreadsheets keep "May 2024" as the first of May."""
    letters = _ASIDE.sub("", shown).lower()
    if "y" not in letters or "d" in letters:
        return value.date().isoformat()
    return value.strftime("%Y-%m" if "m" in letters else "%Y")


def _clean(text: str) -> str:
    """Without control characters, and not endless."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: _LONGEST_CELL + 1])
    return " ".join(printable.split())
