"""Reads the official lists of municipalities by Destatis (GV100AD, Auszug as CSV) and tables of successors.

GV100AD: lines of 220 characters; positions from 1, as Destatis describes them: 1-2 kind of record (Satzart),
3-10 day of the territory, 11-15 district, 16-18 municipality, 19-22 association, 23-72 name, 123-124 type
(Textkennzeichen), 140-150 population, 166-170 postcode.

Auszug: the sheet of AuszugGV4QAktuell.xlsx saved as CSV. Columns: Satzart, Textkennzeichen, Land,
Regierungsbezirk, Kreis, Verband, Gemeinde, name, area, population, men, women, density, postcode, longitude,
latitude; what follows is not needed.

A list with a faulty line is not read at all: `Unreadable` names each, what is wrong, and how to mend it.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from catalogue.standards.ags import NotAKey, ags_of, parse_key

DISTRICT_TYPES = {"43": "Kreis", "44": "Landkreis", "45": "Regionalverband"}
INDEPENDENT_CITIES = {"41", "42"}  # as districts; the municipality (61, 62) follows with its own record
UNINHABITED = "66"  # areas without municipality and without people: not in the register
MUNICIPALITY_TYPES = {"60", "61", "62", "63", "64", "65", UNINHABITED, "67"}
ABBREVIATIONS = {"M": "Markt", "St": "Stadt", "GKSt": "Große Kreisstadt"}  # of Bavaria
_RECORD_KINDS = {"10", "20", "30", "40", "50", "60"}
_AUSZUG_COLUMNS = 16
_THOUSANDS = re.compile(r"\d+|\d{1,3}(?:[ .,'\u00a0\u2009\u202f]\d{3})+", re.ASCII)
_AS_PUBLISHED = "use the file as Destatis publishes it, not changed by an editor"
_SAVE_AGAIN = "save the sheet with all its columns as CSV again"
_Line = TypeVar("_Line", str, list[str])


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality or district as the list has it; empty text and None where the list has nothing."""

    key: str
    name: str
    designation: str
    ars: str
    district_name: str = ""
    population: int | None = None
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """All rows of a list, in its order, and the day of the territory where the list says it."""

    rows: tuple[Row, ...]
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that cannot be read: what is wrong and how to mend it. Line 0 means the list as a whole."""

    line: int
    wrong: str
    remedy: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"line {self.line}: {self.wrong}; {self.remedy}"


class Unreadable(ValueError):
    """The list has faulty lines (`faults`), so nothing of it was read."""

    def __init__(self, faults: Iterable[LineFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class _Bad(ValueError):
    """One thing wrong in the line at hand."""

    def __init__(self, wrong: str, remedy: str) -> None:
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(wrong)


@dataclass(frozen=True, slots=True)
class _Record:
    """What both formats have in common, as text and before any check."""

    kind: str
    type: str
    district: str
    association: str
    municipality: str
    name: str
    population: str = ""
    postcode: str = ""
    lon: str = ""
    lat: str = ""


def decode(data: bytes) -> str:
    """The text of a list: UTF-8 (with or without byte order mark), else Windows-1252 as older lists are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_listing(text: str) -> Listing:
    """The rows of a list of either format: GV100AD begins with digits. Raises `Unreadable`."""
    return read_gv100ad(text) if re.match(r"\s*[1-6]0\d{8}", text) else read_auszug(text)


def read_gv100ad(text: str) -> Listing:
    """The rows of a GV100AD. Raises `Unreadable`."""
    days: list[date] = []

    def record_of(line: str) -> _Record:
        days.append(_day(line[2:10]))
        if line[:2] == "60" and len(line) < 170:
            raise _Bad(f"only {len(line)} characters instead of 220", _AS_PUBLISHED)
        places = ((0, 2), (122, 124), (10, 15), (18, 22), (15, 18), (22, 72), (139, 150), (165, 170))
        return _Record(*(line[first:end].strip() for first, end in places))

    lines = ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())
    rows = _read(lines, record_of)
    return Listing(rows, max(days, default=None))


def read_auszug(text: str) -> Listing:
    """The rows of the Auszug as CSV. Raises `Unreadable`.

    Separated by semicolons, commas or tabs. Lines before the first record are headings; after it, lines with
    text in no cell or only one are notes. Thousands may be apart by space, point or comma.
    """

    def record_of(cells: list[str]) -> _Record:
        if len(cells) < _AUSZUG_COLUMNS:
            raise _Bad(f"{len(cells)} cells instead of at least {_AUSZUG_COLUMNS}", _SAVE_AGAIN)
        kind, type_, land, region, district, association, municipality, name = cells[:8]
        # Spreadsheets like to drop leading zeros; each part has a fixed length, so they can be put back.
        district = land.zfill(2) + region.zfill(1) + district.zfill(2)
        postcode = cells[13] and cells[13].zfill(5)
        place = association.zfill(4), municipality.zfill(3)
        return _Record(kind, type_, district, *place, name, cells[9], postcode, cells[14], cells[15])

    return Listing(_read(_auszug_lines(text), record_of))


