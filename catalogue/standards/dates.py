"""Dates as sources give them: a year, a month or a day (ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD)."""

import calendar
import re
from datetime import date

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# As people write it: 11.02.2024, 2.2024, 02/2024; the day may be missing.
_TYPED = re.compile(r"(?:(?:([0-9]{1,2})\. ?)?([0-9]{1,2})[./] ?)?([0-9]{4})")
EARLIEST, LATEST = 1990, 2100


class BadDate(ValueError):
    """The text is no date, or no day that exists."""


def parse_date(text: str) -> tuple[date, date]:
    """The first and last day that the text covers. Raises `BadDate`.

    >>> parse_date("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise BadDate(text)
    year, month, day = match.groups()
    if not EARLIEST <= int(year) <= LATEST:
        raise BadDate(text)
    try:
        first = date(int(year), int(month or "1"), int(day or "1"))
    except ValueError:
        raise BadDate(text) from None
    if day:
        return first, first
    last_month = int(month or "12")
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def iso_date(text: str) -> str:
    """A date as somebody typed it, as YYYY, YYYY-MM or YYYY-MM-DD. Raises `BadDate`.

    Takes these and the German forms. Whether such a day exists and lies within bounds, `parse_date` says.

    >>> iso_date("1.2.2024"), iso_date("02.2024")
    ('2024-02-01', '2024-02')
    """
    text = text.strip()
    if _DATE.fullmatch(text):
        return text
    match = _TYPED.fullmatch(text)
    if not match:
        raise BadDate(text)
    day, month, year = match.groups()
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def first_day(text: str | None) -> date | None:
    """The first day that a date covers; None for what is none."""
    try:
        return parse_date(text or "")[0]
    except BadDate:
        return None


def sort_key(text: str | None) -> str:
    """A key by which dates of any precision sort; what is unknown sorts first."""
    return text or ""