def read_successors(text: str) -> dict[str, tuple[str, date | None]]:
    """A table `old,new,date` (date as YYYY-MM-DD, may be empty) by old key. Raises `Unreadable`."""
    successors: dict[str, tuple[str, date | None]] = {}
    faults = []
    for line, cells in _csv_lines(text):
        if not any(cells) or cells[0].casefold() == "old":
            continue
        try:
            if len(cells) not in (2, 3):
                raise _Bad(f"{len(cells)} cells", "write old,new,date")
            old, new = (_key(cell) for cell in cells[:2])
            if old == new or old in successors:
                raise _Bad(f"{old} is its own successor or comes twice", "give each old key one other key")
            successors[old] = (new, _day(cells[2].replace("-", "")) if cells[2:] and cells[2] else None)
        except _Bad as bad:
            faults.append(LineFault(line, bad.wrong, bad.remedy))
    if faults:
        raise Unreadable(faults)
    return successors


def _read(lines: Iterable[tuple[int, _Line]], record_of: Callable[[_Line], _Record]) -> tuple[Row, ...]:
    """Rows of all records, or all faults at once."""
    rows: dict[str, Row] = {}
    districts: dict[str, str] = {}
    faults = []
    for number, line in lines:
        try:
            record = record_of(line)
            if record.kind == "40":
                districts[record.district] = record.name
            row = _row(record, districts)
            if row is not None and row.key in rows:
                raise _Bad(f"the key {row.key} comes twice", "delete one of the lines")
            if row is not None:
                rows[row.key] = row
        except _Bad as bad:
            faults.append(LineFault(number, bad.wrong, bad.remedy))
    if not rows and not faults:
        faults.append(LineFault(0, "there is no municipality in it", _AS_PUBLISHED))
    if faults:
        raise Unreadable(faults)
    return tuple(rows.values())


def _row(record: _Record, districts: dict[str, str]) -> Row | None:
    """The record as a row; None for what the register does not have."""
    if record.kind not in _RECORD_KINDS:
        raise _Bad(f"the kind of record {record.kind!r} is none of 10 to 60", _AS_PUBLISHED)
    if record.kind == "40" and record.type not in INDEPENDENT_CITIES:
        if record.type not in DISTRICT_TYPES:
            raise _Bad(f"the type of district {record.type!r} is not known", _AS_PUBLISHED)
        key = _key(record.district)
        return Row(key, _name(record), DISTRICT_TYPES[record.type], key, _name(record))
    if record.kind != "60" or record.type == UNINHABITED:
        return None
    if record.type not in MUNICIPALITY_TYPES:
        raise _Bad(f"the type of municipality {record.type!r} is not known", _AS_PUBLISHED)
    if not re.fullmatch(r"\d{4}", record.association, re.ASCII):
        raise _Bad(f"the association {record.association!r} has not 4 digits", _AS_PUBLISHED)
    ars = record.district + record.association + record.municipality
    name = _name(record)
    return Row(
        key=_key(ags_of(ars)),
        name=name,
        designation=designation_in(name),
        ars=ars,
        district_name=districts.get(record.district, ""),
        population=_population(record.population),
        postcode=_postcode(record.postcode),
        lat=_degrees(record.lat, 47.0, 55.2),
        lon=_degrees(record.lon, 5.5, 15.5),
    )


def designation_in(name: str) -> str:
    """What the full name says after the comma, written out: "Markt" in "Murnau a.Staffelsee, M"."""
    designation = name.partition(",")[2].strip()
    return ABBREVIATIONS.get(designation, designation)


def _auszug_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are meant as records: without headings, empty lines and notes."""
    begun = False
    for line, cells in _csv_lines(text):
        is_record = cells[:1] != [] and cells[0] in _RECORD_KINDS
        begun = begun or is_record
        if begun and (is_record or sum(map(bool, cells)) > 1):
            yield line, cells


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and trimmed cells, separated by what occurs most at the beginning."""
    separator = max(",;\t", key=text[:20_000].count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        fault = LineFault(reader.line_num, str(error), "look for a quotation mark that is not closed")
        raise Unreadable([fault]) from None


def _name(record: _Record) -> str:
    if not record.name or "\n" in record.name or "\ufffd" in record.name:
        raise _Bad(f"{record.name[:40]!r} is no name", "save it as UTF-8, close all quotation marks")
    return " ".join(record.name.split())


def _key(text: str) -> str:
    try:
        return parse_key(text)
    except NotAKey as error:
        raise _Bad(str(error), "write the key with all its digits") from None


def _population(text: str) -> int | None:
    if not text:
        return None
    if not _THOUSANDS.fullmatch(text):
        raise _Bad(f"the population {text!r} is no number", "write digits, thousands apart or not")
    return int(re.sub(r"\D", "", text))


def _postcode(text: str) -> str:
    if text and not re.fullmatch(r"\d{5}", text, re.ASCII):
        raise _Bad(f"the postcode {text!r} has not 5 digits", "write it as text, with its leading zero")
    return text


def _degrees(text: str, lowest: float, highest: float) -> float | None:
    if not text:
        return None
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text, re.ASCII):
        value = float(text.replace(",", "."))
        if lowest <= value <= highest:
            return round(value, 5)
    raise _Bad(f"the coordinate {text!r} is not in Germany", "write degrees, longitude before latitude")


def _day(text: str) -> date:
    """The day that YYYYMMDD says."""
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        raise _Bad(f"{text!r} is no day", "write year, month and day with 4, 2 and 2 digits") from None
